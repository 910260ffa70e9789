"""Which rows train, which choose the epoch, which are scored at the end."""

from typing import Dict, List, Optional, Sequence

import numpy as np

from fcnn.config.structs import Split
from fcnn.errors import DataError, Problem

NAMES = ("train", "validation", "test")
RANDOM = "data.split.method=random, or more rows of each class"


def split_rows(
    rows: int, split: Split, seed: int, classes: Optional[np.ndarray] = None, names: Sequence[str] = ()
) -> Dict[str, np.ndarray]:
    """Share the rows out.

    Args:
        rows: how many there are.
        split: the shares and the method of the config.
        seed: of the shuffling.
        classes: (rows,) int codes for a stratified split, each class being spread over the parts in proportion;
            None for regression.
        names: of the classes, by code.

    Returns:
        Ascending row positions by name, int64; a part whose share is 0 is not there.

    Raises:
        DataError: too few rows for the parts, or too few of a class to be in each part.
    """
    counts = {"validation": round(rows * split.validation), "test": round(rows * split.test)}
    wanted = {name: max(1, count) for name, count in counts.items() if getattr(split, name) > 0}
    if rows - sum(wanted.values()) < 1:
        sizes = ", ".join(f"{name} {count}" for name, count in wanted.items())
        message = f"{rows} usable rows are too few to split"
        hint = "shares of 0, or more rows"
        raise DataError(Problem(message, "data.split", "at least one row to train", sizes, hint))
    strata = None if split.method == "random" else classes
    if strata is not None:
        _check_classes(strata, names, wanted)
    elif split.method == "stratified":
        message = "a stratified split needs classes, and the target is a quantity"
        raise DataError(Problem(message, "data.split.method", "random"))
    from sklearn.model_selection import train_test_split  # late: it takes a second to import

    rest = np.arange(rows)
    parts: Dict[str, np.ndarray] = {}
    for name, count in reversed(list(wanted.items())):
        labels = None if strata is None else strata[rest]
        try:
            rest, part = train_test_split(rest, test_size=count, random_state=seed, stratify=labels)
        except ValueError as error:  # what the checks above do not foresee: large shares of small classes
            raise DataError(Problem(f"cannot split: {error}", "data.split", hint=RANDOM)) from error
        parts[name] = np.sort(part)
    parts["train"] = np.sort(rest)
    return {name: parts[name] for name in NAMES if name in parts}


def _check_classes(classes: np.ndarray, names: Sequence[str], wanted: Dict[str, int]) -> None:
    """Raise where scikit-learn's stratified split cannot work, in words of ours."""
    counts = np.bincount(classes)
    problems: List[Problem] = []
    for name, count in wanted.items():
        if count < len(counts):
            message = f"{count} {name} rows cannot hold each of {len(counts)} classes"
            expected = f"at least {len(counts)} rows"
            problems.append(Problem(message, f"data.split.{name}", expected, str(count), RANDOM))
    needed = 1 + len(wanted)
    few = [code for code, count in enumerate(counts) if count < needed]
    if few:
        message = "a class has too few rows to be in each part of a stratified split"
        found = ", ".join(f"{counts[code]} of {names[code]!r}" for code in few[:5])
        problems.append(Problem(message, "data.split", f"at least {needed} rows of each", found, RANDOM))
    if problems:
        raise DataError(*problems)
