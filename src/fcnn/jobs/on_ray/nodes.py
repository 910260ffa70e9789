"""The nodes of a Ray cluster: what there is, and whether a worker could train there."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Dict, List, Mapping, Sequence

import fcnn
from fcnn.errors import ClusterError, Problem, UnsupportedEnvironmentError
from fcnn.jobs.on_ray.options import RAY
from fcnn.jobs.on_ray.sharing import Node
from fcnn.wording import say

PATIENCE = 120.0
"""Seconds that a node has to answer."""


@dataclass(frozen=True)
class NodeFacts:
    """What a node says of itself."""

    node: Node
    version: str
    """Of fcnn; empty where it cannot be imported."""
    executable: str
    """The Python that trains there."""
    unreadable: Mapping[str, str]
    """Files that cannot be read there, and why."""


def nodes_of(records: Sequence[Mapping[str, Any]]) -> List[Node]:
    """The nodes that ``ray.nodes()`` tells of, without those that are gone; in the order of their names."""
    found = []
    for record in records:
        if record["Alive"]:
            resources = record["Resources"]
            host, address = record["NodeManagerHostname"], record["NodeManagerAddress"]
            name = host if host == address else f"{host} ({address})"
            found.append(Node(record["NodeID"], name, int(resources.get("CPU", 0)), int(resources.get("GPU", 0))))
    return sorted(found, key=lambda node: (node.name, node.id))


def ask_nodes(ray: Any, nodes: Sequence[Node], files: Sequence[Path]) -> List[NodeFacts]:
    """Ask every node what it has.

    Args:
        ray: the module, connected.
        nodes: which ones.
        files: what a worker must be able to read.

    Raises:
        ClusterError: a node does not answer.
    """
    from ray.exceptions import GetTimeoutError
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

    look = ray.remote(num_cpus=0, max_retries=0)(looker())
    paths = [str(path) for path in files]
    answers = [
        look.options(scheduling_strategy=NodeAffinitySchedulingStrategy(node.id, soft=False)).remote(paths)
        for node in nodes
    ]
    try:
        found: List[Dict[str, Any]] = ray.get(answers, timeout=PATIENCE)
    except GetTimeoutError as error:
        message = say("the nodes of the Ray cluster do not answer")
        raise ClusterError(Problem(message, RAY, hint=say("see what `ray status` says"))) from error
    return [NodeFacts(node, **answer) for node, answer in zip(nodes, found)]


def looker() -> Callable[[Sequence[str]], Dict[str, Any]]:
    """A function that looks around on a node; made here, it is sent as it is, also to where there is no fcnn."""

    def look(paths: Sequence[str]) -> Dict[str, Any]:
        import sys

        def fault(path: str) -> str:
            try:
                with open(path, "rb") as file:  # noqa: PTH123 - a path is a text here
                    file.read(1)
            except OSError as error:
                return error.strerror or str(error)
            return ""

        try:
            from fcnn import __version__ as version
        except ImportError:
            version = ""
        faults = {path: fault(path) for path in paths}
        unreadable = {path: reason for path, reason in faults.items() if reason}
        return {"version": version, "executable": sys.executable, "unreadable": unreadable}

    return look


def check_nodes(facts: Sequence[NodeFacts]) -> None:
    """See to it that a worker can train on each node.

    Raises:
        UnsupportedEnvironmentError: fcnn is not there, or is another version.
        ClusterError: a file cannot be read there.
    """
    strangers = [_stranger(each) for each in facts if each.version != fcnn.__version__]
    if strangers:
        raise UnsupportedEnvironmentError(*strangers)
    hint = say("put it where every node has it under this path, such as on a shared disk")
    unreadable = [
        Problem(say("cannot be read on {node}: {error}", node=each.node.name, error=error), path, hint=hint)
        for each in facts
        for path, error in each.unreadable.items()
    ]
    if unreadable:
        raise ClusterError(*unreadable)


def _stranger(facts: NodeFacts) -> Problem:
    """The problem of a node with another fcnn, or with none."""
    message = say("has another version of fcnn") if facts.version else say("has no fcnn")
    where, received = say("node {node}", node=facts.node.name), f"{facts.executable}: {facts.version or '-'}"
    hint = say("install the same version there, in the environment that Ray was started from")
    return Problem(message, where, f"fcnn {fcnn.__version__}", received, hint)
