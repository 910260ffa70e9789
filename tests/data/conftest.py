"""What the tests of the data share."""

import msgspec
import pytest

from fcnn.config.structs import Data


@pytest.fixture
def table(tmp_path):
    """Write text or bytes as a file, `t.csv` unless it is named."""

    def write(content, name="t.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return write


@pytest.fixture
def section():
    """The `data` section of a config: ``section(target="y", drop=["id"])``."""

    def build(**keys):
        return msgspec.convert({"path": "t.csv", "target": "y", **keys}, Data)

    return build
