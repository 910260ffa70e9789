"""`fcnn trace`, and stacks that are one layer."""

import json

import numpy as np
import pandas as pd
import pytest

import fcnn
from fcnn.errors import Problem, UnsupportedEnvironmentError
from fcnn.files import read_json
from fcnn.jobs import trace as job
from fcnn.jobs.trace_story import Room, story
from fcnn.report.blocks import Table, Text

RUNS = ("classes", "linear", "logistic")


def as_json(there, *words):
    answer = there("trace", *words, "--json")
    assert answer.code == 0, answer.err
    return json.loads(answer.out)


@pytest.mark.parametrize("name", RUNS)
def test_the_passes_are_those_of_prediction_of_tensorflow_and_of_the_slope(there, studied, name) -> None:
    found = as_json(there, name, "--row", "14")
    run = fcnn.load(studied / "runs" / name)
    row = pd.read_csv(studied / "plants.csv", dtype=str, keep_default_na=False).iloc[[14]]
    x, _ = run.model.encode(row)
    assert [feature["x"] for feature in found["features"]] == pytest.approx(x[0].tolist())
    assert found["layers"][-1]["a"] == pytest.approx(run.model.output(x)[0].tolist(), abs=1e-6)
    assert found["tensorflow"]["largest_relative_difference"] < 1e-5
    assert found["tensorflow"]["loss"] == pytest.approx(found["loss"]["value"], rel=1e-5)
    assert found["numeric"]["largest_difference"] < 1e-8
    assert found["row"] == 14
    assert found["place"] == "line 16"


def test_missing_cells_and_levels_are_seen_as_they_stand_in_the_file(there) -> None:
    features = as_json(there, "classes", "--row", "14")["features"]
    cells = {feature["name"]: (feature["cell"], feature["x"]) for feature in features}
    assert cells["height=<missing>"] == ("", 1.0)
    assert cells["height"][0] == ""
    assert {name: cell for name, cell in cells.items() if name.startswith("colour")} == {
        "colour=green": ("", 0.0), "colour=red": ("", 0.0), "colour=<missing>": ("", 1.0),
    }  # fmt: skip


def test_where_there_are_many_features_those_that_are_0_are_left_out(studied) -> None:
    traced = job.trace(fcnn.load(studied / "runs" / "classes"), 0)
    shown = {}
    for most in (1, 4, 5):
        blocks = story(traced, Room(most, 2, 1))
        table = next(block for block in blocks if isinstance(block, Table))
        texts = [str(block.text) for block in blocks[blocks.index(table) + 1 :][:2] if isinstance(block, Text)]
        shown[most] = ([row[1] for row in table.rows], [text for text in texts if text.startswith("and ")])
    assert shown == {
        1: (["height"], ["and 1 more", "and 3 more, which are 0"]),
        4: (["height", "colour=red"], ["and 3 more, which are 0"]),
        5: (["height", "height=<missing>", "colour=green", "colour=red", "colour=<missing>"], []),
    }


def test_everything_is_in_the_json(there) -> None:
    found = as_json(there, "classes")
    first, second, last = found["layers"]
    assert [len(layer["z"]) for layer in found["layers"]] == [5, 4, 3]
    assert sorted(first["gradients"]) == ["a", "beta", "bias", "gamma", "kernel", "z", "z_dense"]
    assert np.shape(first["gradients"]["kernel"]) == (len(found["features"]), 5)
    assert np.shape(second["gradients"]["kernel"]) == (5, 4)
    assert second["derivative"] == pytest.approx([1 - a * a for a in second["a"]])
    assert last["activation"] == {"name": "softmax"}
    truth = found["target"]["classes"].index(found["target"]["cell"])
    expected = [a - (unit == truth) for unit, a in enumerate(last["a"])]
    assert last["gradients"]["z"] == pytest.approx(expected)
    assert found["loss"] == {"name": "categorical_crossentropy", "value": pytest.approx(-np.log(last["a"][truth]))}
    assert found["left_out"] == [
        "batch normalization uses its moving statistics, as in predicting",
        "dropout is off, as in predicting",
    ]
    assert "linear_collapse" not in found


def test_the_terminal_tells_it_in_the_order_in_which_it_is_computed(there) -> None:
    answer = there("trace", "classes", "--row", "3")
    assert (answer.code, answer.err) == (0, "")
    order = [
        "row 3 of plants.csv, line 5\nrun classes: ",
        "the row: x",
        "│ height ",
        "forward: z = x W + b, a = g(z), layer by layer",
        "layer 1: 5 relu",
        "  u1[",
        "output: 3 softmax",
        "the loss: categorical_crossentropy\n  L = -ln(p_y) = -ln(a3[",
        "backward: the chain rule, from the last layer to the first\n\noutput: 3 softmax",
        "layer 1: 5 relu",
        "how large the gradients are",
        "beside TensorFlow's gradient tape",
        "beside the slope of the loss",
    ]
    place = -1
    for text in order:
        place = answer.out.find(text, place + 1)
        assert place >= 0, text


def test_a_wide_layer_is_cut_and_said_so(beside) -> None:
    answer = beside("trace", "latest")
    assert answer.code == 0, answer.err
    assert "and 58 more; of all: z " in answer.out
    assert len(answer.out.splitlines()) < 200


@pytest.mark.parametrize(
    ("name", "words"),
    [
        pytest.param(
            "linear", ["the target is standardised, as in training: y = (", "L = (a - y)^2 = "], id="quantity"
        ),
        pytest.param("logistic", ["y = 0 stands for no", "L = -y ln(p) - (1 - y) ln(1 - p) = "], id="two classes"),
        pytest.param("classes", ["y is 1 for class 1, a, and 0 for the others", "L = -ln(p_y) = "], id="classes"),
    ],
)
def test_every_task_is_told_in_its_words(there, name, words) -> None:
    answer = there("trace", name)
    assert answer.code == 0, answer.err
    assert [text for text in words if text not in answer.out] == []


def test_the_page_has_all_units_and_needs_no_network(there, tmp_path) -> None:
    answer = there("trace", "classes", "--row", "2", "--html", tmp_path / "row.html")
    assert (answer.code, answer.out) == (0, "")
    assert answer.err == f"the trace of row 2 is in {tmp_path / 'row.html'}\n"
    text = (tmp_path / "row.html").read_text(encoding="utf-8")
    assert text.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert "<title>row 2 of plants.csv, line 4</title>" in text
    assert "<h3>layer 2: 4 tanh</h3>" in text
    assert "height=&lt;missing&gt;" in text
    assert "http" not in text.replace("http-equiv", "")


def test_page_and_json_at_once(there, tmp_path) -> None:
    assert as_json(there, "logistic", "--html", tmp_path / "row.html")["row"] == 0
    assert (tmp_path / "row.html").is_file()


def test_the_page_speaks_chinese_whatever_the_console_is(there, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("FCNN_LANG", "zh")
    assert there("trace", "linear", "--html", tmp_path / "row.html").code == 0
    text = (tmp_path / "row.html").read_text(encoding="utf-8")
    assert '<html lang="zh">' in text
    assert "<h2>反向传播：链式法则，从最后一层到第一层</h2>" in text  # noqa: RUF001 - Chinese punctuation is meant
    assert "<h2>backward" not in text


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(
            ["classes", "--row", "60"],
            "error: --row: the table has no such row\n  expected: a whole number from 0 to 59\n  received: 60\n",
            id="behind the last row",
        ),
        pytest.param(
            ["classes", "--row", "-1"],
            "error: --row: the table has no such row\n  expected: a whole number from 0 to 59\n  received: -1\n",
            id="before the first",
        ),
        pytest.param(
            ["linear", "--row", "7"],
            "error: column 'mass': row 7 has no target, so that there is no loss to trace back\n"
            "  received: line 9\n  hint: choose another --row\n",
            id="without a target",
        ),
        pytest.param(
            ["clases"],
            "error: clases: there is no such run\n  hint: did you mean `classes`?\n",
            id="no such run",
        ),
    ],
)
def test_what_cannot_be_traced_is_a_clear_error(there, words, message) -> None:
    answer = there("trace", *words)
    assert (answer.code, answer.out, answer.err) == (2, "", message)


def test_a_page_that_cannot_be_written_is_a_clear_error(there, tmp_path) -> None:
    answer = there("trace", "logistic", "--html", tmp_path)
    assert (answer.code, answer.out) == (2, "")
    assert f"{tmp_path} is a folder: name a file in it" in answer.err
    answer = there("trace", "logistic", "--html", tmp_path / "no" / "row.html")
    assert answer.code == 2
    assert answer.err.startswith(f"error: {tmp_path / 'no' / 'row.html'}: cannot be written: ")


def test_without_tensorflow_the_rest_is_told(there, monkeypatch) -> None:
    def refuse():
        raise UnsupportedEnvironmentError(Problem("no TensorFlow"))

    monkeypatch.setattr(job, "require_tensorflow", refuse)
    answer = there("trace", "logistic")
    assert answer.code == 0
    assert answer.err.startswith(
        "warning: TensorFlow cannot be used here: the gradients are not compared with its own\n"
    )
    assert "gradient tape" not in answer.out
    assert "beside the slope of the loss" in answer.out
    assert as_json(there, "logistic")["tensorflow"] is None


def test_a_table_in_two_files_has_one_count_of_rows(tmp_path, console, studied) -> None:
    first, *rows = (studied / "plants.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    for name, part in (("a.csv", rows[:35]), ("b.csv", rows[35:])):
        (tmp_path / name).write_text(first + "".join(part), encoding="utf-8")
    config = {
        "data": {"path": [str(tmp_path / "a.csv"), str(tmp_path / "b.csv")], "target": "grown"},
        "network": {"layers": []},
        "training": {"epochs": 1, "compile": "graph", "class_weight": "balanced"},
        "run": {"plots": False},
    }
    fcnn.train(config, run_dir=tmp_path / "runs" / "two")
    found = as_json(console, "two", "--row", "36")
    assert (found["file"], found["place"]) == (str(tmp_path / "b.csv"), "line 3")
    cells = {feature["name"]: feature["cell"] for feature in found["features"]}
    assert cells["mass"] == rows[36].split(",")[3]
    assert found["left_out"] == ["the weights of rows and classes are left out: it is the loss of the row itself"]


# --- stacks without a nonlinearity ----------------------------------------------------------------------------------


def test_a_linear_stack_is_told_to_be_one_layer_with_its_scores(there, studied) -> None:
    found = read_json(studied / "runs" / "linear" / "metrics.json")
    collapsed = found["linear_collapse"]
    assert collapsed["layers"] == 3
    inputs = len(read_json(studied / "runs" / "linear" / "data.json")["feature_names"])
    assert collapsed["one_layer_parameters"] == inputs + 1
    assert collapsed["parameters"] == found["parameters"] == (inputs + 1) * 5 + 2 * 5 + (5 + 1) * 3 + 4
    assert collapsed["largest_difference"] < 1e-5
    assert (collapsed["part"], collapsed["rows"]) == ("test", 9)
    assert collapsed["network"] == found["test"]
    assert collapsed["one_layer"] == pytest.approx(found["test"], rel=1e-4)
    answer = there("trace", "linear")
    assert "multiplied out, the 3 layers are one; for this row its output differs by " in answer.out
    assert "3 layers without a nonlinearity are one linear layer: multiplied out, " in answer.out
    assert as_json(there, "linear")["linear_collapse"]["row_difference"] < 1e-5


def test_the_scores_of_the_one_layer_stand_beside_those_of_the_network(there) -> None:
    heading = next(line for line in there("show", "linear").out.splitlines() if "network" in line and "┃" in line)
    assert [cell.strip() for cell in heading.split("┃")[1:-1]][:3] == ["test", "network", "one layer"]
    assert "one layer" not in there("show", "classes").out


@pytest.mark.parametrize("name", ["classes", "logistic"])
def test_other_networks_have_nothing_to_multiply_out(studied, name) -> None:
    assert "linear_collapse" not in read_json(studied / "runs" / name / "metrics.json")
