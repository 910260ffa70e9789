"""The networks of the benchmark of speed, and the data that all of them learn from."""

from typing import Dict, List, NamedTuple, Tuple

import numpy as np

ROWS = 54_000
"""Training rows."""
VALIDATION_ROWS = 6_000
"""Rows that are measured after each epoch."""
EPOCHS = 200
"""Of the training for which fcnn chooses how to compile: as many as a config has by default; here are fewer."""
FACTORS = 10
"""What the inputs are made of."""
LEARNING_RATE = 1e-3
EPSILON = 1e-7
"""Adam's, as Keras has it."""


class Case(NamedTuple):
    """A network of relu layers with a softmax at the end, and the rows of a step."""

    layers: Tuple[int, ...]
    """Inputs, units of each hidden layer, classes."""
    batch_size: int

    @property
    def name(self) -> str:
        """Such as ``20-64-64-5@128``: what the command line calls it."""
        return f"{'-'.join(map(str, self.layers))}@{self.batch_size}"

    @property
    def parameters(self) -> int:
        """Weights and biases."""
        return sum((before + 1) * after for before, after in zip(self.layers, self.layers[1:]))

    @property
    def operations(self) -> int:
        """Floating-point operations of one row in a training step.

        A multiplication and an addition for each parameter, once forward and twice backward: for the gradients of the
        weights and for those of the inputs. The first layer does not need the latter; they are counted all the same.
        """
        return 6 * self.parameters


CASES: Dict[str, Case] = {
    case.name: case
    for case in (
        Case((20, 64, 64, 5), 128),
        Case((20, 64, 64, 5), 32),
        Case((50, 256, 256, 256, 10), 256),
        Case((784, 512, 512, 10), 128),
        Case((50, 1024, 1024, 10), 1024),
    )
}


class Data(NamedTuple):
    """Rows of inputs that a few factors make, and of classes that these draw at random.

    So no network can bring the loss to 0, nor learn the rows by heart: the loss is that of the classes' own noise, and
    an order of the rows changes it little.
    """

    x: np.ndarray
    """(ROWS, inputs) float32."""
    y: np.ndarray
    """(ROWS,) int32 codes."""
    validation: Tuple[np.ndarray, np.ndarray]
    """The same of VALIDATION_ROWS rows."""


def make_data(case: Case) -> Data:
    """The same rows each time."""
    random = np.random.default_rng(0)
    inputs, classes = case.layers[0], case.layers[-1]
    factors = random.standard_normal((ROWS + VALIDATION_ROWS, FACTORS), dtype=np.float32)
    x = factors @ (random.standard_normal((FACTORS, inputs), dtype=np.float32) / np.float32(np.sqrt(FACTORS)))
    scores = factors @ random.standard_normal((FACTORS, classes)) + random.gumbel(size=(len(x), classes))
    y = scores.argmax(axis=1).astype(np.int32)
    return Data(x[:ROWS], y[:ROWS], (x[ROWS:], y[ROWS:]))


def initial_weights(case: Case) -> List[np.ndarray]:
    """Kernel (inputs, units) and bias (units,) of each layer: Glorot's, the same each time."""
    random, weights = np.random.default_rng(1), []
    for inputs, units in zip(case.layers, case.layers[1:]):
        limit = np.sqrt(6 / (inputs + units))
        weights += [random.uniform(-limit, limit, (inputs, units)).astype(np.float32), np.zeros(units, np.float32)]
    return weights
