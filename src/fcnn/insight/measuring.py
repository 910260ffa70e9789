"""What each layer of a network does while it learns: gradients, updates, dead and saturated units, activations.

Measured on a probe, some rows of training that are the same from epoch to epoch, as the network would predict them:
batch normalization has its moving statistics, dropout is off, penalties are no part of the loss; the rows have the
weights that they have in training (sample weight times class weight).
"""

from dataclasses import dataclass
from typing import Dict, List, Mapping, Optional

import numpy as np

from fcnn.inference.network import Architecture, DenseLayer
from fcnn.insight.derivatives import derivative
from fcnn.insight.passes import LayerPass, backward_pass, forward_pass

COLUMNS = (
    "epoch", "layer", "gradient_norm", "update_ratio", "dead_share", "saturated_share", "activation_mean",
    "activation_std",
)  # fmt: skip
"""Of the measurements; layers are counted from 1, the output layer is the last."""
DEAD = ("relu",)
"""Activations of which a unit that is 0 for every row cannot learn any more: its derivative is 0, too."""
SATURATED = ("sigmoid", "tanh", "hard_sigmoid", "softsign")
"""Activations that are flat at both ends."""
FLAT = 0.05
"""A unit is saturated where its derivative is below this share of the largest one: a sigmoid beyond |z| = 4.4, a tanh
beyond 2.2."""
SATURATED_ROWS = 0.9
"""... for this share of the probed rows: for these it learns next to nothing."""


@dataclass(frozen=True)
class Probe:
    """The rows that are looked at."""

    x: np.ndarray
    """(rows, features) float32."""
    y: np.ndarray
    """(rows,) integer codes, or float32 standardised values."""
    weight: Optional[np.ndarray] = None
    """(rows,) float32 sample weight times class weight, or None for ones."""


def measure(
    architecture: Architecture, arrays: Mapping[str, np.ndarray], before: Optional[Mapping[str, np.ndarray]],
    probe: Probe, loss: str,
) -> List[Dict[str, float]]:  # fmt: skip
    """Look at every layer.

    Args:
        architecture: the layers.
        arrays: weights by name.
        before: the weights an epoch earlier, or None where they are not known.
        probe: the rows.
        loss: the canonical name of a config's loss.

    Returns:
        For each layer its columns of :data:`COLUMNS` but ``epoch``; NaN for what does not apply, or is not finite.
    """
    with np.errstate(all="ignore"):  # what leaves float32 on the way is NaN in the result
        passes = forward_pass(architecture, arrays, probe.x, np.float32)
        gradients = backward_pass(architecture, arrays, passes, probe.y, loss, probe.weight)
        rows = []
        for index, (layer, each) in enumerate(zip(architecture.layers, passes)):
            kernel = f"{index:02d}/kernel"
            found = {
                "layer": index + 1.0,
                "gradient_norm": _norm(gradients[index].arrays["kernel"]),
                "update_ratio": np.nan if before is None else _change(arrays[kernel], before[kernel]),
                **(_units(layer, each) if index + 1 < len(passes) else {}),
                "activation_mean": float(each.a.mean()),
                "activation_std": float(each.a.std()),
            }
            rows.append({name: _finite(found.get(name, np.nan)) for name in COLUMNS[1:]})
    return rows


def _units(layer: DenseLayer, each: LayerPass) -> Dict[str, float]:
    """The shares of dead and of saturated units of a hidden layer, where its activation can have such.

    A parametric one cannot: its weight is learnt also where the activation itself is flat.
    """
    activation, name = layer.activation, layer.activation["name"]
    if layer.parametric:
        return {}
    if name in DEAD:
        return {"dead_share": float(1 - (each.a > 0).any(axis=0).mean())}
    if name in SATURATED:
        largest = derivative(np.zeros((1, 1), each.z.dtype), activation)[0, 0]
        flat = derivative(each.z, activation) < FLAT * largest
        return {"saturated_share": float((flat.mean(axis=0) >= SATURATED_ROWS).mean())}
    return {}


def _change(now: np.ndarray, before: np.ndarray) -> float:
    """The length of an epoch's update of a kernel, by that of the kernel."""
    size = _norm(before)
    return _norm(now - before) / size if size else np.nan


def _norm(values: np.ndarray) -> float:
    """The square root of the sum of squares; scaled first, so that small and large numbers count."""
    flat = values.ravel()
    largest = float(np.abs(flat).max()) if flat.size else 0.0
    if largest == 0.0 or not np.isfinite(largest):
        return largest
    scaled = flat / np.float32(largest)
    return largest * float(np.sqrt(np.dot(scaled, scaled)))


def _finite(value: float) -> float:
    return float(value) if np.isfinite(value) else np.nan
