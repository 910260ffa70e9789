"""Cross-validation: each row that is not for testing is in one fold, and each fold is the validation part once."""

from typing import Dict, Iterator, List, Mapping, Optional, Tuple

import numpy as np

from fcnn.data.column import Column
from fcnn.data.split import RANDOM, Classes, group_codes, moments_of
from fcnn.errors import DataError, Problem
from fcnn.wording import say, say_list, say_many

WHERE = "--folds"
Fold = Tuple[np.ndarray, np.ndarray]
"""Positions of the rows that train, and of those that are held out."""


def fold_rows(
    split: Mapping[str, np.ndarray],
    folds: int,
    method: str,
    seed: int,
    classes: Optional[Classes] = None,
    by: Optional[Column] = None,
) -> List[Dict[str, np.ndarray]]:
    """Share the rows of training and validation out to folds.

    Args:
        split: row positions by part; those of ``test`` stay what they are, the others are shared out.
        folds: how many.
        method: ``data.split.method``: groups stay whole, folds by time are each later than all rows that train, classes
            are spread in proportion where there are any and the method is not ``random``.
        seed: of the shuffling; groups and times need none.
        classes: of the target; None for regression.
        by: the column of groups or times.

    Returns:
        A split for each fold, with ascending row positions.

    Raises:
        DataError: too few rows, groups, times or rows of a class.
    """
    rest = np.sort(np.concatenate([rows for name, rows in split.items() if name != "test"]))
    if len(rest) < folds:
        message = say("{count} rows are too few for {folds} folds", count=len(rest), folds=folds)
        raise DataError(Problem(message, WHERE, say("at least {count} rows", count=folds)))
    if method == "time" and by is not None:
        found = list(_by_time(by, rest, folds))
    elif method == "group" and by is not None:
        found = _by_group(by, rest, folds)
    else:
        found = _by_chance(rest, folds, seed, None if method == "random" else classes)
    test = {"test": split["test"]} if "test" in split else {}
    return [{"train": rest[train], "validation": rest[held_out], **test} for train, held_out in found]


def _by_chance(rest: np.ndarray, folds: int, seed: int, classes: Optional[Classes]) -> List[Fold]:
    from sklearn.model_selection import KFold, StratifiedKFold  # late: it takes a second to import

    if classes is None:
        return list(KFold(folds, shuffle=True, random_state=seed).split(rest))
    codes = classes.codes[rest]
    counts = np.bincount(codes, minlength=len(classes.names))
    few = [code for code, count in enumerate(counts) if 0 < count < folds]
    if few:
        message = say("a class has too few rows to be in each of {folds} folds", folds=folds)
        found = say_list(say("{count} of {name!r}", count=counts[code], name=classes.names[code]) for code in few[:5])
        least = int(counts[few].min())
        fewer = say("--folds {count}, data.split.method=random, or more rows of each class", count=least)
        expected = say("at least {count} rows of each", count=folds)
        raise DataError(Problem(message, WHERE, expected, found, fewer if least > 1 else RANDOM))
    return list(StratifiedKFold(folds, shuffle=True, random_state=seed).split(rest, codes))


def _by_group(by: Column, rest: np.ndarray, folds: int) -> List[Fold]:
    """Whole groups, the folds of about equal numbers of rows; a row without a group is one of its own."""
    from sklearn.model_selection import GroupKFold

    codes = group_codes(by, rest)
    groups = len(np.unique(codes))
    if groups < folds:
        found = say_many(groups, "1 group of {name!r}", "{count} groups of {name!r}", name=by.name)
        message = say("there are too few groups for {folds} folds", folds=folds)
        raise DataError(Problem(message, WHERE, say("at least {count} groups", count=folds), found, _fewer(groups)))
    return list(GroupKFold(folds).split(rest, groups=codes))


def _by_time(by: Column, rest: np.ndarray, folds: int) -> Iterator[Fold]:
    """The rows in pieces of about equal size, one more than folds: each but the first is held out, all before it train.

    Rows of equal times stay together.
    """
    moments = moments_of(by)[rest]
    order = np.argsort(moments, kind="stable")
    changes = np.flatnonzero(np.diff(moments[order])) + 1
    if len(changes) < folds:
        message = say("there are too few different times in {name!r} for {folds} folds", name=by.name, folds=folds)
        expected, found = (say("{count} different times", count=count) for count in (folds + 1, len(changes) + 1))
        raise DataError(Problem(message, WHERE, expected, found, _fewer(len(changes))))
    bounds: List[int] = []
    for piece in range(1, folds + 1):
        possible = changes[changes > max(bounds, default=0)]
        possible = possible[: len(possible) - (folds - piece)]  # the pieces that follow need changes, too
        bounds.append(int(possible[np.abs(possible - len(rest) * piece / (folds + 1)).argmin()]))
    for start, end in zip(bounds, [*bounds[1:], len(rest)]):
        yield np.sort(order[:start]), np.sort(order[start:end])


def _fewer(most: int) -> str:
    """The option for so many folds, where they are folds at all."""
    return f"{WHERE} {most}" if most > 1 else ""
