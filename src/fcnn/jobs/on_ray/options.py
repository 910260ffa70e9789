"""What is asked of Ray on the command line; needs nothing of Ray."""

from dataclasses import dataclass
from typing import List, Optional, Sequence

from fcnn.config.paths import shell_word
from fcnn.errors import ConfigError, Problem, nearest_name
from fcnn.training.cluster import ADDRESS, LARGEST_PORT
from fcnn.wording import Said, say

RAY, RAY_WORKERS, RAY_CPUS = "--ray", "--ray-workers", "--ray-cpus"
AUTO, LOCAL = "auto", "local"
CLIENT = "ray://"
"""In front of the address of a cluster that this machine is no node of."""
PORT, CLIENT_PORT = 6379, 10001
"""That Ray's head node listens on unless it is told otherwise."""


@dataclass(frozen=True)
class RayOptions:
    """Which Ray, and how much of it."""

    address: str
    """``auto``, ``local``, ``host:port`` or ``ray://host:port``."""
    workers: Optional[int] = None
    """None: one for each GPU, or for each node where there are none."""
    cpus: Optional[int] = None
    """Of each worker; None: those of the smallest node, divided by the workers on a node."""

    @property
    def words(self) -> str:
        """The options as they are typed."""
        counts = {RAY_WORKERS: self.workers, RAY_CPUS: self.cpus}
        words = [RAY, shell_word(self.address)]
        return " ".join([*words, *(f"{name} {count}" for name, count in counts.items() if count is not None)])

    @property
    def is_local(self) -> bool:
        """Whether a Ray is to be started on this machine, for this training alone."""
        return self.address == LOCAL

    @property
    def target(self) -> Optional[str]:
        """``host:port`` of the server to connect to, where the address says so."""
        if self.address in (AUTO, LOCAL):
            return None
        return self.address[len(CLIENT) :] if self.address.startswith(CLIENT) else self.address


def ray_options(
    address: Optional[str], workers: Optional[int], cpus: Optional[int], others: Sequence[str] = ()
) -> Optional[RayOptions]:
    """The options of Ray, or None where it is not asked for.

    Args:
        address: of ``--ray``.
        workers: of ``--ray-workers``.
        cpus: of ``--ray-cpus``.
        others: options that were given and do not go with Ray.

    Raises:
        ConfigError: they are wrong, or do not go together.
    """
    counts = {RAY_WORKERS: workers, RAY_CPUS: cpus}
    problems = [
        Problem(say("a number, 1 or more, is needed"), name, received=str(count))
        for name, count in counts.items()
        if count is not None and count < 1
    ]
    if address is None:
        hint = say("say which Ray: --ray auto, --ray local or --ray host:{port}", port=PORT)
        message = say("it goes with --ray")
        problems += [Problem(message, name, hint=hint) for name, count in counts.items() if count is not None]
    else:
        problems += _wrong_address(address)
        hint = say("Ray itself starts and numbers the workers: --ray-workers N")
        problems += [Problem(say("it does not go with --ray"), name, hint=hint) for name in others]
    if problems:
        raise ConfigError(*problems)
    return None if address is None else RayOptions(address, workers, cpus)


def _wrong_address(address: str) -> List[Problem]:
    if address in (AUTO, LOCAL):
        return []
    client = address.startswith(CLIENT)
    server = address[len(CLIENT) :] if client else address
    match = ADDRESS.fullmatch(server)
    if match is None:
        expected = say("auto, local, host:{port} or ray://host:{client}", port=PORT, client=CLIENT_PORT)
        message = say("this is no address of a Ray cluster")
        return [Problem(message, RAY, expected, repr(address), _likely(address, server, client))]
    if not 1 <= int(match["port"]) <= LARGEST_PORT:
        expected = say("a port from 1 to {largest}", largest=LARGEST_PORT)
        return [Problem(say("there is no such port"), RAY, expected, repr(address))]
    return []


def _likely(address: str, server: str, client: bool) -> str:
    """What was meant, where that can be seen."""
    meant: Optional[str] = nearest_name(address.strip(), (AUTO, LOCAL))
    if meant is None and ADDRESS.fullmatch(f"{server}:{PORT}"):
        meant = f"{CLIENT}{server}:{CLIENT_PORT}" if client else f"{server}:{PORT}"
    if meant is None and "://" in server and ADDRESS.fullmatch(server.partition("://")[2]):
        meant = server.partition("://")[2]
    return _did_you_mean(meant) if meant else ""


def _did_you_mean(name: str) -> Said:
    return say("did you mean `{name}`?", name=name)
