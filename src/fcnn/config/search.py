"""The section `search`: which keys of a config are tried with which values, and how a trial's config is written."""

import math
import re
from typing import Any, Iterable, List, Mapping, NamedTuple, Optional, Sequence, Tuple, Union

from msgspec import inspect

from fcnn.config.fields import choices, type_at
from fcnn.config.paths import Path, parse_path
from fcnn.config.render import on_one_line
from fcnn.config.structs import Range

EVERY = "[*]"
"""Behind ``network.layers``: the same value in every layer, however many there are."""
LAYERS: Path = ("network", "layers")
DIGITS = 4
"""Of a number between two ends that is tried: more make no difference, and nobody wants to read them."""

Given = Mapping[str, Union[Range, List[Any]]]
"""The section as it is written."""
Values = Sequence[Tuple[str, Any]]
"""Keys, as the section has them, and the values of one trial."""


class Dimension(NamedTuple):
    """A key that is searched."""

    key: str
    """As the section has it: ``training.optimizer.learning_rate``, ``network.layers[*].units``."""
    choices: Tuple[Any, ...] = ()
    """Plain values; of a range, none."""
    low: float = 0.0
    high: float = 0.0
    step: Optional[float] = None
    log: bool = False
    is_whole: bool = False
    """Whether only whole numbers belong there; then low, high and step are some."""

    @property
    def labels(self) -> List[str]:
        """The choices as YAML, each on one line."""
        return [on_one_line(choice) for choice in self.choices]

    def describe(self) -> str:
        """The dimension as the section would have it: ``{low: 0.0001, high: 0.01, log: true}``."""
        if self.choices:
            return on_one_line(list(self.choices))
        more = {"step": self.step, "log": self.log or None}
        ends = {"low": self.low, "high": self.high}
        return on_one_line({**ends, **{name: value for name, value in more.items() if value is not None}})

    def written(self, value: float) -> float:
        """A number of the range in few digits; whole numbers and those of steps are left alone."""
        if self.is_whole or self.step is not None:
            return value
        return min(self.high, max(self.low, float(f"{value:.{DIGITS}g}")))


def dimensions_of(search: Given) -> List[Dimension]:
    """The keys of a section in which no problem was found."""
    return [dimension_of(key, given) for key, given in search.items()]


def dimension_of(key: str, given: Union[Range, List[Any]]) -> Dimension:
    """One key of the section."""
    if not isinstance(given, Range):
        return Dimension(key, tuple(given))
    step, high = given.step, given.high
    if step is not None:  # the last step that is not beyond the end
        high = given.low + math.floor((high - given.low) / step + 1e-9) * step
    if takes_whole_only(key):
        return Dimension(key, (), int(given.low), int(high), None if step is None else int(step), given.log, True)
    return Dimension(key, (), given.low, high, step, given.log)


def path_of(key: str) -> Path:
    """The path of a key, that of the first layer where it is about every layer; indices are numbers.

    Raises:
        ValueError: it cannot be read; the text says why.
    """
    path, rest = parse_path(key.replace(EVERY, "[0]"))
    if rest:
        raise ValueError(rest)
    return tuple(int(word) if isinstance(word, str) and re.fullmatch(r"[0-9]{1,9}", word) else word for word in path)


def number_types(key: str) -> List[inspect.Type]:
    """The types of numbers that a key takes; none where it takes no numbers."""
    kind = type_at(path_of(key))
    members = choices(kind) if kind is not None else ()
    return [member for member in members if isinstance(member, (inspect.IntType, inspect.FloatType))]


def takes_whole_only(key: str) -> bool:
    """Whether of all numbers only whole ones belong there."""
    types = number_types(key)
    return bool(types) and all(isinstance(kind, inspect.IntType) for kind in types)


def overrides_of(values: Values) -> List[str]:
    """The overrides of a trial that do not depend on how many layers there are."""
    return [f"{key}={on_one_line(value)}" for key, value in values if EVERY not in key]


def overrides_of_layers(values: Values, layers: int) -> List[str]:
    """Those that every layer of a trial's network has."""
    return [
        f"{key.replace(EVERY, f'[{layer}]')}={on_one_line(value)}"
        for key, value in values
        if EVERY in key
        for layer in range(layers)
    ]


def overlapping(keys: Iterable[str]) -> List[Tuple[str, str]]:
    """Pairs of keys, the second of which is in the first or the same; but not ``network.layers[*]`` in its list."""
    paths = [(key, path_of(key)) for key in keys]
    return [
        (outer, inner)
        for first, (outer, around) in enumerate(paths)
        for second, (inner, within) in enumerate(paths)
        if first != second and _is_in(within, around, EVERY in outer + inner)
        if (len(around) < len(within) or first < second) and not (around == LAYERS and EVERY in inner)
    ]


def _is_in(within: Path, around: Path, any_layer: bool) -> bool:
    if any_layer and around[:2] == within[:2] == LAYERS and len(around) > 2 and len(within) > 2:
        within, around = (*LAYERS, 0, *within[3:]), (*LAYERS, 0, *around[3:])
    return within[: len(around)] == around
