"""How the machines of a Ray cluster are shared out to the workers; plain numbers, without Ray."""

from dataclasses import dataclass
from typing import Sequence

from fcnn.errors import ClusterError, ConfigError, Problem
from fcnn.jobs.on_ray.options import PORT, RAY, RayOptions
from fcnn.wording import Said, say, say_list, say_many


@dataclass(frozen=True)
class Node:
    """A machine of the cluster, as far as Ray may use it."""

    id: str
    name: str
    """``host (address)``."""
    cpus: int
    gpus: int = 0


@dataclass(frozen=True)
class Share:
    """What each worker gets."""

    workers: int
    cpus: int
    gpus: int
    """0 or 1."""
    nodes: Sequence[Node]
    """Those that workers may be on."""

    def describe(self) -> Said:
        """One line: ``Ray: 2 workers with 4 CPUs each, on 2 nodes``."""
        workers = say_many(self.workers, "1 worker", "{count} workers")
        nodes = say_many(len(self.nodes), "1 node", "{count} nodes")
        each = _amount(self.cpus, self.gpus)
        return say("Ray: {workers} with {each} each, on {nodes}", workers=workers, each=each, nodes=nodes)


def share_out(nodes: Sequence[Node], options: RayOptions) -> Share:
    """Decide how many workers there are and what each gets.

    There is a worker for each GPU, or for each node where there are none; where a number is asked for, they use GPUs
    if there are enough. Each gets the CPUs of the smallest node, divided by the workers that are on a node.

    Raises:
        ClusterError: no node of the cluster has a CPU for Ray to use.
        ConfigError: there is not enough for what was asked for.
    """
    usable = [node for node in nodes if node.cpus > 0]
    if not usable:
        hint = say("give its nodes some: ray start --address=HEAD:{port} --num-cpus=4", port=PORT)
        raise ClusterError(Problem(say("the Ray cluster has no CPU to train on"), RAY, hint=hint))
    gpus = sum(node.gpus for node in usable)
    uses_gpus = gpus >= max(1, options.workers or 1)
    chosen = [node for node in usable if node.gpus > 0] if uses_gpus else usable
    workers = options.workers or (gpus if uses_gpus else len(chosen))
    if uses_gpus and options.workers is None:
        neighbours = max(node.gpus for node in chosen)
    else:
        neighbours = -(-workers // len(chosen))
    cpus = options.cpus or max(1, min(node.cpus for node in chosen) // neighbours)
    share = Share(workers, cpus, int(uses_gpus), tuple(chosen))
    room = sum(_room(node, share) for node in chosen)
    if room < workers:
        message = say("the Ray cluster has no room for so many workers")
        received = say_list(
            say("{node}: {share}", node=node.name, share=_amount(node.cpus, node.gpus)) for node in chosen
        )
        expected = share.describe()
        if room:
            hint = say("fewer workers, or fewer CPUs for each: --ray-workers {room}", room=room)
        else:
            hint = say("fewer CPUs for each: --ray-cpus {cpus}", cpus=max(node.cpus for node in chosen))
        raise ConfigError(Problem(message, RAY, expected, received, hint))
    return share


def _room(node: Node, share: Share) -> int:
    """How many workers there can be on a node."""
    room = node.cpus // share.cpus
    return min(room, node.gpus // share.gpus) if share.gpus else room


def _amount(cpus: int, gpus: int) -> str:
    """``4 CPUs`` or ``4 CPUs and 1 GPU``."""
    processors = say_many(cpus, "1 CPU", "{count} CPUs")
    if not gpus:
        return processors
    return say("{cpus} and {gpus}", cpus=processors, gpus=say_many(gpus, "1 GPU", "{count} GPUs"))
