"""What the tests of the network share."""

import msgspec
import pytest

from fcnn.config import Config


@pytest.fixture
def config():
    """A config of layers and sections: ``config([8, 4], training={"loss": "huber"})``."""

    def build(layers, **sections):
        network = {"layers": layers, **sections.pop("network", {})}
        return msgspec.convert({"data": {"path": "t.csv", "target": "y"}, "network": network, **sections}, Config)

    return build
