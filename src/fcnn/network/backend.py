"""Every difference between the two generations of TensorFlow and Keras, and the only import of TensorFlow.

TensorFlow 2.4 brings Keras 2.4, TensorFlow 2.21 works with Keras 3; everything outside this module uses what both have.
"""

import os
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec
import numpy as np

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")  # the command line sets 0 and sends the messages to the run's log

import tensorflow as tf
from tensorflow import keras
from tensorflow.core.protobuf.saved_model_pb2 import SavedModel

from fcnn.network.parametrization import effective, learnt

__all__ = [
    "GENERATION", "KERAS_FILE", "LEARNING_RATE", "OUT_OF_MEMORY", "activation", "activation_layer", "callback_list",
    "compiled", "device_names", "get_arrays", "get_learning_rate", "get_state", "initializer", "keras", "loss",
    "normalization_layer", "optimizer", "rescaling_layer", "same_learning_rate", "save_graph", "save_model",
    "saved_model_of", "set_arrays", "set_learning_rate", "set_seed", "set_state", "set_threads", "stock_activation",
    "stock_parametric_activation", "strategy_of_devices", "strategy_of_workers", "tf", "threads", "traces",
]  # fmt: skip

IS_KERAS_2 = keras.__version__.startswith("2.")
GENERATION = 2 if IS_KERAS_2 else 3
"""Of Keras."""

KERAS_FILE = ".h5" if IS_KERAS_2 else ".keras"
"""The ending of the files that this Keras writes."""

LEARNING_RATE = "lr" if IS_KERAS_2 else "learning_rate"
"""What Keras's callbacks call the learning rate among the figures of an epoch."""

OUT_OF_MEMORY = (tf.errors.ResourceExhaustedError, MemoryError)
"""What TensorFlow and NumPy raise where a network or a table is too large for the machine."""

INITIALIZERS: Dict[str, str] = {
    name: "".join(word.capitalize() for word in name.split("_"))
    for name in (
        "glorot_normal", "glorot_uniform", "he_normal", "he_uniform", "lecun_normal", "lecun_uniform",
        "ones", "orthogonal", "random_normal", "random_uniform", "truncated_normal", "zeros",
    )
}  # fmt: skip
"""Keras's classes by fcnn's names."""


def set_threads(threads: Optional[int]) -> None:
    """Limit the threads of one operation; only before TensorFlow has run anything, afterwards it is left as it is."""
    if threads is None or tf.config.threading.get_intra_op_parallelism_threads() == threads:
        return
    with suppress(RuntimeError):
        tf.config.threading.set_intra_op_parallelism_threads(threads)


def threads() -> int:
    """The threads of one operation, where they were limited; 0: as many as there are processors."""
    return int(tf.config.threading.get_intra_op_parallelism_threads())


def set_seed(seed: int) -> None:
    """Seed TensorFlow's own random state; layers and initializers get seeds of their own besides."""
    tf.random.set_seed(seed)


def initializer(name: str, seed: int, **options: float) -> Any:
    """A Keras initializer that gives the same values each time; `options` are Keras's."""
    if name not in ("ones", "zeros"):
        options["seed"] = seed
    return keras.initializers.get({"class_name": INITIALIZERS[name], "config": options})


def activation(record: Mapping[str, Any]) -> Callable[[Any], Any]:
    """The TensorFlow function of a recorded activation; its NumPy twin is in :mod:`fcnn.inference.activations`."""
    name = record["name"]
    if name == "leaky_relu":
        slope = record["negative_slope"]
        return lambda z: tf.nn.leaky_relu(z, alpha=slope)
    if name == "hard_sigmoid" and not IS_KERAS_2:  # Keras 3's has another slope
        slope, offset = record["slope"], record["offset"]
        return lambda z: tf.clip_by_value(slope * z + offset, 0.0, 1.0)
    if name == "mish" and IS_KERAS_2:  # which has none
        return lambda z: z * tf.tanh(tf.nn.softplus(z))
    function: Callable[[Any], Any] = keras.activations.get("swish" if name == "silu" else name)
    return function


def activation_layer(record: Mapping[str, Any], name: str) -> Any:
    """A Keras layer of a recorded activation; one that Keras can write into a file, where Keras has such a layer."""
    if record["name"] == "leaky_relu":
        slope = {"alpha" if IS_KERAS_2 else "negative_slope": record["negative_slope"]}
        return keras.layers.LeakyReLU(**slope, name=name)
    return keras.layers.Activation(activation(record), name=name)


def loss(name: str) -> Any:
    """A Keras loss that returns one value for each row; classes are integer codes."""
    kinds = {
        "binary_crossentropy": keras.losses.BinaryCrossentropy,
        "categorical_crossentropy": keras.losses.SparseCategoricalCrossentropy,
        "mean_squared_error": keras.losses.MeanSquaredError,
        "mean_absolute_error": keras.losses.MeanAbsoluteError,
        "huber": keras.losses.Huber,
        "log_cosh": keras.losses.LogCosh,
    }
    return kinds[name](reduction="none")


class _AdamW(keras.optimizers.Adam):
    """Adam with decoupled weight decay for Keras 2.4, which has none; the formula is that of Keras 3's AdamW."""

    def __init__(self, weight_decay: float, **options: Any) -> None:
        super().__init__(**options)
        self.weight_decay = weight_decay

    def _resource_apply_dense(self, grad: Any, var: Any, apply_state: Any = None) -> Any:
        rate = self._get_hyper("learning_rate", var.dtype.base_dtype)
        decay = var.assign_sub(var * self.weight_decay * rate)
        with tf.control_dependencies([decay]):
            return super()._resource_apply_dense(grad, var, apply_state)

    def get_config(self) -> Dict[str, Any]:
        return {**super().get_config(), "weight_decay": self.weight_decay}


def optimizer(options: Any, variables: Sequence[Any]) -> Any:
    """A Keras optimizer with its slots made.

    Args:
        options: one of :data:`fcnn.config.optimizers.OPTIMIZERS`.
        variables: the weights that it will change.
    """
    arguments = msgspec.to_builtins(options)
    name = arguments.pop("name")
    kinds = {
        "adam": keras.optimizers.Adam,
        "adamw": _AdamW if IS_KERAS_2 else keras.optimizers.AdamW,
        "sgd": keras.optimizers.SGD,
        "rmsprop": keras.optimizers.RMSprop,
        "adagrad": keras.optimizers.Adagrad,
        "adamax": keras.optimizers.Adamax,
        "nadam": keras.optimizers.Nadam,
        "adadelta": keras.optimizers.Adadelta,
        "ftrl": keras.optimizers.Ftrl,
    }
    made = kinds[name](**arguments)
    if IS_KERAS_2:
        made._create_all_weights(variables)
    else:
        made.build(variables)
    return made


def get_state(optimizer: Any) -> List[np.ndarray]:
    """Copies of all that an optimizer remembers: slots and the number of steps; of Keras 3 the learning rate, too."""
    if IS_KERAS_2:
        state: List[np.ndarray] = optimizer.get_weights()
        return state
    return [variable.numpy() for variable in optimizer.variables]


def set_state(optimizer: Any, state: Sequence[np.ndarray]) -> None:
    """Make an optimizer remember something else; the reverse of :func:`get_state`."""
    if IS_KERAS_2:
        optimizer.set_weights(state)
        return
    for variable, value in zip(optimizer.variables, state):
        variable.assign(value)


def set_learning_rate(optimizer: Any, rate: float) -> None:
    """Change the learning rate without tracing a compiled step again."""
    optimizer.learning_rate = rate


def compiled(function: Callable[..., Any], mode: str) -> Callable[..., Any]:
    """The function as TensorFlow runs it: ``graph``, ``xla`` (compiled to machine code) or ``eager`` (as it is).

    Loops and conditions over tensors have to be TensorFlow's own in it: AutoGraph, which would rewrite Python's, takes
    more than half of the time until the first step.
    """
    if mode == "eager":
        return function
    option = "experimental_compile" if IS_KERAS_2 else "jit_compile"
    made: Callable[..., Any] = tf.function(function, autograph=False, **({option: True} if mode == "xla" else {}))
    return made


def traces(function: Any) -> int:
    """How often a :func:`compiled` function was traced; 0 where it runs as it is."""
    return int(function.experimental_get_tracing_count()) if hasattr(function, "experimental_get_tracing_count") else 0


def get_learning_rate(optimizer: Any) -> float:
    """The learning rate that the next step will have."""
    return float(optimizer.learning_rate.numpy())


def same_learning_rate(first: float, second: float) -> bool:
    """Whether two learning rates are one to an optimizer, which has them as float32."""
    return bool(np.float32(first) == np.float32(second))


def callback_list(callbacks: Sequence[Any], model: Any, epochs: int, steps: int) -> Any:
    """Keras's own handling of a list of callbacks."""
    return keras.callbacks.CallbackList(
        list(callbacks), add_history=False, model=model, epochs=epochs, steps=steps, verbose=0
    )


def get_arrays(model: Any, names: Sequence[str]) -> Dict[str, np.ndarray]:
    """Copies of the effective weights, float32, by the names of `fcnn.inference.network.Architecture.shapes`."""
    weights = effective(model, model.get_weights())
    return {name: np.array(weight, dtype=np.float32) for name, weight in zip(names, weights)}


def set_arrays(model: Any, arrays: Mapping[str, np.ndarray], names: Sequence[str]) -> None:
    """Put effective weights into the model; the reverse of :func:`get_arrays`."""
    model.set_weights(learnt(model, [arrays[name] for name in names]))


def strategy_of_workers(addresses: Sequence[str], index: int) -> Any:
    """TensorFlow's strategy of several processes with a device each; before TensorFlow has run anything.

    It starts a server that listens on all addresses of this machine.

    Args:
        addresses: ``host:port`` of each.
        index: which of them this process is.
    """
    gpus = tf.config.list_physical_devices("GPU")
    tf.config.set_visible_devices(gpus[:1], "GPU")
    resolver = tf.distribute.cluster_resolver.SimpleClusterResolver(
        tf.train.ClusterSpec({"worker": list(addresses)}),
        task_type="worker",
        task_id=index,
        num_accelerators={"GPU": len(gpus[:1])},
        rpc_layer="grpc",
    )
    return tf.distribute.MultiWorkerMirroredStrategy(cluster_resolver=resolver)


def device_names(kind: str, wanted: int = 0) -> List[str]:
    """The devices of a kind that this process can use: ``GPU:0``, ``GPU:1`` ...

    Args:
        kind: ``GPU`` or ``CPU``.
        wanted: of CPUs: before TensorFlow has run anything, the processor becomes so many.
    """
    physical = tf.config.list_physical_devices(kind)
    if kind == "CPU" and wanted > 1:
        with suppress(RuntimeError):
            options = [tf.config.LogicalDeviceConfiguration() for _ in range(wanted)]
            tf.config.set_logical_device_configuration(physical[0], options)
    return [f"{kind}:{number}" for number in range(len(tf.config.list_logical_devices(kind)))]


def strategy_of_devices(devices: Sequence[str]) -> Any:
    """TensorFlow's strategy of several devices of this process, such as ``GPU:0`` and ``GPU:1``."""
    return tf.distribute.MirroredStrategy(list(devices))


def save_graph(function: Callable[..., Any], inputs: Mapping[str, Any], folder: Path, signature: str) -> None:
    """Write a function as a SavedModel of one signature.

    Args:
        function: from tensors (rows,) by name to tensors by name.
        inputs: the types of its arguments.
        folder: to be made.
        signature: its name.
    """
    specs = {name: tf.TensorSpec([None], kind, name=name) for name, kind in inputs.items()}
    concrete = tf.function(function, autograph=False).get_concrete_function(**specs)
    tf.saved_model.save(tf.Module(), str(folder), signatures={signature: concrete})


def saved_model_of(content: bytes) -> Any:
    """The message in a ``saved_model.pb``."""
    model = SavedModel()
    model.ParseFromString(content)
    return model


def normalization_layer(means: np.ndarray, stds: np.ndarray, name: str) -> Any:
    """Keras's Normalization of float64 columns: (x - mean) / std."""
    if not IS_KERAS_2:
        return keras.layers.Normalization(mean=means, variance=stds**2, dtype="float64", name=name)
    layer = keras.layers.experimental.preprocessing.Normalization(dtype="float64", name=name)
    layer.build((None, len(means)))
    layer.set_weights([means, stds**2, np.array(0)])
    return layer


def rescaling_layer(scale: float, offset: float, name: str) -> Any:
    """Keras's Rescaling in float64: x * scale + offset."""
    layers = keras.layers.experimental.preprocessing if IS_KERAS_2 else keras.layers
    return layers.Rescaling(scale, offset, dtype="float64", name=name)


def stock_activation(x: Any, record: Mapping[str, Any], name: str) -> Any:
    """A recorded activation of a Keras tensor in layers that every Keras of this generation knows by itself."""
    kind, layers = record["name"], keras.layers
    if kind == "linear":
        return x
    if kind == "hard_sigmoid":
        rescaled = rescaling_layer(record["slope"], record["offset"], f"{name}_line")(x)
        return layers.ReLU(max_value=1.0, name=name)(rescaled)
    if kind == "mish" and IS_KERAS_2:
        gate = layers.Activation("tanh", name=f"{name}_tanh")(layers.Activation("softplus", name=f"{name}_softplus")(x))
        return layers.Multiply(name=name)([x, gate])
    return activation_layer(record, name)(x)


def stock_parametric_activation(x: Any, record: Mapping[str, Any], weight: np.ndarray, name: str) -> Any:
    """A recorded activation with a weight (units,) for each unit, x + weight (g(x) - x), in stock layers."""
    layers = keras.layers
    einsum = layers.experimental.EinsumDense if IS_KERAS_2 else layers.EinsumDense
    beyond = layers.Subtract(name=f"{name}_beyond")([stock_activation(x, record, f"{name}_whole"), x])
    scale = einsum("ru,u->ru", output_shape=x.shape[-1], name=f"{name}_weight")
    weighted = scale(beyond)
    scale.set_weights([weight])
    return layers.Add(name=name)([x, weighted])


def save_model(model: Any, path: Path, name: str, text: str) -> None:
    """Write a Keras model into a file, and a text besides, which Keras leaves alone.

    Args:
        model: of stock layers.
        path: with the ending `KERAS_FILE`.
        name: of the text: an attribute of an ``.h5``, a member of a ``.keras``.
        text: to be found there.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "__array__ implementation", DeprecationWarning)  # Keras 3 beside NumPy 2
        model.save(str(path))
    if IS_KERAS_2:
        import h5py

        with h5py.File(str(path), "a") as file:
            file.attrs[name] = text
        return
    with ZipFile(path, "a", ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
