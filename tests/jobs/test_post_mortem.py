"""Where a training first left the finite numbers: batch, layer, column and row."""

import random
from pathlib import Path

import pytest

import fcnn
from fcnn.errors import TrainingError
from fcnn.training import post_mortem, saving


@pytest.fixture
def config(tmp_path, monkeypatch):
    """A regression of 120 rows that are shared out by a column; it is alone in the current folder."""
    monkeypatch.chdir(tmp_path)
    numbers = random.Random(1)
    lines = ["a,b,part,y"]
    for row in range(120):
        a, b = numbers.gauss(0, 1), numbers.gauss(0, 1)
        part = "train" if row < 80 else "validation" if row < 100 else "test"
        lines.append(f"{a!r},{1e30 if row == 87 else b!r},{part},{a - b!r}")
    (tmp_path / "table.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return {
        "data": {"path": "table.csv", "target": "y", "split": {"method": "column", "column": "part"}},
        "network": {"layers": [4, 4]},
        "training": {"epochs": 6, "batch_size": 16, "compile": "graph"},
        "run": {"plots": False},
    }


def received(config, *overrides, **options):
    with pytest.raises(TrainingError) as raised:
        fcnn.train(config, overrides, **options)
    (problem,) = raised.value.problems
    return problem


def test_an_outlier_of_the_validation_rows_is_named_with_its_row(config) -> None:
    problem = received(config)
    assert problem.message == "the validation loss became inf in epoch 1; nothing was kept"
    assert problem.received.startswith(
        "first with validation rows: the loss, the outputs being finite; column 'b' has the largest "
    )
    assert "e+30 in line 89; learning rate 0.001" in problem.received
    assert problem.hint == "look at column 'b' for outliers"


def test_a_learning_rate_that_throws_the_weights_away_is_seen_in_the_batch_after(config) -> None:
    problem = received(config, "training.optimizer={name: sgd, learning_rate: 1e30}")
    assert "in epoch 1" in problem.message
    assert problem.received.startswith("first in batch 2 of 5: ")
    assert "of layer " in problem.received or "the loss, the outputs being finite" in problem.received
    assert "training.optimizer.learning_rate=0.01" in problem.hint


@pytest.mark.parametrize("checkpoints", ["every epoch", "none"])
def test_a_later_epoch_is_repeated_from_the_last_checkpoint_or_the_start(config, monkeypatch, checkpoints) -> None:
    monkeypatch.setattr(saving, "PAUSE", 0 if checkpoints == "every epoch" else 1e9)
    done = []
    look = post_mortem.find_first_bad

    def watched(learner, training, validation, rates, epochs_done, *others):
        done.append((len(rates), epochs_done))
        return look(learner, training, validation, rates, epochs_done, *others)

    monkeypatch.setattr("fcnn.jobs.post_mortem.find_first_bad", watched)
    config["data"]["path"] = "calm.csv"
    table = Path("table.csv").read_text(encoding="utf-8").replace(",1e+30,", ",0.5,")
    Path("calm.csv").write_text(table, encoding="utf-8")
    linear = "network.layers=[]"  # its loss grows by a factor from step to step, until it leaves float32
    problem = received(config, linear, "training.optimizer={name: sgd, learning_rate: 3}", "training.epochs=60")
    (epoch, from_epoch) = done[0]
    assert epoch > 1
    assert from_epoch == (epoch - 1 if checkpoints == "every epoch" else 0)
    assert f"in epoch {epoch}" in problem.message
    assert problem.received.startswith("first in batch ")
    if checkpoints == "every epoch":  # an average of the weights changes nothing of what is learnt
        averaged = received(
            config, linear, "training.optimizer={name: sgd, learning_rate: 3}", "training.epochs=60",
            "training.weight_averaging={momentum: 0.9}",
        )  # fmt: skip
        assert averaged == problem


def test_what_would_take_too_long_is_not_looked_into(config, monkeypatch) -> None:
    look = post_mortem.find_first_bad
    monkeypatch.setattr("fcnn.jobs.post_mortem.find_first_bad", lambda *arguments: look(*arguments, seconds=-1.0))
    problem = received(config, "training.optimizer={name: sgd, learning_rate: 1e30}")
    assert problem.received.startswith("column ")
