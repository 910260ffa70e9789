"""The configs that ship: each loads, finds its table, and trains."""

import math
from pathlib import Path

import pytest

import fcnn
from fcnn.jobs.prepare import read_request

CONFIGS = Path(__file__).parents[1] / "configs"
NAMES = ["bank", "breast_cancer", "diabetes", "diamonds", "digits", "iris", "penguins"]
TASKS = {
    "bank": ("y", "binary"),
    "breast_cancer": ("diagnosis", "binary"),
    "diabetes": ("progression", "regression"),
    "diamonds": ("price", "regression"),
    "digits": ("digit", "multiclass"),
    "iris": ("species", "multiclass"),
    "penguins": ("species", "multiclass"),
}


def test_these_configs_ship_and_no_others() -> None:
    assert sorted(path.name for path in CONFIGS.glob("*.y*ml")) == [f"{name}.yaml" for name in NAMES]


@pytest.mark.parametrize("name", NAMES)
def test_a_config_begins_with_the_line_for_editors_and_its_command(name: str) -> None:
    lines = (CONFIGS / f"{name}.yaml").read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["# yaml-language-server: $schema=fcnn.schema.json", f"# fcnn train configs/{name}.yaml"]
    assert (CONFIGS / "fcnn.schema.json").is_file()


@pytest.mark.parametrize("name", NAMES)
def test_a_config_finds_its_table_from_every_folder_and_has_nothing_doubtful(name, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    request = read_request(CONFIGS / f"{name}.yaml")
    assert request.paths == (CONFIGS.parent / "data" / f"{name}.csv",)
    assert request.config.data.target == TASKS[name][0]
    assert request.loaded.problems == ()


@pytest.mark.parametrize("name", NAMES)
def test_a_config_trains_to_finite_metrics(name: str, tmp_path: Path) -> None:
    overrides = ["training.epochs=2", "training.early_stopping=null", "run.plots=false"]
    run = fcnn.train(CONFIGS / f"{name}.yaml", overrides, run_dir=tmp_path / "run")
    assert run.metrics["task"] == TASKS[name][1]
    figures = [value for part in ("train", "validation", "test") for value in run.metrics[part].values()]
    assert len(figures) >= 12
    assert all(math.isfinite(value) for value in figures)
