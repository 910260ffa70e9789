"""`fcnn export`."""

import sys
from pathlib import Path

import pytest

from fcnn.jobs import export as job


@pytest.mark.parametrize(
    ("words", "names"),
    [
        pytest.param(["--format", "numpy", "-o", "model.py"], ["model.py", "model.npz"], id="numpy"),
        pytest.param(["-o", "model.onnx"], ["model.onnx"], id="the ending says onnx"),
    ],
)
def test_the_paths_of_what_was_written_are_printed(beside, trained, tmp_path, monkeypatch, words, names) -> None:
    monkeypatch.chdir(tmp_path)
    answer = beside("export", trained.folder if trained.folder.is_absolute() else trained.cwd / trained.folder, *words)
    assert answer.code == 0, answer.err
    assert answer.out.splitlines() == names
    assert sorted(path.name for path in Path().iterdir()) == sorted(names)


def test_without_a_path_it_has_a_name_that_python_can_import(beside, trained, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    answer = beside("export", trained.cwd / trained.folder, "--format", "numpy")
    name, weights = answer.out.splitlines()
    assert Path(name).stem.isidentifier()
    assert name.endswith("_numpy.py")
    assert weights == f"{name[:-3]}.npz"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(["nosuch", "--format", "onnx"], "error: nosuch: there is no such run", id="no run"),
        pytest.param(
            ["latest"], "error: --format is needed: one of keras, savedmodel, onnx, numpy, script", id="no format"
        ),
        pytest.param(["latest", "-o", "x.py"], "error: --format is needed: one of", id="two formats end so"),
        pytest.param(["latest", "--format", "pmml"], "error: Invalid value for '--format'", id="no such format"),
        pytest.param(
            ["latest", "--format", "numpy", "-o", "x"], "error: x has no ending: it is to be a file", id="no ending"
        ),
        pytest.param(
            ["latest", "--format", "numpy", "-o", "there.py"],
            "error: there.py: is there already\n  hint: choose another with -o, or delete it\n",
            id="the file is there",
        ),
        pytest.param(
            ["latest", "--format", "numpy", "-o", "beside.py"],
            "error: beside.npz: is there already",
            id="the weights are there",
        ),
        pytest.param(["latest", "-o", "nowhere/x.onnx"], "error: nowhere/x.onnx: cannot be written", id="no folder"),
        pytest.param(["latest", "-o", "x.npz"], "error: --format is needed", id="an ending of no format"),
        pytest.param([], "error: Missing argument 'RUN'", id="nothing"),
    ],
)
def test_what_is_typed_wrong_is_told(beside, trained, tmp_path, monkeypatch, words, message) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("there.py", "beside.npz"):
        Path(name).write_text("mine", encoding="utf-8")
    run = [str(trained.cwd / trained.folder) if word == "latest" else word for word in words]
    answer = beside("export", *run)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(message)
    assert sorted(path.name for path in Path().iterdir()) == ["beside.npz", "there.py"]
    assert Path("there.py").read_text(encoding="utf-8") == "mine"


def test_a_keras_file_has_the_ending_of_the_stack(beside, trained, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    wrong, right = (".keras", ".h5") if sys.version_info < (3, 9) else (".h5", ".keras")
    answer = beside("export", trained.cwd / trained.folder, "-o", f"x{wrong}")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        f"error: x{wrong}: this Keras writes {right} files\n  received: {wrong}\n  hint: -o x{right}\n"
    )


def test_without_onnx_it_says_what_to_install(beside, trained, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(job, "find_spec", lambda name: None)
    answer = beside("export", trained.cwd / trained.folder, "-o", "x.onnx")
    assert (answer.code, answer.out) == (3, "")
    assert answer.err == ('error: the package onnx is needed to write this format\n  hint: pip install "fcnn[onnx]"\n')


def test_nothing_is_left_where_writing_fails(beside, trained, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("fcnn.export.numpy_file.numpy_source", full)
    answer = beside("export", trained.cwd / trained.folder, "--format", "numpy", "-o", "model.py")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("error: model.py: cannot be written: No space left on device")
    assert list(Path().iterdir()) == []
