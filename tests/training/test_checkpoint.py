"""Checkpoints: a training that goes on from one ends with the bits of one that was never interrupted."""

import io
import json
import zipfile
from contextlib import suppress
from dataclasses import replace

import msgspec
import numpy as np
import pytest

from fcnn.config.optimizers import OPTIMIZERS, Constant, Cosine, Plateau
from fcnn.config.structs import EarlyStopping, Training, WeightAveraging
from fcnn.errors import RunError
from fcnn.inference.network import Architecture, BatchNormalization
from fcnn.network import backend
from fcnn.network.architecture import Design, LayerOptions
from fcnn.training.checkpoint import Checkpoint
from fcnn.training.checkpoint_file import load, read, save, write
from fcnn.training.learner import Learner
from fcnn.training.loop import Plan, train
from fcnn.training.rows import to_rows
from fcnn.training.schedules import LearningRate

EPOCHS, KILLED_AFTER = 6, 3


class Case:
    """A training on iris that can be begun twice."""

    def __init__(
        self, iris, layers, optimizer="adam", mode="graph", schedule=None, early=None, seed=1, averaging=None, **options
    ):
        x, y = iris
        self.training = to_rows(x[::2], y[::2], False, None)
        self.validation = to_rows(x[1::2], y[1::2], False, None)
        design = Design(
            Architecture(inputs=4, layers=tuple(layers)),
            (LayerOptions("glorot_uniform"),) * len(layers),
            "categorical_crossentropy",
        )
        made = OPTIMIZERS[optimizer](**options)
        training = Training(batch_size=25, compile=mode, weight_averaging=averaging)
        self.learner = Learner(design, training, made, seed)
        self.rates = LearningRate(schedule or Constant(), made.learning_rate, EPOCHS)
        self.plan = Plan(EPOCHS, seed, early, None)

    def run(self, state=None):
        """Train to the end; what came of it, and the checkpoint after each epoch."""
        checkpoints = []

        def keep(reached):
            file = io.BytesIO()
            write(Checkpoint.of(self.learner, self.rates, reached), file)
            checkpoints.append(file.getvalue())

        learner = self.learner
        trained = train(
            learner.model, learner.engine, learner.optimizer, self.rates, self.plan, self.training, self.validation,
            state=state, on_checkpoint=keep,
        )  # fmt: skip
        return trained, checkpoints

    def go_on(self, checkpoint):
        return self.run(checkpoint.apply(self.learner, self.rates, "x.npz"))


def taken(content):
    return read(io.BytesIO(content), "x.npz")


def bits(arrays):
    return [array.tobytes() for array in arrays]


def without_seconds(history):
    return {name: values for name, values in history.items() if name != "seconds"}


CASES = {
    "dropout and batch normalization": {"rich": True, "schedule": Cosine()},
    "the same under xla": {"rich": True, "mode": "xla"},
    "averaged weights": {"rich": True, "averaging": WeightAveraging(momentum=0.9)},
    "nadam on a plateau": {"optimizer": "nadam", "learning_rate": 3.0, "schedule": Plateau(patience=1)},
    "sgd with momentum": {"optimizer": "sgd", "momentum": 0.9, "nesterov": True, "learning_rate": 0.1},
}
"""The state of every optimizer is put back and forth in test_learner.py."""


@pytest.mark.parametrize("options", CASES.values(), ids=CASES)
def test_a_training_that_goes_on_ends_with_the_same_bits(iris, layer, options) -> None:
    options = dict(options)
    rich = {"dropout": 0.4, "batch_normalization": BatchNormalization()} if options.pop("rich", False) else {}
    layers = [layer(6, "tanh", **rich), layer(3, "softmax")]
    whole, checkpoints = (first := Case(iris, layers, **options)).run()
    checkpoint = taken(checkpoints[KILLED_AFTER - 1])
    assert (checkpoint.facts.plateau[2] < 1) == isinstance(options.get("schedule"), Plateau), "it fell before the kill"
    again = Case(iris, layers, **options)
    resumed, later = again.go_on(checkpoint)
    assert len(resumed.history["epoch"]) == EPOCHS
    assert len(later) == EPOCHS - KILLED_AFTER
    assert without_seconds(resumed.history) == without_seconds(whole.history)
    assert (resumed.best_epoch, resumed.stopped) == (whole.best_epoch, whole.stopped)
    assert bits(again.learner.model.get_weights()) == bits(first.learner.model.get_weights())
    assert bits(backend.get_state(again.learner.optimizer)) == bits(backend.get_state(first.learner.optimizer))
    assert again.rates.get_state() == first.rates.get_state()
    last, now = taken(checkpoints[-1]), taken(later[-1])
    assert bits(now.weights) == bits(last.weights), "not only those of the best epoch"
    assert bits(now.learnt) == bits(last.learnt)
    assert bool(now.learnt) == ("averaging" in options)
    assert now.dropout.tolist() == last.dropout.tolist()
    assert msgspec.structs.replace(now.facts, seconds=0.0) == msgspec.structs.replace(last.facts, seconds=0.0)


def test_a_training_killed_at_its_very_end_trains_no_further_epoch(iris, layer) -> None:
    layers = [layer(6, "tanh"), layer(3, "softmax")]
    options = {"optimizer": "sgd", "learning_rate": 5.0, "early": EarlyStopping(patience=1)}
    whole, checkpoints = Case(iris, layers, **options).run()
    assert whole.stopped == "early_stopping"
    ended = taken(checkpoints[-1])
    assert ended.facts.stopped == "early_stopping"
    for checkpoint in (ended, replace(ended, facts=msgspec.structs.replace(ended.facts, stopped=None))):
        case = Case(iris, layers, **options)
        resumed, later = case.go_on(checkpoint)
        assert later == []
        assert (resumed.history, resumed.stopped) == (whole.history, "early_stopping")
        assert bits(case.learner.model.get_weights()) == bits(ended.best)


# --- files ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made(iris, layer):
    """The checkpoint of a small training, and its network; nobody may change them."""
    case = Case(iris, [layer(2, "tanh", dropout=0.5), layer(3, "softmax")], schedule=Plateau())
    return case, case.run()[1][1]


def test_a_file_gives_back_what_was_written(made, tmp_path) -> None:
    first = taken(made[1])
    save(first, tmp_path / "a.npz")
    second = load(tmp_path / "a.npz")
    assert (second.facts, second.history) == (first.facts, first.history)
    assert [bits(group) for group in (second.weights, second.best, second.optimizer, [second.dropout])] == [
        bits(group) for group in (first.weights, first.best, first.optimizer, [first.dropout])
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["a.npz"]


def test_numbers_that_are_infinite_or_have_many_digits_come_back(made) -> None:
    first = taken(made[1])
    facts = msgspec.structs.replace(first.facts, plateau=(float("inf"), 0, 0.1 + 0.2), best_loss=1e-300)
    file = io.BytesIO()
    write(replace(first, facts=facts), file)
    assert taken(file.getvalue()).facts == facts


def arrays_of(content):
    with np.load(io.BytesIO(content)) as file:
        return {name: file[name] for name in file.files}


def changed(name, change):
    """A change of one array, by name; None takes it out."""

    def apply(content):
        arrays = arrays_of(content)
        arrays[name] = change(arrays[name])
        file = io.BytesIO()
        np.savez(file, **{name: array for name, array in arrays.items() if array is not None})
        return file.getvalue()

    return apply


def facts_with(**values):
    def change(array):
        facts = {**json.loads(array.tobytes().decode()), **values}
        return np.frombuffer(json.dumps(facts).encode(), dtype=np.uint8)

    return changed("facts", change)


DAMAGE = {
    "empty": (lambda content: b"", "is damaged: "),
    "cut off": (lambda content: content[: len(content) // 2], "is damaged: File is not a zip file"),
    "without its last byte": (lambda content: content[:-1], "is damaged: "),
    "garbage": (lambda content: b"\x93NUMPY" + bytes(range(256)) * 9, "is damaged: File is not a zip file"),
    "a pickle": (lambda content: b"\x80\x04].", "is damaged: File is not a zip file"),
    "other bytes in an array": (lambda content: content.replace(b"learning", b"lEArning", 1), "is damaged: "),
    "objects": (changed("weights/00000", lambda array: np.array([None])), "is damaged: Object arrays cannot be loaded"),
    "no facts": (changed("facts", lambda array: None), "is damaged: "),
    "facts of another kind": (changed("facts", lambda array: np.frombuffer(b"[1]", np.uint8)), "unknown format"),
    "facts that are no JSON": (changed("facts", lambda array: np.frombuffer(b"{", np.uint8)), "is damaged: "),
    "another format": (facts_with(format=2), "unknown format\n  expected: 1\n  received: 2"),
    "an epoch that is text": (facts_with(epoch="2"), "is damaged: Expected `int`, got `str`"),
    "an unknown fact": (facts_with(more=1), "is damaged: Object contains unknown field `more`"),
    "a best epoch that is to come": (facts_with(best_epoch=3), "is damaged: facts"),
    "more epochs than rows": (facts_with(epoch=3), "is damaged: epoch"),
    "no losses": (changed("history/loss", lambda array: None), "is damaged: 'loss'"),
    "a row too few": (changed("history/loss", lambda array: array[:1]), "is damaged: loss"),
    "losses that are text": (changed("history/loss", lambda array: array.astype(str)), "is damaged: loss"),
    "epochs out of order": (changed("history/epoch", lambda array: array[::-1]), "is damaged: epoch"),
    "weights that are no numbers": (changed("weights/00000", lambda array: array * np.nan), "is damaged: NaN"),
    "weights that are text": (changed("best/00000", lambda array: array.astype(str)), "is damaged: NaN"),
    "no dropout": (changed("dropout", lambda array: None), "is damaged: 'dropout'"),
    "dropout of another type": (changed("dropout", lambda array: array.astype(float)), "is damaged: facts"),
}


@pytest.mark.parametrize(("damage", "message"), DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_checkpoint_is_an_error_with_a_hint(made, tmp_path, damage, message) -> None:
    path = tmp_path / "001.npz"
    path.write_bytes(damage(made[1]))
    with pytest.raises(RunError) as raised:
        load(path)
    text = str(raised.value)
    assert text.startswith(f"{path}: {message}")
    assert text.endswith(
        f"  hint: delete {tmp_path / '001*.npz'}: the training whose checkpoints they are then starts over"
    )


def test_a_checkpoint_that_is_not_there_is_an_error(tmp_path) -> None:
    with pytest.raises(RunError, match=r"x\.npz: is damaged: No such file or directory"):
        load(tmp_path / "x.npz")


def test_a_checkpoint_with_any_byte_changed_is_read_or_refused(made) -> None:
    whole = made[1]
    assert zipfile.is_zipfile(io.BytesIO(whole))
    read_all_the_same = 0
    for position in range(0, len(whole), 29):
        with suppress(RunError):
            taken(whole[:position] + bytes([whole[position] ^ 0xFF]) + whole[position + 1 :])
            read_all_the_same += 1
    assert read_all_the_same < len(whole) / 29 / 2, "what is in the arrays is guarded by checksums"


OTHERS = {
    "another network": (lambda layer: [layer(3, "tanh", dropout=0.5), layer(3, "softmax")], {}, [
        "the weights are those of another network", "the best weights are those of another network",
        "the state of the optimizer is that of another one",
    ]),
    "a network without dropout": (lambda layer: [layer(2, "tanh"), layer(3, "softmax")], {}, [
        "the dropout layers are those of another network",
    ]),
    "another optimizer": (None, {"optimizer": "sgd"}, ["the state of the optimizer is that of another one"]),
    "averaged weights": (None, {"averaging": WeightAveraging()}, [
        "the averaged weights are those of another training",
    ]),
    "another seed and mode": (None, {"seed": 2, "mode": "xla"}, [
        "the mode of compiling differs", "the seed differs",
    ]),
}  # fmt: skip


@pytest.mark.parametrize(("layers", "options", "messages"), OTHERS.values(), ids=OTHERS)
def test_a_checkpoint_of_another_training_is_refused_and_changes_nothing(
    made, iris, layer, layers, options, messages
) -> None:
    usual = [layer(2, "tanh", dropout=0.5), layer(3, "softmax")]
    case = Case(iris, usual if layers is None else layers(layer), **options)
    before = bits(case.learner.model.get_weights())
    with pytest.raises(RunError) as raised:
        taken(made[1]).apply(case.learner, case.rates, "x.npz")
    assert [problem.message for problem in raised.value.problems] == messages
    assert {problem.where for problem in raised.value.problems} == {"x.npz"}
    assert bits(case.learner.model.get_weights()) == before


def test_the_checkpoint_of_another_generation_of_keras_is_refused(made) -> None:
    case, content = made
    other = 5 - backend.GENERATION
    with pytest.raises(RunError) as raised:
        taken(facts_with(keras=other)(content)).apply(case.learner, case.rates, "x.npz")
    (problem,) = raised.value.problems
    assert (problem.message, problem.expected, problem.received) == (
        "the generation of Keras differs", str(backend.GENERATION), str(other),
    )  # fmt: skip
