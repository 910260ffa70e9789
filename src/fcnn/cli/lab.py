"""``fcnn lab``."""

import os
import sys
from pathlib import Path
from typing import IO, Any, List, Optional

import click

from fcnn.cli.language import texts_for, texts_in
from fcnn.cli.output import show_json, show_problems, show_result, show_table
from fcnn.cli.working import WorkingLine
from fcnn.config.paths import shell_word
from fcnn.errors import Problem, did_you_mean
from fcnn.jobs.reporter import Reporter
from fcnn.wording import say, translated


class _Progress(Reporter):
    """Shows on a stream that something is under way, and keeps the problems for later."""

    def __init__(self, stream: IO[str], quiet: bool) -> None:
        super().__init__()
        self._line = WorkingLine(stream, quiet)
        self.problems: List[Problem] = []

    def problem(self, problem: Problem) -> None:
        self.problems.append(problem)

    def working(self, phase: str, done: int, total: int) -> None:
        self._line.show(phase, done, total)

    def __enter__(self) -> "_Progress":
        return self

    def __exit__(self, *_: object) -> None:
        self._line.end()


@click.command("lab", short_help="Small experiments that show one phenomenon each.")
@click.argument("name", required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="DIR", help="Default: lab/NAME.")
@click.option(
    "--seed",
    type=click.IntRange(0, 2**31 - 1),
    default=42,
    show_default=True,
    help="Of split, weights and order: is it luck?",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def lab(name: Optional[str], output: Optional[Path], seed: int, as_json: bool) -> None:
    """Perform a small real experiment: a figure, a table, three sentences, and a config to go on from.

    Without NAME the experiments are listed. DIR gets figure.png, table.csv, config.yaml with its data.csv, and lab.json
    with all that was measured. It takes seconds; the same seed gives the same numbers.
    """
    from fcnn.jobs.lab.catalogue import SHOWS

    if name is None:
        if output is not None:
            raise click.UsageError(say("-o needs the name of an experiment"))
        if as_json:
            show_json([{"name": each, "shows": str(shows)} for each, shows in SHOWS.items()])
        else:
            show_table((say("experiment"), say("what it shows")), SHOWS.items(), left=2)
        return
    if name not in SHOWS:
        message = say("there is no experiment {name!r}: {hint}", name=name, hint=did_you_mean(name, SHOWS))
        raise click.UsageError(message)

    from fcnn.cli.quiet import screen
    from fcnn.jobs.lab.perform import CONFIG, FIGURE, perform

    with screen() as terminal, _Progress(terminal.stream, quiet=as_json) as progress:
        terminal.redirect(Path(os.devnull))
        performed = perform(name, output or Path("lab") / name, seed, texts_in("utf-8"), progress)
    show_problems([*progress.problems, *performed.findings])
    if as_json:
        show_json({**performed.document(), "folder": str(performed.folder)})
        return
    texts = texts_for(sys.stdout)
    columns = list(performed.rows[0])
    rows = ([translated(_cell(row[column]), texts) for column in columns] for row in performed.rows)
    show_table([translated(column, texts) for column in columns], rows)
    for sentence in performed.sentences:
        show_result(sentence)
    show_result(say("figure: {path}", path=performed.folder / FIGURE))
    config = shell_word(str(performed.folder / CONFIG))
    show_result(say("to go on from here: fcnn train {config}", config=config))


def _cell(value: Any) -> str:
    """A cell of the table; nothing where nothing was measured."""
    if value is None:
        return ""
    return f"{value:.4g}" if isinstance(value, float) else str(value)
