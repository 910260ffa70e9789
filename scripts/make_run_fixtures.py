"""Train small runs and keep them, with what they predict, for the tests of every later fcnn: STACK is the argument.

`tests/fixtures/runs/<version>-<stack>` gets a run folder for each kind of task, without pictures, page, log and what
says where it was made; ``expected.csv`` has what Keras predicts of each row of ``table.csv``, ``expected.json`` the
scores on all of them. Runs that were released are never made again.
"""

import json
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas

import fcnn
from fcnn.inference.model import prediction_table
from fcnn.jobs.evaluate import evaluate

FIXTURES = Path(__file__).resolve().parent.parent / "tests" / "fixtures" / "runs"
PLACE = "/where/it/was/made"
"""In place of the folder that the table lay in."""
LEFT_OUT = ("environment.json", "log.txt", "report.html", "receipt.json")
WORDS = ("红", "绿", "", "<b>蓝</b>")
KINDS = {
    "classes": ("等级", [{"units": 4, "activation": "tanh", "batch_normalization": True}, 3]),
    "truth": ("ripe", [{"units": 3, "activation": {"name": "leaky_relu", "negative_slope": 0.3}, "dropout": 0.1}]),
    "quantity": ("mass", [{"units": 4, "activation": "silu"}]),
}
"""Target and hidden layers by the name of a run."""


def table() -> str:
    """60 rows: numbers, some missing; words; dates; percentages; truth values; three classes, two, a quantity."""
    rows = ["高度,颜色,sown,water,grown,等级,ripe,mass"]
    for row in range(60):
        height = "" if row % 11 == 3 else f"{5 + row * 7 % 13 / 2:g}"
        day = f"202{row % 3}-{1 + row % 12:02d}-{1 + row * 5 % 28:02d}"
        level = ("低", "中", "高")[row * 7 % 13 // 5]
        rows.append(
            f"{height},{WORDS[row % 4]},{day},{10 + row % 9}%,{('no', 'yes')[row % 2]},{level},"
            f"{('unripe', 'ripe')[row % 13 > 6]},{2 * (row * 7 % 13) + row % 3}"
        )
    return "\n".join([*rows, ""])


def make(stack: str) -> None:
    """Train the runs of a stack."""
    folder = FIXTURES / f"{fcnn.__version__}-{stack}"
    folder.mkdir(parents=True)
    with TemporaryDirectory() as temporary:
        path = Path(temporary).resolve() / "table.csv"
        path.write_bytes(table().encode("utf-8"))
        shutil.copy(str(path), str(folder))
        for kind, (target, layers) in KINDS.items():
            features = ["高度", "颜色", "sown", "water", "grown"]
            config = {
                "data": {"path": str(path), "target": target, "features": features},
                "network": {"layers": layers},
                "training": {"epochs": 6, "batch_size": 16, "optimizer": {"name": "adam", "learning_rate": 0.03}},
                "run": {"plots": False, "dir": str(path.parent)},
                "seed": 11,
            }
            run = fcnn.train(config, run_dir=folder / kind)
            _keep(run, path, folder / kind)


def _keep(run: fcnn.Run, path: Path, folder: Path) -> None:
    """Write what is expected, and take out what says where the run was made."""
    frame = pandas.read_csv(str(path), dtype=str, keep_default_na=False)
    x, _ = run.model.encode(frame)
    expected = prediction_table(run.record.target, run.keras_output(x))
    (folder / "expected.csv").write_bytes(expected.to_csv(index=False).encode("utf-8"))
    scores = evaluate(str(folder), path).metrics
    (folder / "expected.json").write_text(json.dumps(scores, indent=2) + "\n", encoding="utf-8")
    for name in LEFT_OUT:
        if (folder / name).exists():
            (folder / name).unlink()
    for file in folder.iterdir():
        if file.suffix in (".json", ".yaml", ".csv"):
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace(str(path.parent), PLACE), encoding="utf-8")


if __name__ == "__main__":
    make(sys.argv[1])
