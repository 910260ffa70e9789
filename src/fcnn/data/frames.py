"""A user's own frame and labels as a table that is ready to be split, in place of a file."""

from typing import Collection, Mapping, Optional

import numpy as np
import pandas as pd

from fcnn.config.structs import Data
from fcnn.data.column import Column, Numbers, Table, table_of
from fcnn.data.guess import Guess
from fcnn.data.labelled import Labelled
from fcnn.data.missing import missing_in
from fcnn.data.roles import Roles
from fcnn.data.target import Target
from fcnn.data.types import guess_types


def label_frame(
    data: Data,
    frame: pd.DataFrame,
    labels: Column,
    target: Target,
    weight: Optional[np.ndarray] = None,
    guesses: Optional[Mapping[str, Guess]] = None,
) -> Labelled:
    """The rows of a frame and what is to be predicted of each; as :func:`fcnn.data.labelled.read_labelled` has a file.

    Args:
        data: a config's section; of it the columns and what is missing count.
        frame: the features, each column with a name of its own, a text that is not the target's.
        labels: (rows,) the target, none missing.
        target: what is predicted; a quantity is not scaled yet.
        weight: (rows,) sample weights of 0 or more.
        guesses: what each feature is, where it is known.

    Raises:
        DataError: columns that are numbers or dates but for some cells; no column is left to learn from.
    """
    names, missing = tuple(frame.columns), missing_in(data)
    table = table_of(frame, names, missing)
    weight_name = None
    if weight is not None:
        weight_name = unused("sample_weight", (*names, target.name))
        columns = {**table.columns, weight_name: Numbers(weight_name, table.rows, weight)}
        table = Table(columns, table.rows, len(table))
    guessed, left_out = (dict(guesses), []) if guesses is not None else guess_types(table, names, data.columns)
    return Labelled(
        data=data,
        roles=Roles(target.name, names, weight_name, names=names),
        missing=missing,
        table=table,
        positions=np.arange(len(table)),
        labels=labels,
        target=target,
        values=target.raw(labels),
        guesses=guessed,
        rows_read=len(table),
        files=(),
        part_of_row=None,
        findings=(),
        left_out=tuple(left_out),
    )


def unused(name: str, taken: Collection[str]) -> str:
    """The name, or one like it that no column has."""
    while name in taken:
        name += "_"
    return name
