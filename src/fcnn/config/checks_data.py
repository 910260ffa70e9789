"""Checks of the data section that need no data: columns with two parts to play, shares, the encoding."""

import codecs
from datetime import datetime
from typing import Callable, Dict, Iterator, List, Tuple

from fcnn.config.document import Finding
from fcnn.config.sizes import AUTO, parse_size
from fcnn.config.structs import Config
from fcnn.errors import nearest_name
from fcnn.wording import say

ENCODINGS = (
    "utf-8", "utf-16", "ascii", "gb18030", "gbk", "gb2312", "big5", "shift_jis", "euc-jp", "euc-kr",
    "cp1252", "latin-1", "iso-8859-15", "cp1251", "koi8-r", "mac-roman",
)  # fmt: skip

TASKS = {
    "auto": ("binary", "multiclass", "regression"),
    "number": ("regression",),
    "category": ("binary", "multiclass"),
    "boolean": ("binary",),
}
"""The tasks that a type of the target's column allows."""


def _features(config: Config) -> Iterator[Finding]:
    """A column that is a feature and something else, or twice."""
    data = config.data
    features = frozenset(data.features or ())
    if data.features is not None and not features:
        yield Finding(("data", "features"), "there is nothing to learn from", hint="delete it for all columns")
    for index, name in enumerate(data.features or []):
        if name == data.target:
            message = say("`{name}` is the target, it can be no feature", name=name)
            yield Finding(("data", "features", index), message)
        if name == data.weight:
            message = say("`{name}` is the weight, it can be no feature", name=name)
            yield Finding(("data", "features", index), message)
    for index, name in enumerate(data.drop):
        if name in features:
            message = say("`{name}` is to be dropped and a feature", name=name)
            yield Finding(("data", "drop", index), message, hint="delete it in one of the two lists")
        if name == data.target:
            message = say("`{name}` is the target, it cannot be dropped", name=name)
            yield Finding(("data", "drop", index), message)
        if name == data.weight:
            message = say("`{name}` is the weight, it cannot be dropped", name=name)
            yield Finding(("data", "drop", index), message)
    yield from _repeated("features", data.features or [])
    yield from _repeated("drop", data.drop)


def _repeated(key: str, names: List[str]) -> Iterator[Finding]:
    first: Dict[str, int] = {}
    for index, name in enumerate(names):
        if first.setdefault(name, index) != index:
            yield Finding(
                ("data", key, index), say("`{name}` is in this list twice", name=name), hint="delete one of the two"
            )


def _weight(config: Config) -> Iterator[Finding]:
    data = config.data
    if data.weight is not None and data.weight == data.target:
        expected = "a column of sample weights"
        yield Finding(
            ("data", "weight"), say("`{name}` is the target, it can be no weight", name=data.weight), expected
        )


def _column_types(config: Config) -> Iterator[Finding]:
    """Types of columns that nobody will read."""
    data = config.data
    used = None if data.features is None else {*data.features, data.target, data.weight}
    for name in data.columns:
        if name in data.drop or not (used is None or name in used):
            message = say("the type of `{name}` has no effect: the column is not used", name=name)
            yield Finding(("data", "columns", name), message, severity="note", at_key=True)


def _split(config: Config) -> Iterator[Finding]:
    split = config.data.split
    total = split.validation + split.test
    if total > 1 - 1e-9:
        yield Finding(
            ("data", "split"),
            "validation and test leave no rows to train on",
            expected="validation + test < 1",
            received=f"{split.validation:g} + {split.test:g} = {total:g}",
            hint=say("such as {code}", code="{validation: 0.15, test: 0.15}"),
            at_key=True,
        )


def _split_column(config: Config) -> Iterator[Finding]:
    """A method that needs a column, and a column that no method needs."""
    split, data = config.data.split, config.data
    needs = split.method in ("group", "time", "column")
    if needs and split.column is None:
        hint = "column: " + {"group": "patient", "time": "date", "column": "part"}[split.method]
        yield Finding(
            ("data", "split"), say("method: {method} needs a column", method=split.method), hint=hint, at_key=True
        )
    if not needs and split.column is not None:
        message = say("the column has no effect with method: {method}", method=split.method)
        yield Finding(("data", "split", "column"), message, expected="method: group, time or column")
    if split.column is not None and split.column in (data.target, data.weight):
        message = (
            say("`{name}` is the target, it cannot say how to split", name=split.column)
            if split.column == data.target
            else say("`{name}` is the weight, it cannot say how to split", name=split.column)
        )
        yield Finding(("data", "split", "column"), message)
    files = [key for key in ("validation_path", "test_path") if getattr(data, key) is not None]
    if files and split.method == "column":
        yield Finding(("data", files[0]), "the split is that of a column, not of files", hint="delete one of the two")


def _date_formats(config: Config) -> Iterator[Finding]:
    for name, column in config.data.columns.items():
        where = ("data", "columns", name, "format")
        if column.format is None:
            continue
        if column.type not in ("auto", "date"):
            yield Finding(
                where, say("a format is for dates, and `{name}` is stated to be a {type}", name=name, type=column.type)
            )
        elif not _is_date_format(column.format):
            message = say("`{format}` is no format of dates", format=column.format)
            yield Finding(where, message, "as strptime has them: %d/%m/%Y, %Y-%m-%d %H:%M:%S, %d %b %Y ...")


def _scalers(config: Config) -> Iterator[Finding]:
    """A scaler of what is not scaled by it."""
    data = config.data
    for name, column in data.columns.items():
        where = ("data", "columns", name, "scaler")
        if column.scaler is None:
            continue
        if name == data.target:
            message = say("a scaler is for columns to learn from, and `{name}` is the target", name=name)
            yield Finding(where, message)
        elif name == data.weight:
            message = say("a scaler is for columns to learn from, and `{name}` is the weight", name=name)
            yield Finding(where, message)
        elif column.type in ("category", "boolean"):
            message = say(
                "a scaler is for numbers and dates, and `{name}` is stated to be a {type}", name=name, type=column.type
            )
            yield Finding(where, message)


def _is_date_format(text: str) -> bool:
    try:
        datetime.strptime(datetime(2020, 5, 17).strftime(text), text)
    except ValueError:
        return False
    return "%" in text


def _target_type(config: Config) -> Iterator[Finding]:
    """A type of the target's column that is no target, or that the task contradicts."""
    data = config.data
    column = data.columns.get(data.target)
    if column is None:
        return
    if column.type == "date" or column.format is not None:
        key = "type" if column.type == "date" else "format"
        message = say("`{target}` is the target, and no date can be predicted", target=data.target)
        yield Finding(("data", "columns", data.target, key), message, "number, category or boolean")
        return
    fitting = TASKS[column.type]
    if data.task not in ("auto", *fitting):
        message = say("`{target}` is stated to be a {type}, and the task is {task}",
            target=data.target, type=column.type, task=data.task)  # fmt: skip
        hint = say("delete one of the two; {type} means {tasks}", type=column.type, tasks=" or ".join(fitting))
        yield Finding(("data", "columns", data.target, "type"), message, hint=hint)


def _encoding(config: Config) -> Iterator[Finding]:
    encoding = config.data.encoding
    if encoding is None:
        return
    try:
        # rot13 and base64 are codecs of Python too, but not of text to bytes
        known = bool(getattr(codecs.lookup(encoding), "_is_text_encoding", True))
    except (LookupError, ValueError, UnicodeError):
        known = False
    if not known:
        near = nearest_name(encoding, ENCODINGS)
        usual = ", ".join((*ENCODINGS[:7], "cp1252"))
        hint = say("did you mean `{name}`?", name=near) if near else say("such as {code}", code=usual)
        yield Finding(("data", "encoding"), say("unknown encoding `{encoding}`", encoding=encoding), hint=hint)


def _memory(config: Config) -> Iterator[Finding]:
    memory = config.data.memory
    try:
        if memory != AUTO:
            parse_size(memory)
    except ValueError as error:
        yield Finding(("data", "memory"), error.args[0], "auto, or such as 2GB, 500MB, 1.5GiB", f'"{memory}"')


CHECKS: Tuple[Callable[[Config], Iterator[Finding]], ...] = (
    _features,
    _weight,
    _column_types,
    _target_type,
    _split,
    _split_column,
    _date_formats,
    _scalers,
    _encoding,
    _memory,
)
