"""Where configs differ, key by key."""

import pytest

from fcnn.config import config_from_mapping
from fcnn.config.differences import differences
from fcnn.config.structs import plain

SMALL = {"data": {"path": "t.csv", "target": "y"}, "network": {"layers": [8]}}


def config(**changes):
    return plain(config_from_mapping({**SMALL, **changes}).config)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, [], id="nothing"),
        pytest.param({"seed": 7}, [("seed", ["42", "7"])], id="a number"),
        pytest.param(
            {"data": {"path": ["a.csv", "b.csv"], "target": "y"}},
            [("data.path", ["t.csv", "[a.csv, b.csv]"])],
            id="other files",
        ),
        pytest.param(
            {"network": {"layers": [{"units": 8, "activation": "tanh"}]}},
            [("network.layers[0].activation", ["relu", "tanh"])],
            id="an activation",
        ),
        pytest.param(
            {"training": {"early_stopping": None}},
            [("training.early_stopping", None)],
            id="a section that is not there",
        ),
    ],
)
def test_only_what_differs_is_named_with_both_values(changes, expected) -> None:
    found = [(each.key, each.values) for each in differences([config(), config(**changes)])]
    assert [key for key, _ in found] == [key for key, _ in expected]
    for (_, values), (_, wanted) in zip(found, expected):
        assert wanted is None or values == wanted


def test_a_layer_more_is_one_difference() -> None:
    (found,) = differences([config(), config(network={"layers": [8, 4]}), config(network={"layers": [8]})])
    assert found.key == "network.layers[1]"
    assert found.values[0] == found.values[2] == "-"
    assert found.values[1].startswith("{units: 4, ")


def test_null_and_a_mapping_are_written_on_one_line() -> None:
    (found,) = differences([{"a": None}, {"a": {"b": "no", "c": [1, 2.5]}}])
    assert found.values == ["null", "{b: 'no', c: [1, 2.5]}"]


def test_true_is_not_1() -> None:
    assert [each.values for each in differences([{"a": True}, {"a": 1}])] == [["true", "1"]]
