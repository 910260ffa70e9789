"""The matrices of a table that is larger than memory: encoded some rows at a time, into one file for each part."""

from contextlib import ExitStack
from pathlib import Path
from typing import Dict, List, Mapping

import numpy as np

from fcnn.data.column import Table
from fcnn.data.faults import Fault, FaultError, add_up_faults
from fcnn.data.preprocessing import Preprocessing
from fcnn.data.storage import ENCODING, Storage, writing
from fcnn.data.stored import StoredMatrix, rows_at_once
from fcnn.data.stored_columns import piece_of
from fcnn.data.unnamed_file import write_all

ENDING = ".x.float32"


def encode_stored(
    table: Table, preprocessing: Preprocessing, split: Mapping[str, np.ndarray], folder: Path, storage: Storage
) -> Dict[str, StoredMatrix]:
    """Encode the rows of each part of the split into a file.

    Args:
        table: the usable rows.
        preprocessing: fitted on the training rows.
        split: ascending row positions by part.
        folder: where the files go: ``train.x.float32`` ...
        storage: who is told how far it has come.

    Returns:
        By part (rows, features) float32.

    Raises:
        FaultError: cells that cannot be encoded; those of all parts at once, as in memory.
        DataError: the disk is full.
    """
    features = len(preprocessing.feature_names)
    needed = 4.0 * features * sum(map(len, split.values()))
    storage.check_room(needed)
    size = rows_at_once(4 * features + 8 * len(preprocessing.columns))
    faults: Dict[str, List[Fault]] = {name: [] for name in split}
    with writing(folder, needed), ExitStack() as stack:
        files = {name: stack.enter_context((folder / f"{name}{ENDING}").open("wb", buffering=0)) for name in split}
        for start in range(0, len(table), size):
            stop = min(start + size, len(table))
            piece = piece_of(table, start, stop)
            parts = {name: _between(positions, start, stop) for name, positions in split.items()}
            try:
                matrix = preprocessing.transform(piece)[0]
                for name, rows in parts.items():
                    write_all(files[name], matrix[rows])
            except FaultError:
                _find_faults(piece, preprocessing, parts, faults)
            storage.working(ENCODING, stop, len(table))
    found = [fault for each in faults.values() for fault in each]
    if found:
        raise FaultError(*add_up_faults(found))
    return {name: StoredMatrix(folder / f"{name}{ENDING}", features) for name in split}


def _between(positions: np.ndarray, start: int, stop: int) -> np.ndarray:
    """The positions of rows from `start` to before `stop`, counted from there."""
    first, last = np.searchsorted(positions, (start, stop))
    return np.asarray(positions[first:last] - start)


def _find_faults(
    piece: Table, preprocessing: Preprocessing, parts: Mapping[str, np.ndarray], faults: Mapping[str, List[Fault]]
) -> None:
    """Note which part of the split has cells that cannot be encoded: they are told part by part."""
    for name, rows in parts.items():
        try:
            preprocessing.transform(piece.take(rows))
        except FaultError as error:  # noqa: PERF203 - three parts at most
            faults[name].extend(error.faults)
