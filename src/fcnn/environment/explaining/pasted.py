"""A pasted text in the form in which it is compared: without colours, quotes, wrapping, and with versions masked.

What people paste was wrapped at 80 columns, quoted by a mail program, coloured by a notebook, or cut off. So texts are
compared as one stream of letters without any white space or quotation marks, in which every number is ``#``.
"""

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from typing import Dict, List, NamedTuple, Sequence, Set, Tuple

LONGEST = 2_000_000
"""Characters that are looked at: a quarter from the beginning of a longer text and the rest from its end."""
_LONGEST_LINE = 4_000
"""Characters after which a line is taken as wrapped: what is looked for within a line then costs little."""
_MOST_FRAMES = 2_000
"""The most files that a text is taken to name: half of them its first, half its last."""

_ANSI = re.compile(
    r"(?:\x1b|\\u001b|\\x1b|\^\[)(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07]{0,200}\x07)|\[(?:\d{1,3}(?:;\d{1,3})*)?m"
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\x00-\x08\x0e-\x1f]")
_PREFIX = re.compile(
    r"^(?:[\s>]*>|E(?=\s{2}))"  # quoted in a mail; a line of pytest
    r"|^\d{4}-\d\d-\d\d[T ][\d:.,]+Z?\s"  # the time before each line of a log
    r"|^[\w.-]+\s+\|\s"  # a container's name before it
)
_NOTEBOOK = re.compile(r"""\\n["']?,?\s*$""")  # the end of a line in the file of a notebook
_QUOTES = re.compile("\\\\['\"]|['\"`\u00b4\u2018-\u201f\u2032-\u2036\u300c-\u300f\u00ab\u00bb]")
_OPENING = tuple("'\"`\u2018\u201c")
_CLOSING = tuple("'\"`\u2019\u201d")
_WHITE = " \t\n\r\f\v\x1c\x1d\x1e\x1f\x85\u2028\u2029"
_BOX = _WHITE + "".join(map(chr, range(0x2500, 0x2580)))
"""White space, and what tables and panels are drawn with."""
_ADDRESS = re.compile(r"(?<!\s)\s+at\s+0(?:x[0-9a-f]*|$)")
# Six digits and more are no version: Windows's exit codes keep theirs.
_NUMBER = re.compile(r"0x[0-9a-f]+|(?<!\d)(?!\d{6})\d+(?:\.\d+)*(?:\.[x*])?(?:\.$)?")
_WORD = re.compile(r"[a-z_]+")

_GENERIC_WORDS = """
a an and are as at attribute be because been but by call called can cannot class code could did do does error
failed file for from function get got had has have if import in initialization is it its line make may method
module most must name named new no not of on one or out package please python required requires returned set should
than that the this to try type unexpected use used using value version was were when which with you your
importerror attributeerror typeerror valueerror runtimeerror modulenotfounderror systemerror warning
"""
_GENERIC = frozenset(_GENERIC_WORDS.split())
"""Words that half of all error messages consist of; the rest tells them apart."""

_FRAME = re.compile(r"\.pyx?(?=,line#|:#|\)|in[<\w])")
_TRACEBACK = "traceback(mostrecentcalllast)"


class Number(NamedTuple):
    """A number that was masked."""

    position: int
    """Where its ``#`` stands in the stream."""
    text: str


class Frame(NamedTuple):
    """A Python file that a text names as the place of something."""

    position: int
    """Where its name ends in the stream."""
    name: str
    """``numpy.py``, in lower case."""
    path: str
    """As much of the way there as can be told, with ``/``."""

    @property
    def installed(self) -> bool:
        """Whether it belongs to a package or to Python itself."""
        return any(part in self.path for part in ("site-packages", "dist-packages", "/lib/python#", "/lib/", "<frozen"))


class Edge(NamedTuple):
    """Where a line begins and ends in the stream, and so where a message may have been cut off."""

    start: int
    end: int
    first: bool
    """Whether nothing stands before it."""
    last: bool
    """Whether nothing stands after it."""
    opened: bool
    """Whether it begins with a quotation mark, and so with a whole name."""
    closed: bool
    """Whether it ends with one."""


class Stream:
    """A text as one run of characters."""

    def __init__(self, lines: Sequence[str]) -> None:
        """Take the lines in, each without its end."""
        pieces: List[str] = []
        length = 0
        self._opened: Set[int] = set()
        self._closed: Set[int] = set()
        self.line_starts: List[int] = []
        """Where each line begins."""
        self.token_starts: Set[int] = set()
        """Where white space or a quotation mark stood before."""
        self.numbers: List[Number] = []
        for line in lines:
            self.line_starts.append(length)
            bare = _ANSI.sub("", line).strip()
            if bare.startswith(_OPENING):
                self._opened.add(length)
            line = _cleaned(line)
            for token in line.split():
                self.token_starts.add(length)
                word, numbers = _masked(token)
                if length == self.line_starts[-1] and pieces and pieces[-1].endswith("#"):
                    word = re.sub(r"^\.?#", "", word)  # a version that was wrapped
                self.numbers += [Number(length + place, text) for place, text in numbers]
                pieces.append(word)
                length += len(word)
            if len(bare) > 1 and bare.rstrip(_WHITE + ".").endswith(_CLOSING):
                self._closed.update((length, length - 1))  # 'object'. with its full stop, which may be cut off
        self.text = "".join(pieces)

    def line_of(self, position: int) -> int:
        """The index of the line that a position lies in."""
        return max(0, bisect_right(self.line_starts, position) - 1)

    def begins_line(self, position: int) -> bool:
        """Whether a line begins at a position."""
        return bool(self.line_starts) and self.line_starts[self.line_of(position)] == position

    def bounded(self, start: int, end: int) -> bool:
        """Whether a span neither begins nor ends within a word or a dotted name."""
        text = self.text
        if start > 0 and start not in self.token_starts and re.match(r"[\w.]", text[start - 1]) and text[start] != "#":
            return False
        if end >= len(text) or end in self.token_starts:
            return True
        if text[end] in ".-":
            return end + 1 in self.token_starts or not re.match(r"\w", text[end + 1 : end + 2])
        return not re.match(r"[\w#]", text[end]) or text[end - 1] == "#"

    def numbers_in(self, start: int, end: int) -> List[str]:
        """The numbers within a span."""
        return [number.text for number in self.numbers if start <= number.position < end]


class Pasted(Stream):
    """A whole pasted text."""

    def __init__(self, text: str) -> None:
        """Take in what was pasted, whatever its lines end with."""
        numbered = _shortened(re.split(r"\r\n|\r|\n", text))
        self.lines = [line for _, line in numbered]
        """The lines without colours."""
        self.line_numbers = [number for number, _ in numbered]
        """Their numbers in what was pasted, from 1."""
        super().__init__(self.lines)
        self.frames = self._frames()
        """The Python files it names, in order."""
        self.edges = self._edges()
        """Its lines that are not empty; of a long log the first and the last; and all of it as one."""

    def evidence(self, spans: Sequence[Tuple[int, int]]) -> Tuple[Tuple[int, str], ...]:
        """The lines that spans of the stream lie in: number and text."""
        found: Dict[int, str] = {}
        for start, end in spans:
            for index in range(self.line_of(start), self.line_of(max(start, end - 1)) + 1):
                if self.lines[index].strip():
                    found[self.line_numbers[index]] = self.lines[index].strip()
        return tuple(sorted(found.items()))

    def frames_before(self, position: int) -> List[Frame]:
        """The files of the traceback that ends at a position, the innermost last; of pytest those after it."""
        start = max(0, self.text.rfind(_TRACEBACK, 0, position))
        before = [frame for frame in self.frames if start <= frame.position <= position]
        return before or [frame for frame in self.frames if position < frame.position <= position + 200]

    def _edges(self) -> List[Edge]:
        lines = [
            (start, start + len(self.text[start:end].rstrip(".")))  # `has no attr...`
            for start, end in zip(self.line_starts, [*self.line_starts[1:], len(self.text)])
            if end > start
        ]
        last = len(lines) - 1
        edges = [
            Edge(start, end, number == 0, number == last, start in self._opened, end in self._closed)
            for number, (start, end) in enumerate(lines)
        ]
        if len(edges) > 400:
            edges = [*edges[:100], *edges[-300:]]
        # What was cut off may be wrapped too: all of it as one line.
        if len(lines) > 1:
            edges.insert(0, Edge(lines[0][0], lines[-1][1], True, True, edges[0].opened, edges[-1].closed))
        return edges

    def _frames(self) -> List[Frame]:
        found = []
        matches = list(_FRAME.finditer(self.text))
        if len(matches) > _MOST_FRAMES:
            matches = matches[: _MOST_FRAMES // 2] + matches[-_MOST_FRAMES // 2 :]
        for match in matches:
            end = match.end()
            start = name = match.start()
            while start > 0 and end - start < 240 and re.match(r"[\w./:~+@#-]", self.text[start - 1]):
                start -= 1
            while name > start and self.text[name - 1] != "/" and name not in self.token_starts:
                name -= 1
            found.append(Frame(end, self.text[name:end], self.text[start:end]))
        return found


def weights(text: str) -> List[int]:
    """For each character of the stream of `text` whether it belongs to a word that tells messages apart (1 or 0)."""
    result: List[int] = []
    for token in _cleaned(text).split():
        text_of, _ = _masked(token)
        telling = [0] * len(text_of)
        for word in _WORD.finditer(text_of):
            if len(word.group()) > 2 and word.group() not in _GENERIC:
                telling[word.start() : word.end()] = [1] * len(word.group())
        result += telling
    return result


@lru_cache(maxsize=None)
def masked(text: str) -> str:
    """A short text as it would stand in a stream: ``hdf#_format.py``."""
    return Stream([text]).text


def _cleaned(line: str) -> str:
    """A line without what only surrounds it, in lower case."""
    if not line.isascii():
        line = unicodedata.normalize("NFKC", _QUOTES.sub("'", line))
    line = _INVISIBLE.sub("", _ANSI.sub("", _NOTEBOOK.sub("", line))).strip(_BOX)
    line = _PREFIX.sub("", line).lower()
    line = _QUOTES.sub(" ", line).replace("\\", "/")
    return _ADDRESS.sub("", re.sub(r"//+", "/", line)).strip()


def _masked(token: str) -> Tuple[str, List[Tuple[int, str]]]:
    """A token with ``#`` for its numbers, and the numbers with their places."""
    numbers: List[Tuple[int, str]] = []
    result: List[str] = []
    length = last = 0
    for found in _NUMBER.finditer(token):
        result += [token[last : found.start()], "#"]
        length += found.start() - last
        numbers.append((length, found.group().rstrip(".")))
        length += 1
        last = found.end()
    return "".join([*result, token[last:]]), numbers


def _shortened(lines: List[str]) -> List[Tuple[int, str]]:
    """The lines with their numbers, and without the middle of a text that is longer than `LONGEST`."""
    numbered = [
        (number, _ANSI.sub("", line[start : start + _LONGEST_LINE]))
        for number, line in enumerate(lines, 1)
        for start in range(0, max(1, len(line)), _LONGEST_LINE)
    ]
    if sum(len(line) for _, line in numbered) <= LONGEST:
        return numbered
    head = _fitting(numbered, LONGEST // 4)
    tail = _fitting(numbered[: len(head) - 1 if head else None : -1], LONGEST - LONGEST // 4)
    return head + tail[::-1]


def _fitting(numbered: List[Tuple[int, str]], room: int) -> List[Tuple[int, str]]:
    """As many of the first lines as there is room for."""
    for count, (_, line) in enumerate(numbered):
        room -= len(line) + 1
        if room < 0:
            return numbered[:count]
    return numbered
