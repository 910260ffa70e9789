"""How the processes that train together find each other: the others come to the chief, who waits for all of them."""

import socket
import time
from contextlib import suppress
from typing import Any, Callable, Dict, List, Optional

import msgspec

import fcnn
from fcnn.errors import ConfigError, FcnnError, Problem, TrainingError
from fcnn.training.cluster import Cluster, host_and_port
from fcnn.training.frames import HELLO, LATE, REFUSED, WELCOME, Frame, FrameError, Pipe
from fcnn.wording import say, say_list

PATIENCE = 3.0
"""Seconds after which a process that waits says for whom."""
PAUSE = 0.2
"""Seconds between two looks."""
HELLO_BYTES = 1 << 20
"""Of the first message of a connection at most, which anybody may have opened."""
HELLO_TIME = 2.0
"""Seconds that it may take."""
CONNECTING = 2.0
"""Seconds that one attempt to reach the chief may take."""

Waiting = Callable[[str], None]
"""Is told for whom a process waits, where it takes more than a moment."""


def arrive(cluster: Cluster, timeout: float, on_waiting: Waiting) -> Dict[int, Pipe]:
    """Wait until all processes are there.

    Args:
        cluster: the processes.
        timeout: seconds to wait at most.
        on_waiting: is told for whom this one waits.

    Returns:
        The connections of this process: the chief's to each of the others, another's to the chief.

    Raises:
        TrainingError: the port is taken, or somebody did not come.
        ConfigError: another process was started in another way.
    """
    pipes: Dict[int, Pipe] = {}
    wait = _Wait(cluster, timeout, on_waiting)
    try:
        with listening(cluster) as listener:
            if cluster.is_chief:
                _receive_all(cluster, listener, wait, pipes)
        if not cluster.is_chief:  # whose port is free: TensorFlow would share it with whoever has it
            pipes[0] = _go_to_chief(cluster, wait)
    except BaseException:
        for pipe in pipes.values():
            pipe.close()
        raise
    return pipes


class _Wait:
    """How long a process has waited, and for whom."""

    def __init__(self, cluster: Cluster, timeout: float, on_waiting: Waiting) -> None:
        self._cluster = cluster
        self._began = time.monotonic()
        self._timeout = timeout
        self._on_waiting = on_waiting
        self._told = False

    @property
    def left(self) -> float:
        """Seconds."""
        return self._began + self._timeout - time.monotonic()

    def goes_on(self, missing: List[int], reason: str = "") -> None:
        """Some are still missing, for a reason that is known or not."""
        if self.left < 0:
            raise TrainingError(_did_not_come(self._cluster, missing, reason))
        if not self._told and time.monotonic() > self._began + PATIENCE:
            self._told = True
            self._on_waiting(say("waiting for {workers}", workers=_names(self._cluster, missing)))

    def refused(self, peer: str, reason: str) -> None:
        """Somebody came who does not belong to this training."""
        self._on_waiting(say("refused a worker from {address}: {reason}", address=peer, reason=reason))


def listening(cluster: Cluster) -> socket.socket:
    """A socket that listens on the port of this process, on all addresses, as TensorFlow's server will.

    Raises:
        TrainingError: the port is taken.
    """
    port = host_and_port(cluster.addresses[cluster.index])[1]
    try:
        six = socket.has_dualstack_ipv6()
        return socket.create_server(("", port), family=socket.AF_INET6 if six else socket.AF_INET, dualstack_ipv6=six)
    except OSError as error:
        hint = say("does another process listen there? choose another port, the same in all --workers")
        message = say("cannot listen on port {port}: {error}", port=port, error=error.strerror or str(error))
        raise TrainingError(Problem(message, cluster.name(cluster.index), hint=hint)) from error


# --- the chief --------------------------------------------------------------------------------------------------------


def _receive_all(cluster: Cluster, listener: socket.socket, wait: _Wait, pipes: Dict[int, Pipe]) -> None:
    """Wait for the others, and then tell them that all are there."""
    listener.settimeout(PAUSE)
    while len(pipes) < len(cluster.others):
        with suppress(socket.timeout):
            _receive(cluster, Pipe(listener.accept()[0]), wait, pipes)
        missing = [index for index in cluster.others if index not in pipes]
        try:
            wait.goes_on(missing) if missing else None
        except TrainingError:
            _send_all(pipes, Frame(LATE, msgspec.json.encode(missing)))
            raise
    _send_all(pipes, Frame(WELCOME, b""))


def _send_all(pipes: Dict[int, Pipe], frame: Frame) -> None:
    for pipe in pipes.values():
        with suppress(OSError):
            pipe.send(frame)


def _receive(cluster: Cluster, pipe: Pipe, wait: _Wait, pipes: Dict[int, Pipe]) -> None:
    """Take a connection, if it is that of a process of this training that is still missing."""
    try:
        pipe.wait_at_most(HELLO_TIME)
        hello = msgspec.json.decode(pipe.receive(HELLO_BYTES).content, type=Dict[str, Any])
        index = hello["index"]
        different = _difference(cluster, hello, index in pipes or index not in cluster.others)
        if not different:
            pipe.wait_at_most(None)
            pipes[index] = pipe
            return
        wait.refused(pipe.peer, different[0])
        pipe.send(Frame(REFUSED, msgspec.json.encode([str(text) for text in different])))
    except (OSError, FrameError, msgspec.DecodeError, KeyError, TypeError):  # a stranger
        pass
    pipe.close()


def _hello(cluster: Cluster) -> Dict[str, Any]:
    return {"fcnn": fcnn.__version__, "workers": list(cluster.addresses), "index": cluster.index}


def _difference(cluster: Cluster, hello: Dict[str, Any], is_double: bool) -> List[str]:
    """Message, what was expected and what was received, of a process that was started in another way."""
    own = _hello(cluster)
    if hello["fcnn"] != own["fcnn"]:
        return [say("worker 0 has another version of fcnn"), own["fcnn"], hello["fcnn"]]
    if hello["workers"] != own["workers"]:
        return [say("worker 0 was started with other --workers"), ",".join(own["workers"]), ",".join(hello["workers"])]
    return [say("there is a worker of this number already"), "", str(hello["index"])] if is_double else []


# --- the others -------------------------------------------------------------------------------------------------------


def _go_to_chief(cluster: Cluster, wait: _Wait) -> Pipe:
    """Connect to the chief, and wait until all are there."""
    pipe = None
    while pipe is None:
        pipe = _connect(cluster, wait)
    try:
        pipe.send(Frame(HELLO, msgspec.json.encode(_hello(cluster))))
        pipe.wait_at_most(max(0.0, wait.left) + CONNECTING + HELLO_TIME)
        refusal = _refusal(pipe.receive(), cluster)
        pipe.wait_at_most(None)
    except (OSError, FrameError, msgspec.DecodeError) as error:
        pipe.close()
        message = say("it has ended, or what answers there is none of fcnn")
        raise TrainingError(Problem(message, cluster.name(0))) from error
    if refusal is not None:
        pipe.close()
        raise refusal
    return pipe


def _connect(cluster: Cluster, wait: _Wait) -> Optional[Pipe]:
    try:
        return Pipe(socket.create_connection(host_and_port(cluster.addresses[0]), timeout=CONNECTING))
    except OSError as error:
        wait.goes_on([0], error.strerror or str(error))
        time.sleep(PAUSE)
        return None


def _refusal(answer: Frame, cluster: Cluster) -> Optional[FcnnError]:
    """What the chief's answer means where it is no welcome: another did not come, or this one has no place."""
    if answer.kind == LATE:
        return TrainingError(_did_not_come(cluster, msgspec.json.decode(answer.content, type=List[int])))
    if answer.kind == REFUSED:
        message, expected, received = msgspec.json.decode(answer.content, type=List[str])
        return ConfigError(Problem(message, cluster.name(cluster.index), expected, received))
    return None


def _names(cluster: Cluster, indices: List[int]) -> str:
    return say_list(cluster.name(index) for index in indices)


def _did_not_come(cluster: Cluster, missing: List[int], reason: str = "") -> Problem:
    message = say("gave up waiting for {workers}", workers=_names(cluster, missing))
    hint = say("was it started, and can it be reached at this address? --workers-timeout says how long to wait")
    return Problem(message, "--workers", received=reason, hint=hint)
