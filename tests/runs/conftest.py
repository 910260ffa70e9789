"""A run folder that is made by hand: no TensorFlow, no training."""

import numpy as np
import pandas as pd
import pytest

from fcnn.data.column import table_of
from fcnn.data.missing import USUALLY
from fcnn.data.preprocessing import fit_preprocessing
from fcnn.data.target import Target
from fcnn.files import write_json
from fcnn.inference.network import Architecture, DenseLayer
from fcnn.runs.record import FORMAT, Record, write_history, write_record, write_weights

NETWORK = Architecture(inputs=2, layers=(DenseLayer(units=1, activation={"name": "linear"}),))
ARRAYS = {"00/kernel": np.array([[2.0], [0.0]], np.float32), "00/bias": np.array([0.1], np.float32)}
METRICS = {
    "task": "regression",
    "train": {"r2": 0.5},
    "baselines": {},
    "verdicts": [],
    "parameters": 3,
    "epochs": 2,
    "best_epoch": 2,
    "stopped": "finished",
}


@pytest.fixture
def record():
    """Of a regression on the columns `a` and `b`."""
    frame = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [5.0, 5.5, 7.0]})
    table = table_of(frame, ["a", "b"], USUALLY)
    preprocessing, _ = fit_preprocessing(table, {"a": "number", "b": "number"}, {})
    return Record(
        format=FORMAT,
        fcnn="0.1.0",
        target=Target(name="y", task="regression").fitted(np.array([10.0, 20.0, 30.0])),
        preprocessing=preprocessing,
        network=NETWORK,
        feature_names=preprocessing.feature_names,
        rows={"read": 3, "without_target": 0, "train": 3},
        files=({"path": "t.csv", "bytes": 1, "sha256": "0"},),
    )


@pytest.fixture
def run(tmp_path, record):
    """A complete run folder."""
    folder = tmp_path / "run"
    folder.mkdir()
    write_record(folder, record)
    write_weights(folder, ARRAYS)
    write_history(folder, {"epoch": [1.0, 2.0], "loss": [0.1 + 0.2, 1e-20], "seconds": [0.5, 0.25]})
    write_json(folder / "metrics.json", METRICS)
    (folder / "config.yaml").write_text("data: {path: t.csv, target: y}\nnetwork: {layers: []}\n", encoding="utf-8")
    return folder
