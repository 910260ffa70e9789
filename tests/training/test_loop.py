"""The loop over epochs with losses that are typed here, so that every number of it can be counted by hand."""

import copy
import math
from types import SimpleNamespace

import numpy as np
import pytest

from fcnn.config.optimizers import Constant, Plateau
from fcnn.config.structs import EarlyStopping
from fcnn.training.loop import Plan, train
from fcnn.training.non_finite import NonFiniteError
from fcnn.training.schedules import LearningRate
from fcnn.training.stop import Stop

TENSORS = SimpleNamespace(shape=(4, 1))


class Script:
    """A model and an engine in one: in epoch n the weight becomes n, and the losses are those of the script."""

    def __init__(self, losses, validation=None, finite=True):
        self.losses, self.validation, self.finite = losses, validation, finite
        self.orders, self.rates = [], []
        self.weight = 0
        self.learning_rate = None

    def epoch(self, part, order, should_stop, validation, on_rows=None):
        self.orders.append(order.tolist())
        self.rates.append(self.learning_rate)
        self.weight += 1
        figures = {"loss": self.losses[self.weight - 1], "mae": 2.0}
        measured = {} if validation is None else {"val_loss": self.validation[self.weight - 1], "val_mae": 3.0}
        return {**figures, **measured}

    def get_weights(self):
        return [np.array([self.weight], dtype=float), np.array([0.0 if self.finite else np.nan])]

    def set_weights(self, weights):
        self.weight = int(weights[0][0])

    def train(self, epochs=None, early=None, schedule=None, limit=None, seed=1, **arguments):
        epochs = epochs or len(self.losses)
        rates = LearningRate(schedule or Constant(), 0.8, epochs)
        part = None if self.validation is None else TENSORS
        return train(self, self, self, rates, Plan(epochs, seed, early, limit), TENSORS, part, **arguments)


BEST = {
    "in the middle": ([9, 8, 7, 6, 5], [5, 3, 1, 2, 4], 3),
    "the last": ([9, 8, 7], [3, 2, 1], 3),
    "the first": ([9, 8, 7], [1, 2, 3], 1),
    "the first of equals": ([9, 8, 7], [2, 1, 1], 2),
    "the only one": ([9], [1], 1),
    "by training loss without a validation part": ([3, 1, 2], None, 2),
}


@pytest.mark.parametrize(("losses", "validation", "best"), BEST.values(), ids=BEST)
def test_the_best_epoch_is_the_one_that_is_kept(losses, validation, best):
    script = Script(losses, validation)
    trained = script.train()
    assert (trained.best_epoch, script.weight, trained.stopped) == (best, best, "finished")
    assert trained.history["epoch"] == list(range(1, len(losses) + 1))


def test_the_best_epoch_is_kept_when_training_stops_early():
    script = Script([9] * 9, [5, 4, 6, 6, 6, 6, 6, 6, 6])
    trained = script.train(early=EarlyStopping(patience=3))
    assert (trained.stopped, len(trained.history["loss"]), trained.best_epoch, script.weight) == (
        "early_stopping", 5, 2, 2)  # fmt: skip


PATIENCE = {
    "one epoch without improvement": ([5, 6, 4, 4], {"patience": 1}, 2),
    "three of them in a row": ([5, 6, 6, 4, 5, 5, 5, 1], {"patience": 3}, 7),
    "an improvement that is too small": ([5, 4.9, 4.8, 4.7], {"patience": 2, "min_delta": 0.5}, 3),
    "small improvements that add up": ([5, 4.7, 4.4, 4.1, 3.8, 3.5, 3.2], {"patience": 2, "min_delta": 0.5}, 7),
    "an improvement that is just not larger": ([5, 4.5, 4.5], {"patience": 1, "min_delta": 0.5}, 2),
}


@pytest.mark.parametrize(("validation", "options", "epochs"), PATIENCE.values(), ids=PATIENCE)
def test_patience_is_counted(validation, options, epochs):
    script = Script([1] * len(validation), validation)
    assert len(script.train(early=EarlyStopping(**options)).history["loss"]) == epochs


def test_an_improvement_that_is_too_small_for_patience_is_kept_all_the_same():
    script = Script([1] * 4, [5, 4.9, 4.8, 4.7])
    trained = script.train(early=EarlyStopping(patience=2, min_delta=0.5))
    assert (trained.best_epoch, script.weight) == (3, 3)


def test_without_early_stopping_every_epoch_runs():
    assert len(Script([1] * 50, [1] * 50).train().history["loss"]) == 50


def test_the_history_has_a_row_for_each_epoch_in_the_units_of_the_target():
    rows = []
    trained = Script([4, 2], [5, 3]).train(scale=10.0, on_epoch=lambda row, best: rows.append((row, best)))
    assert list(trained.history) == ["epoch", "loss", "mae", "val_loss", "val_mae", "learning_rate", "seconds"]
    assert trained.history["loss"] == [4, 2]
    assert trained.history["mae"] == [20, 20]
    assert trained.history["val_mae"] == [30, 30]
    assert trained.history["learning_rate"] == [0.8, 0.8]
    assert all(0 <= seconds < 1 for seconds in trained.history["seconds"])
    assert [best for _, best in rows] == [1, 2]
    assert [row["val_loss"] for row, _ in rows] == [5, 3]


def test_every_epoch_has_an_order_of_its_own_that_follows_from_the_seed():
    first, again, other = Script([1] * 5), Script([1] * 5), Script([1] * 5)
    first.train(seed=1)
    again.train(seed=1)
    other.train(seed=2)
    assert all(sorted(order) == [0, 1, 2, 3] for order in first.orders)
    assert len({tuple(order) for order in first.orders}) > 1
    assert first.orders == again.orders
    assert first.orders != other.orders


def test_the_schedule_sets_the_rate_of_each_epoch():
    script = Script([1] * 4, [5, 6, 6, 6])
    trained = script.train(schedule=Plateau(patience=1, factor=0.5))
    assert script.rates == [0.8, 0.8, 0.4, 0.2]
    assert trained.history["learning_rate"] == [0.8, 0.8, 0.4, 0.2]


BROKEN = {
    "a loss that is NaN": ([3, math.nan, 1], [3, 2, 1], "the loss became nan"),
    "a loss that is infinite": ([3, math.inf, 1], None, "the loss became inf"),
    "a validation loss that is NaN": ([3, 2, 1], [3, math.nan, 1], "the validation loss became nan"),
}


@pytest.mark.parametrize(("losses", "validation", "what"), BROKEN.values(), ids=BROKEN)
def test_what_is_not_finite_stops_at_once_with_its_epoch(losses, validation, what):
    with pytest.raises(NonFiniteError) as caught:
        Script(losses, validation).train()
    assert (caught.value.epoch, caught.value.what) == (2, what)
    assert str(caught.value) == f"{what} in epoch 2"


def test_a_weight_that_is_not_finite_stops_at_once_though_the_loss_is_finite():
    with pytest.raises(NonFiniteError, match="a weight became NaN or infinite in epoch 1"):
        Script([3, 2], [3, 2], finite=False).train()


def test_the_time_limit_ends_training_after_the_epoch(monkeypatch):
    clock = iter(range(0, 1000, 1))  # one second passes between two looks
    monkeypatch.setattr("fcnn.training.loop.time.monotonic", lambda: float(next(clock)))
    script = Script([9] * 20, [3, 1, 2] + [4] * 17)
    trained = script.train(limit=10)
    assert trained.stopped == "time_limit"
    assert 3 <= len(trained.history["loss"]) <= 5
    assert (trained.best_epoch, script.weight) == (2, 2)


STOPS = {
    "interrupted in epoch 3": ("interrupted", 3, 2),
    "terminated in epoch 2": ("terminated", 2, 1),
    "in the first epoch": ("interrupted", 1, 1),  # half an epoch is better than none
}


@pytest.mark.parametrize(("reason", "epoch", "rows"), STOPS.values(), ids=STOPS)
def test_a_request_to_stop_keeps_the_best_so_far(reason, epoch, rows):
    stop = Stop()

    class Stopped(Script):
        def epoch(self, part, order, should_stop, validation, on_rows=None):
            figures = super().epoch(part, order, should_stop, validation)
            if self.weight == epoch:
                stop.reason = reason
                assert should_stop()
            return figures

    script = Stopped([9] * 5, [3, 4, 5, 6, 7])
    trained = script.train(stop=stop)
    assert (trained.stopped, len(trained.history["loss"]), trained.best_epoch, script.weight) == (reason, rows, 1, 1)


def test_a_request_to_stop_between_two_epochs_keeps_the_epoch_that_is_done():
    stop = Stop()

    def interrupt(row, best):
        stop.reason = "interrupted" if row["epoch"] == 2 else None

    trained = Script([9] * 5, [3, 2, 1, 1, 1]).train(stop=stop, on_epoch=interrupt)
    assert (trained.stopped, len(trained.history["loss"]), trained.best_epoch) == ("interrupted", 2, 2)


# --- going on ---------------------------------------------------------------------------------------------------------


def reached(after, **arguments):
    """The state of a training after so many epochs, as a checkpoint keeps it."""
    states = []
    script = Script([9, 8, 7, 6, 5], [5, 3, 1, 2, 4])
    script.train(on_checkpoint=lambda state: states.append(copy.deepcopy(state)), **arguments)
    return states[after - 1]


def test_every_epoch_is_told_to_whom_keeps_checkpoints_and_the_last_says_why_it_ended():
    states = []
    Script([3, 2, 1]).train(on_checkpoint=lambda state: states.append((state.epoch, state.stopped)))
    assert states == [(1, None), (2, None), (3, "finished")]


def test_half_an_epoch_is_no_checkpoint():
    stop, states = Stop(), []

    def stop_at_once(row, best_epoch):
        stop.reason = "interrupted"

    Script([3, 2]).train(stop=stop, on_epoch=stop_at_once, on_checkpoint=states.append)
    assert states == []


@pytest.mark.parametrize("epochs", [1, 2, 3, 4])
def test_a_training_goes_on_after_any_epoch(epochs):
    whole, again = Script([9, 8, 7, 6, 5], [5, 3, 1, 2, 4]), Script([9, 8, 7, 6, 5], [5, 3, 1, 2, 4])
    wanted = whole.train(epochs=5)
    again.weight = epochs
    told = []
    found = again.train(epochs=5, state=reached(epochs), on_epoch=lambda row, best: told.append(int(row["epoch"])))
    assert told == list(range(epochs + 1, 6))
    assert {**found.history, "seconds": None} == {**wanted.history, "seconds": None}
    assert (found.best_epoch, found.stopped, again.weight) == (wanted.best_epoch, "finished", 3)
    assert again.orders == whole.orders[epochs:]


def test_epochs_without_an_improvement_before_the_kill_count():
    early = EarlyStopping(patience=2)
    state = reached(4, early=early)
    again = Script([9, 8, 7, 6, 5], [5, 3, 1, 2, 4])
    again.weight = 4
    found = again.train(epochs=5, early=early, state=state)
    assert (found.stopped, len(found.history["epoch"])) == ("early_stopping", 5)


def test_seconds_before_the_kill_count_for_the_time_limit():
    state = reached(2)
    state.seconds = 50.0
    again = Script([9, 8, 7, 6, 5], [5, 3, 1, 2, 4])
    found = again.train(epochs=5, limit=49.0, state=state)
    assert (found.stopped, len(found.history["epoch"]), found.earlier_seconds) == ("time_limit", 2, 50.0)
    assert again.orders == [], "no epoch was trained"
