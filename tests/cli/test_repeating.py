"""Equal seeds and written configs give equal runs, bit for bit."""

import csv
from pathlib import Path
from typing import Any, Dict, List

import numpy as np
import pytest

from fcnn.files import read_json


def weights(run: Path) -> bytes:
    return (run / "weights.npz").read_bytes()


def history(run: Path) -> List[Dict[str, str]]:
    with (run / "history.csv").open(encoding="utf-8", newline="") as file:
        return [{name: text for name, text in row.items() if name != "seconds"} for row in csv.DictReader(file)]


def metrics(run: Path) -> Dict[str, Any]:
    return {name: value for name, value in read_json(run / "metrics.json").items() if name != "seconds"}


def config(run: Path) -> str:
    return (run / "config.yaml").read_text(encoding="utf-8")


def test_the_config_of_a_run_repeats_it_in_another_process_and_folder(trained, console, tmp_path) -> None:
    again = console("train", trained.folder / "config.yaml", "--run-dir", tmp_path / "again", "run.plots=false").folder
    assert weights(again) == weights(trained.folder)
    assert history(again) == history(trained.folder)
    assert metrics(again) == metrics(trained.folder)
    assert config(again) == config(trained.folder).replace("plots: true", "plots: false")


@pytest.fixture(scope="module")
def once() -> Dict[str, Path]:
    """Runs with the seed 5, by how they were compiled."""
    return {}


@pytest.mark.parametrize(
    "options",
    [
        pytest.param(["training.compile=graph"], id="plain"),
        pytest.param(["network.layers=[{units: 9, dropout: 0.4, batch_normalization: true}]"], id="dropout"),
        pytest.param(["training.compile=eager"], id="eager"),
        pytest.param(["training.compile=xla"], id="xla"),
    ],
)
def test_the_same_seed_gives_the_same_run_and_another_one_another(console, small, once, options) -> None:
    runs = [console("train", small, f"seed={seed}", *options).folder.resolve() for seed in (5, 5, 6)]
    once[options[0].rpartition("=")[2]] = runs[0]
    assert weights(runs[0]) == weights(runs[1]) != weights(runs[2])
    assert history(runs[0]) == history(runs[1])
    assert metrics(runs[0]) == metrics(runs[1])


@pytest.mark.parametrize("mode", ["eager", "xla"])
def test_every_way_of_compiling_computes_the_same(console, small, once, mode) -> None:
    for value in {"graph", mode} - set(once):
        once[value] = console("train", small, "seed=5", f"training.compile={value}").folder.resolve()
    runs = [once[value] for value in ("graph", mode)]
    with np.load(str(runs[0] / "weights.npz")) as first, np.load(str(runs[1] / "weights.npz")) as second:
        assert first.files == second.files
        for name in first.files:
            np.testing.assert_allclose(first[name], second[name], rtol=1e-4, atol=1e-5)
