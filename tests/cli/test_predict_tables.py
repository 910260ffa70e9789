"""`fcnn predict` and `fcnn evaluate` on awkward tables, with a run made by hand whose predictions can be read off.

The digits of a prediction are, from the right: size; gap (0 and a hundred where it is missing); a thousand for red, two
for blue; ten thousand for wet; then the month.
"""

# ruff: noqa: E501 - messages are written out as they are printed
import gzip
import io
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import msgspec
import numpy as np
import pytest

from fcnn.data import pieces, table
from fcnn.data.preprocessing import Preprocessing
from fcnn.data.states import Boolean, Category, Date, DatePart, Number
from fcnn.data.target import Target
from fcnn.files import write_json
from fcnn.inference.network import Architecture, DenseLayer
from fcnn.runs.record import FORMAT, Record, write_history, write_record, write_weights

STATES = (
    Number(name="size", median=5.0, mean=0.0, std=1.0, minimum=0.0, maximum=9.0, missing=False),
    Number(name="gap", median=0.0, mean=0.0, std=1.0, minimum=0.0, maximum=9.0, missing=True),
    Category(name="sort", levels=("red", "blue"), missing=False, rare=False),
    Boolean(name="wet", words=("no", "yes"), mode=False, missing=False),
    Date(
        name="day",
        format="%Y-%m-%d",
        first=18262.0,  # 2020-01-01
        last=18627.0,  # 2020-12-31
        parts=(DatePart("month", 1.0, 0.0, 1.0),),
        missing=False,
    ),
)
WEIGHTS = [1.0, 10.0, 100.0, 1000.0, 2000.0, 10_000.0, 100_000.0]
HEADER = "size,gap,sort,wet,day\n"
ROW = "3,4,red,yes,2020-03-17\n"
METRICS = {
    "task": "regression",
    "train": {"r2": 0.5},
    "baselines": {},
    "verdicts": [],
    "parameters": 8,
    "epochs": 1,
    "best_epoch": 1,
    "stopped": "finished",
}


def make_run(folder: Path, states=STATES, weights=WEIGHTS) -> Path:
    folder.mkdir(parents=True)
    preprocessing = Preprocessing(states)
    network = Architecture(inputs=len(weights), layers=(DenseLayer(units=1, activation={"name": "linear"}),))
    record = Record(
        format=FORMAT,
        fcnn="0.1.0",
        target=Target(name="y", task="regression"),
        preprocessing=preprocessing,
        network=network,
        feature_names=preprocessing.feature_names,
        rows={"read": 3, "without_target": 0, "train": 3},
        files=({"path": "t.csv", "bytes": 1, "sha256": "0"},),
    )
    write_record(folder, record)
    write_weights(folder, {"00/kernel": np.float32(weights).reshape(-1, 1), "00/bias": np.zeros(1, np.float32)})
    write_history(folder, {"epoch": [1.0], "loss": [0.1], "seconds": [0.5]})
    write_json(folder / "metrics.json", METRICS)
    (folder / "config.yaml").write_text("data: {path: t.csv, target: y}\nnetwork: {layers: []}\n", encoding="utf-8")
    return folder


@pytest.fixture
def by_hand(tmp_path) -> Path:
    return make_run(tmp_path / "runs" / "by-hand")


@pytest.fixture
def predicted(console, by_hand):
    """`predicted("size,gap\n1,2\n", "--strict")` is what predicting a file `new.csv` says."""

    def run(content, *options):
        Path("new.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
        return console("predict", "by-hand", "new.csv", *options)

    return run


def numbers(answer):
    header, *cells = answer.out.splitlines()
    assert header == "prediction"
    return list(map(float, cells))


@pytest.fixture
def typed(monkeypatch):
    """Puts bytes into standard input."""

    def feed(content: bytes, terminal: bool = False) -> None:
        stream = SimpleNamespace(buffer=io.BytesIO(content), isatty=lambda: terminal)
        monkeypatch.setattr(sys, "stdin", stream)

    return feed


# --- values -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "expected", "told"),
    [
        pytest.param(ROW, [311043.0], "", id="as in training"),
        pytest.param("\n" + ROW + "\n   \n" + ROW + "\n\n", [311043.0, 311043.0], "", id="blank lines"),
        pytest.param("3,,red,yes,2020-03-17", [311103.0], "", id="missing as in training"),
        pytest.param("3,N/A,red,yes,2020-03-17\n3,?,red,yes,2020-03-17\n", [311103.0] * 2, "", id="words for missing"),
        pytest.param(
            ",4,,-,null\n3,4,red,yes,2020-03-17\n",
            [100045.0, 311043.0],
            "".join(
                f"warning: column '{name}': 1 of 2 values are missing, and none was in training: the usual value stands in\n"
                for name in ("size", "sort", "wet", "day")
            ),
            id="missing where training had none",
        ),
        pytest.param(
            "3,4,green,maybe,2020-03-17\n3,4,red,yes,2020-03-17\n",
            [300043.0, 311043.0],
            "warning: column 'sort': 1 of 2 values were not in training, such as 'green'\n"
            "warning: column 'wet': 1 of 2 values were not in training, such as 'maybe'\n",
            id="values that training did not have",
        ),
        pytest.param(
            "12,-4,red,yes,2021-03-17\n",
            [310972.0],
            "note: column 'size': 1 of 1 values are beyond those of training, such as 12\n"
            "note: column 'gap': 1 of 1 values are beyond those of training, such as -4\n"
            "note: column 'day': 1 of 1 values are beyond those of training, such as 2021-03-17\n",
            id="beyond training",
        ),
        pytest.param("3,4,red,TRUE,2020-03-17\n3,4,red,n,2020-03-17\n", [311043.0, 301043.0], "", id="other booleans"),
        pytest.param(' 3 ,"4"," red ",yes , 2020-03-17\n', [311043.0], "", id="blanks and quotes"),
        pytest.param("€3,4 %,red,yes,2020-03-17\n", [311043.0], "", id="units"),
        pytest.param("3e0,+4.0,red,yes,2020-03-17\n", [311043.0], "", id="exponents"),
        pytest.param(
            "3,4,red,yes,17.03.2020\n",
            [311043.0],
            "note: column 'day': dates are read as %d.%m.%Y; in training they were %Y-%m-%d\n",
            id="dates in another format",
        ),
        pytest.param(
            "3,4,red,yes,17/03/2020\n3,4,red,yes,01/02/2020\n",
            [311043.0, 211043.0],
            "warning: column 'day': dates are read as %d/%m/%Y; in training they were %Y-%m-%d\n",
            id="dates whose order of day and month one row tells",
        ),
    ],
)
def test_rows_are_predicted_and_what_is_odd_is_told(predicted, rows, expected, told) -> None:
    answer = predicted(HEADER + rows)
    assert (answer.code, answer.err) == (0, told)
    assert numbers(answer) == expected


def test_decimal_commas_are_understood(predicted) -> None:
    answer = predicted("size;gap;sort;wet;day\n3,5;4,25;red;yes;2020-03-17\n")
    assert (numbers(answer), answer.err) == ([311046.0], "")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        pytest.param(
            "3,4\n" + ROW + "3,4,red,yes,2020-03-17,more\n",
            "error: new.csv: 2 rows have too few or too many fields\n"
            "  expected: 5 fields in each, as the header has\n"
            "  received: line 2 has 2, line 4 has 6\n"
            "  hint: quote a field that contains ',', and write an empty field for a missing value\n",
            id="ragged rows",
        ),
        pytest.param(
            ROW + "inf,4,red,yes,2020-03-17\n-inf,wide,red,yes,2020-02-30\n",
            "error: column 'size': 2 cells are infinite\n"
            "  expected: finite numbers\n"
            "  received: 'inf' (line 3), '-inf' (line 4)\n"
            "  hint: an empty cell is a missing value and is allowed\n"
            "error: column 'gap': 1 cell is no number\n"
            "  expected: numbers\n"
            "  received: 'wide' (line 4)\n"
            "  hint: an empty cell is a missing value and is allowed\n"
            "error: column 'day': 1 cell is no date\n"
            "  expected: dates such as 2020-01-01, written %Y-%m-%d\n"
            "  received: '2020-02-30' (line 4)\n"
            "3 errors.\n",
            id="cells that cannot be used",
        ),
    ],
)
def test_rows_that_cannot_be_used_are_refused(predicted, rows, message) -> None:
    answer = predicted(HEADER + rows)
    assert (answer.code, answer.out, answer.err) == (2, "", message)


def test_a_table_without_rows_gives_a_header_without_rows(predicted) -> None:
    answer = predicted("id,size,gap,sort,wet,day\n", "--id", "id")
    assert (answer.code, answer.out, answer.err) == (0, "id,prediction\n", "")


def test_an_output_beyond_float32_names_its_lines(console, tmp_path) -> None:
    make_run(tmp_path / "runs" / "large", STATES[:1], [1e30])
    Path("new.csv").write_text("size\n1\n1e10\n", encoding="utf-8")
    answer = console("predict", "large", "new.csv")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        "error: the network's output is not finite in 1 row\n"
        "  received: line 3\n"
        "  hint: are its values far beyond those of training?\n"
    )


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("3,4,red,maybe,2020-03-17\n", "error: column 'wet': 1 of 1 values were not in training, such as 'maybe'\n"),
        ("3,4,,yes,2020-03-17\n", "error: column 'sort': 1 of 1 values are missing, and none was in training: the usual value stands in\n"),
        ("10,4,red,yes,2020-03-17\n", "error: column 'size': 1 of 1 values are beyond those of training, such as 10\n"),
    ],
    ids=["unseen", "missing", "out of range"],
)  # fmt: skip
def test_strict_makes_an_error_of_every_surprise(predicted, row, message) -> None:
    answer = predicted(HEADER + row, "--strict")
    assert (answer.code, answer.out, answer.err) == (2, "", message)


# --- columns ----------------------------------------------------------------------------------------------------------


def test_fill_counts_a_column_as_missing_that_was_missing_in_training(predicted) -> None:
    without = "size,sort,wet,day\n3,red,yes,2020-03-17\n"
    refused = predicted(without)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == (
        "error: new.csv: the table has no column 'gap'\n"
        "  hint: known: size, sort, wet, day; --fill counts it as missing in every row\n"
    )
    answer = predicted(without, "--fill")
    assert answer.err == "warning: new.csv: the table has no column 'gap': it counts as missing in every row\n"
    assert numbers(answer) == [311103.0]


def test_fill_cannot_stand_in_for_what_was_never_missing(predicted) -> None:
    answer = predicted("gap,sort,wet,day\n3,red,yes,2020-03-17\n", "--fill")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        "error: new.csv: the table has no column 'size'\n"
        "  hint: known: gap, sort, wet, day; --fill is no help: it was never missing in training\n"
    )


def test_fill_makes_no_table_of_one_that_has_no_feature(predicted) -> None:
    answer = predicted("other\n1\n", "--fill")
    assert (answer.code, answer.out) == (2, "")
    never = "; --fill is no help: it was never missing in training"
    hints = {"size": never, "gap": "", "sort": never, "wet": never, "day": never}
    assert (
        answer.err
        == "".join(
            f"error: new.csv: the table has no column {name!r}\n  hint: known: other{hint}\n"
            for name, hint in hints.items()
        )
        + "5 errors.\n"
    )


def test_fill_changes_nothing_where_nothing_is_missing(predicted) -> None:
    assert (numbers(predicted(HEADER + ROW, "--fill"))) == [311043.0]


@pytest.mark.parametrize("kind", ["category", "boolean", "date"])
def test_every_type_of_column_can_be_filled(console, tmp_path, kind) -> None:
    state = next(state for state in STATES if type(state).__name__.lower() == kind)
    states = (STATES[0], msgspec.structs.replace(state, missing=True))
    width = len(Preprocessing(states).feature_names) - 1
    make_run(tmp_path / "runs" / "filled", states, [1.0, *[0.0] * (width - 1), 100.0])
    Path("new.csv").write_text("size\n1\n2\n", encoding="utf-8")
    assert numbers(console("predict", "filled", "new.csv", "--fill")) == [101.0, 102.0]


def test_a_used_column_that_is_there_twice_names_both_positions(predicted) -> None:
    answer = predicted("size,gap,size,sort,wet,day,more,more\n1,2,3,red,yes,2020-03-17,,\n")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("error: new.csv: the column name 'size' appears 2 times, at positions 1, 3\n")
    assert "more" not in answer.err


def test_many_columns_that_are_not_there_are_counted(console, tmp_path) -> None:
    states = tuple(msgspec.structs.replace(STATES[0], name=f"x{number}") for number in range(2000))
    make_run(tmp_path / "runs" / "wide", states, [0.0] * 2000)
    Path("new.csv").write_text("y\n1\n", encoding="utf-8")
    answer = console("predict", "wide", "new.csv")
    assert answer.code == 2
    assert "error: new.csv: and 1,990 columns more: 'x10', 'x11', " in answer.err
    assert answer.err.endswith("\n11 errors.\n")


@pytest.mark.parametrize(
    "cell", ["0042", "9007199254740993", "NA", "-", "1.50", "", '"a,b"', '"say ""so"""', "猫", "TRUE"], ids=str
)
def test_an_identifier_stays_as_it_is_written(predicted, cell) -> None:
    answer = predicted(f"id,{HEADER}{cell},{ROW}", "--id", "id")
    assert answer.out == f"id,prediction\n{cell},311043.0\n"


def test_several_identifiers_come_in_the_order_asked_for_and_may_be_features(predicted) -> None:
    answer = predicted(HEADER + "3.00,4,red,yes,2020-03-17\n", "--id", "sort", "--id", "size", "--id", "sort")
    assert answer.out == "sort,size,prediction\nred,3.00,311043.0\n"


# --- pieces -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def small_pieces(monkeypatch) -> None:
    """A few rows are a block, and two a piece."""
    monkeypatch.setattr(pieces, "MOST_ROWS", 2)
    monkeypatch.setattr(table, "PROBE", 64)
    monkeypatch.setattr(table, "block_size", lambda fields: 128)


def test_rows_stay_in_order_over_many_pieces(predicted, small_pieces) -> None:
    rows = [f"{row:05d},{row % 10},{row % 7},red,yes,2020-03-17\n" for row in range(1000)]
    lines = predicted("id," + HEADER + "".join(rows), "--id", "id").out.splitlines()
    assert lines[1:] == [f"{row:05d},{311000 + 10 * (row % 7) + row % 10}.0" for row in range(1000)]


def test_what_is_odd_is_counted_over_the_whole_file(predicted, small_pieces) -> None:
    rows = [ROW] * 100
    rows[50] = "99,4,red,,2020-03-17\n"
    rows[3] = rows[90] = "3,4,violet,yes,2020-03-17\n"
    answer = predicted(HEADER + "".join(rows))
    assert answer.err == (
        "note: column 'size': 1 of 100 values are beyond those of training, such as 99\n"
        "warning: column 'sort': 2 of 100 values were not in training, such as 'violet'\n"
        "warning: column 'wet': 1 of 100 values are missing, and none was in training: the usual value stands in\n"
    )
    assert len(numbers(answer)) == 100


def test_errors_are_counted_over_the_whole_file_and_nothing_is_printed(predicted, small_pieces) -> None:
    rows = [ROW] * 100
    for row in range(10, 100, 10):
        rows[row] = f"bad{row},4,red,yes,{'soon' if row > 80 else '2020-03-17'}\n"
    answer = predicted(HEADER + "".join(rows), "-o", "out.csv")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        "error: column 'size': 9 cells are no number\n"
        "  expected: numbers\n"
        "  received: 'bad10' (line 12), 'bad20' (line 22), 'bad30' (line 32), 'bad40' (line 42), 'bad50' (line 52), ...\n"
        "  hint: an empty cell is a missing value and is allowed\n"
        "error: column 'day': 1 cell is no date\n"
        "  expected: dates such as 2020-01-01, written %Y-%m-%d\n"
        "  received: 'soon' (line 92)\n"
        "2 errors.\n"
    )
    assert sorted(path.name for path in Path.cwd().iterdir()) == ["new.csv", "runs"]


@pytest.mark.parametrize("order", [1, -1], ids=["doubtful dates first", "doubtful dates last"])
def test_one_row_tells_the_order_of_day_and_month_for_all(predicted, small_pieces, order) -> None:
    days = (["01/02/2020"] * 50 + ["17/03/2020"])[::order]
    answer = predicted(HEADER + "".join(f"3,4,red,yes,{day}\n" for day in days))
    assert numbers(answer) == ([211043.0] * 50 + [311043.0])[::order]


def test_nothing_of_a_reading_that_was_given_up_is_left(predicted, small_pieces) -> None:
    days = ["10/01/2020"] * 20 + ["17/03/2020"]  # read month first they are predictions with a digit more
    answer = predicted(HEADER + "".join(f"3,4,red,yes,{day}\n" for day in days), "-o", "out.csv")
    assert answer.code == 0
    assert Path("out.csv").read_text(encoding="utf-8") == "prediction\n" + "111043.0\n" * 20 + "311043.0\n"


def test_dates_in_two_formats_are_refused(predicted, small_pieces) -> None:
    days = ["17.03.2020"] * 20 + ["17/03/2020"] * 20
    answer = predicted(HEADER + "".join(f"3,4,red,yes,{day}\n" for day in days))
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        "error: column 'day': its dates or decimal marks are written in different ways\n"
        "  expected: one way in all rows\n"
        "  received: %d/%m/%Y and %d.%m.%Y\n"
    )


def test_thousands_and_decimal_commas_are_told_apart_over_the_whole_file(predicted, small_pieces) -> None:
    rows = ['"1,250",4,red,yes,2020-03-17\n'] * 20 + ['"2,5",4,red,yes,2020-03-17\n'] * 20
    answer = predicted(HEADER + "".join(rows))
    assert numbers(answer) == [311041.25] * 20 + [311042.5] * 20
    assert answer.err == "note: column 'size': the decimal mark is ','; in training it was '.'\n"


# --- encodings --------------------------------------------------------------------------------------------------------


def test_a_guessed_encoding_is_told_with_a_hint_that_needs_no_config(predicted) -> None:
    answer = predicted(("name," + HEADER + "样本," + ROW).encode("gb18030"), "--id", "name")
    assert answer.out == "name,prediction\n样本,311043.0\n"
    assert answer.err == (
        "warning: new.csv: the file is no UTF-8 and is read as gb18030: '样本'\n"
        "  hint: if that is wrong, save the file as UTF-8\n"
    )


def test_a_guessed_encoding_stands_beside_what_it_may_be_the_reason_of(predicted) -> None:
    answer = predicted((HEADER + "3,4,样本,yes,2020-03-17\n").encode("gb18030"), "--strict")
    assert answer.code == 2
    assert [line for line in answer.err.splitlines() if not line.startswith("  ")] == [
        "error: column 'sort': 1 of 1 values were not in training, such as '样本'",
        "warning: new.csv: the file is no UTF-8 and is read as gb18030: '样本'",
    ]


def test_text_in_no_known_encoding_is_an_error_with_a_hint_that_needs_no_config(predicted) -> None:
    answer = predicted((HEADER + ROW).encode() + b"3,4,\xe4\xf6\xff\x81\x8d,yes,2020-03-17\n")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == "error: new.csv: the file is not UTF-8 text\n  hint: save the file as UTF-8\n"


def test_a_character_that_the_results_encoding_lacks_is_an_error(predicted) -> None:
    answer = predicted("id," + HEADER + "é," + ROW, "--id", "id", "--encoding", "ascii", "-o", "out.csv")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        "error: --encoding: the result has a character that ascii does not have\n"
        "  received: 'é'\n"
        "  hint: --encoding utf-8\n"
    )
    assert not Path("out.csv").exists()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_written_once(predicted, encoding, small_pieces) -> None:
    assert predicted(HEADER + ROW * 9, "-o", "out.csv", "--encoding", encoding).code == 0
    assert Path("out.csv").read_bytes() == ("prediction\n" + "311043.0\n" * 9).encode(encoding)


# --- standard input ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pack", [bytes, gzip.compress, lambda content: content.decode().encode("utf-16")], ids=["plain", "gz", "utf-16"]
)
def test_a_dash_is_standard_input(console, by_hand, typed, pack) -> None:
    typed(pack((HEADER + ROW).encode()))
    answer = console("predict", "by-hand", "-")
    assert (answer.code, answer.out, answer.err) == (0, "prediction\n311043.0\n", "")


@pytest.mark.parametrize(
    ("content", "where"),
    [
        pytest.param("", "error: standard input: the file is empty\n", id="empty"),
        pytest.param(HEADER + "1\n", "error: standard input: 1 row has too few fields\n", id="a ragged row"),
        pytest.param("a,b\n1,2\n", "error: standard input: the table has no column 'size'\n", id="no column"),
        pytest.param(HEADER + "\0" + ROW, "error: standard input:2: there is a NUL character", id="a line"),
    ],
)
def test_errors_call_standard_input_by_its_name_and_leave_nothing(
    console, by_hand, typed, tmp_path, monkeypatch, content, where
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    typed(content.encode())
    answer = console("predict", "by-hand", "-")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(where)
    assert str(tmp_path) not in answer.err
    assert list((tmp_path / "temporary").iterdir()) == []


def test_what_is_guessed_of_standard_input_is_told_by_its_name(console, by_hand, typed) -> None:
    typed((HEADER.strip() + ",name\n" + ROW.strip() + ",样本\n").encode("gb18030"))
    answer = console("predict", "by-hand", "-")
    assert answer.err.startswith("warning: standard input: the file is no UTF-8 and is read as gb18030")
    assert answer.out == "prediction\n311043.0\n"


def test_a_terminal_is_told_that_it_is_read(console, by_hand, typed) -> None:
    typed((HEADER + ROW).encode(), terminal=True)
    answer = console("predict", "by-hand", "-")
    assert answer.out == "prediction\n311043.0\n"
    assert answer.err.startswith("note: the table is read from the terminal: type or paste it, and end it with Ctrl-")


def test_a_closed_standard_input_is_empty(console, by_hand, monkeypatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    answer = console("predict", "by-hand", "-")
    assert (answer.code, answer.err.splitlines()[0]) == (2, "error: standard input: the file is empty")


def test_evaluate_reads_standard_input_and_tells_the_same(console, by_hand, typed) -> None:
    typed(f"{HEADER.strip()},y\n{ROW.strip()},311043\n3,4,green,yes,2020-03-17,310000\n".encode())
    answer = console("evaluate", "by-hand", "-", "--json")
    assert answer.err == "warning: column 'sort': 1 of 2 values were not in training, such as 'green'\n"
    assert msgspec.json.decode(answer.out)["rows"] == 2
    assert msgspec.json.decode(answer.out)["metrics"]["mae"] == 21.5


def test_evaluate_tells_what_was_guessed_and_the_notation(console, by_hand) -> None:
    content = f"{HEADER.strip()},name,y\n3,4,red,yes,17/03/2020,样本,311043\n3,4,red,yes,01/02/2020,样本,211043\n"
    Path("new.csv").write_bytes(content.encode("gb18030"))
    answer = console("evaluate", "by-hand", "new.csv", "--json")
    assert answer.err == (
        "warning: new.csv: the file is no UTF-8 and is read as gb18030: '样本'\n"
        "  hint: if that is wrong, save the file as UTF-8\n"
        "warning: column 'day': dates are read as %d/%m/%Y; in training they were %Y-%m-%d\n"
    )
    assert msgspec.json.decode(answer.out)["metrics"]["mae"] == 0


def test_evaluate_tells_bad_cells_of_target_and_features_together(console, by_hand) -> None:
    Path("new.csv").write_text(f"{HEADER.strip()},y\nbig,4,red,yes,2020-03-17,much\n", encoding="utf-8")
    answer = console("evaluate", "by-hand", "new.csv")
    assert answer.code == 2
    assert [line for line in answer.err.splitlines() if line.startswith(("error", "  received"))] == [
        "error: column 'y': 1 cell is no number",
        "  received: 'much' (line 2)",
        "error: column 'size': 1 cell is no number",
        "  received: 'big' (line 2)",
    ]


@pytest.mark.parametrize("option", [["--strict"], ["--fill"]], ids=["strict", "fill"])
def test_evaluate_can_be_strict_and_can_fill(console, by_hand, option) -> None:
    gap = "" if option == ["--fill"] else "gap,"
    value = "" if option == ["--fill"] else "99,"
    Path("new.csv").write_text(f"size,{gap}sort,wet,day,y\n3,{value}red,yes,2020-03-17,5\n", encoding="utf-8")
    answer = console("evaluate", "by-hand", "new.csv", *option)
    assert (answer.code, answer.err) == (
        (0, "warning: new.csv: the table has no column 'gap': it counts as missing in every row\n")
        if option == ["--fill"]
        else (2, "error: column 'gap': 1 of 1 values are beyond those of training, such as 99\n")
    )


# --- where the result goes --------------------------------------------------------------------------------------------


def test_an_older_result_stays_where_predicting_fails(predicted) -> None:
    Path("out.csv").write_text("older", encoding="utf-8")
    assert predicted(HEADER + "bad,4,red,yes,2020-03-17\n", "-o", "out.csv").code == 2
    assert Path("out.csv").read_text(encoding="utf-8") == "older"
    assert sorted(path.name for path in Path.cwd().iterdir()) == ["new.csv", "out.csv", "runs"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_is_a_clear_error(shell, by_hand, tmp_path) -> None:
    (tmp_path / "new.csv").write_text(HEADER + ROW, encoding="utf-8")
    with Path("/dev/full").open("w") as full:
        answer = shell("predict", "by-hand", "new.csv", cwd=str(tmp_path), stdout=full)
    assert (answer.code, answer.err) == (1, "error: the output cannot be written: No space left on device\n")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_a_named_pipe_is_written_into_and_not_replaced(shell, by_hand, tmp_path) -> None:
    (tmp_path / "new.csv").write_text(HEADER + ROW, encoding="utf-8")
    os.mkfifo(str(tmp_path / "pipe"))
    reader = subprocess.Popen(["cat", str(tmp_path / "pipe")], stdout=subprocess.PIPE)
    try:
        answer = shell("predict", "by-hand", "new.csv", "-o", "pipe", cwd=str(tmp_path))
        assert reader.communicate(timeout=30)[0] == b"prediction\n311043.0\n"
    finally:
        reader.kill()
        reader.communicate()
    assert (answer.code, answer.out, answer.err) == (0, "", "1 predictions in pipe\n")
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_a_reader_that_takes_one_line_is_no_traceback(process, by_hand, tmp_path) -> None:
    (tmp_path / "new.csv").write_text(HEADER + ROW * 100_000, encoding="utf-8")
    reader, writer = os.pipe()
    started = process("predict", "by-hand", "new.csv", cwd=str(tmp_path), stdout=writer)
    os.close(writer)
    assert os.read(reader, 11) == b"prediction\n"
    os.close(reader)
    assert started.communicate(timeout=60)[1] == ""


def test_standard_input_of_a_real_process_is_read(by_hand, tmp_path) -> None:
    import fcnn

    environment = {**os.environ, "PYTHONPATH": str(Path(fcnn.__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, "-m", "fcnn", "predict", "by-hand", "-"],
        input=(HEADER + ROW).encode(), cwd=str(tmp_path), env=environment, stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    assert done.stdout.replace(b"\r\n", b"\n") == b"prediction\n311043.0\n"


def test_evaluate_takes_the_pieces_together(console, by_hand, small_pieces) -> None:
    days = ["01/02/2020"] * 50 + ["17/03/2020"]  # the last one tells the order of day and month for all
    truths = ["211043"] * 40 + ["", *["211044"] * 9, "311043"]
    rows = [f"3,4,{'green' if number % 20 == 0 else 'red'},yes,{day},{y}\n"
            for number, (day, y) in enumerate(zip(days, truths))]  # fmt: skip
    Path("new.csv").write_text(f"{HEADER.strip()},y\n{''.join(rows)}", encoding="utf-8")
    answer = console("evaluate", "by-hand", "new.csv", "--json")
    assert answer.err == (
        "warning: column 'y': 1 row has no target and is left out\n"
        "warning: column 'day': dates are read as %d/%m/%Y; in training they were %Y-%m-%d\n"
        "warning: column 'sort': 2 of 50 values were not in training, such as 'green'\n"
    )
    scored = msgspec.json.decode(answer.out)
    assert scored["rows"] == 50
    # 9 rows are 1 too low, and the two green ones that have a target lack the 1,000 of red
    assert scored["metrics"]["mae"] == pytest.approx((9 + 2 * 1000) / 50, rel=1e-12)


def test_evaluate_counts_bad_cells_over_the_whole_file(console, by_hand, small_pieces) -> None:
    rows = [f"{'big' if number in (7, 90) else 3},4,red,yes,2020-03-17,{'' if number == 90 else 1}\n"
            for number in range(100)]  # fmt: skip
    rows[95] = "huge,4,red,yes,2020-03-17,much\n"
    Path("new.csv").write_text(f"{HEADER.strip()},y\n{''.join(rows)}", encoding="utf-8")
    answer = console("evaluate", "by-hand", "new.csv")
    assert answer.code == 2
    assert [line for line in answer.err.splitlines() if line.startswith(("error", "  received"))] == [
        "error: column 'y': 1 cell is no number",
        "  received: 'much' (line 97)",
        "error: column 'size': 2 cells are no number",
        "  received: 'big' (line 9), 'huge' (line 97)",
    ]
