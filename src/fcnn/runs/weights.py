"""Reading ``weights.npz`` with nothing taken on trust: sizes are compared before anything is allocated."""

import re
import zipfile
from pathlib import Path
from typing import Dict, Mapping, NamedTuple, Tuple

import numpy as np

from fcnn.config.base import Literal
from fcnn.errors import Problem, RunError
from fcnn.wording import say

HEADER = re.compile(
    rb"\x93NUMPY\x01\x00(..)\{'descr': '<f([248])', 'fortran_order': (False|True), "
    rb"'shape': \(((?:[0-9]{1,10}, ?)*(?:[0-9]{1,10})?)\), *\} *\n",
    re.DOTALL,
)
"""The beginning of an array of floats, as NumPy writes it; whatever else it could write there is refused unread."""
LONGEST_HEADER = 1024
"""Bytes; NumPy writes 128."""
LARGEST = 1 << 44
"""Numbers of one array, far beyond any memory: larger ones are not counted with."""


class Array(NamedTuple):
    """What the header of an array says."""

    dtype: str
    order: Literal["C", "F"]
    shape: Tuple[int, ...]
    start: int
    """Bytes of the header."""

    @property
    def size(self) -> int:
        """Bytes of header and numbers."""
        return self.start + int(self.dtype[2:]) * _product(self.shape)


def read_arrays(path: Path, shapes: Mapping[str, Tuple[int, ...]]) -> Dict[str, np.ndarray]:
    """The arrays of a file by name, float32.

    Args:
        path: of the file, as ``np.savez`` writes it: stored, not compressed.
        shapes: of the arrays by name, as the network of the run needs them.

    Raises:
        RunError: it is damaged, has other arrays or other shapes, or is larger unpacked than packed.
    """
    try:
        with zipfile.ZipFile(str(path)) as archive:
            members = {_name_of(member): member for member in archive.infolist()}
            if len(members) < len(archive.infolist()):
                raise ValueError(say("an array is there twice"))
            _check_names(members, shapes, path)
            if sum(member.file_size for member in members.values()) > path.stat().st_size or any(
                member.compress_type != zipfile.ZIP_STORED for member in members.values()
            ):
                raise ValueError(say("its arrays are packed; fcnn stores them as they are"))
            headers = {name: _header(archive, member) for name, member in members.items()}
            _check_shapes(headers, members, shapes, path)
            return {name: _array(archive, members[name], header) for name, header in headers.items()}
    except (OSError, ValueError, KeyError, EOFError, RuntimeError, NotImplementedError, zipfile.BadZipFile) as error:
        reason = next((each for each in error.args if isinstance(each, str)), str(error))
        raise RunError(Problem(say("cannot be read: {error}", error=reason), str(path))) from error


def _name_of(member: zipfile.ZipInfo) -> str:
    return member.filename[: -len(".npy")] if member.filename.endswith(".npy") else member.filename


def _check_names(members: Mapping[str, object], shapes: Mapping[str, object], path: Path) -> None:
    wrong = sorted({*members} ^ {*shapes})
    if wrong:
        problems = [
            Problem(
                say("array {name}", name=name), str(path), _shape(shapes.get(name)), "" if name in members else "None"
            )
            for name in wrong[:20]
        ]
        raise RunError(*problems)


def _check_shapes(
    headers: Mapping[str, Array],
    members: Mapping[str, zipfile.ZipInfo],
    shapes: Mapping[str, Tuple[int, ...]],
    path: Path,
) -> None:
    problems = []
    for name, header in headers.items():
        if header.shape != shapes[name]:
            problems.append(Problem(say("array {name}", name=name), str(path), str(shapes[name]), str(header.shape)))
        elif header.size != members[name].file_size:
            problems.append(
                Problem(
                    say("array {name}", name=name),
                    str(path),
                    say("{count:,} bytes", count=header.size),
                    say("{count:,} bytes", count=members[name].file_size),
                )
            )
    if problems:
        raise RunError(*problems)


def _header(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Array:
    with archive.open(member) as file:
        found = HEADER.match(file.read(LONGEST_HEADER))
    if found is None:
        raise ValueError(say("array {name} is none of floats as NumPy writes them", name=_name_of(member)))
    length, size, order, numbers = found.groups()
    if found.end() != 10 + int.from_bytes(length, "little"):
        raise ValueError(say("array {name} is none of floats as NumPy writes them", name=_name_of(member)))
    shape = tuple(int(number) for number in numbers.decode("ascii").replace(" ", "").split(",") if number)
    if _product(shape) > LARGEST:
        raise ValueError(say("array {name} is larger than any memory", name=_name_of(member)))
    return Array(f"<f{size.decode('ascii')}", "F" if order == b"True" else "C", shape, found.end())


def _array(archive: zipfile.ZipFile, member: zipfile.ZipInfo, header: Array) -> np.ndarray:
    numbers = np.frombuffer(archive.read(member), dtype=header.dtype, offset=header.start)  # the CRC is checked
    with np.errstate(over="ignore"):  # a number beyond float32 becomes infinite, which is looked for later
        return np.array(numbers.reshape(header.shape, order=header.order), dtype=np.float32, order="C")


def _product(shape: Tuple[int, ...]) -> int:
    whole = 1
    for length in shape:
        whole *= length
    return whole


def _shape(shape: object) -> str:
    return "None" if shape is None else str(shape)
