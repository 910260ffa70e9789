"""How TensorFlow is to run the steps of a training: a rule, so that equal trainings run in an equal way.

XLA compiles an epoch to machine code: small layers gain most, for which TensorFlow's graph spends its time between the
operations. Compiling takes a second or two, so that few steps are over before it pays; and of large products TensorFlow
2.4's own are the faster ones. The constants are rounded from `scripts/benchmark speed` on both stacks.
"""

import sys
from importlib.metadata import PackageNotFoundError, version

from fcnn.config.base import Literal

WORK = 6
"""Multiplications and additions of a step for each row and weight: two forward, twice that for the gradients."""
GAIN = 1.2e-4
"""Seconds that XLA saves in each step, whatever its size."""
GAIN_OF_WORK = {2: 0.0, 3: 2.0e-12}
"""Seconds more for each multiplication or addition, by Keras's generation: its fused operations are faster."""
MOST_WORK = {2: 2.5e8, 3: 2.5e9}
"""Multiplications and additions of a step from which on XLA is no faster."""
COMPILATION = 2.0
"""Seconds that XLA must save in all: twice what compiling takes, since early stopping may end it soon."""


def keras_generation() -> int:
    """2 beside TensorFlow 2.4, else 3; read from the package's metadata, since importing it takes seconds."""
    try:
        return 2 if version("keras").startswith("2.") else 3
    except PackageNotFoundError:
        return 3


def choose_mode(
    weights: int, batch_size: int, rows: int, epochs: int, keras: int, amsgrad: bool = False, trainings: int = 1
) -> Literal["xla", "graph"]:
    """``xla`` where it will have saved more time than compiling takes, else ``graph``.

    Args:
        weights: numbers that are learnt.
        batch_size: rows of a step.
        rows: training rows.
        epochs: at most.
        keras: of :func:`keras_generation`.
        amsgrad: whether the optimizer is Adam with it, which XLA of TensorFlow 2.4 cannot compile.
        trainings: how many use what is compiled once.
    """
    if (amsgrad and keras == 2) or sys.platform == "win32":  # not tried with the wheels for Windows
        return "graph"
    work = float(WORK * weights * min(batch_size, rows))
    steps = trainings * epochs * -(-rows // batch_size)
    saved = steps * (GAIN + GAIN_OF_WORK[keras] * work)
    return "xla" if work <= MOST_WORK[keras] and saved >= COMPILATION else "graph"
