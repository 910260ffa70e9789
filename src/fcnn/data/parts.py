"""A table as the arrays that a network learns from."""

from dataclasses import dataclass, replace
from typing import Any, Dict, Mapping, Optional, Tuple

import numpy as np

from fcnn.data.columns import ColumnReport
from fcnn.data.preprocessing import Preprocessing
from fcnn.data.rows import RowNames
from fcnn.data.stored import Matrix
from fcnn.data.target import Target
from fcnn.errors import Problem


@dataclass(frozen=True)
class Part:
    """The rows of one part of the split."""

    rows: np.ndarray
    """(rows,) int64 positions in the table, 0-based, ascending."""
    x: Matrix
    """(rows, features) float32, on the disk where the table is larger than memory; of no rows where the matrices were
    dropped, :meth:`Dataset.without_matrices`."""
    y: np.ndarray
    """(rows,) what the network learns: int32 codes, or float32 standardised values."""
    y_raw: np.ndarray
    """(rows,) what a person reads: int32 codes, or float64 in the target's own unit."""
    weight: Optional[np.ndarray]
    """(rows,) float32 sample weights, or None where the config names no weight column."""


@dataclass(frozen=True)
class Dataset:
    """A table, split and preprocessed."""

    target: Target
    preprocessing: Preprocessing
    parts: Dict[str, Part]
    """``train`` and, where their share is not 0, ``validation`` and ``test``."""
    rows_read: int
    rows_without_target: int
    files: Tuple[Mapping[str, Any], ...]
    """``path``, ``bytes`` and ``sha256`` of each file."""
    findings: Tuple[Problem, ...]
    """Warnings and notes about what was left out, replaced or doubtful."""
    columns: Tuple[ColumnReport, ...]
    """What became of each feature."""
    row_names: RowNames
    """What each row of the table is called, those without a target too."""

    @property
    def rows(self) -> Dict[str, int]:
        """How many rows went where."""
        counts = {name: len(part.rows) for name, part in self.parts.items()}
        return {"read": self.rows_read, "without_target": self.rows_without_target, **counts}

    def without_matrices(self) -> "Dataset":
        """The same without what takes most of its memory; what lies on the disk takes none."""
        parts = {
            name: replace(part, x=np.empty((0, part.x.shape[1]), np.float32))
            if isinstance(part.x, np.ndarray)
            else part
            for name, part in self.parts.items()
        }
        return replace(self, parts=parts)
