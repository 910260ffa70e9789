"""What trains the same network on the same rows: Keras, fcnn, PyTorch and scikit-learn, each in a process of its own.

A trainer imports what it needs and then begins its turns; each turn is an epoch with its validation. The first one
has everything that has to be done once in it: the model, copies of the data, tracing and compiling.
"""

from importlib.util import find_spec
from typing import Any, Callable, Dict

import numpy as np
from cases import EPOCHS, EPSILON, LEARNING_RATE, ROWS, Case, Data, initial_weights
from turns import Turns

Trainer = Callable[[Case, Data, int, Turns], None]


def keras_fit(case: Case, data: Data, epochs: int, turns: Turns, **compiling: Any) -> None:
    """`model.fit` as everybody calls it; `compiling` goes to `model.compile`."""
    from tensorflow import keras

    class Told(keras.callbacks.Callback):
        def on_epoch_end(self, epoch: int, logs: Dict[str, float]) -> None:
            turns.end(loss=float(logs["loss"]), val_loss=float(logs["val_loss"]))

    turns.begin()
    layers = [keras.layers.Dense(units, activation="relu") for units in case.layers[1:-1]]
    output = keras.layers.Dense(case.layers[-1], activation="softmax")
    model = keras.Sequential([keras.Input((case.layers[0],)), *layers, output])
    model.set_weights(initial_weights(case))
    model.compile(
        keras.optimizers.Adam(LEARNING_RATE, epsilon=EPSILON),
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
        **compiling,
    )
    model.fit(
        data.x,
        data.y,
        batch_size=case.batch_size,
        epochs=epochs,
        validation_data=data.validation,
        callbacks=[Told()],
        verbose=0,
    )


def many_steps(case: Case, data: Data, epochs: int, turns: Turns) -> None:
    """`model.fit` with 64 steps between two returns to Python."""
    keras_fit(case, data, epochs, turns, steps_per_execution=64)


def many_compiled_steps(case: Case, data: Data, epochs: int, turns: Turns) -> None:
    """The same, compiled by XLA; only Keras 3 can."""
    keras_fit(case, data, epochs, turns, steps_per_execution=64, jit_compile=True)


def fcnn_engine(case: Case, data: Data, epochs: int, turns: Turns, mode: str) -> None:
    """The engine under fcnn's own loop over epochs."""
    from fcnn.config import config_from_mapping
    from fcnn.config.structs import optimizer_of
    from fcnn.network.architecture import design_network
    from fcnn.training.learner import Learner
    from fcnn.training.loop import Plan, train
    from fcnn.training.rows import to_rows
    from fcnn.training.schedules import LearningRate

    adam = {"name": "adam", "learning_rate": LEARNING_RATE, "epsilon": EPSILON}
    config = config_from_mapping(
        {
            "data": {"path": "no.csv", "target": "y"},
            "network": {"layers": list(case.layers[1:-1])},
            "training": {"batch_size": case.batch_size, "compile": mode, "optimizer": adam},
        },
        name="speed",
    ).config
    turns.begin()
    design = design_network(config, "multiclass", case.layers[0], case.layers[-1])
    learner = Learner(design, config.training, optimizer_of(config), config.seed)
    learner.model.set_weights(initial_weights(case))
    train(
        learner.model,
        learner.engine,
        learner.optimizer,
        LearningRate(None, LEARNING_RATE, epochs),
        Plan(epochs, config.seed, early_stopping=None, time_limit=None),
        to_rows(data.x, data.y, False, None),
        to_rows(*data.validation, False, None),
        on_epoch=lambda row, best_epoch: turns.end(loss=row["loss"], val_loss=row["val_loss"]),
    )


def chosen(case: Case) -> str:
    """The name of the trainer that ``training.compile: auto`` means for a network, in a training of EPOCHS."""
    from fcnn.network.compile_mode import choose_mode, keras_generation

    return f"fcnn, {choose_mode(case.parameters, case.batch_size, ROWS, EPOCHS, keras_generation())}"


def fcnn_graph(case: Case, data: Data, epochs: int, turns: Turns) -> None:
    """``training.compile: graph``."""
    fcnn_engine(case, data, epochs, turns, "graph")


def fcnn_xla(case: Case, data: Data, epochs: int, turns: Turns) -> None:
    """``training.compile: xla``."""
    fcnn_engine(case, data, epochs, turns, "xla")


def torch_loop(case: Case, data: Data, epochs: int, turns: Turns) -> None:
    """The loop that PyTorch's tutorials teach, with the rows in two tensors instead of a loader, which is slower."""
    import torch

    turns.begin()
    torch.manual_seed(0)
    modules = []
    for inputs, units in zip(case.layers, case.layers[1:]):
        modules += [torch.nn.Linear(inputs, units), torch.nn.ReLU()]
    model = torch.nn.Sequential(*modules[:-1])
    with torch.no_grad():
        for parameter, weight in zip(model.parameters(), initial_weights(case)):
            parameter.copy_(torch.from_numpy(weight.T.copy()))
    optimizer = torch.optim.Adam(model.parameters(), LEARNING_RATE, eps=EPSILON)
    mean_loss = torch.nn.CrossEntropyLoss()
    x, y = torch.from_numpy(data.x), torch.from_numpy(data.y.astype(np.int64))
    other_x, other_y = torch.from_numpy(data.validation[0]), torch.from_numpy(data.validation[1].astype(np.int64))
    for _ in range(epochs):
        total, hits = torch.zeros(()), torch.zeros((), dtype=torch.int64)
        for rows in torch.randperm(len(x)).split(case.batch_size):
            labels = y[rows]
            output = model(x[rows])
            loss = mean_loss(output, labels)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            total += loss.detach() * len(rows)
            hits += (output.argmax(1) == labels).sum()
        with torch.no_grad():
            output = model(other_x)
            val_loss, val_hits = mean_loss(output, other_y), (output.argmax(1) == other_y).sum()
        turns.end(
            loss=float(total) / len(x),
            accuracy=float(hits) / len(x),
            val_loss=float(val_loss),
            val_accuracy=float(val_hits) / len(other_x),
        )


def scikit_learn(case: Case, data: Data, epochs: int, turns: Turns) -> None:
    """`MLPClassifier`, epoch by epoch; it draws its own initial weights, and measures no accuracy while it trains."""
    from sklearn.metrics import accuracy_score, log_loss
    from sklearn.neural_network import MLPClassifier

    turns.begin()
    model = MLPClassifier(
        case.layers[1:-1],
        alpha=0.0,
        batch_size=case.batch_size,
        learning_rate_init=LEARNING_RATE,
        epsilon=EPSILON,
        random_state=0,
    )
    classes, (other_x, other_y) = np.arange(case.layers[-1]), data.validation
    for _ in range(epochs):
        model.partial_fit(data.x, data.y, classes=classes)
        output = model.predict_proba(other_x).astype(np.float64)
        val_loss = log_loss(other_y, output / output.sum(axis=1, keepdims=True), labels=classes)
        turns.end(loss=model.loss_, val_loss=val_loss, val_accuracy=accuracy_score(other_y, output.argmax(axis=1)))


def large_product(case: Case, data: Data, epochs: int, turns: Turns) -> None:
    """The machine's peak: the fastest of several products of two large matrices; tells its ``gflops``."""
    import time

    import tensorflow as tf

    turns.begin()
    size, multiply = 2048, tf.function(tf.matmul)
    matrix = tf.random.normal((size, size))
    multiply(matrix, matrix).numpy()
    while True:
        fastest = float("inf")
        for _ in range(5):
            began = time.perf_counter()
            multiply(matrix, matrix).numpy()
            fastest = min(fastest, time.perf_counter() - began)
        turns.end(gflops=2 * size**3 / fastest / 1e9)


FIT = "model.fit"
TRAINERS: Dict[str, Trainer] = {
    FIT: keras_fit,
    "model.fit, steps_per_execution=64": many_steps,
    "the same with jit_compile": many_compiled_steps,
    "fcnn, graph": fcnn_graph,
    "fcnn, xla": fcnn_xla,
    "PyTorch, eager": torch_loop,
    "scikit-learn, MLPClassifier": scikit_learn,
}


def available() -> Dict[str, Trainer]:
    """Those whose libraries are here."""
    from importlib.metadata import version

    absent = set() if find_spec("torch") else {"PyTorch, eager"}
    if version("keras").startswith("2."):
        absent.add("the same with jit_compile")
    return {name: trainer for name, trainer in TRAINERS.items() if name not in absent}
