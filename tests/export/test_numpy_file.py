"""The NumPy program: as a program without TensorFlow, pandas and fcnn, and as a module."""

import ast
import csv
import io
import runpy
import subprocess
import sys

import numpy as np
import pytest

from fcnn.export.numpy_file import FORMULAS as WRITTEN
from fcnn.export.numpy_file import write_numpy
from fcnn.inference.activations import FORMULAS

ALONE = """
import runpy, sys
class Nobody:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("fcnn", "tensorflow", "keras", "pandas", "scipy", "sklearn"):
            raise ImportError(name)
sys.meta_path.insert(0, Nobody())
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def run(*words):
    command = [sys.executable, "-I", "-c", ALONE, *map(str, words)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def table_of(example, path, **changes):
    frame = example.frame.copy()
    for name, (row, cell) in changes.items():
        frame.loc[row, name] = cell
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerows([list(frame), *frame.to_numpy().tolist()])
    return path


def test_the_program_predicts_a_csv_with_numpy_alone(example, agrees, tmp_path) -> None:
    some = example("multiclass")
    write_numpy(tmp_path / "model.py", some.subject)
    done = run(tmp_path / "model.py", table_of(some, tmp_path / "rows.csv"))
    assert (done.returncode, done.stderr) == (0, "")
    header, *rows = csv.reader(io.StringIO(done.stdout))
    assert header == ["prediction", "probability_瘦", "probability_正常", "probability_胖"]
    agrees(some.expected, [row[0] for row in rows], np.array([row[1:] for row in rows], float))


@pytest.mark.parametrize("task", ["binary", "regression"])
def test_its_function_predicts_rows(example, agrees, tmp_path, task: str) -> None:
    some = example(task)
    agrees(some.expected, *answers(some, tmp_path))


def answers(example, folder):
    write_numpy(folder / "model.py", example.subject)
    found = runpy.run_path(str(folder / "model.py"))["predict"](example.frame.to_dict("records"))
    return found if isinstance(found, tuple) else (found,)


@pytest.mark.parametrize("activation", sorted(FORMULAS))
def test_every_activation_gives_the_predictions_of_fcnn(example, agrees, tmp_path, activation: str) -> None:
    some = example("regression", "tanh", activation)
    agrees(some.expected, *answers(some, tmp_path))


def test_what_stands_before_the_layers_gives_the_predictions_of_fcnn(embedding, agrees, tmp_path) -> None:
    agrees(embedding.expected, *answers(embedding, tmp_path))


def test_parametric_activations_and_a_clip_give_the_predictions_of_fcnn(learnt_curves, agrees, tmp_path) -> None:
    agrees(learnt_curves.expected, *answers(learnt_curves, tmp_path))


def test_every_activation_is_written_out() -> None:
    assert sorted([*WRITTEN, "linear"]) == sorted(FORMULAS)


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        pytest.param("bill/len", "many", "row 3, column 'bill/len': 'many' is no number", id="no number"),
        pytest.param("bill/len", "inf", "row 3, column 'bill/len': 'inf' is no finite number", id="infinite"),
        pytest.param("seen at", "2021-02-29 06:00", "is no date written %Y-%m-%d %H:%M", id="no such day"),
        pytest.param("seen at", "29.02.2020", "is no date written %Y-%m-%d %H:%M", id="another format"),
    ],
)
def test_a_cell_that_cannot_be_used_is_named(example, tmp_path, column: str, cell: str, said: str) -> None:
    some = example("binary")
    write_numpy(tmp_path / "model.py", some.subject)
    rows = some.frame.to_dict("records")
    rows[2][column] = cell
    with pytest.raises(SystemExit, match="row 3") as end:
        runpy.run_path(str(tmp_path / "model.py"))["predict"](rows)
    assert said in str(end.value)


@pytest.mark.parametrize(
    ("text", "decimal", "number"),
    [
        ("1,400.5", ".", 1400.5),
        ("1.400,5", ",", 1400.5),
        ("-3,5", ",", -3.5),
        ("12 %", ".", 12.0),
        ("€3.50", ".", 3.5),
        ("(200)", ".", -200.0),
        ("1e-5", ".", 1e-5),
        ("+7", ".", 7.0),
    ],
)
def test_numbers_are_read_as_people_write_them(example, tmp_path, text: str, decimal: str, number: float) -> None:
    write_numpy(tmp_path / "model.py", example("binary").subject)
    assert runpy.run_path(str(tmp_path / "model.py"))["number_of"](text, (), (), decimal) == number


def test_names_cannot_break_out_of_the_text(example, tmp_path) -> None:
    write_numpy(tmp_path / "model.py", example("binary").subject)
    tree = ast.parse((tmp_path / "model.py").read_text(encoding="utf-8"))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert imported == {"csv", "math", "re", "sys", "numpy"}
    with np.load(str(tmp_path / "model.npz"), allow_pickle=False) as weights:
        assert sorted(weights.files) == ["bias_1", "bias_2", "bias_3", "kernel_1", "kernel_2", "kernel_3"]
