"""Run folders that somebody made to do harm: each takes a small run that is whole and changes something in it."""

import io
import json
import os
import warnings
import zipfile
from pathlib import Path
from typing import Any, Callable, Dict, NamedTuple

import numpy as np

NAME = "<img src=x onerror=alert(1)>\x1b]0;owned\x07\x9b31m\u202e"
"""HTML, and what would steer a terminal."""
FORMULA = '=cmd|"/c calc"!A1'


class Case(NamedTuple):
    """A hostile run folder."""

    change: Callable[[Path], Any]
    refused: str
    """What predicting says of it; empty where it is harmless, and done."""
    show: int = 2
    """The exit code of ``fcnn show``."""
    pages: bool = True
    """Whether the pages read what is hostile: they do not read the weights."""


def change(file: str, *path: Any, to: Any) -> Callable[[Path], None]:
    """Set a value in a JSON file."""

    def apply(folder: Path) -> None:
        document = json.loads((folder / file).read_text(encoding="utf-8"))
        place = document
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = to
        (folder / file).write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")

    return apply


def replaced(file: str, before: str, after: str) -> Callable[[Path], None]:
    """Replace a text everywhere in the texts of a run, or in one of them."""

    def apply(folder: Path) -> None:
        for path in sorted(folder.glob(file)):
            text = path.read_text(encoding="utf-8")
            quoted = after if path.suffix == ".csv" else json.dumps(after)[1:-1]
            path.write_text(text.replace(before, quoted), encoding="utf-8")

    return apply


def written(file: str, content: bytes) -> Callable[[Path], None]:
    return lambda folder: (folder / file).write_bytes(content)


def linked(file: str, target: str) -> Callable[[Path], None]:
    """A link in place of a file or folder; a relative target is seen from the folder."""

    def apply(folder: Path) -> None:
        if (folder / file).exists():
            (folder / file).unlink()
        (folder / file).symlink_to(target)

    return apply


def piped(file: str) -> Callable[[Path], None]:
    def apply(folder: Path) -> None:
        (folder / file).unlink()
        os.mkfifo(str(folder / file))

    return apply


def a_folder(file: str) -> Callable[[Path], None]:
    def apply(folder: Path) -> None:
        (folder / file).unlink()
        (folder / file).mkdir()

    return apply


def sparse(file: str, size: int) -> Callable[[Path], None]:
    def apply(folder: Path) -> None:
        with (folder / file).open("r+b") as opened:
            opened.truncate(size)

    return apply


def weights(compression: int = zipfile.ZIP_STORED, **members: bytes) -> Callable[[Path], None]:
    """Members of weights.npz in place of those that are there; a key is a position, as ``a0``, or a name."""

    def apply(folder: Path) -> None:
        path = folder / "weights.npz"
        with zipfile.ZipFile(str(path)) as archive:
            there = {name: archive.read(name) for name in archive.namelist()}
        for key, content in members.items():
            there[list(there)[int(key[1:])] if key[1:].isdigit() else key] = content
        with zipfile.ZipFile(str(path), "w", compression) as archive:
            for name, content in there.items():
                archive.writestr(name, content)

    return apply


def header(shape: str, descr: str = "'<f4'", size: int = 118) -> bytes:
    """The header of an array, and some numbers."""
    text = f"{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}, }}".ljust(size - 1) + "\n"
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text.encode("latin-1") + bytes(64)


def huge_network(folder: Path) -> None:
    """A layer of a billion units, in data.json and in the header of an array that has no numbers."""
    change("data.json", "network", "layers", 0, "units", to=10**9)(folder)
    inputs = json.loads((folder / "data.json").read_text(encoding="utf-8"))["network"]["inputs"]
    weights(a0=header(f"({inputs}, {10**9})"))(folder)


def bomb(folder: Path) -> None:
    """A kernel of 4 GB of zeros in a file of 4 MB, and a network that wants it."""
    data = json.loads((folder / "data.json").read_text(encoding="utf-8"))
    inputs, units = data["network"]["inputs"], (1 << 30) // data["network"]["inputs"]
    change("data.json", "network", "layers", 0, "units", to=units)(folder)
    path = str(folder / "weights.npz")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive, archive.open(
        "00/kernel.npy", "w", force_zip64=True
    ) as file:
        file.write(header(f"({inputs}, {units})")[:-64])
        for _ in range(64):  # of 4096: it is refused by what its directory says
            file.write(bytes(1 << 20))


def twice(folder: Path) -> None:
    """One array under the name of another, and twice."""
    path = folder / "weights.npz"
    with zipfile.ZipFile(str(path)) as archive:
        there = [(name, archive.read(name)) for name in archive.namelist()]
    with warnings.catch_warnings(), zipfile.ZipFile(str(path), "w") as archive:
        warnings.simplefilter("ignore")
        for name, content in [*there, there[0]]:
            archive.writestr(name, content)


def key_twice(folder: Path) -> None:
    text = (folder / "data.json").read_text(encoding="utf-8")
    (folder / "data.json").write_text('{"fcnn": "9.9.9",' + text[1:], encoding="utf-8")


def object_array() -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, np.array([{"a": 1}], dtype=object))
    return buffer.getvalue()


DEEP = b"[" * 100_000 + b"]" * 100_000
CASES: Dict[str, Case] = {
    # links, and what is no file
    "a link to a secret": Case(linked("metrics.json", "../../canary/secret.json"), "leads out of the run folder"),
    "a link to an absolute path": Case(linked("data.json", "/etc/hostname"), "leads out of the run folder"),
    "a link to itself": Case(linked("data.json", "data.json"), "is no complete run"),
    "a link that leads nowhere": Case(linked("log.txt", "../../nosuch"), "leads out of the run folder"),
    "plots that lie elsewhere": Case(linked("plots", "../../canary"), "leads out of the run folder"),
    "weights that are a device": Case(linked("weights.npz", "/dev/zero"), "leads out of the run folder"),
    "a pipe": Case(piped("history.csv"), "is no plain file"),
    "weights that are a pipe": Case(piped("weights.npz"), "is no plain file"),
    "a folder for a file": Case(a_folder("weights.npz"), "cannot be read", 0),
    # sizes
    "metrics of 4 GB": Case(sparse("metrics.json", 4 << 30), "is too large for a file of a run"),
    "a history of 4 GB": Case(sparse("history.csv", 4 << 30), "is too large for a file of a run"),
    "a layer of a billion units": Case(huge_network, "array 00/kernel", 0),
    "a bomb": Case(bomb, "array", 0),
    "packed weights": Case(weights(zipfile.ZIP_DEFLATED), "its arrays are packed", 0),
    # weights
    "a pickle in the weights": Case(
        weights(a0=b"cos\nsystem\n(S'touch owned'\ntR."), "floats as NumPy writes them", 0, False
    ),
    "an array of objects": Case(weights(a0=object_array()), "floats as NumPy writes them", 0, False),
    "a negative shape": Case(weights(a0=header("(-1, 4)")), "floats as NumPy writes them", 0, False),
    "a shape beyond memory": Case(weights(a0=header("(9999999999, 9999999999)")), "larger than any memory", 0, False),
    "code in a header": Case(
        weights(a0=header("__import__('os').system('x')")), "floats as NumPy writes them", 0, False
    ),
    "nesting in a header": Case(
        weights(a0=header("(" * 400 + ")" * 400, size=1000)), "floats as NumPy writes them", 0, False
    ),
    "a path in a name": Case(weights(**{"../../owned.npy": header("(16,)")}), "array ../../owned", 0, False),
    "an absolute path in a name": Case(weights(**{"/tmp/owned.npy": header("(16,)")}), "array /tmp/owned", 0, False),
    "an array twice": Case(twice, "an array is there twice", 0, False),
    "another layer's array": Case(weights(a1=header("(16,)")), "array", 0, False),
    # documents
    "JSON that is nested deeply": Case(written("data.json", b'{"format": 1, "x": ' + DEEP + b"}"), "cannot be read"),
    "metrics that are nested deeply": Case(written("metrics.json", b'{"task": ' + DEEP + b"}"), "", 2),
    "a config that is nested deeply": Case(written("config.yaml", b"data: " + DEEP), "", 0),
    "a config of aliases": Case(
        written("config.yaml", b"a: &a [x, x]\n" + b"".join(b"b%d: [*a, *a]\n" % n for n in range(99))), "", 0
    ),
    "a huge integer": Case(change("data.json", "network", "inputs", to=10**400), "is damaged", 0),
    "an epoch of many digits": Case(change("metrics.json", "best_epoch", to=10**30), "", 2),
    "NaN in the metrics": Case(written("metrics.json", b'{"task": NaN}'), "", 2),
    "a deviation of 0": Case(change("data.json", "preprocessing", "columns", 0, "std", to=0.0), "is damaged", 0),
    "a key twice": Case(key_twice, "", 0),
    "no UTF-8": Case(written("data.json", b'{"format": 1, "fcnn": "\xff\xfe"}'), "cannot be read"),
    "a line without end": Case(written("history.csv", b"epoch,loss\n1," + b"9" * (8 << 20)), "", 0),
    "a history that is not one": Case(written("history.csv", b"epoch,loss\n1,\n\0,<script>\n"), "", 0),
    # wrong types
    "metrics that are a list": Case(written("metrics.json", b"[]"), "", 2),
    "scores that are text": Case(change("metrics.json", "test", to={"accuracy": "<b>1</b>"}), "", 2),
    "scores that are a number": Case(change("metrics.json", "train", to=1), "", 2),
    "verdicts that are numbers": Case(change("metrics.json", "verdicts", to=[1, None]), "", 2),
    "a verdict that looks into itself": Case(
        change(
            "metrics.json",
            "verdicts",
            to=[
                {
                    "message": "",
                    "hint": "",
                    "severity": "note",
                    "said": {"problem": {"message": {"say": "{x.__class__}", "values": {"x": "1"}}}},
                }
            ],
        ),
        "",
        2,
    ),
    "a sentence that fills the memory": Case(
        change("data.json", "said", to={"columns": [{"say": "{x:>9999999999}", "values": {"x": "1"}}]}), "is damaged", 0
    ),
    "an unknown activation": Case(
        change("data.json", "network", "layers", 0, "activation", to={"name": "__class__"}), "is damaged", 0
    ),
    "parameters of an activation": Case(
        change("data.json", "network", "layers", 0, "activation", to={"name": "relu", "out": 1}), "is damaged", 0
    ),
    "a parametric softmax": Case(change("data.json", "network", "layers", -1, "parametric", to=True), "is damaged", 0),
    "parametric in other words": Case(
        change("data.json", "network", "layers", 0, "parametric", to="yes"), "cannot be read", 0
    ),
    "a parametric layer without its weights": Case(
        change("data.json", "network", "layers", 0, "parametric", to=True), "array 00/activation_weight", 0
    ),
    "clipped classes": Case(change("data.json", "network", "clip", to=[0, 1]), "is damaged", 0),
    "a clip of three numbers": Case(change("data.json", "network", "clip", to=[0, 1, 2]), "cannot be read", 0),
    "fewer classes than outputs": Case(change("data.json", "target", "classes", to=["a", "b"]), "is damaged", 0),
    "a column of another type": Case(
        change("data.json", "preprocessing", "columns", 0, "type", to="exec"), "cannot be read", 0
    ),
    "a date that is written in no way": Case(
        change("data.json", "preprocessing", "columns", 2, "format", to="%Q%"), "", 0
    ),
    "files that are no files": Case(change("data.json", "files", to=[{"path": 7}]), "is damaged", 2),
    "a table that is a device": Case(
        change("data.json", "files", to=[{"path": "/dev/zero", "bytes": 1, "sha256": "0"}]), "", 0
    ),
    "no layers": Case(change("data.json", "network", "layers", to=[]), "is damaged", 0),
    # names
    "HTML and escapes in a class": Case(replaced("*.[jc]s*", "中", NAME), "", 0),
    "a formula in a class": Case(replaced("*.[jc]s*", "中", FORMULA), "", 0),
    "HTML and escapes in a column": Case(replaced("*.[jcy][sa]*", "颜色", NAME), "has no column", 0),
    "escapes in the stop": Case(change("metrics.json", "stopped", to=NAME), "", 0),
    "escapes in the path of the table": Case(
        change("data.json", "files", to=[{"path": NAME, "bytes": 1, "sha256": NAME}]), "", 0
    ),
}
"""By name."""
