"""`fcnn activations`."""

import json

import numpy as np
import pandas as pd
import pytest

import fcnn
from fcnn.errors import Problem, UnsupportedEnvironmentError
from fcnn.inference.activations import FORMULAS
from fcnn.jobs import activations as job


def rows_of(answer):
    """The cells of the tables on stdout."""
    return [
        [cell.strip() for cell in line.split("│")[1:-1]] for line in answer.out.splitlines() if line.startswith("│")
    ]


@pytest.fixture
def broken(monkeypatch):
    """An environment without a TensorFlow that works."""

    def refuse():
        raise UnsupportedEnvironmentError(Problem("no TensorFlow"))

    monkeypatch.setattr(job, "require_tensorflow", refuse)


def test_named_ones_are_told_and_drawn(console, tmp_path) -> None:
    answer = console("activations", "sigmoid", "swish", "silu", "relu", "-o", "pictures/new")
    assert answer.code == 0
    cells = rows_of(answer)
    assert [row[:5] for row in cells] == [
        ["sigmoid", "1 / (1 + e^-z)", "(0, 1)", "0.25", "z < -4.585, z > 4.585"],
        ["silu", "z s, s = 1 / (1 + e^-z)", "[-0.278, inf)", "1.1", "z < -6.261"],
        ["relu", "max(0, z)", "[0, inf)", "1", "z < 0"],
    ]
    assert all(float(row[5].replace("differs by ", "")) < 1e-13 for row in cells)
    assert sorted(path.name for path in (tmp_path / "pictures" / "new").iterdir()) == [
        "relu.png", "sigmoid.png", "silu.png",
    ]  # fmt: skip
    assert answer.err == "3 pictures in pictures/new\n"


def test_all_of_them_as_json(console, tmp_path, monkeypatch) -> None:
    """Not drawn here, which takes its time: tests/report draws each."""
    drawn = "fcnn.report.activation_curves.activation_curves"
    monkeypatch.setattr(drawn, lambda facts, path: path.write_bytes(facts.formula.encode()))
    answer = console("activations", "--json")
    found = json.loads(answer.out)
    names = [each["name"] for each in found["activations"]]
    assert len(names) == 15
    assert names == sorted(names)
    leaky = found["activations"][names.index("leaky_relu")]
    assert leaky.pop("tensorflow_difference") < 1e-7
    assert leaky == {
        "name": "leaky_relu",
        "negative_slope": 0.2,
        "formula": "z > 0: z; z <= 0: 0.2 z",
        "derivative": "z > 0: 1; z <= 0: 0.2",
        "range": "(-inf, inf)",
        "largest_derivative": 1.0,
        "saturated_below": None,
        "saturated_above": None,
        "picture": "activations/leaky_relu.png",
    }
    assert found["activations"][names.index("exponential")]["largest_derivative"] is None
    assert found["saturated_where_derivative_below"] == 0.01
    assert sorted(found["pictures"]) == sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.png"))
    assert answer.err == ""


def test_all_names_that_are_none_are_told_at_once(console, tmp_path) -> None:
    answer = console("activations", "tahn", "relu", "logistic", "Softmax", "x")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        "error: NAME: there is no activation 'tahn'\n  hint: did you mean `tanh`?\n"
        "error: NAME: there is no activation 'logistic'\n  hint: did you mean `sigmoid`?\n"
        "error: NAME: there is no activation 'Softmax'\n  hint: did you mean `softmax`?\n"
        "error: NAME: there is no activation 'x'\n  hint: known: elu, exponential, gelu, hard_sigmoid, leaky_relu, "
        "linear, mish, relu, selu, sigmoid, silu, softmax, softplus, softsign, swish, tanh\n"
        "4 errors.\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_without_tensorflow_all_but_the_comparison_works(console, broken, tmp_path) -> None:
    answer = console("activations", "tanh", "--json")
    assert answer.code == 0
    assert answer.err == (
        "warning: TensorFlow cannot be used here: the derivatives are not compared with its own\n"
        "  hint: run `fcnn check-env` to see why\n"
    )
    assert json.loads(answer.out)["activations"][0]["tensorflow_difference"] is None
    assert (tmp_path / "activations" / "tanh.png").is_file()
    assert rows_of(console("activations", "tanh"))[0][5] == ""


def test_a_folder_that_cannot_be_made_is_a_clear_error(console, tmp_path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    answer = console("activations", "tanh", "-o", "file/in")
    assert answer.code == 2
    assert answer.err.startswith("error: file/in: cannot be written: ")


# --- of a run -------------------------------------------------------------------------------------------------------


def test_a_run_shows_where_its_units_live(there, tmp_path) -> None:
    answer = there("activations", "--run", "classes", "-o", tmp_path / "drawn")
    assert answer.code == 0, answer.err
    activations, layers = rows_of(answer)[:3], rows_of(answer)[3:]
    assert [row[0] for row in activations] == ["relu", "tanh", "softmax"]
    assert [row[:3] for row in layers] == [["1", "relu", "5"], ["2", "tanh", "4"], ["output layer", "softmax", "3"]]
    assert sorted(path.name for path in (tmp_path / "drawn").iterdir()) == [
        "layers.png", "relu.png", "softmax.png", "tanh.png",
    ]  # fmt: skip
    assert answer.err == (
        f"z of 60 rows of the table that runs/classes was trained on\n4 pictures in {tmp_path / 'drawn'}\n"
    )


def test_the_z_of_a_run_are_those_of_its_rows(there, studied, tmp_path) -> None:
    """Of the linear run, whose first z and output are linear in what predicting gives."""
    found = json.loads(there("activations", "tanh", "--run", "linear", "--json", "-o", tmp_path).out)
    assert [each["name"] for each in found["activations"]] == ["tanh"]
    assert found["rows"] == 60
    assert [layer["units"] for layer in found["layers"]] == [5, 3, 1]
    run = fcnn.load(studied / "runs" / "linear")
    predicted = run.predict(pd.read_csv(studied / "plants.csv"))["prediction"].to_numpy()
    outputs = (predicted - run.record.target.mean) / run.record.target.std
    quantiles = found["layers"][-1]["z_quantiles"]
    assert list(quantiles) == ["0.05", "0.5", "0.95"]
    assert list(quantiles.values()) == pytest.approx(np.quantile(outputs, [0.05, 0.5, 0.95]), abs=1e-5)
    assert [sum(layer["z_histogram"]["counts"]) for layer in found["layers"]] == [300, 180, 60]
    assert [layer["saturated_share"] for layer in found["layers"]] == [0.0, 0.0, 0.0]


def test_many_layers_are_shared_out_to_several_pictures(there, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("fcnn.report.activation_curves.MOST_PANELS", 2)
    there("activations", "tanh", "--run", "classes", "-o", tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["layers_1-2.png", "layers_3-3.png", "tanh.png"]


def test_a_wide_network_is_looked_at_with_fewer_rows_always_the_same(studied, monkeypatch) -> None:
    monkeypatch.setattr(job, "MOST_CELLS", 12 * 20)  # 5 + 4 + 3 units
    (rows, first), (_, again) = (job.lives(fcnn.load(studied / "runs" / "classes")) for _ in range(2))
    assert rows == 20
    assert [layer.z.shape for layer in first] == [(100,), (80,), (60,)]
    assert all((one.z == other.z).all() for one, other in zip(first, again))


def test_what_a_softmax_makes_of_z_is_a_sigmoid_of_each_class_against_the_others() -> None:
    z = np.array([[2.0, 1.0, -1.0], [800.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    against = job.against_others(z)
    np.testing.assert_allclose(FORMULAS["sigmoid"](against), FORMULAS["softmax"](z), atol=1e-15)
    assert against[2] == pytest.approx([-np.log(2)] * 3)
    assert np.isfinite(against).all()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(
            lambda table: table.unlink(),
            "error: {table}: the table that the run was trained on cannot be read: No such file or directory\n"
            "  hint: bring the file back, or train again\n",
            id="gone",
        ),
        pytest.param(
            lambda table: table.write_text(table.read_text(encoding="utf-8") + "5,red,a,1,no\n", encoding="utf-8"),
            "error: {table}: is not the table that the run was trained on\n",
            id="changed",
        ),
    ],
)
def test_a_table_that_is_gone_or_another_one_is_a_clear_error(there, studied, tmp_path, change, message) -> None:
    table = studied / "plants.csv"
    before = table.read_bytes()
    try:
        change(table)
        for command in (("activations", "--run", "classes", "-o", tmp_path / "drawn"), ("trace", "classes")):
            answer = there(*command)
            assert (answer.code, answer.out) == (2, "")
            assert answer.err.startswith(message.format(table=table))
    finally:
        table.write_bytes(before)
    assert not (tmp_path / "drawn").exists()


def test_there_is_no_such_run(console) -> None:
    answer = console("activations", "--run", "nosuch")
    assert answer.code == 2
    assert answer.err.startswith("error: nosuch: there is no such run\n")
