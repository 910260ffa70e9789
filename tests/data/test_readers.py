"""Several processes that read one table together, each its share of it; here each process is a thread."""

import gzip
import threading
from dataclasses import replace

import numpy as np
import pytest

from fcnn.data.parsing import Parser
from fcnn.data.readers import Readers
from fcnn.errors import DataError

LONG = 60.0
"""Seconds after which a test that waits has failed."""


@pytest.fixture
def together(prepared, storage, tmp_path):
    """`together(config, ...)`: what becomes of each config where each is a process's own; or what was raised."""

    def run(*configs, limit=1, folds=None):
        count = len(configs)
        said, results, barrier = [b""] * count, [None] * count, threading.Barrier(count, timeout=LONG)

        def process(index):
            def all_gather(message):
                said[index] = bytes(message)
                barrier.wait()
                found = list(said)
                barrier.wait()
                return found

            readers = Readers(index, count, all_gather)
            place = replace(storage[0], folder=tmp_path / f"cache-{index}", limit=limit, readers=readers)
            try:
                results[index] = prepared(configs[index], place, folds)
            except BaseException as error:
                results[index] = error
                if not isinstance(error, DataError):
                    barrier.abort()

        threads = [threading.Thread(target=process, args=(index,), daemon=True) for index in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(LONG)
            assert not thread.is_alive(), "a process waits for ever"
        return results

    return run


@pytest.fixture
def parsed_rows(monkeypatch):
    """The rows of each block that somebody parsed."""
    rows, parse = [], Parser.parse

    def counted(parser, block):
        rows.append(block.rows)
        return parse(parser, block)

    monkeypatch.setattr(Parser, "parse", counted)
    return rows


def cells(rows=3000, **wrong):
    """A table with numbers, texts, dates, and columns that become text or lose their values somewhere."""
    random = np.random.default_rng(5)
    columns = {
        "x": random.normal(size=rows).round(6).astype(str),
        "city": random.choice(["Paris", "Köln", '"a ""b"", c"', ""], rows),
        "day": [f"2021-{month:02}-{day:02}" for month, day in random.integers(1, 13, (rows, 2))],
        "mixed": np.where(np.arange(rows) < rows // 2, random.integers(0, 9, rows).astype(str), "nine"),
        "gone": np.where(np.arange(rows) > rows // 3, "", "3.5"),
        "y": random.choice(["a", "b"], rows),
    }
    for place, cell in wrong.items():
        name, row = place.split("_")
        columns[name] = columns[name].astype(object)
        columns[name][int(row)] = cell
    return "\n".join([",".join(columns), *map(",".join, zip(*columns.values()))]) + "\n"


def job(path, **data):
    return {"data": {"path": str(path), "target": "y", **data}, "network": {"layers": [4]}}


@pytest.mark.parametrize(
    ("count", "limit"), [pytest.param(2, 1, id="two, on the disk"), pytest.param(3, 10**9, id="three, in memory")]
)
def test_all_have_what_one_has_and_each_parses_its_share(count, limit, table, together, prepared, equal, small_pieces,
                                                         parsed_rows):  # fmt: skip
    config = job(table(cells()))
    alone = prepared(config)
    by_one = sum(parsed_rows)
    parsed_rows.clear()
    for dataset in together(*[config] * count, limit=limit):
        equal(alone, dataset)
    # the first block is parsed by everybody; `mixed` is read twice in any case
    assert by_one <= sum(parsed_rows) < 1.15 * by_one


@pytest.mark.parametrize("kind", ["several files", "gz", "lines within quotes"])
def test_whatever_the_text_lies_in(kind, tmp_path, table, together, prepared, equal, small_pieces):
    text = cells(1500)
    path = tmp_path / "t.csv"
    if kind == "several files":
        header, *rows = text.splitlines(keepends=True)
        table(header + "".join(rows[:400]), "part-1.csv")
        table(header + "".join(rows[400:]), "part-2.csv")
        path = tmp_path / "part-*.csv"
    elif kind == "gz":
        path = table(gzip.compress(text.encode()), "t.csv.gz")
    else:
        table(text.replace("Paris", '"Pa\n\nris"').replace("\n2", "\n\n2"))
    for dataset in together(job(path), job(path)):
        equal(prepared(job(path)), dataset)


def test_the_folds_of_a_cross_validation(table, together, prepared, equal, small_pieces):
    config = job(table(cells(900)))
    for folds in together(config, config, folds=2):
        for one, other in zip(prepared(config, folds=2), folds):
            equal(one, other)


def test_a_table_of_one_block_is_read_by_each(table, together, prepared, equal, parsed_rows):
    config = job(table(cells(300)))
    alone = prepared(config)
    by_one = sum(parsed_rows)
    for dataset in together(config, config):
        equal(alone, dataset)
    assert sum(parsed_rows) == 3 * by_one


def test_who_has_the_encoded_table_does_not_read_it_again(table, together, prepared, storage, equal, tmp_path,
                                                          small_pieces):  # fmt: skip
    config = job(table(cells(900)))
    prepared(config, replace(storage[0], folder=tmp_path / "cache-1"))
    storage[1].clear()
    for dataset in together(config, config):
        equal(prepared(config), dataset)
    assert sum("starting from the encoded table" in line for line in storage[1]) == 1


def test_those_that_were_asked_for_different_things_each_read_for_themselves(table, together, prepared, equal,
                                                                             small_pieces):  # fmt: skip
    configs = [job(table(cells(900))), job(table(cells(900)), missing=["", "Paris"])]
    for config, dataset in zip(configs, together(*configs)):
        equal(prepared(config), dataset)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"y_2500": "a,b,c"}, id="too many fields"),
        pytest.param({"y_2500": "a,b,c", "y_2900": "b,,"}, id="twice"),
        pytest.param({"x_2222": '5" 7"'}, id="quotes within a field"),
        pytest.param({"x_2222": "oops"}, id="a cell that is no number"),
    ],
)
def test_all_are_told_the_same_of_a_table_that_is_wrong(wrong, table, together, prepared, small_pieces):
    config = job(table(cells(**wrong)), columns={"x": {"type": "number"}})
    with pytest.raises(DataError) as alone:
        prepared(config)
    assert [str(error) for error in together(config, config)] == [str(alone.value)] * 2


@pytest.mark.parametrize(
    ("row", "longer", "line"),
    [
        pytest.param(2500, False, 2300, id="another cell"),
        pytest.param(None, True, None, id="more rows, packed into as many bytes"),
    ],
)
def test_files_that_are_not_the_same(row, longer, line, table, together, small_pieces, tmp_path):
    (tmp_path / "0").mkdir()
    (tmp_path / "1").mkdir()
    text = cells()
    other = text + text.splitlines()[-1] + "\n" if longer else cells(**{f"y_{row}": "c"})
    packed = [gzip.compress(each.encode(), 0) for each in (text, other)]
    size = max(map(len, packed))
    paths = [table(content + b"\0" * (size - len(content)), f"{n}/t.csv.gz") for n, content in enumerate(packed)]
    found = together(*map(job, paths))
    for path, error in zip(paths, found):
        assert isinstance(error, DataError)
        message = "the workers do not have the same file: it differs somewhere behind this line"
        assert (error.problems[0].message, error.problems[0].hint) == (message, "copy it to all of them again")
        place, _, number = error.problems[0].where.rpartition(":")
        if line is not None:
            assert place == str(path)
            assert line < int(number) <= row + 2
