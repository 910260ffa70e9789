"""Overrides that experiments have in common."""

from typing import Any


def stack(count: int, units: int, **options: Any) -> str:
    """The override for so many equal hidden layers: ``stack(2, 32, activation="relu")``."""
    written = ", ".join(f"{name}: {value}" for name, value in {"units": units, **options}.items())
    return f"network.layers=[{', '.join([f'{{{written}}}'] * count)}]"


def rate(value: float) -> str:
    """The override for a learning rate."""
    return f"training.optimizer.learning_rate={value:g}"
