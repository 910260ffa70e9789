"""What a preset sets: values for keys that a config leaves out, chosen by a few facts about the table.

A preset is only values: each is an ordinary key that can be written without one, and what the user writes wins.
"""

from typing import Any, Dict, List, Mapping, NamedTuple

from fcnn.wording import say

PRESETS = ("simple", "strong")

FEW_ROWS = 1_000
"""Training rows of which an epoch is four steps and less: such tables need more epochs."""


class TableFacts(NamedTuple):
    """What the choices of a preset depend on."""

    task: str
    """``binary``, ``multiclass`` or ``regression``."""
    rows: int
    """That train."""
    features: int
    """Columns of the preprocessed matrix."""


UNKNOWN = TableFacts("binary", 10_000, 16)
"""Stands for a table that has not been read: what a preset sets for it keeps the config complete until then."""


class Choice(NamedTuple):
    """A value that a preset sets."""

    section: str
    """``data``, ``network`` or ``training``."""
    key: str
    value: Any
    why: str
    """A few words."""


def choices(name: str, table: TableFacts) -> List[Choice]:
    """What a preset, one of :data:`PRESETS`, sets for a table, in the order of a config."""
    return {"simple": _simple, "strong": _strong}[name](table)


def preset_values(name: str, table: TableFacts) -> Mapping[str, Any]:
    """The same as a mapping like a config's."""
    values: Dict[str, Dict[str, Any]] = {}
    for choice in choices(name, table):
        values.setdefault(choice.section, {})[choice.key] = choice.value
    return values


def _simple(table: TableFacts) -> List[Choice]:
    """What a course on fully connected networks teaches: the same for every table."""
    layers = [{"units": 64, "activation": "relu"}, {"units": 32, "activation": "relu"}]
    return [
        Choice("network", "layers", layers, say("two hidden layers of relu")),
        Choice("training", "optimizer", {"name": "adam", "learning_rate": 1e-3}, say("as Kingma and Ba propose it")),
    ]


def _strong(table: TableFacts) -> List[Choice]:
    """RealMLP-TD-S (Holzmueller, Grinsztajn and Steinwart, 2024; `default_params.py` of dholzmueller/pytabkit).

    Its 256 epochs are 64 here where there are rows enough: as good on the tables of `scripts/benchmark quality` but for
    the smallest ones. Its learning-rate factors are parametrizations; a step of Adam is as large as with it.
    """
    quantity = table.task == "regression"
    activation, start = "mish" if quantity else "selu", {"name": "random_normal", "stddev": 1.0}
    layer = {"units": 256, "activation": activation, "bias_initializer": start}
    optimizer = {"name": "adam", "learning_rate": 0.07 if quantity else 0.04, "beta_2": 0.95}
    output: Dict[str, Any] = {"kernel_initializer": "zeros"}
    epochs, why = 64, say("of which the best one is kept; more are no better where there are rows enough")
    if table.rows < FEW_ROWS:
        epochs, why = 256, say("{rows:,} training rows: an epoch is few steps", rows=table.rows)
    return [
        Choice("data", "scaler", "robust", say("median and quartiles: outliers do not squeeze the rest")),
        Choice("data", "smooth_clip", 3.0, say("and no outlier is more than three of these away")),
        Choice("network", "parametrization", "ntk", say("steps that fit layers of any width")),
        Choice("network", "learning_rate_factors", {"bias": 0.1, "input_scale": 6.0}, say("as RealMLP has them")),
        Choice("network", "input_scale", True, say("how much each feature counts is learnt first")),
        Choice(
            "network",
            "layers",
            [dict(layer) for _ in range(3)],
            say("mish for quantities") if quantity else say("selu for classes"),
        ),
        Choice(
            "network",
            "output",
            {**output, "clip": True} if quantity else output,
            say("starts at 0; no prediction beyond the training targets") if quantity else say("starts at 0"),
        ),
        Choice("training", "epochs", epochs, why),
        Choice("training", "batch_size", _batch_size(table.rows), say("steps on 256 rows at most, the last as large")),
        Choice("training", "optimizer", optimizer, say("as RealMLP has it")),
        Choice("training", "learning_rate_schedule", "coslog4", say("four cycles, each longer than the one before")),
        *(
            []
            if quantity
            else [Choice("training", "label_smoothing", 0.1, say("better classes; probabilities are less sure"))]
        ),
        Choice("training", "early_stopping", None, say("the cycles are to end; the best epoch is kept")),
    ]


def _batch_size(rows: int) -> int:
    """RealMLP's 256, or what shares out the rows evenly in as many steps.

    RealMLP leaves out the last rows of an epoch that fill no batch. Here they are trained on, and a step on a few rows
    is as large as one on many: Adam's do not depend on the size of the gradient.
    """
    steps = -(-rows // 256)
    return -(-rows // steps)
