"""Writing files so that a reader never sees half of one, and hashing them."""

import hashlib
import json
import os
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Iterator, Optional, Union


@contextmanager
def atomic_write(
    path: Union[str, Path], mode: str = "w", encoding: str = "utf-8", keep: Optional[Path] = None
) -> Iterator[IO[Any]]:
    r"""Open a temporary file beside `path` and rename it to `path` when the block ends without an exception.

    Text is written with ``\n`` line ends on every system, so that equal runs give equal bytes.

    Args:
        path: the file to write; its folder must exist.
        mode: ``w`` for text, ``wb`` for bytes.
        encoding: of text.
        keep: the name that the file gets which was there before, in the same folder.

    Raises:
        OSError: where the file cannot be written; nothing is left behind then.
    """
    target = Path(path)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    binary = "b" in mode
    try:
        with temporary.open(mode, encoding=None if binary else encoding, newline=None if binary else "\n") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if keep is not None and target.exists():
            target.replace(keep)
        temporary.replace(target)
    except BaseException:
        if temporary.exists():
            temporary.unlink()
        raise


def write_json(path: Union[str, Path], value: Any) -> None:
    """Write `value` as indented JSON in UTF-8, atomically; a NaN or infinity in it is a ValueError."""
    with atomic_write(path) as file:
        file.write(json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n")


def read_json(path: Union[str, Path]) -> Any:
    """Read a JSON file in UTF-8.

    Raises:
        OSError: it cannot be read.
        ValueError: it is no JSON, has a NaN or infinity, or is nested beyond what can be read.
    """
    try:
        return json.loads(Path(path).read_text(encoding="utf-8"), parse_constant=_no_constant)
    except RecursionError as error:
        raise ValueError(str(error)) from error


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def sha256(path: Union[str, Path]) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    digest = hashlib.sha256()
    with Path(path).open("rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()
