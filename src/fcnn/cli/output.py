"""How problems and results look in a terminal."""

import json
import sys
from typing import IO, Any, Iterable, Optional, Sequence

import click

from fcnn.cli.language import texts_for
from fcnn.errors import Problem, errors_in
from fcnn.wording import say, told, translated

COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}
LONGEST_LINE = 1000
"""Characters of a line that are printed: a name or a cell of a table may be a book."""


_CONTROLS = (
    *range(0x20),
    *range(0x7F, 0xA0),  # some terminals take 0x9B for ESC [
    *range(0x202A, 0x202F),  # what turns the direction of writing round
    *range(0x2066, 0x206A),
)
_VISIBLE = {code: f"\\u{code:04x}" for code in _CONTROLS if chr(code) not in "\n\t"}


def visible(text: str) -> str:
    """A text whose control characters are spelled out: a name out of a table shall not steer the terminal."""
    return text.translate(_VISIBLE)


def _cell(value: Any) -> Any:
    return visible(value) if isinstance(value, str) else value


def show_problem(problem: Problem, file: Optional[IO[str]] = None) -> None:
    """Print a problem to stderr: ``error: place: message`` and what was expected, received and can be done."""
    texts = texts_for(file or sys.stderr)
    label = translated(f"{problem.severity}: ", texts)
    word = label.rstrip()
    styled = click.style(word, fg=COLOURS[problem.severity], bold=True)
    lines = (
        line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}..." for line in problem.told(texts).split("\n")
    )
    click.echo(styled + label[len(word) :] + visible("\n".join(lines)), file=file, err=True)


def show_problems(problems: Sequence[Problem]) -> None:
    """Print problems to stderr, and how many errors there are where they are several."""
    for problem in problems:
        show_problem(problem)
    errors = len(errors_in(problems))
    if errors > 1:
        show_line(say("{count} errors.", count=errors))


def show_line(text: str) -> None:
    """Print a sentence of ours to stderr."""
    click.echo(visible(translated(text, texts_for(sys.stderr))), err=True)


def show_result(text: str) -> None:
    """Print a sentence of ours to stdout."""
    click.echo(visible(translated(text, texts_for(sys.stdout))))


def show_json(value: Any) -> None:
    """Print exactly one JSON document to stdout."""
    click.echo(visible(json.dumps(value, indent=2, ensure_ascii=_is_narrow(), allow_nan=False)))


def _is_narrow() -> bool:
    """Whether stdout's encoding cannot hold every character."""
    return (sys.stdout.encoding or "ascii").lower().replace("-", "") not in ("utf8", "utf8sig")


def show_file(text: str, encoding: str = "utf-8") -> None:
    """Print to stdout what is to become a file: its bytes are the same whatever the console's encoding is."""
    if sys.stdout.isatty():
        click.echo(visible(text), nl=False)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode(encoding, errors="replace"))
    sys.stdout.buffer.flush()


def show_table(columns: Sequence[str], rows: Iterable[Sequence[str]], left: int = 1, whole: int = 1) -> None:
    """Print a table to stdout: the first columns, so many of them, to the left, the others to the right.

    Where a terminal is too narrow, the first `whole` columns keep their cells on one line. Headings and cells that were
    said are told in the language of the reader; the others are data.
    """
    from rich.console import Console
    from rich.table import Table

    texts = texts_for(sys.stdout)
    table = Table(header_style="")
    for position, name in enumerate(columns):
        table.add_column(
            _cell(told(name, texts)),
            justify="right" if position >= left else "left",
            no_wrap=position < whole,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(_cell(told(cell, texts)) for cell in row))
    width = None if sys.stdout.isatty() else 1000  # a table is as wide as it needs to be; a file has no edge
    Console(width=width, highlight=False, markup=False, emoji=False).print(table)
