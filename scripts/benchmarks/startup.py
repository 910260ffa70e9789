"""From the start of the process to a complete run folder, beside a plain Keras script.

10 epochs of 2 x 64 units at batch 128, with plots and metrics: `fcnn train`, and plain_keras.py beside this file, which
is what people write without fcnn. Wall and processor time of the whole process, medians of runs in turns; one run
before them is not counted. At last a run of fcnn is looked at, for where the time goes.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Dict, Iterator, List, NamedTuple, Tuple

from machine import described, markdown

HERE = Path(__file__).resolve().parent
TABLES = HERE.parents[1] / "data"
WORTH_TELLING = 0.02
"""Share of the whole from which on a function or a package is told of."""


Tree = Dict[Tuple[str, ...], float]
"""Seconds by path."""


class Job(NamedTuple):
    """A shipped table, and what to do with it."""

    target: str
    dropped: Tuple[str, ...] = ()


JOBS = {"diamonds": Job("price"), "penguins": Job("species", ("rowid",))}


class Spent(NamedTuple):
    """Seconds of a whole process."""

    wall: float
    processor: float


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be chosen on the command line."""
    parser.add_argument("--table", nargs="+", choices=JOBS, default=list(JOBS))


def run(options: argparse.Namespace) -> int:
    """Print a table, and where the time of fcnn goes for each job."""
    print(described("tensorflow", "pandas", "scikit-learn"))
    found: Dict[Tuple[str, str], List[Spent]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for turn in range(options.repeats + 1):
            for table in options.table:
                commands = {
                    "fcnn": ["-m", "fcnn", *fcnn_arguments(table, folder, f"{table}-{turn}")],
                    "plain": plain_arguments(table, folder),
                }
                for program, arguments in commands.items():
                    found.setdefault((table, program), []).append(spend(arguments))
        print(f"\n{comparison(found, options.table)}")
        for table in options.table:
            print(f"\nWhere the time of {table} goes, in seconds\n\n{phases(table, folder)}")
    return 0


def fcnn_arguments(table: str, folder: Path, run: str) -> List[str]:
    """Of `fcnn`: train and write the run folder `run`."""
    job = JOBS[table]
    config = {
        "data": {"path": str(TABLES / f"{table}.csv"), "target": job.target, "drop": list(job.dropped)},
        "network": {"layers": [64, 64]},
        "training": {"epochs": 10, "batch_size": 128, "early_stopping": None},
    }
    path = folder / f"{table}.yaml"
    path.write_text(json.dumps(config), encoding="utf-8")  # JSON is YAML
    return ["train", str(path), "--run-dir", str(folder / run)]


def plain_arguments(table: str, folder: Path) -> List[str]:
    """Of Python: the plain script."""
    job = JOBS[table]
    files = [str(HERE / "plain_keras.py"), str(TABLES / f"{table}.csv"), job.target, str(folder / "plain.png")]
    return [*files, *job.dropped]


def spend(arguments: List[str]) -> Spent:
    """Run Python with these arguments, to its end."""
    with tempfile.TemporaryFile("w+") as output:
        began = time.perf_counter()
        process = subprocess.Popen([sys.executable, "-I", *arguments], stdout=output, stderr=output)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = status
        if status:
            output.seek(0)
            raise SystemExit(f"{output.read()}\n{' '.join(arguments)} failed")
    return Spent(wall, used.ru_utime + used.ru_stime)


def comparison(found: Dict[Tuple[str, str], List[Spent]], tables: List[str]) -> str:
    """A row for each table."""
    rows = []
    for table in tables:
        fcnn, plain = (
            Spent(*map(median, zip(*found[table, program][1:]))) for program in ("fcnn", "plain")
        )  # the first of each is not counted
        cells = (fcnn.wall, plain.wall, fcnn.wall / plain.wall, fcnn.processor, plain.processor)
        rows.append([table, *(f"{cell:.2f}" for cell in cells)])
    return markdown(["", "fcnn, s", "plain Keras, s", "ratio", "fcnn, processor s", "plain Keras, processor s"], rows)


def phases(table: str, folder: Path) -> str:
    """Where the time goes: what is imported, and below it fcnn's functions, without what is imported in them."""
    answer = folder / "phases.json"
    began = time.time()
    spent = spend([str(HERE / "phases.py"), str(answer), *fcnn_arguments(table, folder, f"{table}-phases")])
    looks = json.loads(answer.read_text())
    tree: Tree = {tuple(path.split("/")): seconds for path, seconds in looks["seconds"].items()}
    imports = {path: seconds for path, seconds in tree.items() if path[0].startswith("import ")}
    work = {path: seconds for path, seconds in tree.items() if path not in imports}
    least = WORTH_TELLING * spent.wall
    lines = [
        _line(0, "all", spent.wall),
        _line(0, "the interpreter's start", looks["began"] - began),
        _line(0, "imports", sum(imports.values())),
        *_below(imports, least, 1),
        _line(0, "work", sum(work.values())),
        *_below(work, least, 1),
        _line(0, "the interpreter's end", began + spent.wall - looks["ended"]),
    ]
    return "\n".join(lines)


def _below(tree: Tree, least: float, depth: int) -> Iterator[str]:
    """A line for everything that took at least so long, but for functions that do little else than call another."""
    for name, inner in sorted(_branches(tree).items(), key=lambda branch: -sum(branch[1].values())):
        seconds = sum(inner.values())
        if seconds < least:
            return
        largest = max((sum(branch.values()) for branch in _branches(inner).values()), default=0.0)
        told = largest < 0.9 * seconds
        if told:
            yield _line(depth, name, seconds)
        yield from _below(inner, least, depth + told)


def _branches(tree: Tree) -> Dict[str, Tree]:
    """What is below each first name."""
    branches: Dict[str, Tree] = {}
    for path, seconds in tree.items():
        if path:
            branches.setdefault(path[0], {})[path[1:]] = seconds
    return branches


def _line(depth: int, name: str, seconds: float) -> str:
    return f"{seconds:7.2f}  {'    ' * depth}{name}"
