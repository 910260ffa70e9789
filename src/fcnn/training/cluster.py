"""The processes that train together: their addresses, and which of them this one is. Plain data, without TensorFlow."""

import json
import re
from dataclasses import dataclass
from typing import List, Tuple

from fcnn.errors import Problem
from fcnn.wording import Said, say

ADDRESS = re.compile(r"(?:\[(?P<ipv6>[0-9A-Fa-f:.]+(?:%\w+)?)\]|(?P<host>[^\s:,/\[\]@]+)):(?P<port>\d{1,5})")
LARGEST_PORT = 65535


@dataclass(frozen=True)
class Cluster:
    """Several processes, the first of which is the chief: it alone writes the run folder."""

    addresses: Tuple[str, ...]
    """``host:port`` of each, in the order of their numbers; an IPv6 address stands in brackets."""
    index: int
    """The number of this process, from 0."""

    @property
    def is_chief(self) -> bool:
        """Whether this process is the one that writes the run folder."""
        return self.index == 0

    @property
    def others(self) -> Tuple[int, ...]:
        """The numbers of the other processes."""
        return tuple(index for index in range(len(self.addresses)) if index != self.index)

    def name(self, index: int) -> Said:
        """What a process is called: ``worker 1 (node2:2222)``."""
        return say("worker {index} ({address})", index=index, address=self.addresses[index])

    def tf_config(self) -> str:
        """The cluster as TensorFlow's variable TF_CONFIG has it."""
        task = {"type": "worker", "index": self.index}
        return json.dumps({"cluster": {"worker": list(self.addresses)}, "task": task})


def host_and_port(address: str) -> Tuple[str, int]:
    """An address that is right, taken apart; brackets of an IPv6 address are taken off."""
    match = ADDRESS.fullmatch(address)
    assert match is not None
    return match["ipv6"] or match["host"], int(match["port"])


def wrong_addresses(addresses: Tuple[str, ...], where: str) -> List[Problem]:
    """What is wrong with addresses: their form, ports that there are not, doubles.

    Args:
        addresses: of all processes.
        where: the option or variable that has them.
    """
    problems = []
    for address in addresses:
        match = ADDRESS.fullmatch(address)
        expected = say("host:port, such as node1:2222 or [2001:db8::1]:2222")
        if match is None:
            problems.append(Problem(_fault(address), where, expected, repr(address)))
        elif not 1 <= int(match["port"]) <= LARGEST_PORT:
            expected = say("a port from 1 to {largest}", largest=LARGEST_PORT)
            problems.append(Problem(say("there is no such port"), where, expected, repr(address)))
    for address in sorted({address for address in addresses if addresses.count(address) > 1}):
        hint = say("several workers on one machine need a port each")
        problems.append(Problem(say("two workers have the same address"), where, received=address, hint=hint))
    return problems


def _fault(address: str) -> Said:
    if not address.strip():
        return say("the address of a worker is empty")
    if address != address.strip() or " " in address:
        return say("there is a space in the address of a worker")
    if address.count(":") > 1 and re.fullmatch(r"[0-9A-Fa-f:.]+", address):
        return say("an IPv6 address stands in brackets")
    return say("this is no address of a worker")
