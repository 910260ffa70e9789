"""The main job: from a config to a complete run folder."""

import time
from pathlib import Path
from typing import Any, Dict, Mapping, Optional, Sequence, Union

import msgspec

import fcnn
from fcnn.config import resolved_yaml
from fcnn.data.findings import report_findings
from fcnn.environment import judge, read_facts, require_tensorflow
from fcnn.environment.rendering import as_document
from fcnn.errors import Problem, TrainingError
from fcnn.files import atomic_write, write_json
from fcnn.jobs.member import Member, figures, fit_members, rivals, train_members, words_about
from fcnn.jobs.prepare import ConfigLike, Prepared, Request, describe, prepare_job, read_request
from fcnn.jobs.repeats import FOLDS, Repeats, findings_of, kept_member, prepare_members, repeats_of, summary
from fcnn.jobs.reporter import Reporter
from fcnn.jobs.workers import Team
from fcnn.runs.folder import CONFIG, ENVIRONMENT, METRICS, PLOTS, new_run, not_writable
from fcnn.runs.record import FORMAT, Record, write_history, write_record, write_weights
from fcnn.runs.run import Run
from fcnn.training.stop import Stop


def train(
    config: ConfigLike,
    overrides: Sequence[str] = (),
    *,
    run_dir: Union[str, Path, None] = None,
    name: Optional[str] = None,
    seeds: Optional[int] = None,
    folds: Optional[int] = None,
    callbacks: Sequence[Any] = (),
    reporter: Optional[Reporter] = None,
    stop: Optional[Stop] = None,
) -> Run:
    """Train a network as a config says.

    With `seeds` or `folds` several are trained; ``metrics["repeats"]`` has mean, sample standard deviation and each of
    them. The run itself is one of them: of several seeds the one with the lowest validation loss, of folds the one
    whose validation loss is in the middle (by time, the last).

    Args:
        config: the path of a YAML file, or a mapping like one.
        overrides: ``key=value`` texts, such as ``training.epochs=10``.
        run_dir: exactly this run folder, instead of one below ``run.dir``.
        name: the start of the run folder's name.
        seeds: train so many times on the same rows, with the config's seed and those that follow it.
        folds: train so many times, each with another share of all rows but the test part held out for validation.
        callbacks: Keras callbacks; their hooks of epochs and of each whole training are called.
        reporter: is told what happens; by default only the run's ``log.txt`` is.
        stop: once it has a reason, the training ends after the steps under way, and the best epoch so far is kept.

    Returns:
        The run, complete on disk.

    Raises:
        ConfigError: the config is wrong, or does not fit the table.
        DataError: the table cannot be used.
        RunError: the run folder is in the way, or cannot be written.
        UnsupportedEnvironmentError: TensorFlow would not work here.
        TrainingError: loss or weights became non-finite, or the result cannot be written.
    """
    reporter = reporter or Reporter()
    repeats = repeats_of(seeds, folds)
    request = read_request(config, overrides, name)
    for finding in require_tensorflow():
        reporter.problem(finding)
    folder = None if run_dir is None else Path(run_dir)
    return run_request(request, folder, callbacks, reporter, stop or Stop(), repeats)


def run_request(
    request: Request,
    run_dir: Optional[Path],
    callbacks: Sequence[Any],
    reporter: Reporter,
    stop: Stop,
    repeats: Optional[Repeats] = None,
    team: Optional[Team] = None,
) -> Run:
    """Train what was requested, in an environment that can; see :func:`train`.

    Args:
        request: the job.
        run_dir: exactly this run folder.
        callbacks: Keras callbacks.
        reporter: is told what happens.
        stop: a request to stop from outside.
        repeats: how the training is repeated.
        team: the processes that train together, of which this one is the chief; the others :func:`follow_request`.
    """
    jobs = prepare_jobs(request, repeats, reporter)
    if team is not None:
        team.compare(jobs)
        stop = team.stop(stop)
    folder = new_run(Path(jobs[0].config.run.dir), request.name, run_dir)
    try:
        reporter.opened(folder.partial)
        _train_into(folder.partial, jobs, repeats, callbacks, reporter, stop, team)
        reporter.closed()
    except BaseException as error:
        reporter.closed()
        folder.discard()
        if isinstance(error, OSError):
            raise TrainingError(not_writable(folder.partial, error)) from error
        raise
    run = Run(folder.complete())
    if team is not None:
        team.finish()
    return run


def follow_request(
    request: Request,
    callbacks: Sequence[Any],
    reporter: Reporter,
    stop: Stop,
    repeats: Optional[Repeats],
    team: Team,
) -> None:
    """Train with a chief, which does :func:`run_request`, until it has written the run folder; the arguments are those.

    Raises:
        ConfigError: the processes are not about to train the same.
        TrainingError: as of the chief; or another process was lost.
    """
    jobs = prepare_jobs(request, repeats, reporter)
    team.compare(jobs)
    for _ in fit_members(jobs, repeats, callbacks, reporter, team.stop(stop), team):
        pass
    team.finish()


def prepare_jobs(request: Request, repeats: Optional[Repeats], reporter: Reporter) -> Sequence[Prepared]:
    """The training of a request, or several where it is repeated; the reporter is told of all that was found."""
    if repeats is None:
        jobs = [prepare_job(request)]
        findings = jobs[0].findings
    else:
        jobs = prepare_members(request, repeats)
        findings = findings_of(jobs, repeats)
    for finding in findings:
        reporter.problem(finding)
    return jobs


def _train_into(
    partial: Path,
    jobs: Sequence[Prepared],
    repeats: Optional[Repeats],
    callbacks: Sequence[Any],
    reporter: Reporter,
    stop: Stop,
    team: Optional[Team],
) -> None:
    """Train and write every file of the run folder."""
    began = time.monotonic()
    with atomic_write(partial / CONFIG) as file:
        file.write(resolved_yaml(jobs[0].config))
    reporter.line(describe(jobs[0]))
    if repeats is not None:
        reporter.line(repeats.describe(jobs))
    members = train_members(jobs, repeats, callbacks, reporter, stop, team)
    if team is not None:
        team.trained()
    position = kept_member(members, repeats)
    kept = members[position]
    compared = rivals(kept.prepared)
    repeated: Dict[str, Any] = {}
    if repeats is not None:
        same_rows = kept.prepared.dataset
        each = [compared if one.prepared.dataset is same_rows else rivals(one.prepared) for one in members]
        repeated = {"repeats": summary(members, position, repeats, each)}
    stopped = kept.fitted.trained.stopped if len(members) == len(jobs) else str(stop.reason)
    _write_network(partial, kept, repeats, position)
    if kept.prepared.config.run.plots:
        _draw(partial / PLOTS, kept, repeated.get("repeats"), reporter)
    words = words_about(kept, compared)
    for word in words:
        reporter.problem(word)
    trained = kept.fitted.trained
    reporter.log(f"{stopped}: kept epoch {trained.best_epoch}; {kept.part}  {figures(kept.scores[kept.part])}")
    write_json(
        partial / METRICS,
        {
            "task": kept.prepared.dataset.target.task,
            **kept.scores,
            "baselines": compared,
            **{name: {kept.part: value} for name, value in kept.scored[kept.part].details().items()},
            **repeated,
            "verdicts": [_as_plain(word) for word in words],
            "parameters": kept.prepared.design.architecture.trainable_parameters,
            "epochs": len(trained.history["epoch"]),
            "best_epoch": trained.best_epoch,
            "stopped": stopped,
            "numpy_difference": kept.fitted.numpy_difference,
            "seconds": round(time.monotonic() - began, 3),
        },
    )


def _write_network(partial: Path, kept: Member, repeats: Optional[Repeats], position: int) -> None:
    """Write the files about the network that is kept, and where it was trained."""
    dataset, architecture = kept.prepared.dataset, kept.prepared.design.architecture
    write_record(
        partial,
        Record(
            format=FORMAT,
            fcnn=fcnn.__version__,
            target=dataset.target,
            preprocessing=dataset.preprocessing,
            network=architecture,
            feature_names=dataset.preprocessing.feature_names,
            rows=dataset.rows,
            files=dataset.files,
            columns=dataset.columns,
            findings=report_findings(kept.prepared.findings),
            repeats=None if repeats is None else {"kind": repeats.kind, "count": repeats.count, "kept": position + 1},
        ),
    )
    write_weights(partial, kept.fitted.arrays)
    write_history(partial, kept.fitted.trained.history)
    facts = read_facts()
    write_json(partial / ENVIRONMENT, as_document(judge(facts), facts))


def _draw(folder: Path, kept: Member, repeated: Optional[Mapping[str, Any]], reporter: Reporter) -> None:
    from fcnn.report import plots

    folder.mkdir()
    trained, target = kept.fitted.trained, kept.prepared.dataset.target
    plots.learning_curves(trained.history, trained.best_epoch, folder / "learning_curves.png")
    architecture = msgspec.to_builtins(kept.prepared.design.architecture)
    outputs = list(target.classes) or [target.name]
    plots.network_diagram(architecture["inputs"], architecture["layers"], outputs, folder / "network.png")
    kept.scored[kept.part].plots(folder)
    if repeated is not None:
        part = "validation" if repeated["kind"] == FOLDS else kept.part
        plots.member_scores(repeated, part, folder / "members.png")
    note = plots.missing_font_note([target.name, *target.classes])
    if note:
        reporter.problem(Problem(note, "plots", severity="note"))


def _as_plain(problem: Problem) -> Dict[str, str]:
    return {"severity": problem.severity, "message": problem.message, "hint": problem.hint}
