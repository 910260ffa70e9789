"""A commented starter config from a look at a table."""

import os
from pathlib import Path
from typing import Any, Dict, List, Sequence, Tuple

import msgspec

from fcnn.config.render import to_yaml
from fcnn.config.structs import Column, Data, EarlyStopping
from fcnn.errors import Problem
from fcnn.jobs.prepare import describe, prepare_job, read_request, starter_config


def starter_text(csv: Path, target: str, config: Path, overrides: Sequence[str] = ()) -> Tuple[str, List[Problem]]:
    """Write a config for a table; it trains as it is.

    Args:
        csv: the table.
        target: the column to predict.
        config: where the config will be, which the path of the table is written relative to.
        overrides: ``key=value`` texts that change keys of ``data``.

    Returns:
        The YAML text, and what was noticed in the table.

    Raises:
        DataError: the table cannot be used.
    """
    prepared = prepare_job(read_request(starter_config(csv, target), overrides, name=csv.stem))
    settings, dataset = prepared.config, prepared.dataset
    try:
        path = Path(os.path.relpath(csv, config.parent)).as_posix()
    except ValueError:  # another drive on Windows
        path = csv.absolute().as_posix()
    counts = dataset.rows
    rows = ", ".join(f"{counts[name]:,} {name}" for name in ("train", "validation", "test") if name in counts)
    split = {key: value for key, value in msgspec.to_builtins(settings.data.split).items() if value is not None}
    kinds = [f"#   {_flow(state.name)}: {_kind(state)}" for state in dataset.preprocessing.columns]
    text = f"""\
# fcnn train {_quoted(config.as_posix())}
# {describe(prepared)}
#
# What each column was taken for; to change one: columns: {{name: {{type: category}}}}
{chr(10).join(kinds)}
data:
  path: {_flow(path)}
  target: {_flow(target)}
  task: {dataset.target.task}
  drop: {_flow(settings.data.drop)}  # columns to leave out
  split: {_flow(split)}  # {rows} rows
{_stated(settings.data)}\
network:
  layers:  # units, activation, dropout, batch_normalization, kernel_initializer, l1, l2
    - {{units: 64, activation: relu}}
    - {{units: 32, activation: relu}}
training:
  epochs: {settings.training.epochs}  # at most; early stopping ends before
  batch_size: {settings.training.batch_size}
  optimizer: {{name: adam, learning_rate: 1e-3}}
  early_stopping: {{patience: {EarlyStopping().patience}}}
seed: {settings.seed}
"""
    return text, list(prepared.findings)


def _stated(data: Data) -> str:
    """The further keys of ``data`` that were asked for, a line each."""
    keys = ("features", "columns", "validation_path", "test_path", "positive", "weight", "encoding", "missing")
    defaults = Data(path="", target="")
    values = {key: getattr(data, key) for key in keys if getattr(data, key) != getattr(defaults, key)}
    if data.columns:
        values["columns"] = {name: _given(column) for name, column in data.columns.items()}
    return "".join(f"  {key}: {_flow(value)}\n" for key, value in values.items())


def _given(column: Column) -> Dict[str, Any]:
    """The keys of a column that are not as they are by default."""
    return {key: value for key, value in msgspec.to_builtins(column).items() if value != getattr(Column(), key)}


def _flow(value: Any) -> str:
    """A value as YAML on one line."""
    return to_yaml([msgspec.to_builtins(value)], flow=True).strip()[1:-1]


def _quoted(path: str) -> str:
    """A path as it is typed in a shell."""
    return f'"{path}"' if " " in path else path


def _kind(state: object) -> str:
    levels = getattr(state, "levels", None)
    kind = type(state).__name__.lower()
    return f"{kind} of {len(levels)} levels" if levels is not None else kind
