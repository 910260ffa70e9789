"""Classes that are never the answer."""

from typing import List, Sequence

import numpy as np

from fcnn.evaluation.verdict import SPLITS, Verdict, plain_evidence, typed
from fcnn.wording import say, say_list, say_many

FEW_ROWS = 5
"""A class with fewer rows in the judged split may be missed by chance: a note, not a warning."""
NAMED = 5
"""So many of the classes that are never predicted are named, the largest first."""
RARE_SHARE = 0.5
"""A class with less than this share of the rows it would have among equal classes is rare."""
BALANCED = ("training.class_weight=balanced",)


def never_predicted(matrix: np.ndarray, class_names: Sequence[str], split: str) -> List[Verdict]:
    """Name the classes that have rows in the judged split and are never the answer.

    Args:
        matrix: (classes, classes) int, true by predicted rows.
        class_names: the names in code order.
        split: the judged split, for the text.
    """
    rows, answers = matrix.sum(axis=1).tolist(), matrix.sum(axis=0).tolist()
    missed = [code for code in range(len(class_names)) if rows[code] and not answers[code]]
    if not missed:
        return []
    missed.sort(key=lambda code: -rows[code])
    rare = rows[missed[0]] < RARE_SHARE * sum(rows) / len(class_names)
    named = say_list(
        [say("`{name}` ({rows})", name=class_names[code], rows=_count(rows[code])) for code in missed[:NAMED]]
    )
    if len(missed) > NAMED:
        named = say("{named} and {count} more", named=named, count=len(missed) - NAMED)
    message = say_many(
        len(missed),
        "one class is never predicted in the {split} split of {rows}: {named}",
        "{count} classes are never predicted in the {split} split of {rows}: {named}",
        split=SPLITS[split],
        rows=_count(sum(rows)),
        named=named,
    )
    hint = say("they are no rarer than others: train longer, or with fewer or other layers")
    if rare:
        hint = say("give rare classes more weight: {line}", line=typed(BALANCED))
    return [
        Verdict(
            message,
            hint=hint,
            severity="warning" if rows[missed[0]] >= FEW_ROWS else "note",
            kind="class_never_predicted",
            remedy=BALANCED if rare else (),
            evidence=plain_evidence(classes=len(missed), rows=sum(rows[code] for code in missed)),
        )
    ]


def _count(rows: int) -> str:
    return say_many(rows, "1 row", "{count:,} rows")
