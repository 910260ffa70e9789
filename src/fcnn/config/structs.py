"""The config as types: every key, its domain and its default.

The names are Keras's where Keras has one (``units``, ``kernel_initializer``, ``beta_1``) and scikit-learn's for what
concerns data. The descriptions end up in the JSON Schema, where an editor shows them.
"""

from typing import Any, Dict, List, Optional, Tuple, Union

import msgspec

from fcnn.config.base import Annotated, Fraction, Literal, Meta, NonNegative, Positive, PositiveFloat, Section
from fcnn.config.front import NUMERIC_EMBEDDINGS, CategoricalEmbedding, NumericEmbedding, NumericEmbeddingName
from fcnn.config.network import BiasInitializer, BiasInitializerName, LearningRateFactors
from fcnn.config.optimizers import (
    OPTIMIZERS,
    SCHEDULES,
    Adam,
    Constant,
    Optimizer,
    OptimizerName,
    Schedule,
    ScheduleName,
)

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


ScalerName = Literal["standard", "robust", "quantile"]


# --- data -----------------------------------------------------------------------------------------------------------


class Column(Section, frozen=True):
    """What a column is, where the guess is not wanted."""

    type: Annotated[
        Literal["auto", "number", "category", "boolean", "date"], Meta(description="auto: guessed from its values")
    ] = "auto"
    bad_values: Annotated[
        Literal["error", "missing"],
        Meta(description="Cells of a number or date that are none: an error, or missing values"),
    ] = "error"
    missing: Annotated[
        Optional[List[str]], Meta(description="What counts as missing beside an empty cell; default: data.missing")
    ] = None
    format: Annotated[Optional[str], Meta(description="Of dates, such as %d/%m/%Y; default: found out")] = None
    scaler: Annotated[Optional[ScalerName], Meta(description="Of numbers and dates; default: data.scaler")] = None


class Split(Section, frozen=True):
    """Which share of the rows is kept away from training; the rest trains."""

    validation: Annotated[Fraction, Meta(description="Share of the rows that chooses the epoch; 0: none")] = 0.15
    test: Annotated[Fraction, Meta(description="Share of the rows that is scored once, at the end; 0: none")] = 0.15
    method: Annotated[
        Literal["auto", "random", "stratified", "group", "time", "column"],
        Meta(
            description="auto: stratified for classes, random for regression; group: no group in two parts; "
            "time: the latest rows are for testing; column: it says train, validation or test"
        ),
    ] = "auto"
    column: Annotated[
        Optional[str], Meta(description="The column of the group, the time or the part; it is no feature by itself")
    ] = None


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
    validation_path: Annotated[
        Union[str, List[str], None], Meta(description="The validation rows, where they lie in files of their own")
    ] = None
    test_path: Annotated[
        Union[str, List[str], None], Meta(description="The test rows, where they lie in files of their own")
    ] = None
    positive: Annotated[
        Union[str, int, float, bool, None],
        Meta(description="Binary tasks: the class that counts as positive"),
    ] = None
    weight: Annotated[Optional[str], Meta(description="A column of sample weights; it is no feature")] = None
    encoding: Annotated[
        Optional[str], Meta(description="Such as utf-8, utf-16, gb18030 or cp1252; default: found out")
    ] = None
    missing: Annotated[
        Optional[List[str]],
        Meta(description="What counts as missing beside an empty cell; default: NA, N/A, NaN, null, None, ?, - ..."),
    ] = None
    memory: Annotated[
        Union[str, PositiveFloat],
        Meta(description="Bytes, or 500MB, 2GB, 2GiB: a larger table is put on the disk; auto: half of what is free"),
    ] = "auto"
    scaler: Annotated[
        ScalerName,
        Meta(
            description="Of numbers and dates: standard (mean, standard deviation), robust (median, interquartile "
            "range) or quantile (ranks, as normally distributed)"
        ),
    ] = "standard"
    smooth_clip: Annotated[
        Optional[PositiveFloat],
        Meta(description="Such as 3: scaled numbers and dates x become x / sqrt(1 + (x/3)^2); null: they stay"),
    ] = None


# --- network --------------------------------------------------------------------------------------------------------


class Activation(Section, frozen=True):
    """An activation with a parameter of its own."""

    name: ActivationName
    negative_slope: Annotated[
        Optional[NonNegative],
        Meta(description="leaky_relu: the slope below zero; default 0.2, as in Keras 3"),
    ] = None
    parametric: Annotated[
        bool, Meta(description="a = z + w (g(z) - z) with a w for each unit, which is learnt and starts at 1")
    ] = False


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
    bias_initializer: Annotated[
        Union[BiasInitializerName, BiasInitializer], Meta(description="How the bias starts, as a name or with options")
    ] = "zeros"
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
    clip: Annotated[
        bool, Meta(description="Regression: outside training, clip the output to the range of the training targets")
    ] = False


class Network(Section, frozen=True):
    """The hidden layers in order; the output layer follows from the task."""

    layers: Annotated[
        List[Union[Positive, Layer]],
        Meta(description="A number is a layer of so many units with relu; [] is linear"),
    ]
    numeric_embedding: Annotated[
        Union[NumericEmbeddingName, NumericEmbedding, None],
        Meta(description="What each number becomes before the first layer; null: it stays as it is"),
    ] = None
    categorical_embedding: Annotated[
        Optional[CategoricalEmbedding],
        Meta(description="What each level of a category becomes before the first layer; null: a column of its own"),
    ] = None
    input_scale: Annotated[
        bool, Meta(description="Multiply each input of the first layer with a factor that is learnt")
    ] = False
    parametrization: Annotated[
        Literal["standard", "ntk"],
        Meta(description="ntk: kernel = v / sqrt(inputs of the layer), and v is learnt (Jacot et al., 2018)"),
    ] = "standard"
    learning_rate_factors: LearningRateFactors = LearningRateFactors()
    output: Output = Output()


# --- training -------------------------------------------------------------------------------------------------------


class EarlyStopping(Section, frozen=True):
    """Stop when the validation loss (training loss without a validation split) has stopped improving."""

    patience: Annotated[Positive, Meta(description="epochs without improvement")] = 20
    min_delta: Annotated[NonNegative, Meta(description="a smaller improvement does not count")] = 0.0


class WeightAveraging(Section, frozen=True):
    """Keep an exponential moving average of the weights: it is validated, kept and written in their place."""

    momentum: Annotated[
        float, Meta(gt=0, lt=1, description="m: after each step, average = m average + (1 - m) weights")
    ] = 0.99


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
        Meta(description="How TensorFlow runs the steps; auto: xla where it saves more time than it takes"),
    ] = "auto"
    devices: Annotated[
        Union[Literal["auto"], Positive, List[str]],
        Meta(
            description="That share the rows of a batch: a number of GPUs, or names such as GPU:0; auto: all GPUs, "
            "but one where XLA is used"
        ),
    ] = "auto"
    time_limit: Annotated[
        Union[PositiveFloat, str, None],
        Meta(description="Seconds, or 90s, 10m, 2h: stop after that, keep the best"),
    ] = None
    initial_weights: Annotated[Optional[str], Meta(description="A run folder to start from, or latest")] = None
    threads: Annotated[Optional[Positive], Meta(description="Threads of one TensorFlow operation; null: all")] = None
    tensorboard: Annotated[
        bool, Meta(description="Write the figures of each epoch for TensorBoard, into tensorboard/ of the run folder")
    ] = False
    label_smoothing: Annotated[
        Fraction,
        Meta(
            description="Of classes, in training only: the true one counts 1 - s + s/K, the K - 1 others s/K each; "
            "helps accuracy, hurts probabilities"
        ),
    ] = 0.0
    weight_averaging: Annotated[
        Optional[WeightAveraging], Meta(description="null: the weights of the best epoch are kept as they are")
    ] = None


class Run(Section, frozen=True):
    """Where the result goes."""

    dir: Annotated[str, Meta(description="The folder of run folders, relative to the current one")] = "runs"
    name: Annotated[Optional[str], Meta(description="Start of the run folder's name; default: the config's")] = None
    plots: bool = True


class Report(Section, frozen=True):
    """What is found out about the trained network, and how it is shown."""

    language: Annotated[
        Literal["auto", "en", "zh"], Meta(description="Of report.html; auto: that of FCNN_LANG, or of the system")
    ] = "auto"
    importance: Annotated[
        bool, Meta(description="Measure which columns matter, by shuffling them one after the other")
    ] = True


class Range(Section, frozen=True):
    """Where a number is searched; the words are Optuna's."""

    low: Annotated[float, Meta(description="The smallest")]
    high: Annotated[float, Meta(description="The largest")]
    step: Annotated[Optional[PositiveFloat], Meta(description="Only low, low + step, low + 2 step ...")] = None
    log: Annotated[bool, Meta(description="As often from 0.001 to 0.01 as from 0.01 to 0.1")] = False


class Decision(Section, frozen=True):
    """From the network's probabilities to those that are told, and to a class; fitted on the validation rows."""

    calibration: Annotated[
        Optional[Literal["temperature"]],
        Meta(description="temperature: divide the logits by the number that fits best"),
    ] = None
    threshold: Annotated[
        Optional[Literal["accuracy", "balanced_accuracy", "f1", "matthews_corrcoef"]],
        Meta(description="Two classes: the positive one above the probability with the best of these; null: above 0.5"),
    ] = None


class Config(Section, frozen=True, kw_only=True):
    """One training job: a table, a network, how it is trained."""

    preset: Annotated[
        Optional[Literal["simple", "strong"]],
        Meta(description="Values for the keys that are left out: simple as in a course, strong for a good score"),
    ] = None
    data: Data
    network: Network
    training: Training = Training()
    decision: Decision = Decision()
    seed: Annotated[int, Meta(ge=0, lt=2**31, description="Governs split, weights, shuffling, dropout")] = 42
    diagnostics: Annotated[
        bool, Meta(description="Measure each layer while it learns, and judge the training in words")
    ] = True
    report: Report = Report()
    run: Run = Run()
    search: Annotated[
        Optional[Dict[str, Union[Range, List[Any]]]],
        Meta(
            description="For fcnn tune: keys as overrides write them, network.layers[*] for every layer, and for each "
            "{low, high, step, log} or a list of choices; default: usual ranges around what the config has"
        ),
    ] = None


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
    return Activation(name=name, negative_slope=slope, parametric=activation.parametric)  # type: ignore[arg-type]


def bias_initializer_of(layer: Layer) -> BiasInitializer:
    """How a layer's bias starts, with a plain name written out."""
    given = layer.bias_initializer
    return BiasInitializer(name=given) if isinstance(given, str) else given


def optimizer_of(config: Config) -> Any:
    """The optimizer's options, with a plain name written out."""
    given = config.training.optimizer
    return OPTIMIZERS[given]() if isinstance(given, str) else given


def numeric_embedding_of(config: Config) -> Optional[NumericEmbedding]:
    """The numeric embedding's options, with a plain name written out."""
    given = config.network.numeric_embedding
    embedding: Optional[NumericEmbedding] = NUMERIC_EMBEDDINGS[given]() if isinstance(given, str) else given
    return embedding


def schedule_of(config: Config) -> Any:
    """The schedule's options, with a plain name written out; constant where there is none."""
    given = config.training.learning_rate_schedule
    if given is None:
        return Constant()
    return SCHEDULES[given]() if isinstance(given, str) else given


def plain(config: Config) -> Dict[str, Any]:
    """The config as mappings, lists and scalars, every default spelled out, in the order of the types."""
    written: Dict[str, Any] = msgspec.to_builtins(config)
    written["network"]["numeric_embedding"] = msgspec.to_builtins(numeric_embedding_of(config))
    written["network"]["layers"] = [msgspec.to_builtins(layer) for layer in layers_of(config)]
    written["training"]["optimizer"] = msgspec.to_builtins(optimizer_of(config))
    written["training"]["learning_rate_schedule"] = msgspec.to_builtins(schedule_of(config))
    return written
