"""The parameters of an estimator as a config, and a config as parameters."""

import numbers
from dataclasses import replace
from typing import Any, Dict, List, Mapping

from fcnn.config import Config, LoadedConfig, config_from_mapping
from fcnn.config.structs import plain
from fcnn.errors import ConfigError, Problem

KEYS = {
    "network.layers": "hidden_layers",
    "training.optimizer.learning_rate": "learning_rate",
    "training.early_stopping.patience": "patience",
    "data.split.validation": "validation_fraction",
    "data.columns": "column_types",
    "data.scaler": "scaler",
    "data.smooth_clip": "smooth_clip",
    "seed": "random_state",
    "training.": "",
}
"""The beginnings of a config's keys, and what an estimator calls the same."""
TABLE = "X"
"""Stands for the path of a table in a config that has none."""


def config_of(parameters: Mapping[str, Any], target: str, task: str, seed: int, validates: bool) -> LoadedConfig:
    """The config that the parameters mean.

    Args:
        parameters: of the estimator, by name.
        target: the name of what is predicted.
        task: ``binary``, ``multiclass`` or ``regression``.
        seed: of everything.
        validates: whether some rows are kept away from training, to stop by.

    Raises:
        ConfigError: with every parameter that is wrong, by its own name.
    """
    mapping = {
        "data": {
            "path": TABLE,
            "target": target,
            "task": task,
            "columns": {
                str(name): {"type": kind} if isinstance(kind, str) else kind
                for name, kind in (parameters["column_types"] or {}).items()
            },
            "scaler": parameters["scaler"],
            "smooth_clip": parameters["smooth_clip"],
            "split": {"validation": parameters["validation_fraction"] if validates else 0.0, "test": 0.0},
        },
        "network": {"layers": _layers(parameters)},
        "training": {
            "epochs": parameters["epochs"],
            "batch_size": parameters["batch_size"],
            "optimizer": _optimizer(parameters["optimizer"], parameters["learning_rate"]),
            "learning_rate_schedule": parameters["learning_rate_schedule"],
            "loss": parameters["loss"],
            "early_stopping": {"patience": parameters["patience"]} if validates else None,
            "class_weight": parameters.get("class_weight"),
            "label_smoothing": parameters.get("label_smoothing", 0.0),
            "clipnorm": parameters["clipnorm"],
            "weight_averaging": parameters["weight_averaging"],
            "compile": parameters["compile"],
            "devices": 1,
        },
        "seed": seed,
    }
    try:
        return config_from_mapping(mapping)
    except ConfigError as error:
        raise ConfigError(*map(in_words_of_estimators, error.problems)) from error


def _layers(parameters: Mapping[str, Any]) -> Any:
    """The hidden layers; what is no sequence is left for the config to refuse."""
    given = parameters["hidden_layers"]
    if not isinstance(given, (list, tuple)):
        return given
    shared = {name: parameters[name] for name in ("activation", "dropout", "batch_normalization", "l2")}
    return [
        {**shared, "units": units} if isinstance(units, numbers.Integral) and not isinstance(units, bool) else units
        for units in given
    ]


def _optimizer(given: Any, rate: Any) -> Any:
    if rate is None:
        return given
    return {**given, "learning_rate": rate} if isinstance(given, Mapping) else {"name": given, "learning_rate": rate}


def in_words_of_estimators(problem: Problem) -> Problem:
    """A problem whose place is a parameter in place of a key of the config."""
    place = str(problem.where)
    for key, name in KEYS.items():
        if place.startswith(key):
            return replace(problem, where=f"{name}{place[len(key) :]}")
    return problem


def parameters_of(config: Config) -> Dict[str, Any]:
    """The parameters that mean what a run's config says, but for what is not an estimator's: files, parts, reports."""
    written = plain(config)
    training, split = written["training"], written["data"]["split"]
    patience = (training["early_stopping"] or {"patience": training["epochs"]})["patience"]
    validates = bool(split["validation"] or config.data.validation_path)
    layers: List[Dict[str, Any]] = written["network"]["layers"]
    schedule = training["learning_rate_schedule"]
    return {
        "hidden_layers": layers,
        "optimizer": training["optimizer"],
        "learning_rate_schedule": None if schedule.get("name") == "constant" else schedule,
        "loss": training["loss"],
        "batch_size": training["batch_size"],
        "epochs": training["epochs"],
        "early_stopping": validates,
        "patience": patience,
        **({"validation_fraction": split["validation"]} if split["validation"] else {}),
        "class_weight": training["class_weight"],
        "label_smoothing": training["label_smoothing"],
        "clipnorm": training["clipnorm"],
        "weight_averaging": training["weight_averaging"],
        "compile": training["compile"],
        "scaler": written["data"]["scaler"],
        "smooth_clip": written["data"]["smooth_clip"],
        "column_types": written["data"]["columns"] or None,
        "random_state": config.seed,
    }
