"""Checks of how the weights of a network are parametrized and start; they need the config alone."""

from typing import Callable, Iterator, List, Tuple

from fcnn.config.document import Finding
from fcnn.config.network import NO_CURVE
from fcnn.config.paths import Path
from fcnn.config.structs import Config, Output, activation_of, bias_initializer_of, layers_of, optimizer_of
from fcnn.wording import say

LAYERS: Path = ("network", "layers")
FACTORS: Path = ("network", "learning_rate_factors")
NORMAL = ("random_normal", "truncated_normal")
"""Initializers that have a standard deviation."""


def _parametric(config: Config) -> Iterator[Finding]:
    """Parametric activations that there are none of, and a factor for weights that there are none of."""
    activations = [activation_of(layer) for layer in layers_of(config)]
    for index, activation in enumerate(activations):
        if activation.parametric and activation.name in NO_CURVE:
            yield Finding(
                (*LAYERS, index, "activation", "parametric"),
                say("{name} cannot be parametric: no unit has a curve of its own", name=activation.name),
                hint=say("parametric: false, or another activation"),
                at_key=True,
            )
    if config.network.learning_rate_factors.activation != 1 and not any(each.parametric for each in activations):
        message = say("no activation is parametric: this factor changes nothing")
        hint = say("such as {code}", code="activation: {name: selu, parametric: true}")
        yield Finding((*FACTORS, "activation"), message, hint=hint, severity="note")


def _bias(config: Config) -> Iterator[Finding]:
    for index, layer in enumerate(layers_of(config)):
        path, initializer = (*LAYERS, index, "bias_initializer"), bias_initializer_of(layer)
        if initializer.stddev is not None and initializer.name not in NORMAL:
            yield Finding(
                (*path, "stddev"),
                say(
                    "`stddev` is an option of {owners}, not of {name}", owners=", ".join(NORMAL), name=initializer.name
                ),
                hint=say("write name: random_normal, or delete it"),
                at_key=True,
            )
        if initializer.name != "zeros" and not layer.use_bias:
            message = say("without a bias there is nothing that this could start")
            yield Finding(path, message, hint=say("use_bias: true, or delete it"), severity="warning", at_key=True)


def _scaled_steps(config: Config) -> Iterator[Finding]:
    """A parametrization that does not mean a learning rate of its own."""
    factors = config.network.learning_rate_factors
    scaled = [name for name in factors.__struct_fields__ if getattr(factors, name) != 1]
    paths: List[Path] = [(*FACTORS, name) for name in scaled]
    if config.network.parametrization != "standard":
        paths.append(("network", "parametrization"))
    if not paths or optimizer_of(config).__struct_config__.tag != "sgd":
        return
    message = say("sgd takes steps as large as the gradient, which has the factor, too: f makes steps f * f as large")
    hint = say("training.optimizer=adam, whose steps do not depend on the gradient's size")
    yield Finding(paths[0], message, hint=hint, severity="warning")


def clip_findings(output: Output, task: str) -> Iterator[Finding]:
    """A clipped output of a task whose outputs are probabilities."""
    if output.clip and task != "regression":
        message = say("`clip` is for the numbers of a regression, and the task is {task}", task=task)
        yield Finding(("network", "output", "clip"), message, hint=say("delete the key"))


CHECKS: Tuple[Callable[[Config], Iterator[Finding]], ...] = (_parametric, _bias, _scaled_steps)
