"""Answering over HTTP, beside TensorFlow's predict behind the same Flask: requests a second, p50 and p99.

Both have the same run, the same rows and the same waitress with four threads, each in a process of its own; a client in
another process keeps some connections busy, in turns. TensorFlow's side reads its rows with what fcnn reads them with,
so that only the network's part differs: `model.predict`, as most services call it. Then so many single rows from all
connections at once: each answer is compared, and the server's memory is read before and after.
"""

import argparse
import http.client
import json
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median
from typing import Any, Dict, List, NamedTuple, Tuple

from machine import described, markdown
from reading import make_table
from turns import command

OURS, THEIRS = "fcnn serve", "Keras's predict in Flask"
BATCH = 1000
WARM = 20
"""Requests before the first that counts."""


class Load(NamedTuple):
    """Requests of one kind."""

    name: str
    rows: int
    requests: int


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be chosen on the command line."""
    parser.add_argument("--single", type=int, default=1000, help="requests of one row in a turn (default: 1,000)")
    parser.add_argument("--batches", type=int, default=40, help="requests of 1,000 rows in a turn (default: 40)")
    parser.add_argument("--connections", type=int, default=4, help="at the same time (default: 4)")
    parser.add_argument(
        "--every", type=int, default=100_000, help="single rows that are all compared (default: 100,000)"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write how many of these were answered there, too")


def run(options: argparse.Namespace) -> int:
    """Measure both; the exit code is 1 where a request is lost or answered wrong."""
    print(described("flask", "waitress", "tensorflow", "numpy"))
    loads = [Load("one row", 1, options.single), Load(f"{BATCH:,} rows", BATCH, options.batches)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_table(folder / "table.csv", 5_000, 21)
        subprocess.check_output(command("predict", "train", str(folder / "table.csv"), str(folder / "run")))
        servers = {OURS: Server("ours", folder / "run"), THEIRS: Server("theirs", folder / "run")}
        try:
            found = measure(servers, loads, options)
            print(f"\n{options.connections} connections; 20 columns, two layers of 64 units, two classes\n")
            print(load_table(found, loads), flush=True)
            if not options.every:
                return 0
            return all_answered(servers[OURS], options)
        finally:
            for server in servers.values():
                server.close()


def measure(
    servers: Dict[str, "Server"], loads: List[Load], options: argparse.Namespace
) -> Dict[Tuple[str, str], List[Any]]:
    """The turns of each server and load: seconds, processor seconds of the server, and those of each request."""
    found: Dict[Tuple[str, str], List[Any]] = {}
    rows = rows_of(servers[OURS], BATCH)
    for load in loads:
        body = json.dumps({"rows": rows[: load.rows]}).encode()
        for server in servers.values():
            drive(server.port, [body], WARM, 1)
        for _ in range(options.repeats):
            for name, server in servers.items():
                before, began = server.processor(), time.perf_counter()
                times, _ = drive(server.port, [body], load.requests, options.connections)
                seconds = time.perf_counter() - began
                found.setdefault((name, load.name), []).append((seconds, server.processor() - before, times))
    return found


def rows_of(server: "Server", count: int) -> List[Dict[str, Any]]:
    """Different rows that the run can predict."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request("GET", "/schema")
    columns = json.loads(connection.getresponse().read())["columns"]
    connection.close()
    return [
        {each["name"]: _cell(each, number * 7 + place) for place, each in enumerate(columns)} for number in range(count)
    ]


def _cell(column: Dict[str, Any], number: int) -> Any:
    """One of a hundred numbers within the column's range, or one of its levels."""
    if column["type"] != "number":
        return column["levels"][number % len(column["levels"])]
    return round(column["minimum"] + (column["maximum"] - column["minimum"]) * (number % 101 / 100), 3)


def drive(
    port: int, bodies: List[bytes], requests: int, connections: int
) -> Tuple[List[float], List[Tuple[int, bytes]]]:
    """Send requests over some connections; the seconds and the place and content of each answer.

    The client is Python, too, and shares the processors with the server: what it takes is in both servers' figures.
    """
    times: List[float] = []
    answers: List[Tuple[int, bytes]] = []

    def work(first: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
        for number in range(first, requests, connections):
            place = number % len(bodies)
            began = time.perf_counter()
            connection.request("POST", "/predict", bodies[place], {"Content-Type": "application/json"})
            answer = connection.getresponse()
            content = answer.read()
            times.append(time.perf_counter() - began)
            answers.append((place if answer.status == 200 else -1, content))
        connection.close()

    threads = [threading.Thread(target=work, args=(first,)) for first in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, answers


def load_table(found: Dict[Tuple[str, str], List[Any]], loads: List[Load]) -> str:
    """A row for each server and load: medians of the turns."""
    rows = []
    for load in loads:
        rates = {
            name: median(load.requests / seconds for seconds, _, _ in found[name, load.name]) for name in (OURS, THEIRS)
        }
        for name in (OURS, THEIRS):
            turns = found[name, load.name]
            times = sorted(time for _, _, each in turns for time in each)
            rows.append(
                [
                    f"{name}, {load.name}",
                    f"{rates[name]:,.0f}",
                    f"{rates[name] * load.rows:,.0f}",
                    f"{rates[name] / rates[THEIRS]:.1f}",
                    f"{times[len(times) // 2] * 1e3:.1f}",
                    f"{times[len(times) * 99 // 100] * 1e3:.1f}",
                    f"{median(processor for _, processor, _ in turns) / load.requests * 1e3:.2f}",
                ]
            )
    head = ["", "requests/s", "rows/s", "Keras = 1", "p50 ms", "p99 ms", "server's processor ms a request"]
    return markdown(head, rows)


def all_answered(server: "Server", options: argparse.Namespace) -> int:
    """Send many different rows and compare each answer with that of the row among others; 1 where one differs."""
    rows = rows_of(server, BATCH)
    bodies = [json.dumps({"row": row}).encode() for row in rows]
    _, ((_, together),) = drive(server.port, [json.dumps({"rows": rows}).encode()], 1, 1)
    expected = json.loads(together)["predictions"]
    drive(server.port, bodies, options.every // 10, options.connections)
    before = server.memory()
    answered = wrong = 0
    for _ in range(10):
        _, answers = drive(server.port, bodies, options.every // 10, options.connections)
        answered += len(answers)
        wrong += sum(place < 0 or json.loads(content)["predictions"] != [expected[place]] for place, content in answers)
    after = server.memory()
    print(
        f"\n{answered:,} of {options.every // 10 * 10:,} single rows answered, {wrong:,} of them wrong; "
        f"the server had {before / 1e6:.1f} MB before and {after / 1e6:.1f} MB after"
    )
    if options.json:
        options.json.write_text(json.dumps({"answered": answered, "wrong": wrong}), encoding="utf-8")
    return int(wrong > 0 or answered < options.every // 10 * 10)


class Server:
    """A server in a process of its own."""

    def __init__(self, kind: str, run: Path) -> None:
        """Start it, and wait for its port."""
        self._process = subprocess.Popen(
            command("serve", kind, str(run)), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, universal_newlines=True
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"the server of {kind} did not start")
        self.port = int(line)
        import psutil

        self._seen = psutil.Process(self._process.pid)

    def processor(self) -> float:
        """The processor seconds that it has taken."""
        times = self._seen.cpu_times()
        return float(times.user + times.system)

    def memory(self) -> int:
        """Its resident memory, in bytes."""
        return int(self._seen.memory_info().rss)

    def close(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait()


def work(kind: str, run: str) -> None:
    """In a process of its own: one of the two servers; it prints its port."""
    from fcnn.serve.app import create_app
    from fcnn.serve.served import open_runs
    from fcnn.serve.server import Server as Waitress
    from fcnn.serve.settings import Settings

    settings, runs = Settings(port=0), open_runs([run])
    app = create_app(runs, settings) if kind == "ours" else _keras_app(next(iter(runs.values())))
    server = Waitress(app, settings)
    print(server.port, flush=True)
    sys.stdout.flush()
    server.run()


def _keras_app(served: Any) -> Any:
    """A small Flask application around `model.predict`."""
    import msgspec
    from flask import Flask, Response, jsonify, request

    from fcnn.inference.model import class_probabilities
    from fcnn.serve.rows import table_of_rows

    app, model, classes = Flask("theirs"), served.run.keras_model(), served.target.classes

    @app.get("/schema")
    def schema() -> Response:
        return jsonify({})

    @app.post("/predict")
    def predict() -> Response:
        body = msgspec.json.decode(request.get_data())
        x, _ = served.preprocessing.transform(table_of_rows(served.preprocessing, body["rows"]))
        found = class_probabilities(model.predict(x, verbose=0))
        answers = [
            {"prediction": classes[int(row.argmax())], "probabilities": dict(zip(classes, row.tolist()))}
            for row in found
        ]
        return Response(msgspec.json.encode({"predictions": answers}), mimetype="application/json")

    return app
