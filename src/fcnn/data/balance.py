"""How the classes of a target are spread, over all rows and over the parts of the split."""

from typing import Dict, Iterator, List, Mapping, Union

import numpy as np

from fcnn.data.booleans import truths
from fcnn.data.classes import ONE_SPELLING
from fcnn.data.findings import Noticed, about_column
from fcnn.data.target import Target
from fcnn.errors import Problem
from fcnn.wording import say

IMBALANCE = 20
"""The largest class has this many times the rows of the smallest: told."""
MORE_ROWS = say("add rows of this class, or leave out those there are")


def imbalance(target: Target, values: np.ndarray) -> Iterator[Problem]:
    """A note where one class has many times the rows of another; `values` are the codes (rows,) of all rows."""
    if not target.classes:
        return
    counts = np.bincount(values, minlength=len(target.classes))
    most, fewest = int(counts.max()), int(counts.min())
    if most >= IMBALANCE * fewest:
        message = say(
            "the classes differ in size: {most:,} of {largest!r}, {fewest:,} of {smallest!r}",
            most=most,
            largest=target.classes[counts.argmax()],
            fewest=fewest,
            smallest=target.classes[counts.argmin()],
        )
        hint = say("to weigh the classes alike: training.class_weight=balanced")
        yield about_column("imbalance", target.name, message, fewest, severity="note", hint=hint)


def similar_classes(target: Target, values: np.ndarray) -> Iterator[Problem]:
    """A warning where classes seem to be one in two spellings.

    They are ``<=50K`` and ``<=50K.``, which differ in case, blanks or a mark at the end alone, or ``TRUE``, ``1`` and
    ``yes`` where all classes are such words.

    Args:
        target: what is predicted.
        values: (rows,) the codes of the classes; nothing is said of a quantity.
    """
    if not target.classes:
        return
    meanings = truths(target.classes)
    alike: Dict[Union[str, bool], List[str]] = {}
    for name, count in zip(target.classes, np.bincount(values, minlength=len(target.classes))):
        plain = " ".join(name.casefold().rstrip(".,;:").split())
        alike.setdefault(meanings.get(name, plain), []).append(f"{name!r} ({count:,})")
    groups = [names for names in alike.values() if len(names) > 1]
    if groups:
        message = say(
            "classes that may mean the same are classes of their own: {classes}",
            classes="; ".join(map(", ".join, groups[:5])),
        )
        yield about_column("similar_classes", target.name, message, len(groups), severity="warning", hint=ONE_SPELLING)


def absent_classes(
    target: Target, values: np.ndarray, split: Mapping[str, np.ndarray], method: str
) -> Iterator[Problem]:
    """A warning for each part of the split that lacks classes.

    Args:
        target: what is predicted.
        values: (rows,) the codes of the classes; nothing is said of a quantity.
        split: row positions by part.
        method: of the split; one by chance can be stratified instead, and a stratified one lacks rows.
    """
    if not target.classes:
        return
    hints = {"random": "data.split.method=stratified", "auto": MORE_ROWS, "stratified": MORE_ROWS}
    for name, rows in split.items():
        absent = sorted(set(range(len(target.classes))) - set(values[rows].tolist()))
        if absent:
            classes = ", ".join(repr(target.classes[code]) for code in absent[:5])
            message = say("no {part} row is of class {classes}", part=name, classes=classes)
            yield Noticed(
                message,
                "data.split",
                hint=hints.get(method, ""),
                severity="warning",
                kind="absent_class",
                count=len(absent),
            )
