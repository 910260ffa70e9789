"""``fcnn train``."""

from pathlib import Path
from typing import Any, Optional, Tuple

import click

from fcnn.cli.output import show_json, show_metrics, show_problem
from fcnn.errors import ExitCode

STOPPED = {
    "finished": "all epochs done",
    "early_stopping": "stopped early: no improvement",
    "time_limit": "the time limit was reached",
    "callback": "a callback ended it",
    "interrupted": "interrupted",
    "terminated": "terminated",
}


@click.command("train")
@click.argument("config", type=click.Path())
@click.argument("overrides", nargs=-1, metavar="[KEY=VALUE]...")
@click.option("--target", metavar="COLUMN", help="The column to predict, where CONFIG is a CSV.")
@click.option("--run-dir", type=click.Path(path_type=Path), metavar="DIR", help="Write exactly this run folder.")
@click.option("--name", help="Start of the run folder's name; default: the config's.")
@click.option("--dry-run", is_flag=True, help="Check config and table, say what would be trained, and stop.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors and the run folder.")
@click.option("--json", "as_json", is_flag=True, help="Print the metrics as one JSON document.")
def train(
    config: str,
    overrides: Tuple[str, ...],
    target: Optional[str],
    run_dir: Optional[Path],
    name: Optional[str],
    dry_run: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Train the network that CONFIG describes; the last line printed is the run folder.

    CONFIG is a YAML file, or a CSV together with --target. KEY=VALUE changes a value of it:
    training.epochs=50, network.layers.0.units=128, training.optimizer.name=sgd.
    """
    what: Any = config
    if target is not None or _is_table(config):
        what, name = _without_config(config, target), name or Path(config).stem
    if dry_run:
        _dry_run(what, overrides, name)
        return
    from fcnn.cli.progress import ConsoleReporter
    from fcnn.cli.quiet import screen
    from fcnn.jobs.prepare import read_request

    read_request(what, overrides, name)  # answers a mistake before NumPy and pandas are imported
    from fcnn.environment import require_tensorflow

    require_tensorflow()
    from fcnn.jobs.train import train as train_job
    from fcnn.training.stop import Stop

    stop = Stop()
    with screen() as terminal:
        reporter = ConsoleReporter(terminal, quiet, stop)
        run = train_job(what, overrides, run_dir=run_dir, name=name, reporter=reporter, stop=stop)
    metrics = run.metrics
    if as_json:
        show_json({"run": str(run.folder), **metrics})
    elif not quiet:
        show_metrics(metrics)
        epochs = f"epoch {metrics['best_epoch']} of {metrics['epochs']} kept"
        click.echo(f"{STOPPED[metrics['stopped']]}; {epochs}; {metrics['seconds']:.1f} s")
    if not as_json:
        click.echo(str(run.folder))
    if metrics["stopped"] in ("interrupted", "terminated"):
        raise click.exceptions.Exit(int(ExitCode.INTERRUPTED))


def _is_table(path: str) -> bool:
    return Path(path).suffix.lower() in (".csv", ".tsv", ".txt")


def _without_config(table: str, target: Optional[str]) -> Any:
    from fcnn.jobs.prepare import starter_config

    if target is None:
        raise click.UsageError(f"{table} is a table: say what to predict with --target COLUMN")
    return starter_config(Path(table), target)


def _dry_run(what: Any, overrides: Tuple[str, ...], name: Optional[str]) -> None:
    from fcnn.jobs.prepare import describe, prepare_job, read_request

    prepared = prepare_job(read_request(what, overrides, name))
    for finding in prepared.findings:
        show_problem(finding)
    click.echo(describe(prepared))
