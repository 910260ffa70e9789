"""The chain rule with its numbers filled in, for one row and one unit of a layer, as lines of text.

Layers and units are counted from 1: ``z2[3]`` is z of the third unit of layer 2, ``W2[1,3]`` the weight from the first
unit of layer 1 to it. In place of ``a0`` stands x, the row itself, or e, what embeddings and an input scale make of
it. Where batch normalization stands between product and activation, ``u`` is the product and ``z`` what is normalised.
Of a sum the largest terms are written out; ``(... 12) 0.5`` stands for the other 12, which make 0.5 together.
"""

from typing import Callable, Dict, Iterator, List, Mapping, Sequence, Tuple

import numpy as np

from fcnn.inference.activations import activate
from fcnn.inference.network import Architecture, DenseLayer
from fcnn.insight.derivatives import SOFTMAX, derivative
from fcnn.insight.losses import loss_gradient
from fcnn.insight.passes import LayerGradients, LayerPass

TERMS = 3
"""Of a sum that are written out."""
OWN_LOSS = {SOFTMAX: "categorical_crossentropy", "sigmoid": "binary_crossentropy"}
"""Output activations and the losses with which dL/dz is p - y."""

LOSS_FORMULAS: Dict[str, Tuple[str, str]] = {
    "binary_crossentropy": ("-y ln(p) - (1 - y) ln(1 - p)", "(p - y) / (p (1 - p))"),
    "categorical_crossentropy": ("-ln(p_y)", "-1 / p_y"),
    "mean_squared_error": ("(a - y)^2", "2 (a - y)"),
    "mean_absolute_error": ("|a - y|", "sign(a - y)"),
    "huber": ("(a - y)^2 / 2 if |a - y| <= 1, |a - y| - 1/2", "max(-1, min(1, a - y))"),
    "log_cosh": ("ln cosh(a - y)", "tanh(a - y)"),
}
"""Each loss of a row, and its derivative by the output."""


def number(value: float) -> str:
    """Four significant digits."""
    return f"{value + 0.0:.4g}"


def strongest_unit(gradients: LayerGradients) -> int:
    """The unit of a layer, from 0, with the largest dL/dz: the one whose formulas are filled in."""
    return int(np.abs(gradients.z[0]).argmax())


def forward_lines(
    architecture: Architecture, arrays: Mapping[str, np.ndarray], passes: Sequence[LayerPass], index: int, unit: int
) -> List[str]:
    """How a unit comes to its output.

    Args:
        architecture: the layers.
        arrays: the weights by name.
        passes: of one row.
        index: of the layer, from 0.
        unit: of the layer, from 0.
    """
    layer, each, own = architecture.layers[index], passes[index], _own(arrays, index)
    level, place = index + 1, unit + 1
    product = "u" if layer.batch_normalization is not None else "z"
    before = f"a{index}" if index else first_input(architecture)
    bias = f" + b{level}[{place}]" if layer.use_bias else ""
    terms = _sum(each.inputs[0], own["kernel"][:, unit])
    added = f" + {number(own['bias'][unit])}" if layer.use_bias else ""
    value = number(each.z_dense[0, unit])
    lines = [f"{product}{level}[{place}] = sum_i {before}[i] W{level}[i,{place}]{bias} = {terms}{added} = {value}"]
    if layer.batch_normalization is not None:
        lines.append(_normalized(layer, own, each, level, unit))
    lines.append(_activated(layer, own, each, level, unit))
    return lines


def _normalized(layer: DenseLayer, own: Mapping[str, np.ndarray], each: LayerPass, level: int, unit: int) -> str:
    assert layer.batch_normalization is not None
    figures = {name: number(own[name][unit]) for name in ("gamma", "beta", "moving_mean", "moving_variance")}
    return (
        f"z{level}[{unit + 1}] = gamma (u - mean) / sqrt(variance + epsilon) + beta = {figures['gamma']} "
        f"({number(each.z_dense[0, unit])} - {figures['moving_mean']}) / sqrt({figures['moving_variance']} + "
        f"{layer.batch_normalization.epsilon:g}) + {figures['beta']} = {number(each.z[0, unit])}"
    )


def _activated(layer: DenseLayer, own: Mapping[str, np.ndarray], each: LayerPass, level: int, unit: int) -> str:
    name, place, z, a = layer.activation["name"], unit + 1, each.z[0], each.a[0]
    result = number(a[unit])
    if layer.parametric:
        w, g = number(own["activation_weight"][unit]), number(float(activate(z, layer.activation)[unit]))
        return (
            f"a{level}[{place}] = z{level}[{place}] + w{level}[{place}] ({name}(z{level}[{place}]) - z{level}[{place}])"
            f" = {number(z[unit])} + {w} ({g} - {number(z[unit])}) = {result}"
        )
    if name != SOFTMAX:
        return f"a{level}[{place}] = {name}(z{level}[{place}]) = {name}({number(z[unit])}) = {result}"
    highest = float(z.max())
    powers = _sum(np.exp(z - highest), np.ones(len(z)), products=False)
    return (
        f"a{level}[{place}] = e^(z{level}[{place}] - max z) / sum_j e^(z{level}[j] - max z) = "
        f"{number(float(np.exp(z[unit] - highest)))} / ({powers}) = {result}"
    )


def loss_lines(loss: str, y: float, last: LayerPass, level: int, value: float) -> List[str]:
    """The loss of a row, and its derivative by the output.

    Args:
        loss: the canonical name of a config's loss.
        y: the code of the class, or the standardised value.
        last: the pass of the output layer.
        level: the number of that layer.
        value: the loss.
    """
    formula, slope = LOSS_FORMULAS[loss]
    truth = np.array([int(y) if "crossentropy" in loss else y])
    by_output = loss_gradient(loss, truth, last.a)[0]
    if loss == "categorical_crossentropy":
        code, place = int(y), int(y) + 1
        p = number(last.a[0, code])
        return [
            f"L = {formula} = -ln(a{level}[{place}]) = -ln({p}) = {number(value)}",
            f"dL/da{level}[{place}] = {slope} = -1 / {p} = {number(by_output[code])}; 0, i != {place}",
        ]
    name = "p" if loss == "binary_crossentropy" else "a"
    given = f"{name} = a{level}[1] = {number(last.a[0, 0])}, y = {number(y)}"
    return [
        f"L = {formula} = {number(value)}; {given}",
        f"dL/da{level}[1] = {slope} = {number(by_output[0])}; {given}",
    ]


def backward_lines(
    architecture: Architecture,
    arrays: Mapping[str, np.ndarray],
    passes: Sequence[LayerPass],
    gradients: Sequence[LayerGradients],
    index: int,
    unit: int,
    loss: str,
    y: float,
) -> List[str]:
    """How the gradients of a unit come about, from that of its output to those of its weights.

    Args:
        architecture: the layers.
        arrays: the weights by name.
        passes: of one row.
        gradients: of the same.
        index: of the layer, from 0.
        unit: of the layer, from 0.
        loss: the canonical name of a config's loss.
        y: the code of the class, or the standardised value.
    """
    layer, each, own = architecture.layers[index], gradients[index], _own(arrays, index)
    level, place = index + 1, unit + 1
    lines: List[str] = []
    if index + 1 < len(architecture.layers):
        following = _own(arrays, index + 1)["kernel"]
        inner = "u" if architecture.layers[index + 1].batch_normalization is not None else "z"
        terms = _sum(gradients[index + 1].z_dense[0], following[unit])
        lines.append(
            f"dL/da{level}[{place}] = sum_j dL/d{inner}{level + 1}[j] W{level + 1}[{place},j] = {terms} = "
            f"{number(each.a[0, unit])}"
        )
        lines.append(_by_z(layer, own, passes[index], each, level, unit))
    elif OWN_LOSS.get(layer.activation["name"]) == loss:
        target = float(unit == int(y)) if layer.activation["name"] == SOFTMAX else y
        lines.append(
            f"dL/dz{level}[{place}] = a{level}[{place}] - y[{place}] = {number(passes[index].a[0, unit])} - "
            f"{number(target)} = {number(each.z[0, unit])}"
        )
    else:
        lines.append(_by_z(layer, own, passes[index], each, level, unit))
    before = f"a{index}" if index else first_input(architecture)
    lines += _by_arrays(layer, own, passes[index], each, level, unit, before)
    return lines


def _by_z(
    layer: DenseLayer, own: Mapping[str, np.ndarray], one: LayerPass, each: LayerGradients, level: int, unit: int
) -> str:
    place, value = unit + 1, number(each.z[0, unit])
    if layer.activation["name"] == SOFTMAX:
        g, by_a = number(one.a[0, unit]), number(each.a[0, unit])
        terms = _sum(each.a[0], one.a[0])
        return (
            f"dL/dz{level}[{place}] = a{level}[{place}] (dL/da{level}[{place}] - sum_j dL/da{level}[j] a{level}[j]) = "
            f"{g} ({by_a} - ({terms})) = {value}"
        )
    slope = derivative(one.z, layer.activation)[0, unit]
    if layer.parametric:
        return (
            f"dL/dz{level}[{place}] = dL/da{level}[{place}] (1 + w{level}[{place}] (g'(z{level}[{place}]) - 1)) = "
            f"{number(each.a[0, unit])} (1 + {number(own['activation_weight'][unit])} ({number(slope)} - 1)) = {value}"
        )
    return (
        f"dL/dz{level}[{place}] = dL/da{level}[{place}] g'(z{level}[{place}]) = {number(each.a[0, unit])} * "
        f"{number(slope)} = {value}"
    )


def first_input(architecture: Architecture) -> str:
    """What the inputs of the first layer are called."""
    return "e" if architecture.front else "x"


def _by_arrays(
    layer: DenseLayer,
    own: Mapping[str, np.ndarray],
    one: LayerPass,
    each: LayerGradients,
    level: int,
    unit: int,
    before: str,
) -> Iterator[str]:
    """Those of the weights of a unit; of the kernel that from the largest input."""
    place, inner = unit + 1, "z"
    if layer.batch_normalization is not None:
        inner = "u"
        deviation = float(np.sqrt(own["moving_variance"][unit] + layer.batch_normalization.epsilon))
        by_z = number(each.z[0, unit])
        yield (
            f"dL/du{level}[{place}] = dL/dz{level}[{place}] gamma / sqrt(variance + epsilon) = {by_z} * "
            f"{number(own['gamma'][unit])} / {number(deviation)} = {number(each.z_dense[0, unit])}"
        )
        normal = number((one.z_dense[0, unit] - own["moving_mean"][unit]) / deviation)
        yield (
            f"dL/dgamma{level}[{place}] = dL/dz{level}[{place}] (u - mean) / sqrt(variance + epsilon) = {by_z} * "
            f"{normal} = {number(each.arrays['gamma'][unit])}"
        )
        yield f"dL/dbeta{level}[{place}] = dL/dz{level}[{place}] = {number(each.arrays['beta'][unit])}"
    strongest = int(np.abs(one.inputs[0]).argmax())
    by_dense = number(each.z_dense[0, unit])
    yield (
        f"dL/dW{level}[{strongest + 1},{place}] = {before}[{strongest + 1}] dL/d{inner}{level}[{place}] = "
        f"{number(one.inputs[0, strongest])} * {by_dense} = {number(each.arrays['kernel'][strongest, unit])}"
    )
    if layer.parametric:
        z, g = number(one.z[0, unit]), number(activate(one.z, layer.activation)[0, unit])
        yield (
            f"dL/dw{level}[{place}] = dL/da{level}[{place}] ({layer.activation['name']}(z{level}[{place}]) - "
            f"z{level}[{place}]) = {number(each.a[0, unit])} ({g} - {z}) = "
            f"{number(each.arrays['activation_weight'][unit])}"
        )
    if layer.use_bias:
        yield f"dL/db{level}[{place}] = dL/d{inner}{level}[{place}] = {by_dense}"


def _own(arrays: Mapping[str, np.ndarray], index: int) -> Dict[str, np.ndarray]:
    """The arrays of a layer by their own names, float64."""
    start = f"{index:02d}/"
    return {name[len(start) :]: array.astype(np.float64) for name, array in arrays.items() if name.startswith(start)}


def _sum(left: np.ndarray, right: np.ndarray, products: bool = True) -> str:
    """The sum of products with its largest terms written out: ``0.5 * -2 + 1.5 * 0.1 + (... 12) 0.03``."""
    terms = left * right
    order = np.argsort(-np.abs(terms), kind="stable")
    write: Callable[[int], str] = (
        (lambda position: f"{number(left[position])} * {number(right[position])}")
        if products
        else (lambda position: number(terms[position]))
    )
    shown = sorted(order[:TERMS].tolist())
    rest = order[TERMS:]
    words = [write(position) for position in shown]
    if len(rest):
        words.append(f"(... {len(rest)}) {number(float(terms[rest].sum()))}")
    return " + ".join(words)
