"""Waitress around the application: one socket, a stop that loses no request, and errors in the API's own form."""

import errno
import logging
import socket
import time
from http import HTTPStatus
from typing import Any, Callable

import msgspec
from waitress import create_server, wasyncore
from waitress.channel import HTTPChannel
from waitress.task import ErrorTask, WSGITask

from fcnn.errors import ExitCode, FcnnError, Problem
from fcnn.serve.guard import HEADERS, NOTHING
from fcnn.serve.problems import MEDIA_TYPE, document
from fcnn.serve.settings import Settings
from fcnn.wording import as_plain_text, say

THREADS = 4
"""Requests that are worked on at the same time; more wait."""
IDLE = 60
"""Seconds until a connection on which nothing happens is closed."""
LATE = 5.0
"""Seconds beyond the time of a request that a stop waits for it."""
MOMENT = 0.5
"""Seconds between two looks at whether to stop."""


class _Task(WSGITask):
    """A request that is answered."""

    def build_response_header(self) -> bytes:
        """Tell a client that its connection ends with this answer, where the server is about to stop."""
        if self.channel.server.is_stopping:
            self.set_close_on_finish()
        return bytes(super().build_response_header())


class _ErrorTask(ErrorTask):
    """A request that waitress refuses before the application sees it: no HTTP, or far too long."""

    def execute(self) -> None:
        """Answer as the application does."""
        code = self.request.error.code
        problem = Problem(say("the body is too long") if code == 413 else say("the request cannot be read"))
        body = msgspec.json.encode(document(code, [problem], {}), enc_hook=as_plain_text)
        self.status = f"{code} {HTTPStatus(code).phrase}"
        self.response_headers += [("Content-Type", MEDIA_TYPE), ("Content-Security-Policy", NOTHING), *HEADERS.items()]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class _Channel(HTTPChannel):
    """A connection."""

    task_class = _Task
    error_task_class = _ErrorTask

    @property
    def is_busy(self) -> bool:
        """Whether a request is being received, worked on or answered."""
        return bool(self.requests or self.request is not None or self.total_outbufs_len or self.close_when_flushed)


class Server:
    """A server that has its port and waits to be run."""

    def __init__(self, app: Callable[..., Any], settings: Settings) -> None:
        """Take the port.

        Raises:
            FcnnError: it is taken, or not for this user.
            AddressError: there is no such host here.
        """
        for name in ("waitress", "waitress.queue"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # clients that go away, and waiting requests
        listening = _listen(settings)
        self._seconds = settings.seconds
        self.port = int(listening.getsockname()[1])
        self.address = f"http://{f'[{settings.host}]' if ':' in settings.host else settings.host}:{self.port}/"
        self._map: Any = {}
        self._server = create_server(
            app,
            map=self._map,
            sockets=[listening],
            threads=THREADS,
            ident="",
            channel_timeout=IDLE,
            # twice what the application allows: up to there it answers itself, and says how much it may be
            max_request_body_size=2 * settings.most_bytes,
            clear_untrusted_proxy_headers=True,
        )
        self._server.channel_class = _Channel
        self._server.is_stopping = False

    def stop(self) -> None:
        """Take no more connections, and end when the requests under way are answered; from any thread, or a signal."""
        self._server.is_stopping = True
        self._server.pull_trigger()

    def run(self) -> bool:
        """Answer until it is stopped; whether every request that had come was answered."""
        while not self._server.is_stopping:
            self._poll(MOMENT)
        wasyncore.dispatcher.close(self._server)  # of waitress' own class, close() would take the trigger, too
        end = time.monotonic() + self._seconds + LATE
        while self._close_idle() and time.monotonic() < end:
            self._poll(MOMENT / 10)
        answered = not self._close_idle()
        self._server.task_dispatcher.shutdown(timeout=0.1)
        for channel in list(self._server.active_channels.values()):
            channel.handle_close()
        self._server.trigger.close()
        return answered

    def _close_idle(self) -> int:
        """Close the connections on which nothing happens; how many are left."""
        for channel in list(self._server.active_channels.values()):
            if not channel.is_busy:
                channel.handle_close()
        return len(self._server.active_channels)

    def _poll(self, seconds: float) -> None:
        wasyncore.loop(timeout=seconds, use_poll=True, map=self._map, count=1)


class AddressError(FcnnError):
    """There is no such address here."""

    exit_code = ExitCode.WRONG_INPUT


def _listen(settings: Settings) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (socket.gaierror, UnicodeError) as error:
        hint = say("127.0.0.1 for this machine alone, 0.0.0.0 for all that can reach it")
        raise AddressError(
            Problem(say("there is no such address"), "--host", received=settings.host, hint=hint)
        ) from error
    listening = socket.socket(family, kind, protocol)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows, where SO_REUSEADDR would take a port from another program
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(1024)
    except OSError as error:
        listening.close()
        raise _cannot_listen(settings, error) from error
    return listening


def _cannot_listen(settings: Settings, error: OSError) -> FcnnError:
    port = str(settings.port)
    if error.errno == errno.EADDRINUSE:
        hint = say("another one, such as --port {port}, or --port 0 for any that is free", port=settings.port + 1)
        return FcnnError(Problem(say("another program has this port"), "--port", received=port, hint=hint))
    if error.errno in (errno.EACCES, errno.EPERM):
        hint = say("ports below 1024 are often for administrators only: --port 8000")
        return FcnnError(Problem(say("this port is not for you"), "--port", received=port, hint=hint))
    if error.errno == errno.EADDRNOTAVAIL:
        hint = say("127.0.0.1 for this machine alone, 0.0.0.0 for all that can reach it")
        return AddressError(
            Problem(say("this is no address of this machine"), "--host", received=settings.host, hint=hint)
        )
    reason = say("nothing can listen there: {reason}", reason=error.strerror or str(error))
    return FcnnError(Problem(reason, "--host", received=settings.host))
