"""Which columns a trained network needs, as files, figures and one line."""

from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Tuple

import numpy as np

from fcnn.data.states import Number
from fcnn.data.target import Target
from fcnn.evaluation.error import log_loss, root_mean_squared_error
from fcnn.inference.front import embedded_rows, places_of
from fcnn.inference.model import class_probabilities
from fcnn.inference.network import folded_layers
from fcnn.insight import correlation
from fcnn.insight.correlation import alike
from fcnn.insight.importance import Columns, Error, Importance, extent, permutation_importance
from fcnn.jobs.score import Sample, rows_to_score
from fcnn.jobs.subject import Subject
from fcnn.wording import say, say_joined, say_list

NAMED = 3
"""Columns that the line names."""
METRICS = {"log_loss": say("log loss"), "rmse": "RMSE"}


@dataclass(frozen=True)
class Measured:
    """The importance of columns, and what it was measured with."""

    importance: Importance
    metric: str
    """Whose rise it is: ``log_loss``, which is what a network for classes learns to make small and which moves with
    every probability (accuracy stays where it is until an answer changes, and on a rare class for ever); ``rmse``, in
    the target's own units."""
    part: str
    rows: int
    """Of the part, that were measured."""
    rows_named: str
    """What they are called."""
    alike: List[List[str]]
    """Numeric columns that say nearly the same, in groups."""

    def summary(self) -> Dict[str, Any]:
        """What ``metrics.json`` has as ``importance``."""
        return {
            "metric": self.metric,
            "part": self.part,
            "error": self.importance.error,
            "rows": self.rows,
            "columns_left_out": self.importance.columns_left_out,
            "correlated": self.alike,
        }

    def line(self) -> str:
        """The most important columns, in one line."""
        means = self.importance.means
        named = [f"{name} {_rise(mean)}" for name, mean in zip(self.importance.names[:NAMED], means) if mean > 0]
        line = say(
            "most important: {columns} ({metric} of {rows}, {error}, with that column shuffled)",
            columns=say_list(named) or say("no column"),
            metric=METRICS[self.metric],
            rows=self.rows_named,
            error=_size(self.importance.error),
        )
        more = []
        if self.alike:
            more.append(say("alike, and sharing theirs: {columns}", columns=say_list(self.alike[0])))
        if self.importance.columns_left_out:
            count = self.importance.columns_left_out
            more.append(say("not measured: {count:,} columns that move the first layer less", count=count))
        return say_joined("{left}; {right}", [line, *more])

    def picture(self) -> Dict[str, Any]:
        """What :func:`fcnn.report.plots.importance` draws."""
        found = self.importance
        return {
            "names": found.names,
            "increases": found.increases,
            "metric": self.metric,
            "error": found.error,
            "rows": self.rows_named,
            "groups": self.alike,
        }


def measure_importance(subject: Subject) -> Optional[Measured]:
    """Shuffle the columns of the part that counts.

    Returns:
        What was measured; None where the network's output is not finite for shuffled rows, or no row has weight.
    """
    dataset, model, seed = subject.dataset, subject.model, subject.seed
    architecture, places = model.architecture, dataset.preprocessing.places
    layers = folded_layers(architecture, model.arrays)
    measured = extent(layers, len(subject.judged.rows), len(places))
    sample = rows_to_score(subject.judged, seed, measured.rows)
    if sample.weight is not None and not sample.weight.any():
        return None
    x = embedded_rows(architecture.front, model.arrays, sample.x)
    columns = Columns(
        [place.state.name for place in places],
        [places_of(architecture.front, architecture.inputs, place.start, place.end) for place in places],
    )
    metric, error = _error(model.target, sample)
    importance = permutation_importance(layers, x, columns, measured.columns, error, seed)
    if not np.isfinite(importance.increases).all():
        return None
    numbers = [place for place in places if isinstance(place.state, Number) and place.state.name in importance.names]
    training = rows_to_score(subject.training, seed, correlation.MOST_ROWS).x
    groups = alike(training[:, [place.start for place in numbers]], [place.state.name for place in numbers])
    rows = len(sample.x)
    return Measured(importance, metric, subject.part, rows, subject.rows_named(rows), groups)


def _rise(value: float) -> str:
    return f"{value:+,.0f}" if abs(value) >= 1000 else f"{value:+.3g}"


def _size(value: float) -> str:
    return _rise(value).lstrip("+")


def _error(target: Target, sample: Sample) -> Tuple[str, Error]:
    truth, weight = sample.y_raw, sample.weight
    if target.task == "regression":
        return "rmse", lambda output: root_mean_squared_error(truth, target.unscale(output[:, 0]), weight)
    return "log_loss", lambda output: log_loss(truth, class_probabilities(output), weight)
