"""Where several configs differ: each key whose values are not all equal, with the value of each."""

from typing import Any, Iterator, List, Mapping, NamedTuple, Sequence, Tuple

from fcnn.config.render import on_one_line

ABSENT = "-"
"""Stands for a key that one of them does not have."""


class KeyDifference(NamedTuple):
    """A key, and what each config has there."""

    key: str
    """As an override names it: ``network.layers[0].units``."""
    values: List[str]
    """As YAML on one line; `ABSENT` where there is nothing."""


class _Absent:
    """No value is equal to it."""


def differences(configs: Sequence[Mapping[str, Any]]) -> List[KeyDifference]:
    """Compare configs key by key.

    Args:
        configs: as :func:`fcnn.config.structs.plain` gives them, every default spelled out.

    Returns:
        The keys that differ, in the order of the configs. What only some have is one difference, however much is in it.
    """
    return list(_between("", configs))


def _between(key: str, values: Sequence[Any]) -> Iterator[KeyDifference]:
    there = [value for value in values if not isinstance(value, _Absent)]
    if len(there) == len(values) and all(isinstance(value, Mapping) for value in there):
        for name in dict.fromkeys(name for value in there for name in value):
            inner = [value.get(name, _Absent()) for value in there]
            yield from _between(f"{key}.{name}" if key else name, inner)
    elif len(there) == len(values) and all(_is_list_of_mappings(value) for value in there):
        for position in range(max(map(len, there))):
            inner = [value[position] if position < len(value) else _Absent() for value in there]
            yield from _between(f"{key}[{position}]", inner)
    elif len(there) < len(values) or any(_typed(value) != _typed(there[0]) for value in there):
        yield KeyDifference(key, [ABSENT if isinstance(value, _Absent) else on_one_line(value) for value in values])


def _typed(value: Any) -> Tuple[bool, Any]:
    """The value so that true is not 1."""
    return isinstance(value, bool), value


def _is_list_of_mappings(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(each, Mapping) for each in value)
