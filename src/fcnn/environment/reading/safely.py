"""Looking at files and folders that may be anything: what cannot be read is not there, and nothing raises."""

# ruff: noqa: PTH112, PTH113, PTH116, PTH123
# (no pathlib: see packages.py)

import os
import stat
from typing import List, Optional

WHOLE_FILE = 1 << 24
"""16 MB: more than any metadata file that is one; TensorFlow's RECORD has three."""


def start_of(path: str, limit: int) -> Optional[bytes]:
    """The first `limit` bytes of a regular file, or None where there is none to read.

    A pipe or a device under the name of a file is not opened: reading it might never end.
    """
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return None
        with open(path, "rb") as stream:
            return stream.read(limit)
    except (OSError, ValueError):  # a name with a null byte is a ValueError
        return None


def text_of(path: str, limit: int = 1 << 20) -> str:
    """The start of a text file in UTF-8, or in the UTF-16 that Windows's shells write; empty where there is none."""
    data = start_of(path, limit) or b""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return data.decode(encoding, "replace")


def entries(folder: str) -> List["os.DirEntry[str]"]:
    """What is in a folder, in no order; nothing where it cannot be read."""
    try:
        with os.scandir(folder) as found:
            return list(found)
    except (OSError, ValueError):
        return []


def is_folder(path: str) -> bool:
    """Whether a folder is there."""
    try:
        return os.path.isdir(path)
    except ValueError:  # Python 3.7, for a name with a null byte
        return False


def is_file(path: str) -> bool:
    """Whether a regular file is there."""
    try:
        return os.path.isfile(path)
    except ValueError:
        return False


def is_gone(path: str) -> bool:
    """Whether a file is certainly not there; one in a folder that is not ours to read may be."""
    try:
        os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False


def same_folder(one: str, other: str) -> bool:
    """Whether two paths lead to one folder."""
    return canonical(one) == canonical(other)


def canonical(path: str) -> str:
    """The one spelling of a path, without links in it."""
    try:
        return os.path.normcase(os.path.realpath(path))
    except (OSError, ValueError):
        return path


def printable(text: str) -> str:
    """A name as text that can be written anywhere: file systems have names that are in no encoding."""
    if text.isascii():
        return text
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
