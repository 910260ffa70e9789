"""What ``fcnn train`` says and does where several workers train together."""

import os
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Iterator, Optional

from fcnn.cli.output import show_problem
from fcnn.errors import ConfigError, ExitCode, Problem
from fcnn.wording import say


@dataclass(frozen=True)
class Given:
    """The workers that the command line names, if any."""

    cluster: Any = None
    """:class:`fcnn.training.cluster.Cluster`, or None where this process trains alone."""
    timeout: float = 0.0
    """Seconds to wait for the others."""

    @property
    def is_chief(self) -> bool:
        """Whether this process writes the run folder."""
        return self.cluster is None or bool(self.cluster.is_chief)

    def request(self, request: Any) -> Any:
        """A request that knows how many processes share the rows."""
        return request if self.cluster is None else replace(request, workers=len(self.cluster.addresses))

    def reporter(self, screen: Any, quiet: bool, stop: Any) -> Any:
        """Who tells what happens."""
        from fcnn.cli.progress import ConsoleReporter, WorkerReporter

        return (ConsoleReporter if self.is_chief else WorkerReporter)(screen, quiet, stop)

    @contextmanager
    def met(self, reporter: Any, screen: Any) -> Iterator[Any]:
        """The :class:`fcnn.jobs.workers.Team`, or None where this process trains alone."""
        if self.cluster is None:
            yield None
            return
        from fcnn.jobs.workers import met, trusted_networks_only

        reporter.problem(trusted_networks_only("--workers"))
        with met(self.cluster, self.timeout, reporter) as team:
            team.meeting.when_stuck(lambda problem: _end_at_once(problem, screen.stream))
            name = self.cluster.name(self.cluster.index)
            reporter.line(say("{worker} of {count}: all are there", worker=name, count=len(self.cluster.addresses)))
            yield team
            reporter.closed()
            if not self.is_chief:
                reporter.line(say("done; worker 0 has written the run folder"))


def team_given(workers: Optional[str], index: Optional[int], timeout: str, dry_run: bool) -> Given:
    """The workers that options, or the variable TF_CONFIG, name.

    Raises:
        ConfigError: they are wrong.
    """
    from fcnn.training.cluster_given import cluster_of

    cluster = cluster_of(workers, index, os.environ)
    if cluster is None:
        return Given()
    if dry_run:
        if workers is None:  # TF_CONFIG is for all commands of a machine
            return Given()
        hint = say("leave {option} out", option="--workers")
        raise ConfigError(Problem(say("one process is enough to see what would be trained"), "--dry-run", hint=hint))
    return Given(cluster, seconds_of(timeout))


def seconds_of(timeout: str) -> float:
    """The seconds of ``--workers-timeout``.

    Raises:
        ConfigError: it is no duration.
    """
    from fcnn.config import parse_duration

    try:
        return parse_duration(timeout)
    except ValueError as error:
        expected = say("seconds, or such as 90s, 10m, 2h, 1h30m")
        raise ConfigError(Problem(error.args[0], "--workers-timeout", expected, repr(timeout))) from error


def _end_at_once(problem: Problem, stream: Any) -> None:
    """Another worker was lost, and this one is stuck in TensorFlow, which cannot be interrupted."""
    show_problem(problem, stream)
    stream.flush()
    os._exit(int(ExitCode.FAILED))
