"""The rule that says how TensorFlow runs the steps."""

import pytest

from fcnn.network.compile_mode import choose_mode, keras_generation

# weights, batch size, rows, epochs -> on TensorFlow 2.4, on the current one
TRAININGS = {
    "penguins, 200 epochs": (2_500, 32, 233, 200, "graph", "graph"),
    "diamonds, 10 epochs": (6_500, 128, 37_758, 10, "graph", "graph"),
    "diamonds, 100 epochs": (6_500, 128, 37_758, 100, "xla", "xla"),
    "small batches, 10 epochs": (5_829, 32, 54_000, 10, "xla", "xla"),
    "3 x 256, 20 epochs": (147_000, 256, 54_000, 20, "graph", "xla"),
    "784-512-512-10, 100 epochs": (670_000, 128, 54_000, 100, "graph", "xla"),
    "2 x 1,024 in batches of 1,024, 1,000 epochs": (1_110_000, 1024, 54_000, 1000, "graph", "graph"),
    "a batch of more rows than there are": (100, 4096, 50, 20_000, "xla", "xla"),
    "one step less than pays": (100, 1, 16_666, 1, "graph", "graph"),
    "just as many as pay": (100, 1, 16_667, 1, "xla", "xla"),
}


@pytest.mark.parametrize(
    ("weights", "batch_size", "rows", "epochs", "pinned", "current"), TRAININGS.values(), ids=TRAININGS
)
def test_xla_is_chosen_where_it_pays(weights, batch_size, rows, epochs, pinned, current):
    assert choose_mode(weights, batch_size, rows, epochs, 2) == pinned
    assert choose_mode(weights, batch_size, rows, epochs, 3) == current


@pytest.mark.parametrize(("trainings", "mode"), [(1, "graph"), (4, "graph"), (5, "xla")])
def test_several_trainings_share_what_is_compiled(trainings, mode):
    steps_of_a_fifth = 3_334
    assert choose_mode(100, 1, steps_of_a_fifth, 1, 2, trainings=trainings) == mode


def test_amsgrad_cannot_be_compiled_by_the_old_xla():
    assert choose_mode(5_829, 32, 54_000, 10, 2, amsgrad=True) == "graph"
    assert choose_mode(5_829, 32, 54_000, 10, 3, amsgrad=True) == "xla"


@pytest.mark.parametrize("keras", [2, 3])
def test_xla_is_not_relied_on_where_it_was_not_tried(monkeypatch, keras):
    monkeypatch.setattr("sys.platform", "win32")
    assert choose_mode(5_829, 32, 54_000, 10, keras) == "graph"


def test_the_generation_is_that_of_the_keras_that_is_used():
    from fcnn.network.backend import IS_KERAS_2

    assert keras_generation() == (2 if IS_KERAS_2 else 3)
