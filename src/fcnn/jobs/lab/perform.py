"""From the name of an experiment to its folder: table, config, picture, and what was measured."""

import csv
import io
import os
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, Iterator, List, Mapping, Optional, Sequence, Tuple

from fcnn.environment import require_tensorflow
from fcnn.errors import Problem, RunError
from fcnn.files import atomic_write, read_json, sha256, write_json
from fcnn.jobs.backend import load_backend
from fcnn.jobs.lab.catalogue import SHOWS, find_experiment
from fcnn.jobs.reporter import Reporter
from fcnn.runs.folder import not_writable
from fcnn.wording import say, translated

CONFIG, DATA, FIGURE, RESULT, TABLE = "config.yaml", "data.csv", "figure.png", "lab.json", "table.csv"
FILES = (CONFIG, DATA, FIGURE, TABLE, RESULT)
"""Of an experiment's folder, in the order in which they are told."""


@dataclass(frozen=True)
class Performed:
    """An experiment that was performed."""

    name: str
    folder: Path
    seed: int
    rows: Sequence[Mapping[str, Any]]
    """The table: column -> value."""
    sentences: Tuple[str, ...]
    findings: Tuple[Problem, ...]
    """What is to be told besides, such as a font that is missing."""

    def document(self) -> Dict[str, Any]:
        """All of it as plain data; what programs read is English."""
        return {
            "experiment": self.name,
            "shows": str(SHOWS[self.name]),
            "seed": self.seed,
            "table": [dict(row) for row in self.rows],
            "sentences": [str(sentence) for sentence in self.sentences],
        }


def perform(
    name: str,
    folder: Path,
    seed: int = 42,
    texts: Optional[Mapping[str, str]] = None,
    reporter: Optional[Reporter] = None,
) -> Performed:
    """Perform an experiment and write its folder, which is whole or not there.

    Args:
        name: one of :data:`fcnn.jobs.lab.catalogue.SHOWS`.
        folder: for the files; it is not there, empty, or that of an earlier time whose config and table nobody changed.
        seed: of split, weights and shuffling.
        texts: the language of picture and config, as :func:`fcnn.wording.translated` takes it; by default English.
        reporter: is told what is under way.

    Raises:
        RunError: the folder is in the way, or cannot be written.
        UnsupportedEnvironmentError: TensorFlow would not work here.
    """
    check_folder(name, folder)
    reporter, texts = reporter or Reporter(), texts or {}
    for finding in require_tensorflow():
        reporter.problem(finding)
    load_backend()
    from fcnn.jobs.csv_text import csv_rows
    from fcnn.jobs.lab.bench import Bench
    from fcnn.jobs.lab.drawing import Sheet
    from fcnn.report import style
    from fcnn.report.names import fonts_for, missing_font_note

    experiment = find_experiment(name)
    data = experiment.data()
    with _folder_in_the_making(folder) as making:
        _write(making / DATA, ",".join(data.header) + "\n" + csv_rows(data.columns))
        _write(making / CONFIG, config_text(name, experiment.config, seed, texts))
        seen = experiment.run(Bench(making / CONFIG, reporter))
        letters = "".join(texts.values())
        note = missing_font_note([letters]) if texts else None
        families, texts = (fonts_for(letters)[0], texts) if note is None else (fonts_for("")[0], {})
        with style.drawing(families):
            sheet = Sheet(experiment.panels, families, texts)
            experiment.draw(seen, sheet)
        style.save(sheet.picture, making / FIGURE)
        findings = (
            ()
            if note is None
            else (Problem(say("the texts of the picture are English"), FIGURE, hint=note, severity="note"),)
        )
        performed = Performed(name, folder, seed, seen.rows, experiment.conclude(seen.rows), findings)
        _write(making / TABLE, _as_csv(seen.rows))
        hashes = {file: sha256(making / file) for file in FILES if file != RESULT}
        write_json(making / RESULT, {**performed.document(), "sha256": hashes})
    return performed


def config_text(name: str, body: str, seed: int, texts: Mapping[str, str]) -> str:
    """The config to go on from: what it is for, the experiment's own lines, and the seed."""
    what = say("fcnn lab {name}: {shows}", name=name, shows=SHOWS[name])
    return f"# {translated(what, texts)}\n{body}seed: {seed}\n"


def check_folder(name: str, folder: Path) -> None:
    """Raise a RunError where an experiment's folder cannot be written, or would take something away from somebody."""
    try:
        if folder.is_dir():
            foreign = _not_ours(name, folder)
            if foreign:
                message = say("is there already, and has files that are not, or no longer, as `fcnn lab` wrote them")
                names = ", ".join(foreign[:5])
                raise RunError(Problem(message, str(folder), received=names, hint=say("choose another folder with -o")))
        elif os.path.lexists(str(folder)):
            raise RunError(Problem("is a file", str(folder), "a folder", hint=say("choose another folder with -o")))
    except OSError as error:
        raise RunError(not_writable(folder, error)) from error


def _not_ours(name: str, folder: Path) -> List[str]:
    """The files of a folder that another time of the same experiment did not write, or somebody has changed since."""
    there = sorted(path.name for path in folder.iterdir())
    try:
        document = read_json(folder / RESULT)
        hashes = document["sha256"] if document["experiment"] == name else {}
        return [file for file in there if file != RESULT and hashes.get(file) != sha256(folder / file)]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return there


@contextmanager
def _folder_in_the_making(folder: Path) -> Iterator[Path]:
    """A folder beside `folder` that takes its place when the block ends without an exception."""
    final = Path(os.path.abspath(str(folder)))  # noqa: PTH100 - resolve() would follow a link
    try:
        final.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{final.name}.", dir=str(final.parent)) as hidden:
            making = Path(hidden) / final.name
            making.mkdir()
            yield making
            if final.is_dir():
                for name in FILES:
                    (making / name).replace(final / name)
            else:
                making.rename(final)
    except OSError as error:
        raise RunError(not_writable(folder, error)) from error


def _as_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """The table as CSV; an empty cell where there is nothing."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _write(path: Path, text: str) -> None:
    with atomic_write(path) as file:
        file.write(text)
