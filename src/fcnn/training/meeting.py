"""Connections between the processes that train together, beside TensorFlow's: who is there, who was lost, who says what.

TensorFlow waits without end, and without a word, for a process that does not come; it does not say which one was lost,
and cannot carry more than tensors. So every worker keeps one connection to the chief, over the port that TensorFlow's
server takes later, from before the table is read until the run folder is complete. Nobody is asked for a password, here
as in TensorFlow: both are for trusted networks.
"""

import queue
import socket
import threading
import time
from contextlib import suppress
from typing import Any, Callable, Dict, List, Optional, Tuple

import msgspec

import fcnn
from fcnn.errors import ConfigError, FcnnError, Problem, TrainingError
from fcnn.training.cluster import Cluster, host_and_port
from fcnn.training.frames import (
    ALL,
    ENDED,
    GATHER,
    HELLO,
    LATE,
    LOST,
    REFUSED,
    WELCOME,
    Frame,
    FrameError,
    Pipe,
    join,
    parted,
)
from fcnn.wording import say, say_list

GRACE = 10.0
"""Seconds that a process has to end by itself after another was lost; it may be stuck in TensorFlow."""
PATIENCE = 3.0
"""Seconds after which a process that waits says for whom."""
HELLO_BYTES = 1 << 20
"""Of the first message of a connection at most, which anybody may have opened."""


class WorkerLostError(TrainingError):
    """Another process of the training has ended, or cannot be reached any more."""


class Meeting:
    """All processes of a cluster, met."""

    def __init__(self, cluster: Cluster, timeout: float, on_waiting: Callable[[str], None] = lambda text: None) -> None:
        """Wait until all are there.

        Args:
            cluster: the processes.
            timeout: seconds to wait at most.
            on_waiting: is told for whom this one waits, where it takes more than a moment.

        Raises:
            TrainingError: the port is taken, or somebody did not come.
            ConfigError: another process was started in another way.
        """
        self._cluster = cluster
        self._deadline = time.monotonic() + timeout
        self._on_waiting = on_waiting
        self._pipes: Dict[int, Pipe] = {}
        self._arrived: Dict[int, "queue.Queue[Optional[bytes]]"] = {}
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._loss: Optional[Problem] = None
        self._lost = threading.Event()
        self._when_stuck: Callable[[Problem], Any] = lambda problem: None
        try:
            if cluster.is_chief:
                self._receive_all()
            else:
                self._go_to_chief()
        except BaseException:
            for pipe in self._pipes.values():
                pipe.close()
            raise
        self._readers = []
        for index, pipe in self._pipes.items():
            self._arrived[index] = queue.Queue()
            self._readers.append(threading.Thread(target=self._read, args=(index, pipe), daemon=True))
        for reader in self._readers:
            reader.start()

    # --- what a training does with it ---------------------------------------------------------------------------------

    def all_gather(self, message: bytes) -> List[bytes]:
        """What every process says, in the order of their numbers; all must call it, as often and in the same order.

        Raises:
            WorkerLostError: a process has ended.
        """
        chief = self._cluster.is_chief
        if not chief:
            self._send(0, Frame(GATHER, message))
            return parted(self._next(0))
        messages = [message, *(self._next(index) for index in self._cluster.others)]
        for index in self._cluster.others:
            self._send(index, Frame(ALL, join(messages)))
        return messages

    def broadcast(self, message: Optional[bytes]) -> bytes:
        """What the chief says, to all; the others give None."""
        return self.all_gather(b"" if message is None else message)[0]

    def loss(self, timeout: float) -> Optional[Problem]:
        """Who was lost, as soon as it is known, or None where nobody is within so many seconds."""
        self._lost.wait(timeout)
        return self._loss

    def when_stuck(self, end: Callable[[Problem], Any]) -> None:
        """What is called, in a thread of its own, where another process is lost and this one does not end by itself."""
        self._when_stuck = end

    def leave(self, reason: str = "") -> None:
        """End all connections; every process should, once all is done.

        Args:
            reason: why this one gives up, where it does: the others give up, too, and say so.
        """
        self._over.set()
        for pipe in self._pipes.values():
            with suppress(OSError):
                pipe.send(Frame(ENDED, reason.encode("utf-8")))
                pipe.finish()
        for reader in self._readers:
            reader.join(2.0)
        for pipe in self._pipes.values():
            pipe.close()

    # --- coming together ----------------------------------------------------------------------------------------------

    def _hello(self) -> Dict[str, Any]:
        return {"fcnn": fcnn.__version__, "workers": list(self._cluster.addresses), "index": self._cluster.index}

    def _receive_all(self) -> None:
        """As the chief, wait for the others, and then tell them that all are there."""
        missing = set(self._cluster.others)
        with listening(self._cluster) as listener:
            listener.settimeout(0.2)
            told = time.monotonic() + PATIENCE
            while missing:
                with suppress(socket.timeout):
                    missing.discard(self._receive(Pipe(listener.accept()[0])))
                if missing and time.monotonic() > min(told, self._deadline):
                    waiting = say_list(self._cluster.name(index) for index in sorted(missing))
                    if time.monotonic() > self._deadline:
                        self._send_all(Frame(LATE, msgspec.json.encode(sorted(missing))))
                        raise TrainingError(_did_not_come(waiting))
                    self._on_waiting(say("waiting for {workers}", workers=waiting))
                    told = self._deadline
        self._send_all(Frame(WELCOME, b""))

    def _receive(self, pipe: Pipe) -> int:
        """The number of the process that has opened a connection; -1 where it does not belong to this training."""
        try:
            pipe.wait_at_most(2.0)
            hello = msgspec.json.decode(pipe.receive(HELLO_BYTES).content)
            index = hello["index"]
            different = self._difference(hello)
            if different:
                pipe.send(Frame(REFUSED, msgspec.json.encode(different)))
                self._on_waiting(say("refused {worker}: {reason}", worker=pipe.peer, reason=different[0]))
        except (OSError, FrameError, msgspec.DecodeError, KeyError, TypeError):  # a stranger
            pipe.close()
            return -1
        if different:
            pipe.close()
            return -1
        pipe.wait_at_most(None)
        self._pipes[index] = pipe
        return int(index)

    def _difference(self, hello: Dict[str, Any]) -> List[str]:
        """Message, what was expected and what was received, of a process that was started in another way."""
        own = self._hello()
        if hello["fcnn"] != own["fcnn"]:
            return [say("the chief has another version of fcnn"), own["fcnn"], hello["fcnn"]]
        if hello["workers"] != own["workers"]:
            return [say("the chief has other workers"), ",".join(own["workers"]), ",".join(hello["workers"])]
        if hello["index"] in self._pipes or hello["index"] not in self._cluster.others:
            return [say("there is such a worker already"), "", str(hello["index"])]
        return []

    def _go_to_chief(self) -> None:
        """As another, connect to the chief and wait until all are there."""
        with listening(self._cluster):
            pass  # the port is free: TensorFlow would share it with whoever has it
        chief = self._cluster.addresses[0]
        told, reason = time.monotonic() + PATIENCE, ""
        while not self._pipes:
            try:
                self._pipes[0] = Pipe(socket.create_connection(host_and_port(chief), timeout=2.0))
            except OSError as error:
                reason = error.strerror or str(error)
                if time.monotonic() > self._deadline:
                    raise TrainingError(_did_not_come(self._cluster.name(0), reason)) from error
                if time.monotonic() > told:
                    self._on_waiting(say("waiting for {workers}", workers=self._cluster.name(0)))
                    told = self._deadline
                time.sleep(0.2)
        pipe = self._pipes[0]
        try:
            pipe.send(Frame(HELLO, msgspec.json.encode(self._hello())))
            pipe.wait_at_most(max(1.0, self._deadline - time.monotonic()) + 5.0)
            answer = pipe.receive()
            refusal = _refusal(answer, self._cluster)
        except (OSError, FrameError, msgspec.DecodeError) as error:
            message = say("the chief has ended, or what answers there is none of fcnn")
            raise TrainingError(Problem(message, self._cluster.name(0))) from error
        if refusal is not None:
            raise refusal
        pipe.wait_at_most(None)

    # --- what goes on in the threads of the connections ---------------------------------------------------------------

    def _read(self, index: int, pipe: Pipe) -> None:
        """Put what a process says where it is waited for, until it ends."""
        arrived = self._arrived[index]
        try:
            while True:
                frame = pipe.receive()
                if frame.kind == ENDED:
                    if frame.content:
                        self._is_lost(index, frame.content.decode("utf-8", "replace"))
                    elif not self._over.is_set():
                        self._over.wait(GRACE)  # it is done, and so should this one be
                    return
                if frame.kind == LOST:
                    self._is_lost(*msgspec.json.decode(frame.content, type=Tuple[int, str]))
                    return
                arrived.put(frame.content)
        except (OSError, FrameError, msgspec.DecodeError):
            if not self._over.is_set():
                self._is_lost(index)
        finally:
            arrived.put(None)

    def _is_lost(self, index: int, reason: str = "") -> None:
        """A process is lost: wake who waits, tell the others, and see to it that this one ends."""
        with self._lock:
            if self._loss is not None or self._over.is_set():
                return
            self._loss = _gone(self._cluster.name(index), reason)
        self._lost.set()
        for arrived in self._arrived.values():
            arrived.put(None)
        if self._cluster.is_chief:
            self._send_all(Frame(LOST, msgspec.json.encode((index, reason))))
        if not self._over.wait(GRACE):
            self._when_stuck(self._loss)

    def _next(self, index: int) -> bytes:
        content = self._arrived[index].get()
        if content is None:
            raise WorkerLostError(self._loss or _gone(self._cluster.name(index)))
        return content

    def _send(self, index: int, frame: Frame) -> None:
        try:
            self._pipes[index].send(frame)
        except OSError as error:
            raise WorkerLostError(self.loss(2.0) or _gone(self._cluster.name(index))) from error

    def _send_all(self, frame: Frame) -> None:
        for pipe in self._pipes.values():
            with suppress(OSError):
                pipe.send(frame)


def listening(cluster: Cluster) -> socket.socket:
    """A socket that listens on the port of this process, on all addresses, as TensorFlow's server will.

    Raises:
        TrainingError: the port is taken.
    """
    address = cluster.addresses[cluster.index]
    port = host_and_port(address)[1]
    try:
        six = socket.has_dualstack_ipv6()
        return socket.create_server(("", port), family=socket.AF_INET6 if six else socket.AF_INET, dualstack_ipv6=six)
    except OSError as error:
        hint = say("does another process listen there? choose another port, the same in all --workers")
        message = say("cannot listen on port {port}: {error}", port=port, error=error.strerror or str(error))
        raise TrainingError(Problem(message, cluster.name(cluster.index), hint=hint)) from error


def _gone(worker: str, reason: str = "") -> Problem:
    if reason:
        return Problem(say("{worker} has ended: {reason}", worker=worker, reason=reason))
    return Problem(say("{worker} was lost", worker=worker), hint=say("start all workers again with --resume"))


def _did_not_come(workers: str, reason: str = "") -> Problem:
    hint = say("was it started, and can it be reached at this address? --workers-timeout says how long to wait")
    return Problem(say("gave up waiting for {workers}", workers=workers), "--workers", received=reason, hint=hint)


def _refusal(answer: Frame, cluster: Cluster) -> Optional[FcnnError]:
    """What the chief's answer means where it is no welcome: another did not come, or this one has no place."""
    if answer.kind == LATE:
        missing = msgspec.json.decode(answer.content, type=List[int])
        return TrainingError(_did_not_come(say_list(cluster.name(index) for index in missing)))
    if answer.kind == REFUSED:
        message, expected, received = msgspec.json.decode(answer.content, type=List[str])
        return ConfigError(Problem(message, cluster.name(cluster.index), expected, received))
    return None
