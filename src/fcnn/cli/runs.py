"""``fcnn runs``."""

from pathlib import Path

import click

from fcnn.cli.output import number, show_json, show_table
from fcnn.files import read_json
from fcnn.runs.folder import METRICS, list_runs

MAIN_METRICS = ("roc_auc", "accuracy", "r2", "rmse")
"""The first of these that a run has stands for it."""


@click.command("runs")
@click.option("--dir", "folder", type=click.Path(path_type=Path), default="runs", show_default=True, help="Where.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def runs(folder: Path, as_json: bool) -> None:
    """List the runs there are, the newest last."""
    found = [(run, read_json(run / METRICS)) for run in list_runs(folder)]
    if as_json:
        show_json([{"run": str(run), **metrics} for run, metrics in found])
        return
    if not found:
        click.echo(f"no runs in {folder}", err=True)
        return
    rows = []
    for run, metrics in found:
        part = next(name for name in ("test", "validation", "train") if name in metrics)
        main = next((name for name in MAIN_METRICS if name in metrics[part]), None)
        score = f"{part} {main} {number(metrics[part][main])}" if main else ""
        rows.append((run.name, metrics["task"], f"{metrics['best_epoch']}/{metrics['epochs']}", score))
    show_table("", ("run", "task", "epoch", "score"), rows)
