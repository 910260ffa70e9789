"""Train three small networks, which have every activation between them, and keep what they predict.

Run once with each stack, where the meaning of a run changes: ``python tests/inference/make_fixtures.py``. It writes
``fixtures/pinned`` with TensorFlow 2.4 and ``fixtures/current`` with Keras 3: for each network its ``data.json`` and
``weights.npz``, and in ``expected.csv`` what Keras computed for every tenth row of the table.
"""

import shutil
import tempfile
from pathlib import Path

import msgspec
import numpy as np
import pandas as pd

import fcnn
from fcnn.network import backend
from fcnn.runs.folder import DATA, WEIGHTS
from fcnn.runs.record import write_record

HERE = Path(__file__).resolve().parent / "fixtures"
DATA_FOLDER = HERE.parent.parent.parent / "data"

LAYERS = {
    "units": [
        {"units": 8, "activation": "relu", "batch_normalization": True},
        {"units": 7, "activation": {"name": "leaky_relu", "negative_slope": 0.3}},
        {"units": 6, "activation": "elu", "dropout": 0.1},
        {"units": 5, "activation": "selu", "use_bias": False},
        {"units": 6, "activation": "linear"},
    ],
    "gates": [
        {"units": 8, "activation": "hard_sigmoid"},
        {"units": 7, "activation": "gelu", "batch_normalization": True, "use_bias": False},
        {"units": 6, "activation": "mish"},
        {"units": 5, "activation": "silu"},
        {"units": 6, "activation": "sigmoid"},
    ],
    "curves": [
        {"units": 8, "activation": "tanh"},
        {"units": 7, "activation": "exponential"},
        {"units": 6, "activation": "softplus", "batch_normalization": True},
        {"units": 5, "activation": "softsign"},
        {"units": 6, "activation": "softmax"},
    ],
}


def config(name):
    """The config of a network: classes for all but the last, which predicts a mass in grams."""
    target = "body_mass_g" if name == "curves" else "species"
    return {
        "data": {"path": str(DATA_FOLDER / "penguins.csv"), "target": target, "drop": ["rowid"]},
        "network": {"layers": LAYERS[name]},
        "training": {"epochs": 12, "batch_size": 16, "optimizer": {"name": "adam", "learning_rate": 0.01}},
        "run": {"plots": False},
        "seed": 7,
    }


def keep(run, folder):
    """Copy what predicting needs, without the paths of this machine, and what Keras computes."""
    folder.mkdir(parents=True)
    files = [{**file, "path": Path(file["path"]).name} for file in run.record.files]
    write_record(folder, msgspec.structs.replace(run.record, files=files))
    shutil.copyfile(str(run.folder / WEIGHTS), str(folder / WEIGHTS))
    assert (folder / DATA).is_file()
    frame = pd.read_csv(DATA_FOLDER / "penguins.csv").iloc[::10]
    x, _ = run.model.encode(frame)
    np.savetxt(str(folder / "expected.csv"), run.keras_output(x), fmt="%.9g", delimiter=",")


def main():
    """Make the fixtures of the stack that runs this."""
    stack = HERE / ("pinned" if backend.IS_KERAS_2 else "current")
    if stack.exists():
        shutil.rmtree(str(stack))
    for name in LAYERS:
        with tempfile.TemporaryDirectory() as folder:
            run = fcnn.train(config(name), run_dir=Path(folder) / name)
            print(name, run.metrics["test"])
            keep(run, stack / name)


if __name__ == "__main__":
    main()
