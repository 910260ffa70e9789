"""What to do about a value that does not fit: one sentence, or nothing where there is nothing to say."""

from typing import Any, Dict, Sequence

from msgspec import inspect

from fcnn.config.fields import choices, homes, names_of
from fcnn.config.names import as_number, suggest_key
from fcnn.config.paths import Path
from fcnn.config.words import shape_of, shapes_of, show
from fcnn.wording import say

LAYERS: Path = ("network", "layers")

_LAYER = "{units: 64, activation: relu}"
_LAYER_KINDS = frozenset({"class_name", "dense", "fc", "fully_connected", "layer", "linear", "type"})
_REQUIRED = frozenset({("data",), ("network",), ("data", "path"), ("data", "target"), LAYERS})
_EXAMPLES = {
    "data": "data: {path: table.csv, target: COLUMN}",
    "network": "network: {layers: [64, 32]}",
    "layers": "layers: [64, 32]",
    "path": "path: table.csv",
    "target": "target: COLUMN",
    "units": _LAYER,
}
_YES = ("yes", "on", "y", "true")
_NO = ("no", "off", "n", "false")


def for_wrong_kind(value: Any, kind: inspect.Type, path: Path) -> str:
    """A hint for a value whose kind does not fit its place."""
    shapes = shapes_of(kind)
    if value is None:
        return _for_nothing(shapes, path)
    if isinstance(value, str):
        return _for_text(value, shapes, path)
    if path == LAYERS:
        return _write(f"[{show(value)}]") if isinstance(value, int) else say("write a list: {code}", code=f"[{_LAYER}]")
    if value is False and "empty" in shapes:
        return _write("null")
    if path[-1:] == ("early_stopping",) and not isinstance(value, (bool, list)):
        return _write(f"{{patience: {show(value)}}}")
    if path[-1:] == ("split",) and not isinstance(value, (bool, list)):
        return _such_as("{validation: 0.15, test: 0.15}")
    if isinstance(value, float) and "whole" in shapes and value.is_integer():
        return _write(f"{int(value)}")
    if shapes == ["truth"] and value in (0, 1):
        return _write("true" if value else "false")
    if isinstance(value, (int, float)) and any(isinstance(one, inspect.StrType) for one in choices(kind)):
        return say('if that is its name, put it in quotes: "{value}"', value=show(value))
    if "list" in shapes and shape_of(value) == "whole":
        return _write(f'["{show(value)}"]')
    return ""


def _for_nothing(shapes: Sequence[str], path: Path) -> str:
    if not path or not isinstance(path[-1], str):
        return say("delete the comma or the `-` too many")
    advice = (
        say("indent the keys of `{key}`", key=path[-1])
        if shapes == ["mapping"]
        else say("write a value behind `{key}:`", key=path[-1])
    )
    return advice if path in _REQUIRED else say("{advice}, or delete the key to get its default", advice=advice)


def _for_text(value: str, shapes: Sequence[str], path: Path) -> str:
    number = as_number(value)
    word = value.strip().casefold()
    if number is not None and "whole" in shapes:
        return say("drop the quotes: {number}", number=number) if number == value.strip() else _write(number)
    if "truth" in shapes and word in (*_YES, *_NO):
        return _write("true" if word in _YES else "false")
    if "empty" in shapes and word in ("none", "nil", "off", "no"):
        return _write("null")
    if "mapping" in shapes and (path[:2] == ("data", "columns") or path[-1:] in (("output",), ("split",))):
        key = {"output": "activation", "split": "method"}.get(str(path[-1]), "type")
        return _write(f"{{{key}: {value}}}") if value.isalpha() else ""
    if path == LAYERS:
        sizes = value.replace(",", " ").replace("-", " ").split()
        return _write(f"[{', '.join(sizes)}]") if sizes and all(size.isdigit() for size in sizes) else ""
    return _write(f"[{value}]") if "list" in shapes and len(value) <= 40 else ""


def _write(code: str) -> str:
    return say("write {code}", code=code)


def _such_as(code: str) -> str:
    return say("such as {code}", code=code)


def for_range(value: Any, kind: Any) -> str:
    """A hint for a number outside of its domain."""
    is_percent = kind.lt == 1 and 2 <= value <= 99
    return say("it is a share: write {share:g} for {value:g} %", share=value / 100, value=value) if is_percent else ""


def for_unknown_key(key: str, struct: inspect.StructType, path: Path) -> str:
    """A hint for a key that its section does not have."""
    if path[:2] == LAYERS and key.casefold() in _LAYER_KINDS:
        return say("every layer is fully connected: write {code}", code=_LAYER)
    return suggest_key(key, names_of(struct), homes())


def for_missing_name(value: Dict[str, Any], structs: Sequence[inspect.StructType]) -> str:
    """A hint for an optimizer or a schedule that does not say which one it is."""
    tags = [str(struct.tag) for struct in structs]
    for key, options in value.items():
        if key in tags:
            return _write(f"{{name: {key}, ...}}" if options else f"{{name: {key}}}")
    if not value:
        return ""
    fitting = [str(struct.tag) for struct in structs if set(names_of(struct)).issuperset(value)]
    return _such_as(f"`name: {fitting[0]}`") if fitting else ""


def for_missing_key(key: str, value: Dict[str, Any]) -> str:
    """A hint for a required key that is not there."""
    option = next((name for name in ("dropout", "batch_normalization", "activation") if name in value), "")
    if key == "units" and option:
        code = f"{{units: 64, {option}: {show(value[option])}}}"
        return say("`{option}` is an option of a layer: {code}", option=option, code=code)
    if key == "network":
        return say("such as {code}, or `preset: strong`", code=_EXAMPLES[key])
    return _such_as(_EXAMPLES[key]) if key in _EXAMPLES else ""
