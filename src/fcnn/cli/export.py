"""``fcnn export``."""

import os
import re
from pathlib import Path
from typing import Optional

import click

from fcnn.cli.output import show_problems
from fcnn.wording import say

FORMATS = ("keras", "savedmodel", "onnx", "numpy", "script")
ENDINGS = {".keras": "keras", ".h5": "keras", ".onnx": "onnx"}
"""The formats that the ending of a file names."""
DEFAULT_ENDINGS = {"savedmodel": "", "onnx": ".onnx", "numpy": ".py", "script": ".py"}


@click.command("export", short_help="Write a run in a form that needs no fcnn.")
@click.argument("run")
@click.option("--format", "kind", type=click.Choice(FORMATS), help="Default: what the ending of PATH says.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="The file, or the folder of a SavedModel, to be made. Default: <run>_<format>, with the ending of the format.",
)
def export(run: str, kind: Optional[str], output: Optional[Path]) -> None:
    """Write a run in a form that needs no fcnn.

    RUN is a run folder, its name below runs/, or `latest`. The formats:

    \b
    savedmodel  TensorFlow's, a folder: takes the columns of the table, text included
    onnx        a file for every ONNX runtime: the same (needs the package onnx)
    numpy       a Python program with NumPy alone, and its weights beside it (.npz)
    keras       a Keras file (.keras, on the pinned stack .h5) of stock layers, for encoded columns
    script      a short Keras script that trains the same network on the same rows

    What is there already is never overwritten, and the paths of what was written are printed.
    """  # noqa: D301 - the mark is Click's: it keeps the lines as they are
    if kind is None:
        kind = None if output is None else ENDINGS.get(output.suffix.lower())
        if kind is None:
            raise click.UsageError(say("--format is needed: one of {formats}", formats=", ".join(FORMATS)))
    from fcnn.runs.folder import find_run

    folder = find_run(run)
    if kind in ("keras", "savedmodel", "script"):
        from fcnn.environment import require_tensorflow

        show_problems(require_tensorflow())
    place = output or Path(_default_name(folder.name, kind))
    if kind != "savedmodel" and not place.suffix:
        raise click.UsageError(say("{path} has no ending: it is to be a file", path=place))
    from fcnn.cli.quiet import screen
    from fcnn.jobs.export import export_run

    with screen() as terminal:
        terminal.redirect(Path(os.devnull))
        done = export_run(str(folder), kind, place)
        terminal.release()
    show_problems(done.findings)
    for path in done.paths:
        click.echo(str(path))


def _default_name(run: str, kind: str) -> str:
    """The name of what is written where none is given: one that Python can import, where it is a program."""
    name = re.sub(r"\W", "_", f"{run}_{kind}")
    if kind == "keras":
        from fcnn.jobs.backend import load_backend

        return f"{name}{load_backend().KERAS_FILE}"
    return f"{name}{DEFAULT_ENDINGS[kind]}"
