"""The study that trials are kept in: beginning one, writing what came of it, and what it must be to go on."""

import json
import threading
from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Optional, Sequence, Set, Tuple

import optuna
from optuna.trial import FrozenTrial, TrialState

from fcnn.config.differences import differences
from fcnn.config.search import DIGITS, Dimension
from fcnn.errors import ConfigError, Problem
from fcnn.report.study.facts import COMPLETE, FAILED, INTERRUPTED, PRUNED, RUNNING, Trial, counted
from fcnn.tuning.outcome import Outcome
from fcnn.tuning.sampler import REASON, PlacedSampler, is_interrupted, place_of
from fcnn.wording import say

IDENTITY, RUN = "fcnn", "fcnn_run"
"""Attributes of a study: what must be the same where it goes on; the trial that was trained as a run, and where."""
STARTUP = 5
"""Complete trials before the first one is pruned."""
FEWEST = 4
"""Complete trials, with losses that differ, before anything is said of what matters."""
FEW = 4
"""Differences of configs that are told; the others are counted."""
OUTCOME = "outcome"
"""The attribute of a trial with what came of it: one, since each is a transaction of its own."""
NOTED = ("loss", "best_epoch", "epochs", "parameters")
ENDS = {
    COMPLETE: TrialState.COMPLETE,
    PRUNED: TrialState.PRUNED,
    FAILED: TrialState.FAIL,
    INTERRUPTED: TrialState.FAIL,
}
STATES = {TrialState.COMPLETE: COMPLETE, TrialState.PRUNED: PRUNED, TrialState.FAIL: FAILED}


@dataclass(frozen=True)
class Asked:
    """A trial that has begun."""

    trial: Any
    """Of Optuna."""
    values: List[Tuple[str, Any]]
    """By key; none where it is the config as it is."""


class Book:
    """A study of Optuna, for several threads."""

    def __init__(
        self, storage: optuna.storages.BaseStorage, name: str, dimensions: Sequence[Dimension], seed: int, where: str
    ) -> None:
        """Open the study of that name, or begin it.

        Args:
            storage: it lies in.
            name: of the study.
            dimensions: what is searched.
            seed: of the samples.
            where: the storage, as it is shown.
        """
        self._dimensions = {dimension.key: dimension for dimension in dimensions}
        self._lock = threading.RLock()
        self._where = where
        self._under_way: Set[int] = set()
        self._study = optuna.create_study(
            storage=storage,
            study_name=name,
            load_if_exists=True,
            sampler=PlacedSampler(seed),
            pruner=optuna.pruners.MedianPruner(n_startup_trials=STARTUP),
        )

    def identify(self, identity: Mapping[str, Any]) -> None:
        """Write down what the study is about, or make sure that it is about the same.

        Args:
            identity: ``search``, ``config`` and ``files``; plain data.

        Raises:
            ConfigError: it is about something else.
        """
        written = json.loads(json.dumps(identity))
        known = self._study.user_attrs.get(IDENTITY)
        if known is None:
            self._study.set_user_attr(IDENTITY, written)
            return
        if known == written:
            return
        if known["files"] != written["files"]:
            message = say("this study was begun with another table: its files have changed since")
        else:
            found = [
                *differences([known["search"], written["search"]]),
                *differences([known["config"], written["config"]]),
            ]
            shown = [say("{key} was {before}, and is {now}", key=one.key, before=one.values[0], now=one.values[1])
                     for one in found[:FEW]]  # fmt: skip
            if len(found) > FEW:
                shown.append(say("{count} more", count=len(found) - FEW))
            listed: Any = shown[0]
            for more in shown[1:]:
                listed = say("{left}; {right}", left=listed, right=more)
            message = say("this study was begun with another config: {differences}", differences=listed)
        raise ConfigError(Problem(message, self._where, hint=say("--study NAME begins another one")))

    def forget_unfinished(self) -> None:
        """Have the trials that a killed process left tried again; only where no other process works on the study."""
        for frozen in self._study.get_trials(deepcopy=False, states=(TrialState.RUNNING, TrialState.WAITING)):
            self._study.tell(frozen.number, state=TrialState.FAIL)

    def begin(self, most: Optional[int]) -> Optional[Asked]:
        """Begin the next trial; None where there are as many as wanted, those under way here included.

        Args:
            most: as many trials as there shall be in the study.
        """
        with self._lock:
            trials = self.trials()
            if most is not None and len(counted(trials)) + len(self._under_way) >= most:
                return None
            trial = self._study.ask()
            self._under_way.add(trial.number)
            if place_of(self._study, trial.number) == 0:  # the config as it is: what is found is never worse
                return Asked(trial, [])
            return Asked(trial, [(key, _suggest(trial, each)) for key, each in self._dimensions.items()])

    def report(self, asked: Asked, epoch: int, loss: float) -> bool:
        """Write down how good a trial is so far, and say whether it is to be pruned."""
        with self._lock:
            asked.trial.report(loss, epoch)
            return bool(asked.trial.should_prune())

    def finish(self, asked: Asked, outcome: Outcome) -> Trial:
        """Write down what came of a trial."""
        with self._lock:
            trial = asked.trial
            self._under_way.discard(trial.number)
            if outcome.state == FAILED:
                trial.set_user_attr(REASON, outcome.reason)
            elif outcome.state != INTERRUPTED:
                trial.set_user_attr(OUTCOME, {name: getattr(outcome, name) for name in NOTED})
            loss = outcome.loss if outcome.state == COMPLETE else None
            return self._trial(self._study.tell(trial, loss, ENDS[outcome.state]))

    def trials(self) -> List[Trial]:
        """All there are, in the order in which they began."""
        with self._lock:
            return [self._trial(frozen) for frozen in self._study.get_trials(deepcopy=False)]

    def values_of(self, number: int) -> List[Tuple[str, Any]]:
        """What the trial of that number had, by key."""
        frozen = self._study.get_trials(deepcopy=False)[number]
        return [
            (key, _value(self._dimensions[key], frozen.params[key])) for key in self._dimensions if key in frozen.params
        ]

    @property
    def trained(self) -> Tuple[int, str]:
        """The trial that was trained as a run the last time, and the run folder; -1 and nothing where none was."""
        number, folder = self._study.user_attrs.get(RUN, (-1, ""))
        return number, folder

    @trained.setter
    def trained(self, run: Tuple[int, str]) -> None:
        self._study.set_user_attr(RUN, run)

    def importance(self) -> Dict[str, float]:
        """Share of the differences between complete trials that each key accounts for, the largest first.

        By a functional analysis of variance over a random forest (Hutter et al., 2014), as Optuna has it.
        """
        return _importance(self._study, self._dimensions)

    def _trial(self, frozen: FrozenTrial) -> Trial:
        noted = frozen.user_attrs.get(OUTCOME, {})
        state = INTERRUPTED if is_interrupted(frozen) else STATES.get(frozen.state, RUNNING)
        values = {key: _value(self._dimensions[key], value) for key, value in frozen.params.items()}
        numbers = {key: float(value) for key, value in values.items() if not self._dimensions[key].choices}
        begun, ended = frozen.datetime_start, frozen.datetime_complete
        return Trial(
            frozen.number,
            state,
            {key: _shown(self._dimensions[key], frozen.params[key]) for key in self._dimensions if key in values},
            numbers,
            noted.get("loss"),
            noted.get("best_epoch", 0),
            noted.get("epochs", 0),
            noted.get("parameters", 0),
            (ended - begun).total_seconds() if begun is not None and ended is not None else 0.0,
            frozen.user_attrs.get(REASON, ""),
        )


def _suggest(trial: Any, dimension: Dimension) -> Any:
    """What Optuna proposes for a key."""
    if dimension.choices:
        return _value(dimension, trial.suggest_categorical(dimension.key, dimension.labels))
    ends = dimension.low, dimension.high
    if dimension.is_whole:
        return trial.suggest_int(dimension.key, *ends, step=dimension.step or 1, log=dimension.log)
    return _value(dimension, trial.suggest_float(dimension.key, *ends, step=dimension.step, log=dimension.log))


def _value(dimension: Dimension, parameter: Any) -> Any:
    """The value of a key, of what Optuna keeps: the text of a choice, or a number."""
    if dimension.choices:
        return dimension.choices[dimension.labels.index(parameter)]
    return dimension.written(parameter)


def _shown(dimension: Dimension, parameter: Any) -> str:
    return parameter if dimension.choices else f"{_value(dimension, parameter):.{DIGITS}g}"


def _importance(study: Any, dimensions: Mapping[str, Dimension]) -> Dict[str, float]:
    whole = [
        trial
        for trial in study.get_trials(deepcopy=False, states=(TrialState.COMPLETE,))
        if set(trial.params) == set(dimensions)
    ]
    varied = [key for key in dimensions if len({str(trial.params[key]) for trial in whole}) > 1]
    if len({trial.value for trial in whole}) < FEWEST or not varied:
        return {}
    copy = optuna.create_study()
    copy.add_trials(whole)
    evaluator = optuna.importance.FanovaImportanceEvaluator(seed=0)
    return dict(optuna.importance.get_param_importances(copy, evaluator=evaluator, params=varied))
