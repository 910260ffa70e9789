"""``fcnn surface``."""

from pathlib import Path
from typing import Optional, Tuple

import click

from fcnn.cli.output import show_problems
from fcnn.wording import say


@click.command("surface", short_help="Draw what a run answers, and its units, on a plane.")
@click.argument("run")
@click.option("--columns", nargs=2, metavar="X Y", help="Two numeric columns, across and up.")
@click.option("--components", is_flag=True, help="The two leading principal components of all columns instead.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Draw here, not into the run.",
)
def surface(run: str, columns: Optional[Tuple[str, str]], components: bool, output: Optional[Path]) -> None:
    """Draw what a run answers, and what its units do, on a plane through its table.

    RUN is a run folder, its name below runs/, or `latest`; its table is read again. Without options the plane is that
    of the two most important numeric columns, or of the principal components where those two alone say too little, as
    at the end of a training. decision_surface.png and neurons.png are drawn, and their paths are printed.
    """
    if columns and components:
        raise click.UsageError(say("--columns and --components are two different planes: leave one out"))
    from fcnn.jobs.surface import draw_surface

    drawn = draw_surface(run, columns or None, components, output)
    show_problems(drawn.notes)
    for path in drawn.files:
        click.echo(str(path))
