"""A table on the disk is trained on and scored in less memory than preparing it in memory takes."""

import json
import subprocess
import sys
from textwrap import dedent

import pytest

ROWS, COLUMNS = 200_000, 60
BOUND = 2 * 8e-6 * ROWS * COLUMNS
"""MB: twice the columns as float64, which reading them into memory takes in passing; then come the matrices."""

PROGRAM = """
    import json, sys
    from pathlib import Path

    import numpy as np

    import fcnn
    from fcnn.data import column_store, pieces, stored
    from fcnn.jobs import evaluate, score
    from fcnn.jobs.prepare import prepare_job, read_request
    from fcnn.training import order

    # what a large table takes besides its rows is the same for all tables; of this one it would be most of it
    column_store.HELD, stored.PIECE_BYTES = 4 << 20, 4 << 20
    score.SCORED_CELLS, order.BLOCK_BYTES = 1_000_000, 1 << 14

    def write(rows, columns):
        cells = np.full((rows, 2 * columns), ord(","), dtype=np.uint8)
        cells[:, ::2] = np.random.default_rng(1).integers(ord("0"), ord("9") + 1, (rows, columns))
        cells[:, -1] = ord("\\n")
        header = ",".join(f"c{column}" for column in range(columns)) + "\\n"
        Path(f"{rows}.csv").write_bytes(header.encode() + cells.tobytes())
        return f"{rows}.csv"

    def job(table, memory):
        data = {"path": table, "target": "c0", "task": "regression", "memory": memory}
        training = {"epochs": 1, "batch_size": 8192, "compile": "graph", "early_stopping": None}
        config = {"data": data, "network": {"layers": [4]}, "training": training}
        return {**config, "diagnostics": False, "run": {"plots": False, "dir": memory}}  # each has a cache of its own

    def peak():
        status = Path("/proc/self/status").read_text()  # getrusage would count what this process was forked from
        return int(status.partition("VmHWM:")[2].split()[0]) * 1.024e-3

    rows, columns = int(sys.argv[1]), int(sys.argv[2])
    table = write(rows, columns)
    evaluate.evaluate(str(fcnn.train(job(write(200, columns), "1kB")).folder), Path("200.csv"))
    found = {"libraries": peak()}
    run = fcnn.train(job(table, "1MB"))
    found["on the disk"] = peak()
    result = evaluate.evaluate(str(run.folder), Path(table))
    assert result.rows == rows
    found["scored"] = peak()
    prepare_job(read_request(job(table, "1TB")))
    found["in memory"] = peak()
    print(json.dumps(found))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is no VmHWM")
def test_what_is_on_the_disk_is_not_in_memory(tmp_path):
    command = [sys.executable, "-c", dedent(PROGRAM), str(ROWS), str(COLUMNS)]
    environment = {"PYTHONPATH": ":".join(sys.path), "MALLOC_ARENA_MAX": "2"}
    done = subprocess.run(
        command, cwd=str(tmp_path), env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    peaks = json.loads(done.stdout.splitlines()[-1])
    more = {name: peak - peaks["libraries"] for name, peak in peaks.items()}
    assert more["on the disk"] <= more["scored"] < BOUND, peaks
    assert more["in memory"] > BOUND, peaks
