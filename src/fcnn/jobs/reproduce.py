"""Training again what a run was trained on, and comparing what came of it: ``fcnn reproduce RUN``."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator, Optional, Sequence, Tuple, Union

from msgspec import structs

from fcnn.config import load_config
from fcnn.config.paths import shell_word
from fcnn.environment import judge, read_facts
from fcnn.errors import ConfigError, DataError, Problem, RunError
from fcnn.files import sha256
from fcnn.jobs.as_before import AsBefore, endings_of
from fcnn.jobs.prepare import Request, read_request
from fcnn.jobs.repeats import Repeats
from fcnn.jobs.reporter import Reporter
from fcnn.jobs.unchanged import check_unchanged
from fcnn.runs.documents import read_metrics
from fcnn.runs.folder import CONFIG, WEIGHTS, find_run
from fcnn.runs.receipt import Receipt, check_files, read_receipt
from fcnn.runs.record import Record, read_record
from fcnn.runs.repetition import COMPARED, Repetition, compare_runs
from fcnn.training.stop import Stop
from fcnn.wording import Said, say

MOVABLE = ("data.path", "data.validation_path", "data.test_path", "training.initial_weights")
"""Keys that may be given: where the files of the run are now. What is in them must be the same."""


@dataclass(frozen=True)
class Again:
    """A run that is to be trained again."""

    folder: Path
    """The run."""
    request: Request
    repeats: Optional[Repeats]
    receipt: Optional[Receipt]
    """None of a run from before there were receipts."""
    endings: Sequence[Tuple[int, str]]
    """Of each of its trainings: the epochs, and what ended it."""
    stopped: str
    """What ended the run."""
    obstacles: Tuple[Problem, ...]
    """Why the bits cannot be the same, known before."""


@dataclass(frozen=True)
class Reproduced:
    """A run that was trained again."""

    again: Again
    folder: Optional[Path]
    """The second run; None where it is identical and nobody asked to keep it, or was interrupted."""
    repetition: Optional[Repetition]
    """None where it was interrupted."""


def read_again(run: Union[str, Path], moved: Sequence[str] = ()) -> Again:
    """See what is to be trained again, and whether it can be; needs no TensorFlow.

    Args:
        run: a run folder, its name below ``runs``, or ``latest``.
        moved: ``key=value`` texts for the keys of `MOVABLE`.

    Raises:
        RunError: there is no such run, a file of it is not what was written, or it cannot be trained again.
        ConfigError: another key was given.
        DataError: the table is not there, or not what it was.
    """
    others = [text for text in moved if text.partition("=")[0] not in MOVABLE]
    if others:
        message = say("only says where files of the run are now, with {keys}", keys=", ".join(MOVABLE))
        hint = say("to train something else: fcnn train CONFIG")
        raise ConfigError(*(Problem(message, text.partition("=")[0], hint=hint) for text in others))
    folder = find_run(str(run)).absolute()
    receipt = read_receipt(folder)
    if receipt is not None:
        check_files(folder, COMPARED)
    record, metrics = read_record(folder), read_metrics(folder)
    endings = endings_of(metrics)
    if endings[0][0] == 1 and endings[0][1] in ("interrupted", "terminated", "time_limit"):
        message = say("was stopped in its first epoch, and nobody knows after which row")
        raise RunError(Problem(message, str(folder), hint=say("train it again: fcnn train {config}",
                                                              config=shell_word(str(folder / CONFIG)))))  # fmt: skip
    request = _request(folder, moved, record, receipt)
    found = record.repeats
    repeats = None if found is None else Repeats(found["kind"], found["count"], "ensemble" in found)
    obstacles = tuple(_obstacles(folder, receipt))
    return Again(folder, request, repeats, receipt, endings, metrics["stopped"], obstacles)


def reproduce(again: Again, run_dir: Optional[Path], reporter: Reporter, stop: Stop) -> Reproduced:
    """Train again, and compare.

    Args:
        again: what is to be trained.
        run_dir: exactly this folder, which then stays. Without it the second run is beside the first, and stays where
            it is another.
        reporter: is told what happens.
        stop: a request to stop from outside: then nothing is compared.

    Raises:
        FcnnError: as of :func:`fcnn.jobs.train.run_request`.
    """
    from fcnn.jobs.train import run_request

    for obstacle in again.obstacles:
        reporter.problem(obstacle)
    as_before = AsBefore(stop, again.endings, again.stopped)
    watched: Any = as_before.watching(reporter)
    run = run_request(again.request, run_dir, (), watched, as_before, again.repeats)
    repetition = None if stop.requested() else compare_runs(again.folder, run.folder)
    if run_dir is None and (repetition is None or repetition.identical):
        shutil.rmtree(str(run.folder), ignore_errors=True)
        return Reproduced(again, None, repetition)
    return Reproduced(again, run.folder, repetition)


def _request(folder: Path, moved: Sequence[str], record: Record, receipt: Optional[Receipt]) -> Request:
    """The run's config as a request: beside the run, with as many threads, without pictures or a limit of time.

    Raises:
        ConfigError: the config cannot be read.
        DataError: the table is not there, or not what it was.
    """
    files, hint = record.files, _where_now("data.path=FILE")
    known = [] if any(text.startswith("data.") for text in moved) else [Path(file["path"]) for file in files]
    if known:
        check_unchanged(files, known, hint)
    change, loaded = structs.replace, load_config(folder / CONFIG, moved)
    config = loaded.absolute()
    threads = config.training.threads
    if threads is None and receipt is not None:
        threads = receipt.repeatable.threads
    config = change(
        config,
        run=change(config.run, dir=str(folder.parent), plots=False),
        training=change(config.training, time_limit=None, threads=threads),
    )
    request = read_request(config, name=f"{folder.name}-again")
    if len(request.paths) != len(files):
        message = say("the run was trained on {count} files", count=len(files))
        raise DataError(Problem(message, str(folder), received=", ".join(map(str, request.paths))))
    if list(request.paths) != known:
        check_unchanged(files, request.paths, hint)
    start = None if receipt is None else receipt.initial_weights
    if request.start is not None and start is not None and sha256(request.start / WEIGHTS) != start:
        message = say("the weights that the run began with are others now")
        raise RunError(Problem(message, str(request.start / WEIGHTS), hint=_where_now("training.initial_weights=RUN")))
    return request


def _where_now(words: str) -> Said:
    return say("if it lies elsewhere: fcnn reproduce RUN {words}", words=words)


def _obstacles(folder: Path, receipt: Optional[Receipt]) -> Iterator[Problem]:
    """What is known to give other bits, as notes."""
    where = str(folder)
    if receipt is None:
        message = say("the run has no receipt: an fcnn before there were any wrote it, and its files are not checked")
        yield Problem(message, where, severity="note")
        return
    here = judge(read_facts()).stack
    if receipt.stack != here:
        message = say(
            "was trained on the {then} stack, and this is the {now} one: bits cannot be the same, metrics should be",
            then=receipt.stack,
            now=here,
        )
        yield Problem(message, where, severity="note")
    if receipt.repeatable.workers > 1:
        message = say(
            "was trained by {count} workers, and this is one process: equal but for rounding at best",
            count=receipt.repeatable.workers,
        )
        yield Problem(message, where, severity="note")
    said = {
        "gpu": say("was trained on a GPU, which takes sums in no fixed order"),
        "callbacks": say("callbacks from Python took part in it, which are not called now"),
        "resumed_elsewhere": say("was begun with other versions than it was ended with"),
    }
    for name in receipt.repeatable.hindrances:
        if name in said:
            yield Problem(said[name], where, severity="note")
