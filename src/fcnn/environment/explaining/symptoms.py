"""The texts by which a rule is known, and where a pasted text has them: whole, or cut off at its edges."""

import re
from functools import lru_cache
from typing import FrozenSet, Iterator, List, NamedTuple, Optional, Sequence, Tuple

from fcnn.environment.explaining.pasted import Edge, Pasted, Stream, weights

_RAISED = re.compile(r"^(?:[\w.]+\.)?(\w*(?:Error|Warning|Exception))(?::\s+|$)")
_LOGGED = re.compile(r"^(?:(?:ERROR|WARNING)(?::\w+)?:\s*|[IWEF]\s.*?\]\s+)")
_RAISED_BEFORE = re.compile(r"([a-z_]+(?:error|warning|exception)):$")
_GAP = 400
"""The most characters that ``...`` of a symptom may stand for."""
_MOST_HITS = 12
"""How often a text is looked for: a log may repeat it a thousand times."""

# What is left of a text that was cut off must still tell something: characters, and the part of the telling words.
_SHORTEST = 10
_FEWEST_WORDS = 3
_NEEDLE = 8
"""Characters at an edge by which a part is looked for."""
_SHARE_AT_EDGE_OF_TEXT = 0.2
_SHARE_AT_EDGE_OF_LINE = 0.6


class Symptom(NamedTuple):
    """A text as it is looked for."""

    text: str
    """As it stands in the rule."""
    raised: str
    """The exception's class in lower case, without its module; empty where the text names none."""
    pieces: Tuple[str, ...]
    """What must be found, in this order, as streams; `...` lies between."""
    open_end: bool
    """Whether `...` ends it."""
    numbers: Tuple[str, ...]
    whole: str
    """All of it as one stream, the class too; empty where `...` makes that impossible."""
    telling: Tuple[int, ...]
    """For each character of `whole` whether it belongs to a telling word."""
    tokens: FrozenSet[int]
    """Where a word or a name begins in `whole`."""

    @property
    def weak(self) -> bool:
        """Whether it consists of words that any message may have."""
        return sum(self.telling) < 8 and bool(self.whole)


class Hit(NamedTuple):
    """A place where a symptom was found."""

    symptom: Symptom
    spans: Tuple[Tuple[int, int], ...]
    share: float
    """How much of the symptom's telling words is there: 1 for all of it."""
    exact: bool
    """Whether its numbers are those of the symptom."""
    raised: int
    """Whether the exception's class stands before it: 1, or -1 for another class, or 0 for none."""

    @property
    def start(self) -> int:
        """Where it begins in the stream."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Where it ends in the stream."""
        return self.spans[-1][1]


@lru_cache(maxsize=None)
def symptom(text: str) -> Symptom:
    """Prepare a rule's text."""
    raised = _RAISED.match(text)
    body = text[raised.end() :] if raised else _LOGGED.sub("", text)
    parts = [part.strip(" .;:") for part in body.split("...")]
    streams = [Stream([part]) for part in parts if part]
    gaps = "..." in body
    whole = text.strip(" .;:")
    stream = Stream([whole])
    return Symptom(
        text=text,
        raised=raised.group(1).lower() if raised else "",
        pieces=tuple(stream.text for stream in streams),
        open_end=not parts[-1],
        numbers=tuple(number.text for stream in streams for number in stream.numbers),
        whole="" if gaps else stream.text,
        telling=() if gaps else tuple(weights(whole)),
        tokens=frozenset(stream.token_starts),
    )


def telling_edges(pasted: Pasted, wanted: Sequence[Symptom]) -> List[Edge]:
    """Those lines of a text that begin or end as a part of any symptom reads: of a traceback few."""
    all_of_them = "\n".join({one.whole for one in wanted})
    text = pasted.text
    return [
        edge
        for edge in pasted.edges
        if edge.end - edge.start >= _NEEDLE
        and (
            text[edge.start : edge.start + _NEEDLE] in all_of_them or text[edge.end - _NEEDLE : edge.end] in all_of_them
        )
    ]


def find(wanted: Symptom, pasted: Pasted, edges: Sequence[Edge]) -> List[Hit]:
    """Where a text has a symptom: every place with all of it, or else those with a part at one of `edges`."""
    found = list(_whole(wanted, pasted))
    return found or (list(_cut(wanted, pasted, edges)) if wanted.whole else [])


def _whole(wanted: Symptom, pasted: Pasted) -> Iterator[Hit]:
    text, first = pasted.text, wanted.pieces[0]
    start = text.find(first)
    hits = 0
    while start >= 0 and hits < _MOST_HITS:
        spans = _spans(wanted, pasted, start)
        if spans:
            raised = _raised_before(wanted, pasted, start)
            if raised is not None:
                numbers = [number for span in spans for number in pasted.numbers_in(*span)]
                yield Hit(wanted, spans, 1.0, numbers == list(wanted.numbers), raised)
                hits += 1
        start = text.find(first, start + 1)


def _spans(wanted: Symptom, pasted: Pasted, start: int) -> Tuple[Tuple[int, int], ...]:
    """The places of all pieces, the first at `start`; none where they are not all there."""
    spans: List[Tuple[int, int]] = []
    position = start
    for number, piece in enumerate(wanted.pieces):
        position = start if number == 0 else pasted.text.find(piece, position, position + _GAP + len(piece))
        if position < 0:
            return ()
        end = position + len(piece)
        last = number == len(wanted.pieces) - 1
        open_end = wanted.open_end or not last
        if not pasted.bounded(position, len(pasted.text) if open_end else end):
            return ()
        spans.append((position, end))
        position = end
    return tuple(spans)


def _raised_before(wanted: Symptom, pasted: Pasted, start: int) -> Optional[int]:
    """Whether the symptom's own class stands before it, as in `Hit`; None where that makes it another error."""
    found = _RAISED_BEFORE.search(pasted.text[max(0, start - 80) : start])
    if found is None:
        # Words that any message may have count only where a message begins.
        return None if wanted.weak and wanted.raised and not pasted.begins_line(start) else 0
    if not wanted.raised:
        return 0
    if _one_family(found.group(1), wanted.raised):
        return 1
    if found.group(1).endswith("warning") != wanted.raised.endswith("warning"):
        return None  # as a warning numpy.ndarray's size does no harm, as an error it ends the import
    return None if wanted.weak else -1


def _one_family(there: str, wanted: str) -> bool:
    # Before Python 3.6 a missing module raised ImportError itself. A name may stand before: `foo.ImportError`.
    both = {there, wanted}
    return there.endswith(wanted) or both == {"importerror", "modulenotfounderror"}


def _cut(wanted: Symptom, pasted: Pasted, edges: Sequence[Edge]) -> Iterator[Hit]:
    """Places where the text, or one of its lines, ends or begins within the symptom."""
    text, whole = pasted.text, wanted.whole
    for start, end, first, last, opened, closed in edges:
        if _SHORTEST <= end - start <= len(whole) and text[start:end] in whole:  # from its middle
            place = whole.index(text[start:end])
            if _between_words(wanted, place, opened) and _between_words(wanted, place + end - start, closed):
                yield from _part(wanted, pasted, start, place, end - start, first and last)
            continue
        tail = text[max(start, end - _NEEDLE) : end]
        place = whole.find(tail) if len(tail) == _NEEDLE else -1
        while place >= 0:  # its beginning, at the end of a line
            length = place + _NEEDLE
            if (
                length <= end
                and text[end - length : end] == whole[:length]
                and pasted.bounded(end - length, len(text))
                and _between_words(wanted, length, closed)
            ):
                yield from _part(wanted, pasted, end - length, 0, length, last)
                break
            place = whole.find(tail, place + 1)
        head = text[start : start + _NEEDLE]
        place = whole.find(head) if len(head) == _NEEDLE else -1
        while place >= 0:  # its end, at the beginning of a line
            rest = whole[place:]
            if (
                text.startswith(rest, start)
                and pasted.bounded(start, start + len(rest))
                and _between_words(wanted, place, opened)
            ):
                yield from _part(wanted, pasted, start, place, len(rest), first)
                break
            place = whole.find(head, place + 1)


def _between_words(wanted: Symptom, place: int, quoted: bool) -> bool:
    """Whether a cut with a quotation mark lies where the symptom may have one: 'keras' is no part of 'keras.api'."""
    return not quoted or place in wanted.tokens or place >= len(wanted.whole)


def _part(wanted: Symptom, pasted: Pasted, start: int, place: int, length: int, outer: bool) -> Iterator[Hit]:
    total, there = sum(wanted.telling), sum(wanted.telling[place : place + length])
    share = there / total if total else length / len(wanted.whole)
    least = _SHARE_AT_EDGE_OF_TEXT if outer else _SHARE_AT_EDGE_OF_LINE
    words = sum(place <= token < place + length for token in wanted.tokens) + (place not in wanted.tokens)
    words += wanted.whole.count(".", place, place + length)  # tensorflow.python.trackable
    if (
        length >= _SHORTEST
        and words >= _FEWEST_WORDS
        and share >= least
        and (there >= 4 or (not total and share > 0.6))
    ):
        numbers = pasted.numbers_in(start, start + length)
        exact = all(number in wanted.numbers for number in numbers)
        raised = int(bool(wanted.raised) and wanted.raised in wanted.whole[place : place + length])
        yield Hit(wanted, ((start, start + length),), min(share, 0.99), exact, raised)
