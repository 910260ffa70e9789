"""The space that is searched where a config has no section of its own: usual ranges around what it has.

The rules, and where they come from:

* the learning rate, from a tenth of the config's to ten times it, on a logarithmic scale. Published spaces of networks
  for tables span a factor of 33 (TabM: 3e-5 to 1e-3) to 1000 (Gorishniy et al. 2021: 1e-5 to 1e-2) for one optimizer
  and one width; a factor of 100 around a rate that somebody chose has both ends in sight.
* one to four hidden layers, each like the config's first (TabM: 1 to 6 blocks of one width; Ludwig: 1 to 4).
* their width, from a quarter of the config's widest layer to four times it, doubled from choice to choice (TabM: 64 to
  1024, a factor of 16): few different widths, so that what was compiled for one trial serves for others.
* dropout from 0 to 0.5 in steps of 0.1 (0 to 0.5 in TabM and Gorishniy et al. 2021): in steps for the same reason, and
  because one trial in six is then without any.
* of AdamW the weight decay, from 1e-4 to 1e-1 on a logarithmic scale (TabM).
* half, once and twice the batch size: published spaces leave it alone, chosen by the number of rows, as fcnn does; but
  it acts together with the learning rate.
"""

from typing import Any, Dict, List

from fcnn.config.optimizers import AdamW
from fcnn.config.search import Given
from fcnn.config.structs import Config, Layer, Range, layers_of, optimizer_of

FACTOR = 10.0
"""From the config's learning rate to both ends."""
DEEPEST = 4
"""Hidden layers."""
WIDTHS = (0.25, 0.5, 1, 2, 4)
"""Of the config's widest layer."""


def usual_space(config: Config) -> Given:
    """The section that stands for one that is not there.

    Args:
        config: with everything that follows from its table written out.
    """
    rate = optimizer_of(config).learning_rate
    space: Dict[str, Any] = {"training.optimizer.learning_rate": Range(low=rate / FACTOR, high=rate * FACTOR, log=True)}
    layers = layers_of(config)
    if layers:
        widest = max(layer.units for layer in layers)
        space["network.layers"] = [[_options(layers[0])] * depth for depth in range(1, DEEPEST + 1)]
        space["network.layers[*].units"] = _distinct(round(widest * width) for width in WIDTHS)
        space["network.layers[*].dropout"] = Range(low=0.0, high=0.5, step=0.1)
    if isinstance(optimizer_of(config), AdamW):
        space["training.optimizer.weight_decay"] = Range(low=1e-4, high=1e-1, log=True)
    size = int(config.training.batch_size)
    space["training.batch_size"] = _distinct([size // 2, size, 2 * size])
    return space


def _options(layer: Layer) -> Any:
    """What makes a layer differ from one of so many units and nothing else; without that, the number of units."""
    import msgspec

    given, usual = msgspec.to_builtins(layer), msgspec.to_builtins(Layer(units=layer.units))
    options = {name: value for name, value in given.items() if value != usual[name]}
    return {"units": layer.units, **options} if options else layer.units


def _distinct(numbers: Any) -> List[int]:
    return sorted({max(1, number) for number in numbers})
