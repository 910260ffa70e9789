"""What a worker of Ray Train does: the same as one that is started by hand, with the driver as its terminal."""

import os
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Mapping, Optional

from fcnn.environment import require_tensorflow
from fcnn.errors import ClusterError, FcnnError, Problem, errors_in
from fcnn.jobs.on_ray.mailbox import Failed
from fcnn.jobs.on_ray.mirror import Mirror, apply
from fcnn.jobs.on_ray.options import RAY
from fcnn.jobs.on_ray.reporting import MailReporter, in_touch
from fcnn.jobs.prepare import Request, read_request
from fcnn.jobs.repeats import Repeats
from fcnn.jobs.reporter import Reporter
from fcnn.jobs.resume import Unfinished, find_unfinished
from fcnn.jobs.train import follow_request, run_request
from fcnn.jobs.workers import Team, met
from fcnn.runs.folder import partial_of
from fcnn.runs.receipt import Origin
from fcnn.training.cluster_given import of_tf_config
from fcnn.training.meeting import WorkerLostError
from fcnn.training.stop import Stop
from fcnn.wording import say

AGAIN = "start it again"


@dataclass(frozen=True)
class Order:
    """What is to be trained, with absolute paths: on the nodes there is another current folder."""

    config: Mapping[str, Any]
    name: str
    repeats: Optional[Repeats]
    timeout: float
    """Seconds that the workers wait for each other."""
    origin: Optional[Origin] = None
    """Who asked for it, on the driver's machine."""


class TrainingEndedError(Exception):
    """A worker has told the driver why it failed; Ray is to end the others."""


def train_as_worker(order: Order, mailbox: Any) -> None:
    """Train as one of the workers that Ray Train has started, and that know each other by TF_CONFIG.

    Args:
        order: what is to be trained.
        mailbox: the actor that is a :class:`fcnn.jobs.on_ray.mailbox.Mailbox`.

    Raises:
        TrainingEndedError: it failed, and the driver was told why.
    """
    import ray
    from ray.train import get_context

    os.environ.pop("TF_USE_LEGACY_KERAS", None)  # Ray sets it, for those who train with Keras 2 beside Keras 3
    try:
        if not ray.get(mailbox.begin.remote(get_context().get_world_rank())):
            message = say("Ray lost a worker and started it once more, which cannot go on where the others are")
            raise ClusterError(Problem(message, RAY, hint=AGAIN))
        _train(order, mailbox)
    except FcnnError as error:
        ray.get(mailbox.post.remote(failure(error)))
        raise TrainingEndedError from None


def failure(error: FcnnError) -> Failed:
    """What to tell the driver of an error."""
    kind = next(kind.__name__ for kind in type(error).__mro__ if kind.__module__ == FcnnError.__module__)
    problems = tuple(errors_in(error.problems))  # notes are about the folder on the node, which goes
    return Failed(kind, problems, isinstance(error, WorkerLostError))


def _train(order: Order, mailbox: Any) -> None:
    def post(letter: Any) -> Any:
        return mailbox.post.remote(letter)

    cluster = of_tf_config(os.environ["TF_CONFIG"])
    assert cluster is not None
    require_tensorflow()
    request = replace(read_request(order.config, name=order.name), workers=len(cluster.addresses), origin=order.origin)
    if request.workers == 1:
        _write_run(request, order, mailbox, MailReporter(post), None)
        return
    reporter = MailReporter(post) if cluster.is_chief else Reporter()
    with met(cluster, order.timeout, reporter) as team:
        # the driver ends the job, and with it a worker that is stuck in TensorFlow
        team.meeting.when_stuck(lambda problem: post(failure(WorkerLostError(problem))))
        if isinstance(reporter, MailReporter):
            _write_run(request, order, mailbox, reporter, team)
        else:
            follow_request(request, (), reporter, Stop(), order.repeats, team)


def _write_run(request: Request, order: Order, mailbox: Any, reporter: MailReporter, team: Optional[Team]) -> None:
    """Train as the chief, into a folder on this machine, and send the driver all that is written there."""
    import ray

    def post(letter: Any) -> Any:
        return mailbox.post.remote(letter)

    def reason() -> Optional[str]:
        return ray.get(mailbox.reason.remote())

    mirror = Mirror()
    unfinished: Optional[Unfinished] = None
    begun = ray.get(mailbox.begun_with.remote())
    with TemporaryDirectory(prefix="fcnn-run-", dir=Path.cwd()) as folder:  # Ray's own, which goes when Ray ends
        final = Path(folder) / "run"
        if begun is not None:
            apply(begun, partial_of(final))
            mirror.changes(partial_of(final))  # which the driver has
            found = find_unfinished(final, request, repeats=order.repeats)
            assert isinstance(found, Unfinished)
            unfinished = found
        with in_touch(reporter, mirror, post, reason) as stop:
            run = run_request(request, final, (), reporter, stop, order.repeats, unfinished, team)
        ray.get(post(mirror.changes(run.folder, complete=True)))
