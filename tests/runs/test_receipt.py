"""``receipt.json``: what it lists, when it is written again, and what it finds changed."""

import hashlib
import json
import os

import pytest

from fcnn.errors import RunError
from fcnn.files import read_json
from fcnn.runs.receipt import check_files, read_receipt, renew_receipt, write_receipt

FACTS = {
    "fcnn": "0.1.0",
    "stack": "pinned",
    "command": ["fcnn", "train", "t.yaml"],
    "started": "2026-11-23T07:41:13Z",
    "seed": 42,
    "data": {"t.csv": "0"},
    "packages": {"numpy": "1.19.5"},
    "git": {"revision": "5b53ed7", "dirty": True},
    "repeatable": {
        "python": "3.8.20",
        "machine": "Linux x86_64",
        "processor": "a processor",
        "cpu_flags": ["avx"],
        "processors": 2,
        "threads": 2,
        "compile": "xla",
        "devices": ["CPU:0"],
        "workers": 1,
        "hindrances": [],
    },
}


@pytest.fixture
def facts():
    """The fields that are not read from the folder."""
    from fcnn.runs.receipt import Conditions, Git

    return {**FACTS, "git": Git(**FACTS["git"]), "repeatable": Conditions(**FACTS["repeatable"])}


@pytest.fixture
def receipted(run, facts):
    """A complete run folder with a receipt; a plot lies in a folder below."""
    (run / "plots").mkdir()
    (run / "plots" / "roc.png").write_bytes(b"a picture")
    (run / "log.txt").write_text("epoch 1", encoding="utf-8")
    (run / "lock").touch()
    (run / "checkpoints").mkdir()
    (run / "checkpoints" / "1.npz").write_bytes(b"a checkpoint")
    write_receipt(run, facts)
    return run


def test_every_file_is_listed_but_those_that_go_or_grow(receipted) -> None:
    listed = read_json(receipted / "receipt.json")["files"]
    names = ["config.yaml", "data.json", "history.csv", "metrics.json", "plots/roc.png", "weights.npz"]
    assert list(listed) == names
    assert listed == {name: hashlib.sha256((receipted / name).read_bytes()).hexdigest() for name in names}


def test_it_says_what_it_was_told_and_what_config_and_weights_are(receipted) -> None:
    written = read_json(receipted / "receipt.json")
    assert {name: written[name] for name in FACTS} == FACTS
    assert written["format"] == 1
    assert written["config"] == written["files"]["config.yaml"]
    assert written["weights"] == written["files"]["weights.npz"]
    assert written["resumed"] is None
    assert read_receipt(receipted).git.revision == "5b53ed7"


def test_whole_files_are_found_to_be_so(receipted) -> None:
    check_files(receipted, ["weights.npz", "plots/roc.png", "log.txt", "of the user.txt"])


def test_each_file_that_is_not_what_was_written_is_named(receipted) -> None:
    content = bytearray((receipted / "weights.npz").read_bytes())
    content[len(content) // 2] ^= 1
    (receipted / "weights.npz").write_bytes(content)
    (receipted / "history.csv").unlink()
    with pytest.raises(RunError) as error:
        check_files(receipted, ["config.yaml", "weights.npz", "history.csv"])
    changed, missing = error.value.problems
    assert changed.where == str(receipted / "weights.npz")
    assert changed.message == "is not the file that was written: it was damaged, or changed"
    assert missing.where == str(receipted / "history.csv")
    assert missing.message == "cannot be read: No such file or directory"


def test_a_run_of_before_has_no_receipt_and_is_not_checked(run) -> None:
    (run / "weights.npz").write_bytes(b"whatever")
    assert read_receipt(run) is None
    check_files(run, ["weights.npz"])
    renew_receipt(run, ["weights.npz"])
    assert not (run / "receipt.json").exists()


def test_what_is_written_again_is_taken_down_and_nothing_else(receipted) -> None:
    (receipted / "plots" / "roc.png").write_bytes(b"another picture")
    (receipted / "report.html").write_text("a page", encoding="utf-8")
    (receipted / "weights.npz").write_bytes(b"damaged meanwhile")
    renew_receipt(receipted, ["plots/roc.png", "report.html"])
    check_files(receipted, ["plots/roc.png", "report.html", "config.yaml"])
    assert list(read_json(receipted / "receipt.json")["files"])[-2:] == ["report.html", "weights.npz"]
    with pytest.raises(RunError, match=r"weights\.npz"):
        check_files(receipted, ["weights.npz"])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b'{"format": 2, "new": 1}', "unknown format", id="newer"),
        pytest.param(b'{"format": 1}', "cannot be read: Object missing required field", id="incomplete"),
        pytest.param(b"[1, 2]", "cannot be read: Expected `object`", id="no mapping"),
        pytest.param(b'{"format": 1, "fcnn', "cannot be read: Input data was truncated", id="truncated"),
        pytest.param(b"\xff\xfe", "cannot be read: JSON is malformed", id="no text"),
        pytest.param(b"", "cannot be read: Input data was truncated", id="empty"),
    ],
)
def test_a_receipt_that_cannot_be_read_is_said_to_be_so(content, message, run) -> None:
    (run / "receipt.json").write_bytes(content)
    with pytest.raises(RunError) as error:
        check_files(run, ["weights.npz"])
    (problem,) = error.value.problems
    assert problem.where == str(run / "receipt.json")
    assert problem.message.startswith(message)


def test_a_receipt_is_replaced_as_a_whole_or_not_at_all(receipted, monkeypatch) -> None:
    before = (receipted / "receipt.json").read_bytes()

    def no_space(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(OSError, match="No space"):
        renew_receipt(receipted, ["config.yaml"])
    assert (receipted / "receipt.json").read_bytes() == before
    assert json.loads(before)["seed"] == 42
