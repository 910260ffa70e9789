"""When checkpoints are written: so seldom that they are not felt."""

from types import SimpleNamespace

import numpy as np
import pytest

from fcnn.training import saving
from fcnn.training.saving import PAUSE, Checkpoints
from fcnn.training.state import State


@pytest.fixture
def written(monkeypatch):
    """`written(several, pause)` makes checkpoints that take half a second by a clock; the list has what was written."""
    clock = SimpleNamespace(now=1000.0)
    names = []

    def save(checkpoint, path):
        clock.now += 0.5
        names.append((path.name, round(clock.now - 1000, 6)))

    monkeypatch.setattr(saving, "save", save)
    monkeypatch.setattr(saving, "Checkpoint", SimpleNamespace(of=lambda *_: None))
    monkeypatch.setattr(saving, "time", SimpleNamespace(monotonic=lambda: clock.now))

    def after(seconds, checkpoints, number=1, stopped=None, weights=()):
        clock.now += seconds
        checkpoints.save(number, None, None, State(list(weights), stopped=stopped))
        return names

    return after


def test_writing_takes_a_hundredth_of_the_time(written, tmp_path) -> None:
    assert PAUSE == 99
    checkpoints = Checkpoints(tmp_path, several=False)
    assert written(0.98, checkpoints) == [], "99 x 0.01 s, which the first is taken to cost"
    assert written(0.02, checkpoints) == [("001.npz", 1.5)]
    assert len(written(97.9, checkpoints)) == 1, "98.9 s without writing; both together would cost 1 s"
    assert written(0.2, checkpoints)[1:] == [("001.npz", 100.1)]
    assert len(written(49.3, checkpoints)) == 2
    assert written(0.2, checkpoints)[2:] == [("001.npz", 150.1)], "1.5 s of 150.1 s"


def test_the_first_checkpoint_of_a_large_network_waits_longer(written, tmp_path) -> None:
    weights = [np.zeros((1000, 1000), np.float32), np.zeros(250_000, np.float32)]  # 5 MB, 20 MB with all copies: 0.4 s
    checkpoints = Checkpoints(tmp_path, several=False)
    assert written(99 * 0.4, checkpoints, weights=weights) == []
    assert written(1.0, checkpoints, weights=weights) == [("001.npz", 41.1)]


def test_epochs_that_take_long_are_each_written(written, tmp_path) -> None:
    checkpoints = Checkpoints(tmp_path, several=False)
    for _ in range(3):
        names = written(600, checkpoints)
    assert len(names) == 3


def test_a_pause_of_nothing_writes_after_every_epoch(written, tmp_path) -> None:
    checkpoints = Checkpoints(tmp_path, several=False, pause=0)
    for _ in range(3):
        names = written(0, checkpoints)
    assert len(names) == 3


def test_of_several_trainings_half_of_the_time_is_kept_for_their_ends(written, tmp_path) -> None:
    checkpoints = Checkpoints(tmp_path, several=True)
    assert written(1.97, checkpoints) == [], "198 x 0.01 s"
    assert written(0.02, checkpoints) == [("001.npz", 2.49)]
    assert len(written(96.9, checkpoints)) == 1
    assert written(0.2, checkpoints, stopped="finished")[1:] == [("001.npz", 100.09)], "ended, and a hundredth"
    assert len(written(99.1, checkpoints, number=2)) == 2, "in the middle it would have to be half of that"
    assert written(0, checkpoints, number=2, stopped="finished")[2:] == [("002.npz", 199.69)]


def test_of_one_training_the_end_is_nothing_special(written, tmp_path) -> None:
    assert written(0.98, Checkpoints(tmp_path, several=False), stopped="finished") == []


def test_a_training_without_a_checkpoint_begins_anew(tmp_path) -> None:
    assert Checkpoints(tmp_path, several=False).restore(1, None, None) is None
