"""What the tests of the server share: two runs that are trained once, and applications and servers for them."""

import csv
import threading
from datetime import date, timedelta

import numpy as np
import pytest

import fcnn
from fcnn.serve.app import create_app
from fcnn.serve.served import open_runs
from fcnn.serve.server import Server
from fcnn.serve.settings import Settings

SCRIPT = "<script>alert(1)</script>"
"""A class that a page must show as it is."""
HEADER = ["size", "share", "colour", "sold", "member", "kind"]


def rows_of_table():
    """200 rows: numbers, decimal commas, a category, dates with the day first, truth values, three classes."""
    random = np.random.default_rng(0)
    rows = []
    for number in range(200):
        size, colour = round(float(random.normal(50, 10)), 1), ["red", "red", "blue", "green"][number % 4]
        sold = date(2020, 1, 1) + timedelta(days=int(random.integers(0, 900)))
        kind = SCRIPT if colour == "green" else "large" if size > 50 else "small"
        share = f"{random.uniform(0, 1):.3f}".replace(".", ",")
        known = "" if number % 20 == 7 else str(size).replace(".", ",")
        rows.append([known, share, colour, sold.strftime("%d.%m.%Y"), "yes" if number % 3 else "no", kind])
    return rows


def train(folder, name, rows, header, **config):
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([header, *rows])
    job = {
        "data": {"path": str(folder / f"{name}.csv"), "target": header[-1]},
        "network": {"layers": [8]},
        "training": {"epochs": 30, "batch_size": 16, "optimizer": {"name": "adam", "learning_rate": 0.02}},
        "run": {"plots": False},
        "diagnostics": False,
        **config,
    }
    return fcnn.train(job, run_dir=folder / name).folder


@pytest.fixture(scope="session")
def trained(tmp_path_factory):
    """Run folders by name: ``things`` of three classes, ``line`` a regression."""
    folder = tmp_path_factory.mktemp("served")
    line = [(f"{x:.3f}", f"{2 * x:.3f}") for x in np.linspace(-1, 1, 60).tolist()]
    return {
        "things": train(folder, "things", rows_of_table(), HEADER),
        "line": train(folder, "line", line, ["x", "y"], network={"layers": []}),
    }


@pytest.fixture(scope="session")
def opened(trained):
    """The same, as they are served."""
    return open_runs([str(folder) for folder in trained.values()])


@pytest.fixture(scope="session")
def asking(opened):
    """``asking(most_rows=5)``: a client of an application with such settings."""

    def make(**settings):
        return create_app(opened, Settings(**settings)).test_client()

    return make


@pytest.fixture(scope="session")
def client(asking):
    """A client of an application as it is by default; nobody changes it."""
    return asking()


@pytest.fixture
def running(opened):
    """``running(token=...)``: a server on a free port, in a thread, that is stopped after the test."""
    servers = []

    def start(app=None, **settings):
        chosen = Settings(port=0, **settings)
        server = Server(app or create_app(opened, chosen), chosen)
        thread = threading.Thread(target=server.run)
        thread.start()
        servers.append((server, thread))
        return server

    yield start
    for server, thread in servers:
        server.stop()
        thread.join(timeout=60)
        assert not thread.is_alive()
