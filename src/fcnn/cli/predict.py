"""``fcnn predict``."""

import os
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Iterator, Optional, Tuple

import click

from fcnn.cli.output import show_line, show_problems, visible
from fcnn.cli.table_file import TABLE, fill_option, say_that_it_reads_the_terminal, strict_option
from fcnn.wording import say

COPIED = 1 << 20
"""Bytes that are copied to stdout at a time."""


@click.command("predict", short_help="Predict the rows of a CSV.")
@click.argument("run")
@click.argument("csv", type=TABLE)
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="OUT", help="Write here, not to stdout.")
@click.option(
    "--engine",
    type=click.Choice(["numpy", "keras"]),
    default="numpy",
    show_default=True,
    help="What computes.",
)
@click.option(
    "--id",
    "identifiers",
    metavar="COLUMN",
    multiple=True,
    help="Carry a column of the table into the result as it is; may be given several times.",
)
@fill_option
@strict_option
@click.option(
    "--encoding",
    default="utf-8",
    show_default=True,
    help="Of the result; utf-8-sig is what Excel opens correctly.",
)
def predict(
    run: str,
    csv: Path,
    output: Optional[Path],
    engine: str,
    identifiers: Tuple[str, ...],
    fill: bool,
    strict: bool,
    encoding: str,
) -> None:
    """Predict the rows of a CSV: columns `prediction` and, for classes, `probability_<class>`.

    RUN is a run folder, its name below runs/, or `latest`. The CSV, or what stands in standard input where it is `-`,
    needs the columns that the run was trained on, in any order, beside any others; one row comes out for each row that
    goes in, in their order. Files of any size are read piece by piece; the result is there whole or not at all.
    """
    _check_encoding(encoding)
    if output is not None:
        _check_output(output, csv)
    if engine == "keras":
        from fcnn.environment import require_tensorflow

        show_problems(require_tensorflow())
    say_that_it_reads_the_terminal(csv)
    from fcnn.cli.quiet import screen
    from fcnn.jobs.predict import predict as predict_job

    with screen() as terminal, _result(output, encoding) as result:
        if engine == "keras":
            terminal.redirect(Path(os.devnull))
        try:
            done = predict_job(run, csv, result, engine=engine, identifiers=identifiers, fill=fill, strict=strict)
            result.flush()
        except UnicodeEncodeError as error:
            raise _not_in(encoding, error) from error
        terminal.release()
        show_problems(done.findings)
    if output is not None:
        show_line(say("{rows:,} predictions in {path}", rows=done.rows, path=output))


def _check_encoding(encoding: str) -> None:
    try:
        "".encode(encoding)
    except LookupError:
        raise click.UsageError(say("--encoding: there is no encoding {name!r}", name=encoding)) from None


def _check_output(output: Path, csv: Path) -> None:
    if output.is_dir():
        raise click.UsageError(say("{path} is a folder: name a file in it", path=output))
    if output.exists() and csv.exists() and output.samefile(csv):
        raise click.UsageError(say("{path} is the table itself: it would be lost", path=output))


@contextmanager
def _result(output: Optional[Path], encoding: str) -> Iterator[Any]:
    """What the predictions are written to; they arrive where the user wants them when the block ends well."""
    from fcnn.errors import RunError
    from fcnn.files import atomic_write
    from fcnn.runs.folder import not_writable

    if output is None:
        with TemporaryFile("w+", encoding=encoding, newline="\n") as file:
            yield file
            _print(file)
        return
    try:
        if output.exists() and not output.is_file():  # a pipe or a device is written into, not replaced
            with TemporaryFile("w+", encoding=encoding, newline="\n") as file:
                yield file
                with output.open("wb") as target:
                    _copy(file, target)
        else:
            with atomic_write(output, encoding=encoding) as file:
                yield file
    except OSError as error:
        raise RunError(not_writable(output, error)) from error


def _print(file: Any) -> None:
    """Copy a file to stdout: its bytes are the same whatever the console's encoding is."""
    if sys.stdout.isatty():
        file.seek(0)
        for text in iter(lambda: file.read(COPIED), ""):
            click.echo(visible(text), nl=False)
        return
    sys.stdout.flush()
    _copy(file, sys.stdout.buffer)


def _copy(file: Any, target: IO[bytes]) -> None:
    file.seek(0)
    shutil.copyfileobj(file.buffer, target, COPIED)
    target.flush()


def _not_in(encoding: str, error: UnicodeEncodeError) -> Exception:
    from fcnn.errors import DataError, Problem

    message = say("the result has a character that {encoding} does not have", encoding=encoding)
    found = repr(error.object[error.start : error.start + 1])
    return DataError(Problem(message, "--encoding", received=found, hint="--encoding utf-8"))
