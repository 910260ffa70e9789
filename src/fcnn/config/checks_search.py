"""What is wrong with the section `search`: with its keys, its ranges, or with a config that has one of its values."""

from typing import Any, Callable, Iterator, List, Sequence, Tuple

from fcnn.config.document import Finding
from fcnn.config.fields import type_at
from fcnn.config.paths import Path, format_path
from fcnn.config.search import EVERY, LAYERS, Given, Values, number_types, overlapping, path_of, takes_whole_only
from fcnn.config.structs import Range
from fcnn.config.words import describe, show
from fcnn.errors import Problem
from fcnn.wording import say

SEARCH: Path = ("search",)
OF_THE_ROWS = frozenset(
    {"path", "target", "task", "split", "validation_path", "test_path", "positive", "weight", "encoding", "missing"}
)
"""Keys of ``data`` that decide which rows there are, and what is predicted."""
OF_THE_MACHINE = frozenset({"devices", "threads", "tensorboard", "compile", "time_limit"})
"""Keys of ``training`` that do not change what the network learns, or not twice in the same way."""

Judge = Callable[[Values], Sequence[Problem]]
"""The errors of the config that has these values of its keys."""


def search_findings(search: Given, judge: Judge) -> Iterator[Finding]:
    """Every finding about the section of a config that is right otherwise.

    Args:
        search: the section.
        judge: of a trial's config.
    """
    if not search:
        yield Finding(SEARCH, say("there is no key to search"), hint=say("delete `search` for usual ranges"))
    readable = []
    for key, given in search.items():
        findings = list(_of_key(key))
        if not findings:
            readable.append(key)
            findings = list(_of_range(key, given) if isinstance(given, Range) else _of_choices(key, given))
        yield from findings or _judged(key, given, search, judge)
    for outer, inner in overlapping(readable):
        message = say("`{inner}` is a part of `{outer}`, which is searched, too", inner=inner, outer=outer)
        yield Finding((*SEARCH, inner), message, hint=say("leave one of them out"), at_key=True)


def _of_key(key: str) -> Iterator[Finding]:
    """What keeps a key from being searched, whatever its values are."""
    place = (*SEARCH, key)
    try:
        path = path_of(key)
    except ValueError as error:
        yield Finding(place, error.args[0], say("a key such as training.optimizer.learning_rate"), at_key=True)
        return
    if EVERY in key and (path[:2] != LAYERS or len(path) < 4 or key.count(EVERY) > 1):
        message = say("[*] stands for every layer, and for nothing else")
        yield Finding(place, message, expected="network.layers[*].units", at_key=True)
    reason, hint = _why_not(path)
    if reason:
        yield Finding(place, reason, hint=hint, at_key=True)


def _why_not(path: Path) -> Tuple[str, str]:
    """Why trials with different values of a key tell nothing, and what to do; empty where they do."""
    if path[0] == "seed":
        return say("with another seed other rows are for validation: trials could not be compared"), ""
    if path[0] == "data" and (len(path) == 1 or path[1] in OF_THE_ROWS):
        return say("this decides which rows there are, or what is predicted: trials could not be compared"), ""
    if path[:2] == ("training", "loss"):
        return say("trials are compared by their validation loss, and values of different losses cannot be"), ""
    if path[:2] == LAYERS and path[-1] in ("l1", "l2"):
        hint = say("search training.optimizer.weight_decay, with training.optimizer.name: adamw")
        return say("the penalty is a part of the validation loss, by which trials are compared"), hint
    if path[0] in ("run", "report", "diagnostics", "search") or (path[1:2] and path[1] in OF_THE_MACHINE):
        return say("this does not change what a network learns"), ""
    return "", ""


def _of_range(key: str, given: Range) -> Iterator[Finding]:
    place = (*SEARCH, key)
    kind = type_at(path_of(key))
    if kind is not None and not number_types(key):
        message = say("{key} takes no numbers, so it has no range", key=format_path(path_of(key)))
        yield Finding(place, message, describe(kind), hint=say("write a list of choices"))
        return
    if takes_whole_only(key):
        for name in ("low", "high", "step"):
            value = getattr(given, name)
            if value is not None and value != int(value):
                message = say("{key} takes whole numbers only", key=key)
                yield Finding((*place, name), message, received=show(value))
    if given.low >= given.high:
        message = say("low must be below high")
        yield Finding(
            (*place, "low"), message, received=say("low {low:g}, high {high:g}", low=given.low, high=given.high)
        )
    elif given.step is not None and given.step > given.high - given.low:
        message = say("a step of {step:g} leads beyond high", step=given.step)
        yield Finding((*place, "step"), message, received=show(given.step))
    if given.log and given.low <= 0:
        message = say("on a logarithmic scale every number is above 0")
        yield Finding((*place, "low"), message, received=show(given.low))
    if given.log and given.step is not None:
        message = say("steps are of equal size, which they are not on a logarithmic scale")
        yield Finding((*place, "step"), message, hint=say("leave `log` or `step` out"))


def _of_choices(key: str, given: List[Any]) -> Iterator[Finding]:
    place = (*SEARCH, key)
    if not given:
        yield Finding(place, say("there is nothing to choose from"), say("two values or more"))
    for index, value in enumerate(given):
        if any(type(value) is type(other) and value == other for other in given[:index]):
            yield Finding((*place, index), say("this choice is there twice"), received=show(value))


def _judged(key: str, given: Any, search: Given, judge: Judge) -> Iterator[Finding]:
    """What is wrong with the config that has an end of the range, or one of the choices."""
    place = (*SEARCH, key)
    number = int if takes_whole_only(key) else float
    tried = (
        [((*place, name), number(getattr(given, name))) for name in ("low", "high")]
        if isinstance(given, Range)
        else [((*place, index), value) for index, value in enumerate(given)]
    )
    is_known = type_at(path_of(key)) is not None
    told = set()
    for where, value in tried:
        for problem in judge([*_layers(key, search), (key, value)]):
            if problem.message not in told:
                told.add(problem.message)
                path = where if is_known else place
                yield Finding(
                    path, problem.message, problem.expected, problem.received, problem.hint, at_key=not is_known
                )


def _layers(key: str, search: Given) -> Values:
    """The layers that a key of every layer is judged with, where they are searched themselves."""
    layers = search.get("network.layers")
    if EVERY not in key or not isinstance(layers, list):
        return []
    longest: List[Any] = max((choice for choice in layers if isinstance(choice, list)), key=len, default=[])
    return [("network.layers", longest)]
