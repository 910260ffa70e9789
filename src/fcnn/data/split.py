"""Which rows train, which choose the epoch, which are scored at the end."""

from typing import Callable, Dict, List, NamedTuple, Optional, Sequence, Tuple

import numpy as np

from fcnn.config.structs import Split
from fcnn.data.column import Column, Numbers
from fcnn.data.dates import read_dates
from fcnn.data.findings import column_place
from fcnn.data.numerals import read_numerals
from fcnn.data.shuffling import stratified_split
from fcnn.errors import DataError, Problem
from fcnn.wording import say, say_list, say_many

NAMES = ("train", "validation", "test")
MANY_ROWS = 500_000
"""From here on it is the same split, but in less memory than scikit-learn takes."""
RANDOM = "data.split.method=random, or more rows of each class"
PART_WORDS = {
    **dict.fromkeys(("train", "training", "训练", "训练集"), "train"),
    **dict.fromkeys(("validation", "valid", "val", "dev", "验证", "验证集"), "validation"),
    **dict.fromkeys(("test", "testing", "测试", "测试集"), "test"),
}
"""What a column that says which part a row belongs to may hold, compared without case."""


class Classes(NamedTuple):
    """The classes of a target."""

    codes: np.ndarray
    """(rows,) int32."""
    names: Sequence[str]
    """By code."""


def split_rows(
    rows: int,
    split: Split,
    seed: int,
    classes: Optional[Classes] = None,
    by: Optional[Column] = None,
    files: Optional[np.ndarray] = None,
) -> Dict[str, np.ndarray]:
    """Share the rows out.

    Args:
        rows: how many there are.
        split: the shares and the method of the config.
        seed: of the shuffling.
        classes: for a stratified split, each class being spread over the parts in proportion; None for regression.
        by: the column that ``split.column`` names.
        files: (rows,) int8 positions in `NAMES`, where validation or test rows lie in files of their own.

    Returns:
        Ascending row positions by name, int64; a part without rows is not there.

    Raises:
        DataError: too few rows for the parts, or too few of a class to be in each part; a column that says nothing.
    """
    if split.method == "column" and by is not None:
        return _by_column(by)
    parts: Dict[str, np.ndarray] = {}
    rest = np.arange(rows)
    if files is not None:
        parts = {name: np.flatnonzero(files == code) for code, name in enumerate(NAMES) if (files == code).any()}
        rest = parts.pop("train", rest[:0])
    shares = {name: getattr(split, name) for name in ("validation", "test") if name not in parts}
    wanted = {name: max(1, round(len(rest) * share)) for name, share in shares.items() if share > 0}
    if len(rest) - sum(wanted.values()) < 1:
        sizes = ", ".join(f"{name} {count}" for name, count in wanted.items())
        message = say("{count} usable rows are too few to split", count=len(rest))
        without = " ".join(f"data.split.{name}=0" for name in wanted)
        hint = say("to do without those parts: {overrides}", overrides=without)
        raise DataError(Problem(message, "data.split", "at least one row to train", sizes, hint))
    if split.method == "time" and by is not None:
        taken = _by_time(by, rest, wanted)
    elif split.method == "group" and by is not None:
        taken = _by_group(by, rest, wanted, seed)
    else:
        taken = _by_chance(rest, wanted, seed, _strata(split, classes, wanted, rest))
    parts.update(taken)
    return {name: np.sort(parts[name]) for name in NAMES if name in parts}


def _strata(split: Split, classes: Optional[Classes], wanted: Dict[str, int], rest: np.ndarray) -> Optional[np.ndarray]:
    """(rows,) codes to keep in proportion, or None for a split by chance alone."""
    if split.method == "random":
        return None
    if classes is None:
        if split.method == "stratified":
            message = "a stratified split needs classes, and the target is a quantity"
            raise DataError(Problem(message, "data.split.method", "random"))
        return None
    if wanted:
        _check_classes(classes.codes[rest], classes.names, wanted)
    return classes.codes


def _by_chance(
    rest: np.ndarray, wanted: Dict[str, int], seed: int, strata: Optional[np.ndarray]
) -> Dict[str, np.ndarray]:
    from sklearn.model_selection import train_test_split  # late: it takes a second to import

    parts: Dict[str, np.ndarray] = {}
    for name, count in reversed(list(wanted.items())):
        labels = None if strata is None else strata[rest]
        try:
            if labels is not None and len(rest) >= MANY_ROWS:
                stay, take = stratified_split(labels, count, seed)
                rest, parts[name] = rest[stay], rest[take]
            else:
                rest, parts[name] = train_test_split(rest, test_size=count, random_state=seed, stratify=labels)
        except ValueError as error:  # what the checks do not foresee: large shares of small classes
            raise DataError(
                Problem(say("cannot split: {error}", error=error.args[0]), "data.split", hint=RANDOM)
            ) from error
    parts["train"] = rest
    return parts


def _by_group(by: Column, rest: np.ndarray, wanted: Dict[str, int], seed: int) -> Dict[str, np.ndarray]:
    """Whole groups, shuffled, until a part has its rows; a row without a group is one of its own."""
    codes = group_codes(by, rest)
    groups, members, sizes = np.unique(codes, return_inverse=True, return_counts=True)
    if len(groups) < 1 + len(wanted):
        found = say_many(len(groups), "1 group of {name!r}", "{count} groups of {name!r}", name=by.name)
        message = "there are too few groups for the parts of the split"
        raise DataError(
            Problem(message, "data.split.column", say("at least {count} groups", count=1 + len(wanted)), found)
        )
    order = [int(group) for group in np.random.default_rng(seed).permutation(len(groups))]
    part_of = np.zeros(len(groups), dtype=np.int8)
    for position, (name, count) in enumerate(wanted.items()):
        taken = _nearest(order, sizes, count, keep=len(wanted) - position)
        part_of[taken] = NAMES.index(name)
        order = [group for group in order if not part_of[group]]
    return {name: rest[part_of[members] == code] for code, name in enumerate(NAMES) if name in ("train", *wanted)}


def group_codes(by: Column, rest: np.ndarray) -> np.ndarray:
    """(rows,) int64: which group each row of `rest`, positions, belongs to; one without a group is one of its own."""
    if isinstance(by, Numbers):  # there may be millions of different ones, which are no texts for that
        values, different = by.values[rest], np.unique(by.values[~by.missing])
        codes, alone, levels = different.searchsorted(values), np.isnan(values), len(different)
    else:
        codes, levels = by.codes[rest].astype(np.int64), len(by.levels)
        alone = codes < 0
    codes[alone] = levels + np.arange(alone.sum())
    return codes


def _nearest(order: Sequence[int], sizes: np.ndarray, count: int, keep: int) -> List[int]:
    """Groups with about `count` rows: each that brings their sum nearer to it, or else the smallest.

    Args:
        order: the groups to choose from.
        sizes: (groups,) rows of each.
        count: rows wanted.
        keep: how many groups must be left.
    """
    taken: List[int] = []
    rows = 0
    for group in order:
        if rows >= count or len(order) - len(taken) <= keep:
            break
        if abs(rows + sizes[group] - count) < count - rows:
            taken.append(group)
            rows += int(sizes[group])
    return taken or [min(order, key=lambda group: sizes[group])]


def _by_time(by: Column, rest: np.ndarray, wanted: Dict[str, int]) -> Dict[str, np.ndarray]:
    """The latest rows are for testing, those before them for validation; equal times stay together."""
    moments = moments_of(by)[rest]
    order = rest[np.argsort(moments, kind="stable")]
    sorted_moments = np.sort(moments, kind="stable")
    parts: Dict[str, np.ndarray] = {}
    end = len(order)
    for name, count in reversed(list(wanted.items())):
        first = sorted_moments[max(end - count, 0)]  # rows of this time are all in the part, or none of them is
        bounds = [int(np.searchsorted(sorted_moments, first, side=side)) for side in ("left", "right")]
        possible = [bound for bound in bounds if 0 < bound < end]
        if not possible:
            message = say(
                "no row is earlier than the {part} rows: too few different times in {name!r}", part=name, name=by.name
            )
            raise DataError(Problem(message, "data.split.column"))
        begin = min(possible, key=lambda bound: abs(end - count - bound))
        parts[name], end = order[begin:end], begin
    parts["train"] = order[:end]
    return parts


def moments_of(by: Column) -> np.ndarray:
    """(rows,) float64: later is larger.

    Raises:
        DataError: cells that are neither dates nor numbers, or missing.
    """
    if isinstance(by, Numbers):
        moments = by.values
    else:
        levels = by.present()
        readings: Tuple[Callable[[], Dict[str, float]], ...] = (
            lambda: read_dates(levels).values,
            lambda: read_numerals(levels).values,
        )
        moments = by.look_up(max((read() for read in readings), key=len))
    bad = np.flatnonzero(np.isnan(moments))
    if len(bad):
        message = say_many(
            len(bad),
            "1 cell is no time, and rows cannot be put in order",
            "{count:,} cells are no time, and rows cannot be put in order",
        )
        where = column_place(by.name)
        raise DataError(Problem(message, where, "a date or a number in each row", by.examples(list(bad))))
    return moments


def _by_column(by: Column) -> Dict[str, np.ndarray]:
    """The parts that a column names."""
    text = by.as_text()
    words = {level: PART_WORDS.get(level.casefold(), "") for level in text.levels}
    parts = text.look_up({level: NAMES.index(name) for level, name in words.items() if name})
    bad = np.flatnonzero(np.isnan(parts))
    where = column_place(by.name)
    if len(bad):
        message = say_many(len(bad), "1 cell is no part of the split", "{count:,} cells are no part of the split")
        raise DataError(Problem(message, where, "train, validation or test", by.examples(list(bad))))
    found = {name: np.flatnonzero(parts == code) for code, name in enumerate(NAMES)}
    if not len(found["train"]):
        raise DataError(Problem("no row is for training", where, "train in some rows", ", ".join(text.present())))
    return {name: rows for name, rows in found.items() if len(rows)}


def _check_classes(codes: np.ndarray, names: Sequence[str], wanted: Dict[str, int]) -> None:
    """Raise where scikit-learn's stratified split cannot work, in words of ours."""
    counts = np.bincount(codes, minlength=len(names))
    there = int((counts > 0).sum())  # all, but where validation or test rows lie in files of their own
    problems: List[Problem] = []
    for name, count in wanted.items():
        if count < there:
            message = say_many(
                count,
                "1 {part} row cannot hold each of {classes:,} classes",
                "{count:,} {part} rows cannot hold each of {classes:,} classes",
                part=name,
                classes=there,
            )
            expected = say("at least {count} rows", count=there)
            problems.append(Problem(message, f"data.split.{name}", expected, str(count), RANDOM))
    needed = 1 + len(wanted)
    few = [code for code, count in enumerate(counts) if 0 < count < needed]
    if few:
        message = say("a class has too few rows to be in each part of a stratified split")
        found = say_list(say("{count} of {name!r}", count=counts[code], name=names[code]) for code in few[:5])
        problems.append(
            Problem(message, "data.split", say("at least {count} rows of each", count=needed), found, RANDOM)
        )
    if problems:
        raise DataError(*problems)
