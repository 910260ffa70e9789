"""``fcnn init``."""

from pathlib import Path
from typing import Optional, Tuple

import click

from fcnn.cli.language import texts_in
from fcnn.cli.output import show_problems
from fcnn.wording import say


@click.command("init", short_help="Write a starter config from a look at a table.")
@click.argument("csv", type=click.Path(path_type=Path))
@click.argument("overrides", nargs=-1, metavar="[KEY=VALUE]...")
@click.option("--target", metavar="COLUMN", help="The column to predict.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="CONFIG", help="Default: <csv>.yaml.")
def init(csv: Path, overrides: Tuple[str, ...], target: Optional[str], output: Optional[Path]) -> None:
    """Write a commented starter config from a look at a table.

    It says what each column was taken for and why, what was noticed, and proposes task, layers and batch size.
    KEY=VALUE changes a value below `data`, as for `fcnn train`: data.encoding=gb18030, data.drop=[id].
    """
    from fcnn.cli.target import no_target
    from fcnn.jobs.starter import table_name

    beyond = [text for text in overrides if not text.startswith("data.")]
    if beyond:
        raise click.UsageError(
            say("{text!r} is not below `data`: change it in the config that comes out", text=beyond[0])
        )
    if target is None:
        raise no_target(csv)
    config = output or Path(f"{table_name(csv)}.yaml")
    if config.exists():
        raise click.UsageError(say("{config} is there already: choose another with -o, or delete it", config=config))

    from fcnn.cli.working import WorkingReporter
    from fcnn.errors import RunError
    from fcnn.files import atomic_write
    from fcnn.jobs.init import starter_text
    from fcnn.runs.folder import not_writable

    with WorkingReporter() as reporter:
        text, findings = starter_text(csv, target, config, overrides, texts_in("utf-8"), reporter)
    show_problems(findings)
    try:
        with atomic_write(config) as file:
            file.write(text)
    except OSError as error:
        raise RunError(not_writable(config, error)) from error
    click.echo(str(config))
