"""The tables that several experiments learn from."""

from typing import Tuple

import numpy as np

from fcnn.jobs.lab.experiment import Data


def digits() -> Data:
    """Scikit-learn's handwritten digits: 1,797 images of 8 x 8 pixels, and which digit each is."""
    from sklearn.datasets import load_digits

    bunch = load_digits()
    header = [f"pixel_{row}_{column}" for row in range(8) for column in range(8)]
    return Data([*header, "digit"], [*bunch.data.T, texts(bunch.target)])


def moons(rows: int, noise: float, seed: int) -> Tuple[np.ndarray, np.ndarray]:
    """Two half circles that reach into each other, with noise.

    Args:
        rows: an even number, half of each class, which follow each other by turns.
        noise: the standard deviation of what is added to the points.
        seed: of the angles and the noise.

    Returns:
        (rows, 2) float64 points with four decimals, and (rows,) the class, 0 or 1.
    """
    generator = np.random.default_rng(seed)
    upper = np.arange(rows) % 2 == 0
    angle = generator.uniform(0, np.pi, rows)
    x = np.where(upper, np.cos(angle), 1 - np.cos(angle))
    y = np.where(upper, np.sin(angle), 0.5 - np.sin(angle))
    points = np.column_stack([x, y]) + noise * generator.standard_normal((rows, 2))
    return points.round(4), np.where(upper, 0, 1)


def texts(values: np.ndarray) -> np.ndarray:
    """(rows,) objects of ``str``, as :func:`fcnn.jobs.csv_text.csv_rows` takes columns of names."""
    return np.array([str(value) for value in values.tolist()], dtype=object)
