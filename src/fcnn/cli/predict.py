"""``fcnn predict``."""

import os
from pathlib import Path
from typing import Optional

import click

from fcnn.cli.output import show_file, show_problems


@click.command("predict", short_help="Predict the rows of a CSV.")
@click.argument("run")
@click.argument("csv", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="OUT", help="Write here, not to stdout.")
@click.option(
    "--engine",
    type=click.Choice(["numpy", "keras"]),
    default="numpy",
    show_default=True,
    help="What computes.",
)
@click.option("--id", "identifier", metavar="COLUMN", help="Carry a column of the table into the result.")
@click.option("--strict", is_flag=True, help="Refuse rows with values that training did not have.")
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
    identifier: Optional[str],
    strict: bool,
    encoding: str,
) -> None:
    """Predict the rows of a CSV: columns `prediction` and, for classes, `probability_<class>`.

    RUN is a run folder, its name below runs/, or `latest`. The CSV needs the columns that the run was trained on, in
    any order, beside any others; one row comes out for each row that goes in.
    """
    _check_encoding(encoding)
    if output is not None:
        _check_output(output, csv)
    if engine == "keras":
        from fcnn.environment import require_tensorflow

        show_problems(require_tensorflow())
    from fcnn.cli.quiet import screen
    from fcnn.jobs.predict import predict as predict_job

    with screen() as terminal:
        if engine == "keras":
            terminal.redirect(Path(os.devnull))
        result = predict_job(run, csv, engine=engine, identifier=identifier, strict=strict)
    show_problems(result.findings)
    if output is None:
        show_file(result.csv_text(), encoding)
        return
    _write(output, result.csv_text().encode(encoding, errors="replace"))
    click.echo(f"{result.rows:,} predictions in {output}", err=True)


def _check_encoding(encoding: str) -> None:
    try:
        "".encode(encoding)
    except LookupError:
        raise click.BadParameter(f"unknown encoding {encoding!r}", param_hint="--encoding") from None


def _check_output(output: Path, csv: Path) -> None:
    if output.is_dir():
        raise click.UsageError(f"{output} is a folder: name a file in it")
    if output.exists() and csv.exists() and output.samefile(csv):
        raise click.UsageError(f"{output} is the table itself: it would be lost")


def _write(output: Path, content: bytes) -> None:
    from fcnn.errors import RunError
    from fcnn.files import atomic_write
    from fcnn.runs.folder import not_writable

    try:
        with atomic_write(output, "wb") as file:
            file.write(content)
    except OSError as error:
        raise RunError(not_writable(output, error)) from error
