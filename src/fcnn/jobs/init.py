"""A commented starter config from a look at a table."""

import os
from pathlib import Path
from typing import Any, Dict, Iterable, List, Mapping, Optional, Sequence, Tuple

import msgspec
import numpy as np

from fcnn.config.paths import shell_word
from fcnn.config.presets import Choice, choices
from fcnn.config.structs import Column, Data
from fcnn.data.findings import report_findings
from fcnn.errors import Problem
from fcnn.jobs.column_lines import KINDS, aligned, column_lines, quoted
from fcnn.jobs.prepare import Prepared, describe, prepare_job, rows_in_parts, table_facts
from fcnn.jobs.reporter import Reporter
from fcnn.jobs.starter import STARTER, starter_request
from fcnn.wording import say, say_joined, say_list, told, translated

EXAMPLE = "columns: {name: {type: category}}"
OPTIONS = "units, activation, dropout, batch_normalization, kernel_initializer, l1, l2"
MOST_CLASSES = 10
"""Classes whose rows are told beside the task."""
MOST_NOTICED = 40
"""Findings that are written into the config; all of them are printed."""


def starter_text(
    csv: Path,
    target: str,
    config: Path,
    overrides: Sequence[str],
    texts: Mapping[str, str],
    reporter: Optional[Reporter] = None,
) -> Tuple[str, List[Problem]]:
    """Write a config for a table; it trains as it is.

    Args:
        csv: the table.
        target: the column to predict.
        config: where the config will be, which the path of the table is written relative to.
        overrides: ``key=value`` texts that change keys of ``data``.
        texts: the language of the comments, as :func:`fcnn.wording.translated` takes it; empty for English.
        reporter: is told how far the reading of a large table has come.

    Returns:
        The YAML text, and what was noticed in the table.

    Raises:
        ConfigError: an override is wrong.
        DataError: the table cannot be used.
    """
    prepared = prepare_job(starter_request(csv, target, overrides), reporter)
    settings, dataset = prepared.config, prepared.dataset
    split = {key: value for key, value in msgspec.to_builtins(settings.data.split).items() if value is not None}
    chosen = choices(STARTER, table_facts(dataset))
    written_out = say("its values for this table are written out below; one that is deleted is still in force")

    def note(words: str) -> str:
        return _line(told(words, texts))

    text = f"""\
# fcnn train {_line(shell_word(config.as_posix()))}
# {note(describe(prepared))}
#
# {note(say("What each column was taken for, and why; to change one: {example}", example=EXAMPLE))}
{_comment(_columns(prepared, texts))}
{_noticed(prepared.findings, texts)}\
preset: {STARTER}  # {note(written_out)}
data:
  path: {quoted(_relative(csv, config))}
  target: {quoted(target)}
  task: {dataset.target.task}  # {note(_why(prepared))}
  drop: {quoted(settings.data.drop)}  # {note(say("columns to leave out"))}
  split: {quoted(split)}  # {note(say("{rows} rows", rows=rows_in_parts(dataset)))}
{_by_group(prepared.findings, split, texts)}\
{_stated(settings.data)}\
{_chosen(chosen, "data", texts)}\
network:
{_chosen(chosen, "network", texts)}\
training:
{_chosen(chosen, "training", texts)}\
{_balanced(prepared.findings, texts)}\
seed: {settings.seed}
"""
    return text, list(prepared.findings)


def _chosen(chosen: Sequence[Choice], section: str, texts: Mapping[str, str]) -> str:
    """What a preset sets in a section, a line each, with the reason."""
    lines = []
    for choice in chosen:
        if choice.section != section:
            continue
        reason = _line(told(choice.why, texts))
        if choice.key == "layers":
            lines += [f"  # {reason}", f"  layers:  # {OPTIONS}", *(f"    - {quoted(layer)}" for layer in choice.value)]
        else:
            lines.append(f"  {choice.key}: {quoted(choice.value)}  # {reason}")
    return "".join(f"{line}\n" for line in lines)


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
        return say("as it was stated")
    if kind != "auto":
        return say("the column was stated to be a {kind}", kind=KINDS[kind])
    if not target.classes:
        has_fractions = bool((np.floor(values) != values).any())
        if has_fractions:
            return say("numbers with fractions")
        return say("numbers, {count:,} different values", count=len(np.unique(values)))
    counts = np.bincount(values, minlength=len(target.classes))
    sizes = [
        say("{name} in {count:,}", name=quoted(name), count=int(count)) for name, count in zip(target.classes, counts)
    ]
    shown = say_list(sizes[:MOST_CLASSES], more=len(sizes) > MOST_CLASSES)
    return say("{count:,} different values: {values} rows", count=len(sizes), values=shown)


def _columns(prepared: Prepared, texts: Mapping[str, str]) -> List[str]:
    """A line for each column, or for each kind of column."""
    rows = []
    for line in column_lines(prepared):
        values = "" if line.kind in ("category", "boolean") else line.values  # the reason says them
        missing = say("no value in {places}", places=line.missing) if line.missing else ""
        words = say_joined("{left}; {right}", filter(None, (line.reason, values, missing)))
        rows.append([line.name, told(line.kind, texts), told(words, texts)])
    return aligned(rows)


def _noticed(findings: Sequence[Problem], texts: Mapping[str, str]) -> str:
    """The findings as comments."""
    if not findings:
        return ""
    shown = [translated(f"{found.severity}: ", texts) + found.told(texts) for found in findings[:MOST_NOTICED]]
    if len(findings) > MOST_NOTICED:
        shown.append(told(say("... and {count:,} more", count=len(findings) - MOST_NOTICED), texts))
    heading = told(say("What was noticed"), texts)
    return f"#\n# {heading}\n{_comment(line for text in shown for line in text.splitlines())}\n"


def _by_group(findings: Iterable[Problem], split: Mapping[str, Any], texts: Mapping[str, str]) -> str:
    """The split by group as a proposal, where a column looks like one."""
    names = [single.column for single in report_findings(findings) if single.kind == "group"]
    if not names:
        return ""
    proposed = quoted({**split, "method": "group", "column": names[0]})
    reason = told(say("no group in two parts: to predict for others than those in the table"), texts)
    return _line(f"  # split: {proposed}  # {reason}") + "\n"


def _balanced(findings: Iterable[Problem], texts: Mapping[str, str]) -> str:
    """The class weights as a proposal, where the classes differ much in size."""
    if not any(getattr(finding, "kind", "") == "imbalance" for finding in findings):
        return ""
    reason = told(say("the classes differ in size: a row of a rare one counts for more"), texts)
    return f"  # class_weight: balanced  # {reason}\n"


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
