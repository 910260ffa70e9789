"""Training trials in this process: the table is read once, and what was compiled serves trials of equal shapes."""

from dataclasses import replace
from typing import Any, Dict, List, Mapping, Optional, Tuple

from fcnn.config.presets import TableFacts
from fcnn.errors import ConfigError, FcnnError, OutOfMemoryError, Problem, UnsupportedEnvironmentError
from fcnn.jobs.prepare import Prepared, Request, prepare_job, read_dataset, request_of
from fcnn.jobs.reporter import Reporter
from fcnn.report.study.facts import COMPLETE, FAILED, INTERRUPTED, PRUNED
from fcnn.training.stop import Stop
from fcnn.tuning.outcome import OnRung, Outcome, rungs
from fcnn.wording import say

MOST_TABLES = 4
"""Prepared tables that are kept, where keys of ``data`` are searched: each has its own matrices."""


class TrialStop(Stop):
    """Ends a trial: when the search is to stop, or when the trial is to be pruned."""

    def __init__(self, outer: Stop) -> None:
        """Hear what the search is asked; `outer` is its request to stop."""
        self._outer = outer

    def requested(self) -> bool:
        """Whether the trial is to end."""
        self.reason = self.reason or self._outer.reason
        return self.reason is not None


class TrialReporter(Reporter):
    """Watches the epochs of a trial; nothing is shown or logged of them."""

    def __init__(self, on_rung: OnRung, stop: TrialStop) -> None:
        """Ask `on_rung` now and then, and `stop` where it says so."""
        super().__init__()
        self._on_rung = on_rung
        self._stop = stop
        self._losses: List[float] = []
        self._rungs: List[int] = []

    def training_begins(self, epochs: int) -> None:
        """Know when to ask."""
        self._rungs = rungs(epochs)

    def epoch(self, row: Mapping[str, float], best_epoch: int) -> None:
        """Ask where it is time to."""
        self._losses.append(row["val_loss"])
        epoch = len(self._losses)
        if epoch in self._rungs and self._on_rung(epoch, self._losses[best_epoch - 1]):
            self._stop.reason = PRUNED


class Trainer:
    """Trains one trial after another on the validation part; the rows for testing are not handed to any of them."""

    def __init__(self, request: Request, reporter: Reporter) -> None:
        """Read the table.

        Args:
            request: the config as it is.
            reporter: is told how far the reading of a large table has come.

        Raises:
            DataError: the table cannot be used.
            ConfigError: the config does not fit the table, or has no rows for validation.
        """
        self._request = request
        self._reporter = reporter
        self._datasets: Dict[str, Any] = {}
        self._learners: Optional[Any] = None
        self.prepared = prepare_job(self._with_table(request))
        check_validation(self.prepared)
        training = self.prepared.dataset.parts["train"].x
        self.facts = TableFacts(self.prepared.dataset.target.task, *training.shape)

    def request(self, values: List[Tuple[str, Any]]) -> Request:
        """The ordinary training of the config with other values of some keys; its table has been read.

        Raises:
            ConfigError: they do not go together.
            DataError: the table cannot be prepared in that way.
        """
        loaded = self._request.loaded.varied(values, self.facts)
        return self._with_table(request_of(loaded, self._request.name))

    def train(self, values: List[Tuple[str, Any]], on_rung: OnRung, stop: Stop) -> Outcome:
        """Train one config; what goes wrong is told in the outcome.

        Args:
            values: by key.
            on_rung: is asked now and then whether the trial is to be pruned.
            stop: a request to stop from outside.
        """
        own = TrialStop(stop)
        try:
            request = self.request(values)
            prepared = prepare_job(replace(request, dataset=_without_test(request.dataset)))
            return self._train(prepared, on_rung, own)
        except UnsupportedEnvironmentError:
            raise
        except FcnnError as error:
            if isinstance(error, OutOfMemoryError):
                self._learners = None  # what they hold is what there was not
            return Outcome(FAILED, reason="; ".join(one.message for one in error.problems))
        except MemoryError:
            self._learners = None
            return Outcome(FAILED, reason=say("not enough memory"))

    def _train(self, prepared: Prepared, on_rung: OnRung, stop: TrialStop) -> Outcome:
        from fcnn.jobs.fit import fit_network  # late: a mistake in config or table needs no TensorFlow
        from fcnn.training.saving import Checkpoints

        if self._learners is None:
            self._learners = self._make_learners(prepared)
        reporter = TrialReporter(on_rung, stop)
        fitted = fit_network(prepared, (), reporter, stop, self._learners, Checkpoints(None, several=False), 1)
        trained = fitted.trained
        state = COMPLETE
        if trained.stopped == PRUNED:
            state = PRUNED
        elif trained.stopped == stop.reason:
            state = INTERRUPTED
        loss = trained.history["val_loss"][trained.best_epoch - 1]
        parameters = prepared.design.architecture.trainable_parameters
        return Outcome(state, loss, trained.best_epoch, len(trained.history["epoch"]), parameters)

    def _make_learners(self, prepared: Prepared) -> Any:
        """What compiles the networks of the trials, and keeps the last ones."""
        from fcnn.jobs.backend import load_backend

        load_backend()
        from fcnn.jobs.devices import replicas_of
        from fcnn.training.learner import RecentLearners

        return RecentLearners(replicas_of(prepared.config.training))

    def _with_table(self, request: Request) -> Request:
        """The same with its table, which is read where no trial had the same keys of ``data``."""
        import msgspec

        key = msgspec.json.encode(request.config.data).decode("utf-8")
        if key not in self._datasets:
            if len(self._datasets) >= MOST_TABLES:
                del self._datasets[list(self._datasets)[1]]  # the first is that of the config as it is
            self._datasets[key] = read_dataset(request, self._reporter)
        return replace(request, dataset=self._datasets[key])


def _without_test(dataset: Any) -> Any:
    """The same without the rows that no trial may see."""
    return replace(dataset, parts={name: part for name, part in dataset.parts.items() if name != "test"})


def check_validation(prepared: Prepared) -> None:
    """Raise a ConfigError where nothing says which trial is better."""
    if "validation" not in prepared.dataset.parts:
        message = say("no rows are for validation: nothing would say which trial is better")
        where = prepared.request.loaded.locate(("data", "split", "validation"))
        raise ConfigError(Problem(message, where, hint="data.split.validation=0.15"))
