"""The files of an encoded table: arrays as ``.npy``, matrices as plain float32, everything else as one JSON."""

import hashlib
import json
import zlib
from pathlib import Path
from typing import Any, Dict, Mapping, Optional, Sequence, Tuple

import msgspec
import numpy as np

from fcnn.data.columns import ColumnReport
from fcnn.data.encoding_stored import ENDING
from fcnn.data.parts import Dataset, Part
from fcnn.data.preprocessing import Preprocessing
from fcnn.data.rows import FileRows, RowNames
from fcnn.data.said_again import plain, plain_struct, read_back
from fcnn.data.stored import StoredMatrix
from fcnn.data.target import Target
from fcnn.errors import Problem
from fcnn.files import atomic_write

FORMAT = 2
"""Of what is written; caches of another one are not looked at."""
DATASET = "dataset.json"
ARRAYS = ("rows", "y", "y_raw", "weight")
"""Of each part, in files of their own."""


class Damaged(Exception):
    """The files are not what was written."""


def write_dataset(folder: Path, dataset: Dataset, untold: int) -> None:
    """Write everything but the matrices, which are there.

    Args:
        folder: of the files.
        dataset: with matrices in that folder.
        untold: how many of the findings are left out: the first ones.

    Raises:
        OSError: nothing can be written.
    """
    sources = dataset.row_names.sources
    arrays: Dict[str, Optional[np.ndarray]] = {f"{index}.lines": each.lines for index, each in enumerate(sources)}
    for name, part in dataset.parts.items():
        arrays.update({f"{name}.rows": part.rows, f"{name}.y": part.y, f"{name}.weight": part.weight})
        if not dataset.target.classes:  # else what a person reads is what the network learns
            arrays[f"{name}.y_raw"] = part.y_raw
    checks: Dict[str, Any] = {}
    for name, array in arrays.items():
        if array is not None:
            np.save(str(folder / f"{name}.npy"), array, allow_pickle=False)
            checks[f"{name}.npy"] = _checksum(folder / f"{name}.npy")
    content = {
        "target": msgspec.to_builtins(dataset.target),
        "preprocessing": msgspec.to_builtins(dataset.preprocessing),
        "parts": {name: len(part.rows) for name, part in dataset.parts.items()},
        "rows_read": dataset.rows_read,
        "rows_without_target": dataset.rows_without_target,
        "files": [{name: value for name, value in file.items() if name != "path"} for file in dataset.files],
        "findings": plain(dataset.findings[untold:]),
        "columns": [plain_struct(column) for column in dataset.columns],
        "sources": [{"file": each.file, "rows": each.rows, "first": each.first} for each in sources],
        "checksums": checks,
    }
    text = json.dumps(content)
    with atomic_write(folder / DATASET) as file:
        file.write(json.dumps({"sha256": _sha256(text), "content": content}))


def read_dataset(folder: Path, findings: Tuple[Problem, ...], paths: Sequence[Path]) -> Dataset:
    """Read what was written; the matrices stay where they are.

    Args:
        folder: of the files.
        findings: those that come first.
        paths: of the table's files, which may lie elsewhere now.

    Raises:
        Damaged: a file is not there, or not what was written.
    """
    try:
        document = json.loads((folder / DATASET).read_text(encoding="utf-8"))
        content = document["content"]
        if document["sha256"] != _sha256(json.dumps(content)):
            raise Damaged(DATASET)
        for name, checksum in content["checksums"].items():
            if _checksum(folder / name) != checksum:
                raise Damaged(name)
        preprocessing = msgspec.convert(content["preprocessing"], Preprocessing)
        target = msgspec.convert(content["target"], Target)
        features = len(preprocessing.feature_names)
        parts = {name: _read_part(folder, name, rows, features) for name, rows in content["parts"].items()}
        return Dataset(
            target,
            preprocessing,
            parts,
            content["rows_read"],
            content["rows_without_target"],
            tuple({"path": str(path), **file} for path, file in zip(paths, content["files"])),
            (*findings, *read_back(content["findings"])),
            tuple(
                ColumnReport(**{key: read_back(value) for key, value in each.items()}) for each in content["columns"]
            ),
            RowNames(tuple(_read_source(folder, index, each) for index, each in enumerate(content["sources"]))),
        )
    except OSError as error:
        raise Damaged(error.strerror or str(error)) from error
    except (ValueError, KeyError, TypeError, AttributeError, msgspec.MsgspecError) as error:
        raise Damaged(str(error)) from error


def _read_source(folder: Path, index: int, source: Mapping[str, Any]) -> FileRows:
    lines = folder / f"{index}.lines.npy"
    return FileRows(**source, lines=np.load(str(lines), allow_pickle=False) if lines.exists() else None)


def _read_part(folder: Path, name: str, rows: int, features: int) -> Part:
    matrix = StoredMatrix(folder / f"{name}{ENDING}", features)
    if matrix.path.stat().st_size != 4 * rows * features:
        raise Damaged(matrix.path.name)
    arrays = {
        kind: np.load(str(folder / f"{name}.{kind}.npy"), allow_pickle=False)
        for kind in ARRAYS
        if (folder / f"{name}.{kind}.npy").exists()
    }
    y = arrays["y"]
    return Part(arrays["rows"], matrix, y, arrays.get("y_raw", y), arrays.get("weight"))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _checksum(path: Path) -> int:
    """CRC-32: fast, since the arrays of many rows are large."""
    found = 0
    with path.open("rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            found = zlib.crc32(block, found)
    return found
