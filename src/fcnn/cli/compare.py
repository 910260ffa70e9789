"""``fcnn compare``."""

from pathlib import Path
from typing import Any, List, Optional, Tuple

import click

from fcnn.cli.language import texts_in
from fcnn.cli.output import show_json, show_line, show_problems, show_result, show_table, visible
from fcnn.report.comparison.chosen import find_runs
from fcnn.wording import say

CURVES = "learning_curves.png"
"""The file that ``-o`` writes."""
WIDEST = 40
"""Columns of text of a value of a config; a longer one keeps its ends."""


@click.command("compare", short_help="Show several runs side by side.")
@click.argument("runs", nargs=-1, required=True, metavar="RUN RUN ...")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write a page of it all.")
@click.option("-o", "folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
              help="Draw the learning curves into DIR.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def compare(runs: Tuple[str, ...], html: Optional[Path], folder: Optional[Path], as_json: bool) -> None:
    """Show several runs side by side: where their configs differ, their scores, and whether that is more than noise.

    Each RUN is a run folder, its name below runs/, or `latest`. The others are compared with the first.

    The best score of each row is marked. Whether a difference is more than noise is judged on the rows that both runs
    were judged by, by a paired bootstrap.
    """
    folders = find_runs(runs)
    from fcnn.report.comparison.facts import compare as compare_runs  # late: a wrong name needs no pandas

    comparison = compare_runs(folders)
    if folder is not None or html is not None:
        _write(comparison, html, folder)
    if as_json:
        from fcnn.report.comparison.document import document_of

        show_json(document_of(comparison))
        return
    _show(comparison)


def _show(comparison: Any) -> None:
    from fcnn.report.comparison.tables import config_table, differences_tables, scores_table, training_table
    from fcnn.report.comparison.words import sentences

    for each in comparison.runs:
        click.echo(visible(f"{each.letter}  {each.run.folder}"))
    if not comparison.config:
        show_result(say("the configs are the same"))
    for table in (config_table(comparison, WIDEST), scores_table(comparison), training_table(comparison),
                  *differences_tables(comparison)):  # fmt: skip
        if table.rows:
            show_table(table.headings, table.rows, left=table.left, whole=0)
        if table.note:
            show_result(table.note)
    for sentence in sentences(comparison):
        show_result(sentence)


def _write(comparison: Any, html: Optional[Path], folder: Optional[Path]) -> None:
    """Write the picture and the page, in the language of the system."""
    from fcnn.errors import RunError
    from fcnn.jobs.labels import notes_on_labels
    from fcnn.report.comparison.picture import draw_curves
    from fcnn.runs.folder import not_writable

    texts = texts_in("utf-8")
    show_problems(notes_on_labels(texts))
    try:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            draw_curves(comparison, folder / CURVES, texts)
    except OSError as error:
        raise RunError(not_writable(folder, error)) from error  # type: ignore[arg-type]
    written: List[Path] = [] if folder is None else [folder / CURVES]
    if html is not None:
        from fcnn.report.comparison.page import write_page

        try:
            html.parent.mkdir(parents=True, exist_ok=True)
            write_page(comparison, html, texts)
        except OSError as error:
            raise RunError(not_writable(html, error)) from error
        written.append(html)
    for path in written:
        show_line(say("{path} is written", path=path))
