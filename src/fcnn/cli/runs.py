"""``fcnn runs``."""

from pathlib import Path
from typing import Any, List, Mapping, Tuple

import click

from fcnn.cli.output import show_json, show_line, show_problems, show_table
from fcnn.cli.scores import judged_part, with_spread
from fcnn.errors import Problem, RunError
from fcnn.runs.folder import list_runs, read_metrics
from fcnn.wording import say

MAIN_METRICS = ("roc_auc", "accuracy", "r2", "rmse")
"""The first of these that a run has stands for it."""


@click.command("runs", short_help="List the runs there are, the newest last.")
@click.option("--dir", "folder", type=click.Path(path_type=Path), default="runs", show_default=True, help="Where.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def runs(folder: Path, as_json: bool) -> None:
    """List the runs there are, the newest last."""
    found: List[Tuple[Path, Mapping[str, Any]]] = []
    damaged: List[Problem] = []
    for run in list_runs(folder):
        try:
            found.append((run, read_metrics(run)))
        except RunError as error:  # noqa: PERF203 - a damaged run does not hide the others
            damaged += [Problem(each.message, each.where, severity="warning") for each in error.problems]
    show_problems(damaged)
    if as_json:
        show_json([{"run": str(run), **metrics} for run, metrics in found])
    elif found:
        show_table(("run", "task", "epoch", "score"), [_row(run.name, metrics) for run, metrics in found])
    else:
        show_line(say("no runs in {folder}", folder=folder))


def _row(name: str, metrics: Mapping[str, Any]) -> Tuple[str, str, str, str]:
    part = judged_part(metrics)
    repeats = metrics.get("repeats")
    scores = metrics[part] if repeats is None else repeats["mean"][part]
    spread = {} if repeats is None else repeats["std"].get(part, {})
    main = next((metric for metric in MAIN_METRICS if metric in scores), None)
    score = f"{part} {main} {with_spread(scores[main], spread.get(main))}" if main else ""
    return name, metrics["task"], f"{metrics['best_epoch']}/{metrics['epochs']}", score
