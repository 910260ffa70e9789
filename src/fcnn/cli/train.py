"""``fcnn train``."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Dict, Optional, Tuple

import click

from fcnn.cli.output import show_json, show_problems, show_result
from fcnn.cli.process import is_own
from fcnn.cli.resume import resumed, show_complete
from fcnn.cli.scores import said_of, show_metrics
from fcnn.errors import ExitCode
from fcnn.wording import say

STOPPED = {
    "finished": say("all epochs done"),
    "early_stopping": say("stopped early: no improvement"),
    "time_limit": say("the time limit was reached"),
    "callback": say("a callback ended it"),
    "interrupted": say("interrupted"),
    "terminated": say("terminated"),
}


@click.command("train", short_help="Train the network that CONFIG describes.")
@click.argument("config", type=click.Path(), required=False)
@click.argument("overrides", nargs=-1, metavar="[KEY=VALUE]...")
@click.option("--target", metavar="COLUMN", help="The column to predict, where CONFIG is a CSV.")
@click.option("--run-dir", type=click.Path(path_type=Path), metavar="DIR", help="Write exactly this run folder.")
@click.option("--name", help="Start of the run folder's name; default: the config's.")
@click.option(
    "--seeds", type=int, metavar="N", help="Train N times on the same rows, seed after seed; tell mean and spread."
)
@click.option(
    "--folds",
    type=int,
    metavar="K",
    help="Cross-validate: train K times, each fold held out once; tell mean and spread.",
)
@click.option("--ensemble", is_flag=True, help="Keep all of them: the run predicts with their mean.")
@click.option(
    "--resume",
    metavar="RUN",
    help="Go on with a run that was killed; RUN is its folder, or `latest`. CONFIG need not be given.",
)
@click.option(
    "--workers",
    metavar="HOST:PORT,...",
    help="Train on several machines: the addresses of all workers, or slurm. Trusted networks only.",
)
@click.option(
    "--index", type=int, metavar="I", help="Which of the workers this one is, from 0; 0 writes the run folder."
)
@click.option(
    "--workers-timeout",
    metavar="DURATION",
    default="10m",
    show_default=True,
    help="How long workers wait for each other at the beginning: seconds, or 90s, 10m, 2h.",
)
@click.option(
    "--ray",
    metavar="ADDRESS",
    help="Train on a Ray cluster: auto, host:port, ray://host:port, or local. Trusted networks only.",
)
@click.option(
    "--ray-workers", type=int, metavar="N", help="Workers on Ray; default: one for each GPU, or else for each node."
)
@click.option(
    "--ray-cpus", type=int, metavar="N", help="CPUs of each of them; default: a node's, shared by the workers on it."
)
@click.option("--dry-run", is_flag=True, help="Check config and table, say what would be trained, and stop.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors and the run folder.")
@click.option("--json", "as_json", is_flag=True, help="Print the metrics as one JSON document.")
def train(
    config: Optional[str],
    overrides: Tuple[str, ...],
    target: Optional[str],
    run_dir: Optional[Path],
    name: Optional[str],
    seeds: Optional[int],
    folds: Optional[int],
    ensemble: bool,
    resume: Optional[str],
    workers: Optional[str],
    index: Optional[int],
    workers_timeout: str,
    ray: Optional[str],
    ray_workers: Optional[int],
    ray_cpus: Optional[int],
    dry_run: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Train the network that CONFIG describes; the last line printed is the run folder.

    CONFIG is a YAML file, or a CSV together with --target. KEY=VALUE changes a value of it:
    training.epochs=50, network.layers.0.units=128, training.optimizer.name=sgd.

    With --seeds or --folds several networks are trained and metrics.json has mean, sample standard deviation and each
    of them as `repeats`. Folds share out all rows but the test part, as data.split.method says; by time each fold is
    later than its training rows. The run keeps one network: of seeds the one with the lowest validation loss, of folds
    the one whose loss is in the middle, by time the last. With --ensemble it keeps all, and predicts with the mean of
    what they say; its scores are then those of the mean, and of folds on the rows held out those of the one network
    that did not learn from a row.

    A run that was killed leaves RUN.partial with checkpoints. With --resume it goes on after the last one, and ends as
    it would have ended, bit for bit; config and table must be the same.

    With --workers every worker is started with the same CONFIG, the same table and the same addresses, and a number of
    its own as --index; they share the rows of every batch. The variable TF_CONFIG can say both, SLURM with --workers
    slurm. Where one is lost all end, and all are started again with --resume; only worker 0 needs the run folder.

    With --ray a Ray cluster starts the workers: auto is the one of this machine, local one that is started for this
    training alone. The table must be on every node under the same path; the run folder is written here, and --resume
    goes on with it on Ray, too.
    """
    from fcnn.cli.ray import ray_given
    from fcnn.cli.workers import Given, team_given
    from fcnn.jobs.repeats import repeats_of
    from fcnn.runs.folder import check_free

    # A mistake is answered here, before NumPy, pandas and TensorFlow are imported.
    repeats = repeats_of(seeds, folds, ensemble)
    others = {"--workers": workers, "--index": index}
    on_ray = ray_given(ray, ray_workers, ray_cpus, workers_timeout, others, dry_run)
    given = Given() if on_ray else team_given(workers, index, workers_timeout, dry_run)
    unfinished = None
    if resume is not None and (given.is_chief or config is None):  # the chief tells the others how far it has come
        unfinished = resumed(resume, _request, config, target, overrides, repeats, run_dir, name, dry_run)
        if isinstance(unfinished, Path):
            show_complete(unfinished, quiet, as_json)
            return
        request, repeats = unfinished.request, unfinished.repeats
    elif config is None:
        raise click.MissingParameter(ctx=click.get_current_context(), param_hint="'CONFIG'", param_type="argument")
    else:
        request = _request(config, target, overrides, name)
    request = given.request(request)
    if run_dir is not None and given.is_chief:
        check_free(run_dir)
    if dry_run:
        _show_plan(request, repeats, quiet, as_json)
        return
    from fcnn.environment import require_tensorflow

    warnings = require_tensorflow()
    from fcnn.cli.quiet import screen
    from fcnn.jobs.receipt import origin
    from fcnn.jobs.train import follow_request, run_request
    from fcnn.report.pictures import Pictures, PicturesBeside
    from fcnn.training.stop import Stop

    stop, request = Stop(), replace(request, origin=origin(click.get_current_context().obj))
    with screen() as terminal:
        reporter = given.reporter(terminal, quiet, stop)
        for warning in warnings:
            reporter.problem(warning)
        try:
            with given.met(reporter, terminal) as team:
                run = None
                if on_ray is not None:
                    run = on_ray.train(request, run_dir, reporter, stop, repeats, unfinished)
                elif team is None or team.cluster.is_chief:
                    pictures = PicturesBeside if is_own() else Pictures
                    run = run_request(request, run_dir, (), reporter, stop, repeats, unfinished, team, pictures)
                else:
                    follow_request(request, (), reporter, stop, repeats, team)
        finally:
            reporter.closed()
    if run is not None:
        _show_run(run, quiet, as_json)
    if stop.requested() or (team is not None and team.interrupted):
        raise click.exceptions.Exit(int(ExitCode.INTERRUPTED))


def _request(config: str, target: Optional[str], overrides: Tuple[str, ...], name: Optional[str]) -> Any:
    """A :class:`fcnn.jobs.prepare.Request` for a config, or for a table and its target."""
    from fcnn.cli.target import no_target
    from fcnn.config.endings import is_config, is_table
    from fcnn.jobs.prepare import read_request
    from fcnn.jobs.starter import starter_request

    if target is None:
        if is_table(config):
            raise no_target(Path(config))
        return read_request(config, overrides, name)
    if is_config(config):
        raise click.UsageError(say("--target goes with a CSV; for a config say data.target={target}", target=target))
    return starter_request(Path(config), target, overrides, name)


def _show_run(run: Any, quiet: bool, as_json: bool) -> None:
    """What came of a training; the last line is the run folder."""
    metrics = run.metrics
    if as_json:
        show_json({"run": str(run.folder), **metrics})
        return
    if not quiet:
        show_metrics(metrics)
        stopped = STOPPED[metrics["stopped"]]
        if "repeats" in metrics:
            stopped = say("{trainings}; {stopped}", trainings=said_of(metrics["repeats"]), stopped=stopped)
        show_result(
            say(
                "{stopped}; epoch {best} of {epochs} kept; {seconds:.1f} s",
                stopped=stopped,
                best=metrics["best_epoch"],
                epochs=metrics["epochs"],
                seconds=metrics["seconds"],
            )
        )
    click.echo(str(run.folder))


def _show_plan(request: Any, repeats: Any, quiet: bool, as_json: bool) -> None:
    """What would be trained."""
    from fcnn.cli.working import WorkingReporter
    from fcnn.config.structs import plain
    from fcnn.jobs.prepare import describe, sizes
    from fcnn.jobs.repeats import findings_of, prepare_members

    with WorkingReporter(quiet) as reporter:
        jobs = prepare_members(request, repeats, reporter)
    prepared = jobs[0]
    if not quiet:
        show_problems(findings_of(jobs, repeats))
    if as_json:
        architecture = prepared.design.architecture
        show_json(
            {
                "task": prepared.dataset.target.task,
                "rows": prepared.dataset.rows,
                "network": sizes(architecture),
                "parameters": architecture.trainable_parameters,
                **({} if repeats is None else {"repeats": _as_plain(repeats)}),
                "config": plain(prepared.config),
            }
        )
    elif not quiet:
        show_result(describe(prepared))
        if repeats is not None:
            show_result(repeats.describe(jobs))


def _as_plain(repeats: Any) -> Dict[str, Any]:
    """What will be repeated, and how."""
    return {"kind": repeats.kind, "count": repeats.count, **({"ensemble": True} if repeats.ensemble else {})}
