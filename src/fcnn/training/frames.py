"""Messages over a connection: a kind, a length, and as many bytes."""

import socket
import struct
import threading
from contextlib import suppress
from typing import List, NamedTuple, Optional, Sequence

HEAD = struct.Struct("!4scQ")
MAGIC = b"fcnn"
HELLO, WELCOME, REFUSED, LATE, GATHER, ALL, LOST, ENDED = (b"H", b"W", b"R", b"T", b"G", b"A", b"L", b"E")
LENGTH = struct.Struct("!Q")
LARGEST = 1 << 40
IDLE, INTERVAL, PROBES = 15, 5, 3
"""Seconds after which the other end is asked whether it is there, seconds between questions, and how often."""


class Frame(NamedTuple):
    """A message."""

    kind: bytes
    content: bytes


class FrameError(Exception):
    """The other end is gone, or says what is no message."""


class Pipe:
    """One end of a connection; any thread may send, one receives."""

    def __init__(self, connection: socket.socket) -> None:
        """Take over a socket."""
        self._socket = connection
        self._sending = threading.Lock()
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, value in (("TCP_KEEPIDLE", IDLE), ("TCP_KEEPINTVL", INTERVAL), ("TCP_KEEPCNT", PROBES)):
            if hasattr(socket, name):  # a machine that is switched off says no farewell
                self._socket.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)

    @property
    def peer(self) -> str:
        """The address of the other end."""
        with suppress(OSError):
            return str(self._socket.getpeername()[0])
        return "?"

    def wait_at_most(self, seconds: Optional[float]) -> None:
        """How long the other operations may take; None: as long as it takes."""
        self._socket.settimeout(seconds)

    def send(self, frame: Frame) -> None:
        """Send a message."""
        with self._sending:
            self._socket.sendall(HEAD.pack(MAGIC, frame.kind, len(frame.content)) + frame.content)

    def receive(self, most: int = LARGEST) -> Frame:
        """Wait for the next message.

        Raises:
            FrameError: the connection has ended, or the message is none, or has more than so many bytes.
            OSError: the connection is broken.
        """
        magic, kind, length = HEAD.unpack(self._bytes(HEAD.size))
        if magic != MAGIC or length > most:
            raise FrameError
        return Frame(kind, self._bytes(length))

    def _bytes(self, count: int) -> bytes:
        found = bytearray()
        while len(found) < count:
            part = self._socket.recv(min(count - len(found), 1 << 20))
            if not part:
                raise FrameError
            found += part
        return bytes(found)

    def finish(self) -> None:
        """Say that nothing will follow."""
        self._socket.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        """Close the connection."""
        self._socket.close()


def join(messages: Sequence[bytes]) -> bytes:
    """Several messages as one; the reverse of :func:`parted`."""
    return b"".join(LENGTH.pack(len(message)) + message for message in messages)


def parted(content: bytes) -> List[bytes]:
    """The messages that were joined."""
    found, start = [], 0
    while start < len(content):
        end = start + LENGTH.size + LENGTH.unpack_from(content, start)[0]
        found.append(content[start + LENGTH.size : end])
        start = end
    return found
