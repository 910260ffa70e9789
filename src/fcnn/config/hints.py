"""What to do about a value that does not fit: one sentence, or nothing where there is nothing to say."""

from typing import Any, Dict, Sequence

from msgspec import inspect

from fcnn.config.fields import choices, homes, names_of
from fcnn.config.names import as_number, suggest_key
from fcnn.config.paths import Path
from fcnn.config.words import shape_of, shapes_of, show

LAYERS: Path = ("network", "layers")

_LAYER = "{units: 64, activation: relu}"
_LAYER_KINDS = frozenset({"class_name", "dense", "fc", "fully_connected", "layer", "linear", "type"})
_REQUIRED = frozenset({("data",), ("network",), ("data", "path"), ("data", "target"), LAYERS})
_OPTIONS: Dict[Path, str] = {  # sections that are taken for a number
    ("early_stopping",): "write {{patience: {value}}}",
    ("split",): "such as {{validation: 0.15, test: 0.15}}",
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
        return f"write [{show(value)}]" if isinstance(value, int) else f"write a list: [{_LAYER}]"
    if value is False and "empty" in shapes:
        return "write null"
    if path[-1:] in _OPTIONS and not isinstance(value, (bool, list)):
        return _OPTIONS[path[-1:]].format(value=show(value))
    if isinstance(value, float) and "whole" in shapes and value.is_integer():
        return f"write {int(value)}"
    if shapes == ["truth"] and value in (0, 1):
        return f"write {'true' if value else 'false'}"
    if isinstance(value, (int, float)) and any(isinstance(one, inspect.StrType) for one in choices(kind)):
        return f'if that is its name, put it in quotes: "{show(value)}"'
    if "list" in shapes and shape_of(value) == "whole":
        return f'write ["{show(value)}"]'
    return ""


def _for_nothing(shapes: Sequence[str], path: Path) -> str:
    if not path or not isinstance(path[-1], str):
        return "delete the comma or the `-` too many"
    what = f"indent the keys of `{path[-1]}`" if shapes == ["mapping"] else f"write a value behind `{path[-1]}:`"
    return what if path in _REQUIRED else f"{what}, or delete the key to get its default"


def _for_text(value: str, shapes: Sequence[str], path: Path) -> str:
    number = as_number(value)
    word = value.strip().casefold()
    if number is not None and "whole" in shapes:
        return f"drop the quotes: {number}" if number == value.strip() else f"write {number}"
    if "truth" in shapes and word in (*_YES, *_NO):
        return f"write {'true' if word in _YES else 'false'}"
    if "empty" in shapes and word in ("none", "nil", "off", "no"):
        return "write null"
    if path == LAYERS:
        sizes = value.replace(",", " ").replace("-", " ").split()
        return f"write [{', '.join(sizes)}]" if sizes and all(size.isdigit() for size in sizes) else ""
    return f"write [{value}]" if "list" in shapes and len(value) <= 40 else ""


def for_range(value: Any, kind: Any) -> str:
    """A hint for a number outside of its domain."""
    return f"it is a share: write {value / 100:g} for {value:g} %" if kind.lt == 1 and 2 <= value <= 99 else ""


def for_unknown_key(key: str, struct: inspect.StructType, path: Path) -> str:
    """A hint for a key that its section does not have."""
    if path[:2] == LAYERS and key.casefold() in _LAYER_KINDS:
        return f"every layer is fully connected: write {_LAYER}"
    return suggest_key(key, names_of(struct), homes())


def for_missing_name(value: Dict[str, Any], structs: Sequence[inspect.StructType]) -> str:
    """A hint for an optimizer or a schedule that does not say which one it is."""
    tags = [str(struct.tag) for struct in structs]
    for key, options in value.items():
        if key in tags:
            return f"write {{name: {key}, ...}}" if options else f"write {{name: {key}}}"
    if not value:
        return ""
    fitting = [str(struct.tag) for struct in structs if set(names_of(struct)).issuperset(value)]
    return f"such as `name: {fitting[0]}`" if fitting else ""


def for_missing_key(key: str, value: Dict[str, Any]) -> str:
    """A hint for a required key that is not there."""
    option = next((name for name in ("dropout", "batch_normalization", "activation") if name in value), "")
    if key == "units" and option:
        return f"`{option}` is an option of a layer: {{units: 64, {option}: {show(value[option])}}}"
    return {
        "data": "such as data: {path: table.csv, target: COLUMN}",
        "network": "such as network: {layers: [64, 32]}",
        "layers": "such as layers: [64, 32]",
        "path": "such as path: table.csv",
        "target": "such as target: COLUMN",
        "units": f"such as {_LAYER}",
    }.get(key, "")
