"""A commented starter config from a look at a table."""

import json
import os
from pathlib import Path
from typing import List, Tuple

from fcnn.config.render import to_yaml
from fcnn.config.structs import EarlyStopping
from fcnn.errors import Problem
from fcnn.jobs.prepare import describe, prepare_job, read_request, starter_config


def starter_text(csv: Path, target: str, config: Path) -> Tuple[str, List[Problem]]:
    """Write a config for a table; it trains as it is.

    Args:
        csv: the table.
        target: the column to predict.
        config: where the config will be, which the path of the table is written relative to.

    Returns:
        The YAML text, and what was noticed in the table.

    Raises:
        DataError: the table cannot be used.
    """
    prepared = prepare_job(read_request(starter_config(csv, target), name=csv.stem))
    settings, dataset = prepared.config, prepared.dataset
    try:
        path = Path(os.path.relpath(csv, config.parent)).as_posix()
    except ValueError:  # another drive on Windows
        path = csv.absolute().as_posix()
    counts = dataset.rows
    rows = ", ".join(f"{counts[name]:,} {name}" for name in ("train", "validation", "test") if name in counts)
    kinds = [f"#   {_scalar(state.name)}: {_kind(state)}" for state in dataset.preprocessing.columns]
    text = f"""\
# fcnn train {_quoted(config.as_posix())}
# {describe(prepared)}
#
# What each column was taken for; to change one: columns: {{name: {{type: category}}}}
{chr(10).join(kinds)}
data:
  path: {_scalar(path)}
  target: {_scalar(target)}
  task: {dataset.target.task}
  drop: []  # columns to leave out
  split: {{validation: {settings.data.split.validation}, test: {settings.data.split.test}}}  # {rows} rows
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


def _scalar(text: str) -> str:
    """Text as YAML on one line: as it is where that means the same, else in double quotes."""
    return text if to_yaml([text]) == f"- {text}\n" else json.dumps(text, ensure_ascii=not text.isprintable())


def _quoted(path: str) -> str:
    """A path as it is typed in a shell."""
    return f'"{path}"' if " " in path else path


def _kind(state: object) -> str:
    levels = getattr(state, "levels", None)
    kind = type(state).__name__.lower()
    return f"{kind} of {len(levels)} levels" if levels is not None else kind
