"""Checks of the data section that need no data: columns with two parts to play, shares, the encoding."""

import codecs
from datetime import datetime
from typing import Callable, Dict, Iterator, List, Tuple

from fcnn.config.document import Finding
from fcnn.config.structs import Config
from fcnn.errors import nearest_name

ENCODINGS = (
    "utf-8", "utf-16", "ascii", "gb18030", "gbk", "gb2312", "big5", "shift_jis", "euc-jp", "euc-kr",
    "cp1252", "latin-1", "iso-8859-15", "cp1251", "koi8-r", "mac-roman",
)  # fmt: skip


def _features(config: Config) -> Iterator[Finding]:
    """A column that is a feature and something else, or twice."""
    data = config.data
    features = frozenset(data.features or ())
    if data.features is not None and not features:
        yield Finding(("data", "features"), "there is nothing to learn from", hint="delete it for all columns")
    for index, name in enumerate(data.features or []):
        for other, message in ((data.target, "the target"), (data.weight, "the weight")):
            if name == other:
                yield Finding(("data", "features", index), f"`{name}` is {message}, it can be no feature")
    for index, name in enumerate(data.drop):
        if name in features:
            message = f"`{name}` is to be dropped and a feature"
            yield Finding(("data", "drop", index), message, hint="delete it in one of the two lists")
        for other, message in ((data.target, "the target"), (data.weight, "the weight")):
            if name == other:
                yield Finding(("data", "drop", index), f"`{name}` is {message}, it cannot be dropped")
    yield from _repeated("features", data.features or [])
    yield from _repeated("drop", data.drop)


def _repeated(key: str, names: List[str]) -> Iterator[Finding]:
    first: Dict[str, int] = {}
    for index, name in enumerate(names):
        if first.setdefault(name, index) != index:
            yield Finding(("data", key, index), f"`{name}` is in this list twice", hint="delete one of the two")


def _weight(config: Config) -> Iterator[Finding]:
    data = config.data
    if data.weight is not None and data.weight == data.target:
        expected = "a column of sample weights"
        yield Finding(("data", "weight"), f"`{data.weight}` is the target, it can be no weight", expected)


def _column_types(config: Config) -> Iterator[Finding]:
    """Types of columns that nobody will read."""
    data = config.data
    used = None if data.features is None else {*data.features, data.target, data.weight}
    for name in data.columns:
        if name in data.drop or not (used is None or name in used):
            message = f"the type of `{name}` has no effect: the column is not used"
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
            hint="such as {validation: 0.15, test: 0.15}",
            at_key=True,
        )


def _split_column(config: Config) -> Iterator[Finding]:
    """A method that needs a column, and a column that no method needs."""
    split, data = config.data.split, config.data
    needs = split.method in ("group", "time", "column")
    if needs and split.column is None:
        hint = "column: " + {"group": "patient", "time": "date", "column": "part"}[split.method]
        yield Finding(("data", "split"), f"method: {split.method} needs a column", hint=hint, at_key=True)
    if not needs and split.column is not None:
        message = f"the column has no effect with method: {split.method}"
        yield Finding(("data", "split", "column"), message, expected="method: group, time or column")
    if split.column is not None and split.column in (data.target, data.weight):
        role = "target" if split.column == data.target else "weight"
        yield Finding(("data", "split", "column"), f"`{split.column}` is the {role}, it cannot say how to split")
    files = [key for key in ("validation_path", "test_path") if getattr(data, key) is not None]
    if files and split.method == "column":
        yield Finding(("data", files[0]), "the split is that of a column, not of files", hint="delete one of the two")


def _date_formats(config: Config) -> Iterator[Finding]:
    for name, column in config.data.columns.items():
        where = ("data", "columns", name, "format")
        if column.format is None:
            continue
        if column.type not in ("auto", "date"):
            yield Finding(where, f"a format is for dates, and `{name}` is stated to be a {column.type}")
        elif not _is_date_format(column.format):
            message = f"`{column.format}` is no format of dates"
            yield Finding(where, message, "as strptime has them: %d/%m/%Y, %Y-%m-%d %H:%M:%S, %d %b %Y ...")


def _is_date_format(text: str) -> bool:
    try:
        datetime.strptime(datetime(2020, 5, 17).strftime(text), text)
    except ValueError:
        return False
    return "%" in text


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
        hint = f"did you mean `{near}`?" if near else f"such as {', '.join(ENCODINGS[:7])}, cp1252"
        yield Finding(("data", "encoding"), f"unknown encoding `{encoding}`", hint=hint)


CHECKS: Tuple[Callable[[Config], Iterator[Finding]], ...] = (
    _features,
    _weight,
    _column_types,
    _split,
    _split_column,
    _date_formats,
    _encoding,
)
