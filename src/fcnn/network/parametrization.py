"""What a model learns, and what it computes with: the one place where a learnt weight becomes an effective one.

A layer may learn v of a weight w = factor * v. The gradient by v has the factor, but the steps of Adam and its like do
not depend on the size of a gradient: w moves by factor times what it would move else, as with a learning rate of its
own. What Keras holds (``get_weights``, checkpoints) is learnt; what fcnn computes with, writes and shows is effective.

Such a layer has ``factors``: a float for each of its ``weights``, in their order.
"""

from typing import Any, List, Sequence

import numpy as np


def effective(model: Any, weights: Sequence[np.ndarray]) -> List[np.ndarray]:
    """The weights that the layers compute with.

    Args:
        model: of Keras.
        weights: learnt ones, as Keras orders them.

    Returns:
        In the same order and of the same dtypes; with a factor of 1 the arrays themselves. The bits are those that the
        layers have, which multiply in float32, too.
    """
    return [
        weight if factor == 1 else weight * weight.dtype.type(factor)
        for weight, factor in zip(weights, _factors(model))
    ]


def learnt(model: Any, weights: Sequence[np.ndarray]) -> List[np.ndarray]:
    """The reverse of :func:`effective`, but for the rounding of a division."""
    return [
        weight if factor == 1 else weight / weight.dtype.type(factor)
        for weight, factor in zip(weights, _factors(model))
    ]


def _factors(model: Any) -> List[float]:
    """Of each weight of a model."""
    factors: List[float] = []
    for layer in model.layers:
        factors += getattr(layer, "factors", None) or [1.0] * len(layer.weights)
    return factors
