"""A network as plain data: what its layers are, what arrays they need, and its forward pass."""

import math
from typing import Any, Dict, List, Mapping, Optional, Tuple, Union

import numpy as np
from msgspec import UNSET, Struct, UnsetType

from fcnn.errors import Problem, RunError
from fcnn.inference.blocks import FoldedLayer, through
from fcnn.inference.front import Front, embedding_of, multiplied_into, shapes_of, widths
from fcnn.wording import say


class BatchNormalization(Struct, frozen=True, kw_only=True):
    """z is normalised by moving statistics, then scaled and shifted (Ioffe and Szegedy, 2015)."""

    epsilon: float = 1e-3
    momentum: float = 0.99


class DenseLayer(Struct, frozen=True, kw_only=True):
    """One layer: a = g(batch normalization(x W + b)); dropout acts while training only."""

    units: int
    activation: Dict[str, Any]
    """Name and parameters, see :func:`fcnn.inference.activations.parameters_of`."""
    use_bias: bool = True
    batch_normalization: Optional[BatchNormalization] = None
    dropout: float = 0.0
    parametric: Union[bool, UnsetType] = UNSET
    """Whether a = z + w (g(z) - z), with a w for each unit. Written into ``data.json`` only where it is so."""

    @property
    def activation_name(self) -> str:
        """``selu``, or ``parametric selu``."""
        return f"parametric {self.activation['name']}" if self.parametric else str(self.activation["name"])


class Architecture(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A network: its number of inputs and its layers, the output layer last."""

    inputs: int
    """Columns of the matrix."""
    layers: Tuple[DenseLayer, ...]
    front: Front = ()
    """What stands before the layers; see :mod:`fcnn.inference.front`."""
    clip: Optional[Tuple[float, float]] = None
    """The least and the largest that the output can be outside training; None where it is left as it is."""

    @property
    def widths(self) -> List[int]:
        """Inputs of each layer of the front, and of the first dense one."""
        return widths(self.front, self.inputs)

    @property
    def width(self) -> int:
        """Inputs of the first dense layer: what the front makes of the matrix' columns."""
        return self.widths[-1]

    def shapes(self) -> Dict[str, Tuple[int, ...]]:
        """Shapes of all arrays by name, in Keras's order: the front's, ``00/kernel`` (in, out), ``00/bias`` (out,)."""
        shapes: Dict[str, Tuple[int, ...]] = shapes_of(self.front, self.inputs)
        inputs = self.width
        for index, layer in enumerate(self.layers):
            for name in array_names(layer):
                shape = (inputs, layer.units) if name == "kernel" else (layer.units,)
                shapes[f"{index:02d}/{name}"] = shape
            inputs = layer.units
        return shapes

    @property
    def trainable_parameters(self) -> int:
        """How many numbers are learnt; moving statistics are not."""
        return sum(math.prod(shape) for name, shape in self.shapes().items() if "/moving_" not in name)


def array_names(layer: DenseLayer) -> List[str]:
    """The arrays of a layer in Keras's order of weights."""
    names = ["kernel"] + (["bias"] if layer.use_bias else [])
    if layer.batch_normalization is not None:
        names += ["gamma", "beta", "moving_mean", "moving_variance"]
    return names + (["activation_weight"] if layer.parametric else [])


def activation_weight(index: int, layer: DenseLayer, arrays: Mapping[str, np.ndarray]) -> Optional[np.ndarray]:
    """The w (units,) of a parametric activation; None where the layer has none. Arguments as of :func:`folded`."""
    return arrays[f"{index:02d}/activation_weight"] if layer.parametric else None


def check_arrays(architecture: Architecture, arrays: Mapping[str, np.ndarray], where: str) -> None:
    """Raise a RunError where `arrays` are not those of the architecture, or are not finite."""
    expected = architecture.shapes()
    problems = []
    for name in sorted({*expected, *arrays}):
        shape = arrays[name].shape if name in arrays else None
        if shape != expected.get(name):
            problems.append(Problem(say("array {name}", name=name), where, str(expected.get(name)), str(shape)))
        elif not np.isfinite(arrays[name]).all():
            problems.append(Problem(say("array {name} is not finite", name=name), where))
    if problems:
        raise RunError(*problems)


def forward(architecture: Architecture, arrays: Mapping[str, np.ndarray], x: np.ndarray) -> np.ndarray:
    """The network's output.

    Args:
        architecture: the layers.
        arrays: weights by name, float32, shapes as :meth:`Architecture.shapes` says.
        x: (rows, inputs) float32, finite.

    Returns:
        (rows, units of the last layer) float32; not finite where a sum left float32 on the way. On one machine, what a
        row becomes does not depend on the other rows; see :mod:`fcnn.inference.blocks`.
    """
    return through(folded_layers(architecture, arrays), x, embedding_of(architecture.front, arrays))


def folded_layers(architecture: Architecture, arrays: Mapping[str, np.ndarray]) -> List[FoldedLayer]:
    """The layers as one kernel, bias and activation each, for :func:`fcnn.inference.blocks.through`.

    A categorical embedding and an input scale are part of the first kernel; a numeric embedding stands before it, see
    :func:`fcnn.inference.front.embedding_of`.
    """
    layers = [_fold(architecture, index, arrays) for index in range(len(architecture.layers))]
    return [*layers[:-1], layers[-1]._replace(clip=architecture.clip)]


def folded(architecture: Architecture, index: int, arrays: Mapping[str, np.ndarray]) -> Tuple[np.ndarray, np.ndarray]:
    """Kernel (in, out) and bias (out,) of a layer, float64, batch normalization multiplied into them.

    Into those of the first layer what is linear in the front is multiplied, too.

    Args:
        architecture: of the network.
        index: of the layer, from 0.
        arrays: of the network, by name.
    """
    layer = architecture.layers[index]

    def array(name: str) -> np.ndarray:
        return arrays[f"{index:02d}/{name}"].astype(np.float64)

    kernel = array("kernel")
    bias = array("bias") if layer.use_bias else np.zeros(layer.units)
    normalization = layer.batch_normalization
    if normalization is not None:
        scale = array("gamma") / np.sqrt(array("moving_variance") + normalization.epsilon)
        kernel, bias = kernel * scale, (bias - array("moving_mean")) * scale + array("beta")
    if index == 0:
        kernel = multiplied_into(architecture.front, arrays, kernel, architecture.inputs)
    return kernel, bias


def _fold(architecture: Architecture, index: int, arrays: Mapping[str, np.ndarray]) -> FoldedLayer:
    """A layer for the forward pass."""
    kernel, bias = folded(architecture, index, arrays)
    layer = architecture.layers[index]
    weight = activation_weight(index, layer, arrays)
    return FoldedLayer(kernel.astype(np.float32), bias.astype(np.float32), layer.activation, weight)
