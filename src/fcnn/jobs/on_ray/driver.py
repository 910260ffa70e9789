"""The driver's side: what the command does while others train."""

import time
from dataclasses import replace
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional

import msgspec

import fcnn.errors
from fcnn.config.structs import plain
from fcnn.errors import ClusterError, FcnnError, Problem
from fcnn.jobs.keeping import keeping
from fcnn.jobs.on_ray.connection import connected
from fcnn.jobs.on_ray.coordinate import coordinate
from fcnn.jobs.on_ray.mailbox import Failed, Files, Mailbox, Told
from fcnn.jobs.on_ray.mirror import Mirror, apply
from fcnn.jobs.on_ray.nodes import ask_nodes, check_nodes, nodes_of
from fcnn.jobs.on_ray.options import RAY, RayOptions
from fcnn.jobs.on_ray.sharing import Share, share_out
from fcnn.jobs.on_ray.worker import Order
from fcnn.jobs.prepare import Prepared, Request
from fcnn.jobs.receipt import origin
from fcnn.jobs.repeats import Repeats
from fcnn.jobs.reporter import Reporter
from fcnn.jobs.resume import Unfinished
from fcnn.jobs.train import prepare_jobs
from fcnn.jobs.workers import trusted_networks_only
from fcnn.runs.folder import WEIGHTS, NewRun, new_run
from fcnn.runs.run import Run
from fcnn.training.stop import Stop
from fcnn.wording import say, say_many

SECONDS = 0.2
"""Between two looks into the mailbox."""
ANSWER = 60.0
"""Seconds that the mailbox has to answer."""
LAST_WORDS = 15.0
"""Seconds that the other workers have to say why they failed, after one did."""


def run_on_ray(
    request: Request,
    run_dir: Optional[Path],
    options: RayOptions,
    timeout: float,
    reporter: Reporter,
    stop: Stop,
    repeats: Optional[Repeats] = None,
    unfinished: Optional[Unfinished] = None,
) -> Run:
    """Have the workers of a Ray cluster train what was requested; the run folder is written here.

    Args:
        request: the job.
        run_dir: exactly this run folder.
        options: which Ray, and how much of it.
        timeout: seconds that Ray has to start the workers, and that these wait for each other.
        reporter: is told what happens.
        stop: once it has a reason, the training ends, and the best epoch so far is kept.
        repeats: how the training is repeated.
        unfinished: the run that goes on, where it is none that begins.

    Raises:
        ConfigError: the config is wrong, or not that of the run to go on with; Ray has no room for so many workers.
        DataError: the table cannot be used.
        RunError: the run folder is in the way, or cannot be written.
        UnsupportedEnvironmentError: Ray is not installed, or a node has another fcnn.
        ClusterError: Ray cannot be reached, or a worker was lost.
        TrainingError: a worker failed, or the result cannot be written.
    """
    jobs = prepare_jobs(replace(request, workers=options.workers or 1), repeats, reporter)
    absolute = _absolute(jobs[0])
    files = [*request.paths, *([] if request.start is None else [request.start / WEIGHTS])]
    name, runs = request.name, Path(jobs[0].config.run.dir)
    del jobs  # the table is no longer needed here
    again = unfinished is not None
    with NewRun(unfinished.final, again=True) if unfinished is not None else new_run(runs, name, run_dir) as folder:
        with keeping(folder, reporter, options.words), connected(options) as ray:
            share = share_out(nodes_of(ray.nodes()), options)
            reporter.line(share.describe())
            if share.workers > 1:
                reporter.problem(trusted_networks_only(RAY))
            check_nodes(ask_nodes(ray, share.nodes, files))
            order = Order(_with_threads(absolute, share), name, repeats, timeout, request.origin or origin())
            _Following(ray, order, share, folder.partial, reporter, stop, again).until_it_ends()
        return Run(folder.complete())


def _absolute(job: Prepared) -> Mapping[str, Any]:
    """The config as it was written, but for paths, which mean the same everywhere."""
    request = job.request
    config, change = request.loaded.absolute(), msgspec.structs.replace
    start = None if request.start is None else str(request.start)
    return plain(
        change(
            config,
            training=change(config.training, initial_weights=start),
            run=change(config.run, dir=str(Path(config.run.dir).absolute()), name=request.name),
        )
    )


def _with_threads(config: Mapping[str, Any], share: Share) -> Mapping[str, Any]:
    """A config whose workers use the CPUs that they were given, where it does not say how many threads they use."""
    training = config["training"]
    return {**config, "training": {**training, "threads": training["threads"] or share.cpus}}


class _Following:
    """A training on the cluster, followed from here."""

    def __init__(
        self, ray: Any, order: Order, share: Share, folder: Path, reporter: Reporter, stop: Stop, again: bool
    ) -> None:
        self._ray, self._share, self._folder = ray, share, folder
        self._reporter, self._stop = reporter, stop
        self._deadline = time.monotonic() + order.timeout
        self._asked = self._all_there = self._complete = False
        self._failures: List[Failed] = []
        remote = {"num_cpus": 0}
        self._mailbox = ray.remote(**remote)(Mailbox).remote(Mirror().changes(folder) if again else None)
        self._job = ray.remote(**remote, max_retries=0)(coordinate).remote(order, share, self._mailbox)

    def until_it_ends(self) -> None:
        """Show what the chief tells, and write what it sends.

        Raises:
            FcnnError: of a worker.
            ClusterError: Ray lost a worker, or the driver lost Ray.
            OSError: a file cannot be written.
        """
        from ray.exceptions import RayError

        try:
            while not self._look():
                pass
            result = self._ray.get(self._job) if not self._complete else None
        except (RayError, ConnectionError) as error:
            message = say("the connection to Ray was lost, or the node that it went to")
            raise ClusterError(_lost(message, str(error).partition("\n")[0])) from error
        if self._complete:
            return
        self._raise_failures()
        raise ClusterError(_lost(say("Ray lost a worker, or could not start it"), result or ""))

    def _look(self) -> bool:
        """Take what was posted; whether nothing will follow."""
        done, _ = self._ray.wait([self._job], timeout=SECONDS)
        for letter in self._ray.get(self._mailbox.take.remote(), timeout=ANSWER):
            if isinstance(letter, Told):
                getattr(self._reporter, letter.method)(*letter.arguments)
            elif isinstance(letter, Files):
                apply(letter, self._folder)
                self._complete = letter.complete
            elif not self._failures:
                self._failures = [letter]
                self._deadline = time.monotonic() + LAST_WORDS
            else:
                self._failures.append(letter)
        if self._stop.requested() and not self._asked:
            self._asked = True
            self._mailbox.ask_to_stop.remote(self._stop.reason)
        late = time.monotonic() > self._deadline
        if self._failures:
            return late or bool(done) or len(self._failures) == self._share.workers
        if not self._all_there:
            begun = self._ray.get(self._mailbox.begun.remote(), timeout=ANSWER)
            self._all_there = begun >= self._share.workers
            if late and not self._all_there and not done:
                raise ClusterError(_not_started(self._share, begun))
        return bool(done)

    def _raise_failures(self) -> None:
        """Raise what the workers failed of, each problem once; of who was lost only where nothing else is known."""
        causes = [each for each in self._failures if not each.is_loss] or self._failures
        if causes:
            kind: Any = getattr(fcnn.errors, causes[0].error)
            problems: Dict[str, Problem] = {str(problem): problem for each in causes for problem in each.problems}
            error: FcnnError = kind(*problems.values())
            raise error


def _not_started(share: Share, begun: int) -> Problem:
    message = say("Ray has not started all workers in the time that they have")
    expected = say_many(share.workers, "1 worker", "{count} workers")
    received = say_many(begun, "1 worker", "{count} workers")
    hint = say("is the cluster busy? see `ray status`; --workers-timeout says how long to wait")
    return Problem(message, RAY, expected, received, hint)


def _lost(message: str, told: str) -> Problem:
    """What Ray tells is long; the cause stands in its last line."""
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    return Problem(message, RAY, received=lines[-1] if lines else "", hint=say("start it again"))
