"""Pictures drawn by a process of their own are those that are drawn here, and what goes wrong is said here."""

import os
import shutil
from pathlib import Path
from typing import Any, Dict

import numpy as np
import pytest

from fcnn.report.pictures import Pictures, PicturesBeside
from fcnn.report.tasks import read_task, write_task
from fcnn.wording import say, translated

HISTORY = {"epoch": [1, 2, 3], "loss": [1.0, 0.5, 0.25], "val_loss": [1.1, 0.7, 0.6], "accuracy": [0.5, 0.7, 0.9]}
TRUTH, GUESS = np.array([1.0, 2.0, 3.5, 4.0]), np.array([1.1, 1.9, 3.0, 4.4])


def ask(pictures: Pictures, folder: Path) -> None:
    pictures.draw("learning_curves", history=HISTORY, best_epoch=3, path=folder / "curves.png")
    pictures.draw("regression_plots", folder=folder, y_true=TRUTH, y_pred=GUESS, target="价格")


def content(folder: Path) -> Dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def are_gone(pictures: PicturesBeside) -> bool:
    """Whether nothing is left of the processes and of their files."""
    for process in pictures._processes:
        with pytest.raises(ProcessLookupError):
            os.kill(process.pid, 0)
    return bool(pictures._processes) and not Path(pictures._folder.name).exists()


def test_other_processes_draw_the_same_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, beside = tmp_path / "here", tmp_path / "beside"
    here.mkdir()
    beside.mkdir()
    ask(Pictures(), here)
    with PicturesBeside() as pictures:
        ask(pictures, beside)
        monkeypatch.setattr(Pictures, "draw", None)  # nothing is left for this process
        pictures.finish()
    assert list(content(beside)) == ["curves.png", "predicted_against_true.png", "residuals.png"]
    assert content(beside) == content(here)
    assert are_gone(pictures)


@pytest.mark.parametrize("lost", [1, 2], ids=["one", "both"])
@pytest.mark.parametrize("when", ["before they draw", "while they draw"])
def test_where_a_process_is_lost_the_others_draw(
    tmp_path: Path, when: str, lost: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fcnn.report.pictures.processors", lambda: 2)
    monkeypatch.setattr("fcnn.report.pictures.MOST_PROCESSES", 2)
    with PicturesBeside() as pictures:
        assert len(pictures._processes) == 2
        if when == "while they draw":
            ask(pictures, tmp_path)
        for process in pictures._processes[:lost]:
            process.terminate()
            process.wait()
        if when == "before they draw":
            ask(pictures, tmp_path)
        pictures.finish()
    assert list(content(tmp_path)) == ["curves.png", "predicted_against_true.png", "residuals.png"]


def test_a_picture_that_cannot_be_written_is_an_error_here(tmp_path: Path) -> None:
    with PicturesBeside() as pictures:
        ask(pictures, tmp_path / "nowhere")
        with pytest.raises(FileNotFoundError):
            pictures.finish()
    assert are_gone(pictures)


def test_the_processes_end_where_the_training_fails() -> None:
    with pytest.raises(ZeroDivisionError), PicturesBeside() as pictures:
        raise ZeroDivisionError
    assert are_gone(pictures)


def test_what_they_draw_from_is_in_the_place_given_and_what_a_kill_left_there_is_deleted(tmp_path: Path) -> None:
    (tmp_path / "fcnn-pictures-left").mkdir()
    for name in ("fcnn-pictures-left/0.npz", "001.npz"):
        (tmp_path / name).touch()
    with PicturesBeside({}, tmp_path) as pictures:
        assert sorted(tmp_path.iterdir()) == [tmp_path / "001.npz", Path(pictures._folder.name)]
        shutil.rmtree(str(tmp_path))  # a run that is complete deletes its checkpoints first
    assert are_gone(pictures)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_ctrl_c_in_the_terminal_is_not_for_it(tmp_path: Path) -> None:
    with PicturesBeside() as pictures:
        assert os.getsid(0) not in [os.getsid(process.pid) for process in pictures._processes]


def test_it_imports_nothing_from_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "matplotlib.py").write_text("open('imported', 'w')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with PicturesBeside() as pictures:
        pictures.draw("learning_curves", history=HISTORY, best_epoch=3, path=tmp_path / "curves.png")
        pictures.finish()
    assert not (tmp_path / "imported").exists()


CASES = {
    "plain values": {"a": 1, "b": 2.5, "c": None, "d": "价格", "e": True},
    "a path": {"path": Path("some") / "file.png"},
    "arrays": {"x": np.arange(6.0).reshape(2, 3), "y": np.array([1, 2], np.int32)},
    "lists and mappings": {"repeats": {"mean": {"test": {"rmse": 1.5}}, "members": [{"seed": 1}, {"seed": 2}]}},
    "a mapping like a mark": {"data": {"path": "a text", "array": [1, 2]}},
    "numbers as keys": {"by_code": {0: "a", 1: "b"}},
    "not finite": {"history": [float("inf"), 1.0]},
}


@pytest.mark.parametrize("arguments", CASES.values(), ids=CASES)
def test_a_task_is_read_as_it_was_written(tmp_path: Path, arguments: Dict[str, Any]) -> None:
    write_task(tmp_path / "task.npz", "learning_curves", arguments)
    kind, found = read_task(tmp_path / "task.npz")
    assert kind == "learning_curves"
    assert list(found) == list(arguments)
    for name, value in arguments.items():
        np.testing.assert_equal(found[name], value)
        assert type(found[name]) is type(value)
        assert getattr(found[name], "dtype", None) == getattr(value, "dtype", None)


def test_a_sentence_in_a_task_can_still_be_told_in_another_language(tmp_path: Path) -> None:
    rows = say("{some:,} of the {count:,} {part} rows", some=500, count=8091, part=say("test"))
    write_task(tmp_path / "task.npz", "decision_surface", {"rows": (rows, TRUTH), "target": "test"})
    found = read_task(tmp_path / "task.npz")[1]
    assert found["rows"][0] == "500 of the 8,091 test rows"
    chinese = {"{some:,} of the {count:,} {part} rows": "{part}集 {count:,} 行中的 {some:,} 行", "test": "测试"}
    assert translated(found["rows"][0], chinese) == "测试集 8,091 行中的 500 行"
    assert type(found["target"]) is str
