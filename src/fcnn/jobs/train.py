"""The main job: from a config to a complete run folder."""

import time
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Sequence, Union

import msgspec
import numpy as np

import fcnn
from fcnn.config import resolved_yaml
from fcnn.environment import as_document, judge, read_facts, require_tensorflow
from fcnn.errors import ConfigError, Problem, TrainingError
from fcnn.evaluation.baselines import baselines
from fcnn.evaluation.verdicts import judged_split, verdicts
from fcnn.files import atomic_write, write_json
from fcnn.inference.network import forward
from fcnn.jobs.fit import fit_network
from fcnn.jobs.prepare import ConfigLike, Prepared, describe, prepare_job, read_request, sizes
from fcnn.jobs.reporter import Reporter
from fcnn.jobs.score import Scored
from fcnn.runs.folder import CONFIG, ENVIRONMENT, METRICS, PLOTS, find_run, new_run, not_writable
from fcnn.runs.record import FORMAT, Record, read_model, write_history, write_record, write_weights
from fcnn.runs.run import Run


def train(
    config: ConfigLike,
    overrides: Sequence[str] = (),
    *,
    run_dir: Union[str, Path, None] = None,
    name: Optional[str] = None,
    callbacks: Sequence[Any] = (),
    reporter: Optional[Reporter] = None,
    stop: Any = None,
) -> Run:
    """Train a network as a config says.

    Args:
        config: the path of a YAML file, or a mapping like one.
        overrides: ``key=value`` texts, such as ``training.epochs=10``.
        run_dir: exactly this run folder, instead of one below ``run.dir``.
        name: the start of the run folder's name.
        callbacks: Keras callbacks; their hooks of epochs and of the whole training are called.
        reporter: is told what happens; by default only the run's ``log.txt`` is.
        stop: a :class:`fcnn.training.loop.Stop` whose reason, once set, ends the training after the steps under way.

    Returns:
        The run, complete on disk.

    Raises:
        ConfigError: the config is wrong, or does not fit the table.
        DataError: the table cannot be used.
        RunError: the run folder is in the way, or cannot be written.
        UnsupportedEnvironmentError: TensorFlow would not work here.
        TrainingError: loss or weights became non-finite.
    """
    reporter = reporter or Reporter()
    request = read_request(config, overrides, name)
    for finding in require_tensorflow():
        reporter.problem(finding)
    prepared = prepare_job(request)
    for finding in prepared.findings:
        reporter.problem(finding)
    settings = prepared.config.run
    initial = _initial_arrays(prepared)
    folder = new_run(Path(settings.dir), str(settings.name), None if run_dir is None else Path(run_dir))
    try:
        reporter.opened(folder.partial)
        _train_into(folder.partial, prepared, initial, callbacks, reporter, stop)
        reporter.closed()
        return Run(folder.complete())
    except OSError as error:
        reporter.closed()
        folder.discard()
        raise TrainingError(not_writable(folder.partial, error)) from error
    except BaseException:
        reporter.closed()
        folder.discard()
        raise


def _train_into(
    partial: Path,
    prepared: Prepared,
    initial: Optional[Mapping[str, np.ndarray]],
    callbacks: Sequence[Any],
    reporter: Reporter,
    stop: Any,
) -> None:
    """Train and write every file of the run folder."""
    began = time.monotonic()
    dataset, design, config = prepared.dataset, prepared.design, prepared.config
    target = dataset.target
    with atomic_write(partial / CONFIG) as file:
        file.write(resolved_yaml(config))
    reporter.line(describe(prepared))

    fitted = fit_network(prepared, initial, callbacks, reporter, stop)
    arrays, trained = fitted.arrays, fitted.trained

    scored = {
        part: Scored(target, rows.y_raw, forward(design.architecture, arrays, rows.x), rows.weight)
        for part, rows in dataset.parts.items()
    }
    scores = {part: each.metrics() for part, each in scored.items()}
    training = dataset.parts["train"]
    rivals = baselines(
        target.task,
        training.x,
        training.y_raw,
        {part: (rows.x, rows.y_raw, rows.weight) for part, rows in dataset.parts.items()},
        target.classes,
        training.weight,
        config.seed,
    )
    judged = judged_split(scores)
    details = scored[judged].details()
    words: List[Problem] = []
    if config.diagnostics:
        planned = config.training.epochs if trained.stopped in ("finished", "early_stopping") else None
        matrix = scored[judged].confusion() if target.classes else None
        words = verdicts(
            target.task, trained.history, trained.best_epoch, scores, rivals, matrix, target.classes, planned
        )
    write_record(
        partial,
        Record(
            format=FORMAT,
            fcnn=fcnn.__version__,
            target=target,
            preprocessing=dataset.preprocessing,
            network=design.architecture,
            feature_names=dataset.preprocessing.feature_names,
            rows=dataset.rows,
            files=dataset.files,
            findings=tuple(str(finding) for finding in prepared.findings),
        ),
    )
    write_weights(partial, arrays)
    write_history(partial, trained.history)
    facts = read_facts()
    write_json(partial / ENVIRONMENT, as_document(judge(facts), facts))
    if config.run.plots:
        _draw(partial / PLOTS, prepared, trained, scored[judged], reporter)
    for word in words:
        reporter.problem(word)
    write_json(
        partial / METRICS,
        {
            "task": target.task,
            **scores,
            "baselines": rivals,
            **{name: {judged: value} for name, value in details.items()},
            "verdicts": [_as_plain(word) for word in words],
            "parameters": design.architecture.trainable_parameters,
            "epochs": len(trained.history["epoch"]),
            "best_epoch": trained.best_epoch,
            "stopped": trained.stopped,
            "numpy_difference": fitted.numpy_difference,
            "seconds": round(time.monotonic() - began, 3),
        },
    )


def _initial_arrays(prepared: Prepared) -> Optional[Mapping[str, np.ndarray]]:
    """The weights to start from, where the config names a run."""
    run = prepared.config.training.initial_weights
    if run is None:
        return None
    wanted = prepared.design.architecture
    model = read_model(find_run(run))
    if model.architecture.shapes() == wanted.shapes():
        return model.arrays
    where = prepared.request.loaded.locate(("training", "initial_weights"))
    message = "the network of that run has other shapes than this config's"
    raise ConfigError(Problem(message, where, sizes(wanted), sizes(model.architecture)))


def _draw(folder: Path, prepared: Prepared, trained: Any, judged: Scored, reporter: Reporter) -> None:
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
