"""Runs that are compared: opening them, and what is known of each."""

import string
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Sequence

from fcnn.config.differences import KeyDifference, differences
from fcnn.config.structs import plain
from fcnn.errors import Problem, RunError
from fcnn.evaluation.judged import judged_split
from fcnn.evaluation.paired import HIGHER_IS_BETTER
from fcnn.report.comparison.matching import Paired, compare_rows
from fcnn.runs.folder import METRICS
from fcnn.runs.run import Run
from fcnn.wording import say

ONLY_NAMES = ("run.dir", "run.name")
"""Keys that say where a run lies, and nothing of what was trained."""
DATA_HASH = "data.sha256"


@dataclass(frozen=True)
class Compared:
    """One of the runs."""

    letter: str
    """``A`` is the run that the others are compared with."""
    run: Run

    @cached_property
    def part(self) -> str:
        """The part that counts: test, or validation where there is none, or train."""
        return judged_split(self.run.metrics)

    @property
    def scores(self) -> Mapping[str, float]:
        """Metric -> number, of that part."""
        scores: Mapping[str, float] = self.run.metrics[self.part]
        return scores

    def number(self, name: str) -> Optional[float]:
        """A number of ``metrics.json`` about the training: ``epochs``, ``parameters``, ``seconds`` ..."""
        return self.run.metrics.get(name)


@dataclass(frozen=True)
class Comparison:
    """All that is said of the runs."""

    runs: Sequence[Compared]
    """At least two; the first is the one that the others are compared with."""
    config: Sequence[KeyDifference]
    """The keys of the config whose values differ."""
    paired: Sequence[Paired]
    """For each run but the first, its scores beside those of the first on the rows that both were judged by."""

    @property
    def metrics(self) -> List[str]:
        """Those that any of the runs has."""
        return list(dict.fromkeys(name for each in self.runs for name in each.scores))

    @property
    def parts(self) -> List[str]:
        """The parts that the runs are judged by: one, unless some have no test part."""
        return list(dict.fromkeys(each.part for each in self.runs))

    @property
    def best(self) -> Dict[str, List[int]]:
        """Metric -> positions of the runs that have the best number; without one where all are equal."""
        found = {}
        for name in self.metrics:
            if name not in HIGHER_IS_BETTER or len(self.parts) > 1:
                continue
            numbers = {place: each.scores[name] for place, each in enumerate(self.runs) if name in each.scores}
            top = (max if HIGHER_IS_BETTER[name] else min)(numbers.values())
            if any(number != top for number in numbers.values()):
                found[name] = [place for place, number in numbers.items() if number == top]
        return found


def compare(folders: Sequence[Path]) -> Comparison:
    """Compare runs.

    Args:
        folders: of the runs, as :func:`fcnn.report.comparison.chosen.find_runs` finds them.

    Raises:
        RunError: one is damaged, or they predict different things.
        ConfigError: the config of a run cannot be read.
    """
    opened = _open(folders)
    first = opened[0]
    problems = [problem for each in opened[1:] for problem in _other_target(first, each)]
    if problems:
        raise RunError(*problems)
    config = [each for each in differences([plain(each.run.config) for each in opened]) if each.key not in ONLY_NAMES]
    hashes = [", ".join(str(file.get("sha256", ""))[:12] for file in each.run.record.files) for each in opened]
    if len(set(hashes)) > 1:
        config.append(KeyDifference(DATA_HASH, hashes))
    return Comparison(
        opened,
        config,
        [compare_rows(each.letter, first.run, each.run, parts=(first.part, each.part)) for each in opened[1:]],
    )


def _open(folders: Sequence[Path]) -> List[Compared]:
    problems: List[Problem] = []
    opened: List[Compared] = []
    for letter, folder in zip(string.ascii_uppercase, folders):
        try:
            each = Compared(letter, Run(folder))
            _check(each)
        except RunError as error:
            problems += error.problems
            continue
        opened.append(each)
    if problems:
        raise RunError(*problems)
    return opened


def _check(each: Compared) -> None:
    """Read what will be needed.

    Raises:
        RunError: it is damaged.
    """
    scores = each.run.metrics[each.part]
    if not isinstance(scores, dict) or not all(isinstance(number, (int, float)) for number in scores.values()):
        raise RunError(Problem("is damaged", str(each.run.folder / METRICS), received=each.part))
    each.run.record  # noqa: B018 - read now
    each.run.history  # noqa: B018


def _other_target(first: Compared, other: Compared) -> List[Problem]:
    """What is wrong where two runs do not predict the same."""
    one, two = _predicted(first), _predicted(other)
    if one == two:
        return []
    message = say("the runs predict different things: only runs of one target and task can be compared")
    expected, received = (
        say("{target!r} ({task}), as {run}", target=what[0], task=what[1], run=str(each.run.folder))
        for what, each in ((one, first), (two, other))
    )
    return [Problem(message, str(other.run.folder), expected, received)]


def _predicted(each: Compared) -> Sequence[Any]:
    return each.run.record.target.name, each.run.record.target.task
