"""Overrides that change hidden layers, as short as the config can say it."""

from typing import Any, Callable, Mapping, Sequence, Tuple

import msgspec

from fcnn.config.structs import Activation, Layer
from fcnn.evaluation.verdict import Setting, lower_rate, rate_override, typed
from fcnn.wording import say

FIXED = ("zeros", "ones")
"""Initializers that give all units of a layer equal weights: they then learn the same, if anything."""
NARROW = ("random_normal", "random_uniform", "truncated_normal")
"""Initializers whose weights are equally large whatever the number of inputs."""


def name_of(layer: Layer) -> str:
    """The name of a layer's activation."""
    return layer.activation.name if isinstance(layer.activation, Activation) else layer.activation


def start_anew(layers: Sequence[Layer], initializers: Sequence[str]) -> Tuple[str, ...]:
    """The override that gives layers with one of these initializers that which suits their activation, if there are."""
    if not any(layer.kernel_initializer in initializers for layer in layers):
        return ()
    return with_layers(
        layers, lambda layer: {"kernel_initializer": "auto"} if layer.kernel_initializer in initializers else {}
    )


def calmed(setting: Setting) -> Tuple[Tuple[str, ...], str]:
    """What is tried first where units or gradients are out of hand: suitable weights, or a usual learning rate.

    Returns:
        Overrides and the hint that names them; none where neither weights nor learning rate are unusual.
    """
    remedy = start_anew(setting.layers, FIXED)
    if remedy:
        return remedy, say("weights that begin as suits the layers: {line}", line=typed(remedy))
    if setting.learning_rate > setting.usual_rate:
        remedy = (rate_override(lower_rate(setting)),)
        return remedy, say("try a lower learning rate: {line}", line=typed(remedy))
    return (), ""


def with_layers(layers: Sequence[Layer], change: Callable[[Layer], Mapping[str, Any]]) -> Tuple[str, ...]:
    """The override that changes layers: of a key of one of them, or of all layers at once.

    Args:
        layers: the hidden layers as they are.
        change: what is to be different of a layer, by key; nothing where it stays.

    Returns:
        One override; none where all layers stay as they are.
    """
    changes = [
        (number, key, value)
        for number, layer in enumerate(layers)
        for key, value in change(layer).items()
        if getattr(layer, key) != value
    ]
    if not changes:
        return ()
    if len(changes) == 1:
        number, key, value = changes[0]
        return (f"network.layers.{number}.{key}={_scalar(value)}",)
    written = ", ".join(_written(msgspec.structs.replace(layer, **change(layer))) for layer in layers)
    return (f"network.layers=[{written}]",)


def _written(layer: Layer) -> str:
    """A layer in a list of YAML: a number where all but the units is as usual, else a mapping of what is not."""
    different = {
        field.name: getattr(layer, field.name)
        for field in msgspec.structs.fields(layer)
        if field.name != "units" and getattr(layer, field.name) != field.default
    }
    if not different:
        return str(layer.units)
    return (
        "{" + ", ".join(f"{key}: {_scalar(value)}" for key, value in {"units": layer.units, **different}.items()) + "}"
    )


def _mapping(values: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f"{key}: {_scalar(value)}" for key, value in values.items()) + "}"


def _scalar(value: Any) -> str:
    if isinstance(value, Activation):
        parts = {"name": value.name, "negative_slope": value.negative_slope}
        return _mapping({key: part for key, part in parts.items() if part is not None})
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value)
