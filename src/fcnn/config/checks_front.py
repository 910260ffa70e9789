"""Checks of what stands before the first layer; they need the config alone."""

from typing import Callable, Iterator, Tuple

from fcnn.config.document import Finding
from fcnn.config.structs import Config
from fcnn.wording import say


def _factors(config: Config) -> Iterator[Finding]:
    """Learning-rate factors of weights that there are none of."""
    network = config.network
    messages = {
        "numeric_embedding": say("there is no numeric embedding: this factor changes nothing"),
        "input_scale": say("there is no input scale: this factor changes nothing"),
    }
    for name, message in messages.items():
        if getattr(network.learning_rate_factors, name) != 1 and not getattr(network, name):
            yield Finding(("network", "learning_rate_factors", name), message, severity="note")


CHECKS: Tuple[Callable[[Config], Iterator[Finding]], ...] = (_factors,)
