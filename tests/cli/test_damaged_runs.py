"""Runs whose files are no longer what was written are refused by name; what nobody computes with may be changed."""

import shutil
from pathlib import Path

import pytest

RUN = Path("runs", "classes")


@pytest.fixture
def copied(studied, console, tmp_path):
    """The console in a folder with copies of runs, and their table."""
    shutil.copy(str(studied / "plants.csv"), str(tmp_path))
    for name, copy in (("classes", "classes"), ("classes", "same"), ("linear", "linear")):
        shutil.copytree(str(studied / "runs" / name), str(tmp_path / "runs" / copy))
    return console


def flip(path):
    """Change one bit in the middle."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


def cut(path):
    """Lose the end."""
    path.write_bytes(path.read_bytes()[:-1])


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("data.json", ["predict", "classes", "plants.csv"]),
        ("weights.npz", ["predict", "classes", "plants.csv"]),
        ("weights.npz", ["evaluate", "classes", "plants.csv"]),
        ("metrics.json", ["show", "classes"]),
        ("data.json", ["show", "classes"]),
        ("weights.npz", ["trace", "classes"]),
        ("weights.npz", ["activations", "--run", "classes"]),
        ("history.csv", ["compare", "same", "classes"]),
        ("predictions.csv", ["compare", "same", "classes"]),
        ("config.yaml", ["report", "classes"]),
        ("data.json", ["report", "classes"]),
        ("diagnostics.csv", ["report", "classes"]),
        ("environment.json", ["report", "classes"]),
        ("history.csv", ["report", "classes"]),
        ("importance.csv", ["report", "classes"]),
        ("metrics.json", ["report", "classes"]),
        ("predictions.csv", ["report", "classes"]),
        ("weights.npz", ["train", "c.yaml", "training.initial_weights=runs/classes"]),
    ],
    ids=lambda value: value if isinstance(value, str) else value[0],
)
@pytest.mark.parametrize("change", [flip, cut, Path.unlink], ids=["a bit", "the end", "gone"])
def test_a_damaged_file_is_refused_by_its_name(copied, file, words, change) -> None:
    shutil.copy(str(RUN / "config.yaml"), "c.yaml")
    before = (RUN / "report.html").read_bytes()
    change(RUN / file)
    answer = copied(*words)
    assert (answer.code, answer.out) == (2, "")
    hint = "  hint: take the run folder from where it is whole: a copy, or train again\n"
    if change is not Path.unlink:
        what = f"{RUN / file}: is not the file that was written: it was damaged, or changed\n  expected: SHA-256 "
    elif file in ("data.json", "metrics.json"):
        what, hint = f"{RUN}: is no complete run\n  received: no {file} in it\n", ""
    else:
        what = f"{RUN / file}: cannot be read: No such file or directory\n"
    assert answer.err.startswith(
        f"error: {what}".replace(f"{RUN}", str(RUN.absolute() if words[0] == "train" else RUN))
    )
    assert hint in answer.err
    assert (RUN / "report.html").read_bytes() == before


def test_a_damaged_run_is_a_warning_in_the_list(copied) -> None:
    flip(RUN / "metrics.json")
    answer = copied("runs")
    assert answer.code == 0
    assert answer.err.startswith(f"warning: {RUN / 'metrics.json'}: is not the file that was written")
    assert "linear" in answer.out


def test_a_damaged_receipt_is_told_as_such(copied) -> None:
    cut(RUN / "receipt.json")
    (RUN / "receipt.json").write_bytes((RUN / "receipt.json").read_bytes()[:-5])
    answer = copied("predict", "classes", "plants.csv")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"error: {RUN / 'receipt.json'}: cannot be read: ")


def test_what_is_for_people_may_be_changed_and_more_be_added(copied) -> None:
    for name in ("log.txt", "report.html"):
        (RUN / name).write_text("a note of mine\n", encoding="utf-8")
    (RUN / "notes.md").write_text("more\n", encoding="utf-8")
    assert copied("predict", "classes", "plants.csv").code == 0
    assert copied("show", "classes").code == 0
    assert copied("report", "classes").code == 0


def test_without_a_receipt_nothing_is_checked(copied) -> None:
    """As of a run that an older fcnn has written."""
    (RUN / "receipt.json").unlink()
    text = (RUN / "metrics.json").read_text(encoding="utf-8")
    (RUN / "metrics.json").write_text(text.replace('"stopped": "finished"', '"stopped": "callback"'), encoding="utf-8")
    answer = copied("show", "classes")
    assert (answer.code, answer.err) == (0, "")
    assert ", callback\n" in answer.out
