"""A small search, and what it tells."""

import dataclasses
from pathlib import Path
from typing import Any, Callable, Dict, List

import pytest

from fcnn.jobs.prepare import read_request
from fcnn.jobs.reporter import Reporter
from fcnn.report.study.facts import Trial
from fcnn.training.stop import Stop
from fcnn.tuning.reporter import SearchReporter
from fcnn.tuning.search import Options, Search

RATE = "training.optimizer.learning_rate"


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dict[str, Any]:
    """A regression on 40 rows of two numbers, one shape of network; y = 10 a - b."""
    monkeypatch.chdir(tmp_path)
    rows = "".join(f"{a},{b},{10 * a - b}\n" for a in range(8) for b in range(5))
    Path("table.csv").write_text("a,b,y\n" + rows, encoding="utf-8")
    return {
        "data": {"path": "table.csv", "target": "y", "split": {"validation": 0.25, "test": 0.25}},
        "network": {"layers": [4]},
        "training": {"epochs": 4, "early_stopping": None, "batch_size": 8, "compile": "eager"},
        "run": {"plots": False},
        "report": {"importance": False},
        "search": {RATE: {"low": 1e-4, "high": 0.1, "log": True}},
    }


class Told(SearchReporter):
    """Remembers what it is told, and can have the search stop."""

    def __init__(self, stop: Stop, after: int = -1) -> None:
        """Have the search stop when a trial of that number has ended."""
        super().__init__()
        self.trials: List[Trial] = []
        self.lines: List[str] = []
        self._stop, self._after = stop, after

    def line(self, text: str) -> None:
        self.lines.append(text)

    def trial_ends(self, trial: Trial, trials: Any) -> None:
        self.trials.append(trial)
        if trial.number == self._after:
            self._stop.reason = "interrupted"


@dataclasses.dataclass
class Found:
    """What came of a search."""

    told: Told
    trials: List[Trial]
    run: Any
    folder: Path


@pytest.fixture(autouse=True)
def _no_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page takes longer to draw than all these trials to train; where one is wanted, `write_study` is put back."""
    monkeypatch.setattr("fcnn.tuning.search.write_study", lambda *_: None)


@pytest.fixture
def search() -> Callable[..., Found]:
    """`search(config, trials=5, name="a")` searches in this process, and trains the `best` one."""

    def run(config: Any, name: str = "a", after: int = -1, best: bool = True, **options: Any) -> Found:
        stop = Stop()
        told = Told(stop, after)
        with Search(read_request(config, (), name), Options(**options), told) as made:
            made.run(stop)
            trained = made.train_best(None, Reporter(), Stop()) if best else None
            return Found(told, made.trials, trained, made.folder)

    return run
