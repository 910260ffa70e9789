"""Having trials trained, one after another: in this process, or by several others."""

import threading
import time
from pathlib import Path
from typing import List, Optional

from fcnn.jobs.prepare import Request
from fcnn.training.stop import Stop
from fcnn.tuning.book import Book
from fcnn.tuning.outcome import Train
from fcnn.tuning.reporter import SearchReporter
from fcnn.tuning.worker import Worker

MOMENT = 0.1
"""Seconds between two looks at whether the search shall stop, where other processes train."""


class Work:
    """Takes trials from a study, has them trained, and writes down what came of them."""

    def __init__(self, book: Book, reporter: SearchReporter, most: Optional[int], deadline: Optional[float]) -> None:
        """Begin with a study.

        Args:
            book: the study.
            reporter: is told of each trial that has ended.
            most: as many trials as there shall be in the study; None: there is no such limit.
            deadline: of :func:`time.monotonic`; after it no trial begins.
        """
        self._book = book
        self._reporter = reporter
        self._most = most
        self._deadline = deadline

    def alone(self, train: Train, stop: Stop) -> None:
        """Have one trial after another trained, until there are enough, time is up, or `stop` has a reason."""
        while not stop.requested() and (self._deadline is None or time.monotonic() < self._deadline):
            asked = self._book.begin(self._most)
            if asked is None:
                return
            begun = asked

            def on_rung(epoch: int, loss: float) -> bool:
                return self._book.report(begun, epoch, loss)  # noqa: B023 - it is asked before the next one begins

            trial = self._book.finish(asked, train(asked.values, on_rung, stop))
            self._reporter.trial_ends(trial, self._book.trials())

    def together(self, request: Request, processes: int, log: Path, stop: Stop) -> None:
        """The same by several processes, one thread here for each of them.

        Args:
            request: the config as it is.
            processes: how many.
            log: a file for what they write to stderr.
            stop: a request to stop; trials under way are interrupted.
        """
        failures: List[BaseException] = []
        ended = Stop()

        def follow(worker: Worker) -> None:
            try:
                self.alone(worker.train, ended)
            except BaseException as error:
                failures.append(error)

        with log.open("a", encoding="utf-8") as file:
            workers = [Worker(request, file) for _ in range(processes)]
            threads = [threading.Thread(target=follow, args=(worker,), daemon=True) for worker in workers]
            try:
                for thread in threads:
                    thread.start()
                while any(thread.is_alive() for thread in threads) and not (stop.requested() or failures):
                    time.sleep(MOMENT)
            finally:
                ended.reason = stop.reason or "interrupted"
                for worker in workers:
                    worker.end()
                for thread, worker in zip(threads, workers):
                    thread.join()
                    worker.close()
        if failures:
            raise failures[0]
