import numpy as np
import pandas as pd
import pytest

from fcnn.data.column import table_of
from fcnn.data.missing import USUALLY
from fcnn.data.preprocessing import fit_preprocessing
from fcnn.data.target import Target
from fcnn.errors import DataError
from fcnn.inference.activations import parameters_of
from fcnn.inference.model import Model, class_probabilities, prediction_table
from fcnn.inference.network import Architecture, DenseLayer

BINARY = Target(name="y", task="binary", classes=("no", "yes"))
THREE = Target(name="y", task="multiclass", classes=("猫", "狗", "鱼"))
QUANTITY = Target(name="price", task="regression", mean=100.0, std=50.0)


def test_one_sigmoid_unit_is_the_probability_of_the_second_class():
    table = prediction_table(BINARY, np.float32([[0.25], [0.5], [0.75]]), pd.Index([7, 8, 9]))
    assert table.index.tolist() == [7, 8, 9]
    assert table["prediction"].tolist() == ["no", "no", "yes"]
    assert table["probability_no"].tolist() == [0.75, 0.5, 0.25]
    assert table["probability_yes"].tolist() == [0.25, 0.5, 0.75]


def test_a_softmax_is_a_probability_for_each_class():
    table = prediction_table(THREE, np.float32([[0.2, 0.5, 0.3], [0.1, 0.1, 0.8]]), pd.RangeIndex(2))
    assert list(table.columns) == ["prediction", "probability_猫", "probability_狗", "probability_鱼"]
    assert table["prediction"].tolist() == ["狗", "鱼"]
    np.testing.assert_allclose(table.iloc[:, 1:].sum(axis=1), 1, rtol=0, atol=1e-15)


def test_probabilities_sum_to_one_beyond_float32():
    softmax = np.float32([[0.1] * 10]) * np.float32(1.0000005)
    assert abs(class_probabilities(softmax).sum() - 1) < 1e-15


def test_a_quantity_is_told_in_its_own_unit():
    table = prediction_table(QUANTITY, np.float32([[0.0], [-1.5]]), pd.RangeIndex(2))
    assert table.to_dict("list") == {"prediction": [100.0, 25.0]}


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_an_output_that_is_not_finite_is_no_prediction(value):
    output = np.float32([[0.1], [value], [0.2], [value]])
    with pytest.raises(DataError) as error:
        prediction_table(QUANTITY, output, pd.RangeIndex(4))
    assert str(error.value) == (
        "the network's output is not finite in 2 rows\n"
        "  received: row 2, row 4\n"
        "  hint: are its values far beyond those of training?"
    )


@pytest.fixture
def model():
    """A linear model of a number and a colour: size 2 +- 1; blue, red."""
    training = pd.DataFrame({"size": [1.0, 3.0], "colour": ["red", "blue"]})
    table = table_of(training, ["size", "colour"], USUALLY)
    preprocessing, _ = fit_preprocessing(table, {"size": "number", "colour": "category"}, {})
    architecture = Architecture(inputs=3, layers=(DenseLayer(units=1, activation=parameters_of("linear")),))
    arrays = {"00/kernel": np.float32([[1], [10], [100]]), "00/bias": np.float32([0.5])}
    return Model(preprocessing, QUANTITY, architecture, arrays)


def test_raw_columns_go_in_and_predictions_come_out(model):
    frame = pd.DataFrame({"more": [0, 0], "colour": ["red", "blue"], "size": [3.0, 2.0]}, index=["p", "q"])
    assert model.predict(frame)["prediction"].to_dict() == {"p": 100 + 50 * 101.5, "q": 100 + 50 * 10.5}


def test_columns_that_a_frame_lacks_or_has_twice_are_told_together(model):
    frame = pd.DataFrame([[1.0, 2.0]], columns=["size", "size"])
    with pytest.raises(DataError) as error:
        model.predict(frame)
    assert [problem.message for problem in error.value.problems] == [
        "the table has 2 columns 'size'",
        "the table has no column 'colour'",
    ]


def test_a_cell_that_is_no_number_is_told_with_its_row(model):
    frame = pd.DataFrame({"size": ["1", "tall", np.inf], "colour": "red"}, index=["p", "q", "r"])
    with pytest.raises(DataError) as error:
        model.predict(frame)
    assert [(problem.where, problem.received) for problem in error.value.problems] == [
        ("column 'size'", "'tall' (row 2)"),
    ]
