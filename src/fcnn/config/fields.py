"""What the config's types say about its keys: their kinds, their defaults, and where each key lives."""

from functools import lru_cache
from typing import Dict, Iterator, List, Optional, Tuple, Union

import msgspec
from msgspec import inspect

from fcnn.config.paths import Path
from fcnn.config.structs import Config

# Keys so general that "it belongs there" would be a guess.
_TOO_GENERAL = frozenset({"name", "type", "method"})


@lru_cache(maxsize=None)
def root() -> inspect.StructType:
    """The type of a whole config."""
    kind = inspect.type_info(Config)
    assert isinstance(kind, inspect.StructType)
    return kind


def choices(kind: inspect.Type) -> Tuple[inspect.Type, ...]:
    """The members of a union, or the type itself; without descriptions."""
    kind = _bare(kind)
    return tuple(_bare(member) for member in kind.types) if isinstance(kind, inspect.UnionType) else (kind,)


def _bare(kind: inspect.Type) -> inspect.Type:
    return kind.type if isinstance(kind, inspect.Metadata) else kind


def description(kind: inspect.Type) -> str:
    """The description of a type; empty where it has none."""
    schema = kind.extra_json_schema if isinstance(kind, inspect.Metadata) else None
    return str((schema or {}).get("description", ""))


def structs_in(kind: Optional[inspect.Type]) -> List[inspect.StructType]:
    """The sections that a value of this type may be; several are told apart by `name`."""
    members = choices(kind) if kind is not None else ()
    return [member for member in members if isinstance(member, inspect.StructType)]


def field_of(struct: inspect.StructType, key: str) -> Optional[inspect.Field]:
    """The field of a section, or None."""
    return next((field for field in struct.fields if field.encode_name == key), None)


def names_of(struct: inspect.StructType) -> List[str]:
    """The keys of a section; first `name`, where that tells it apart from others."""
    tag = [struct.tag_field] if struct.tag_field else []
    return [*tag, *(field.encode_name for field in struct.fields)]


@lru_cache(maxsize=None)
def homes() -> Dict[str, Tuple[str, ...]]:
    """From each key's name to where it lives: ``units`` -> ``network.layers[..].units``."""
    found: Dict[str, Dict[str, None]] = {}
    for place, key in _walk(root(), ""):
        if key not in _TOO_GENERAL:
            found.setdefault(key, {})[place] = None
    return {key: tuple(places) for key, places in found.items()}


def _walk(kind: inspect.Type, place: str) -> Iterator[Tuple[str, str]]:
    for member in choices(kind):
        if isinstance(member, inspect.StructType):
            for field in member.fields:
                below = f"{place}.{field.encode_name}".lstrip(".")
                yield below, field.encode_name
                yield from _walk(field.type, below)
        elif isinstance(member, inspect.ListType):
            yield from _walk(member.item_type, f"{place}[..]")


def type_at(path: Path) -> Optional[inspect.Type]:
    """The type of the value at a path; None where no such key is known."""
    kind: Optional[inspect.Type] = root()
    for segment in path:
        kind = _below(kind, segment) if kind is not None else None
    return kind


def _below(kind: inspect.Type, segment: Union[str, int]) -> Optional[inspect.Type]:
    for member in choices(kind):
        if isinstance(member, inspect.StructType):
            field = field_of(member, str(segment))
            if field is not None:
                return field.type
        elif isinstance(member, inspect.ListType) and isinstance(segment, int):
            return member.item_type
        elif isinstance(member, inspect.DictType):
            return member.value_type
    return None


def default_name(path: Path) -> Optional[str]:
    """The name that the default at a path has: ``adam``, ``relu``; None where it has none."""
    key = str(path[-1])
    fields = (field_of(struct, key) for struct in structs_in(type_at(path[:-1])))
    default = next((field.default for field in fields if field is not None), None)
    if isinstance(default, msgspec.Struct):
        default = default.__struct_config__.tag
    return default if isinstance(default, str) else None
