"""The config as types: every key, its domain and its default.

The names are Keras's where Keras has one (``units``, ``kernel_initializer``, ``beta_1``) and scikit-learn's for what
concerns data. The descriptions end up in the JSON Schema, where an editor shows them.
"""

import sys
from typing import Any, Dict, List, Optional, Tuple, Union

import msgspec
from msgspec import Meta, Struct

if sys.version_info >= (3, 9):
    from typing import Annotated, Literal
else:
    from typing import Literal

    from typing_extensions import Annotated

Positive = Annotated[int, Meta(ge=1)]
PositiveFloat = Annotated[float, Meta(gt=0)]
NonNegative = Annotated[float, Meta(ge=0)]
Fraction = Annotated[float, Meta(ge=0, lt=1)]

ActivationName = Literal[
    "elu", "exponential", "gelu", "hard_sigmoid", "leaky_relu", "linear", "mish", "relu",
    "selu", "sigmoid", "silu", "softmax", "softplus", "softsign", "swish", "tanh",
]  # fmt: skip
InitializerName = Literal[
    "auto", "glorot_normal", "glorot_uniform", "he_normal", "he_uniform", "lecun_normal", "lecun_uniform",
    "ones", "orthogonal", "random_normal", "random_uniform", "truncated_normal", "zeros",
]  # fmt: skip
LossName = Literal[
    "auto", "binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy",
    "mean_squared_error", "mean_absolute_error", "huber", "log_cosh",
]  # fmt: skip


class Section(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of every part of the config: immutable, and an unknown key is an error.

    The parts repeat `frozen`, which mypy does not see otherwise.
    """


# --- data -----------------------------------------------------------------------------------------------------------


class Column(Section, frozen=True):
    """What a column is, where the guess is not wanted."""

    type: Literal["number", "category", "boolean"]


class Split(Section, frozen=True):
    """Which share of the rows is kept away from training; the rest trains."""

    validation: Annotated[Fraction, Meta(description="Share of the rows that chooses the epoch; 0: none")] = 0.15
    test: Annotated[Fraction, Meta(description="Share of the rows that is scored once, at the end; 0: none")] = 0.15
    method: Annotated[
        Literal["auto", "random", "stratified"],
        Meta(description="auto: stratified for classes, random for regression"),
    ] = "auto"


class Data(Section, frozen=True):
    """The table and what is to be predicted from what."""

    path: Annotated[
        Union[str, List[str]],
        Meta(description="The CSV, relative to this file; a list or a glob is one table in parts"),
    ]
    target: Annotated[str, Meta(description="The column to predict")]
    task: Annotated[
        Literal["auto", "binary", "multiclass", "regression"],
        Meta(description="auto: guessed from the target"),
    ] = "auto"
    features: Annotated[Optional[List[str]], Meta(description="The columns to learn from; default: all others")] = None
    drop: Annotated[List[str], Meta(description="Columns to leave out")] = []
    columns: Annotated[Dict[str, Column], Meta(description="Types of columns, where the guess is not wanted")] = {}
    split: Split = Split()
    positive: Annotated[
        Union[str, int, float, bool, None],
        Meta(description="Binary tasks: the class that counts as positive"),
    ] = None
    weight: Annotated[Optional[str], Meta(description="A column of sample weights; it is no feature")] = None
    encoding: Annotated[
        Optional[str], Meta(description="Such as gb18030 or cp1252; default: UTF-8, with or without a BOM")
    ] = None


# --- network --------------------------------------------------------------------------------------------------------


class Activation(Section, frozen=True):
    """An activation with a parameter of its own."""

    name: ActivationName
    negative_slope: Annotated[
        Optional[NonNegative],
        Meta(description="leaky_relu: the slope below zero; default 0.2, as in Keras 3"),
    ] = None


class Layer(Section, frozen=True):
    """A fully connected layer: units -> batch normalization -> activation -> dropout."""

    units: Positive
    activation: Annotated[Union[ActivationName, Activation], Meta(description="The nonlinearity g in a = g(z)")] = (
        "relu"
    )
    kernel_initializer: Annotated[
        InitializerName, Meta(description="auto: He for the ReLU family, LeCun for selu, Glorot else")
    ] = "auto"
    use_bias: bool = True
    batch_normalization: Annotated[bool, Meta(description="Normalise z over the batch, before the activation")] = False
    dropout: Annotated[Fraction, Meta(description="Share of the outputs set to 0 while training")] = 0.0
    l1: Annotated[NonNegative, Meta(description="L1 penalty on the kernel")] = 0.0
    l2: Annotated[NonNegative, Meta(description="L2 penalty on the kernel")] = 0.0


class Output(Section, frozen=True):
    """The output layer, where what follows from the task is not wanted."""

    activation: Annotated[
        Union[Literal["auto"], ActivationName],
        Meta(description="auto: softmax, sigmoid or linear, by the task; softmax also fits a binary task"),
    ] = "auto"
    kernel_initializer: InitializerName = "auto"


class Network(Section, frozen=True):
    """The hidden layers in order; the output layer follows from the task."""

    layers: Annotated[
        List[Union[Positive, Layer]],
        Meta(description="A number is a layer of so many units with relu; [] is linear"),
    ]
    output: Output = Output()


# --- training -------------------------------------------------------------------------------------------------------


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


Schedule = Union[Constant, Cosine, Step, Exponential, Plateau]
ScheduleName = Literal["constant", "cosine", "step", "exponential", "plateau"]


class EarlyStopping(Section, frozen=True):
    """Stop when the validation loss (training loss without a validation split) has stopped improving."""

    patience: Annotated[Positive, Meta(description="epochs without improvement")] = 20
    min_delta: Annotated[NonNegative, Meta(description="a smaller improvement does not count")] = 0.0


class Training(Section, frozen=True):
    """How the weights are learnt."""

    epochs: Annotated[Positive, Meta(description="At most; early stopping may end before")] = 200
    batch_size: Annotated[
        Union[Literal["auto"], Positive],
        Meta(description="auto: a power of two from 8 to 512 by the number of rows"),
    ] = "auto"
    optimizer: Union[OptimizerName, Optimizer] = Adam()
    loss: Annotated[LossName, Meta(description="auto: follows from the task")] = "auto"
    learning_rate_schedule: Union[ScheduleName, Schedule, None] = None
    early_stopping: Annotated[Optional[EarlyStopping], Meta(description="null: always all epochs")] = EarlyStopping()
    class_weight: Annotated[
        Union[Literal["balanced"], Dict[str, PositiveFloat], None],
        Meta(description="balanced, or a weight by class name"),
    ] = None
    clipnorm: Annotated[
        Optional[PositiveFloat], Meta(description="The largest norm that a weight's gradient may have")
    ] = None
    compile: Annotated[
        Literal["auto", "xla", "graph", "eager"],
        Meta(description="How TensorFlow runs the steps; auto: graph"),
    ] = "auto"
    time_limit: Annotated[
        Union[PositiveFloat, str, None],
        Meta(description="Seconds, or 90s, 10m, 2h: stop after that, keep the best"),
    ] = None
    initial_weights: Annotated[Optional[str], Meta(description="A run folder to start from, or latest")] = None
    threads: Annotated[Optional[Positive], Meta(description="Threads of one TensorFlow operation; null: all")] = None


class Run(Section, frozen=True):
    """Where the result goes."""

    dir: Annotated[str, Meta(description="The folder of run folders, relative to the current one")] = "runs"
    name: Annotated[Optional[str], Meta(description="Start of the run folder's name; default: the config's")] = None
    plots: bool = True


class Config(Section, frozen=True):
    """One training job: a table, a network, how it is trained."""

    data: Data
    network: Network
    training: Training = Training()
    seed: Annotated[int, Meta(ge=0, lt=2**31, description="Governs split, weights, shuffling, dropout")] = 42
    diagnostics: Annotated[bool, Meta(description="Judge the finished training in words")] = True
    run: Run = Run()


OPTIMIZERS: Dict[str, Any] = {kind.__struct_config__.tag: kind for kind in Optimizer.__args__}  # type: ignore[attr-defined]
SCHEDULES: Dict[str, Any] = {kind.__struct_config__.tag: kind for kind in Schedule.__args__}  # type: ignore[attr-defined]

# Names that mean the same thing; the right-hand one is kept.
ALIASES: Dict[str, str] = {"swish": "silu", "sparse_categorical_crossentropy": "categorical_crossentropy"}


def layers_of(config: Config) -> Tuple[Layer, ...]:
    """The hidden layers, with a plain number of units written out as a layer."""
    return tuple(Layer(units=layer) if isinstance(layer, int) else layer for layer in config.network.layers)


def activation_of(layer: Layer) -> Activation:
    """A layer's activation with its parameters written out, and under its canonical name."""
    given = layer.activation
    activation = given if isinstance(given, Activation) else Activation(name=given)
    name = ALIASES.get(activation.name, activation.name)
    slope = activation.negative_slope
    if name == "leaky_relu" and slope is None:
        slope = 0.2  # the default of Keras 3; Keras 2's layer had 0.3, its backend function 0.2
    return Activation(name=name, negative_slope=slope)  # type: ignore[arg-type]


def optimizer_of(config: Config) -> Any:
    """The optimizer's options, with a plain name written out."""
    given = config.training.optimizer
    return OPTIMIZERS[given]() if isinstance(given, str) else given


def schedule_of(config: Config) -> Any:
    """The schedule's options, with a plain name written out; constant where there is none."""
    given = config.training.learning_rate_schedule
    if given is None:
        return Constant()
    return SCHEDULES[given]() if isinstance(given, str) else given


def plain(config: Config) -> Dict[str, Any]:
    """The config as mappings, lists and scalars, every default spelled out, in the order of the types."""
    written: Dict[str, Any] = msgspec.to_builtins(config)
    written["network"]["layers"] = [msgspec.to_builtins(layer) for layer in layers_of(config)]
    written["training"]["optimizer"] = msgspec.to_builtins(optimizer_of(config))
    written["training"]["learning_rate_schedule"] = msgspec.to_builtins(schedule_of(config))
    return written
