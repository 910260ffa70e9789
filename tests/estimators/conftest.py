"""A table with everything in it, and small estimators."""

import numpy as np
import pandas as pd
import pytest

import fcnn


@pytest.fixture(scope="session")
def plants():
    """60 rows: a number with missing values, words, truth values, dates; three kinds, and a mass."""
    row = np.arange(60)
    return pd.DataFrame(
        {
            "height": np.where(row % 11 == 3, np.nan, 5.5 + row * 7 % 13),
            "颜色": pd.Series(np.array(["红", "绿", None], dtype=object)[row % 3], dtype=object),
            "grown": np.array(["no", "yes"], dtype=object)[row % 13 // 7],
            "sown": pd.date_range("2020-03-01", periods=60, freq="9D").strftime("%Y-%m-%d").astype(object),
            "kind": np.array(["a", "b", "c"], dtype=object)[row % 13 // 5],
            "mass": 2.0 * (row % 13) + 0.5 * (row % 3),
        }
    )


@pytest.fixture(scope="session")
def run(plants, tmp_path_factory):
    """A run on the same rows, none of them for testing; nobody may change it."""
    folder = tmp_path_factory.mktemp("estimators")
    plants.to_csv(str(folder / "plants.csv"), index=False)
    config = {
        "data": {
            "path": str(folder / "plants.csv"),
            "target": "kind",
            "drop": ["mass"],
            "scaler": "robust",
            "smooth_clip": 2.0,
            "split": {"test": 0.0, "validation": 0.2},
        },
        "network": {"layers": [{"units": 5, "activation": "tanh", "dropout": 0.25}]},
        "training": {
            "epochs": 4,
            "batch_size": 16,
            "compile": "graph",
            "devices": 1,
            "label_smoothing": 0.1,
            "weight_averaging": {"momentum": 0.9},
            "optimizer": {"name": "rmsprop", "learning_rate": 0.02},
        },
        "seed": 3,
        "run": {"plots": False},
    }
    return fcnn.train(config, run_dir=folder / "run")
