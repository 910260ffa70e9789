"""What a training knows of its epochs, with losses that are typed here."""

import copy

import numpy as np
import pytest

from fcnn.training.state import State, watched_loss

LOSSES = [5.0, 4.9, 3.0, 3.0, 2.8]
KNOWN = {
    "before the first epoch": (0, 0.0, 0, 0, np.inf),
    "the first epoch is the best": (1, 0.0, 1, 0, 5.0),
    "an improvement": (2, 0.0, 2, 0, 4.9),
    "an improvement that is too small to count": (2, 0.5, 2, 1, 4.9),
    "the first of equals": (4, 0.0, 3, 1, 3.0),
    "two in a row that are too small": (5, 0.5, 5, 2, 2.8),
}


@pytest.mark.parametrize(("epochs", "min_delta", "best", "stale", "loss"), KNOWN.values(), ids=KNOWN)
def test_the_state_follows_from_the_rows(epochs, min_delta, best, stale, loss) -> None:
    state = State([])
    for value in LOSSES[:epochs]:
        state.add({"loss": 9.0, "val_loss": value}, min_delta)
    assert (state.epoch, state.best_epoch, state.stale_epochs, state.best_loss) == (epochs, best, stale, loss)
    assert state.history.get("val_loss", []) == LOSSES[:epochs]


def test_a_training_goes_on_from_a_copy_of_its_state() -> None:
    whole = State([])
    for value in LOSSES[:3]:
        whole.add({"loss": value}, 0.5)
    half = copy.deepcopy(whole)
    for state in (whole, half):
        for value in LOSSES[3:]:
            state.add({"loss": value}, 0.5)
    assert half == whole


def test_the_watched_loss_is_that_of_validation_where_there_is_one() -> None:
    assert watched_loss({"loss": 1.0, "val_loss": 2.0}) == 2.0
    assert watched_loss({"loss": 1.0}) == 1.0
