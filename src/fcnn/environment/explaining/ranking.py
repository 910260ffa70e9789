"""Which rules a text speaks of, and how surely: hits of symptoms, judged by where in the text they are."""

from typing import Dict, List, Mapping, NamedTuple, Sequence, Tuple

from fcnn.environment.explaining.clues import CLUES, Clue
from fcnn.environment.explaining.pasted import Edge, Frame, Pasted, masked
from fcnn.environment.explaining.symptoms import Hit, find, symptom, telling_edges
from fcnn.environment.matching import Fit, Versions
from fcnn.environment.reading.working_folder import SHADOWED_MODULES
from fcnn.environment.rules import Rule

_MODULES = {"scikit-learn": "sklearn", "pillow": "pil", "ml-dtypes": "ml_dtypes"}
_SHADOWS = "R45"
"""The rule of files in the working folder that hide a module: known by a path, too."""
_SHADOWING = frozenset(f"{module.lower()}.py" for module in SHADOWED_MODULES)
_RULED_OUT = 1.9
"""How much less sure a rule is, at the same place of a text, that something there speaks against."""
_MESSAGE_ALONE = 60
"""Characters that a message may have around it and still be pasted alone."""
_PASSED_ON = (
    "numpy/__init__.py",
    "importlib",
    "<frozen",
    "lazy_loader.py",
    "_lazyloader",
    "six.py",
    "google/protobuf/",
    ".pyx",  # compiled, and named without the way there: `interval.pyx`; the module before it is of the same package
)
"""Files that only pass an error on: where it arose is the one before."""


class Candidate(NamedTuple):
    """A rule that a text may speak of."""

    id: str
    """The rule's id."""
    rows: Tuple[Rule, ...]
    """Its rows that fit best."""
    grade: float
    """How surely."""
    spans: Tuple[Tuple[int, int], ...]
    """Where in the stream."""
    contradicted: bool
    """Whether the versions that the text tells speak against it."""


def candidates(pasted: Pasted, rules: Sequence[Rule], told: Versions) -> List[Candidate]:
    """The rules that know the text, the surest first."""
    rows: Dict[str, List[Rule]] = {}
    for rule in rules:
        if not rule.generic:  # `No module named ...` may be anything
            rows.setdefault(rule.id, []).append(rule)
    texts = {text for rule in rules for text in rule.symptoms}.union(*(clue.texts for clue in CLUES.values()))
    edges = telling_edges(pasted, [symptom(text) for text in texts])
    hits = {name: _hits(own, CLUES.get(name, Clue()), pasted, edges) for name, own in rows.items()}
    _drop_parts(hits)
    found = [_candidate(rows[name], own, pasted, told) for name, own in hits.items() if own]
    if _SHADOWS in rows:
        found = _with_shadows(found, rows[_SHADOWS], pasted)
    return _without_lesser(sorted(found, key=rank_of))


def rank_of(candidate: Candidate, bonus: float = 0.0) -> float:
    """What to sort by: the surest first, and equally sure ones in the order of the table."""
    return -round(candidate.grade + bonus, 1)


class _Graded(NamedTuple):
    hit: Hit
    grade: float


def _hits(rows: Sequence[Rule], clue: Clue, pasted: Pasted, edges: Sequence[Edge]) -> List[_Graded]:
    """Every place where the text has one of a rule's texts and does not mean something else."""
    graded = []
    ranks: Dict[str, int] = {}
    for text, rank in [(text, rank) for row in rows for rank, text in enumerate(row.symptoms)]:
        ranks[text] = min(rank, ranks.get(text, rank))  # the first symptom is the most telling
    for text in clue.ignored:
        ranks.pop(text, None)
    for text, rank in {**dict.fromkeys(clue.texts, 2), **ranks}.items():
        for hit in find(symptom(text), pasted, edges):
            grade = _grade(hit, rank, clue, pasted)
            if grade > 0:
                graded.append(_Graded(hit, grade))
    best = max((item.hit.share for item in graded), default=0.0)
    # Beside the whole of a message its parts say nothing.
    return [item for item in graded if item.hit.share == 1 or best < 1]


def _grade(hit: Hit, rank: int, clue: Clue, pasted: Pasted) -> float:
    """How much a place tells; 0 where the text means something else."""
    grade = 4.0 if hit.share == 1 else 2.0 * hit.share
    grade += min(hit.end - hit.start, 200) / 400 + 0.5 * hit.exact - 0.2 * min(rank, 3)
    grade += (0.5 if hit.raised > 0 else 1.5 * hit.raised) - 0.3 * clue.rare
    frames = pasted.frames_before(hit.start)
    alone = not frames and len(pasted.text) < hit.end - hit.start + _MESSAGE_ALONE
    if (clue.mentions not in pasted.text and not alone) or (
        not frames and clue.with_traceback and hit.symptom.text not in clue.alone
    ):
        return 0
    if frames:
        grade -= 2.5 * (clue.somewhere not in pasted.text)
        innermost = _innermost(frames)
        if _at(innermost, clue.not_at) and hit.symptom.text not in clue.alone:
            return 0
        if clue.sites:
            there = _at(innermost, clue.sites)
            if clue.only_there and not there:
                return 0
            near = there or any(_at(frame, clue.sites) for frame in frames[-6:])
            grade += 3 if there else 1.5 if near else 0
    return grade


def _innermost(frames: Sequence[Frame]) -> Frame:
    """The file in which an error arose."""
    arose = [frame for frame in frames if not any(part in frame.path for part in _PASSED_ON)]
    return (arose or list(frames))[-1]


def _at(frame: Frame, sites: Sequence[str]) -> bool:
    return any(masked(site) in frame.path for site in sites)


def _drop_parts(hits: Mapping[str, List[_Graded]]) -> None:
    """Drop a hit within a longer one, and a part of a text where another text is whole.

    `No module named 'keras.api'; 'keras' is not a package` is no missing keras.api.
    """
    spans = {span for own in hits.values() for item in own if item.hit.share == 1 for span in item.hit.spans}
    for own in hits.values():
        own[:] = [item for item in own if not any(_belongs_to(item.hit, *span) for span in spans)]


def _belongs_to(hit: Hit, start: int, end: int) -> bool:
    if hit.share < 1:
        return hit.start < end and start < hit.end <= end
    longer = end - start > hit.end - hit.start
    return longer and start <= hit.start and hit.end <= end and len(hit.spans) == 1


def _candidate(rows: Sequence[Rule], graded: Sequence[_Graded], pasted: Pasted, told: Versions) -> Candidate:
    """One rule with those of its rows that fit best."""
    top = max(item.grade for item in graded)
    texts = {item.hit.symptom.text for item in graded if item.grade >= top - 0.05}
    fitting = [row for row in rows if texts & set(row.symptoms)] or list(rows)
    fitting = _of_packages_named(fitting, graded, pasted)
    known_by = {item.hit.symptom.text for item in graded}
    agreeing = [row for row in fitting if not contradicts(row, told)]
    agreeing = agreeing or [row for row in rows if known_by & set(row.symptoms) and not contradicts(row, told)]
    grade = top + (0.5 if agreeing and _agrees(agreeing[0], told) else 0) - (0 if agreeing else 2.5)
    spans = tuple(sorted({span for item in graded for span in item.hit.spans}))
    grade += 0.6 * (min(len({item.hit.symptom.text for item in graded}), 4) - 1)  # several texts tell more than one
    return Candidate(rows[0].id, tuple(agreeing or fitting), grade, spans, not agreeing)


def _of_packages_named(rows: List[Rule], graded: Sequence[_Graded], pasted: Pasted) -> List[Rule]:
    """Of rows about several packages those about the one whose files the traceback passes."""
    if len({row.package for row in rows}) < 2:
        return rows
    frames = [frame for item in graded for frame in pasted.frames_before(item.hit.start)]
    named = [row for row in rows if any(_at(frame, [_folder(row)]) for frame in frames)]
    return named or rows


def _folder(row: Rule) -> str:
    return f"/{_MODULES.get(row.package, row.package)}/"


def contradicts(row: Rule, told: Versions) -> bool:
    """Whether a version that is known lies outside a rule's range."""
    return any(_fit(name, versions, told) is Fit.NO for name, versions in row.when.items())


def _agrees(row: Rule, told: Versions) -> bool:
    known = [(name, text) for name, text in row.when.items() if text and told.found.get(name)]
    return any(_fit(name, text, told) is Fit.CERTAIN for name, text in known)


def _fit(name: str, versions: str, told: Versions) -> Fit:
    if not told.found.get(name) or ("{" in versions and not told.knows_line()):
        return Fit.POSSIBLE
    return told.fit({name: versions})


def hiding_files(pasted: Pasted) -> List[Frame]:
    """Files outside of what is installed that are imported in place of a module: ``numpy.py``.

    A script may have any name, so one that was started counts only where the message names the module, too.
    """
    found = []
    for frame in pasted.frames:
        module = frame.name[: -len(".py")]
        if frame.name in _SHADOWING and not frame.installed:
            passed = [other for other in pasted.frames_before(frame.position) if "<frozen" not in other.path]
            started = not passed or passed[0] == frame
            about_it = (f"module{module}hasno", f"from{module}(", f"{module}isnotapackage")
            if not started or any(words in pasted.text for words in about_it):
                found.append(frame)
    return found


def _with_shadows(found: List[Candidate], rows: Sequence[Rule], pasted: Pasted) -> List[Candidate]:
    """With the rule of files that hide a module, where the text names such a file."""
    files = hiding_files(pasted)
    conditions = [f"a file hides {frame.name[: -len('.py')]}" for frame in files]
    named = tuple(row for row in rows if row.condition.lower() in conditions)
    about_modules = any(words in pasted.text for words in ("circularimport", "isnotapackage", "hasnoattribute"))
    if not named or not (found or about_modules or "importerror" in pasted.text):
        return found
    spans = {(frame.position - len(frame.name), frame.position) for frame in files}
    own = [candidate for candidate in found if candidate.id == _SHADOWS]
    others = [candidate for candidate in found if candidate.id != _SHADOWS]
    grade = max((candidate.grade for candidate in found), default=4.0) + 1
    known = own[0] if own else Candidate(_SHADOWS, named, grade, (), False)
    return [known._replace(rows=named, grade=grade, spans=tuple(sorted({*known.spans, *spans}))), *others]


def _lesser(candidate: Candidate, better: Candidate) -> bool:
    """Whether a better one explains all that it does, and more, or is much likelier where both say something."""
    if set(candidate.spans) < set(better.spans):
        return True
    return bool(set(candidate.spans) & set(better.spans)) and better.grade - candidate.grade >= _RULED_OUT


def _without_lesser(found: Sequence[Candidate]) -> List[Candidate]:
    """Without the rules that a better one rules out."""
    kept: List[Candidate] = []
    for candidate in found:
        if not any(_lesser(candidate, better) for better in kept):
            kept.append(candidate)
    return kept
