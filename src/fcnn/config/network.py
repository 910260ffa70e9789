"""Parts of ``network`` that are sections of their own: how a bias starts, how fast the kinds of weights learn."""

from typing import Optional

from fcnn.config.base import Annotated, Literal, Meta, PositiveFloat, Section

Factor = Annotated[float, Meta(ge=1e-6, le=1e6)]
BiasInitializerName = Literal["ones", "random_normal", "random_uniform", "truncated_normal", "zeros"]
NO_CURVE = ("linear", "softmax")
"""Activations that cannot be parametric: the one is z itself, of the other no unit has a curve of its own."""


class BiasInitializer(Section, frozen=True):
    """How a bias starts, where the initializer has an option."""

    name: BiasInitializerName
    stddev: Annotated[
        Optional[PositiveFloat], Meta(description="random_normal, truncated_normal: default 0.05, as in Keras")
    ] = None


class LearningRateFactors(Section, frozen=True):
    """What kinds of weights learn with, times the learning rate, by parametrization: w = factor * v, v is learnt."""

    bias: Annotated[Factor, Meta(description="of the biases")] = 1.0
    activation: Annotated[Factor, Meta(description="of the weights of parametric activations")] = 1.0
    input_scale: Annotated[Factor, Meta(description="of the learnt factors of the inputs")] = 1.0
    numeric_embedding: Annotated[Factor, Meta(description="of the embeddings of numbers")] = 1.0
