"""Several networks that predict together, by the mean of what each of them says; without TensorFlow."""

from dataclasses import dataclass
from typing import Iterable, Sequence, Tuple

import msgspec
import numpy as np

from fcnn.data.joint import joint
from fcnn.data.preprocessing import Preprocessing
from fcnn.data.target import Target
from fcnn.inference.model import Model, Predictor, class_probabilities


@dataclass(frozen=True)
class Ensemble(Predictor):
    """The members of a cross-validation, or of several seeds.

    The matrix has the columns of all members beside each other where each has a preprocessing of its own. The output
    is the mean of their probabilities, or of their predictions in the target's own unit, float64. The products are
    those of one member after another: to multiply for all members at once takes as long for two layers of 64 units,
    and a third longer for three of 256 (measured), whose blocks then leave the processor's cache.
    """

    preprocessing: Preprocessing
    target: Target
    """In its own unit: each member has learnt it on a scale of its own."""
    members: Tuple[Model, ...]
    parts: Tuple[slice, ...]
    """The columns of the matrix that are of each member."""

    def room(self, rows: int) -> np.ndarray:
        """An array for the output of so many rows."""
        return np.empty((rows, self.members[0].room(0).shape[1]), dtype=np.float64)

    def output(self, x: np.ndarray) -> np.ndarray:
        """The mean (rows, units) float64 for encoded rows, computed in NumPy."""
        return self.mean(member.output(x[:, part]) for member, part in zip(self.members, self.parts))

    def mean(self, outputs: Iterable[np.ndarray]) -> np.ndarray:
        """The mean (rows, units) float64 of the outputs of all members, (rows, units) float32 each."""
        plain = (plain_output(member.target, output) for member, output in zip(self.members, outputs))
        return np.asarray(sum(plain) / len(self.members))


def ensemble_of(members: Sequence[Model], target: Target) -> Ensemble:
    """The members of one run, whose target is given, together."""
    preprocessing, parts = joint([member.preprocessing for member in members])
    return Ensemble(preprocessing, in_own_unit(target), tuple(members), tuple(parts))


def in_own_unit(target: Target) -> Target:
    """The target of predictions that are in its own unit already."""
    return msgspec.structs.replace(target, mean=0.0, std=1.0)


def plain_output(target: Target, output: np.ndarray) -> np.ndarray:
    """A network's output as what can be averaged with that of others.

    Args:
        target: as the network has learnt it.
        output: (rows, units) float32.

    Returns:
        (rows, units) float64: numbers in the target's own unit, or probabilities, of which those of several units sum
        to 1 in each row.
    """
    if target.task == "regression":
        return target.unscale(output)
    return output.astype(np.float64) if output.shape[1] == 1 else class_probabilities(output)
