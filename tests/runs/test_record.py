"""The files of a run folder: written, read back, and refused where they are damaged."""

import zipfile
from contextlib import suppress

import msgspec
import numpy as np
import pandas as pd
import pytest

import fcnn
from fcnn.data.missing import Missing
from fcnn.errors import DataError, RunError
from fcnn.files import read_json, write_json
from fcnn.runs.reading import plan_reading
from fcnn.runs.record import read_history, read_model, read_record, read_weights, write_record, write_weights

from .conftest import ARRAYS, NETWORK


def test_the_record_reads_back_equal(run, record) -> None:
    assert read_record(run) == record


def test_the_weights_read_back_bit_for_bit_and_the_file_is_always_the_same(run, tmp_path) -> None:
    found = read_weights(run, NETWORK)
    assert {name: array.tobytes() for name, array in found.items()} == {
        name: array.tobytes() for name, array in ARRAYS.items()
    }
    write_weights(tmp_path, ARRAYS)
    assert (tmp_path / "weights.npz").read_bytes() == (run / "weights.npz").read_bytes()


def test_the_history_reads_back_exactly(run) -> None:
    assert (run / "history.csv").read_bytes() == b"epoch,loss,seconds\n1,0.30000000000000004,0.5\n2,1e-20,0.25\n"
    assert read_history(run) == {"epoch": [1.0, 2.0], "loss": [0.1 + 0.2, 1e-20], "seconds": [0.5, 0.25]}


def test_a_run_predicts_from_its_folder_alone(run) -> None:
    # a = 2 is the mean, so 0 after standardising: the bias 0.1 times the target's std, from its mean of 20.
    predicted = fcnn.load(run).predict(pd.DataFrame({"b": [6.0], "a": [2.0]}))
    assert predicted["prediction"][0] == pytest.approx(20 + 0.1 * np.std([10, 20, 30]), rel=1e-6)


def test_a_table_without_the_columns_of_the_run_is_refused(run, tmp_path) -> None:
    (tmp_path / "t.csv").write_text("A,c\n1,2\n", encoding="utf-8")
    with pytest.raises(DataError) as raised:
        plan_reading(fcnn.load(run).record.preprocessing, tmp_path / "t.csv", extra=["y"])
    assert str(raised.value) == (
        f"{tmp_path / 't.csv'}: the table has no column 'a'\n  hint: did you mean `A`?\n"
        f"{tmp_path / 't.csv'}: the table has no column 'b'\n  hint: known: A, c\n"
        f"{tmp_path / 't.csv'}: the table has no column 'y'\n  hint: known: A, c"
    )


def test_what_counts_as_missing_is_read_from_the_record_and_not_from_the_config(run, record, tmp_path) -> None:
    missing = Missing(("none",), {"b": ("-1",)})
    change = msgspec.structs.replace
    write_record(run, change(record, preprocessing=change(record.preprocessing, missing=missing)))
    (tmp_path / "t.csv").write_text("a,b,y\nnone,-1,NA\n2,none,none\n", encoding="utf-8")
    (table,) = plan_reading(fcnn.load(run).record.preprocessing, tmp_path / "t.csv", extra=["y"]).pieces()
    assert {name: column.missing.tolist() for name, column in table.columns.items()} == {
        "a": [True, False],
        "b": [True, False],
        "y": [False, True],
    }


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(
            lambda path: write_json(path, {**read_json(path), "format": 3}),
            f"a run of format 3, and this fcnn ({fcnn.__version__}) knows formats up to 2: a newer fcnn wrote it\n"
            "  hint: pip install -U fcnn, or open it with the fcnn that wrote it",
            id="newer",
        ),
        pytest.param(
            lambda path: write_json(path, {"rows": {}}),
            "unknown format\n  expected: 1\n  received: 0\n  hint: did a newer fcnn write it? pip install -U fcnn",
            id="without a format",
        ),
        pytest.param(
            lambda path: write_json(path, {"format": 1}),
            "cannot be read: Object missing required field `fcnn`",
            id="without its fields",
        ),
        pytest.param(
            lambda path: path.write_bytes(b'{"format": 1'), "cannot be read: Input data was truncated", id="cut off"
        ),
        pytest.param(
            lambda path: path.write_bytes(b"[]"), "cannot be read: Expected `object`, got `array`", id="a list"
        ),
        pytest.param(lambda path: path.unlink(), "cannot be read: ", id="gone"),
    ],
)
def test_a_damaged_record_is_a_run_error(run, change, message) -> None:
    change(run / "data.json")
    with pytest.raises(RunError) as raised:
        read_model(run)
    assert str(raised.value).startswith(f"{run / 'data.json'}: {message}")


def test_a_newer_record_is_refused_before_its_unknown_fields_are_read(run) -> None:
    write_json(run / "data.json", {"format": 7, "something": "new"})
    with pytest.raises(RunError, match="a run of format 7"):
        read_record(run)


def savez(**arrays):
    return lambda path: np.savez(str(path), **{name.replace("_", "/"): array for name, array in arrays.items()})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(lambda path: path.unlink(), "cannot be read: ", id="gone"),
        pytest.param(lambda path: path.write_bytes(b""), "cannot be read: File is not a zip file", id="empty"),
        pytest.param(
            lambda path: path.write_bytes(path.read_bytes()[:-30]),
            "cannot be read: File is not a zip file",
            id="cut off",
        ),
        pytest.param(
            lambda path: path.write_bytes(b"\x80\x04]."), "cannot be read: File is not a zip file", id="a pickle"
        ),
        pytest.param(
            lambda path: np.save(str(path)[:-4], ARRAYS["00/bias"]) or path.with_suffix(".npy").replace(path),
            "cannot be read: File is not a zip file",
            id="one array",
        ),
        pytest.param(
            savez(**{"00_kernel": np.array([None]), "00_bias": ARRAYS["00/bias"]}),
            "cannot be read: array 00/kernel is none of floats as NumPy writes them",
            id="objects",
        ),
        pytest.param(
            savez(**{"00_kernel": np.array(["a"]), "00_bias": ARRAYS["00/bias"]}),
            "cannot be read: array 00/kernel is none of floats as NumPy writes them",
            id="text",
        ),
        pytest.param(
            savez(**{"00_kernel": np.zeros((3, 1)), "00_bias": ARRAYS["00/bias"]}),
            "array 00/kernel\n  expected: (2, 1)\n  received: (3, 1)",
            id="another shape",
        ),
        pytest.param(
            savez(**{"00_kernel": ARRAYS["00/kernel"]}),
            "array 00/bias\n  expected: (1,)\n  received: None",
            id="one too few",
        ),
        pytest.param(
            savez(**{"00_kernel": ARRAYS["00/kernel"], "00_bias": np.array([np.nan])}),
            "array 00/bias is not finite",
            id="a NaN",
        ),
    ],
)
def test_damaged_weights_are_a_run_error(run, change, message) -> None:
    path = run / "weights.npz"
    change(path)
    with pytest.raises(RunError) as raised:
        read_model(run)
    assert str(raised.value).startswith(f"{path}: {message}")


def test_weights_with_any_byte_changed_are_read_or_refused(run) -> None:
    path = run / "weights.npz"
    whole = path.read_bytes()
    assert zipfile.is_zipfile(str(path))
    for position in range(len(whole)):
        path.write_bytes(whole[:position] + bytes([whole[position] ^ 0xFF]) + whole[position + 1 :])
        with suppress(RunError):
            read_model(run)


@pytest.mark.parametrize(
    "content",
    [b"epoch,loss\n1,x\n", b"epoch,loss\n1\n", b"epoch,loss\n1,\xff\n"],
    ids=["no number", "a short row", "no text"],
)
def test_a_damaged_history_is_a_run_error(run, content) -> None:
    (run / "history.csv").write_bytes(content)
    with pytest.raises(RunError, match=r"history\.csv: cannot be read"):
        read_history(run)
