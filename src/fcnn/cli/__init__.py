"""The command line: the only place that prints, exits or knows Click."""

import signal
import sys
from importlib import import_module
from typing import Any, Dict, List, Optional

import click

from fcnn import __version__
from fcnn.errors import ExitCode, FcnnError

COMMANDS: Dict[str, str] = {
    "train": "train",
    "check-env": "check_env",
    "validate": "validate",
    "init": "init",
    "evaluate": "evaluate",
    "predict": "predict",
    "runs": "runs",
    "show": "show",
    "schema": "schema",
}
"""Commands in the order of the help, and the modules they live in."""


class LazyGroup(click.Group):
    """Imports the module of a command when it is asked for."""

    def list_commands(self, context: click.Context) -> List[str]:
        """All commands, in the order in which a user meets them."""
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> Optional[click.Command]:
        """The command of that name; None where there is none."""
        if name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"fcnn.cli.{COMMANDS[name]}"), COMMANDS[name])
        return command

    def resolve_command(self, context: click.Context, args: List[str]) -> Any:
        """As Click does, with a proposal where a command is mistyped."""
        from fcnn.errors import did_you_mean

        try:
            return super().resolve_command(context, args)
        except click.UsageError:
            name = args[0]
            hint = "`fcnn train` takes a config" if name.endswith((".yaml", ".yml")) else did_you_mean(name, COMMANDS)
            raise click.UsageError(f"There is no command {name!r}: {hint}", context) from None


def _print_version(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if not value or context.resilient_parsing:
        return
    from fcnn.environment import judge, read_facts

    facts = read_facts()
    versions = ", ".join(
        f"{name} {facts.packages[key]}"
        for name, key in (("TensorFlow", "tensorflow"), ("Keras", "keras"), ("NumPy", "numpy"))
        if key in facts.packages
    )
    click.echo(f"fcnn {__version__} ({judge(facts).stack} stack: Python {sys.version.split()[0]}, {versions})")
    context.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_print_version,
    help="Show version and stack.",
)
def fcnn() -> None:
    r"""Train fully connected networks on tables, from one YAML file.

    \b
    fcnn train configs/penguins.yaml                 train, and print the run folder
    fcnn train table.csv --target price              the same without a config
    fcnn predict latest new.csv -o predictions.csv   predict with the newest run
    fcnn check-env                                   is this environment sound?
    """


def main(arguments: Optional[List[str]] = None) -> None:
    """Run a command and exit with its code: 0 done, 1 failed, 2 wrong input, 3 wrong environment, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console in GBK has no tick and must not end in a traceback
    signal.signal(signal.SIGTERM, _terminated)
    try:
        fcnn.main(arguments, prog_name="fcnn", standalone_mode=False)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except FcnnError as error:
        from fcnn.cli.output import show_error

        show_error(error)
        sys.exit(int(error.exit_code))
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        sys.exit(int(ExitCode.INTERRUPTED))
    except BrokenPipeError:
        # The reader of our output has gone, as `head` does: nobody is left to tell.
        sys.stderr.close()
        sys.exit(int(ExitCode.FAILED))


def _terminated(number: int, frame: Any) -> None:
    raise KeyboardInterrupt
