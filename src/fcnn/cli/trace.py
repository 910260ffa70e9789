"""``fcnn trace``."""

import os
import sys
from pathlib import Path
from typing import Any, Optional, Sequence

import click

from fcnn.cli.language import texts_for, texts_in
from fcnn.cli.output import show_json, show_line, show_problems, show_result, show_table, visible
from fcnn.wording import say, told


@click.command("trace", short_help="Show one row's forward and backward pass in numbers.")
@click.argument("run")
@click.option("--row", type=int, default=0, show_default=True, metavar="N", help="Of the run's table, from 0.")
@click.option("--html", "page", type=click.Path(path_type=Path), metavar="FILE", help="Write a page with all of it.")
@click.option("--json", "as_json", is_flag=True, help="Print every number as one JSON document.")
def trace(run: str, row: int, page: Optional[Path], as_json: bool) -> None:
    """Show one row's forward and backward pass in numbers: x, every z and a, the loss, every gradient.

    The row is one of the table that RUN was trained on, which must still be there. Everything is computed in NumPy, in
    float64, with the chain rule; beside it stand what TensorFlow's gradient tape says, and the slope of the loss when
    some of the weights are moved a little. The terminal shows the first units of each layer, --html and --json all.

    RUN is a run folder, its name below runs/, or `latest`.
    """
    from fcnn.runs.folder import find_run

    folder = find_run(run)  # a mistake is answered before NumPy, pandas and TensorFlow are imported
    if page is not None and page.is_dir():
        raise click.UsageError(say("{path} is a folder: name a file in it", path=page))
    from fcnn.cli.quiet import screen
    from fcnn.jobs.trace import trace as trace_job
    from fcnn.jobs.trace_document import document
    from fcnn.jobs.trace_story import TERMINAL, story
    from fcnn.runs.run import Run

    with screen() as terminal:
        terminal.redirect(Path(os.devnull))
        try:
            traced = trace_job(Run(folder), row)
        finally:
            terminal.release()
    show_problems(traced.findings)
    if page is not None:
        _write(page, traced)
    if as_json:
        show_json(document(traced))
    elif page is None:
        _show(story(traced, TERMINAL))
    if page is not None:
        show_line(say("the trace of row {row} is in {page}", row=row, page=page))


def _write(file: Path, traced: Any) -> None:
    from fcnn.errors import RunError
    from fcnn.files import atomic_write
    from fcnn.jobs.trace_story import PAGE, story
    from fcnn.report.trace_page import page
    from fcnn.runs.folder import not_writable

    texts = texts_in("utf-8")
    text = page(story(traced, PAGE), lambda sentence: str(told(sentence, texts)), "zh" if texts else "en")
    try:
        with atomic_write(file) as target:
            target.write(text)
    except OSError as error:
        raise RunError(not_writable(file, error)) from error


def _show(blocks: Sequence[Any]) -> None:
    """Blocks as text."""
    from fcnn.report.blocks import Heading, Lines, Table, Text

    texts = texts_for(sys.stdout)
    for block in blocks:
        if isinstance(block, Heading):
            click.echo(("" if block.level == 1 else "\n") + click.style(visible(told(block.text, texts)), bold=True))
        elif isinstance(block, Text):
            show_result(block.text)
        elif isinstance(block, Lines):
            click.echo(visible("\n".join(f"  {line}" for line in block.lines)))
        elif isinstance(block, Table):
            show_table(block.headings, block.rows, block.left)
