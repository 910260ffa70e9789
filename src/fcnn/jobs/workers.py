"""Several processes that train one network together: what they compare before, and what ends them all."""

import zlib
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Dict, Iterator, List, Mapping, Sequence

import msgspec
import numpy as np

from fcnn.config.structs import plain
from fcnn.data.readers import Readers
from fcnn.data.stored import pieces_of
from fcnn.errors import ConfigError, FcnnError, Problem
from fcnn.jobs.prepare import Prepared
from fcnn.jobs.reporter import Reporter
from fcnn.jobs.versions import installed_versions
from fcnn.training.cluster import Cluster
from fcnn.training.meeting import Meeting, WorkerLostError
from fcnn.training.stop import SharedStop, Stop
from fcnn.wording import say

if TYPE_CHECKING:
    from fcnn.training.replicas import Replicas

TIMEOUT = 600.0
"""Seconds that the workers wait for each other at the beginning."""
SOON = 5.0
"""Seconds until it is known who was lost, after TensorFlow has seen that somebody was."""
PACKAGES = ("tensorflow", "keras", "numpy", "pandas", "scikit-learn")
OF_A_MACHINE = ("data.path", "data.validation_path", "data.test_path", "run.", "training.initial_weights",
                "training.threads")  # fmt: skip
"""Keys of the config that may differ between machines, or their beginnings; what files hold is compared itself."""


def trusted_networks_only(where: str) -> Problem:
    """The warning of what listens while several processes train; `where` is the option that asked for them."""
    message = say("TensorFlow's server of each worker listens on all addresses and asks for no password")
    return Problem(message, where, hint=say("trusted networks only"), severity="warning")


class Team:
    """This process among those that it trains with."""

    def __init__(self, cluster: Cluster, meeting: Meeting) -> None:
        """Be one of a cluster that has met."""
        self.cluster = cluster
        self.meeting = meeting
        self._stop = Stop()

    def stop(self, own: Stop) -> Stop:
        """The wish to stop of all processes, where `own` is that of this one."""
        self._stop = SharedStop(own, self.meeting.all_gather)
        return self._stop

    @property
    def interrupted(self) -> bool:
        """Whether one of the processes was asked to stop."""
        return self._stop.reason is not None

    def replicas(self) -> "Replicas":
        """The devices of all processes; TensorFlow is loaded and has not run anything yet.

        Raises:
            WorkerLostError: a process has ended.
        """
        from fcnn.network import backend
        from fcnn.training.replicas import Replicas

        cluster = self.cluster
        self.meeting.all_gather(b"")  # all have loaded TensorFlow: it waits without end for one that was lost meanwhile
        strategy = backend.strategy_of_workers(cluster.addresses, cluster.index)
        return Replicas(strategy, cluster.index, len(cluster.addresses))

    def readers(self) -> Readers:
        """The processes as those that read the table, each its share of it."""
        return Readers(self.cluster.index, len(self.cluster.addresses), self.meeting.all_gather)

    def compare(self, jobs: Sequence[Prepared]) -> None:
        """See to it that all processes are about to train the same.

        Raises:
            ConfigError: they are not; every process raises the same.
            WorkerLostError: a process has ended.
        """
        facts = self.meeting.all_gather(msgspec.json.encode(facts_about(jobs)))
        problems = differences([msgspec.json.decode(each) for each in facts], self.cluster)
        if problems:
            raise ConfigError(*problems)

    def trained(self) -> None:
        """All is learnt: what is left is the chief's own work, which no loss of another process ends."""
        self.meeting.when_stuck(lambda problem: None)

    def finish(self) -> None:
        """Wait until all have done their part: the chief has written the run folder.

        Raises:
            WorkerLostError: the chief has ended before.
        """
        with suppress(*([WorkerLostError] if self.cluster.is_chief else [])):
            self.meeting.all_gather(b"")


@contextmanager
def met(cluster: Cluster, timeout: float, reporter: Reporter) -> Iterator[Team]:
    """The team of a cluster, for the time of the block; what ends this process early ends the others, too.

    Args:
        cluster: the processes.
        timeout: seconds to wait for the others.
        reporter: is told for whom this process waits.

    Raises:
        TrainingError: the others did not come, or one of them was lost.
        ConfigError: another process was started in another way.
    """
    meeting = Meeting(cluster, timeout, reporter.line)
    reason: str = say("it failed")
    try:
        yield Team(cluster, meeting)
        reason = ""
    except WorkerLostError:
        reason = ""
        raise
    except FcnnError as error:
        reason = str(error.problems[0].message)
        raise
    except KeyboardInterrupt:
        reason = say("interrupted")
        raise
    except Exception as error:
        from fcnn.network import backend

        if not isinstance(error, backend.tf.errors.OpError):
            raise
        loss = meeting.loss(SOON)
        if loss is None:
            raise
        reason = ""
        raise WorkerLostError(loss) from error
    finally:
        meeting.leave(reason)


def facts_about(jobs: Sequence[Prepared]) -> Dict[str, str]:
    """What all processes must have in common, as texts by names such as ``training.epochs`` and ``table.sha256.1``."""
    first = jobs[0]
    facts = {f"version.{name}": found for name, found in installed_versions(PACKAGES).items()}
    facts.update(_flat(plain(first.config)))
    for number, file in enumerate(first.dataset.files, 1):
        facts[f"table.sha256.{number}"] = str(file["sha256"])
    facts["initial_weights"] = "".join(map(_digest, (first.initial or {}).values()))
    for number, job in enumerate(jobs, 1):
        dataset = job.dataset
        found = {"seed": str(job.config.seed), "features": ", ".join(dataset.preprocessing.feature_names)}
        found["preprocessing"] = _digest(msgspec.json.encode(dataset.preprocessing))
        for part, rows in dataset.parts.items():
            arrays = {"rows": rows.rows, "labels": rows.y, "weights": rows.weight}
            found.update((f"{part}.{name}", "" if array is None else _digest(array)) for name, array in arrays.items())
            found[f"{part}.matrix"] = _digest(*pieces_of(rows.x))
        facts.update((f"trainings.{number}.{name}" if len(jobs) > 1 else name, text) for name, text in found.items())
    return facts


def differences(facts: Sequence[Mapping[str, str]], cluster: Cluster) -> List[Problem]:
    """What the other processes have that the chief has not.

    Args:
        facts: of each process, as of :func:`facts_about`.
        cluster: the processes.
    """
    problems = []
    for index in range(1, len(facts)):
        for name in dict.fromkeys([*facts[0], *facts[index]]):
            expected, received = facts[0].get(name, ""), facts[index].get(name, "")
            if expected != received:
                message = say("{name} is not what worker 0 has", name=name)
                problems.append(Problem(message, cluster.name(index), expected, received))
    return problems


def _flat(config: Any, prefix: str = "") -> Dict[str, str]:
    """The config as one text for each key that must be equal."""
    if isinstance(config, Mapping):
        found: Dict[str, str] = {}
        for key, value in config.items():
            found.update(_flat(value, f"{prefix}.{key}" if prefix else key))
        return found
    return {} if prefix.startswith(OF_A_MACHINE) else {prefix: repr(config)}


def _digest(*contents: Any) -> str:
    """A short digest of bytes or arrays, one after another; it tells what differs, and guards against nobody."""
    found = 0
    for content in contents:
        found = zlib.crc32(content if isinstance(content, bytes) else np.ascontiguousarray(content).data, found)
    return f"{found:08x}"
