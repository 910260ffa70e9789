"""What repairs a finding where the versions are not all known: one repair for each range of versions."""

from typing import Dict, Iterator, List, Mapping, NamedTuple, Optional, Sequence, Tuple

from fcnn.environment.facts import Facts
from fcnn.environment.matching import Versions
from fcnn.environment.ranges import Interval, interval, range_text
from fcnn.environment.repair import Plan, joined
from fcnn.environment.rules import REMEDIES, Remedy, Rule

NAMES = {
    "tensorflow": "TensorFlow",
    "keras": "Keras",
    "numpy": "NumPy",
    "scipy": "SciPy",
    "pillow": "Pillow",
    "python": "Python",
}
"""How packages are written in a sentence."""

ANY_LINE = "X.Y"
"""What stands for TensorFlow's line, 2.10, in a repair where that is not known."""
UNKNOWN = "\0"
"""What stands for a fill that only the environment could tell."""

_ALL = Interval(None, None)
_Ranges = Mapping[str, Interval]


class Cure(NamedTuple):
    """A repair, and for which versions it is the right one."""

    ranges: Mapping[str, Interval]
    depends_on: Tuple[str, ...]
    """The packages whose versions it depends on and that are not known."""
    known: Tuple[str, ...]
    """The packages whose versions are known."""
    plan: Plan


class KnownFills(Dict[str, str]):
    """Fills of a text's placeholders; what is not known becomes `UNKNOWN`."""

    def __missing__(self, name: str) -> str:
        """What stands for all the rest."""
        return UNKNOWN


def cures(rules: Sequence[Rule], versions: Versions) -> List[Cure]:
    """The repairs for rows of one rule, the first that matches speaking, beside the versions that are known."""
    found: List[Cure] = []
    earlier: List[_Ranges] = []
    for rule in rules:
        own = {name: _interval(text, versions) for name, text in rule.when.items()}
        for state in _without([_narrowed(own, versions)], earlier):
            found += _cures_of(rule, state, versions)
        earlier.append(own)
    return _merged(found)


def tell(found: Sequence[Cure], facts: Facts) -> str:
    """The commands; with more than one repair, or one that depends on a version, a line for each with its range."""
    lines: Dict[str, str] = {}
    told = [(_label(cure, cure.depends_on), joined(cure.plan.commands(facts), facts.shell), cure) for cure in found]
    for label, command, cure in told:
        if any(label == other and command != its for other, its, _ in told):
            label = _label(cure, [name for name in cure.ranges if name not in cure.known])
        lines[f"{label}: {command}" if label else command] = ""
    return "\n".join(lines)


def _label(cure: Cure, names: Sequence[str]) -> str:
    """For which versions it is the right one: ``TensorFlow >=2.7,<2.12, Python <3.8``."""
    line = f" {ANY_LINE}" if any(ANY_LINE in remedy.requirement for remedy in cure.plan.install) else ""
    shown = [name for name in (*NAMES, *cure.ranges) if name in names and cure.ranges.get(name, _ALL) != _ALL]
    return ", ".join(
        f"{NAMES.get(name, name)}{line if name == 'tensorflow' else ''} {range_text(cure.ranges[name])}"
        for name in dict.fromkeys(shown)
    )


def _cures_of(rule: Rule, state: _Ranges, versions: Versions) -> Iterator[Cure]:
    def filled(texts: Sequence[str]) -> List[str]:
        known = (_filled(text, state, versions) for text in texts)
        return [text for text in known if text and UNKNOWN not in text]

    uninstall = tuple(filled(rule.uninstall))
    reinstall = tuple(f"{name}=={versions.found[name]}" for name in filled(rule.reinstall) if name in versions.found)
    for ranges, depends_on, install in _chosen(filled(rule.repair), state, versions):
        plan = Plan(uninstall, reinstall, install)
        if plan != Plan():
            known = tuple(name for name, version in versions.found.items() if version)
            yield Cure(ranges, tuple(name for name in depends_on if name not in known), known, plan)


def _chosen(
    repair: Sequence[str], state: _Ranges, versions: Versions
) -> Iterator[Tuple[_Ranges, Tuple[str, ...], Tuple[Remedy, ...]]]:
    """Every combination of remedies for the packages of `repair`, with the versions for which it is right."""
    if not repair:
        yield state, (), ()
        return
    for ranges, depends_on, remedy in _remedies(repair[0], state, versions):
        then = {**ranges, remedy.package: interval(f"=={remedy.gives}") or _ALL} if remedy.gives else ranges
        for further, more, install in _chosen(repair[1:], then, versions):
            shown = {**further, **{name: ranges[name] for name in ranges if name == remedy.package}}
            yield shown, (*depends_on, *more), (remedy, *install)


def _remedies(package: str, state: _Ranges, versions: Versions) -> Iterator[Tuple[_Ranges, Tuple[str, ...], Remedy]]:
    if any(sign in package for sign in "<>=!~"):
        name = package.split("=")[0].rstrip("<>!~")
        yield state, ("tensorflow",) if ANY_LINE in package else (), Remedy(name, package, "")
        return
    left: List[_Ranges] = [state]
    for remedy in REMEDIES:
        if remedy.package != package:
            continue
        wanted = {name: _interval(text, versions) for name, text in remedy.when.items()}
        still: List[_Ranges] = []
        for piece in left:
            both = _both(piece, wanted)
            if both is not None:
                requirement, gives = (_filled(text, both, versions) for text in (remedy.requirement, remedy.gives))
                yield both, tuple(wanted), Remedy(package, requirement, "" if ANY_LINE in gives else gives)
            still += _without([piece], [wanted])
        left = still
        if not left:
            return


def _filled(text: str, state: _Ranges, versions: Versions) -> str:
    """A text of the tables with what is known put in."""
    return text.format_map(
        KnownFills({"distribution": versions.distribution or "tensorflow", "line": _line(state), **versions.found})
    )


def _line(state: _Ranges) -> str:
    """TensorFlow's line, 2.9, where the range lies within one."""
    lower, upper = state.get("tensorflow", _ALL)
    if lower is None or upper is None:
        return ANY_LINE
    (major, minor), end = (lower[0].major, lower[0].minor), (upper[0].major, upper[0].minor)
    if end == (major, minor) or (end == (major, minor + 1) and upper[0].micro == 0 and not upper[1]):
        return f"{major}.{minor}"
    return ANY_LINE


def _both(state: _Ranges, wanted: _Ranges) -> Optional[Dict[str, Interval]]:
    """The versions that lie in both; None where there are none."""
    result = dict(state)
    for name, range_ in wanted.items():
        result[name] = state.get(name, _ALL).intersection(range_)
        if result[name].empty:
            return None
    return result


def _without(states: List[_Ranges], taken: Sequence[_Ranges]) -> List[_Ranges]:
    """What is left of `states` where one of `taken` does not hold.

    Where two packages decide at once, the rest is no list of ranges: then all of it is kept.
    """
    for wanted in taken:
        left: List[_Ranges] = []
        for state in states:
            if _both(state, wanted) is None:
                left.append(state)
                continue
            partly = [name for name, range_ in wanted.items() if not state.get(name, _ALL).within(range_)]
            if len(partly) > 1:
                left.append(state)
            for name in partly[:1] if len(partly) == 1 else ():
                own, range_ = state.get(name, _ALL), wanted[name]
                if range_.lower is not None:
                    left.append({**state, name: Interval(own.lower, (range_.lower[0], not range_.lower[1]))})
                if range_.upper is not None:
                    left.append({**state, name: Interval((range_.upper[0], not range_.upper[1]), own.upper)})
        states = [state for state in left if not any(range_.empty for range_ in state.values())]
    return states


def _narrowed(own: _Ranges, versions: Versions) -> _Ranges:
    """The ranges of a rule, with every version that is known put in."""
    result = dict(own)
    for name, version in versions.found.items():
        known = interval(f"=={version}") if version else None
        if known is not None:
            result[name] = known
    return result


def _interval(text: str, versions: Versions) -> Interval:
    # A range that is relative to a TensorFlow of unknown version says nothing.
    known = "{" not in text or versions.knows_line()
    return (interval(versions.fill(text)) if known else None) or _ALL


def _merged(found: Sequence[Cure]) -> List[Cure]:
    """One cure where all say the same, and one for ranges of TensorFlow that adjoin."""
    if found and all(cure.plan == found[0].plan for cure in found):
        common = {
            name: range_
            for name, range_ in found[0].ranges.items()
            if all(cure.ranges.get(name) == range_ for cure in found)
        }
        return [found[0]._replace(ranges=common)]
    result: List[Cure] = []
    for cure in found:
        for index, earlier in enumerate(result):
            if _same_but_for_tensorflow(earlier, cure):
                both = Interval(earlier.ranges["tensorflow"].lower, cure.ranges["tensorflow"].upper)
                result[index] = earlier._replace(ranges={**earlier.ranges, "tensorflow": both})
                break
        else:
            result.append(cure)
    return result


def _same_but_for_tensorflow(one: Cure, other: Cure) -> bool:
    """Whether two cures are the same, and the second one's TensorFlows follow the first one's."""
    if one.plan != other.plan or set(one.depends_on) != set(other.depends_on) or "tensorflow" not in one.depends_on:
        return False
    names = [name for name in one.depends_on if name != "tensorflow"]
    ends, begins = one.ranges["tensorflow"].upper, other.ranges["tensorflow"].lower
    adjoin = ends is not None and begins is not None and ends[0] == begins[0] and ends[1] != begins[1]
    return adjoin and all(one.ranges.get(name) == other.ranges.get(name) for name in names)
