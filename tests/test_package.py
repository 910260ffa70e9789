"""The package itself: its version, and the names that are fetched when they are first used."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import fcnn


def test_the_version_is_a_version() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+(\.dev\d+|(a|b|rc)\d+)?", fcnn.__version__)


def test_the_public_names_are_these() -> None:
    assert fcnn.__all__ == ["FcnnClassifier", "FcnnRegressor", "Run", "__version__", "load", "train"]
    assert set(fcnn.__all__) <= set(dir(fcnn))


@pytest.mark.parametrize(
    ("name", "home"), [("train", "fcnn.jobs.train"), ("load", "fcnn.runs.run"), ("Run", "fcnn.runs.run")]
)
def test_a_public_name_is_fetched_from_its_home(name: str, home: str) -> None:
    assert getattr(fcnn, name).__module__ == home


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match=r"^module 'fcnn' has no attribute 'trian'$"):
        fcnn.trian  # noqa: B018


def test_the_package_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "fcnn", "--version"],
        cwd=str(Path(fcnn.__file__).parents[1]),
        capture_output=True,
        check=True,
    )
    assert done.stdout.startswith(b"fcnn ")


def test_every_module_says_what_it_is_for() -> None:
    modules = {path: path.read_text(encoding="utf-8") for path in Path(fcnn.__file__).parent.rglob("*.py")}
    assert len(modules) > 80
    assert [path for path, text in modules.items() if not text.startswith(('"""', 'r"""'))] == []
