"""A large table read by one process, and by several that share the work: processor seconds of each phase of each.

All processes are on this machine and exchange what they have parsed over its loopback, as workers of one training do
over their network. Processor seconds are told, and not wall time, since the processes take it from each other here.
What is prepared is compared.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path
from statistics import median
from typing import Any, Dict, List

from machine import described, markdown, peak_memory
from turns import command

sys.path.append(str(Path(__file__).resolve().parents[1]))

PORT = 23700
PATIENCE = 300.0
"""Seconds that the processes wait for each other."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be chosen on the command line."""
    parser.add_argument("--rows", type=int, default=1_000_000, help="of the table (default: 1,000,000)")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], help="how many processes (default: 1 2)")
    parser.add_argument("--memory", default="100MB", help="data.memory, by default so little that it is on the disk")


def run(options: argparse.Namespace) -> int:
    """Print a table; 1 where the processes did not prepare the same."""
    from make_large_table import write_table

    print(described("numpy", "pandas"))
    found: Dict[int, List[Dict[str, Any]]] = {count: [] for count in options.workers}
    with tempfile.TemporaryDirectory(prefix="fcnn-sharing-") as name:
        table = Path(name) / "table.csv"
        write_table(table, options.rows)
        size = table.stat().st_size / 1e6
        for turn in range(options.repeats):
            for count in options.workers:
                found[count] += measure(table, options.memory, count, Path(name) / f"{turn}-{count}")
    print(f"\n{options.rows:,} rows, {size:,.0f} MB, data.memory {options.memory}\n")
    print(markdown(HEAD, [line(count, answers) for count, answers in found.items()]))
    return int(len({answer["prepared"] for answers in found.values() for answer in answers}) > 1)


PHASES = ("reading", "looking at columns", "encoding", "checking")
HEAD = ("workers", "processor seconds of each", *PHASES, "peak MB")


def line(count: int, answers: List[Dict[str, Any]]) -> List[str]:
    """Medians of what the processes told."""
    phases = [f"{median(answer['phases'].get(phase, 0.0) for answer in answers):.1f}" for phase in PHASES]
    total, peak = (median(answer[key] for answer in answers) for key in ("processor", "peak"))
    return [str(count), f"{total:.1f}", *phases, f"{peak / 1e6:,.0f}"]


def measure(table: Path, memory: str, count: int, runs: Path) -> List[Dict[str, Any]]:
    """What each of so many processes took."""
    processes = [
        subprocess.Popen(
            command("sharing", str(table), memory, str(index), str(count), f"{runs}-{index}"), stdout=subprocess.PIPE
        )
        for index in range(count)
    ]
    answers = [process.communicate()[0] for process in processes]
    if any(process.returncode for process in processes):
        raise SystemExit("a process failed")
    return [json.loads(answer) for answer in answers]


def work(table: str, memory: str, index: str, count: str, runs: str) -> None:
    """Prepare a table as one process of so many, and print what it took."""
    from fcnn.config.sizes import parse_size
    from fcnn.data.dataset import prepare
    from fcnn.data.readers import Readers
    from fcnn.data.storage import Storage
    from fcnn.data.stored import pieces_of
    from fcnn.jobs.prepare import read_request
    from fcnn.training.cluster import Cluster
    from fcnn.training.meeting import Meeting

    cluster = Cluster(tuple(f"127.0.0.1:{PORT + number}" for number in range(int(count))), int(index))
    meeting = Meeting(cluster, PATIENCE) if int(count) > 1 else None
    readers = None if meeting is None else Readers(cluster.index, int(count), meeting.all_gather)
    phases: Dict[str, float] = {}
    last = [0.0]

    def working(phase: str, done: int, total: int) -> None:
        now = time.process_time()
        phases[str(phase)] = phases.get(str(phase), 0.0) + now - last[0]
        last[0] = now

    data = {"path": table, "target": "segment", "drop": ["amount"], "memory": memory}
    request = read_request({"data": data, "network": {"layers": [64, 64]}})
    storage = Storage(Path(runs), parse_size(memory), working, readers=readers)
    last[0] = began = time.process_time()
    config = request.config
    dataset = prepare(config.data, request.paths, request.roles, config.seed, request.parts, storage)
    processor = time.process_time() - began
    prepared = [zlib.crc32(piece.tobytes()) for part in dataset.parts.values() for piece in pieces_of(part.x)]
    if meeting is not None:
        meeting.leave()
    print(json.dumps({"processor": processor, "phases": phases, "peak": peak_memory(), "prepared": str(prepared)}))
