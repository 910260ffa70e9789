"""Kinds and values of the config in words for people: text, list, mapping, whole number, nothing."""

import json
from typing import Any, Dict, Iterable, List, Type, Union

from msgspec import inspect

from fcnn.config.fields import choices
from fcnn.wording import say, say_joined

LONGEST = 60  # characters of a received value in a message

_SHAPES = {
    "empty": say("nothing"),
    "truth": say("true or false"),
    "whole": say("a whole number"),
    "number": say("a number"),
    "text": say("text"),
    "list": say("a list"),
    "mapping": say("a mapping"),
}
_SHAPES_OF_VALUES: Dict[Type[Any], str] = {
    bool: "truth",  # before int, which bool is in Python
    int: "whole",
    float: "number",
    str: "text",
    list: "list",
    dict: "mapping",
}
_SHAPES_OF_TYPES: Dict[Type[inspect.Type], List[str]] = {
    inspect.FloatType: ["number", "whole"],
    inspect.IntType: ["whole"],
    inspect.StrType: ["text"],
    inspect.LiteralType: ["text"],
    inspect.BoolType: ["truth"],
    inspect.NoneType: ["empty"],
    inspect.ListType: ["list"],
    inspect.DictType: ["mapping"],
    inspect.AnyType: ["empty", "truth", "whole", "number", "text", "list", "mapping"],
    inspect.StructType: ["mapping"],
}


def shape_of(value: Any) -> str:
    """The kind of a value: empty, truth, whole, number, text, list or mapping; else the name of its type."""
    if value is None:
        return "empty"
    shapes = (shape for kind, shape in _SHAPES_OF_VALUES.items() if isinstance(value, kind))
    return next(shapes, type(value).__name__)


def shapes_of(kind: inspect.Type) -> List[str]:
    """The kinds of value that a type takes."""
    return list(dict.fromkeys(shape for member in choices(kind) for shape in _SHAPES_OF_TYPES[type(member)]))


def name_shape(shape: str) -> str:
    """A kind with its article: ``a whole number``."""
    return _SHAPES.get(shape) or say("a Python object of type {type}", type=shape)


def belongs(kind: inspect.Type, received: str) -> str:
    """What belongs at a place where something else was received: ``a whole number or a mapping``."""
    shapes = [shape for shape in shapes_of(kind) if shape not in ("empty", received)]
    if "number" in shapes and "whole" in shapes:
        shapes.remove("whole")
    return say_joined("{left} or {right}", (_SHAPES[shape] for shape in shapes))


def describe(kind: inspect.Type) -> str:
    """What is expected at a place, in full: ``auto, or a whole number >= 1``."""
    parts = list(dict.fromkeys(_describe_one(member) for member in choices(kind)))
    parts.sort(key=lambda part: part == "null")
    return say_joined("{left}, or {right}", parts)


def _describe_one(kind: inspect.Type) -> str:
    if isinstance(kind, inspect.LiteralType):
        return one_of([str(value) for value in kind.values])
    if isinstance(kind, inspect.IntType):
        return _limited(say("a whole number"), kind)
    if isinstance(kind, inspect.FloatType):
        return _limited(say("a number"), kind)
    if isinstance(kind, inspect.ListType):
        return say("a list of {items}", items=_plural(kind.item_type))
    if isinstance(kind, inspect.DictType):
        return say("a mapping of names to {items}", items=_plural(kind.value_type))
    if isinstance(kind, inspect.StructType):
        return _with_keys(say("a mapping"), kind)
    return {"BoolType": say("true or false"), "NoneType": "null"}.get(type(kind).__name__, say("text"))


def _plural(kind: inspect.Type) -> str:
    """What the items of a list or a mapping are: ``whole numbers >= 1 or mappings with `units```."""
    return say_joined("{left} or {right}", (_describe_several(member) for member in choices(kind)))


def _describe_several(kind: inspect.Type) -> str:
    if isinstance(kind, inspect.IntType):
        return _limited(say("whole numbers"), kind)
    if isinstance(kind, inspect.FloatType):
        return _limited(say("numbers"), kind)
    if isinstance(kind, inspect.StructType):
        return _with_keys(say("mappings"), kind)
    return say("values") if isinstance(kind, inspect.AnyType) else _describe_one(kind)


def _limited(noun: str, kind: Union[inspect.IntType, inspect.FloatType]) -> str:
    signs = ((">=", kind.ge), (">", kind.gt), ("<=", kind.le), ("<", kind.lt))
    limits = [f"{sign} {limit}" for sign, limit in signs if limit is not None]
    if len(limits) == 2:
        return say("{noun} {low} and {high}", noun=noun, low=limits[0], high=limits[1])
    return say("{noun} {limit}", noun=noun, limit=limits[0]) if limits else noun


def _with_keys(noun: str, kind: inspect.StructType) -> str:
    required = [f"`{field.encode_name}`" for field in kind.fields if field.required]
    keys = [f"`{kind.tag_field}`"] if kind.tag_field else required
    return say("{noun} with {keys}", noun=noun, keys=say_joined("{left} and {right}", keys)) if keys else noun


def one_of(names: List[str]) -> str:
    """Several names as a choice."""
    return names[0] if len(names) == 1 else say("one of {names}", names=", ".join(names))


def back_quoted(word: str) -> str:
    """A key or a name in a sentence."""
    return f"`{word}`" if word.isprintable() and len(word) <= LONGEST and word else show(word)


def show(value: Any) -> str:
    """A received value as one would write it in YAML, on one line and shortened."""
    text = _show(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."


def _show(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value[: LONGEST + 1], ensure_ascii=False)
    if isinstance(value, list):
        return f"[{_joined(_show(item) for item in value)}]"
    if isinstance(value, dict):
        return f"{{{_joined(f'{key}: {_show(item)}' for key, item in value.items())}}}"
    if isinstance(value, (int, float)) and abs(value) < 10**LONGEST:
        return repr(value)
    return f"a value of type {type(value).__name__}"


def _joined(parts: Iterable[str]) -> str:
    """Join parts until the room is full: a list of a million is not written out only to be cut."""
    text = ""
    for part in parts:
        text += f", {part}" if text else part
        if len(text) > LONGEST:
            break
    return text
