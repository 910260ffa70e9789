"""Training the network of an estimator: rows in memory, no run folder."""

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, Tuple

from fcnn.config import LoadedConfig
from fcnn.data.dataset import fit_dataset, split_labelled
from fcnn.data.header import Header
from fcnn.data.labelled import Labelled
from fcnn.environment import require_tensorflow
from fcnn.errors import Problem
from fcnn.inference.model import Model
from fcnn.jobs.backend import load_backend
from fcnn.jobs.prepare import Request, with_dataset
from fcnn.jobs.reporter import Reporter

if TYPE_CHECKING:
    from fcnn.training.loop import Trained

_ONE_AT_A_TIME = Lock()
"""Several threads (of a search with ``n_jobs``) would share what is compiled; TensorFlow uses all processors anyway."""


class Fitted(NamedTuple):
    """A trained network and how it went."""

    model: Model
    trained: "Trained"
    findings: Tuple[Problem, ...]
    """Warnings and notes about parameters and rows."""


def fit(loaded: LoadedConfig, labelled: Labelled) -> Fitted:
    """Train a network on rows.

    What is compiled for one is kept for the next of the same shape: cross-validation and searches train many.

    Args:
        loaded: the config, without a table.
        labelled: the rows.

    Raises:
        ConfigError: the config does not fit the rows.
        DataError: the rows cannot be learnt from, or not shared out.
        UnsupportedEnvironmentError: TensorFlow would not work here.
        TrainingError: loss or weights became non-finite, or there is not enough memory.
    """
    dataset = fit_dataset(labelled, split_labelled(labelled, loaded.config.seed))
    header = Header(Path(), labelled.roles.names, separator="", encoding="")
    prepared = with_dataset(Request(loaded, "estimator", (), header, labelled.roles), dataset)
    findings = (*prepared.findings, *require_tensorflow())
    load_backend()
    from fcnn.jobs.fit import fit_network
    from fcnn.training.learner import recent_learners
    from fcnn.training.saving import Checkpoints

    with _ONE_AT_A_TIME:
        learners = recent_learners()
        fitted = fit_network(prepared, (), Reporter(), None, learners, Checkpoints(None, several=False), 1)
    model = Model(dataset.preprocessing, dataset.target, prepared.design.architecture, dict(fitted.arrays))
    return Fitted(model, fitted.trained, findings)
