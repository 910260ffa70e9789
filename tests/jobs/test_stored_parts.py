"""Training, scores and baselines of parts whose rows lie on the disk, and of parts that are scored on some rows."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Dict

import numpy as np
import pytest

import fcnn
from fcnn.data.parts import Dataset, Part
from fcnn.data.stored import StoredMatrix
from fcnn.jobs import prepare, score
from fcnn.jobs.score import rows_to_score


@pytest.fixture
def on_disk(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The same dataset, its matrices being in files."""
    folder = tmp_path_factory.mktemp("parts")

    def stored(dataset: Dataset) -> Dataset:
        parts = {}
        for name, part in dataset.parts.items():
            assert isinstance(part.x, np.ndarray)
            part.x.astype("<f4").tofile(str(folder / name))
            parts[name] = replace(part, x=StoredMatrix(folder / name, part.x.shape[1]))
        return replace(dataset, parts=parts)

    return stored


@pytest.mark.parametrize("task", ["binary", "regression"])
def test_a_run_is_the_same_whether_its_rows_are_in_memory_or_on_the_disk(
    rare: Dict[str, Any], on_disk: Any, monkeypatch: pytest.MonkeyPatch, task: str
) -> None:
    rare["training"]["epochs"] = 5
    rare["data"].update({"target": "b", "task": task} if task == "regression" else {"task": task})
    in_memory = fcnn.train(rare, run_dir="memory")
    prepare_in_memory = prepare.with_dataset
    monkeypatch.setattr(prepare, "with_dataset", lambda request, dataset: prepare_in_memory(request, on_disk(dataset)))
    stored = fcnn.train(rare, run_dir="disk")
    assert Path("memory/weights.npz").read_bytes() == Path("disk/weights.npz").read_bytes()
    first, second = ({**run.metrics, "seconds": 0} for run in (in_memory, stored))
    assert first == second
    assert first["scored_rows"] == {"train": 140, "validation": 30, "test": 30}


@pytest.fixture
def part() -> Part:
    """Ten rows of two features."""
    count = np.arange(10)
    return Part(count, np.arange(20, dtype=np.float32).reshape(10, 2), count, count * 2.0, count.astype(np.float32))


def test_a_part_of_very_many_rows_is_scored_on_some_of_them(part: Part, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rows_to_score(part, 1).x is part.x
    monkeypatch.setattr(score, "SCORED_ROWS", 6)
    x, truth, weight, rows = rows_to_score(part, 1)
    assert x.shape == (6, 2)
    assert weight is not None
    assert rows.tolist() == weight.tolist()
    assert truth.tolist() == x[:, 0].tolist() == (2 * weight).tolist() == sorted(truth)
    assert rows_to_score(part, 1).y_raw.tolist() == truth.tolist()
    assert rows_to_score(part, 2).y_raw.tolist() != truth.tolist()


def test_of_a_wide_part_on_the_disk_fewer_rows_are_scored(
    part: Part, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(score, "SCORED_CELLS", 10)
    np.asarray(part.x).tofile(str(tmp_path / "x"))
    assert len(rows_to_score(part, 1).x) == 10
    assert len(rows_to_score(replace(part, x=StoredMatrix(tmp_path / "x", 2)), 1).x) == 5


def test_what_is_scored_on_some_rows_says_so(rare: Dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    rare["training"]["epochs"] = 2
    monkeypatch.setattr(score, "SCORED_ROWS", 40)
    run = fcnn.train(rare, run_dir="some")
    assert run.metrics["scored_rows"] == {"train": 40, "validation": 30, "test": 30}
    log = Path("some/log.txt").read_text(encoding="utf-8")
    assert "note: metrics.json: train: scored on 40 of its 140 rows, chosen at random by the seed" in log
