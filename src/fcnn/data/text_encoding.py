"""In which encoding a table's text is: a byte order mark, strict UTF-8, or a guess between GB18030 and cp1252.

The two are what Excel writes on a Chinese and on a Western Windows. Nothing but a reader tells them apart for certain:
GB18030 accepts most of what is cp1252. So charset-normalizer ranks the two, and the guess is said with two values to
look at; asked openly it would also propose encodings that nobody used, and change letters in silence.
"""

import codecs
import io
import re
from dataclasses import dataclass
from typing import List, Optional, Tuple

from fcnn.data.source import Readable

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CANDIDATES = ("gb18030", "cp1252")
BLOCK = 4 << 20
SURE = 8
"""So many characters beyond ASCII that are right in UTF-8 are no chance: GBK has each by about one in seven."""
MOST_GUESSED = 256 << 10
"""Bytes around the first that are no UTF-8, from which the encoding is guessed."""


@dataclass(frozen=True)
class Encoding:
    """The encoding of a file."""

    name: str
    """A Python codec."""
    guessed: bool = False
    """Whether it was chosen among several that could be meant."""
    samples: Tuple[str, ...] = ()
    """Where it was guessed: up to two cells as they read in it."""


def detect_encoding(stream: Readable, most: int) -> Optional[Encoding]:
    """The encoding of a whole stream; None where none of those that are tried fits.

    Args:
        stream: from its beginning; it is read to the first byte that is no UTF-8.
        most: bytes to look at.
    """
    head = stream.read(BLOCK)
    for mark, name in MARKS:
        if head.startswith(mark):
            return Encoding(name)
    wide = _utf_16_without_mark(head)
    if wide is not None:
        return wide
    decoder = codecs.getincrementaldecoder("utf-8")()
    before, chunk, seen, beyond_ascii = b"", head, 0, 0
    while True:
        try:
            beyond_ascii += _beyond_ascii(decoder.decode(chunk, final=not chunk))
        except UnicodeDecodeError as error:
            beyond_ascii += _beyond_ascii(error.object[: error.start].decode())
            if beyond_ascii >= (SURE if chunk else 1):
                return Encoding("utf-8")  # damaged there, or cut within its last character; reading it names the line
            near = before[-MOST_GUESSED:] + chunk + stream.read(MOST_GUESSED)
            return _guess(near, len(before[-MOST_GUESSED:]) + max(0, error.start))
        seen += len(chunk)
        if not chunk or seen > most:
            return Encoding("utf-8")
        before, chunk = chunk, stream.read(BLOCK)


def _beyond_ascii(text: str) -> int:
    """How many characters of a text are beyond ASCII."""
    return 0 if text.isascii() else len(text) - len(text.encode("ascii", errors="ignore"))


def _utf_16_without_mark(head: bytes) -> Optional[Encoding]:
    """UTF-16 without a mark: its separators, digits and line ends have a 0 in every other byte, and no other text."""
    start = head[:4096]
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) * 20 < len(start) or min(even, odd):
        return None
    name = "utf-16-le" if odd else "utf-16-be"
    text = start[: len(start) // 2 * 2].decode(name, errors="ignore")
    return Encoding(name, True, tuple(_samples(text))) if "\n" in text or "\r" in text else None


def _guess(data: bytes, position: int) -> Optional[Encoding]:
    # whole lines around the place, so that no character is cut
    start = data.rfind(b"\n", 0, position) + 1
    text = data[start : start + MOST_GUESSED]
    text = text[: text.rfind(b"\n") + 1] or text
    fitting = [name for name in CANDIDATES if _decodes(text, name)]
    if len(fitting) > 1:
        from charset_normalizer import from_bytes

        lines = b"".join(line for line in io.BytesIO(text) if not line.isascii())  # ASCII would only dilute it
        best = from_bytes(lines, cp_isolation=list(fitting), threshold=1.0).best()
        if best is not None:
            fitting = [best.encoding]
    if not fitting:
        return None
    return Encoding(fitting[0], True, tuple(_samples(text.decode(fitting[0]))))


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _samples(text: str) -> List[str]:
    """The first two cells with a letter beyond ASCII."""
    cells = (cell.strip(' "') for cell in re.split(r"[,;\t|\r\n]", text))
    found = dict.fromkeys(cell for cell in cells if not cell.isascii() and len(cell) <= 60)
    return list(found)[:2]
