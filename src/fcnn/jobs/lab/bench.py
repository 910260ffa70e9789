"""Where the networks of an experiment are trained: as ``fcnn train`` does it, but kept in memory and watched."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Dict, List, Mapping, Optional

import numpy as np

from fcnn.inference.network import Architecture, forward
from fcnn.insight.passes import LayerGradients, LayerPass, backward_pass, forward_pass
from fcnn.jobs.fit import fit_network
from fcnn.jobs.member import score
from fcnn.jobs.prepare import Prepared, Request, prepare_job, read_request, with_dataset
from fcnn.jobs.reporter import Reporter
from fcnn.jobs.score import Scored
from fcnn.network import backend
from fcnn.network.build import build_model
from fcnn.training.learner import Learners
from fcnn.training.non_finite import NonFiniteError
from fcnn.training.saving import Checkpoints
from fcnn.wording import say

Arrays = Mapping[str, np.ndarray]
"""The weights of a network by name, float32."""
Watch = Callable[[int, Arrays], None]
"""Is told the number of epochs that are over, 0 before the first, and the weights at that time."""


@dataclass(frozen=True)
class Trial:
    """A network that was trained."""

    prepared: Prepared
    history: Dict[str, List[float]]
    """As in ``history.csv``."""
    start: Arrays
    """The weights that it started with."""
    end: Arrays
    """Those after the last epoch."""
    kept: Arrays
    """Those of the best epoch, which fcnn keeps; those of the end where the training failed."""
    best_epoch: int
    """Counting from 1; 0 where the training failed."""
    scores: Mapping[str, Mapping[str, float]]
    """Part -> metric -> number, of the kept weights; empty where the training failed."""

    @property
    def architecture(self) -> Architecture:
        """The layers."""
        found: Architecture = self.prepared.design.architecture
        return found

    @property
    def failed_epoch(self) -> Optional[int]:
        """The epoch in which loss or weights became NaN or infinite; None where all went well."""
        return None if self.best_epoch else len(self.history.get("epoch", ())) + 1

    def score(self, part: str, metric: str) -> Optional[float]:
        """A score of the kept weights; None where the training failed."""
        return self.scores[part][metric] if self.scores else None

    @property
    def last_loss(self) -> Optional[float]:
        """The training loss of the last epoch; None where the training failed."""
        return self.history["loss"][-1] if self.best_epoch else None

    def rows(self, part: str) -> Any:
        """The rows of a part of the split: ``x`` (rows, features) float32, ``y`` (rows,) codes."""
        return self.prepared.dataset.parts[part]

    def metrics(self, part: str, arrays: Arrays) -> Mapping[str, float]:
        """Metric -> number of a part of the split, with any weights of this network."""
        rows = self.rows(part)
        return Scored(self.prepared.dataset.target, rows.y_raw, self.output(rows.x, arrays), rows.weight).metrics

    def probability(self, x: np.ndarray, arrays: Optional[Arrays] = None) -> np.ndarray:
        """(rows,) float32: the output of a network of one unit, as :meth:`output` gives it."""
        return self.output(x, arrays)[:, 0]

    def output(self, x: np.ndarray, arrays: Optional[Arrays] = None) -> np.ndarray:
        """(rows, units) float32: what the network says of preprocessed rows, with the kept weights or others."""
        return forward(self.architecture, self.kept if arrays is None else arrays, x)


def gradients(prepared: Prepared, arrays: Arrays, rows: Optional[np.ndarray] = None) -> List[LayerGradients]:
    """The gradients of the training loss, layer by layer.

    Args:
        prepared: the network and its table.
        arrays: the weights.
        rows: (n,) positions among the training rows; None: all of them.
    """
    y, design = prepared.dataset.parts["train"].y, prepared.design
    found = passes(prepared, arrays, rows)
    return backward_pass(design.architecture, arrays, found, y if rows is None else y[rows], design.loss)


def passes(prepared: Prepared, arrays: Arrays, rows: Optional[np.ndarray] = None) -> List[LayerPass]:
    """What every layer makes of the training rows, or of some of them; arguments as of :func:`gradients`."""
    x = prepared.dataset.parts["train"].x
    return forward_pass(prepared.design.architecture, arrays, x if rows is None else x[rows])


class Bench:
    """Trains networks on one table; what is compiled for one serves for those of the same shape."""

    def __init__(self, config: Path, reporter: Reporter) -> None:
        """Read the table.

        Args:
            config: a file; each network is what it describes, with overrides.
            reporter: is told how many networks are trained.
        """
        self._path = config
        self._reporter = reporter
        self._base = prepare_job(read_request(config))
        self._learners = Learners()
        self._trials = 0

    def prepare(self, *overrides: str) -> Prepared:
        """The config with ``key=value`` overrides, ready to train; the table is read again only where it must be."""
        request: Request = read_request(self._path, overrides)
        config, base = request.config, self._base.config
        if config.data == self._base.request.config.data and config.seed == base.seed:
            return with_dataset(request, self._base.dataset)
        return prepare_job(request)

    def start(self, prepared: Prepared) -> Dict[str, np.ndarray]:
        """The weights that a network would start with, without training it."""
        design = prepared.design
        model = build_model(design.architecture, design.options, prepared.config.seed, design.front_options)
        return backend.get_arrays(model, list(design.architecture.shapes()))

    def train(self, *overrides: str, watch: Watch = lambda epoch, arrays: None) -> Trial:
        """Train the config's network with ``key=value`` overrides.

        A training whose loss or weights become NaN or infinite is a result, too: :attr:`Trial.failed_epoch`.
        """
        self._trials += 1
        self._reporter.working(say("training networks"), self._trials, 0)
        prepared = self.prepare(*overrides)
        watcher = Watcher(list(prepared.design.architecture.shapes()), watch)
        history = History()
        checkpoints = Checkpoints(None, several=False)
        try:
            fitted = fit_network(prepared, [watcher], history, None, self._learners, checkpoints, 1)
        except Exception as error:
            if not isinstance(error.__cause__, NonFiniteError):
                raise
            return Trial(prepared, history.columns, watcher.start, watcher.end, watcher.end, 0, {})
        trained, scores = fitted.trained, score(prepared, fitted, prepared.config.seed).scores
        return Trial(prepared, trained.history, watcher.start, watcher.end, fitted.arrays, trained.best_epoch, scores)


class Watcher(backend.keras.callbacks.Callback):
    """Keeps the first and the last weights, and shows those of every epoch."""

    def __init__(self, names: List[str], watch: Watch) -> None:
        """Know the names of the weights, in Keras's order."""
        super().__init__()
        self._names = names
        self._watch = watch
        self.start: Dict[str, np.ndarray] = {}
        self.end: Dict[str, np.ndarray] = {}

    def on_train_begin(self, logs: Any = None) -> None:
        """Keep the first weights."""
        self.start = self.end = backend.get_arrays(self.model, self._names)
        self._watch(0, self.start)

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        """Keep the weights as they are now; Keras counts epochs from 0."""
        self.end = backend.get_arrays(self.model, self._names)
        self._watch(epoch + 1, self.end)


class History(Reporter):
    """Keeps the figures of the epochs, also of a training that fails."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__()
        self.columns: Dict[str, List[float]] = {}

    def epoch(self, row: Mapping[str, float], best_epoch: int) -> None:
        """Keep the figures of an epoch."""
        for name, value in row.items():
            self.columns.setdefault(name, []).append(value)
