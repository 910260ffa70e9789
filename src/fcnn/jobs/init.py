"""A commented starter config from a look at a table."""

import os
from pathlib import Path
from typing import Any, Dict, Iterable, List, Sequence, Tuple

import msgspec
import numpy as np

from fcnn.config.paths import shell_word
from fcnn.config.structs import Column, Data, EarlyStopping
from fcnn.errors import Problem
from fcnn.jobs.column_lines import aligned, column_lines, quoted
from fcnn.jobs.prepare import Prepared, describe, prepare_job
from fcnn.jobs.starter import propose_layers, starter_request

MOST_NOTICED = 40
"""Findings that are written into the config; all of them are printed."""


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
        ConfigError: an override is wrong.
        DataError: the table cannot be used.
    """
    prepared = prepare_job(starter_request(csv, target, overrides))
    settings, dataset = prepared.config, prepared.dataset
    counts = dataset.rows
    rows = ", ".join(f"{counts[name]:,} {name}" for name in ("train", "validation", "test") if name in counts)
    split = {key: value for key, value in msgspec.to_builtins(settings.data.split).items() if value is not None}
    layers = propose_layers(*dataset.parts["train"].x.shape)
    text = f"""\
# fcnn train {_line(shell_word(config.as_posix()))}
# {describe(prepared)}
#
# What each column was taken for, and why; to change one: columns: {{name: {{type: category}}}}
{_comment(_columns(prepared))}
{_noticed(prepared.findings)}\
data:
  path: {quoted(_relative(csv, config))}
  target: {quoted(target)}
  task: {dataset.target.task}  # {_why(prepared)}
  drop: {quoted(settings.data.drop)}  # columns to leave out
  split: {quoted(split)}  # {rows} rows
{_stated(settings.data)}\
network:
  # {"; ".join(layers.reasons)}
  layers:  # units, activation, dropout, batch_normalization, kernel_initializer, l1, l2
{"".join(f"    - {quoted(layer)}{chr(10)}" for layer in layers.layers)}\
training:
  epochs: {settings.training.epochs}  # at most; early stopping ends before
  batch_size: {settings.training.batch_size}  # a power of two near the square root of the training rows
  optimizer: {{name: adam, learning_rate: 1e-3}}
  early_stopping: {{patience: {EarlyStopping().patience}}}
{_balanced(prepared.findings)}\
seed: {settings.seed}
"""
    return text, list(prepared.findings)


def _relative(csv: Path, config: Path) -> str:
    """The path of the table as it is written into the config."""
    try:
        return Path(os.path.relpath(csv, config.parent)).as_posix()
    except ValueError:  # another drive on Windows
        return csv.absolute().as_posix()


def _why(prepared: Prepared) -> str:
    """What made the target one of classes, or a quantity."""
    data, target = prepared.config.data, prepared.dataset.target
    values = np.concatenate([part.y_raw for part in prepared.dataset.parts.values()])
    kind = data.columns.get(target.name, Column()).type
    if prepared.request.config.data.task != "auto":
        return "as it was stated"
    if kind != "auto":
        return f"the column was stated to be a {kind}"
    if not target.classes:
        has_fractions = bool((np.floor(values) != values).any())
        return "numbers with fractions" if has_fractions else f"numbers, {len(np.unique(values)):,} different values"
    counts = np.bincount(values, minlength=len(target.classes))
    shown = [f"{quoted(name)} in {count:,}" for name, count in zip(target.classes, counts)]
    more = ["..."] if len(shown) > 10 else []
    return _line(f"{len(shown):,} different values: {', '.join([*shown[:10], *more])} rows")


def _columns(prepared: Prepared) -> List[str]:
    """A line for each column, or for each kind of column."""
    rows = []
    for line in column_lines(prepared):
        values = "" if line.kind in ("category", "boolean") else line.values  # the reason says them
        more = [values, f"no value in {line.missing}" if line.missing else ""]
        rows.append([line.name, line.kind, "; ".join(word for word in (line.reason, *more) if word)])
    return aligned(rows)


def _noticed(findings: Sequence[Problem]) -> str:
    """The findings as comments."""
    if not findings:
        return ""
    lines = [line for found in findings[:MOST_NOTICED] for line in f"{found.severity}: {found}".splitlines()]
    more = [f"... and {len(findings) - MOST_NOTICED:,} more"] if len(findings) > MOST_NOTICED else []
    return f"#\n# What was noticed\n{_comment([*lines, *more])}\n"


def _balanced(findings: Iterable[Problem]) -> str:
    """The class weights as a proposal, where the classes differ much in size."""
    if not any(getattr(finding, "kind", "") == "imbalance" for finding in findings):
        return ""
    return "  # class_weight: balanced  # the classes differ in size: a row of a rare one counts for more\n"


def _comment(lines: Iterable[str]) -> str:
    return "\n".join(f"#   {_line(line)}".rstrip() for line in lines)


def _line(text: str) -> str:
    """A text that cannot end a comment, nor hold what YAML does not read."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)


def _stated(data: Data) -> str:
    """The further keys of ``data`` that were asked for, a line each."""
    keys = ("features", "columns", "validation_path", "test_path", "positive", "weight", "encoding", "missing")
    defaults = Data(path="", target="")
    values = {key: getattr(data, key) for key in keys if getattr(data, key) != getattr(defaults, key)}
    if data.columns:
        values["columns"] = {name: _given(column) for name, column in data.columns.items()}
    return "".join(f"  {key}: {quoted(value)}\n" for key, value in values.items())


def _given(column: Column) -> Dict[str, Any]:
    """The keys of a column that are not as they are by default."""
    return {key: value for key, value in msgspec.to_builtins(column).items() if value != getattr(Column(), key)}
