"""``fcnn report``."""

import click

from fcnn.cli.output import show_json, show_problems
from fcnn.errors import RunError
from fcnn.runs.folder import REPORT, find_run, not_writable


@click.command("report", short_help="Write the page of a run again.")
@click.argument("run")
@click.option(
    "--lang",
    "language",
    type=click.Choice(["auto", "en", "zh"]),
    help="Of the page; the default is report.language of the run's config.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def report(run: str, language: str, as_json: bool) -> None:
    """Write report.html and the plots of a run again, from the other files of its folder; prints the page's path.

    RUN is a run folder, its name below runs/, or `latest`.
    """
    from fcnn.jobs.report import report_again  # late: NumPy

    folder = find_run(run)
    try:
        page, notes = report_again(folder, language or "")
    except OSError as error:
        raise RunError(not_writable(folder / REPORT, error)) from error
    show_problems(notes)
    if as_json:
        show_json({"run": str(folder), "report": str(page)})
    else:
        click.echo(str(page))
