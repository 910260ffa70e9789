"""Predicting, beside Keras's predict: the forward pass through 20-64-64-5, and the whole of `fcnn predict`.

The forward pass: the same weights and the same rows in memory, each in a process of its own, in turns. Keras's
`predict` is there with its own batch size, for a fiftieth of the rows, and with larger ones. Peak MB: what the process
had beyond the rows and what was there before the first turn. `fcnn predict`: from the start of the process to the
result on the disk, of a table made here, and the peak of all memory; the result has a class and its probabilities.
"""

import argparse
import json
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any, Callable, Dict, List

import numpy as np
from cases import CASES, initial_weights
from machine import described, markdown, peak_memory
from reading import make_table
from turns import Turns, Worker, command, in_turns

CASE = CASES["20-64-64-5@128"]
NUMPY, KERAS = "fcnn, NumPy", "Keras's predict"
BATCH_SIZES = {KERAS: None, f"{KERAS}, batch_size=1,024": 1024, f"{KERAS}, batch_size=8,192": 8192}
FEWER = 50
"""What the rows are divided by where Keras has its own batch size."""
DIFFERENCE = 1e-5
"""Largest difference of a probability that is rounding."""
TRAINING_ROWS = 5_000

Found = Dict[str, List[Dict[str, Any]]]


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be chosen on the command line."""
    parser.add_argument("--rows", type=int, default=1_000_000, help="of the forward pass (default: 1,000,000)")
    parser.add_argument("--table-rows", type=int, default=300_000, help="of the table (default: 300,000)")


def run(options: argparse.Namespace) -> int:
    """Measure both; the exit code is 1 where the outputs differ."""
    print(described("tensorflow", "numpy", "pandas"))
    found = measure_forward(options.rows, options.repeats)
    print(f"\nForward pass, {options.rows:,} rows\n\n{forward_table(found)}")
    print(f"\nProbabilities within {farthest(found):.1e} of Keras's", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        runs = measure_command(Path(folder), options.table_rows, options.repeats)
    print(f"\nfcnn predict, a table of {options.table_rows:,} rows x 20 columns\n\n{command_table(runs)}")
    return int(farthest(found) > DIFFERENCE)


def work(kind: str, *arguments: str) -> None:
    """In a process of its own: what `kind` names."""
    kinds: Dict[str, Callable[..., None]] = {"forward": _forward, "train": _train, "command": _command}
    kinds[kind](*arguments)


# --- the forward pass -----------------------------------------------------------------------------------------------


def measure_forward(rows: int, repeats: int) -> Found:
    """What each told of a first turn and of `repeats` more."""
    workers: Dict[str, Worker] = {}
    try:
        for name in (NUMPY, *BATCH_SIZES):
            share = rows // FEWER if BATCH_SIZES.get(name, 0) is None else rows
            workers[name] = Worker("predict", "forward", name, str(share))
        return in_turns(workers, repeats + 1)
    finally:
        for worker in workers.values():
            worker.close()


def _forward(name: str, rows: str) -> None:
    compute = _numpy() if name == NUMPY else _keras(BATCH_SIZES[name])
    x = np.random.default_rng(0).standard_normal((int(rows), CASE.layers[0]), dtype=np.float32)
    compute(x[:10_000])
    turns, before = Turns(), peak_memory()
    turns.begin()
    while True:
        began = time.process_time()
        output = compute(x)
        processor = time.process_time() - began
        turns.end(
            rows=len(x), processor=processor, peak=peak_memory() - before, first=output[:100].astype(float).tolist()
        )


def _numpy() -> Callable[[np.ndarray], np.ndarray]:
    from fcnn.inference.activations import parameters_of
    from fcnn.inference.network import Architecture, DenseLayer, forward

    names = ["relu"] * (len(CASE.layers) - 2) + ["softmax"]
    layers = [DenseLayer(units=units, activation=parameters_of(name)) for units, name in zip(CASE.layers[1:], names)]
    architecture = Architecture(inputs=CASE.layers[0], layers=tuple(layers))
    arrays = dict(zip(architecture.shapes(), initial_weights(CASE)))
    return lambda x: forward(architecture, arrays, x)


def _keras(batch_size: Any) -> Callable[[np.ndarray], np.ndarray]:
    from tensorflow import keras

    hidden = [keras.layers.Dense(units, activation="relu") for units in CASE.layers[1:-1]]
    output = keras.layers.Dense(CASE.layers[-1], activation="softmax")
    model = keras.Sequential([keras.Input((CASE.layers[0],)), *hidden, output])
    model.set_weights(initial_weights(CASE))
    return lambda x: model.predict(x, batch_size=batch_size, verbose=0)


def farthest(found: Found) -> float:
    """The largest difference of a probability from Keras's."""
    first = {name: np.array(runs[0]["first"]) for name, runs in found.items()}
    return max(float(np.abs(values - first[KERAS]).max()) for values in first.values())


def forward_table(found: Found) -> str:
    """A row for each; the first turn is not counted."""
    usual = {
        name: {key: median(each[key] / each["rows"] for each in runs[1:]) for key in ("seconds", "processor")}
        for name, runs in found.items()
    }
    rows = [
        [
            name,
            f"{1 / each['seconds']:,.0f}",
            f"{each['seconds'] / usual[NUMPY]['seconds']:.2f}",
            f"{each['processor'] * 1e6:.2f}",
            f"{max(turn['peak'] for turn in found[name]) / 1e6:,.0f}",
        ]
        for name, each in usual.items()
    ]
    return markdown(["", "rows/s", "time, NumPy = 1", "processor seconds of a million rows", "peak MB"], rows)


# --- the command ----------------------------------------------------------------------------------------------------


def measure_command(folder: Path, rows: int, repeats: int) -> List[Dict[str, Any]]:
    """What each of `repeats` runs of `fcnn predict` took, for a table and a network that are made first."""
    small, table, trained, result = (folder / name for name in ("small.csv", "table.csv", "run", "result.csv"))
    make_table(small, TRAINING_ROWS, 21)
    make_table(table, rows, 21)
    subprocess.check_output(command("predict", "train", str(small), str(trained)))
    runs = []
    for _ in range(repeats):
        began = time.perf_counter()
        told = json.loads(subprocess.check_output(command("predict", "command", *map(str, (trained, table, result)))))
        runs.append({**told, "seconds": time.perf_counter() - began, "rows": rows, "bytes": table.stat().st_size})
        with result.open() as lines:
            written = sum(1 for _ in lines) - 1
        if written != rows:
            raise SystemExit(f"the result has {written:,} rows of {rows:,}")
    return runs


def _train(table: str, folder: str) -> None:
    import fcnn

    config = {
        "data": {"path": table, "target": "y"},
        "network": {"layers": [64, 64]},
        "training": {"epochs": 1},
        "run": {"plots": False},
    }
    fcnn.train(config, run_dir=folder)


def _command(trained: str, table: str, result: str) -> None:
    from fcnn.cli import main

    try:
        main(["predict", trained, table, "-o", result])  # with arguments the process goes on
    except SystemExit as ended:
        if ended.code:
            raise
    print(json.dumps({"processor": time.process_time(), "peak": peak_memory()}))


def command_table(runs: List[Dict[str, Any]]) -> str:
    """The medians in one row."""
    rows, seconds = runs[0]["rows"], median(each["seconds"] for each in runs)
    cells = [
        "fcnn predict",
        f"{seconds:.2f}",
        f"{rows / seconds:,.0f}",
        f"{runs[0]['bytes'] / seconds / 1e6:.0f}",
        f"{median(each['processor'] for each in runs) / rows * 1e6:.2f}",
        f"{max(each['peak'] for each in runs) / 1e6:,.0f}",
    ]
    return markdown(["", "seconds", "rows/s", "MB/s", "processor seconds of a million rows", "peak MB"], [cells])
