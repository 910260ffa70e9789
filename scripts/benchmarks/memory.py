"""A table in memory and on the disk: peak memory, and the seconds of each phase before the training.

The same table of scripts/make-large-table is prepared in memory, then with a limit that puts it on the disk, then once
more, which starts from the encoded table. Memory is the peak of a process of its own, all of it; seconds are wall
time, and in brackets processor time.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any, Dict, List

from machine import described, markdown, peak_memory
from turns import command

sys.path.append(str(Path(__file__).resolve().parents[1]))

WAYS = {"in memory": "1TB", "on the disk": "", "on the disk, second run": ""}
"""What ``data.memory`` says; the one of the options where it is empty."""


def work(table: str, memory: str, runs: str) -> None:
    """In a process of its own: prepare a table, and print what it took."""
    from fcnn.jobs.prepare import prepare_job, read_request
    from fcnn.jobs.reporter import Reporter

    began: Dict[str, float] = {"start": time.monotonic()}

    class Phases(Reporter):
        """Notes when each phase begins."""

        def working(self, phase: str, done: int, total: int) -> None:
            began.setdefault(str(phase), time.monotonic())

    config = {
        "data": {"path": table, "target": "segment", "drop": ["amount"], "memory": memory},
        "network": {"layers": [64, 64]},
        "run": {"dir": runs},
    }
    dataset = prepare_job(read_request(config), Phases()).dataset
    ends = [*list(began.values())[1:], time.monotonic()]
    phases = {name: end - start for (name, start), end in zip(began.items(), ends)}
    rows = sum(len(part.rows) for part in dataset.parts.values())
    print(
        json.dumps(
            {
                "rows": rows,
                "features": dataset.parts["train"].x.shape[1],
                "peak": peak_memory(),
                "seconds": ends[-1] - began["start"],
                "processor": time.process_time(),
                "phases": phases,
            }
        )
    )


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be chosen on the command line."""
    parser.add_argument("--rows", type=int, default=2_000_000, help="of the table (default: 2,000,000)")
    parser.add_argument("--memory", default="500MB", help="data.memory on the disk (default: 500MB)")
    parser.add_argument("--table", type=Path, help="a table of scripts/make-large-table, instead of making one")
    parser.add_argument("--only-disk", action="store_true", help="leave out what is in memory")


def run(options: argparse.Namespace) -> int:
    """Print a table."""
    from make_large_table import write_table

    print(described("numpy", "pandas"))
    with tempfile.TemporaryDirectory(prefix="fcnn-memory-") as name:
        table = options.table or Path(name) / "table.csv"
        if options.table is None:
            write_table(table, options.rows)
        ways = {way: memory for way, memory in WAYS.items() if memory == "" or not options.only_disk}
        found: Dict[str, List[Dict[str, Any]]] = {way: [] for way in ways}
        for turn in range(options.repeats):
            for way, memory in ways.items():
                arguments = (str(table), memory or options.memory, str(Path(name) / f"runs-{turn}"))
                found[way].append(json.loads(subprocess.check_output(command("memory", *arguments))))
        first = found["on the disk"][0]
        size = table.stat().st_size / 1e6
        print(f"\n{first['rows']:,} rows, {size:,.0f} MB, {first['features']} features, data.memory {options.memory}\n")
    rows = []
    for way, runs in found.items():
        phases = {phase: median(each["phases"].get(phase, 0.0) for each in runs) for phase in runs[0]["phases"]}
        seconds, processor, peak = (median(each[key] for each in runs) for key in ("seconds", "processor", "peak"))
        told = ", ".join(f"{phase} {length:.1f}" for phase, length in phases.items() if length >= 0.1)
        rows.append([way, f"{peak / 1e6:,.0f}", f"{seconds:.1f} ({processor:.1f})", told])
    print(markdown(["", "peak MB", "seconds", "of them"], rows))
    return 0
