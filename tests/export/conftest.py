"""Runs of a table with every type of column, made by hand: fitted preprocessing, random weights, no training."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Dict, Optional, Sequence, Tuple

import numpy as np
import pandas as pd
import pytest
from msgspec import UNSET

import fcnn
from fcnn.config import config_from_mapping
from fcnn.config.structs import Column as Stated
from fcnn.data.column import table_of
from fcnn.data.missing import Missing
from fcnn.data.preprocessing import fit_preprocessing
from fcnn.data.scalers import AS_USUAL, Scaling
from fcnn.data.target import Target
from fcnn.export.steps import Scale
from fcnn.export.subject import Subject, subject_of
from fcnn.files import write_json
from fcnn.inference.activations import parameters_of
from fcnn.inference.network import Architecture, BatchNormalization, DenseLayer
from fcnn.jobs.front_design import design_front
from fcnn.runs.record import FORMAT, Record, write_record, write_weights
from fcnn.runs.run import Run

TYPES = {"身高 (cm)": "number", "bill/len": "number", "class": "category", "smoker": "boolean", "seen at": "date"}
CLASSES = {"binary": ("no", '<yes> & "so"'), "multiclass": ("瘦", "正常", "胖"), "regression": ()}
OUTPUTS = {"binary": (1, "sigmoid"), "multiclass": (3, "softmax"), "regression": (1, "linear")}


def rows(count: int, seed: int = 0) -> pd.DataFrame:
    """Rows as text; some cells are missing."""
    random = np.random.default_rng(seed)
    days = np.datetime64("2019-12-29") + random.integers(0, 900, count)
    frame = pd.DataFrame(
        {
            "身高 (cm)": [f"{value:.2f}" for value in random.normal(170, 10, count)],
            "bill/len": [f"{value:.3e}" for value in random.lognormal(9, 2, count)],
            "class": random.choice(["甲", "B c", "007"], count),
            "smoker": random.choice(["yes", "no"], count),
            "seen at": [f"{day} {hour:02d}:30" for day, hour in zip(days, random.integers(0, 24, count))],
        },
        dtype=object,
    )
    for place, name in enumerate(frame):
        frame.loc[frame.index[place::11], name] = ("", "-", "-999")[place % 3]
    return frame


ODD = pd.DataFrame(
    [
        {"身高 (cm)": "170", "bill/len": "-999", "class": " 甲\u3000", "smoker": "YeS", "seen at": "2020-02-29T06:00Z"},
        {"身高 (cm)": "", "bill/len": "1e5", "class": "unseen", "smoker": "maybe", "seen at": "2020-2-9 6:05"},
        {"身高 (cm)": "9999", "bill/len": "0", "class": "", "smoker": "FAL\u017fE", "seen at": ""},
        {"身高 (cm)": "-1", "bill/len": "", "class": "-", "smoker": "否", "seen at": "1899-12-31 23:59"},
    ]
)
"""What training did not have."""


@dataclass(frozen=True)
class Example:
    """A run and rows to predict."""

    subject: Subject
    frame: pd.DataFrame
    """Text."""

    @property
    def read(self) -> pd.DataFrame:
        """The rows as a reader of CSV has them."""
        return as_read(self.frame)

    @property
    def expected(self) -> pd.DataFrame:
        """What `fcnn predict` says."""
        return self.subject.run.predict(self.read)

    def tensors(self, dates_as_days: bool = False) -> Dict[str, np.ndarray]:
        """The raw columns as the graphs take them."""
        numbers = self.read
        found: Dict[str, np.ndarray] = {}
        for column in self.subject.columns:
            if column.kind == "number":
                found[column.name] = numbers[column.name].to_numpy(np.float64).copy()
            else:
                found[column.name] = self.frame[column.name].to_numpy(object).copy()
        if dates_as_days:
            text = self.frame["seen at"].str.replace("T", " ").str.replace("Z", "")
            there = text.where(~text.isin(["", "-", "-999"]), "NaT")
            moments = [pd.Timestamp(cell).to_datetime64() for cell in there]
            days = (np.array(moments, "datetime64[s]") - np.datetime64("1970-01-01")) / np.timedelta64(1, "s") / 86400
            found["seen at"] = np.array(days)
        return found


def as_read(frame: pd.DataFrame) -> pd.DataFrame:
    """Number columns as numbers, as a reader of CSV has them."""
    numbers = [name for name in frame if TYPES[name] == "number"]
    parsed = frame[numbers].replace(["", "-"], np.nan).astype(float)
    return frame.assign(**{name: parsed[name] for name in numbers})


@pytest.fixture(scope="session")
def agrees() -> Callable[..., None]:
    """`agrees(expected, prediction, probabilities)` fails where predictions are not those of `fcnn predict`."""
    return _agrees


def _agrees(expected: pd.DataFrame, prediction: Any, probabilities: Any = None) -> None:
    """Fail where predictions are not those of `fcnn predict` within 1e-5."""
    if probabilities is None:
        wanted = expected["prediction"].to_numpy(float)
        np.testing.assert_allclose(np.asarray(prediction, float), wanted, rtol=1e-5, atol=1e-5 * abs(wanted).max())
        return
    assert list(prediction) == list(expected["prediction"])
    np.testing.assert_allclose(probabilities, expected.iloc[:, 1:].to_numpy(float), rtol=0, atol=1e-5)


@pytest.fixture(scope="session")
def in_own_units() -> Callable[[Subject, pd.DataFrame], np.ndarray]:
    """`in_own_units(subject, rows)`: (rows, features) float64, the input of a Keras file."""
    return _in_own_units


def _in_own_units(subject: Subject, rows: pd.DataFrame) -> np.ndarray:
    scales = [
        (step.center, step.scale) if isinstance(step, Scale) else (0.0, 1.0)
        for column in subject.columns
        for step in column.steps
        for _ in getattr(step, "levels", (0,))
    ]
    means, stds = np.array(scales).T
    x, _ = subject.run.model.encode(rows)
    return x.astype(np.float64) * stds + means


def make_run(
    folder: Path,
    task: str,
    activations: Sequence[str],
    scaling: Scaling = AS_USUAL,
    clip: Optional[Tuple[float, float]] = None,
    before: Optional[Dict[str, Any]] = None,
) -> Run:
    """A run folder: the layers have batch normalization, no bias, dropout in turn; ``parametric tanh`` is one, too."""
    frame, missing = rows(120), Missing(("-", "-999"))
    stated = {name: Stated(type=kind) for name, kind in TYPES.items()}
    table = table_of(as_read(frame), list(TYPES), missing)
    preprocessing, _ = fit_preprocessing(table, TYPES, stated, missing=missing, scaling=scaling)
    layers = [
        DenseLayer(
            units=7,
            activation=parameters_of(name.split()[-1]),
            parametric=name.startswith("parametric ") or UNSET,
            use_bias=bool(place % 2),
            batch_normalization=BatchNormalization() if place % 2 == 0 else None,
            dropout=0.2 if place % 2 else 0.0,
        )
        for place, name in enumerate(activations)
    ]
    units, name = OUTPUTS[task]
    layers.append(DenseLayer(units=units, activation=parameters_of(name)))
    wanted = {"data": {"path": "t.csv", "target": "y"}, "network": {"layers": [], **(before or {})}}
    config, x = config_from_mapping(wanted).config, preprocessing.transform(table)[0]
    front, _ = design_front(config, preprocessing, x, str)
    network = Architecture(inputs=x.shape[1], layers=tuple(layers), clip=clip, front=front)
    random = np.random.default_rng(3)
    arrays = {
        key: random.uniform(0.5, 2.0, shape).astype(np.float32)
        if "variance" in key
        else random.normal(0, 0.5, shape).astype(np.float32)
        for key, shape in network.shapes().items()
    }
    target = Target(name="y", task=task, classes=CLASSES[task], mean=40_000.0 * (task == "regression"), std=3_000.0)
    folder.mkdir()
    record = Record(
        format=FORMAT,
        fcnn="0.1.0",
        target=target,
        preprocessing=preprocessing,
        network=network,
        feature_names=preprocessing.feature_names,
        rows={"read": 120, "without_target": 0, "train": 120},
        files=(),
    )
    write_record(folder, record)
    write_weights(folder, arrays)
    (folder / "config.yaml").write_text("data: {path: t.csv, target: y}\nnetwork: {layers: []}\n", encoding="utf-8")
    write_json(folder / "metrics.json", {"task": task, "verdicts": []})
    return fcnn.load(folder)


@pytest.fixture(scope="session")
def learnt_curves(example: Callable[..., Example]) -> Example:
    """A run with parametric activations whose output is clipped, some rows at either end."""
    some = example("regression", "parametric selu", "parametric mish", clip=(-1.5, 1.0))
    found = some.expected["prediction"].round(3)
    assert (found.min(), found.max()) == (35_500.0, 43_000.0)  # 40,000 + 3,000 * clip
    assert found.between(35_501, 42_999).sum() > 5
    return some


BEFORE = {
    "periodic": {"numeric_embedding": "periodic", "input_scale": True},
    "piecewise linear": {
        "numeric_embedding": {"name": "piecewise_linear", "bins": 9, "units": 4},
        "categorical_embedding": {"units": 2, "min_levels": 3},
    },
    "linear": {"categorical_embedding": {"units": 2, "min_levels": 3}, "input_scale": True},
}


@pytest.fixture(scope="session", params=BEFORE)
def embedding(request: Any, example: Callable[..., Example]) -> Example:
    """A run with each kind of layer before the first dense one."""
    some = example("regression", "tanh", before=BEFORE[request.param])
    assert len(some.subject.run.record.network.front) == 2
    return some


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Example]:
    """`example(task, *activations, scaling=..., clip=None, before=None)`; `before`: keys of the config for what is
    before them.
    """
    made: Dict[Any, Example] = {}

    def of(
        task: str = "multiclass",
        *activations: str,
        scaling: Scaling = AS_USUAL,
        clip: Optional[Tuple[float, float]] = None,
        before: Optional[Dict[str, Any]] = None,
    ) -> Example:
        key = (task, activations, scaling, clip, str(before))
        if key not in made:
            folder = tmp_path_factory.mktemp("runs") / "run"
            run = make_run(folder, task, activations or ("mish", "tanh"), scaling, clip, before)
            frame = pd.concat([rows(40, seed=1), ODD], ignore_index=True)
            made[key] = Example(subject_of(run), frame)
        return made[key]

    return of
