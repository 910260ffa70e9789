"""The whole way from raw columns to predictions, written once for every kind of graph.

A graph brings its :class:`Ops`; what is computed is that of :mod:`fcnn.data.encoding`, :mod:`fcnn.inference` and, for
rows that ``fcnn predict`` refuses, NaN and an empty class name: a graph serves many rows, of which one may be wrong.
"""

from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Sequence, Tuple

import numpy as np
from msgspec import UnsetType

from fcnn.data.scalers import FLAT
from fcnn.data.target import Target
from fcnn.export.calendar import part_of
from fcnn.export.steps import ColumnSteps, IsMissing, Levels, Scale, Step, truth_of
from fcnn.inference.blocks import FoldedLayer
from fcnn.inference.numeric_embedding import Embedded

PREDICTION, PROBABILITIES = "prediction", "probabilities"
"""The names of the outputs."""


class Ops:
    """What a graph can do with its tensors, beside ``+ - * /``, ``>`` and ``|`` between them and with numbers.

    Shapes are (rows,), float64, bool or string, where nothing else is said.
    """

    def is_nan(self, x: Any) -> Any:
        """Where a number is none."""
        raise NotImplementedError

    def is_finite(self, x: Any) -> Any:
        """Where all of a row (rows, columns) float32 are finite numbers."""
        raise NotImplementedError

    def floor(self, x: Any) -> Any:
        """The largest whole number that is not larger."""
        raise NotImplementedError

    def sqrt(self, x: Any) -> Any:
        """The square root."""
        raise NotImplementedError

    def to_normal(self, x: Any, quantiles: Sequence[float]) -> Any:
        """What :func:`fcnn.data.scalers.to_normal` gives."""
        raise NotImplementedError

    def where(self, condition: Any, yes: Any, no: Any) -> Any:
        """One or the other; both may be numbers of Python."""
        raise NotImplementedError

    def equals_any(self, x: Any, numbers: Sequence[float]) -> Any:
        """Where a number is one of some; there is at least one."""
        raise NotImplementedError

    def text(self, x: Any) -> Any:
        """A text without blanks around it."""
        raise NotImplementedError

    def is_any(self, text: Any, texts: Sequence[str]) -> Any:
        """Where a text is one of some; there is at least one."""
        raise NotImplementedError

    def look_up(self, text: Any, numbers: Mapping[str, float]) -> Any:
        """The number of each text, NaN where it has none."""
        raise NotImplementedError

    def one_hot(self, text: Any, levels: Sequence[str]) -> Any:
        """(rows, levels) float32: 1 where the text is the level."""
        raise NotImplementedError

    def days(self, raw: Any, column: ColumnSteps) -> Any:
        """Days since 1970 of a column of dates: NaN where it is missing, infinite where it is no date and must be."""
        raise NotImplementedError

    def float32(self, x: Any) -> Any:
        """Numbers or truths as (rows, 1) float32."""
        raise NotImplementedError

    def float64(self, x: Any) -> Any:
        """(rows, columns) float64 of float32."""
        raise NotImplementedError

    def row_sums(self, x: Any) -> Any:
        """(rows, 1) of (rows, columns)."""
        raise NotImplementedError

    def beside(self, parts: Sequence[Any]) -> Any:
        """(rows, columns) of parts of the same type."""
        raise NotImplementedError

    def embedded(self, x: Any, embedding: Embedded) -> Any:
        """(rows, made) float32: what a numeric embedding makes of the numbers among (rows, columns)."""
        raise NotImplementedError

    def dense(self, a: Any, layer: FoldedLayer) -> Any:
        """(rows, units) float32: a layer before its activation."""
        raise NotImplementedError

    def activation(self, z: Any, record: Mapping[str, Any]) -> Any:
        """(rows, units) float32: a recorded activation."""
        raise NotImplementedError

    def first_column(self, x: Any) -> Any:
        """(rows,) of (rows, columns)."""
        raise NotImplementedError

    def second_column(self, x: Any) -> Any:
        """(rows, 1) of (rows, 2)."""
        raise NotImplementedError

    def power(self, x: Any, exponent: float) -> Any:
        """(rows, columns) float64 to a power."""
        raise NotImplementedError

    def where_rows(self, condition: Any, x: Any) -> Any:
        """(rows, columns) float64: NaN in the rows where the condition (rows,) does not hold."""
        raise NotImplementedError

    def names(self, probabilities: Any, names: Sequence[str], known: Any) -> Any:
        """(rows,) string: the name of each row's largest column; empty where the row is not known."""
        raise NotImplementedError


class Read(NamedTuple):
    """A column's cells as they were read."""

    value: Any
    """Numbers, NaN where there is none; None for a category."""
    text: Any
    """None where it is no text."""
    missing: Any


class Network(NamedTuple):
    """A network with its preprocessing: the only one of a run, or a member of an ensemble."""

    columns: Tuple[ColumnSteps, ...]
    layers: Tuple[FoldedLayer, ...]
    """Batch normalization is multiplied into kernel and bias, and what is linear before the first layer, too."""
    target: Target
    """As it has learnt it."""
    embedding: Optional[Embedded] = None
    """What stands before the layers."""


def predict_in(ops: Ops, networks: Sequence[Network], target: Target, raw: Mapping[str, Any]) -> Dict[str, Any]:
    """Build the graph.

    Args:
        ops: of the graph.
        networks: the prediction is the mean of what they say.
        target: with the temperature and the threshold of the run, where it has them.
        raw: the tensors of the raw columns by name: (rows,) float64 for numbers, string for others.

    Returns:
        ``prediction``, (rows,) string or float64; and for classes ``probabilities``, (rows, classes) float64.
    """
    matrices: Dict[Tuple[ColumnSteps, ...], Any] = {}  # one of all seeds of a training
    outputs: List[Any] = []
    answers: List[Any] = []
    for network in networks:
        if network.columns not in matrices:
            parts = [part for column in network.columns for part in _encoded(ops, column, raw[column.name])]
            matrices[network.columns] = ops.beside(parts)
        output = _through(ops, network, matrices[network.columns])
        outputs.append(output)
        answers.append(_answer(ops, network, ops.float64(output)))
    known = ops.is_finite(ops.beside([*matrices.values(), *outputs]))
    answer = answers[0]
    for other in answers[1:]:
        answer = answer + other
    answer = answer if len(answers) == 1 else answer / float(len(answers))
    if target.task == "regression":
        return {PREDICTION: ops.where(known, answer, np.nan)}
    if not isinstance(target.temperature, UnsetType):
        powers = ops.power(answer, 1.0 / target.temperature)
        answer = powers / ops.row_sums(powers)
    return {
        PREDICTION: ops.names(_leaning(ops, answer, target), target.classes, known),
        PROBABILITIES: ops.where_rows(known, answer),
    }


def _through(ops: Ops, network: Network, matrix: Any) -> Any:
    """The output (rows, units) of a network."""
    embedding = network.embedding
    output = matrix if embedding is None else ops.beside([matrix, ops.embedded(matrix, embedding)])
    for layer in network.layers:
        z = ops.dense(output, layer)
        output = ops.activation(z, layer.activation)
        if layer.activation_weight is not None:
            output = z + (output - z) * layer.activation_weight
    return output


def _clipped(ops: Ops, value: Any, clip: Optional[Tuple[float, float]]) -> Any:
    """(rows,) float64 within the range; by comparing, as runtimes differ in what they make of a NaN they clip."""
    if clip is None:
        return value
    low, high = clip
    value = ops.where(value > high, high, value)
    return ops.where(value > low, value, low)


def _leaning(ops: Ops, probabilities: Any, target: Target) -> Any:
    """(rows, classes) float64, largest where the predicted class is."""
    if isinstance(target.threshold, UnsetType):
        return probabilities
    above = ops.second_column(probabilities) - target.threshold
    return ops.beside([0.0 - above, above])


def _answer(ops: Ops, network: Network, wide: Any) -> Any:
    """What a network says: (rows,) numbers in the target's own unit, or (rows, classes) probabilities.

    Args:
        ops: of the graph.
        network: which it is.
        wide: (rows, units) float64, its output.
    """
    if network.target.task == "regression":
        value = _clipped(ops, ops.first_column(wide), network.layers[-1].clip)
        return value * network.target.std + network.target.mean
    return ops.beside([1.0 - wide, wide]) if network.layers[-1].bias.size == 1 else wide / ops.row_sums(wide)


def _encoded(ops: Ops, column: ColumnSteps, raw: Any) -> List[Any]:
    """A column's part of the matrix: (rows, columns) float32 each."""
    read = _read(ops, column, raw)
    levels = [ops.one_hot(read.text, step.levels) for step in column.steps if isinstance(step, Levels)]
    return [_written(ops, column, step, read, levels) for step in column.steps]


def _read(ops: Ops, column: ColumnSteps, raw: Any) -> Read:
    if column.kind == "number":
        numbers = column.missing_numbers
        value = ops.where(ops.equals_any(raw, numbers), np.nan, raw) if numbers else raw
        return Read(value, None, ops.is_nan(value))
    if column.kind == "date":
        days = ops.days(raw, column)
        return Read(days, None, ops.is_nan(days))
    text = ops.text(raw)
    value = ops.look_up(text, truth_of(column)) if column.kind == "boolean" else None
    return Read(value, text, ops.is_any(text, column.missing))


def _scaled(ops: Ops, step: Scale, value: Any) -> Any:
    """A column in float64 as the network gets it; not finite where the value is not."""
    scaled = ops.to_normal(value, step.quantiles) if step.quantiles else (value - step.center) / step.scale
    if step.smooth_clip is not None:
        share = scaled / step.smooth_clip
        share = ops.where(share > FLAT, FLAT, ops.where(share > -FLAT, share, -FLAT))
        scaled = share * step.smooth_clip / ops.sqrt(share * share + 1.0)
    return scaled + (value - value) if step.quantiles or step.smooth_clip is not None else scaled


def _written(ops: Ops, column: ColumnSteps, step: Step, read: Read, levels: Sequence[Any]) -> Any:
    if isinstance(step, Scale):
        absent, value = ops.is_nan(read.value), read.value
        if column.kind == "date":
            value = part_of(ops.where(absent, 0.0, value), step.part, column.first, ops.floor, ops.where)
        return ops.float32(_scaled(ops, step, ops.where(absent, step.fill, value)))
    if isinstance(step, Levels):
        return levels[0]
    missing = ops.float32(read.missing)
    return missing if isinstance(step, IsMissing) else 1.0 - ops.row_sums(levels[0]) - missing
