"""How much memory a table will take, before it is allocated: a machine that swaps is worse than an error."""

from pathlib import Path
from typing import NamedTuple, Optional, Union

from fcnn.config.sizes import AUTO, parse_size
from fcnn.data.header import Header
from fcnn.data.source import kind_of
from fcnn.errors import DataError, Problem
from fcnn.wording import say

CGROUPS = (
    (Path("/sys/fs/cgroup"), "memory.max", "memory.current", "inactive_file"),
    (Path("/sys/fs/cgroup/memory"), "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
)
"""Where Linux says what a container may use, in the second and in the first version of its control groups."""
WITH_MATRIX = 2.0
"""Columns of float64 become matrices of float32, one for each part of the split; reading takes as much in passing."""
ALWAYS_THERE = 64 << 20
"""Bytes that nobody needs to ask for."""
AUTO_SHARE = 0.5
"""Of the free memory a table with its matrices may take by itself: TensorFlow needs some, and gets a copy."""


def available_memory() -> int:
    """Bytes that this process may still allocate: free on the machine, in its container, and by its own limit."""
    import psutil

    limits = [psutil.virtual_memory().available, _left_in_container(), _left_by_limit()]
    return min(limit for limit in limits if limit is not None)


class Shortage(NamedTuple):
    """More memory is needed than there is; both as text: ``1.5 GB``."""

    needed: str
    there: str


def shortage(needed: float, available: Optional[int] = None) -> Optional[Shortage]:
    """What is lacking, or None where there is enough.

    Args:
        needed: bytes.
        available: bytes; asked for where it is None.
    """
    if needed <= ALWAYS_THERE:
        return None
    there = available_memory() if available is None else available
    return Shortage(size_text(needed), size_text(there)) if needed > there else None


def check_memory(needed: float, where: str, available: Optional[int] = None) -> None:
    """Raise a DataError where a table needs more memory than there is; see :func:`shortage`.

    Args:
        needed: bytes.
        where: the place that the error names.
        available: bytes; asked for where it is None.
    """
    lacking = shortage(needed, available)
    if lacking is not None:
        message = say("the table needs about {needed} of memory, and {there} are free", **lacking._asdict())
        hint = say("learn from fewer columns (data.features, data.drop), or from a part of the rows")
        raise DataError(Problem(message, where, hint=hint))


def memory_limit(stated: Union[str, float]) -> int:
    """Bytes that a table with its matrices may take in memory.

    Args:
        stated: ``data.memory`` of a config. What is not there cannot be had, whatever it says.
    """
    free = max(available_memory(), ALWAYS_THERE)
    return max(int(AUTO_SHARE * free), ALWAYS_THERE) if stated == AUTO else min(parse_size(stated), free)


class Budget:
    """What a table will take when all of it has been read, by what has been read so far."""

    def __init__(self, limit: Optional[int] = None) -> None:
        """Look how much memory there is.

        Args:
            limit: bytes from which on a table belongs on the disk; None: it is read into memory or not at all.
        """
        self._limit = limit
        self._available = available_memory() if limit is None else limit
        self._held = 0.0  # of the files before
        self._path = Path()
        self._whole = self._read = self._taken = 0

    def open(self, header: Header) -> None:
        """Begin with the next file."""
        self._held += self._taken
        self._path = header.path
        self._read = self._taken = 0
        is_plain = kind_of(header.path) == "text"  # how long a packed text is only shows at its end
        self._whole = (
            header.path.stat().st_size // (2 if header.encoding.startswith("utf-16") else 1) if is_plain else 0
        )

    def add(self, text: int, taken: int) -> None:
        """Note that so many bytes of its text took so many bytes of memory.

        Raises:
            DataError: the table with its matrix will not fit, and there is no other place for it.
        """
        self._read += text
        self._taken += taken
        if self._limit is None:
            check_memory(WITH_MATRIX * self.columns, str(self._path), self._available)

    @property
    def columns(self) -> float:
        """Bytes of all columns when all of the file has been read, about."""
        share = min(1.0, self._read / self._whole) if self._whole else 1.0
        return self._held + (self._taken / share if share else 0.0)

    @property
    def is_exceeded(self) -> bool:
        """Whether the table belongs on the disk."""
        return self.exceeded_by(0.0)

    def exceeded_by(self, more: float) -> bool:
        """The same with so many bytes of columns more."""
        return self._limit is not None and WITH_MATRIX * (self.columns + more) > self._limit


def size_text(count: float) -> str:
    """``1.5 GB``."""
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:,.0f} MB"


def _left_in_container() -> Optional[int]:
    for folder, limit, usage, inactive in CGROUPS:
        try:
            most, used = (int((folder / name).read_text()) for name in (limit, usage))
            lines = (folder / "memory.stat").read_text().split()
        except (OSError, ValueError):  # no such container; "max" is no number
            continue
        cached = int(lines[lines.index(inactive) + 1]) if inactive in lines else 0  # files, let go when asked for
        return max(0, most - used + cached)
    return None


def _left_by_limit() -> Optional[int]:
    """What ``ulimit -v`` leaves."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    import psutil

    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    return None if limit == resource.RLIM_INFINITY else max(0, limit - psutil.Process().memory_info().vms)
