"""The job of ``fcnn tune``: trials until there are enough, and the best of them as an ordinary run."""

import time
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence, Tuple, Type

from fcnn.config import resolved_yaml
from fcnn.config.search import dimensions_of
from fcnn.config.search_space import usual_space
from fcnn.config.structs import plain
from fcnn.errors import Problem, RunError, TrainingError
from fcnn.files import atomic_write
from fcnn.jobs.prepare import Request, describe, prepare_job
from fcnn.jobs.reporter import Reporter
from fcnn.jobs.train import run_request
from fcnn.report.pictures import Pictures
from fcnn.report.study.facts import FAILED, Key, Study, Trial, best_of, counted
from fcnn.runs.folder import is_run, not_writable, safe_name
from fcnn.runs.lock import FolderLock
from fcnn.runs.receipt import Origin
from fcnn.runs.run import Run
from fcnn.training.stop import Stop
from fcnn.tuning.book import Book
from fcnn.tuning.page import write_study
from fcnn.tuning.reporter import SearchReporter
from fcnn.tuning.storage import answering, is_url, open_storage
from fcnn.tuning.trainer import Trainer
from fcnn.tuning.work import Work
from fcnn.wording import say

TRIALS = 50
"""Where neither a number nor a time is given: Optuna samples the first ten at random."""
BEST = "best.yaml"
WORKERS_LOG = "workers.txt"
"""What the processes of ``--jobs`` write to stderr."""
FEW = 3
"""Reasons that are told where every trial has failed."""


@dataclass(frozen=True)
class Options:
    """How long is searched, by how many, and where the trials are kept."""

    trials: Optional[int] = None
    """As many as there shall be in the study."""
    seconds: Optional[float] = None
    """After so many no trial begins."""
    jobs: int = 1
    study: Optional[str] = None
    """Its name, or the address of a database; None: the name of the config."""

    @property
    def most(self) -> Optional[int]:
        """As many trials as there shall be; None where time is the only limit."""
        return TRIALS if self.trials is None and self.seconds is None else self.trials

    @property
    def url(self) -> Optional[str]:
        """The address of the database, where one is given."""
        return self.study if self.study is not None and is_url(self.study) else None


class Search:
    """A search; to be used in a ``with`` block, which keeps other processes away from a study that lies in a file."""

    def __init__(self, request: Request, options: Options, reporter: SearchReporter) -> None:
        """Read the table, and begin the study or go on with it.

        Args:
            request: the config as it is.
            options: how to search.
            reporter: is told what happens.

        Raises:
            DataError: the table cannot be used.
            ConfigError: the config does not fit the table, or is not the one that the study was begun with.
            RunError: the study cannot be opened, or another process works on it.
        """
        self._request = request
        self._options = options
        self._reporter = reporter
        self._trainer = Trainer(request, reporter)
        config = self._trainer.prepared.config
        name = safe_name(options.study) if options.study is not None and options.url is None else request.name
        self.folder = Path(config.run.dir) / f"{name}.tune"
        self._name = name
        self._lock = self._opened()
        try:
            dimensions = dimensions_of(request.config.search or usual_space(config))
            self.keys = [Key(each.key, each.describe(), tuple(each.labels), each.log) for each in dimensions]
            storage, where = open_storage(options.url, self.folder)
            self._where = where
            with answering(where):
                self._book = Book(storage, name, dimensions, config.seed, where)
                self._book.identify(self._identity())
                if self._lock is not None:
                    self._book.forget_unfinished()
            reporter.opened(self.folder)
        except BaseException:
            self._released()
            raise

    def __enter__(self) -> "Search":
        """Nothing is to be done."""
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        """Let others have the study."""
        self._released()

    @property
    def trials(self) -> List[Trial]:
        """All that there are in the study."""
        return self._book.trials()

    @property
    def best(self) -> Trial:
        """The best of them.

        Raises:
            TrainingError: none was trained to its end.
        """
        best = best_of(self.trials)
        if best is None:
            raise TrainingError(*self._all_failed())
        return best

    def run(self, stop: Stop) -> None:
        """Train trial after trial until there are enough, time is up, or `stop` has a reason.

        Raises:
            TrainingError: no trial in the study has come to its end.
        """
        for finding in self._trainer.prepared.findings:
            self._reporter.problem(finding)
        self._reporter.line(describe(self._trainer.prepared))
        self._reporter.search_begins(self.keys, self.trials, self._options.most)
        deadline = None if self._options.seconds is None else time.monotonic() + self._options.seconds
        with answering(self._where):
            try:
                work = Work(self._book, self._reporter, self._options.most, deadline)
                if self._options.jobs == 1:
                    work.alone(self._trainer.train, stop)
                else:
                    work.together(self._request, self._processes(), self.folder / WORKERS_LOG, stop)
            finally:
                self._reporter.search_ended()
            self.write()
        if not stop.requested():
            self.best  # noqa: B018 - there is one, or a reason why there is none

    def write(self) -> None:
        """Write the page, and the best config where there is one.

        Raises:
            RunError: they cannot be written.
        """
        study = Study(
            self._name, self._trainer.prepared.dataset.target.name, self.keys, self.trials, self._book.importance()
        )
        try:
            write_study(study, self.folder, self._trainer.prepared.config.report.language)
            if study.best is not None:
                prepared = prepare_job(self._request_of(study.best))
                with atomic_write(self.folder / BEST) as file:
                    file.write(resolved_yaml(prepared.config))
        except OSError as error:
            raise RunError(not_writable(self.folder, error)) from error

    def train_best(
        self,
        run_dir: Optional[Path],
        reporter: Reporter,
        stop: Stop,
        asked: Optional[Origin] = None,
        make_pictures: Callable[[Mapping[str, str], Path], Pictures] = Pictures,
    ) -> Run:
        """Train the best config as an ordinary run, which scores the rows for testing; or find that run.

        Args:
            run_dir: exactly this run folder.
            reporter: is told what happens.
            stop: a request to stop from outside.
            asked: who asked for it.
            make_pictures: of what draws.

        Raises:
            TrainingError: no trial in the study has come to its end; or as of any training.
        """
        best = self.best
        number, earlier = self._book.trained
        if number == best.number and run_dir is None and is_run(Path(earlier)):
            reporter.line(say("trial {number} is still the best; it was trained as a run before", number=number))
            return Run(Path(earlier))
        reporter.line(say("trial {number} is the best: it is trained once more, as a run", number=best.number))
        request = replace(self._request_of(best), origin=asked)
        run = run_request(request, run_dir, (), reporter, stop, make_pictures=make_pictures)
        if not stop.requested():
            self._compare(best, run, reporter)
            self._book.trained = (best.number, str(run.folder))
        return run

    def _compare(self, best: Trial, run: Run, reporter: Reporter) -> None:
        """Say so where a run is not what its trial was."""
        history = run.history
        found = float(history["val_loss"][int(run.metrics["best_epoch"]) - 1])
        if found != best.loss:
            message = say("the run's validation loss is {found:.9g}, that of its trial was {before:.9g}",
                          found=found, before=best.loss)  # fmt: skip
            hint = say("the trial was trained on another machine or with other versions")
            reporter.problem(Problem(message, str(run.folder), hint=hint, severity="warning"))

    def _request_of(self, trial: Trial) -> Request:
        return self._trainer.request(self._book.values_of(trial.number))

    def _processes(self) -> int:
        """As many as there is work for."""
        most = self._options.most
        return self._options.jobs if most is None else min(self._options.jobs, max(0, most - len(counted(self.trials))))

    def _identity(self) -> Dict[str, Any]:
        """What a study is about: the search, the config but for what does not matter, and the bytes of the table."""
        config = plain(self._trainer.prepared.config)
        for name in ("run", "report", "diagnostics", "search"):
            del config[name]
        for name in ("path", "validation_path", "test_path"):
            del config["data"][name]
        files: Sequence[Mapping[str, Any]] = self._trainer.prepared.dataset.files
        return {
            "search": {key.name: key.space for key in self.keys},
            "config": config,
            "files": [file["sha256"] for file in files],
        }

    def _opened(self) -> Optional[FolderLock]:
        """The folder of the study, made, and locked where the study lies in it."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            return FolderLock(self.folder) if self._options.url is None else None
        except BlockingIOError as error:
            message = say("another process works on this study")
            hint = say("--jobs N trains with several processes, --study URL with several machines")
            raise RunError(Problem(message, str(self.folder), hint=hint)) from error
        except OSError as error:
            raise RunError(not_writable(self.folder, error)) from error

    def _released(self) -> None:
        self._reporter.closed()
        if self._lock is not None:
            self._lock.release()

    def _all_failed(self) -> Tuple[Problem, ...]:
        """Why there is no best trial."""
        trials = self.trials
        failed = [trial for trial in trials if trial.state == FAILED]
        if not failed:
            hint = say("the same command goes on with it")
            return (Problem(say("no trial has come to its end"), str(self.folder), hint=hint),)
        reasons = list(dict.fromkeys(trial.reason for trial in failed))
        message = say("no trial has come to its end: {count} have failed", count=len(failed))
        return (Problem(message, str(self.folder)), *(Problem(reason) for reason in reasons[:FEW]))
