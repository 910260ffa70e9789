"""`fcnn predict`: any table with the right columns, on a run that was trained once."""

# ruff: noqa: E501 - messages are written out as they are printed
import io
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from fcnn.files import read_json

SHORTEST_BILL = "note: column 'bill_length_mm': 1 of 344 values are beyond those of training, such as 32.1\n"
"""Of the whole table: the row with it was not drawn for training."""
HEAVY = ("tensorflow", "keras", "matplotlib", "sklearn")


@pytest.fixture
def table(root) -> pd.DataFrame:
    """The penguins as text, each cell as it stands in the file."""
    return pd.read_csv(root / "data" / "penguins.csv", dtype=str, keep_default_na=False)


def read(text: str) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(text))


def test_the_training_table_gives_the_numbers_of_the_training(beside, root, trained) -> None:
    answer = beside("predict", "latest", root / "data" / "penguins.csv")
    predictions = read(answer.out)
    assert list(predictions) == ["prediction", "probability_Adelie", "probability_Chinstrap", "probability_Gentoo"]
    truth = pd.read_csv(root / "data" / "penguins.csv")["species"]
    metrics = read_json(trained.folder / "metrics.json")
    hits = sum(metrics[part]["accuracy"] * rows for part, rows in (("train", 240), ("validation", 52), ("test", 52)))
    assert (predictions["prediction"] == truth).sum() == round(hits)
    np.testing.assert_allclose(predictions.iloc[:, 1:].sum(axis=1), 1, atol=1e-12)


def test_columns_may_be_shuffled_added_and_the_target_gone(beside, table, root, tmp_path) -> None:
    plain = beside("predict", "latest", root / "data" / "penguins.csv").out
    changed = table.drop(columns=["species", "rowid"])[["year", *sorted(set(table) - {"species", "rowid", "year"})]]
    changed.insert(2, "weather", "rain")
    changed.to_csv(tmp_path / "new.csv", index=False)
    answer = beside("predict", "latest", tmp_path / "new.csv")
    assert (answer.code, answer.out, answer.err) == (0, plain, SHORTEST_BILL)


def test_an_unseen_category_is_told_and_predicted_all_the_same(beside, table, tmp_path) -> None:
    table.loc[3, "island"] = "Atlantis"
    table.to_csv(tmp_path / "new.csv", index=False)
    answer = beside("predict", "latest", tmp_path / "new.csv")
    assert answer.code == 0
    assert "warning: column 'island': 1 of 344 values were not in training, such as 'Atlantis'\n" in answer.err
    assert len(read(answer.out)) == 344


def test_strict_refuses_what_training_did_not_have(beside, table, tmp_path) -> None:
    table.loc[3, "island"] = "Atlantis"
    table.loc[4, "body_mass_g"] = "99999"
    table.to_csv(tmp_path / "new.csv", index=False)
    answer = beside("predict", "latest", tmp_path / "new.csv", "--strict")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        "error: column 'island': 1 of 344 values were not in training, such as 'Atlantis'\n"
        "error: column 'bill_length_mm': 1 of 344 values are beyond those of training, such as 32.1\n"
        "error: column 'body_mass_g': 1 of 344 values are beyond those of training, such as 99999\n"
        "3 errors.\n"
    )


def test_missing_columns_are_all_named_with_what_may_be_meant(beside, table, tmp_path) -> None:
    new = tmp_path / "new.csv"
    table.rename(columns={"island": "isle", "sex": "gender"}).to_csv(new, index=False)
    answer = beside("predict", "latest", new)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        f"error: {new}: the table has no column 'island'\n"
        "  hint: did you mean `isle`?\n"
        f"error: {new}: the table has no column 'sex'\n"
        "  hint: known: rowid, species, isle, bill_length_mm, bill_depth_mm, flipper_length_mm, body_mass_g, gender, year; "
        "--fill counts it as missing in every row\n"
        "2 errors.\n"
    )


def test_text_in_a_column_of_numbers_is_refused_with_its_line(beside, table, tmp_path) -> None:
    table.loc[6, "body_mass_g"] = "heavy"
    table.to_csv(tmp_path / "new.csv", index=False)
    answer = beside("predict", "latest", tmp_path / "new.csv")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        "error: column 'body_mass_g': 1 cell is no number\n"
        "  expected: numbers\n"
        "  received: 'heavy' (line 8)\n"
        "  hint: an empty cell is a missing value and is allowed\n"
    )


def test_a_column_can_be_carried_along_as_it_is(beside, table, tmp_path) -> None:
    table["code"] = [f"{row:04d}" for row in range(344)]
    table.to_csv(tmp_path / "new.csv", index=False)
    lines = beside("predict", "latest", tmp_path / "new.csv", "--id", "code").out.splitlines()
    assert lines[0].startswith("code,prediction,probability_Adelie")
    assert lines[1].startswith("0000,Adelie,")
    assert lines[344].startswith("0343,")


@pytest.mark.parametrize(
    ("column", "message"),
    [
        pytest.param(
            "cod", "error: new.csv: the table has no column 'cod'\n  hint: did you mean `code`?\n", id="no such column"
        ),
        pytest.param(
            "prediction",
            "error: --id: the result has a column 'prediction' of its own\n  hint: rename that column of the table\n",
            id="a column of the result",
        ),
    ],
)
def test_an_identifier_that_cannot_be_carried_along_is_refused(beside, table, trained, column, message) -> None:
    table["code"] = table["prediction"] = "1"
    path = trained.cwd / "new.csv"
    table.to_csv(path, index=False)
    try:
        answer = beside("predict", "latest", "new.csv", "--id", column)
    finally:
        path.unlink()
    assert (answer.code, answer.out, answer.err) == (2, "", message)


def test_both_engines_agree_and_keras_keeps_tensorflow_off_the_screen(shell, beside, trained, root, tmp_path) -> None:
    table, temporary = root / "data" / "penguins.csv", {"TMPDIR": str(tmp_path)}
    answer = shell("predict", "latest", table, "--engine", "keras", cwd=str(trained.cwd), env=temporary)
    assert (answer.code, answer.err) == (0, SHORTEST_BILL)
    assert list(tmp_path.iterdir()) == [], "left in the temporary folder"
    keras, numpy = read(answer.out), read(beside("predict", "latest", table).out)
    assert list(numpy["prediction"]) == list(keras["prediction"])
    np.testing.assert_allclose(numpy.iloc[:, 1:], keras.iloc[:, 1:], atol=1e-5)


def test_a_file_is_written_whole_and_excel_can_have_a_byte_order_mark(beside, root, tmp_path) -> None:
    printed = beside("predict", "latest", root / "data" / "penguins.csv").out
    out = tmp_path / "out.csv"
    answer = beside("predict", "latest", root / "data" / "penguins.csv", "-o", out, "--encoding", "utf-8-sig")
    assert (answer.code, answer.out, answer.err) == (0, "", f"{SHORTEST_BILL}344 predictions in {out}\n")
    assert out.read_bytes() == b"\xef\xbb\xbf" + printed.encode("utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


@pytest.mark.skipif(sys.platform == "win32", reason="the words of POSIX")
def test_an_output_that_cannot_be_written_is_a_clear_error(shell, trained, root, tmp_path) -> None:
    answer = shell("predict", trained.folder, root / "data" / "penguins.csv", "-o", "nosuch/out.csv", cwd=str(tmp_path))
    message = "error: nosuch/out.csv: cannot be written: No such file or directory\n"
    assert (answer.code, answer.out, answer.err) == (2, "", message)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("folder", ["", ".", ".."], ids=["nothing", "this one", "above"])
def test_a_folder_is_no_output(console, folder) -> None:
    answer = console("predict", "latest", "t.csv", "-o", folder)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (f"error: {folder or '.'} is a folder: name a file in it\n  hint: fcnn predict --help\n")


def test_the_table_itself_is_not_overwritten(beside, trained) -> None:
    path = trained.cwd / "mine.csv"
    path.write_text("a\n1\n", encoding="utf-8")
    try:
        answer = beside("predict", "latest", "mine.csv", "-o", path)
        assert path.read_text(encoding="utf-8") == "a\n1\n"
    finally:
        path.unlink()
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == f"error: {path} is the table itself: it would be lost\n  hint: fcnn predict --help\n"


def test_an_unknown_encoding_is_refused_before_anything_is_read(console) -> None:
    answer = console("predict", "nosuch", "nosuch.csv", "--encoding", "klingon")
    assert answer.code == 2
    assert answer.err == ("error: --encoding: there is no encoding 'klingon'\n  hint: fcnn predict --help\n")


def test_predictions_of_numbers_read_back_exactly(console, small) -> None:
    from fcnn import load

    console("train", small)
    expected = load("latest").predict(pd.read_csv("table.csv"))["prediction"]
    header, *cells = console("predict", "latest", "table.csv").out.splitlines()
    assert header == "prediction"
    assert list(map(float, cells)) == list(expected)


def test_rows_stay_in_their_order_and_number(console, small) -> None:
    console("train", small)
    Path("two.csv").write_text("b;y;a\n0;?;1\n;;3\n", encoding="utf-8")
    answer = console("predict", "latest", "two.csv")
    assert len(read(answer.out)) == 2
    assert (
        "warning: column 'b': 1 of 2 values are missing, and none was in training: the usual value stands in\n"
        in answer.err
    )


def test_predicting_loads_neither_tensorflow_nor_scikit_learn_nor_matplotlib(trained, root) -> None:
    program = (
        "import sys; from fcnn.cli import main\n"
        f"try: main(['predict', 'latest', {str(root / 'data' / 'penguins.csv')!r}])\n"
        f"finally: print(sorted(set(sys.modules) & set({HEAVY})), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=str(trained.cwd), env={**_environment()}, capture_output=True, check=True
    )
    assert done.stderr.decode().replace(SHORTEST_BILL, "") == "[]\n"
    assert done.stdout.count(b"\n") == 345


def _environment():
    import os

    import fcnn

    return {**os.environ, "PYTHONPATH": str(Path(fcnn.__file__).parents[1])}
