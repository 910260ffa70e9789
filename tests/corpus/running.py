"""Running a case: its files in an empty folder, the command in this process, everything that it said and made."""

import contextlib
import io
import os
import signal
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, Iterator, List, Mapping, Optional, Sequence
from unittest import mock

import yaml

from fcnn.cli import main

from .case import Case, Content

NETWORK = {"layers": [4]}
LONGEST = 120
"""Seconds after which a case hangs."""


@dataclass(frozen=True)
class Outcome:
    """What a command said and left."""

    code: int
    out: str
    err: str
    left: Mapping[str, str]
    """The files that it made, by path below the folder; text."""
    dataset: Any = None
    """:class:`fcnn.data.dataset.Dataset` of a config that is right."""
    encoding: str = ""


@lru_cache(maxsize=None)
def outcome(case: Case) -> Outcome:
    """Run a case; once in a process."""
    with tempfile.TemporaryDirectory() as name, _inside(Path(name).resolve()) as folder:
        _make_files(case)
        before = _files(folder)
        with _as_nobody(folder) if case.unprivileged else contextlib.nullcontext():
            code, out, err = _run([*case.words, *case.overrides])
        made = {path: _text(folder / path) for path in _files(folder) if path not in before}
        dataset, encoding = _prepared(case) if code == 0 and case.words[0] == "validate" else (None, "")
        return Outcome(code, _relative(out, folder), _relative(err, folder), made, dataset, encoding)


def _make_files(case: Case) -> None:
    files = case.files if isinstance(case.files, Mapping) else {"table.csv": case.files}
    for name, content in files.items():
        _make(Path(name), content)
    if "config.yaml" not in files:
        _make(Path("config.yaml"), config_text(case))


def _make(path: Path, content: Content) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if callable(content):
        content(path)
    else:
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))


def config_text(case: Case) -> Any:
    """The config of a case as it is written to ``config.yaml``."""
    if case.config is not None and not isinstance(case.config, Mapping):
        return case.config
    sections = {"data": {"path": "table.csv", "target": "y", **case.data}, "network": NETWORK, **(case.config or {})}
    return yaml.safe_dump(sections, sort_keys=False, allow_unicode=True)


@contextlib.contextmanager
def _inside(folder: Path) -> Iterator[Path]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield folder
    finally:
        os.chdir(before)
        for path in folder.rglob("*"):
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o700)


@contextlib.contextmanager
def _as_nobody(folder: Path) -> Iterator[None]:
    """Root may read everything; nobody may not."""
    if os.geteuid() != 0:
        yield
        return
    import fcnn.data.dataset
    import fcnn.jobs.prepare  # noqa: F401

    folder.chmod(0o755)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def _run(words: Sequence[str]) -> "tuple[int, str, str]":
    """Exit code, stdout and stderr of a command. What is no exit ends the test, as it would end in a traceback."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2)]
    terminated = signal.getsignal(signal.SIGTERM)
    english = mock.patch.dict(os.environ, FCNN_LANG="en")
    out, err = contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1])
    with _limit(LONGEST), english, out, err:
        try:
            main(list(words))
        except SystemExit as end:
            code = int(end.code or 0)
        finally:
            signal.signal(signal.SIGTERM, terminated)
    for stream in streams:
        stream.flush()
    written = [stream.buffer.getvalue().decode("utf-8") for stream in streams]  # type: ignore[attr-defined]
    return code, written[0], written[1]


@contextlib.contextmanager
def _limit(seconds: int) -> Iterator[None]:
    """An end for what would wait for ever; on Windows there is no such clock."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def hangs(number: int, frame: Any) -> None:
        raise AssertionError(f"it hangs: no end after {seconds} s")

    before = signal.signal(signal.SIGALRM, hangs)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _files(folder: Path) -> List[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace") if path.is_file() else ""


def _relative(text: str, folder: Path) -> str:
    return text.replace(f"{folder}{os.sep}", "").replace(str(folder), ".")


def _prepared(case: Case) -> "tuple[Any, str]":
    from fcnn.jobs.prepare import prepare_job, read_request

    request = read_request(case.words[1], case.overrides)
    return prepare_job(request).dataset, request.header.encoding


# --- the matrix, told back --------------------------------------------------------------------------------------------


def cells_of(dataset: Any) -> Dict[str, List[Any]]:
    """What the network gets to see of each column, in the order of the file and in the column's own terms.

    Numbers, truth values, levels, days since 1970-01-01; None for missing, ``<unseen>`` and ``<rare>`` for such levels.
    """
    import numpy as np

    from fcnn.data.states import names_of

    rows = np.concatenate([part.rows for part in dataset.parts.values()])
    matrix = np.concatenate([part.x for part in dataset.parts.values()])[np.argsort(rows)]
    assert matrix.dtype == np.float32
    assert np.isfinite(matrix).all()
    cells, first = {}, 0
    for state in dataset.preprocessing.columns:
        width = len(names_of(state))
        cells[state.name] = _cells(state, matrix[:, first : first + width].astype(float))
        first += width
    assert first == matrix.shape[1]
    return cells


def _cells(state: Any, own: Any) -> List[Any]:
    kind = type(state).__name__
    if kind == "Category":
        labels = [*state.levels, *([None] if state.missing else []), *(["<rare>"] if state.rare else [])]
        return [labels[int(row.argmax())] if row.any() else "<unseen>" for row in own]
    absent = own[:, -1] > 0 if state.missing else own[:, -1] != own[:, -1]
    if kind == "Boolean":
        values = [bool(value) for value in own[:, 0]]
    elif kind == "Number":
        values = [float(value * state.std + state.mean) for value in own[:, 0]]
    else:
        (days,) = [part for part in state.parts if part.name == "days"]
        values = [float(value * days.std + days.mean + state.first) for value in own[:, 0]]
    return [None if gone else value for gone, value in zip(absent, values)]


def targets_of(dataset: Any) -> List[Any]:
    """The target of the labelled rows in the order of the file: names of classes, or numbers."""
    import numpy as np

    parts = dataset.parts.values()
    raw = np.concatenate([part.y_raw for part in parts])[np.argsort(np.concatenate([part.rows for part in parts]))]
    return [dataset.target.classes[value] if dataset.target.classes else float(value) for value in raw]


def first_line(case: Case) -> Optional[str]:
    """The first line that a case says on stderr; None where it says nothing."""
    lines = outcome(case).err.splitlines()
    return lines[0] if lines else None


def severity(text: str) -> str:
    """What a line of stderr begins with: ``error``, ``warning`` or ``note``."""
    return text.partition(":")[0]
