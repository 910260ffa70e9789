"""One of two processes: trains the same small networks alone and with the other, and writes what came of both.

`python two_workers.py INDEX FOLDER PORT`; `test_shared_engine` starts it. With `devices` in place of the index it
trains with two devices of one process.
"""

import sys
from pathlib import Path

import numpy as np

from fcnn.config.optimizers import OPTIMIZERS
from fcnn.config.structs import Training, WeightAveraging
from fcnn.inference.activations import parameters_of
from fcnn.inference.network import Architecture, BatchNormalization, DenseLayer
from fcnn.network import backend
from fcnn.network.architecture import Design, LayerOptions
from fcnn.training.learner import Learners
from fcnn.training.replicas import Replicas
from fcnn.training.rows import to_rows

ROWS, EPOCHS = 79, 2
CASES = {
    "adam, clipnorm, penalties, a batch of one row": {"clipnorm": 0.05, "l2": 0.01, "batch_size": 39},
    "sgd with momentum, weights": {"optimizer": "sgd", "momentum": 0.9, "weighted": True},
    "smoothed labels, averaged weights": {"label_smoothing": 0.1, "weight_averaging": WeightAveraging(momentum=0.5)},
    "regression, a batch of all rows": {"loss": "huber", "units": 1, "activation": "linear", "batch_size": 1000},
    "dropout, a batch of one row": {"dropout": 0.3, "batch_size": 39},
    "batch normalization": {"batch_normalization": BatchNormalization()},
}
OF_DEVICES = ("adam, clipnorm, penalties, a batch of one row", "batch normalization")
"""Those that are tried on two devices, too; the rest is the same code."""


def learnt(
    replicas, optimizer="adam", clipnorm=None, l2=0.0, batch_size=26, weighted=False, units=3, activation="softmax",
    loss="categorical_crossentropy", dropout=0.0, batch_normalization=None, label_smoothing=0.0, weight_averaging=None,
    **options
):  # fmt: skip
    """Weights, figures and the counters of dropout after some epochs."""
    random = np.random.default_rng(7)
    x = random.normal(size=(ROWS, 4)).astype(np.float32)
    y = random.integers(0, 3, ROWS) if units == 3 else x.sum(axis=1)
    weight = random.random(ROWS).astype(np.float32) if weighted else None
    hidden = DenseLayer(
        units=8, activation=parameters_of("tanh"), dropout=dropout, batch_normalization=batch_normalization
    )
    layers = (hidden, DenseLayer(units=units, activation=parameters_of(activation)))
    design = Design(Architecture(inputs=4, layers=layers), (LayerOptions("glorot_uniform", l2=l2),) * 2, loss)
    training = Training(
        batch_size=batch_size, compile="graph", clipnorm=clipnorm, label_smoothing=label_smoothing,
        weight_averaging=weight_averaging,
    )  # fmt: skip
    learner = Learners(replicas).get(design, training, OPTIMIZERS[optimizer](**options), 1)
    part = to_rows(x, y, units == 1, weight, weight)
    for epoch in range(EPOCHS):
        order = np.random.default_rng(epoch).permutation(ROWS)
        figures = learner.engine.epoch(part, order, lambda: False, part)
    counters = [layer.counter.numpy() for layer in learner.model.layers if hasattr(layer, "counter")]
    return [*learner.model.get_weights(), np.array(list(figures.values())), np.array(counters)]


def main(which: str, folder: str, port: str) -> None:
    if which == "devices":
        backend.device_names("CPU", 2)
        replicas = Replicas(backend.strategy_of_devices(["CPU:0", "CPU:1"]))
    else:
        addresses = [f"127.0.0.1:{int(port) + index}" for index in range(2)]
        replicas = Replicas(backend.strategy_of_workers(addresses, int(which)), int(which), 2)
    found = {}
    for name in OF_DEVICES if which == "devices" else CASES:
        for kind, others in (("alone", None), ("together", replicas)):
            if kind == "together" or which in ("0", "devices"):
                arrays = learnt(others, **CASES[name])
                found.update({f"{name}/{kind}/{number}": array for number, array in enumerate(arrays)})
    np.savez(Path(folder, f"{which}.npz"), **found)


if __name__ == "__main__":
    main(*sys.argv[1:])
