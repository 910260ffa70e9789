"""The runs that a server answers for, each by its name."""

from dataclasses import dataclass
from pathlib import Path
from typing import Dict, List, Sequence, Union

import numpy as np

from fcnn.data.preprocessing import Preprocessing
from fcnn.data.states import ColumnState
from fcnn.data.target import Target
from fcnn.errors import FcnnError, Problem, RunError
from fcnn.inference.model import Predictor
from fcnn.runs.folder import find_run, is_run
from fcnn.runs.run import Run, load
from fcnn.wording import say

IMPOSSIBLE = frozenset("/\\?#%")
"""Signs that no name has: a server or a browser in between may read them otherwise."""


@dataclass(frozen=True)
class Served:
    """A run, read and ready to predict."""

    name: str
    """In its addresses: ``/runs/<name>/predict``."""
    run: Run
    predictor: Predictor
    usual: Dict[str, str]
    """The level that most rows had, by category; none of runs that are older than this record."""

    @property
    def preprocessing(self) -> Preprocessing:
        """Of its columns."""
        return self.predictor.preprocessing

    @property
    def columns(self) -> Sequence[ColumnState]:
        """What it needs of a row."""
        return self.preprocessing.columns

    @property
    def target(self) -> Target:
        """What it predicts."""
        return self.predictor.target

    def output(self, x: np.ndarray) -> np.ndarray:
        """The output (rows, units) for encoded rows (rows, features), as `fcnn predict` has it."""
        return self.predictor.output(x)


def open_runs(given: Sequence[str]) -> Dict[str, Served]:
    """Read runs, in their order.

    Args:
        given: run folders, names below ``runs/`` or ``latest``; ``NAME=RUN`` gives one another name.

    Raises:
        RunError: what is wrong with any of them: not there, damaged, or of the same name as another.
    """
    served: Dict[str, Served] = {}
    problems: List[Problem] = []
    for text in given:
        found = _opened(text)
        if isinstance(found, FcnnError):
            problems += found.problems
        elif found.name in served:
            problems.append(_same_name(text, found.name))
        else:
            served[found.name] = found
    if problems:
        raise RunError(*problems)
    return served


def _opened(text: str) -> Union[Served, FcnnError]:
    try:
        return _open(text)
    except FcnnError as error:
        return error


def _open(text: str) -> Served:
    name, equals, path = text.partition("=")
    if not equals or is_run(Path(text)):
        name, path = "", text
    folder = find_run(path)
    run = load(folder)
    chosen = name or folder.resolve().name
    if not chosen.isprintable() or chosen in (".", "..") or IMPOSSIBLE & set(chosen):
        raise RunError(
            Problem(
                say("is no name for an address"),
                chosen,
                hint=say("give it another name: {code}", code=f"fcnn serve NAME={path}"),
            )
        )
    return Served(chosen, run, run.predictor, {each.name: each.usual for each in run.record.columns if each.usual})


def _same_name(text: str, name: str) -> Problem:
    hint = say(
        "give one of them another name: {code}", code=f"fcnn serve {name} second={text.partition('=')[2] or text}"
    )
    return Problem(say("there are two runs of this name"), name, hint=hint)
