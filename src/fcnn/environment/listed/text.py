"""The text of a list, from files in the encodings that people have: PowerShell's UTF-16, comments in GBK, CRLF."""

# ruff: noqa: PTH112, PTH118, PTH119, PTH120, PTH123, PTH208
# (no pathlib: it keeps this part in the idiom of fcnn.environment.reading)

import codecs
import os
from typing import List

from fcnn.errors import ListingError, Problem, nearest_name

LIMIT = 1 << 25
"""32 MB: more than the largest locks."""
FILES = "requirements.txt, the output of `pip freeze`, environment.yml, pyproject.toml or a lock"
"""What a list may be, for messages."""
_COMMON = ("requirements.txt", "environment.yml", "environment.yaml", "pyproject.toml", "Pipfile", "requirements.lock")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNSEEN = "".join(map(chr, [*range(9), *range(14, 27), *range(28, 32), 127]))


def read_bytes(path: str, where: str = "") -> bytes:
    """The content of a list.

    Raises:
        ListingError: it is not there, a folder, not ours to read, or too large to be a list; at `where` it was named.
    """
    place = where or path
    try:
        if os.path.isdir(path):
            raise ListingError(
                Problem("this is a folder, not a list of packages", place, FILES, path if where else "", _inside(path))
            )
        with open(path, "rb") as stream:
            data = stream.read(LIMIT + 1)
    except FileNotFoundError:
        raise ListingError(
            Problem("there is no such list", place, FILES, path if where else "", _nearest(path))
        ) from None
    except (OSError, ValueError) as error:  # a name with a null byte is a ValueError
        reason = getattr(error, "strerror", None) or str(error)
        raise ListingError(
            Problem(f"the list cannot be read: {reason}", place, received=path if where else "")
        ) from None
    return data


def decoded(data: bytes, name: str) -> str:
    """The text of a list's bytes, without a byte order mark.

    Raises:
        ListingError: it is not text, or too large to be a list.
    """
    if len(data) > LIMIT:
        raise ListingError(Problem("the file is too large to be a list of packages", name, "at most 32 MB"))
    text = _decoded(data)
    if any(letter in text for letter in _UNSEEN):
        raise ListingError(Problem("this is no text", name, FILES, "bytes that belong to no text"))
    return text


def _decoded(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    start = data[:400]
    if start[1::2] and start[1::2].count(0) > 0.8 * len(start[1::2]):  # of ASCII letters in UTF-16 without a mark
        return data.decode("utf-16-le", "replace")
    # GB18030 is GBK and what came later; what is neither has its odd letters in comments.
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


def _nearest(path: str) -> str:
    """A file beside it with a name like it."""
    folder = os.path.dirname(path)
    name = nearest_name(os.path.basename(path), [item for item in _names(folder) if len(item) < 200])
    return f"did you mean `{os.path.join(folder, name)}`?" if name else ""


def _inside(folder: str) -> str:
    found = [os.path.join(folder, name) for name in _COMMON if name in _names(folder)]
    return f"in it is `{found[0]}`" if found else "to judge the environment in a folder: --python FOLDER"


def _names(folder: str) -> List[str]:
    try:
        return sorted(os.listdir(folder or os.curdir))[:1000]
    except (OSError, ValueError):
        return []
