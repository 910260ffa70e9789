"""``fcnn show``."""

import click

from fcnn.cli.output import show_json, show_metrics, show_problem
from fcnn.errors import Problem
from fcnn.files import read_json
from fcnn.runs.folder import DATA, METRICS, find_run


@click.command("show")
@click.argument("run")
@click.option("--json", "as_json", is_flag=True, help="Print metrics.json.")
def show(run: str, as_json: bool) -> None:
    """Show a run in the terminal: what was trained, on what, and how good it is.

    RUN is a run folder, its name below runs/, or `latest`.
    """
    folder = find_run(run)
    metrics = read_json(folder / METRICS)
    if as_json:
        show_json({"run": str(folder), **metrics})
        return
    data = read_json(folder / DATA)
    rows = data["rows"]
    parts = ", ".join(f"{rows[name]:,} {name}" for name in ("train", "validation", "test") if name in rows)
    layers = data["network"]["layers"]
    network = " -> ".join(f"{layer['units']} {layer['activation']['name']}" for layer in layers)
    click.echo(f"run      {folder}")
    click.echo(f"data     {', '.join(file['path'] for file in data['files'])}: {parts}")
    click.echo(f"task     {metrics['task']}, target {data['target']['name']}")
    click.echo(f"network  {data['network']['inputs']} -> {network}, {metrics['parameters']:,} parameters")
    click.echo(f"epochs   {metrics['epochs']}, kept {metrics['best_epoch']}, {metrics['stopped']}")
    show_metrics(metrics)
    for verdict in metrics["verdicts"]:
        show_problem(Problem(verdict["message"], hint=verdict["hint"], severity=verdict["severity"]))
