"""Two runs of the same config and table, compared bit by bit: weights, history, predictions, metrics; and where."""

from pathlib import Path
from typing import Any, Dict, Iterator, List, Mapping, Optional, Tuple

import numpy as np
from msgspec import Struct

from fcnn.evaluation.judged import judged_split
from fcnn.runs.documents import read_document, read_metrics
from fcnn.runs.folder import CONFIG, DATA, ENVIRONMENT, HISTORY, METRICS, PREDICTIONS, WEIGHTS
from fcnn.runs.members import members_of
from fcnn.runs.predictions import Predictions, read_predictions
from fcnn.runs.receipt import Git, Receipt, read_receipt
from fcnn.runs.record import Record, read_history, read_record, read_weights

COMPARED = (CONFIG, DATA, WEIGHTS, HISTORY, PREDICTIONS, METRICS)
"""Files that a comparison reads."""
TIMES = ("seconds",)
"""Of history and metrics: what differs between equal runs."""
RIVALS = ("baselines.", "repeats.baselines.", "linear_collapse.")
"""Beginnings of the names of metrics that are not the network's."""
OF_THE_MACHINE = ("python", "system", "machine", "libc", "cpu_flags", "gpu")
"""What ``environment.json`` says that bits may depend on, beside packages and variables."""
VARIABLES = ("CUDA_VISIBLE_DEVICES", "KERAS_BACKEND", "TF_ENABLE_ONEDNN_OPTS", "TF_USE_LEGACY_KERAS")
CONDITIONS = ("processor", "processors", "threads", "compile", "devices", "workers")
"""What only the receipt says."""


class Cell(Struct, frozen=True):
    """A column of the history that differs."""

    epoch: int
    """The first one in which it does."""
    then: float
    now: float
    """In that epoch."""
    largest: float
    """Of all epochs that both have."""


class Answers(Struct, frozen=True):
    """Predictions that differ."""

    rows: int
    other_class: Optional[int]
    """How many rows are taken for another class; None of a regression."""
    largest: Optional[float]
    """Difference of a probability, or of a predicted number; None where the rows are not the same."""


class Score(Struct, frozen=True):
    """A metric of the part that counts."""

    name: str
    then: float
    now: float
    interval: Optional[Tuple[float, float]]
    """95 % of the first run, by bootstrap; None where it has none."""

    @property
    def within(self) -> Optional[bool]:
        """Whether the second is in the interval of the first."""
        return None if self.interval is None else self.interval[0] <= self.now <= self.interval[1]


class Place(Struct, frozen=True):
    """Something that is not the same where the two were trained."""

    name: str
    then: Any
    now: Any


class Repetition(Struct, frozen=True):
    """How the second run differs from the first."""

    epochs: Tuple[int, int]
    history: Dict[str, Cell]
    weights: Dict[str, Optional[float]]
    """The largest difference in each array that differs; None where it has another shape."""
    predictions: Optional[Answers]
    """None where they are equal."""
    metrics: Dict[str, Tuple[Any, Any]]
    """Those that differ, by names such as ``test.accuracy``."""
    rivals: Dict[str, Tuple[Any, Any]]
    """Likewise, of other models than the network: scikit-learn's linear algebra depends on the number of processors."""
    part: str
    """The one that counts."""
    scores: List[Score]
    places: List[Place]

    @property
    def identical(self) -> bool:
        """Whether every bit is the same that is the network's own."""
        same_length = self.epochs[0] == self.epochs[1]
        return same_length and not (self.history or self.weights or self.predictions or self.metrics)

    @property
    def first_epoch(self) -> Optional[int]:
        """The first one that differs; None where no row of the history does."""
        epochs = [cell.epoch for cell in self.history.values()]
        if self.epochs[0] != self.epochs[1]:
            epochs.append(min(self.epochs) + 1)
        return min(epochs, default=None)


def compare_runs(first: Path, second: Path) -> Repetition:
    """Compare two complete run folders.

    Raises:
        RunError: a file of them is damaged.
    """
    histories = read_history(first), read_history(second)
    records = read_record(first), read_record(second)
    metrics = read_metrics(first), read_metrics(second)
    arrays = _all_arrays(first, records[0]), _all_arrays(second, records[1])
    answers = read_predictions(first, records[0].target.classes), read_predictions(second, records[1].target.classes)
    differing = dict(_differing(_flat(metrics[0]), _flat(metrics[1])))
    part = judged_split(metrics[0])
    return Repetition(
        epochs=(len(histories[0]["epoch"]), len(histories[1]["epoch"])),
        history=dict(_cells(*histories)),
        weights=dict(_arrays(*arrays)),
        predictions=None if None in answers else _answers(*answers),  # type: ignore[arg-type]
        metrics={name: pair for name, pair in differing.items() if not name.startswith(RIVALS)},
        rivals={name: pair for name, pair in differing.items() if name.startswith(RIVALS)},
        part=part,
        scores=list(_scores(metrics[0], metrics[1].get(part, {}), part)),
        places=list(places(first, second)),
    )


def _all_arrays(folder: Path, record: Record) -> Dict[str, np.ndarray]:
    """The weights of a run by name, those of the members of an ensemble, too: ``members/01/00/kernel``."""
    arrays = read_weights(folder, record.network)
    for place in members_of(record):
        own = read_weights(folder, read_record(folder, place).network, place)
        arrays.update((f"{place}{name}", array) for name, array in own.items())
    return arrays


def _cells(then: Mapping[str, List[float]], now: Mapping[str, List[float]]) -> Iterator[Tuple[str, Cell]]:
    for name in then:
        if name in TIMES or name not in now:
            continue
        length = min(len(then[name]), len(now[name]))
        values = np.array([then[name][:length], now[name][:length]], dtype=np.float64)
        bits = values.view(np.int64)
        (positions,) = np.nonzero(bits[0] != bits[1])
        if len(positions):
            before, after = values[:, positions[0]].tolist()
            yield name, Cell(int(positions[0]) + 1, before, after, float(np.abs(values[0] - values[1]).max()))


def _arrays(then: Mapping[str, np.ndarray], now: Mapping[str, np.ndarray]) -> Iterator[Tuple[str, Optional[float]]]:
    for name in dict.fromkeys([*then, *now]):
        before, after = then.get(name), now.get(name)
        if before is None or after is None or before.shape != after.shape:
            yield name, None
        elif before.tobytes() != after.tobytes():
            yield name, float(np.abs(before.astype(np.float64) - after).max())


def _answers(then: Predictions, now: Predictions) -> Optional[Answers]:
    if not np.array_equal(then.row, now.row) or not np.array_equal(then.truth, now.truth):
        return Answers(len(then.row), None, None)
    before, after, other = then.prediction, now.prediction, None
    if then.probabilities is not None and now.probabilities is not None:
        other = int((before != after).sum())
        before, after = then.probabilities, now.probabilities
    if not other and before.tobytes() == after.tobytes():
        return None
    return Answers(len(then.row), other, float(np.abs(before - after).max(initial=0.0)))


def _flat(value: Any, name: str = "") -> Iterator[Tuple[str, Any]]:
    """What ``metrics.json`` holds, by names such as ``test.accuracy`` and ``confusion_matrix.test.0.1``."""
    items: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if items is None:
        yield name, value
        return
    for key, each in items:
        if key not in TIMES:
            yield from _flat(each, f"{name}.{key}" if name else str(key))


def _differing(
    then: Iterator[Tuple[str, Any]], now: Iterator[Tuple[str, Any]]
) -> Iterator[Tuple[str, Tuple[Any, Any]]]:
    before, after = dict(then), dict(now)
    for name in dict.fromkeys([*before, *after]):
        pair = before.get(name), after.get(name)
        if repr(pair[0]) != repr(pair[1]):
            yield name, pair


def _scores(metrics: Mapping[str, Any], now: Mapping[str, float], part: str) -> Iterator[Score]:
    intervals = metrics.get("confidence", {}).get(part, {})
    for name, value in metrics[part].items():
        if name in now:
            interval = intervals.get(name)
            yield Score(name, value, now[name], None if interval is None else (interval[0], interval[1]))


def places(first: Path, second: Path) -> Iterator[Place]:
    """What is not the same where two runs were trained: packages, interpreter, machine, revision.

    Raises:
        RunError: a file of them is damaged.
    """
    then, now = _surroundings(first), _surroundings(second)
    for name in dict.fromkeys([*then, *now]):
        if then.get(name) != now.get(name):
            yield Place(name, then.get(name), now.get(name))


def _surroundings(folder: Path) -> Dict[str, Any]:
    """All that may matter about the place of a run, in the order in which it is likely to."""
    environment = _environment(folder)
    receipt = read_receipt(folder)
    found: Dict[str, Any] = {"stack": environment.get("stack"), "fcnn": read_record(folder).fcnn}
    if receipt is not None:
        found.update((name, getattr(receipt.repeatable, name)) for name in CONDITIONS)
    found.update((name, environment.get(name)) for name in OF_THE_MACHINE)
    variables = environment.get("variables") or {}
    found.update((f"variable {name}", variables[name]) for name in VARIABLES if name in variables)
    found.update({"git": _revision(receipt)} if receipt is not None else {})
    found.update((f"package {name}", version) for name, version in environment.get("packages", {}).items())
    return found


def _environment(folder: Path) -> Dict[str, Any]:
    found = read_document(folder / ENVIRONMENT).get("environment") if (folder / ENVIRONMENT).exists() else None
    return found if isinstance(found, dict) else {}


def _revision(receipt: Receipt) -> Optional[str]:
    git: Optional[Git] = receipt.git
    return None if git is None else f"{git.revision}{'+' if git.dirty else ''}"
