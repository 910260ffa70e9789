"""Tables that are larger than memory: what becomes of them is what becomes of the same table in memory, bit for bit."""

import gzip
from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from fcnn.data import column_store, stored_columns
from fcnn.data.column_store import ColumnStore, Wanted
from fcnn.data.raw import Codes
from fcnn.data.rows import frame_rows
from fcnn.data.stored import StoredMatrix
from fcnn.errors import DataError

CONFIGS = sorted((Path(__file__).parents[2] / "configs").glob("*.yaml"))
ON_DISK = ["the table is larger than its memory (data.memory): it is put on the disk"]
AMOUNTS = {"target": "amount", "columns": {"mixed": {"bad_values": "missing"}}}


@pytest.mark.parametrize("config", CONFIGS, ids=lambda config: config.stem)
def test_every_shipped_table_becomes_the_same_on_the_disk(config, prepared, storage, equal, monkeypatch):
    monkeypatch.setattr(column_store, "HELD", 1 << 16)
    in_memory = prepared(config)
    on_disk = prepared(config, storage[0])
    assert isinstance(on_disk.parts["train"].x, StoredMatrix)
    equal(in_memory, on_disk)
    again = prepared(config, storage[0])
    equal(in_memory, again)
    assert len(storage[1]) == 2
    assert storage[1][:1] == ON_DISK
    assert storage[1][1].startswith("starting from the encoded table in")


def job(path, **data):
    """The config of a small network on a table."""
    return {"data": {"path": str(path), "target": "y", **data}, "network": {"layers": [4]}}


def awkward(rows=1500):
    """A table in which columns are numbers in one place and text in another, or nothing for long."""
    random = np.random.default_rng(3)
    frame = pd.DataFrame({"x": random.normal(size=rows).round(3), "y": random.choice(["a", "b", "c"], rows)})
    frame["late"] = np.where(np.arange(rows) < 700, "", random.choice(["u", "v"], rows))
    frame["mixed"] = np.where(np.arange(rows) < 2 * rows // 5, random.integers(0, 9, rows).astype(str), "nine")
    frame["codes"] = [f"{number:03}" for number in random.integers(0, 40, rows)]
    frame["gone"] = np.where(np.arange(rows) > 300, "", "3.5")
    frame["day"] = pd.Timestamp("2020-01-01") + pd.to_timedelta(random.integers(0, 900, rows), unit="D")
    frame["weight"] = random.random(rows).round(2) + 0.1
    frame.loc[::50, "y"] = None
    frame.loc[::31, "x"] = None
    return frame


def test_columns_that_are_no_numbers_from_some_row_on(table, prepared, storage, equal, small_pieces):
    path = table(awkward().to_csv(index=False))
    config = job(path, weight="weight")
    equal(prepared(config), prepared(config, storage[0]))
    assert storage[1] == ON_DISK


@pytest.mark.parametrize("scaler", ["robust", "quantile"])
def test_columns_of_any_scaler_on_the_disk(scaler, table, prepared, storage, equal, small_pieces):
    path = table(awkward().to_csv(index=False))
    config = job(path, scaler=scaler, smooth_clip=3.0, columns={"gone": {"type": "number", "scaler": "standard"}})
    equal(prepared(config), prepared(config, storage[0]))
    assert storage[1] == ON_DISK
    other = prepared(job(path, scaler=scaler), storage[0])
    assert storage[1] == 2 * ON_DISK, "another config has another place"
    assert other.preprocessing != prepared(config).preprocessing


def test_a_quantity_on_the_disk(table, prepared, storage, equal, small_pieces):
    path = table(awkward().to_csv(index=False))
    config = job(path, target="x")
    equal(prepared(config), prepared(config, storage[0]))
    equal(prepared(config), prepared(config, storage[0]))  # the cache keeps both y and y_raw


def test_rows_in_lines_of_their_own_choice(table, prepared, storage, equal, small_pieces):
    rows = "".join(f'{row % 83},"a\nb{row % 7}",{row % 2}\n\n' for row in range(600))
    config = job(table(f"x,t,y\n{rows}"))
    dataset = prepared(config, storage[0])
    equal(prepared(config), dataset)


def test_it_moves_to_the_disk_when_the_estimate_says_so(table, prepared, storage, equal, small_pieces):
    path = table(awkward().to_csv(index=False))
    config = job(path)
    limited = replace(storage[0], limit=250_000)  # the first block takes less, but not all of them
    equal(prepared(config), prepared(config, limited))
    assert storage[1] == ON_DISK


def test_a_table_that_fits_stays_in_memory(table, prepared, storage):
    path = table(awkward().to_csv(index=False))
    dataset = prepared(job(path), replace(storage[0], limit=100_000_000))
    assert isinstance(dataset.parts["train"].x, np.ndarray)
    assert storage[1] == []
    assert not storage[0].folder.exists()


def test_a_matrix_that_does_not_fit_goes_to_the_disk_by_itself(table, prepared, storage, equal):
    cells = "".join(f"n{row % 97},{row % 2}\n" for row in range(1000))  # a column of text becomes 97 of the matrix
    config = job(table(f"t,y\n{cells}"))
    dataset = prepared(config, replace(storage[0], limit=200_000))
    assert isinstance(dataset.parts["train"].x, StoredMatrix)
    assert storage[1] == []  # the table itself was not too large
    equal(prepared(config), dataset)


@pytest.mark.parametrize("kind", ["several files", "gz", "parquet", "excel"])
def test_whatever_a_table_lies_in(kind, tmp_path, prepared, storage, equal, small_pieces):
    frame = awkward(600)
    names = {"gz": "t.csv.gz", "parquet": "t.parquet", "excel": "t.xlsx"}
    path = tmp_path / names.get(kind, "*.csv")
    if kind == "several files":
        frame[:200].to_csv(tmp_path / "1.csv", index=False)
        frame[200:].to_csv(tmp_path / "2.csv", index=False)
    elif kind == "gz":
        path.write_bytes(gzip.compress(frame.to_csv(index=False).encode()))
    elif kind == "parquet":
        frame.to_parquet(path)
    else:
        book = openpyxl.Workbook()
        for row in [list(frame), *frame.astype(object).where(frame.notna(), None).values.tolist()]:
            book.active.append(row)
        book.save(path)
    config = job(path)
    equal(prepared(config), prepared(config, storage[0]))
    assert ON_DISK[0] in storage[1]


def test_the_folds_of_a_cross_validation(table, prepared, storage, equal, small_pieces):
    config = job(table(awkward(400).to_csv(index=False)))
    in_memory, on_disk = prepared(config, folds=3), prepared(config, storage[0], folds=3)
    assert len(on_disk) == 3
    for one, other, again in zip(in_memory, on_disk, prepared(config, storage[0], folds=3)):
        equal(one, other)
        equal(one, again)


@pytest.mark.parametrize(
    ("cells", "data", "message"),
    [
        pytest.param({"x": {901: "oops"}}, {}, "is numeric, but 1 cell is no number", id="a cell that is no number"),
        pytest.param({"x": {5: "1e60", 1100: "1e61"}, "gone": {3: "1e-300"}}, {}, "beyond", id="beyond float32"),
        pytest.param({"x": {1201: "1e309"}}, {}, "infinite", id="an infinite one"),
        pytest.param({"weight": {3: "-1"}}, {"weight": "weight"}, "sample weights", id="a negative weight"),
    ],
)
def test_errors_are_those_of_memory(cells, data, message, table, prepared, storage, small_pieces):
    frame = awkward().astype(object).fillna("")
    for name, wrong in cells.items():
        for row, cell in wrong.items():
            frame.loc[row, name] = cell
    config = job(table(frame.to_csv(index=False)), **data)
    told = [error_of(prepared, config, place) for place in (None, storage[0])]
    assert told[0] == told[1]
    assert message in told[0]
    assert list(storage[0].folder.iterdir()) == []


def error_of(prepared, config, place):
    with pytest.raises(DataError) as caught:
        prepared(config, place)
    return str(caught.value)


def many(rows=3000):
    """A table whose texts are nearly all different."""
    random = np.random.default_rng(0)
    seconds = pd.to_timedelta(random.integers(0, 10**8, rows), unit="s")
    frame = pd.DataFrame(
        {
            "when": (pd.Timestamp("2020-01-01") + seconds).strftime("%Y-%m-%d %H:%M:%S"),
            "user": [f"u{number:05}x" for number in random.integers(0, 1000, rows)],
            "city": [f"c{number % 300}" for number in random.zipf(1.5, rows)],
            "mixed": random.normal(size=rows).round(4).astype(str),
            "x": random.normal(size=rows),
        }
    )
    frame.loc[1500, "mixed"] = "oops"
    frame.loc[::17, "when"] = None
    frame["amount"] = (3 * frame["x"] + random.normal(size=rows)).round(4)
    return frame


@pytest.fixture
def few_levels(monkeypatch, small_pieces):
    """A column on the disk keeps 40 texts apart."""
    monkeypatch.setattr(column_store, "MOST_LEVELS", 40)


def test_very_many_times_and_numbers_are_kept_by_their_meaning(table, prepared, storage, few_levels):
    config = job(table(many().to_csv(index=False)), **AMOUNTS)
    states = [{state.name: state for state in prepared(config, at).preprocessing.columns} for at in (None, storage[0])]
    assert [states[0][name] for name in ("when", "mixed", "x")] == [states[1][name] for name in ("when", "mixed", "x")]
    in_memory, on_disk = prepared(config), prepared(config, storage[0])
    for part, same in zip(in_memory.parts.values(), on_disk.parts.values()):
        assert part.y.tobytes() == same.y.tobytes()  # the target has 3,000 different texts, too
        columns = [
            [
                position
                for position, name in enumerate(dataset.preprocessing.feature_names)
                if name[:4] in ("when", "mixe")
            ]
            for dataset in (in_memory, on_disk)
        ]
        assert len(columns[0]) == 8
        assert (part.x[:, columns[0]] == same.x.rows(0, len(same.x))[:, columns[1]]).all()
    kinds = {finding.kind: str(finding) for finding in on_disk.findings}
    assert "1 cell cannot be read and is counted as missing: 'oops' (line 1502)" in kinds["bad_cells"]


def test_of_very_many_other_texts_it_is_said_what_becomes_of_them(table, prepared, storage, few_levels):
    dataset = prepared(job(table(many().to_csv(index=False)), **AMOUNTS), storage[0])
    kinds = {finding.kind: str(finding).splitlines()[0] for finding in dataset.findings}
    assert kinds["names"] == (
        "column 'user': has more than 40 different values, which are not kept apart on the disk, and is left out"
    )
    assert kinds["many_texts"].startswith("column 'city': has more than 40 different values: those that first come")
    assert not any("\0" in str(finding) for finding in dataset.findings)
    columns = {column.name: (column.type, column.features) for column in dataset.columns}
    assert columns["user"] == ("", 0)
    assert columns["city"][0] == "category"
    assert 30 < columns["city"][1] <= 41  # 40 texts at most, and one for all others


def test_a_cell_that_is_no_number_among_very_many_is_the_error_of_memory(table, prepared, storage, few_levels):
    config = job(table(many().to_csv(index=False)), target="amount")
    told = [error_of(prepared, config, place) for place in (None, storage[0])]
    assert told[0] == told[1]
    assert "received: 'oops' (line 1502)" in told[0]


def test_too_many_classes_are_an_error(table, prepared, storage, few_levels):
    config = job(table(many().to_csv(index=False)), **{**AMOUNTS, "target": "user"})
    with pytest.raises(DataError, match="has more than 40 different values: too many for classes"):
        prepared(config, storage[0])


def test_very_many_groups_stay_whole(table, prepared, storage, few_levels):
    frame = many()
    config = job(table(frame.to_csv(index=False)), **AMOUNTS, split={"method": "group", "column": "user"})
    parts = prepared(config, storage[0]).parts
    users = {name: set(frame["user"][part.rows]) for name, part in parts.items()}
    assert sum(map(len, users.values())) == frame["user"].nunique()
    assert len(parts["test"].rows) == pytest.approx(450, abs=5)


def test_very_many_times_put_rows_in_order(table, prepared, storage, equal, few_levels):
    frame = many().assign(when=lambda frame: frame["when"].fillna("2021-05-05 05:05:05"))
    config = job(table(frame.to_csv(index=False)), **AMOUNTS, drop=["user", "city"],
                 split={"method": "time", "column": "when"})  # fmt: skip
    in_memory, on_disk = prepared(config), prepared(config, storage[0])
    for part, same in zip(in_memory.parts.values(), on_disk.parts.values()):
        assert part.rows.tobytes() == same.rows.tobytes()


def test_nothing_of_a_store_has_a_name(storage):
    store = ColumnStore(storage[0], Wanted(("a", "b")))
    store.add("a", np.arange(1000.0))
    store.add("b", Codes(np.zeros(1000, dtype=np.int32), ["x"]))
    columns = store.finish(frame_rows(1000))
    assert list(storage[0].folder.iterdir()) == []
    assert columns["a"].values[[0, 999]].tolist() == [0.0, 999.0]
    assert columns["b"].levels == ("x",)


def test_pieces_are_read_from_the_runs_that_they_lie_in(storage, monkeypatch):
    monkeypatch.setattr(column_store, "HELD", 1)
    store = ColumnStore(storage[0], Wanted(("a",)))
    store._held_each = 400
    for start in range(0, 1000, 10):
        store.add("a", np.arange(start, start + 10.0) if start != 500 else np.full(10, np.nan))
    columns = store.finish(frame_rows(1000))
    read = []
    monkeypatch.setattr(stored_columns, "read_rows", watched(stored_columns.read_rows, read))
    values = columns.piece("a", 480, 520, frame_rows(40)).values
    assert np.array_equal(values[[0, 19, 30, 39]], [480, 499, 510, 519])
    assert np.isnan(values[20:30]).all()
    assert len(read) == 1


def watched(function, calls):
    def call(*arguments):
        calls.append(arguments)
        return function(*arguments)

    return call


def test_columns_are_looked_at_as_many_at_once_as_memory_allows(storage):
    for limit, rows, at_once in ((1, 100, 1), (48 * 3000, 1000, 3), (10**12, 1000, 4)):
        store = ColumnStore(replace(storage[0], limit=limit), Wanted(("a",)))
        store.add("a", np.arange(float(rows)))
        assert store.finish(frame_rows(rows)).at_once == at_once
