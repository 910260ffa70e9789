"""Predicting the table that a run was trained on: the network sees exactly what training saw, whatever its form."""

import csv
import gzip
import io
import signal
from pathlib import Path
from typing import NamedTuple

import numpy as np
import openpyxl
import pyarrow
import pyarrow.parquet
import pytest

import fcnn
import fcnn.jobs.repeats
from fcnn.cli import main
from fcnn.data.parts import Dataset
from fcnn.inference.model import Model
from fcnn.runs.run import Run

CONFIGS = Path(__file__).parents[1] / "configs"
NAMES = ["bank", "breast_cancer", "diabetes", "diamonds", "digits", "iris", "penguins"]
SMALL = [name for name in NAMES if name != "diamonds"]
OVERRIDES = ["training.epochs=1", "network.layers=[4]", "run.plots=false", "diagnostics=false"]


class Trained(NamedTuple):
    """A run, and what it was trained on."""

    run: Run
    dataset: Dataset
    table: Path


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """Train a shipped config once: ``trained("iris")``."""
    done = {}

    def once(name):
        if name not in done:
            seen = []

            def prepare_and_keep(*arguments):
                seen.append(prepare(*arguments))
                return seen[-1]

            with pytest.MonkeyPatch.context() as patch:
                prepare = fcnn.jobs.repeats.prepare_job
                patch.setattr(fcnn.jobs.repeats, "prepare_job", prepare_and_keep)
                folder = tmp_path_factory.mktemp("runs") / name
                run = fcnn.train(CONFIGS / f"{name}.yaml", OVERRIDES, run_dir=folder)
            done[name] = Trained(run, seen[0].dataset, CONFIGS.parent / "data" / f"{name}.csv")
        return done[name]

    return once


@pytest.fixture
def predicted(tmp_path, monkeypatch):
    """What `fcnn predict` gave the network, what came out of that, and what it wrote."""

    def predict(run, table):
        seen, computed = [], []
        output = Model.output

        def output_and_keep(model, x):
            seen.append(x)
            computed.append(output(model, x))
            return computed[-1]

        monkeypatch.setattr(Model, "output", output_and_keep)
        result = tmp_path / "predictions.csv"
        before = signal.getsignal(signal.SIGTERM)
        with pytest.raises(SystemExit) as end:
            main(["predict", str(run.folder), str(table), "-o", str(result)])
        signal.signal(signal.SIGTERM, before)
        assert not end.value.code
        with result.open(encoding="utf-8", newline="") as file:
            return np.concatenate(seen), np.concatenate(computed), list(csv.DictReader(file))

    return predict


def assert_same(found, dataset):
    """The rows of each part are, bit for bit, those that training saw."""
    for name, part in dataset.parts.items():
        assert part.x.dtype == found.dtype == np.float32
        assert np.array_equal(found[part.rows].view(np.uint32), part.x.view(np.uint32)), name


@pytest.mark.parametrize("name", NAMES)
def test_predicting_the_raw_table_sees_what_training_saw(trained, predicted, name):
    run, dataset, table = trained(name)
    x, output, rows = predicted(run, table)
    assert len(x) == len(rows) == dataset.rows_read
    assert_same(x, dataset)
    target = run.record.target
    if target.task == "regression":
        expected = output[:, 0].astype(np.float64) * target.std + target.mean
        assert [float(row["prediction"]) for row in rows] == expected.tolist()
        return
    values = output.astype(np.float64)
    values = np.hstack([1 - values, values]) if values.shape[1] == 1 else values / values.sum(axis=1, keepdims=True)
    for code, label in enumerate(target.classes):
        assert [float(row[f"probability_{label}"]) for row in rows] == values[:, code].tolist()
    assert [row["prediction"] for row in rows] == [target.classes[code] for code in values.argmax(axis=1)]


@pytest.mark.parametrize("name", NAMES)
def test_the_network_in_numpy_and_in_keras_agree_on_these_rows(trained, name):
    run, dataset, _ = trained(name)
    x = dataset.parts["test"].x
    np.testing.assert_allclose(run.model.output(x), run.keras_output(x), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("name", SMALL)
def test_a_part_of_the_rows_is_seen_as_all_of_them_were(trained, predicted, tmp_path, name):
    run, dataset, table = trained(name)
    names, *rows = cells_of(table)
    part = dataset.parts["test"]
    with (tmp_path / "part.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([names, *(rows[row] for row in reversed(part.rows))])
    x, _, _ = predicted(run, tmp_path / "part.csv")
    assert np.array_equal(x[::-1].view(np.uint32), part.x.view(np.uint32))


def cells_of(table):
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def other_order(names, rows):
    """The columns the other way round, and two that nobody asked for."""
    order = list(range(len(names)))[::-1]
    names = ["注", *(names[position] for position in order), "extra"]
    return names, [["备注", *(row[position] for position in order), "1"] for row in rows]


def text(names, rows, separator=",", line_end="\n", quoting=csv.QUOTE_MINIMAL):
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=separator, lineterminator=line_end, quoting=quoting)
    writer.writerows([names, *rows])
    return buffer.getvalue()


def number(cell):
    try:
        return None if cell in ("", "NA") else float(cell)
    except ValueError:
        return cell


def parquet(names, rows):
    columns = [[number(row[position]) for row in rows] for position in range(len(names))]
    columns = [
        [None if cell in ("", "NA") else cell for cell in (row[position] for row in rows)]
        if any(isinstance(cell, str) for cell in column)
        else column
        for position, column in enumerate(columns)
    ]
    buffer = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_arrays([pyarrow.array(column) for column in columns], names), buffer)
    return buffer.getvalue()


def excel(names, rows):
    book = openpyxl.Workbook()
    for row in [names, *([number(cell) for cell in row] for row in rows)]:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


WRITERS = {
    "other columns, order and line ends": lambda *table: text(*other_order(*table), line_end="\r\n").encode(),
    "GB18030 with semicolons": lambda *table: text(*other_order(*table), separator=";").encode("gb18030"),
    "UTF-16 with tabs": lambda *table: text(*other_order(*table), separator="\t").encode("utf-16"),
    "quotes and a byte order mark": lambda *table: text(*table, "|", quoting=csv.QUOTE_ALL).encode("utf-8-sig"),
    "compressed": lambda *table: gzip.compress(text(*table).encode()),
    "Parquet": parquet,
    "Excel": excel,
}


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
@pytest.mark.parametrize("name", ["bank", "diabetes", "iris", "penguins"])
def test_the_same_table_written_in_another_way_is_seen_alike(trained, predicted, tmp_path, name, write):
    run, dataset, table = trained(name)
    names, *rows = cells_of(table)
    other = tmp_path / "other"
    other.write_bytes(write(names, rows))
    x, _, _ = predicted(run, other)
    assert_same(x, dataset)
