"""Optimizers and learning-rate schedules as types, with Keras's names and defaults."""

from typing import Any, Dict, Union

from fcnn.config.base import Annotated, Fraction, Literal, Meta, NonNegative, Positive, PositiveFloat, Section


class Adam(Section, tag_field="name", tag="adam", frozen=True):
    """Adam (Kingma and Ba, 2014)."""

    learning_rate: PositiveFloat = 1e-3
    beta_1: Fraction = 0.9
    beta_2: Fraction = 0.999
    epsilon: PositiveFloat = 1e-7
    amsgrad: bool = False


class AdamW(Section, tag_field="name", tag="adamw", frozen=True):
    """Adam with decoupled weight decay (Loshchilov and Hutter, 2017)."""

    learning_rate: PositiveFloat = 1e-3
    weight_decay: NonNegative = 0.004
    beta_1: Fraction = 0.9
    beta_2: Fraction = 0.999
    epsilon: PositiveFloat = 1e-7
    amsgrad: bool = False


class SGD(Section, tag_field="name", tag="sgd", frozen=True):
    """Gradient descent on batches, with momentum where wanted."""

    learning_rate: PositiveFloat = 0.01
    momentum: Fraction = 0.0
    nesterov: bool = False


class RMSprop(Section, tag_field="name", tag="rmsprop", frozen=True):
    """RMSprop (Hinton, 2012)."""

    learning_rate: PositiveFloat = 1e-3
    rho: Fraction = 0.9
    momentum: Fraction = 0.0
    epsilon: PositiveFloat = 1e-7
    centered: bool = False


class Adagrad(Section, tag_field="name", tag="adagrad", frozen=True):
    """Adagrad (Duchi et al., 2011)."""

    learning_rate: PositiveFloat = 1e-3
    initial_accumulator_value: NonNegative = 0.1
    epsilon: PositiveFloat = 1e-7


class Adamax(Section, tag_field="name", tag="adamax", frozen=True):
    """Adamax, Adam by the infinity norm (Kingma and Ba, 2014)."""

    learning_rate: PositiveFloat = 1e-3
    beta_1: Fraction = 0.9
    beta_2: Fraction = 0.999
    epsilon: PositiveFloat = 1e-7


class Nadam(Section, tag_field="name", tag="nadam", frozen=True):
    """Adam with Nesterov momentum (Dozat, 2016)."""

    learning_rate: PositiveFloat = 1e-3
    beta_1: Fraction = 0.9
    beta_2: Fraction = 0.999
    epsilon: PositiveFloat = 1e-7


class Adadelta(Section, tag_field="name", tag="adadelta", frozen=True):
    """Adadelta (Zeiler, 2012)."""

    learning_rate: PositiveFloat = 1e-3
    rho: Fraction = 0.95
    epsilon: PositiveFloat = 1e-7


class Ftrl(Section, tag_field="name", tag="ftrl", frozen=True):
    """Follow the regularized leader (McMahan et al., 2013)."""

    learning_rate: PositiveFloat = 1e-3
    learning_rate_power: Annotated[float, Meta(le=0)] = -0.5
    initial_accumulator_value: NonNegative = 0.1
    l1_regularization_strength: NonNegative = 0.0
    l2_regularization_strength: NonNegative = 0.0
    l2_shrinkage_regularization_strength: NonNegative = 0.0
    beta: NonNegative = 0.0


Optimizer = Union[Adam, AdamW, SGD, RMSprop, Adagrad, Adamax, Nadam, Adadelta, Ftrl]
OptimizerName = Literal["adam", "adamw", "sgd", "rmsprop", "adagrad", "adamax", "nadam", "adadelta", "ftrl"]


class Constant(Section, tag_field="name", tag="constant", frozen=True):
    """The optimizer's learning rate in every epoch."""


class Cosine(Section, tag_field="name", tag="cosine", frozen=True):
    """Half a cosine over all epochs, from the optimizer's learning rate towards `alpha` times it."""

    alpha: Annotated[float, Meta(ge=0, le=1)] = 0.0


class Step(Section, tag_field="name", tag="step", frozen=True):
    """Times `factor` after every so many epochs."""

    factor: Annotated[float, Meta(gt=0, lt=1)] = 0.5
    every: Annotated[Positive, Meta(description="epochs")] = 30


class Exponential(Section, tag_field="name", tag="exponential", frozen=True):
    """Times `decay_rate` after every epoch."""

    decay_rate: Annotated[float, Meta(gt=0, lt=1)] = 0.98


class Plateau(Section, tag_field="name", tag="plateau", frozen=True):
    """Times `factor` when the watched loss has not improved for `patience` epochs."""

    factor: Annotated[float, Meta(gt=0, lt=1)] = 0.5
    patience: Annotated[Positive, Meta(description="epochs")] = 10
    min_learning_rate: NonNegative = 1e-6


class CosLog4(Section, tag_field="name", tag="coslog4", frozen=True):
    """Four cycles from 0 up and back to 0, each about twice as long as the one before (RealMLP, Holzmueller, 2024)."""


class FlatCosine(Section, tag_field="name", tag="flat_cosine", frozen=True):
    """The optimizer's learning rate for a share of the epochs, then half a cosine to 0."""

    flat: Annotated[Fraction, Meta(description="share of the epochs")] = 0.5


Schedule = Union[Constant, Cosine, Step, Exponential, Plateau, CosLog4, FlatCosine]
ScheduleName = Literal["constant", "cosine", "step", "exponential", "plateau", "coslog4", "flat_cosine"]


OPTIMIZERS: Dict[str, Any] = {kind.__struct_config__.tag: kind for kind in Optimizer.__args__}  # type: ignore[attr-defined]
SCHEDULES: Dict[str, Any] = {kind.__struct_config__.tag: kind for kind in Schedule.__args__}  # type: ignore[attr-defined]
