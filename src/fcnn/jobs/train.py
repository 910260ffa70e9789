"""The main job: from a config to a complete run folder."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, List, Mapping, Optional, Sequence, Union

import msgspec

import fcnn
from fcnn.config import resolved_yaml
from fcnn.data.findings import report_findings
from fcnn.environment import judge, read_facts, require_tensorflow
from fcnn.environment.rendering import as_document
from fcnn.errors import Problem, TrainingError
from fcnn.evaluation.baselines import baselines
from fcnn.evaluation.verdicts import judged_split, verdicts
from fcnn.files import atomic_write, write_json
from fcnn.inference.network import forward
from fcnn.jobs.backend import load_backend
from fcnn.jobs.prepare import ConfigLike, Prepared, Request, describe, prepare_job, read_request
from fcnn.jobs.reporter import Reporter
from fcnn.jobs.score import Scored
from fcnn.runs.folder import CONFIG, ENVIRONMENT, METRICS, PLOTS, new_run, not_writable
from fcnn.runs.record import FORMAT, Record, write_history, write_record, write_weights
from fcnn.runs.run import Run
from fcnn.training.stop import Stop

if TYPE_CHECKING:
    from fcnn.jobs.fit import Fitted
    from fcnn.training.loop import Trained


def train(
    config: ConfigLike,
    overrides: Sequence[str] = (),
    *,
    run_dir: Union[str, Path, None] = None,
    name: Optional[str] = None,
    callbacks: Sequence[Any] = (),
    reporter: Optional[Reporter] = None,
    stop: Optional[Stop] = None,
) -> Run:
    """Train a network as a config says.

    Args:
        config: the path of a YAML file, or a mapping like one.
        overrides: ``key=value`` texts, such as ``training.epochs=10``.
        run_dir: exactly this run folder, instead of one below ``run.dir``.
        name: the start of the run folder's name.
        callbacks: Keras callbacks; their hooks of epochs and of the whole training are called.
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
    request = read_request(config, overrides, name)
    for finding in require_tensorflow():
        reporter.problem(finding)
    return run_request(request, None if run_dir is None else Path(run_dir), callbacks, reporter, stop)


def run_request(
    request: Request,
    run_dir: Optional[Path],
    callbacks: Sequence[Any],
    reporter: Reporter,
    stop: Optional[Stop],
) -> Run:
    """Train what was requested, in an environment that can; see :func:`train`."""
    prepared = prepare_job(request)
    for finding in prepared.findings:
        reporter.problem(finding)
    folder = new_run(Path(prepared.config.run.dir), request.name, run_dir)
    try:
        reporter.opened(folder.partial)
        _train_into(folder.partial, prepared, callbacks, reporter, stop)
        reporter.closed()
    except BaseException as error:
        reporter.closed()
        folder.discard()
        if isinstance(error, OSError):
            raise TrainingError(not_writable(folder.partial, error)) from error
        raise
    return Run(folder.complete())


def _train_into(
    partial: Path, prepared: Prepared, callbacks: Sequence[Any], reporter: Reporter, stop: Optional[Stop]
) -> None:
    """Train and write every file of the run folder."""
    began = time.monotonic()
    dataset, config = prepared.dataset, prepared.config
    with atomic_write(partial / CONFIG) as file:
        file.write(resolved_yaml(config))
    reporter.line(describe(prepared))
    load_backend()
    from fcnn.jobs.fit import fit_network  # late: a mistake in config or table needs no TensorFlow

    fitted = fit_network(prepared, callbacks, reporter, stop)
    trained = fitted.trained
    judged = _judge(prepared, fitted)
    write_record(
        partial,
        Record(
            format=FORMAT,
            fcnn=fcnn.__version__,
            target=dataset.target,
            preprocessing=dataset.preprocessing,
            network=prepared.design.architecture,
            feature_names=dataset.preprocessing.feature_names,
            rows=dataset.rows,
            files=dataset.files,
            columns=dataset.columns,
            findings=report_findings(prepared.findings),
        ),
    )
    write_weights(partial, fitted.arrays)
    write_history(partial, trained.history)
    facts = read_facts()
    write_json(partial / ENVIRONMENT, as_document(judge(facts), facts))
    if config.run.plots:
        _draw(partial / PLOTS, prepared, trained, judged.scored, reporter)
    for word in judged.verdicts:
        reporter.problem(word)
    figures = "  ".join(f"{name} {value:.4g}" for name, value in judged.scores[judged.part].items())
    reporter.log(f"{trained.stopped}: kept epoch {trained.best_epoch}; {judged.part}  {figures}")
    write_json(
        partial / METRICS,
        {
            "task": dataset.target.task,
            **judged.scores,
            "baselines": judged.baselines,
            **{name: {judged.part: value} for name, value in judged.scored.details().items()},
            "verdicts": [_as_plain(word) for word in judged.verdicts],
            "parameters": prepared.design.architecture.trainable_parameters,
            "epochs": len(trained.history["epoch"]),
            "best_epoch": trained.best_epoch,
            "stopped": trained.stopped,
            "numpy_difference": fitted.numpy_difference,
            "seconds": round(time.monotonic() - began, 3),
        },
    )


@dataclass(frozen=True)
class _Judged:
    """How good a trained network is."""

    scores: Mapping[str, Mapping[str, float]]
    """Part -> metric -> number."""
    baselines: Mapping[str, Any]
    """Baseline -> part -> metric -> number."""
    part: str
    """The part that counts: test, or validation where there is none, or train."""
    scored: Scored
    """That part."""
    verdicts: Sequence[Problem]


def _judge(prepared: Prepared, fitted: "Fitted") -> _Judged:
    """Score every part, beside the baselines, and put it into words."""
    dataset, config, trained = prepared.dataset, prepared.config, fitted.trained
    task, classes = dataset.target.task, dataset.target.classes
    scored = {
        part: Scored(
            dataset.target, rows.y_raw, forward(prepared.design.architecture, fitted.arrays, rows.x), rows.weight
        )
        for part, rows in dataset.parts.items()
    }
    scores = {part: each.metrics() for part, each in scored.items()}
    training = dataset.parts["train"]
    rivals = baselines(
        task,
        training.x,
        training.y_raw,
        {part: (rows.x, rows.y_raw, rows.weight) for part, rows in dataset.parts.items()},
        classes,
        training.weight,
        config.seed,
    )
    part = judged_split(scores)
    words: List[Problem] = []
    if config.diagnostics:
        planned = config.training.epochs if trained.stopped in ("finished", "early_stopping") else None
        matrix = scored[part].confusion() if classes else None
        # A network without hidden layers is a linear model itself.
        linear = len(prepared.design.architecture.layers) == 1
        compared = {name: rivals[name] for name in rivals if not linear or name in ("majority", "mean")}
        words = verdicts(task, trained.history, trained.best_epoch, scores, compared, matrix, classes, planned)
    return _Judged(scores, rivals, part, scored[part], words)


def _draw(folder: Path, prepared: Prepared, trained: "Trained", judged: Scored, reporter: Reporter) -> None:
    from fcnn.report import plots

    folder.mkdir()
    target = prepared.dataset.target
    plots.learning_curves(trained.history, trained.best_epoch, folder / "learning_curves.png")
    architecture = msgspec.to_builtins(prepared.design.architecture)
    outputs = list(target.classes) or [target.name]
    plots.network_diagram(architecture["inputs"], architecture["layers"], outputs, folder / "network.png")
    judged.plots(folder)
    note = plots.missing_font_note([target.name, *target.classes])
    if note:
        reporter.problem(Problem(note, "plots", severity="note"))


def _as_plain(problem: Problem) -> Dict[str, str]:
    return {"severity": problem.severity, "message": problem.message, "hint": problem.hint}
