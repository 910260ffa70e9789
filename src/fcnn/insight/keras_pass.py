"""The passes of one row as TensorFlow computes them, beside ours; to be imported late.

As in training it is a TensorFlow function in graph mode, in float32, with Keras's own layers and loss.
"""

from dataclasses import dataclass
from typing import Any, Dict, List, NamedTuple, Optional, Sequence

import numpy as np

from fcnn.inference.network import Architecture, array_names
from fcnn.insight.passes import LayerGradients, LayerPass
from fcnn.network import backend
from fcnn.network.backend import tf

LEARNT = ("kernel", "bias", "gamma", "beta", "activation_weight")

HOLDERS = {"gamma": "batch_normalization", "beta": "batch_normalization", "activation_weight": "activation"}
"""The Keras layers that have them; the dense layer has the others."""


class FrontPass(NamedTuple):
    """What goes into the layers before the first dense one, and the gradient of the loss by what comes out."""

    x: np.ndarray
    """(rows, inputs)."""
    by_output: np.ndarray
    """(rows, outputs)."""


@dataclass(frozen=True)
class Difference:
    """How far two arrays that should be equal are apart."""

    layer: int
    """From 1; 0 is what stands before the first one."""
    name: str
    """``z``, ``a``, ``dL/da``, ``dL/dz``, or ``dL/d`` and the name of an array; of layer 0 ``e`` and ``dL/de``."""
    largest: float
    relative: float
    """Divided by the largest size of TensorFlow's array; 0 where both are nothing but 0."""


@dataclass(frozen=True)
class Comparison:
    """The loss as TensorFlow has it, and all differences."""

    loss: float
    differences: Sequence[Difference]

    @property
    def largest(self) -> float:
        """Of all arrays."""
        return max(each.largest for each in self.differences)

    @property
    def relative(self) -> float:
        """The largest of all arrays."""
        return max(each.relative for each in self.differences)


def compare_with_keras(
    model: Any,
    architecture: Architecture,
    loss: str,
    y: np.ndarray,
    passes: Sequence[LayerPass],
    gradients: Sequence[LayerGradients],
    front: Optional[FrontPass] = None,
) -> Comparison:
    """Compute the passes with TensorFlow and its gradient tape, and compare.

    Args:
        model: the Keras model, with the weights that ours were computed with.
        architecture: its layers.
        loss: the canonical name of a config's loss.
        y: (rows,) integer codes of classes, or standardised values.
        passes: what :func:`fcnn.insight.passes.forward_pass` gives.
        gradients: what :func:`fcnn.insight.passes.backward_pass` gives.
        front: of a network that has one, what goes into it and how the loss changes with what comes out.
    """
    one_unit = architecture.layers[-1].units == 1
    truth = tf.constant(y[:, None].astype(np.float32) if one_unit else y.astype(np.int32))
    x = tf.constant((passes[0].inputs if front is None else front.x).astype(np.float32))
    found = backend.compiled(lambda x, truth: _compute(model, architecture, backend.loss(loss), x, truth), "graph")(
        x, truth
    )
    differences: List[Difference] = []
    if front is not None:
        for name, array in (("e", passes[0].inputs), ("dL/de", front.by_output)):
            differences.append(_difference(0, name, array, found[name].numpy()))
    for number, (each, layer, ours, theirs) in enumerate(
        zip(passes, architecture.layers, gradients, found["layers"]), start=1
    ):
        pairs: Dict[str, np.ndarray] = {"z": each.z, "a": each.a, "dL/da": ours.a, "dL/dz": ours.z}
        pairs.update((f"dL/d{name}", ours.arrays[name]) for name in array_names(layer) if name in LEARNT)
        for name, array in pairs.items():
            if theirs[name] is not None and np.isfinite(array).all():
                differences.append(_difference(number, name, array, theirs[name].numpy()))
    return Comparison(float(found["loss"].numpy()), differences)


def _difference(layer: int, name: str, ours: np.ndarray, theirs: np.ndarray) -> Difference:
    largest = float(np.abs(ours - theirs).max())
    size = float(np.abs(theirs).max())
    relative = 0.0 if largest == 0 else largest / max(size, float(np.finfo(np.float32).tiny))
    return Difference(layer, name, largest, relative)


def _compute(model: Any, architecture: Architecture, loss: Any, x: Any, truth: Any) -> Dict[str, Any]:
    """The tensors that are compared; None for a gradient that TensorFlow does not compute.

    With its own loss a softmax or sigmoid is skipped on the way back: Keras goes on from z at once.
    """
    own: Dict[str, Any] = {layer.name: layer for layer in model.layers}
    tensors: List[Dict[str, Any]] = []
    with tf.GradientTape(persistent=True) as tape:
        value = x
        for part in architecture.front:
            value = own[part.name](value)
        first = value
        tape.watch(first)
        for number in range(1, len(architecture.layers) + 1):
            suffix = f"_{number}" if number < len(architecture.layers) else "_output"
            value = own[f"dense{suffix}"](value)
            value = _call(own.get(f"batch_normalization{suffix}"), value, training=False)
            z = value
            value = a = _call(own.get(f"activation{suffix}"), value)
            tensors.append({"z": z, "a": a})
        mean = tf.reduce_mean(loss(truth, value))
    for number, layer in enumerate(architecture.layers, start=1):
        suffix = f"_{number}" if number < len(architecture.layers) else "_output"
        each = tensors[number - 1]
        each["dL/da"], each["dL/dz"] = tape.gradient(mean, [each["a"], each["z"]])
        for name in array_names(layer):
            if name in LEARNT:
                holder = own[f"{HOLDERS.get(name, 'dense')}{suffix}"]
                each[f"dL/d{name}"] = tape.gradient(mean, _variable(holder, name))
    return {"loss": mean, "layers": tensors, "e": first, "dL/de": tape.gradient(mean, first)}


def _call(layer: Optional[Any], value: Any, **options: Any) -> Any:
    return value if layer is None else layer(value, **options)


def _variable(layer: Any, name: str) -> Any:
    """The weight of that name; Keras 3 hands its own variables to nobody but itself, so TensorFlow's is taken."""
    variable = getattr(layer, name)
    return getattr(variable, "value", variable) if backend.GENERATION == 3 else variable
