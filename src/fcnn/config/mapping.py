"""A Python mapping as a :class:`Document`: what ``fcnn.train({...})`` is given."""

import math
import os
from typing import Any, Dict, List, Mapping, Tuple

import msgspec

from fcnn.config.document import INVALID, Document, Finding
from fcnn.config.nodes import DEEPEST
from fcnn.config.paths import Path
from fcnn.config.words import name_shape, shape_of, show
from fcnn.errors import ConfigError, Problem
from fcnn.wording import say


def document_of(mapping: Any) -> Tuple[Document, List[Finding]]:
    """Turn what a Python caller gives into plain values.

    Returns:
        What it says, and the problems that did not keep it from being read.

    Raises:
        ConfigError: where it is no mapping.
    """
    findings: List[Finding] = []
    value = _plain(mapping, (), findings)
    if not isinstance(value, dict):
        raise ConfigError(
            Problem(
                say("a config is a mapping, and this is {kind}", kind=name_shape(shape_of(value))),
                expected="a mapping with the keys `data` and `network`",
                received=show(value),
            )
        )
    return Document(value), findings


def _plain(value: Any, path: Path, findings: List[Finding], around: Tuple[int, ...] = ()) -> Any:
    if len(path) > DEEPEST or id(value) in around:
        trouble = (
            say("this holds itself")
            if id(value) in around
            else say("nested deeper than {levels} levels", levels=DEEPEST)
        )
        findings.append(Finding(path[:3], trouble))
        return INVALID
    if isinstance(value, msgspec.Struct):
        value = msgspec.to_builtins(value)
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if hasattr(value, "dtype") and hasattr(value, "tolist"):  # NumPy's numbers and arrays, pandas's columns
        value = value.tolist()
    if isinstance(value, float) and not math.isfinite(value):
        findings.append(Finding(path, say("`{value}` is no finite number", value=value)))
        return INVALID
    if isinstance(value, Mapping):
        return _plain_mapping(value, path, findings, (*around, id(value)))
    if isinstance(value, (list, tuple)):
        inner = (*around, id(value))
        return [_plain(item, (*path, index), findings, inner) for index, item in enumerate(value)]
    return value


def _plain_mapping(
    value: Mapping[Any, Any], path: Path, findings: List[Finding], around: Tuple[int, ...]
) -> Dict[str, Any]:
    plain: Dict[str, Any] = {}
    for given, item in value.items():
        key = str(given)  # a class may be named by a number
        if key in plain:
            findings.append(
                Finding((*path, key), say("the key `{key}` is here twice, once as text", key=key), at_key=True)
            )
        plain[key] = _plain(item, (*path, key), findings, around)
    return plain
