"""A small table of two classes, one of them rare."""

from pathlib import Path
from typing import Any, Dict

import pytest


@pytest.fixture
def rare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dict[str, Any]:
    """A config for 200 rows of which 20 are `yes`; the classes overlap. It is alone in the current folder."""
    monkeypatch.chdir(tmp_path)
    rows = [f"{(7 * row) % 20 / 10},{(3 * row) % 11},no" for row in range(180)]
    rows += [f"{1 + (7 * row) % 20 / 20},{(3 * row) % 11},yes" for row in range(20)]
    Path("rare.csv").write_text("\n".join(["a,b,y", *rows, ""]), encoding="utf-8")
    return {
        "data": {"path": "rare.csv", "target": "y"},
        "network": {"layers": [8]},
        "training": {"epochs": 40, "early_stopping": None, "optimizer": {"name": "adam", "learning_rate": 0.02}},
        "run": {"plots": False},
    }
