"""A trained model without TensorFlow: raw columns in, predictions out."""

from dataclasses import dataclass
from functools import cached_property
from typing import Dict, List, Mapping, Optional, Tuple, Union

import numpy as np
import pandas as pd
from msgspec import UnsetType

from fcnn.data.column import Table
from fcnn.data.encoding import Surprise
from fcnn.data.faults import MOST_EXAMPLES, Fault, FaultError
from fcnn.data.preprocessing import Preprocessing
from fcnn.data.rows import RowNames, frame_rows
from fcnn.data.target import Target
from fcnn.inference.blocks import FoldedLayer, through
from fcnn.inference.front import embedding_of
from fcnn.inference.network import Architecture, folded_layers
from fcnn.inference.numeric_embedding import Embedded
from fcnn.wording import Said, say, say_many


class Predictor:
    """What turns rows of a table into predictions: one network, or several together."""

    preprocessing: Preprocessing
    target: Target

    def room(self, rows: int) -> np.ndarray:
        """An array for the output of so many rows."""
        raise NotImplementedError

    def output(self, x: np.ndarray) -> np.ndarray:
        """The output (rows, units) for encoded rows, computed in NumPy."""
        raise NotImplementedError

    def encode(self, frame: Union[Table, pd.DataFrame]) -> Tuple[np.ndarray, List[Surprise]]:
        """(rows, features) float32 for :meth:`output`, and what the training rows did not have."""
        return self.preprocessing.transform(frame)

    def predict(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Predict.

        Args:
            frame: the columns that the model was trained on, in any order, beside any others.

        Returns:
            A frame with the index of `frame`: ``prediction`` (class names, or numbers in the target's own unit) and
            for classes ``probability_<class>``, float64, summing to 1 in each row.

        Raises:
            DataError: a column that is not there, cells of number columns that are no finite numbers, or values so
                large that the network's output is none.
        """
        x, _ = self.encode(frame)
        return prediction_table(self.target, self.output(x), frame.index)


@dataclass(frozen=True)
class Model(Predictor):
    """Everything that turns a row of the table into a prediction of one network."""

    preprocessing: Preprocessing
    target: Target
    architecture: Architecture
    arrays: Mapping[str, np.ndarray]
    """Weights by name, float32; see :meth:`fcnn.inference.network.Architecture.shapes`."""

    @cached_property
    def _layers(self) -> List[FoldedLayer]:
        return folded_layers(self.architecture, self.arrays)

    @cached_property
    def _embedding(self) -> Optional[Embedded]:
        return embedding_of(self.architecture.front, self.arrays)

    def room(self, rows: int) -> np.ndarray:
        """An array for the output of so many rows."""
        return np.empty((rows, self.architecture.layers[-1].units), dtype=np.float32)

    def output(self, x: np.ndarray) -> np.ndarray:
        """The network's output (rows, units) float32 for encoded rows, computed in NumPy."""
        return through(self._layers, x, self._embedding)


def class_probabilities(output: np.ndarray, target: Optional[Target] = None) -> np.ndarray:
    """The output of a softmax (rows, classes) or of one sigmoid unit (rows, 1) as (rows, classes) float64.

    Rows sum to 1: a softmax in float32 misses it by about 1e-7, which is divided out. They are calibrated where the
    target says by which temperature.
    """
    values = output.astype(np.float64)
    if values.shape[1] == 1:
        values = np.hstack([1 - values, values])
    else:
        values = np.asarray(values / values.sum(axis=1, keepdims=True))
    if target is None or isinstance(target.temperature, UnsetType):
        return values
    return at_temperature(values, target.temperature)


def at_temperature(probabilities: np.ndarray, temperature: float) -> np.ndarray:
    """Probabilities (rows, classes) of logits that are divided by a temperature."""
    with np.errstate(under="ignore"):
        powers = (probabilities / probabilities.max(axis=1, keepdims=True)) ** (1.0 / temperature)
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def prediction_table(target: Target, output: np.ndarray, index: "Optional[pd.Index[int]]" = None) -> pd.DataFrame:
    """The network's output (rows, units) as the frame that :meth:`Model.predict` returns.

    Raises:
        FaultError: an output that is not finite.
    """
    return pd.DataFrame(prediction_columns(target, output, frame_rows(len(output))), index=index)


def prediction_columns(target: Target, output: np.ndarray, rows: RowNames) -> Dict[str, np.ndarray]:
    """The same as columns by name.

    Args:
        target: what is predicted.
        output: (rows, units) float32 of the network.
        rows: what each row is called in an error.

    Raises:
        FaultError: an output that is not finite.
    """
    broken = np.flatnonzero(~np.isfinite(output).all(axis=1))
    if len(broken):
        named = tuple(rows.name(row) for row in broken[:MOST_EXAMPLES])
        hint = say("are its values far beyond those of training?")
        raise FaultError(Fault("", _not_finite, len(broken), named, hint=hint))
    if target.task == "regression":
        return {"prediction": target.unscale(output[:, 0])}
    probabilities = class_probabilities(output, target)
    columns: Dict[str, np.ndarray] = {
        "prediction": np.asarray(target.classes, dtype=object)[target.chosen(probabilities)]
    }
    for code, name in enumerate(target.classes):
        columns[f"probability_{name}"] = probabilities[:, code]
    return columns


def _not_finite(count: int) -> Said:
    return say_many(
        count, "the network's output is not finite in 1 row", "the network's output is not finite in {count:,} rows"
    )
