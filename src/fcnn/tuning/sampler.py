"""Which values a trial gets: Optuna's tree-structured Parzen estimator, with numbers that depend on the trial alone."""

import zlib
from typing import Any, Dict

import numpy as np
from optuna.distributions import BaseDistribution
from optuna.samplers import BaseSampler, TPESampler
from optuna.study import Study
from optuna.trial import FrozenTrial, TrialState

REASON = "reason"
"""The attribute of a trial that failed; one that ended without it was interrupted, and another takes its place."""


def is_interrupted(trial: FrozenTrial) -> bool:
    """Whether a trial ended before anything came of it."""
    return trial.state == TrialState.FAIL and REASON not in trial.user_attrs


def place_of(study: Study, number: int) -> int:
    """How many trials that were not interrupted began before the one of that number."""
    return sum(each.number < number and not is_interrupted(each) for each in study.get_trials(deepcopy=False))


class PlacedSampler(BaseSampler):
    """Has each trial sampled by a generator of its own, seeded by the seed of the search and the trial's place.

    So the trials of a study that was interrupted and goes on are those of one that was not.
    """

    def __init__(self, seed: int) -> None:
        """Begin with a seed, that of the config."""
        self._seed = seed

    def infer_relative_search_space(self, study: Study, trial: FrozenTrial) -> Dict[str, BaseDistribution]:
        """None: each key is sampled by itself."""
        return {}

    def sample_relative(
        self, study: Study, trial: FrozenTrial, search_space: Dict[str, BaseDistribution]
    ) -> Dict[str, Any]:
        """None, likewise."""
        return {}

    def sample_independent(
        self, study: Study, trial: FrozenTrial, param_name: str, param_distribution: BaseDistribution
    ) -> Any:
        """The value of one key."""
        key = zlib.crc32(param_name.encode("utf-8"))
        seed = np.random.SeedSequence((self._seed, place_of(study, trial.number), key)).generate_state(1)
        # Liars stand for trials under way: which these are depends on the clock, and a killed process leaves some.
        sampler = TPESampler(seed=int(seed[0]), multivariate=False, constant_liar=False)
        return sampler.sample_independent(study, trial, param_name, param_distribution)
