"""A preset's values below those of a document: what the user wrote, in the file or as an override, wins."""

import copy
from contextlib import suppress
from dataclasses import replace
from typing import Any, List, Mapping, Optional, Sequence, Tuple

from fcnn.config.document import Document
from fcnn.config.overrides import apply_overrides, read_override
from fcnn.config.paths import Path
from fcnn.config.presets import PRESETS, UNKNOWN, TableFacts, preset_values
from fcnn.errors import ConfigError, Problem

PRESET: Path = ("preset",)
TASK: Path = ("data", "task")
TASKS = ("binary", "multiclass", "regression")


def layered(
    document: Document, overrides: Sequence[str], table: Optional[TableFacts]
) -> Tuple[Document, List[Problem]]:
    """A document with overrides above it, and below it the values of the preset that it names, if it names one.

    Args:
        document: as it was read.
        overrides: ``key=value`` texts.
        table: what is known of the table; None before it has been read.

    Returns:
        The document, and the problems of overrides that could not be applied.
    """
    typed = dict(_typed(overrides))
    name = typed.get(PRESET, document.value.get("preset"))
    if not isinstance(name, str):
        return apply_overrides(document, overrides)
    # Below a name that is none, too: what is left out is not to be told of beside the name.
    known = table or _stated(document.value.get("data"), typed)
    values = preset_values(name if name in PRESETS else PRESETS[0], known)
    document = replace(document, value=_opened(document.value, values, [*typed]))
    document, problems = apply_overrides(document, overrides)
    return replace(document, value=_above(document.value, values)), problems


def _typed(overrides: Sequence[str]) -> Sequence[Tuple[Path, Any]]:
    """The paths and values of the overrides that are some; the others are told of where they are applied."""
    found = []
    for argument in overrides:
        with suppress(ConfigError):
            path, value, _ = read_override(argument)
            found.append((path, value))
    return found


def _stated(data: Any, typed: Mapping[Path, Any]) -> TableFacts:
    """What stands for a table that has not been read; of the task that the config states, where it does."""
    task = typed.get(TASK, data.get("task") if isinstance(data, dict) else None)
    return UNKNOWN._replace(task=task) if task in TASKS else UNKNOWN


def _opened(given: Any, values: Mapping[str, Any], paths: Sequence[Path]) -> Any:
    """`given`, and what of the preset an override goes into: its lists, and the names of its optimizer and the like.

    ``network.layers.0.units=128`` changes the preset's layer, ``training.optimizer.beta_2=0.9`` the preset's optimizer.
    """
    if not isinstance(given, dict):
        return given
    whole = dict(given)
    for key, value in values.items():
        inside = [path[1:] for path in paths if path[0] == key and len(path) > 1]
        if not inside:
            continue
        if isinstance(value, list):
            whole.setdefault(key, copy.deepcopy(value))
        elif "name" in value:
            whole.setdefault(key, {"name": value["name"]})
        elif isinstance(value, Mapping):
            whole[key] = _opened(given.get(key, {}), value, inside)
    return whole


def _above(given: Any, value: Any) -> Any:
    """What the user wrote, and where that leaves something out, the preset's.

    What is told apart by its name, such as an optimizer, has the preset's options only where it has its name.
    """
    if isinstance(value, Mapping) and isinstance(given, str) and given == value.get("name"):
        return dict(value)
    if not isinstance(value, Mapping) or not isinstance(given, dict):
        return given
    if "name" in value and given.get("name", value["name"]) != value["name"]:
        return given
    whole = {key: copy.deepcopy(each) for key, each in value.items() if key not in given}
    return {**given, **whole, **{key: _above(given[key], value[key]) for key in given if key in value}}
