"""An environment that cannot run TensorFlow is refused before it is imported."""

import json
import os
from pathlib import Path

import pytest

import fcnn


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    """Options of a process whose environment says it has NumPy 1.24.0 beside a TensorFlow that cannot bear it."""
    folder = tmp_path_factory.mktemp("broken")
    for name, version in (("numpy", "1.24.0"), ("tensorflow", "2.4.0")):
        metadata = folder / f"{name}-{version}.dist-info" / "METADATA"
        metadata.parent.mkdir()
        metadata.write_text(f"Name: {name}\nVersion: {version}\n", encoding="utf-8")
    (folder / "tensorflow.py").write_text("raise RuntimeError('TensorFlow was imported')\n", encoding="utf-8")
    (folder / "config.yaml").write_text("data: {path: t.csv, target: y}\nnetwork: {layers: [2]}\n", encoding="utf-8")
    rows = "".join(f"{row},{row % 3}.5\n" for row in range(30))
    (folder / "t.csv").write_text("a,y\n" + rows, encoding="utf-8")
    path = os.pathsep.join([str(folder), str(Path(fcnn.__file__).parents[1])])
    return {"cwd": str(folder), "env": {"PYTHONPATH": path}}


@pytest.mark.parametrize(
    "words", [["train", "config.yaml"], ["predict", "latest", "t.csv", "--engine", "keras"]], ids=lambda words: words[0]
)
def test_a_command_that_needs_tensorflow_ends_with_3(shell, broken, words) -> None:
    answer = shell(*words, **broken)
    assert (answer.code, answer.out) == (3, "")
    assert "error: environment " in answer.err
    assert "TensorFlow 2.4.0 uses np.object while it is imported, and NumPy removed that name in 1.24" in answer.err
    assert "  received: numpy 1.24.0\n" in answer.err
    assert "numpy==1.19.5" in answer.err
    assert "Traceback" not in answer.err


def test_check_env_says_so_too(shell, broken) -> None:
    answer = shell("check-env", "--json", **broken)
    assert answer.code == 3
    assert json.loads(answer.out)["verdict"] == "broken"


@pytest.mark.parametrize(
    "words", [["validate", "config.yaml"], ["train", "config.yaml", "--dry-run"], ["runs"]], ids=lambda words: words[0]
)
def test_what_needs_no_tensorflow_still_works(shell, broken, words) -> None:
    assert shell(*words, **broken).code == 0


def test_a_mistake_in_the_config_comes_first(shell, broken) -> None:
    assert shell("train", "config.yaml", "epochs=3", **broken).code == 2


def test_the_check_can_be_skipped_and_the_log_says_so(console, small, monkeypatch) -> None:
    monkeypatch.setenv("FCNN_SKIP_ENV_CHECK", "1")
    answer = console("train", "small.yaml", "training.epochs=1")
    assert answer.code == 0
    warning = "warning: the environment was not checked, because FCNN_SKIP_ENV_CHECK is set\n"
    assert answer.err.startswith(warning)
    assert answer.err.count(warning) == 1
    assert warning in (answer.folder / "log.txt").read_text(encoding="utf-8")


def test_skipping_the_check_lets_tensorflow_fail_by_itself(shell, broken) -> None:
    environment = {**broken["env"], "FCNN_SKIP_ENV_CHECK": "1"}
    answer = shell("train", "config.yaml", cwd=broken["cwd"], env=environment)
    assert answer.code == 3
    assert "RuntimeError: TensorFlow was imported" in answer.err


KNOWN = "raise AttributeError(\"module 'numpy' has no attribute 'typeDict'\")"
UNKNOWN = "raise RuntimeError('nobody knows this')"


@pytest.fixture
def dying(tmp_path):
    """A function: options of a process in which TensorFlow's metadata is sound and its import runs a statement."""

    def options(statement: str):
        package = tmp_path / "site-packages" / "tensorflow"
        package.mkdir(parents=True)
        (package / "__init__.py").write_text(statement + "\n", encoding="utf-8")
        config = "data: {path: t.csv, target: y}\nnetwork: {layers: [2]}\n"
        (tmp_path / "config.yaml").write_text(config, encoding="utf-8")
        rows = "".join(f"{row},{row % 3}.5\n" for row in range(30))
        (tmp_path / "t.csv").write_text("a,y\n" + rows, encoding="utf-8")
        path = os.pathsep.join([str(package.parent), str(Path(fcnn.__file__).parents[1])])
        return {"cwd": str(tmp_path), "env": {"PYTHONPATH": path}}

    return options


def test_an_import_that_fails_all_the_same_is_explained(shell, dying) -> None:
    answer = shell("train", "config.yaml", **dying(KNOWN))
    assert (answer.code, answer.out) == (3, "")
    assert "TensorFlow cannot be imported, R23: h5py" in answer.err
    assert "  received: AttributeError: module 'numpy' has no attribute 'typeDict'\n" in answer.err
    assert "  hint: " in answer.err
    assert "Traceback" not in answer.err


def test_an_import_that_fails_for_an_unknown_reason_says_what_to_report(shell, dying, tmp_path) -> None:
    answer = shell("train", "config.yaml", **dying(UNKNOWN))
    assert (answer.code, answer.out) == (3, "")
    assert "TensorFlow cannot be imported, and no rule knows why\n" in answer.err
    assert "  received: RuntimeError: nobody knows this\n" in answer.err
    assert "`fcnn check-env --report`" in answer.err
    assert "note: the traceback\n" in answer.err
    assert "    raise RuntimeError('nobody knows this')\n" in answer.err
    assert not list(tmp_path.glob("runs/*")), "a run folder is left"


@pytest.mark.parametrize("statement", [KNOWN, UNKNOWN], ids=["known", "unknown"])
def test_predict_explains_a_failing_import_too(shell, dying, trained, root, statement) -> None:
    table = root / "data" / "penguins.csv"
    answer = shell("predict", trained.cwd / trained.folder, table, "--engine", "keras", **dying(statement))
    assert (answer.code, answer.out) == (3, "")
    assert "TensorFlow cannot be imported, " in answer.err
