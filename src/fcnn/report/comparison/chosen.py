"""The runs that are named to be compared, found before anything heavy is imported."""

import string
from pathlib import Path
from typing import Dict, List, Sequence

from fcnn.errors import Problem, RunError
from fcnn.runs.documents import read_metrics
from fcnn.runs.folder import find_run
from fcnn.wording import say

MOST_RUNS = len(string.ascii_uppercase)
"""Each has a letter."""


def find_runs(names: Sequence[str], runs: Path = Path("runs")) -> List[Path]:
    """Find the runs that are to be compared.

    Args:
        names: at least two: run folders, names of some below `runs`, or ``latest``.
        runs: the folder of run folders.

    Raises:
        RunError: one is not there, its metrics cannot be read, or it is given twice.
    """
    if len(names) < 2:
        hint = "fcnn compare latest RUN"
        raise RunError(Problem(say("a comparison takes at least two runs"), ", ".join(names), hint=hint))
    if len(names) > MOST_RUNS:
        raise RunError(Problem(say("at most {count} runs can be compared", count=MOST_RUNS), received=str(len(names))))
    problems: List[Problem] = []
    folders: List[Path] = []
    letter_of: Dict[Path, str] = {}
    for letter, name in zip(string.ascii_uppercase, names):
        try:
            folder = find_run(name, runs)
            read_metrics(folder)
        except RunError as error:
            problems += error.problems
            continue
        earlier = letter_of.setdefault(folder.resolve(), letter)
        if earlier != letter:
            message = say("is given twice, as run {first} and run {second}", first=earlier, second=letter)
            problems.append(Problem(message, str(folder)))
        folders.append(folder)
    if problems:
        raise RunError(*problems)
    return folders
