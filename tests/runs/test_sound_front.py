"""What ``data.json`` says of the layers before the first dense one is refused where it cannot be."""

from typing import Any

import msgspec
import numpy as np
import pytest

from fcnn.errors import RunError
from fcnn.files import read_json, write_json
from fcnn.inference.front import Block, CategoricalEmbedding, InputScale, Periodic, PiecewiseLinear
from fcnn.runs.record import read_model, read_record, write_record, write_weights
from fcnn.runs.sound_front import unsound

PERIODIC = Periodic(columns=(0, 1), frequencies=3, units=2)
BINS = PiecewiseLinear(columns=(0, 1), edges=((0.0, 1.0), (0.0, 1.0, 2.0)), units=2)
CATEGORIES = CategoricalEmbedding(blocks=(Block("a", 0, 2, 3), Block("b", 2, 2, 3)))
INPUTS = 4


@pytest.mark.parametrize(
    "front", [(), (PERIODIC,), (BINS, InputScale()), (PERIODIC, CATEGORIES, InputScale()), (CATEGORIES,)]
)
def test_what_fcnn_makes_is_sound(front: Any) -> None:
    assert list(unsound(front, INPUTS)) == []


WRONG = {
    "a column that is none": (PERIODIC, {"columns": (0, 4)}),
    "a column below 0": (PERIODIC, {"columns": (-1, 0)}),
    "columns twice": (PERIODIC, {"columns": (1, 1)}),
    "columns out of order": (PERIODIC, {"columns": (1, 0)}),
    "no column": (PERIODIC, {"columns": ()}),
    "no frequency": (PERIODIC, {"frequencies": 0}),
    "a billion frequencies": (PERIODIC, {"frequencies": 10**9}),
    "one unit": (PERIODIC, {"units": 1}),
    "a billion units": (BINS, {"units": 10**9}),
    "edges of one column": (BINS, {"edges": ((0.0, 1.0),)}),
    "one edge": (BINS, {"edges": ((0.0,), (0.0, 1.0))}),
    "no edge": (BINS, {"edges": ((), (0.0, 1.0))}),
    "equal edges": (BINS, {"edges": ((0.0, 0.0), (0.0, 1.0))}),
    "falling edges": (BINS, {"edges": ((1.0, 0.0), (0.0, 1.0))}),
    "an endless edge": (BINS, {"edges": ((0.0, float("inf")), (0.0, 1.0))}),
    "an edge that is no number": (BINS, {"edges": ((0.0, float("nan")), (0.0, 1.0))}),
    "bins too narrow to divide by": (BINS, {"edges": ((0.0, 1e-40), (0.0, 1.0))}),
    "no category": (CATEGORIES, {"blocks": ()}),
    "a block beyond the matrix": (CATEGORIES, {"blocks": (Block("a", 3, 2, 1),)}),
    "blocks that overlap": (CATEGORIES, {"blocks": (Block("a", 0, 2, 1), Block("b", 1, 2, 1))}),
    "a block before the matrix": (CATEGORIES, {"blocks": (Block("a", -1, 2, 1),)}),
    "a block without levels": (CATEGORIES, {"blocks": (Block("a", 0, 0, 1),)}),
    "a block without units": (CATEGORIES, {"blocks": (Block("a", 0, 2, 0),)}),
}


@pytest.mark.parametrize(("layer", "changed"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_is_found(layer: Any, changed: Any) -> None:
    assert list(unsound((msgspec.structs.replace(layer, **changed),), INPUTS)) == [0]


@pytest.mark.parametrize(
    ("front", "places"),
    [
        pytest.param((InputScale(), PERIODIC), [1], id="another order"),
        pytest.param((PERIODIC, BINS), [0, 1], id="two numeric embeddings"),
        pytest.param((InputScale(), InputScale()), [0, 1], id="two scales"),
    ],
)
def test_layers_have_an_order_and_each_is_there_once(front: Any, places: Any) -> None:
    assert list(unsound(front, INPUTS)) == places


@pytest.fixture
def embedded(run: Any, record: Any) -> Any:
    """A run of two columns, both of them embedded."""
    network = msgspec.structs.replace(record.network, front=(PERIODIC,))
    write_record(run, msgspec.structs.replace(record, network=network))
    write_weights(run, {name: np.ones(shape, np.float32) for name, shape in network.shapes().items()})
    return run


def test_a_run_with_an_embedding_reads_back_equal(embedded: Any) -> None:
    assert read_record(embedded).network.front == (PERIODIC,)
    assert read_model(embedded).arrays["numeric_embedding/kernel"].shape == (2, 3, 1)


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("columns", [0, 7], "network.front"),
        ("units", "many", "cannot be read"),
        ("type", "lookup", "cannot be read"),
        ("frequencies", 4, "array numeric_embedding/frequency"),
    ],
)
def test_a_record_that_was_changed_is_refused(embedded: Any, key: str, value: Any, message: str) -> None:
    document = read_json(embedded / "data.json")
    document["network"]["front"][0][key] = value
    write_json(embedded / "data.json", document)
    with pytest.raises(RunError, match=message):
        read_model(embedded)
