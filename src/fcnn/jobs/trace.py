"""One row of a run's table through its network and back, in numbers."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, List, Mapping, NamedTuple, Optional, Sequence, Tuple

import numpy as np

from fcnn.config import resolve_output
from fcnn.config.structs import layers_of
from fcnn.data.findings import column_place
from fcnn.data.rows import frame_rows
from fcnn.data.states import names_of
from fcnn.data.target import Target, readable
from fcnn.environment import require_tensorflow
from fcnn.errors import ConfigError, DataError, Problem, UnsupportedEnvironmentError
from fcnn.inference.front import output_names
from fcnn.inference.model import prediction_columns
from fcnn.inference.network import Architecture
from fcnn.insight.linear import collapse, is_linear, largest_difference
from fcnn.insight.losses import losses
from fcnn.insight.numeric_check import Checked, check_gradients
from fcnn.insight.passes import LayerGradients, LayerPass, backward_pass, forward_pass, input_gradient
from fcnn.jobs.backend import load_backend
from fcnn.jobs.run_rows import SomeRows, rows_of_run
from fcnn.runs.members import notes_on_member
from fcnn.runs.run import Run
from fcnn.wording import say

if TYPE_CHECKING:
    from fcnn.insight.keras_pass import Comparison


class Feature(NamedTuple):
    """A column of the matrix, and what it came from."""

    name: str
    """Of the matrix' column: ``sex=male``."""
    cell: str
    """What stands in the file; empty where the value is missing."""
    x: float


class Embedded(NamedTuple):
    """An input of the first layer, where it is no column of the matrix as it is."""

    name: str
    """``carat [2]``: the second number that it became."""
    e: float
    gradient: float
    """Of the loss, by it."""


@dataclass(frozen=True)
class Traced:
    """Everything about one row."""

    run: Path
    row: int
    """0-based."""
    place: str
    """``line 18``."""
    file: Path
    features: Tuple[Feature, ...]
    target: Target
    truth: str
    """The cell of the target."""
    y: float
    """What the network learns: the code of the class, from 0, or the standardised value."""
    prediction: str
    loss: str
    """Its canonical name."""
    loss_value: float
    architecture: Architecture
    arrays: Mapping[str, np.ndarray]
    passes: Tuple[LayerPass, ...]
    """Of the row, float64."""
    gradients: Tuple[LayerGradients, ...]
    embedded: Tuple[Embedded, ...]
    """What the front makes of the row, the inputs of the first layer; empty where there is none."""
    comparison: Optional["Comparison"]
    """None where TensorFlow cannot be used."""
    checked: Tuple[Checked, ...]
    one_layer_difference: Optional[float]
    """Of a stack without a nonlinearity: between the row's output and that of the one layer that it is."""
    linear_collapse: Optional[Mapping[str, Any]]
    """Of ``metrics.json``."""
    left_out: Tuple[str, ...]
    """What training does and this does not, in sentences."""
    findings: Tuple[Problem, ...]


def trace(run: Run, row: int) -> Traced:
    """Trace a row.

    Args:
        run: with its network.
        row: of the table that it was trained on, 0-based over all its files.

    Raises:
        ConfigError: there is no such row.
        DataError: the row has no target; the table is gone, or was changed since the training.
        RunError: the run is damaged.
    """
    some, target, truth = _row(run, row)
    preprocessing, architecture, arrays = run.record.preprocessing, run.record.network, run.model.arrays
    x, _ = preprocessing.transform(some.table)
    y = target.encode(truth)
    fitting = resolve_output(run.config, target.task)
    assert fitting is not None  # it was trained
    loss = fitting[1]
    passes = forward_pass(architecture, arrays, x)
    gradients = backward_pass(architecture, arrays, passes, y, loss)
    by_input = input_gradient(arrays, gradients) if architecture.front else None
    comparison, findings = _compared(run, loss, x, y, passes, gradients, by_input)
    predicted = prediction_columns(target, run.model.output(x), frame_rows(1))["prediction"][0]
    is_one = is_linear(architecture)
    return Traced(
        run=run.folder,
        row=row,
        place=some.table.rows.name(0),
        file=some.file,
        features=tuple(_features(run, some, x[0])),
        target=target,
        truth=str(some.cells[target.name][0]),
        y=float(y[0]),
        prediction=f"{predicted:.7g}" if target.task == "regression" else str(predicted),
        loss=loss,
        loss_value=float(losses(loss, y, passes[-1].a)[0]),
        architecture=architecture,
        arrays=arrays,
        passes=tuple(passes),
        gradients=tuple(gradients),
        embedded=() if by_input is None else tuple(_embedded(run, passes[0].inputs[0], by_input[0])),
        comparison=comparison,
        checked=tuple(check_gradients(architecture, arrays, x, y, loss, gradients)),
        one_layer_difference=(
            largest_difference(architecture, arrays, collapse(architecture, arrays), x) if is_one else None
        ),
        linear_collapse=run.metrics.get("linear_collapse"),
        left_out=tuple(_left_out(run)),
        findings=(*findings, *notes_on_member(run.record.repeats, "trace")),
    )


def _row(run: Run, row: int) -> Tuple[SomeRows, Target, Any]:
    """The row as it was read, and its target."""
    count, target = run.record.rows["read"], run.record.target
    if not 0 <= row < count:
        message = say("the table has no such row")
        expected = say("a whole number from 0 to {last}", last=count - 1)
        raise ConfigError(Problem(message, "--row", expected, str(row)))
    some = next(rows_of_run(run, np.array([row]), extra=[target.name], cells=True))
    truth = readable(some.table[target.name], target.bad_values, target.decimal)
    if truth.missing[0]:
        message = say("row {row} has no target, so that there is no loss to trace back", row=row)
        place = some.table.rows.name(0)
        raise DataError(Problem(message, column_place(target.name), received=place, hint=say("choose another --row")))
    return some, target, truth


def _features(run: Run, some: SomeRows, x: np.ndarray) -> List[Feature]:
    states = run.record.preprocessing.columns
    named = [(name, str(some.cells[state.name][0])) for state in states for name in names_of(state)]
    return [Feature(name, cell, float(value)) for (name, cell), value in zip(named, x)]


def _embedded(run: Run, e: np.ndarray, gradient: np.ndarray) -> List[Embedded]:
    names = output_names(run.record.network.front, run.record.feature_names)
    return [Embedded(*each) for each in zip(names, e.tolist(), gradient.tolist())]


def _compared(
    run: Run,
    loss: str,
    x: np.ndarray,
    y: np.ndarray,
    passes: Sequence[LayerPass],
    gradients: Sequence[LayerGradients],
    by_input: Optional[np.ndarray],
) -> Tuple[Optional["Comparison"], List[Problem]]:
    """What TensorFlow has to say; a warning where there is none that works."""
    try:
        found = list(require_tensorflow())
        load_backend()
    except UnsupportedEnvironmentError:
        message = say("TensorFlow cannot be used here: the gradients are not compared with its own")
        return None, [Problem(message, hint=say("run `fcnn check-env` to see why"), severity="warning")]
    from fcnn.insight.keras_pass import FrontPass, compare_with_keras

    front = None if by_input is None else FrontPass(x, by_input)
    return compare_with_keras(run.keras_model(), run.record.network, loss, y, passes, gradients, front), found


def _left_out(run: Run) -> List[str]:
    """What training does and the trace of a row does not, in sentences."""
    config, layers = run.config, layers_of(run.config)
    sentences: List[str] = []
    if any(layer.batch_normalization for layer in layers):
        sentences.append(say("batch normalization uses its moving statistics, as in predicting"))
    if run.record.network.clip is not None:
        sentences.append(say("the output is not clipped, as in training; the prediction is"))
    if any(layer.dropout for layer in layers):
        sentences.append(say("dropout is off, as in predicting"))
    if config.data.weight is not None or config.training.class_weight is not None:
        sentences.append(say("the weights of rows and classes are left out: it is the loss of the row itself"))
    if config.training.label_smoothing:
        sentences.append(say("label smoothing is left out, as in validation"))
    if any(layer.l1 or layer.l2 for layer in layers):
        sentences.append(say("the penalties l1 and l2 are left out"))
    return sentences
