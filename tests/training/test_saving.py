"""When checkpoints are written: the first at once, the others so seldom that they are not felt."""

from types import SimpleNamespace

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

    def after(seconds, checkpoints, number=1, stopped=None):
        clock.now += seconds
        checkpoints.save(number, None, None, State([], stopped=stopped))
        return names

    return after


def test_writing_takes_a_twentieth_of_the_time_at_most(written, tmp_path) -> None:
    assert PAUSE == 20
    checkpoints = Checkpoints(tmp_path, several=False)
    assert written(3, checkpoints) == [("001.npz", 3.5)], "the first epoch"
    written(4, checkpoints)
    assert written(5.9, checkpoints) == [("001.npz", 3.5)], "9.9 s after a write of 0.5 s"
    assert written(0.2, checkpoints)[1:] == [("001.npz", 14.1)]


def test_a_pause_of_nothing_writes_after_every_epoch(written, tmp_path) -> None:
    checkpoints = Checkpoints(tmp_path, several=False, pause=0)
    for _ in range(3):
        names = written(0, checkpoints)
    assert len(names) == 3


@pytest.mark.parametrize(
    ("several", "expected"),
    [
        pytest.param(False, [("001.npz", 0.5)], id="of one training it is not worth the time"),
        pytest.param(True, [("001.npz", 0.5), ("001.npz", 2.0), ("002.npz", 3.5)], id="of several it is always there"),
    ],
)
def test_the_end_of_a_training_is_written_where_others_follow(written, tmp_path, several, expected) -> None:
    checkpoints = Checkpoints(tmp_path, several=several)
    written(0, checkpoints)
    names = written(1, checkpoints, stopped="finished")
    if several:
        written(0.5, checkpoints, number=2)
        names = written(0.5, checkpoints, number=2, stopped="finished")
    assert names == expected


def test_a_training_without_a_checkpoint_begins_anew(tmp_path) -> None:
    assert Checkpoints(tmp_path, several=False).restore(1, None, None) is None
