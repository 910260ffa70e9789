"""``fcnn show``."""

from pathlib import Path
from typing import Any, List, Mapping

import click

from fcnn.cli.output import show_json, show_problems, visible
from fcnn.cli.scores import said_of, show_metrics
from fcnn.data.said_again import read_back
from fcnn.errors import Problem, RunError
from fcnn.runs.documents import read_document, read_metrics
from fcnn.runs.folder import DATA, REPORT, find_run
from fcnn.runs.receipt import Receipt, read_receipt, whole_file
from fcnn.wording import say


@click.command("show", short_help="Show a run in the terminal.")
@click.argument("run")
@click.option("--json", "as_json", is_flag=True, help="Print metrics.json.")
def show(run: str, as_json: bool) -> None:
    """Show a run in the terminal: what was trained, on what, and how good it is.

    RUN is a run folder, its name below runs/, or `latest`.
    """
    folder = find_run(run)
    metrics = read_metrics(folder)
    if as_json:
        show_json({"run": str(folder), **metrics})
        return
    try:
        lines = _summary(folder, metrics, read_document(whole_file(folder, DATA)))
    except (KeyError, TypeError) as error:
        raise RunError(
            Problem("is damaged", str(folder / DATA), received=say("no {names} in it", names=error))
        ) from error
    click.echo("\n".join(map(visible, lines)))
    show_metrics(metrics)
    show_problems([_verdict(each) for each in metrics["verdicts"]])


def _verdict(found: Mapping[str, Any]) -> Problem:
    """A verdict, as a sentence that can be translated; runs of before have only its text."""
    if "said" in found:
        problem: Problem = read_back(found["said"])
        return problem
    return Problem(found["message"], hint=found["hint"], severity=found["severity"])


def _told(receipt: Receipt) -> str:
    """When it was begun, with what, and with which weights: ``2026-11-23T07:41:13Z, fcnn 0.1.0, git 5b53ed7``."""
    words = [receipt.started, f"fcnn {receipt.fcnn}", f"{receipt.stack} stack"]
    if receipt.git is not None:
        words.append(f"git {receipt.git.revision[:12]}{' and changes' if receipt.git.dirty else ''}")
    return ", ".join([*words, f"weights {receipt.weights[:12]}"])


def _summary(folder: Path, metrics: Mapping[str, Any], data: Mapping[str, Any]) -> List[str]:
    rows = data["rows"]
    parts = ", ".join(f"{rows[name]:,} {name}" for name in ("train", "validation", "test") if name in rows)
    layers = data["network"]["layers"]
    network = " -> ".join(f"{layer['units']} {layer['activation']['name']}" for layer in layers)
    lines = [
        f"run      {folder}",
        f"data     {', '.join(file['path'] for file in data['files'])}: {parts}",
        f"task     {metrics['task']}, target {data['target']['name']}",
        f"network  {data['network']['inputs']} -> {network}, {metrics['parameters']:,} parameters",
        f"epochs   {metrics['epochs']}, kept {metrics['best_epoch']}, {metrics['stopped']}",
    ]
    receipt = read_receipt(folder)
    if receipt is not None:
        lines.append(f"receipt  {_told(receipt)}")
    if (folder / REPORT).is_file():
        lines.append(f"report   {folder / REPORT}")
    if "repeats" in metrics:
        lines.append(f"repeats  {said_of(metrics['repeats'])}")
    return lines
