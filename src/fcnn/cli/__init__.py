"""The command line: the only place that prints, exits or knows Click."""

import errno
import os
import signal
import sys
from importlib import import_module
from typing import Any, Dict, List, NoReturn, Optional

import click

from fcnn import __version__
from fcnn.cli.output import show_line, show_problems
from fcnn.cli.process import leave, take
from fcnn.errors import ExitCode, FcnnError, Problem, did_you_mean
from fcnn.wording import Said, say

COMMANDS: Dict[str, str] = {
    "train": "train",
    "check-env": "check_env",
    "validate": "validate",
    "init": "init",
    "evaluate": "evaluate",
    "predict": "predict",
    "runs": "runs",
    "show": "show",
    "compare": "compare",
    "report": "report",
    "activations": "activations",
    "trace": "trace",
    "surface": "surface",
    "lab": "lab",
    "tune": "tune",
    "export": "export",
    "serve": "serve",
    "reproduce": "reproduce",
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
        try:
            return super().resolve_command(context, args)
        except click.UsageError:
            from fcnn.config.endings import is_config

            name = args[0]
            hint = say("`fcnn train` takes a config") if is_config(name) else did_you_mean(name, COMMANDS)
            message = say("there is no command {name!r}: {hint}", name=name, hint=hint)
            raise click.UsageError(message, context) from None


def _print_version(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if not value or context.resilient_parsing:
        return
    from fcnn.environment import judge, read_facts

    facts = read_facts()
    found = {"python": facts.python, **facts.packages}
    names = [name for name in ("Python", "TensorFlow", "Keras", "NumPy") if name.lower() in found]
    versions = ", ".join(f"{name} {found[name.lower()]}" for name in names)
    click.echo(f"fcnn {__version__} ({judge(facts).stack} stack: {versions})")
    context.exit()


EXAMPLES = """Train fully connected networks on tables, from one YAML file.

\b
fcnn train configs/penguins.yaml                 train, and print the run folder
fcnn train table.csv --target price              the same without a config
fcnn predict latest new.csv -o predictions.csv   predict with the newest run
fcnn check-env                                   is this environment sound?
"""


@click.group(
    cls=LazyGroup, help=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_print_version,
    help="Show version and stack.",
)
def fcnn() -> None:
    """The group of all commands."""


def main(arguments: Optional[List[str]] = None) -> NoReturn:
    """Run a command and exit with its code: 0 done, 1 failed, 2 wrong input, 3 wrong environment, 130 interrupted.

    Args:
        arguments: of the command line; without them they are those of the process, which then ends at once.
    """
    if arguments is not None:
        _run(arguments)
    take()
    try:
        _run(sys.argv[1:])
    except SystemExit as end:
        leave(int(end.code or ExitCode.DONE))


def _run(arguments: List[str]) -> NoReturn:
    _prepare_streams()
    signal.signal(signal.SIGTERM, _terminated)
    try:
        # Click turns its Exit into the result; the commands themselves have none.
        given = arguments or ["--help"]
        answer = fcnn.main(given, prog_name="fcnn", standalone_mode=False, obj=("fcnn", *given))  # the command as typed
        code = answer or int(ExitCode.DONE)
        sys.stdout.flush()  # here, where a full disk can still be told of
        sys.exit(code)
    except click.ClickException as error:
        show_problems([_usage_problem(error)])
        sys.exit(error.exit_code)
    except FcnnError as error:
        show_problems(error.problems)
        sys.exit(int(error.exit_code))
    except MemoryError:
        hint = say("learn from fewer columns (data.features, data.drop), or from a part of the rows")
        show_problems([Problem(say("there is not enough memory"), hint=hint)])
        sys.exit(int(ExitCode.FAILED))
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        show_problems([Problem(say("the output cannot be written: {error}", error=error.strerror))])
        _discard_output()
        sys.exit(int(ExitCode.FAILED))
    except (KeyboardInterrupt, click.Abort):
        show_line("interrupted")
        sys.exit(int(ExitCode.INTERRUPTED))


def _prepare_streams() -> None:
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - it stays open
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console in GBK has no tick and must not end in a traceback


def _discard_output() -> None:
    """Send what is still to be printed to nowhere: Python would try it once more when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)


def _usage_problem(error: click.ClickException) -> Problem:
    """What Click has to say about the command line, in fcnn's form."""
    context = getattr(error, "ctx", None)
    hint = f"{context.command_path} --help" if context else ""
    if not isinstance(error, click.NoSuchOption):
        message = error.message if isinstance(error.message, Said) else error.format_message().rstrip(".")
        return Problem(message, hint=hint)
    option = error.option_name
    if "." in option:
        hint = say("to change a value of the config, leave the dashes out: {key}=VALUE", key=option.lstrip("-"))
    elif error.possibilities:
        hint = say("did you mean `{name}`?", name=error.possibilities[0])
    return Problem(say("there is no option {option}", option=option), hint=hint)


def _terminated(number: int, frame: Any) -> None:
    raise KeyboardInterrupt
