"""Findings as plain data that can be read back: a sentence keeps its template, so that it can still be translated."""

import re
from dataclasses import fields
from string import Formatter
from typing import Any, Dict, Mapping

from fcnn.data.findings import Noticed
from fcnn.errors import Problem
from fcnn.wording import Said


def plain(value: Any) -> Any:
    """Sentences, findings, and tuples of them, as what JSON knows.

    Raises:
        TypeError: something else is in there.
    """
    if isinstance(value, Said):
        return {"say": value.template, "values": {name: plain(each) for name, each in value.values.items()}}
    if isinstance(value, Problem):
        kind = "noticed" if isinstance(value, Noticed) else "problem"
        return {kind: {field.name: plain(getattr(value, field.name)) for field in fields(value)}}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if hasattr(value, "dtype") and hasattr(value, "item"):  # a single number of NumPy
        return value.item()
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    raise TypeError(type(value).__name__)


def read_back(value: Any) -> Any:
    """What :func:`plain` was given; lists are tuples.

    Raises:
        KeyError, TypeError, ValueError: it is nothing of the kind.
    """
    if isinstance(value, list):
        return tuple(map(read_back, value))
    if not isinstance(value, Mapping):
        return value
    if "say" in value:
        _check_template(value["say"])
        return Said(value["say"], _read_values(value["values"]))
    if "noticed" in value:
        return Noticed(**_read_values(value["noticed"]))
    return Problem(**_read_values(value["problem"]))


_SPECS = re.compile(r"\+?(0\d)?,?(\.\d{1,2})?[a-zA-Z%]?")
"""What stands behind the colon of a placeholder of ours: no width that would fill memory."""


def _check_template(template: str) -> None:
    """Raise a ValueError where a template would look into its values, or write without end."""
    for _, name, spec, _ in Formatter().parse(template):
        if name is not None and not (name.isidentifier() and _SPECS.fullmatch(spec or "")):
            raise ValueError(name)


def _read_values(values: Mapping[str, Any]) -> Dict[str, Any]:
    return {name: read_back(each) for name, each in values.items()}


def plain_struct(struct: Any) -> Dict[str, Any]:
    """A struct whose fields may be sentences."""
    return {name: plain(getattr(struct, name)) for name in struct.__struct_fields__}
