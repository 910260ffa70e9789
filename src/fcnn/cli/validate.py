"""``fcnn validate``."""

from typing import Tuple

import click

from fcnn.cli.output import show_file, show_problems


@click.command("validate", short_help="Say what `fcnn train` would refuse or warn of.")
@click.argument("config", type=click.Path())
@click.argument("overrides", nargs=-1, metavar="[KEY=VALUE]...")
@click.option("--resolved", is_flag=True, help="Print the config with every default written out.")
def validate(config: str, overrides: Tuple[str, ...], resolved: bool) -> None:
    """Say everything that `fcnn train` would refuse or warn of, without training.

    Config and table are read and checked; exit code 2 where something is wrong.
    """
    from fcnn.jobs.prepare import describe, prepare_job, read_request

    prepared = prepare_job(read_request(config, overrides))
    show_problems(prepared.findings)
    if resolved:
        from fcnn.config import resolved_yaml

        show_file(resolved_yaml(prepared.config))
    else:
        click.echo(describe(prepared))
        click.echo(f"{config} is valid")
