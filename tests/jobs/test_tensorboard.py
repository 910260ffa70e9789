"""`training.tensorboard: true`: what TensorBoard shows is what history.csv says."""

from pathlib import Path

import numpy as np
import pytest

import fcnn
from fcnn.network.backend import tf

FEW = ["training.epochs=3", "training.tensorboard=true"]


def points(folder):
    """(tag, step) -> value, as they lie in the event files of a folder, and the metadata of each."""
    found, metadata = {}, {}
    for path in sorted(Path(folder).glob("events.out.tfevents.*")):
        for event in tf.compat.v1.train.summary_iterator(str(path)):
            for value in event.summary.value:
                assert (value.tag, event.step) not in found
                array = tf.make_ndarray(value.tensor)
                assert (array.dtype, array.shape) == (np.float32, ())
                found[value.tag, event.step] = array[()]
                metadata.setdefault(value.tag, value.metadata)
    return found, metadata


def of_history(run, of_validation):
    columns = {name: values for name, values in run.history.items() if name != "epoch"}
    return {
        (f"epoch_{name[4:] if of_validation else name}", epoch): np.float32(value)
        for name, values in columns.items()
        if name.startswith("val_") == of_validation
        for epoch, value in enumerate(values, 1)
    }


@pytest.mark.filterwarnings("ignore")  # both generations call the reader of event files outdated
@pytest.mark.parametrize("target", ["y", "b"], ids=["classes", "a number"])
def test_every_figure_of_the_history_is_a_curve_of_training_or_validation(rare, target):
    run = fcnn.train(rare, [*FEW, f"data.target={target}", f"data.task={'binary' if target == 'y' else 'regression'}"])
    board = run.folder / "tensorboard"
    assert sorted(path.name for path in board.iterdir()) == ["train", "validation"]
    (train, kinds), (validation, _) = (points(board / part) for part in ("train", "validation"))
    assert train == of_history(run, False)
    assert validation == of_history(run, True)
    score = "accuracy" if target == "y" else "mae"
    assert {tag for tag, _ in train} == {"epoch_loss", f"epoch_{score}", "epoch_learning_rate", "epoch_seconds"}
    assert {tag for tag, _ in validation} == {"epoch_loss", f"epoch_{score}"}
    assert {kind.plugin_data.plugin_name for kind in kinds.values()} == {"scalars"}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("options", "folders"),
    [({"seeds": 2}, ["seed-42", "seed-43"]), ({"folds": 3}, ["fold-1", "fold-2", "fold-3"])],
    ids=["seeds", "folds"],
)
def test_several_trainings_have_a_folder_each(rare, options, folders):
    run = fcnn.train(rare, FEW, **options)
    board = run.folder / "tensorboard"
    assert sorted(path.name for path in board.iterdir()) == folders
    kept = folders[run.metrics["repeats"]["kept"] - 1]
    assert points(board / kept / "train")[0] == of_history(run, False)
    assert len({points(board / each / "validation")[0]["epoch_loss", 3] for each in folders}) == len(folders)


def test_without_it_there_is_no_such_folder_and_without_validation_no_curve_of_it(rare):
    plain = fcnn.train(rare, ["training.epochs=1"])
    assert not (plain.folder / "tensorboard").exists()
    run = fcnn.train(rare, ["training.epochs=1", "training.tensorboard=true", "data.split.validation=0"])
    assert [path.name for path in (run.folder / "tensorboard").iterdir()] == ["train"]


def test_tensorboard_itself_finds_the_curves_where_it_is_installed(rare):
    accumulator = pytest.importorskip("tensorboard.backend.event_processing.event_accumulator")
    run = fcnn.train(rare, FEW)
    events = accumulator.EventAccumulator(str(run.folder / "tensorboard" / "validation"))
    events.Reload()
    assert sorted(events.Tags()["tensors"]) == ["epoch_accuracy", "epoch_loss"]
    assert [event.step for event in events.Tensors("epoch_loss")] == [1, 2, 3]
