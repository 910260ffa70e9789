"""What the tests of the config share."""

import msgspec
import pytest

from fcnn.config import Config, load_config
from fcnn.errors import ConfigError


@pytest.fixture
def load(tmp_path, monkeypatch):
    """Load a text as the file `p.yaml` of the current folder, with overrides."""
    monkeypatch.chdir(tmp_path)

    def load_text(text, *overrides):
        raw = text if isinstance(text, bytes) else text.encode("utf-8")
        (tmp_path / "p.yaml").write_bytes(raw)
        return load_config("p.yaml", overrides)

    return load_text


@pytest.fixture
def judge(load):
    """The problems of a text with overrides, written out."""

    def problems_of(text, *overrides):
        try:
            problems = load(text, *overrides).problems
        except ConfigError as error:
            problems = error.problems
        return [str(problem) for problem in problems]

    return problems_of


@pytest.fixture
def unchecked():
    """A config of sections, `unchecked(training={"epochs": 3})`, on which no check has run yet."""

    def build(**sections):
        data = {"path": "a.csv", "target": "y", **sections.pop("data", {})}
        network = {"layers": [8], **sections.pop("network", {})}
        return msgspec.convert({"data": data, "network": network, **sections}, Config)

    return build
