"""Connecting to a Ray cluster, or starting a Ray of one machine, in bounded time."""

import importlib.util
import os
import secrets
import signal
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Dict, Iterator, Sequence

import psutil

from fcnn.errors import ClusterError, Problem, UnsupportedEnvironmentError
from fcnn.jobs.on_ray.options import AUTO, CLIENT, CLIENT_PORT, PORT, RAY, RayOptions
from fcnn.wording import say

PATIENCE = 10.0
"""Seconds that a server has to answer; Ray itself would wait for minutes, or end the process."""
MISMATCH = "ersion mismatch"
"""What Ray says where the cluster has another Ray or Python; with a capital or without one."""
GRACE = 2.0
"""Seconds that the processes of a Ray of our own have to end by themselves."""
LOOPBACK = "127.0.0.1"
SHORT = Path("/tmp")
"""For the files of a Ray of our own: paths of its sockets have 107 characters at most."""


def require_ray() -> None:
    """Make sure that Ray is there, without importing it.

    Raises:
        UnsupportedEnvironmentError: it is not installed.
    """
    if importlib.util.find_spec("ray") is None:
        message = say("Ray is not installed")
        raise UnsupportedEnvironmentError(Problem(message, RAY, hint='pip install "fcnn[ray]"'))


@contextmanager
def connected(options: RayOptions) -> Iterator[Any]:
    """The module ``ray``, connected for the time of the block; a Ray that was started for it ends with it.

    Raises:
        ClusterError: no Ray answers there, or it refuses.
        UnsupportedEnvironmentError: Ray is not installed, or another one than the cluster's.
    """
    require_ray()
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # Ray would tell its makers of every cluster that it starts
    if options.is_local and "RAY_AUTH_MODE" not in os.environ:
        # Ray 2.10 knows no tokens; later ones, which read this while they are imported, would leave one in the home
        os.environ.update({"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)})
    if not options.is_local:
        os.environ.setdefault("RAY_NUM_REDIS_GET_RETRIES", "6")  # tries of up to 10 s; 20 otherwise
    if options.target is not None:
        _check_reachable(options.target)
    import ray

    with TemporaryDirectory(prefix="fcnn-ray-", dir=str(SHORT) if SHORT.is_dir() else None) as folder:
        arguments = _local(options, folder) if options.is_local else {"address": options.address}
        on_terminate = signal.getsignal(signal.SIGTERM)
        try:
            _connect(ray, options, arguments)
            _give_back(on_terminate)
            yield ray
        finally:
            started = psutil.Process().children(recursive=True) if options.is_local else []
            ray.shutdown()
            _give_back(on_terminate)
            _end(started)


def _local(options: RayOptions, folder: str) -> Dict[str, Any]:
    """How to start a Ray that nobody but this machine can reach, and that leaves nothing behind."""
    wanted = (options.workers or 1) * (options.cpus or 1)
    return {
        "address": "local",
        "include_dashboard": False,
        "num_cpus": max(os.cpu_count() or 1, wanted),
        "_node_ip_address": LOOPBACK,
        "_temp_dir": folder,
    }


def _connect(ray: Any, options: RayOptions, arguments: Dict[str, Any]) -> None:
    try:
        ray.init(**arguments)
    except Exception as error:  # of many kinds, one for each way in which it can go wrong
        reason = next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
        if MISMATCH in str(error):
            message = say("the cluster has another Ray, or another Python")
            hint = say("use the same environment on all machines")
            raise UnsupportedEnvironmentError(Problem(message, RAY, received=str(error), hint=hint)) from error
        message = say("cannot connect to Ray at {address}", address=options.address)
        raise ClusterError(Problem(message, RAY, received=reason, hint=_how_to_start(options))) from error


def _end(processes: Sequence[psutil.Process]) -> None:
    """See to it that processes are gone: those of workers that compute do not end with the Ray that started them."""
    for process in psutil.wait_procs(processes, timeout=GRACE)[1]:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(processes, timeout=GRACE)


def _check_reachable(target: str) -> None:
    """See whether a server like Ray's answers.

    Raises:
        ClusterError: none does.
    """
    import grpc  # TensorFlow requires it

    channel = grpc.insecure_channel(target, options=[("grpc.enable_http_proxy", 0)])
    try:
        grpc.channel_ready_future(channel).result(timeout=PATIENCE)
    except grpc.FutureTimeoutError as error:
        message = say("no Ray answers at {address}", address=target)
        hint = say(
            "the head node listens on port {port} for its nodes, and on port {client} for ray://; is it running?",
            port=PORT,
            client=CLIENT_PORT,
        )
        raise ClusterError(Problem(message, RAY, hint=hint)) from error
    finally:
        channel.close()


def _how_to_start(options: RayOptions) -> str:
    if options.address == AUTO:
        return say("start a Ray on this machine with `ray start --head`, or let fcnn start one: --ray local")
    if options.is_local:
        return ""
    if options.address.startswith(CLIENT):
        return say(
            "is it the port of Ray's client server, {port} by default? does it ask for a token: RAY_AUTH_MODE=token?",
            port=CLIENT_PORT,
        )
    return say(
        "is this machine its node? --ray ray://HEAD:{port} needs none; does it ask for a token: RAY_AUTH_MODE=token?",
        port=CLIENT_PORT,
    )


def _give_back(handler: Any) -> None:
    """Let SIGTERM do what it did: Ray takes it over."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, handler)
