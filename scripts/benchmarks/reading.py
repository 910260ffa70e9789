"""From a CSV to the matrices of training, beside others.

Beside pandas.read_csv alone and beside scikit-learn's ColumnTransformer doing the same work. Each figure is a median;
the ratios are those of the medians. Memory is the peak of a process of its own, beyond what it had when the libraries
were imported.
"""

import argparse
import gc
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any, Callable, Dict, List, NamedTuple

import numpy as np
import pandas as pd
from machine import peak_memory
from turns import command

CITIES = ("London", "Paris", "Roma", "Berlin", "Madrid", "Wien", "Praha", "Oslo")
FCNN = "fcnn, with split, checks and hashes"


class Shape(NamedTuple):
    """A table to make."""

    name: str
    rows: int
    columns: int


def make_table(path: Path, rows: int, columns: int) -> None:
    """Write a table of numbers with three decimals, whole numbers, two categories and a binary target `y`."""
    random = np.random.default_rng(0)
    table: Dict[str, Any] = {
        f"x{index}": random.integers(0, 1000, rows) if index % 6 == 5 else random.normal(0, 10, rows).round(3)
        for index in range(columns - 3)
    }
    table["city"] = random.choice(CITIES, rows)
    table["plan"] = random.choice(["basic", "plus", "all"], rows)
    table["y"] = (table["x0"] + table["x1"] + random.normal(0, 5, rows) > 0).astype(int)
    pd.DataFrame(table).to_csv(path, index=False)


def read_csv(path: Path) -> Any:
    """Plain pandas."""
    return pd.read_csv(path)


def fcnn_matrix(path: Path) -> Any:
    """Reading and preprocessing alone: what every row becomes, standardised and one-hot."""
    from fcnn.data.header import read_header
    from fcnn.data.preprocessing import fit_preprocessing
    from fcnn.data.table import read_table
    from fcnn.data.types import guess_types

    names = read_header(path).names
    table = read_table([path], names, {"y"})
    guesses, _ = guess_types(table, [name for name in names if name != "y"], {})
    preprocessing, _ = fit_preprocessing(table, {name: guess.type for name, guess in guesses.items()}, {})
    return preprocessing.transform(table)


def fcnn_prepare(path: Path) -> Any:
    """Everything that `fcnn train` does before the network: reading, types, split, preprocessing, hashes, checks."""
    from fcnn.jobs.prepare import prepare_job, read_request

    return prepare_job(read_request({"data": {"path": str(path), "target": "y"}, "network": {"layers": [8]}}))


def column_transformer(path: Path) -> Any:
    """The same work with pandas and scikit-learn: read, split, impute, standardise, one-hot, as float32."""
    from sklearn.compose import ColumnTransformer
    from sklearn.impute import SimpleImputer
    from sklearn.model_selection import train_test_split
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    frame = pd.read_csv(path)
    target = frame.pop("y")
    numbers = [name for name in frame if name not in ("city", "plan")]
    transformer = ColumnTransformer(
        [
            ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers),
            ("categories", OneHotEncoder(handle_unknown="ignore"), ["city", "plan"]),
        ],
        sparse_threshold=0,
    )
    rest, test = train_test_split(frame, test_size=0.15, random_state=42, stratify=target)
    train, validation = train_test_split(rest, test_size=0.15 / 0.85, random_state=42, stratify=target[rest.index])
    transformer.fit(train)
    return [transformer.transform(part).astype(np.float32) for part in (train, validation, test)]


JOBS: Dict[str, Callable[[Path], Any]] = {
    "pandas.read_csv alone": read_csv,
    "fcnn, reading and preprocessing": fcnn_matrix,
    FCNN: fcnn_prepare,
    "read_csv + ColumnTransformer": column_transformer,
}


def work(name: str, table: str) -> None:
    """In a process of its own: print the seconds of the second call and the peak memory of the first, in bytes."""
    import psutil
    import sklearn.compose
    import sklearn.model_selection  # noqa: F401

    import fcnn.jobs.prepare  # noqa: F401

    job, path, before = JOBS[name], Path(table), psutil.Process().memory_info().rss
    result = job(path)
    peak = peak_memory() - before
    sizes = {"raw": 0, "matrix": 0}
    if name == "pandas.read_csv alone":
        sizes["raw"] = int(result.memory_usage(deep=True).sum())
    if name == FCNN:
        sizes["matrix"] = sum(part.x.nbytes for part in result.dataset.parts.values())
    del result
    gc.collect()
    start = time.perf_counter()
    job(path)
    print(json.dumps({"seconds": time.perf_counter() - start, "peak": peak, **sizes}))


def reading(shapes: List[Shape], repeats: int) -> None:
    """Print a table for each shape."""
    from fcnn.data.threads import processors

    print(
        f"Python {sys.version.split()[0]}, pandas {pd.__version__}, NumPy {np.__version__}, {processors()} processors"
    )
    for shape in shapes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "table.csv"
            make_table(path, shape.rows, shape.columns)
            size = path.stat().st_size
            found: Dict[str, List[Dict[str, float]]] = {name: [] for name in JOBS}
            for _ in range(repeats):  # in turns, so that a busy moment meets all of them
                for name in JOBS:
                    found[name].append(json.loads(subprocess.check_output(command("reading", name, str(path)))))
        print(f"\n{shape.name}: {shape.rows:,} rows x {shape.columns:,} columns, {size / 1e6:.0f} MB")
        print("| | seconds | rows/s | ratio to read_csv | peak MB |\n|---|---|---|---|---|")
        base = median(each["seconds"] for each in found["pandas.read_csv alone"])
        for name, runs in found.items():
            seconds, peak = median(each["seconds"] for each in runs), median(each["peak"] for each in runs)
            print(
                f"| {name} | {seconds:.2f} | {shape.rows / seconds:,.0f} | {seconds / base:.2f} | {peak / 1e6:,.0f} |"
            )
        raw = found["pandas.read_csv alone"][0]["raw"]
        matrix = found[FCNN][0]["matrix"]
        print(f"raw frame {raw / 1e6:,.0f} MB, float32 matrix {matrix / 1e6:,.0f} MB: ", end="")
        print(f"3 matrices and the frame are {(3 * matrix + raw) / 1e6:,.0f} MB")


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be chosen on the command line."""
    parser.add_argument(
        "--rows", type=int, default=300_000, help="of the middle table; the long one has six times as many"
    )


def run(options: argparse.Namespace) -> int:
    """Measure three shapes of table."""
    rows = options.rows
    reading(
        [Shape("middle", rows, 20), Shape("long", rows * 20 // 3, 20), Shape("wide", max(20, rows // 150), 5000)],
        options.repeats,
    )
    return 0
