"""The main job: from a config to a complete run folder."""

import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Callable, Dict, Mapping, Optional, Sequence, Union

from fcnn.data.said_again import plain
from fcnn.environment import require_tensorflow
from fcnn.errors import ConfigError, Problem
from fcnn.evaluation.verdict import Verdict
from fcnn.files import write_json
from fcnn.jobs.callbacks import check_callbacks
from fcnn.jobs.decision import decided
from fcnn.jobs.drawing import draw_insight, draw_network, fonts_lacking
from fcnn.jobs.ensemble import judge
from fcnn.jobs.importance import measure_importance
from fcnn.jobs.keeping import keeping
from fcnn.jobs.labels import texts_of_labels
from fcnn.jobs.member import figures, fit_members, scored_in_part, train_members, words_about
from fcnn.jobs.predictions import write_predictions
from fcnn.jobs.prepare import ConfigLike, Prepared, Request, describe, read_request
from fcnn.jobs.receipt import origin, write_receipt_of
from fcnn.jobs.repeats import Repeats, findings_of, kept_member, prepare_members, repeats_of, summary
from fcnn.jobs.report import write_report
from fcnn.jobs.reporter import Reporter
from fcnn.jobs.results import write_network
from fcnn.jobs.resume import Unfinished, begin, find_unfinished
from fcnn.jobs.subject import subject_of_member
from fcnn.jobs.workers import Team
from fcnn.report.drawings import draw_members
from fcnn.report.pictures import Pictures
from fcnn.runs.folder import CHECKPOINTS, METRICS, PLOTS, TENSORBOARD, NewRun, is_run, new_run
from fcnn.runs.importance import write_importance
from fcnn.runs.members import notes_on_member
from fcnn.runs.run import Run
from fcnn.runs.unfinished import is_written
from fcnn.training.stop import Stop
from fcnn.wording import say


def train(
    config: Optional[ConfigLike] = None,
    overrides: Sequence[str] = (),
    *,
    run_dir: Union[str, Path, None] = None,
    name: Optional[str] = None,
    seeds: Optional[int] = None,
    folds: Optional[int] = None,
    ensemble: bool = False,
    resume: Union[str, Path, None] = None,
    callbacks: Sequence[Any] = (),
    reporter: Optional[Reporter] = None,
    stop: Optional[Stop] = None,
) -> Run:
    """Train a network as a config says.

    With `seeds` or `folds` several are trained; ``metrics["repeats"]`` has mean, sample standard deviation and each of
    them. The run itself is one of them: of several seeds the one with the lowest validation loss, of folds the one
    whose validation loss is in the middle (by time, the last). With `ensemble` the run keeps all of them, and predicts
    with the mean of what they say.

    Args:
        config: the path of a YAML file, or a mapping like one; with `resume` it need not be given.
        overrides: ``key=value`` texts, such as ``training.epochs=10``.
        run_dir: exactly this run folder, instead of one below ``run.dir``.
        name: the start of the run folder's name.
        seeds: train so many times on the same rows, with the config's seed and those that follow it.
        folds: train so many times, each with another share of all rows but the test part held out for validation.
        ensemble: keep all of several trainings in the run.
        resume: go on with this run, which was killed: its folder with or without ``.partial``, the name of one below
            ``run.dir``, or ``latest``. It ends as it would have ended, bit for bit; a complete one is left alone.
        callbacks: Keras callbacks; their hooks of epochs and of each whole training are called. A learning rate that
            one of them sets stays where the config has no schedule. Those for batches are not called; docs/engine.md.
        reporter: is told what happens; by default only the run's ``log.txt`` is.
        stop: once it has a reason, the training ends after the steps under way, and the best epoch so far is kept.

    Returns:
        The run, complete on disk.

    Raises:
        ConfigError: the config is wrong, does not fit the table, or is not that of the run to go on with.
        DataError: the table cannot be used, or is not that of the run to go on with.
        RunError: the run folder is in the way, or cannot be written; there is none to go on with, or it is damaged.
        UnsupportedEnvironmentError: TensorFlow would not work here.
        TrainingError: loss or weights became non-finite, or the result cannot be written.
    """
    reporter = reporter or Reporter()
    doubts = check_callbacks(callbacks)
    repeats = repeats_of(seeds, folds, ensemble)
    request = None if config is None else read_request(config, overrides, name)
    unfinished: Optional[Unfinished] = None
    if resume is not None:
        found = find_unfinished(resume, request, overrides, repeats, run_dir, name)
        if not isinstance(found, Unfinished):
            return Run(found)
        unfinished, request, repeats = found, found.request, found.repeats
    if request is None:
        raise ConfigError(Problem(say("there is no config"), expected=say("a config, or a run to go on with")))
    for finding in (*doubts, *require_tensorflow()):
        reporter.problem(finding)
    folder = None if run_dir is None else Path(run_dir)
    return run_request(request, folder, callbacks, reporter, stop or Stop(), repeats, unfinished)


def run_request(
    request: Request,
    run_dir: Optional[Path],
    callbacks: Sequence[Any],
    reporter: Reporter,
    stop: Stop,
    repeats: Optional[Repeats] = None,
    unfinished: Optional[Unfinished] = None,
    team: Optional[Team] = None,
    make_pictures: Callable[[Mapping[str, str], Path], Pictures] = Pictures,
) -> Run:
    """Train what was requested, in an environment that can; see :func:`train`.

    Args:
        request: the job.
        run_dir: exactly this run folder.
        callbacks: Keras callbacks.
        reporter: is told what happens.
        stop: a request to stop from outside.
        repeats: how the training is repeated.
        unfinished: the run that goes on, where it is none that begins.
        team: the processes that train together, of which this one is the chief; the others :func:`follow_request`.
        make_pictures: of what draws, from the texts of its labels and a folder that is gone when the run is complete;
            it is called before the training.
    """
    asked = request.origin or origin()
    with ExitStack() as stack:
        if unfinished is None:
            jobs = prepare_jobs(request, repeats, reporter, team)
            folder = stack.enter_context(new_run(Path(jobs[0].config.run.dir), request.name, run_dir))
        else:  # the folder first: nobody else shall go on with it meanwhile
            if is_run(unfinished.final):  # another process has gone on with it meanwhile
                return Run(unfinished.final)
            folder = stack.enter_context(NewRun(unfinished.final, again=True))
            if is_written(folder.partial):
                return Run(folder.complete())
            jobs = prepare_jobs(request, repeats, reporter, team)
            unfinished.check_config(jobs[0])
        with keeping(folder, reporter):
            if team is not None:
                team.compare(jobs)
                stop = team.stop(stop)
            begin(folder, jobs, repeats, unfinished, reporter, asked)
            pictures = None
            if jobs[0].config.run.plots:
                texts = texts_of_labels(jobs[0].config.report.language)
                pictures = stack.enter_context(make_pictures(texts, folder.partial / CHECKPOINTS))
            kept = _train_into(folder.partial, jobs, repeats, callbacks, reporter, stop, team, pictures)
            write_receipt_of(folder.partial, kept, asked, callbacks)
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
    jobs = prepare_jobs(request, repeats, reporter, team)
    team.compare(jobs)
    for _ in fit_members(jobs, repeats, callbacks, reporter, team.stop(stop), team=team):
        pass
    team.finish()


def prepare_jobs(
    request: Request, repeats: Optional[Repeats], reporter: Reporter, team: Optional[Team] = None
) -> Sequence[Prepared]:
    """The training of a request, or several where it is repeated; the reporter is told of all that was found."""
    jobs = prepare_members(request, repeats, reporter, team)
    for finding in findings_of(jobs, repeats):
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
    pictures: Optional[Pictures],
) -> Prepared:
    """Train and write every file of the run folder but its receipt; the training whose network is kept."""
    began = time.monotonic()
    reporter.line(describe(jobs[0]))
    if repeats is not None:
        reporter.line(repeats.describe(jobs))
    board = partial / TENSORBOARD if jobs[0].config.training.tensorboard else None
    members = train_members(jobs, repeats, callbacks, reporter, stop, partial / CHECKPOINTS, board, team)
    if team is not None:
        team.trained()
    position = kept_member(members, repeats)
    judged = judge(members, position, repeats)
    kept, compared = members[position], judged.baselines
    predicting, decision = decided(judged.member, kept.prepared.config.decision)
    if pictures is not None:
        draw_network(pictures, partial / PLOTS, predicting)
    repeated: Dict[str, Any] = {}
    if repeats is not None:
        repeated = {"repeats": summary(members, position, repeats, judged.each)}
    stopped = kept.fitted.trained.stopped if len(members) == len(jobs) else str(stop.reason)
    write_network(partial, kept, repeats, position, members, predicting.scored["train"].target)
    shortened = write_predictions(partial, predicting)
    subject = subject_of_member(kept)
    measured = measure_importance(subject) if kept.prepared.config.report.importance else None
    if measured is not None:
        write_importance(partial, measured.importance)
        reporter.line(measured.line())
    if pictures is not None:
        draw_insight(pictures, partial / PLOTS, subject, measured)
        if repeats is not None:
            draw_members(pictures, partial / PLOTS, repeated["repeats"], kept.part)
    lacking = [] if pictures is None else fonts_lacking(kept)
    alone = notes_on_member(repeated["repeats"], say("verdicts, curves and importance")) if repeated else []
    for note in (*lacking, *alone, *scored_in_part(kept), *([shortened] if shortened else [])):
        reporter.problem(note)
    words = words_about(kept, judged.each[position])
    for word in words:
        reporter.problem(word)
    trained, part = kept.fitted.trained, predicting.part
    scored = predicting.scored[part]
    differences = [one.fitted.numpy_difference for one in (members if judged.is_together else [kept])]
    reporter.log(f"{stopped}: kept epoch {trained.best_epoch}; {part}  {figures(predicting.scores[part])}")
    write_json(
        partial / METRICS,
        {
            "task": kept.prepared.dataset.target.task,
            **predicting.scores,
            "scored_rows": {name: len(each.truth) for name, each in predicting.scored.items()},
            "confidence": {part: scored.confidence(kept.prepared.config.seed)},
            "baselines": compared,
            **{name: {part: value} for name, value in scored.details().items()},
            **({} if kept.collapsed is None else {"linear_collapse": kept.collapsed}),
            **repeated,
            **({} if decision is None else {"decision": decision}),
            **({} if measured is None else {"importance": measured.summary()}),
            "verdicts": [_as_plain(word) for word in words],
            "parameters": kept.prepared.design.architecture.trainable_parameters,
            "epochs": len(trained.history["epoch"]),
            "best_epoch": trained.best_epoch,
            "stopped": stopped,
            "numpy_difference": max(differences),
            "seconds": round(
                time.monotonic() - began + sum(member.fitted.trained.earlier_seconds for member in members), 3
            ),
        },
    )
    if pictures is not None:
        pictures.finish()
    write_report(partial)
    return kept.prepared


def _as_plain(verdict: Verdict) -> Dict[str, Any]:
    """A verdict for ``metrics.json``; as `said` its sentences can still be translated."""
    sentences = Problem(verdict.message, hint=verdict.hint, severity=verdict.severity)
    return {
        "kind": verdict.kind,
        "severity": verdict.severity,
        "message": verdict.message,
        "hint": verdict.hint,
        "remedy": list(verdict.remedy),
        "evidence": dict(verdict.evidence),
        "said": plain(sentences),
    }
