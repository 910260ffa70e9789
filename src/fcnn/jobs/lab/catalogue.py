"""Which experiments there are; told without anything heavy."""

from typing import TYPE_CHECKING, Mapping

from fcnn.wording import say

if TYPE_CHECKING:
    from fcnn.jobs.lab.experiment import Experiment

SHOWS: Mapping[str, str] = {
    "vanishing": say("in a deep stack of sigmoids the gradient of the first layers vanishes; relu keeps it"),
    "zero-centred": say("why tanh learns faster than sigmoid: its outputs are centred on 0"),
    "dead-relu": say("a relu unit that is 0 for every row has no gradient and never learns again"),
    "linear": say("layers without activations are one linear map, however many there are"),
    "neuron": say("one sigmoid unit is logistic regression: it finds the same weights as scikit-learn"),
    "two-or-many": say("sigmoid for two classes, softmax for many: when they are the same, and when not"),
    "init": say("how the weights start decides whether a deep network learns at all"),
    "learning-rate": say("too small takes forever, too large never arrives"),
    "overfit": say("what learning by heart looks like, and what helps against it"),
}
"""Each experiment, and what it shows, in the order of a course."""


def find_experiment(name: str) -> "Experiment":
    """The experiment of a name of :data:`SHOWS`; imports NumPy, matplotlib and scikit-learn."""
    from fcnn.jobs.lab import (
        dead_relu,
        initializers,
        learning_rate,
        linear,
        neuron,
        overfit,
        two_or_many,
        vanishing,
        zero_centred,
    )

    modules = (vanishing, zero_centred, dead_relu, linear, neuron, two_or_many, initializers, learning_rate, overfit)
    return dict(zip(SHOWS, (module.EXPERIMENT for module in modules)))[name]
