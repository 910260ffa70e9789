"""Connections between the processes that train together, beside TensorFlow's: who was lost, and who says what.

TensorFlow waits without end, and without a word, for a process that does not come; it does not say which one was lost,
and cannot carry more than tensors. So every worker keeps one connection to the chief, over the port that TensorFlow's
server takes later, from before the table is read until the run folder is complete. Nobody is asked for a password, here
as there: both are for trusted networks.
"""

import queue
import threading
from contextlib import suppress
from typing import Any, Callable, Dict, List, Optional, Tuple

import msgspec

from fcnn.errors import ClusterError, Problem
from fcnn.training.arrival import Waiting, arrive
from fcnn.training.cluster import Cluster
from fcnn.training.frames import ALL, ENDED, GATHER, LOST, Frame, FrameError, join, parted
from fcnn.wording import say

GRACE = 5.0
"""Seconds that a process has to end by itself after another was lost; it may be stuck in TensorFlow."""
FAREWELL = 2.0
"""Seconds that the others have to end their side of a connection."""


class WorkerLostError(ClusterError):
    """Another process of the training has ended, or cannot be reached any more."""


class Meeting:
    """All processes of a cluster, met."""

    def __init__(self, cluster: Cluster, timeout: float, on_waiting: Waiting = lambda text: None) -> None:
        """Wait until all are there; the arguments and errors are those of :func:`fcnn.training.arrival.arrive`."""
        self._cluster = cluster
        self._pipes = arrive(cluster, timeout, on_waiting)
        self._arrived: Dict[int, queue.Queue[Optional[bytes]]] = {index: queue.Queue() for index in self._pipes}
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._loss: Optional[Problem] = None
        self._lost = threading.Event()
        self._when_stuck: Callable[[Problem], Any] = lambda problem: None
        self._readers = [threading.Thread(target=self._read, args=(index,), daemon=True) for index in self._pipes]
        for reader in self._readers:
            reader.start()

    def all_gather(self, message: bytes) -> List[bytes]:
        """What every process says, in the order of their numbers; all must call it, as often and in the same order.

        Raises:
            WorkerLostError: a process has ended.
        """
        if not self._cluster.is_chief:
            self._send(0, Frame(GATHER, message))
            messages = parted(self._next(0))
            messages[self._cluster.index] = message  # which needs no way back
            return messages
        messages = [message, *(self._next(index) for index in self._cluster.others)]
        for index in self._cluster.others:
            self._send(index, Frame(ALL, join([*messages[:index], b"", *messages[index + 1 :]])))
        return messages

    def broadcast(self, message: Optional[bytes]) -> bytes:
        """What the chief says, to all; the others give None. All must call it.

        Raises:
            WorkerLostError: a process has ended.
        """
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
            reader.join(FAREWELL)
        for pipe in self._pipes.values():
            pipe.close()

    # --- what goes on in the threads of the connections ---------------------------------------------------------------

    def _read(self, index: int) -> None:
        """Put what a process says where it is waited for, until it ends."""
        pipe, arrived = self._pipes[index], self._arrived[index]
        try:
            frame = pipe.receive()
            while frame.kind in (GATHER, ALL):
                arrived.put(frame.content)
                frame = pipe.receive()
            if frame.kind == LOST:
                self._is_lost(*msgspec.json.decode(frame.content, type=Tuple[int, str]))
            elif frame.content or not self._over.wait(FAREWELL):  # else it is done, and so is this one
                self._is_lost(index, frame.content.decode("utf-8", "replace"))
        except (OSError, FrameError, msgspec.DecodeError):
            self._is_lost(index)
        finally:
            arrived.put(None)

    def _is_lost(self, index: int, reason: str = "") -> None:
        """A process is lost: wake who waits, tell the others, and see to it that this one ends."""
        with self._lock:
            if self._loss is not None or self._over.is_set():
                return
            self._loss = self._gone(index, reason)
        if self._cluster.is_chief:  # before this process can end, which the others would hear of, too
            for pipe in self._pipes.values():
                with suppress(OSError):
                    pipe.send(Frame(LOST, msgspec.json.encode((index, reason))))
        self._lost.set()
        for arrived in self._arrived.values():
            arrived.put(None)
        if not self._over.wait(GRACE):
            self._when_stuck(self._loss)

    def _gone(self, index: int, reason: str = "") -> Problem:
        worker = self._cluster.name(index)
        if reason:
            return Problem(say("{worker} has ended: {reason}", worker=worker, reason=reason))
        return Problem(say("{worker} was lost", worker=worker), hint=say("start all workers again with --resume"))

    # ------------------------------------------------------------------------------------------------------------------

    def _next(self, index: int) -> bytes:
        """What a process says next."""
        content = self._arrived[index].get()
        if content is None:
            raise WorkerLostError(self._loss or self._gone(index))
        return content

    def _send(self, index: int, frame: Frame) -> None:
        try:
            self._pipes[index].send(frame)
        except OSError as error:
            raise WorkerLostError(self.loss(FAREWELL) or self._gone(index)) from error
