"""What ``fcnn predict`` and ``fcnn evaluate`` have in common: a table for a run that is there."""

import sys
from pathlib import Path

import click

from fcnn.cli.output import show_problem
from fcnn.errors import Problem
from fcnn.jobs.given import DASH
from fcnn.wording import say

TABLE = click.Path(path_type=Path)

fill_option = click.option(
    "--fill",
    is_flag=True,
    help="Count a column that the CSV lacks as missing in every row, if training had rows without it.",
)
strict_option = click.option(
    "--strict", is_flag=True, help="Refuse values that training did not have, or beyond its range."
)


def say_that_it_reads_the_terminal(table: Path) -> None:
    """A note where `table` is standard input and somebody has to type it: nothing would seem to happen."""
    if str(table) == DASH and sys.stdin is not None and sys.stdin.isatty():
        keys = "Ctrl-Z, Enter" if sys.platform == "win32" else "Ctrl-D"
        message = say("the table is read from the terminal: type or paste it, and end it with {keys}", keys=keys)
        show_problem(Problem(message, severity="note"))
