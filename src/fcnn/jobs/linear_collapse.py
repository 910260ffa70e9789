"""A trained stack without a nonlinearity beside the one layer that it is: the same outputs, the same scores."""

import math
from typing import Any, Dict, Mapping, Optional

import numpy as np

from fcnn.data.target import Target
from fcnn.inference.network import Architecture, forward
from fcnn.insight.linear import collapse, largest_difference
from fcnn.jobs.score import Sample, Scored
from fcnn.wording import say


def linear_collapse(
    architecture: Architecture, arrays: Mapping[str, np.ndarray], target: Target, part: str, sample: Sample
) -> Optional[Dict[str, Any]]:
    """What ``metrics.json`` has as ``linear_collapse``.

    Args:
        architecture: of the trained network.
        arrays: its weights.
        target: what it predicts.
        part: the part of the split that is judged.
        sample: its rows.

    Returns:
        ``layers`` and ``parameters`` of the network; ``one_layer_parameters``; ``largest_difference`` of the outputs;
        ``part``, ``rows``, and the scores of both, ``network`` and ``one_layer``, on these. None where the product of
        the kernels left float32.

    Raises:
        ValueError: the network has a nonlinearity, or no hidden layer.
    """
    one = collapse(architecture, arrays)
    difference = largest_difference(architecture, arrays, one, sample.x)
    if not math.isfinite(difference):
        return None
    networks = {"network": (architecture, arrays), "one_layer": one}
    return {
        "layers": len(architecture.layers),
        "parameters": architecture.trainable_parameters,
        "one_layer_parameters": one[0].trainable_parameters,
        "largest_difference": difference,
        "part": part,
        "rows": len(sample.x),
        **{
            name: Scored(target, sample.y_raw, forward(*network, sample.x), sample.weight).metrics
            for name, network in networks.items()
        },
    }


def said_of_collapse(found: Mapping[str, Any]) -> str:
    """The same in a sentence.

    Args:
        found: ``linear_collapse`` of ``metrics.json``.
    """
    return say(
        "{layers} layers without a nonlinearity are one linear layer: multiplied out, {one:,} parameters instead of "
        "{many:,} give the same outputs (largest difference {difference:.1e} on {rows:,} {part} rows)",
        layers=found["layers"],
        one=found["one_layer_parameters"],
        many=found["parameters"],
        difference=found["largest_difference"],
        rows=found["rows"],
        part=found["part"],
    )
