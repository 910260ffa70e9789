"""How far apart two runs of one config are: again, with other threads, processors, compilation, workers, another stack.

Each line trains the config with one thing changed, and compares with the first run: the first epoch that differs, and
the largest differences. Whether anything is equal depends on the machine; the table says on which it was measured.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Dict, List, Optional

from machine import described, markdown

PORT = 23800
QUICK = ["run.plots=false", "report.importance=false", "diagnostics=false"]
"""What takes time and has no part in what is learnt."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be chosen on the command line."""
    parser.add_argument("config", help="the config to train")
    parser.add_argument("overrides", nargs="*", help="KEY=VALUE, such as training.epochs=3")
    parser.add_argument("--other", metavar="PYTHON", help="the Python of an environment with the other stack")


def run(options: argparse.Namespace) -> int:
    """Print a table; 1 where the very same training did not give the same bits."""
    print(described("tensorflow", "keras", "numpy"))
    with tempfile.TemporaryDirectory(prefix="fcnn-repeat-") as name:
        folder = Path(name)
        words = [options.config, *options.overrides, *QUICK]
        train(folder / "first", words)
        lines = []
        for title, change in variants(words, mode_of(folder / "first"), options.other).items():
            second = folder / str(len(lines))
            train(second, words, **change)
            lines.append((title, *compared(folder / "first", second)))
    print(f"\n{' '.join(words)}\n")
    print(markdown(HEAD, lines))
    return int(lines[0][1] != "none")


HEAD = ("changed", "first epoch", "weights", "predictions", "metrics within noise")


def variants(words: List[str], mode: str, other: Optional[str]) -> Dict[str, Dict[str, Any]]:
    """What is changed, by what the table calls it."""
    mode = "graph" if mode == "xla" else "xla"
    found: Dict[str, Dict[str, Any]] = {
        "nothing": {},
        "training.threads=1": {"more": ["training.threads=1"]},
        f"training.compile={mode}": {"more": [f"training.compile={mode}"]},
        "two workers": {"workers": 2},
    }
    if hasattr(os, "sched_setaffinity"):
        found["one processor"] = {"processors": 1}
    if other is not None:
        found["the other stack"] = {"python": other}
    return found


def mode_of(folder: Path) -> str:
    """How the first run was compiled."""
    from fcnn.runs.receipt import read_receipt

    receipt = read_receipt(folder)
    assert receipt is not None
    return receipt.repeatable.compile


def train(
    folder: Path,
    words: List[str],
    more: Optional[List[str]] = None,
    workers: int = 1,
    processors: int = 0,
    python: str = sys.executable,
) -> None:
    """Train into a folder, in processes of its own."""
    command = [python, "-I", "-m", "fcnn", "train", *words, *(more or []), "--quiet"]
    commands = [[*command, "--run-dir", str(folder)]]
    if workers > 1:
        together = ["--workers", ",".join(f"127.0.0.1:{PORT + index}" for index in range(workers))]
        commands = [[*command, "--run-dir", str(folder), *together, "--index", str(index)] for index in range(workers)]
    before = os.sched_getaffinity(0) if processors else set()
    try:
        if processors:  # inherited by what is started now
            os.sched_setaffinity(0, set(sorted(before)[:processors]))
        started = [subprocess.Popen(each, stdout=subprocess.DEVNULL) for each in commands]
    finally:
        if processors:
            os.sched_setaffinity(0, before)
    codes = [process.wait() for process in started]
    if any(codes):
        raise SystemExit(f"{' '.join(commands[0])} failed")


def compared(first: Path, second: Path) -> List[str]:
    """The cells of a line."""
    from fcnn.runs.repetition import compare_runs

    found = compare_runs(first, second)
    weights = max((size for size in found.weights.values() if size is not None), default=0.0)
    answers = 0.0 if found.predictions is None else found.predictions.largest
    judged = [score.within for score in found.scores if score.within is not None]
    epoch = "none" if found.identical else str(found.first_epoch or "after the last")
    return [epoch, f"{weights:.2g}", f"{answers:.2g}", f"{sum(judged)} of {len(judged)}"]
