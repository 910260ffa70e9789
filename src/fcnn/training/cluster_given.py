"""What says which processes train together: options, TensorFlow's variable TF_CONFIG, or the variables of SLURM."""

import json
import re
from typing import Any, List, Mapping, Optional, Tuple

from fcnn.errors import ConfigError, Problem
from fcnn.training.cluster import Cluster, wrong_addresses
from fcnn.wording import say

WORKERS, INDEX, TF_CONFIG, SLURM = "--workers", "--index", "TF_CONFIG", "slurm"
FIRST_PORT, PORTS = 15000, 15000
"""Of the ports that SLURM's jobs get: below those that systems give to outgoing connections."""


def cluster_of(workers: Optional[str], index: Optional[int], variables: Mapping[str, str]) -> Optional[Cluster]:
    """The processes that are to train together, or None where this one trains alone.

    Args:
        workers: of the option: addresses with commas between them, or ``slurm``.
        index: of the option.
        variables: of the environment.

    Raises:
        ConfigError: they are wrong, or contradict each other.
    """
    if workers is None and index is not None:
        hint = say("name the addresses of all workers: --workers host1:2222,host2:2222")
        raise ConfigError(Problem(say("there is an index, but no workers"), INDEX, hint=hint))
    if workers == SLURM:
        if index is not None:
            hint = say("leave {option} out", option=INDEX)
            raise ConfigError(Problem(say("SLURM itself numbers the workers"), INDEX, hint=hint))
        return _several(of_slurm(variables))
    stated = None if workers is None else _of_options(workers, index)
    found = of_tf_config(variables[TF_CONFIG]) if variables.get(TF_CONFIG, "").strip() else None
    if stated is not None and found is not None and stated != found:
        message = say("the variable TF_CONFIG names other workers, or another index")
        expected, received = stated.tf_config(), found.tf_config()
        raise ConfigError(Problem(message, WORKERS, expected, received, say("use one of them: unset TF_CONFIG")))
    return _several(stated or found)


def _several(cluster: Optional[Cluster]) -> Optional[Cluster]:
    """A cluster of one is none."""
    return cluster if cluster is not None and len(cluster.addresses) > 1 else None


def _of_options(workers: str, index: Optional[int]) -> Cluster:
    addresses = tuple(workers.split(","))
    problems = wrong_addresses(addresses, WORKERS)
    expected = say("a number from 0 to {last}", last=len(addresses) - 1)
    if index is None:
        hint = say("each worker is started with the same --workers and a number of its own; 0 writes the run folder")
        problems.append(Problem(say("which of the workers is this one?"), INDEX, expected, hint=hint))
    elif not 0 <= index < len(addresses):
        problems.append(Problem(say("there is no such worker"), INDEX, expected, str(index)))
    if problems:
        raise ConfigError(*problems)
    assert index is not None
    return Cluster(addresses, index)


# --- TF_CONFIG --------------------------------------------------------------------------------------------------------


def of_tf_config(text: str) -> Optional[Cluster]:
    """The workers that TF_CONFIG names; its ``chief``, where it has one, is the first.

    Returns:
        None where it names no cluster, as on some platforms for a process that trains alone.

    Raises:
        ConfigError: it is not what TensorFlow would understand, or has tasks that this training does not know.
    """
    expected = Cluster(("host1:2222", "host2:2222"), 0).tf_config()

    def wrong(message: str, received: str = text) -> ConfigError:
        return ConfigError(Problem(message, TF_CONFIG, expected, received, say("repair it, or unset TF_CONFIG")))

    try:
        config = json.loads(text)
    except ValueError as error:
        raise wrong(say("this is no JSON: {error}", error=str(error))) from error
    if not isinstance(config, dict):
        raise wrong(say("this is no mapping"))
    cluster, task = config.get("cluster", {}), config.get("task", {})
    if not isinstance(cluster, dict) or not isinstance(task, dict):
        raise wrong(say("`cluster` and `task` are mappings"))
    if not cluster:
        return None
    unknown = [kind for kind in [*cluster, task.get("type", "worker")] if kind not in ("chief", "worker")]
    if unknown:
        message = say("this training has no task {kind!r}: all of them are workers", kind=unknown[0])
        raise wrong(message)
    groups = {kind: _as_list(cluster.get(kind, [])) for kind in ("chief", "worker")}
    if not all(isinstance(address, str) for group in groups.values() for address in group):
        raise wrong(say("the addresses are texts"))
    kind, index = task.get("type", "worker"), task.get("index")
    if isinstance(index, bool) or not isinstance(index, int) or not 0 <= index < len(groups[kind]):
        message = say("`task.index` is no number of a task of type {kind!r}", kind=kind)
        raise wrong(message)
    addresses = (*groups["chief"], *groups["worker"])
    problems = wrong_addresses(addresses, TF_CONFIG)
    if problems:
        raise ConfigError(*problems)
    return Cluster(addresses, index + (len(groups["chief"]) if kind == "worker" else 0))


def _as_list(value: Any) -> List[Any]:
    return value if isinstance(value, list) else [value]


# --- SLURM ------------------------------------------------------------------------------------------------------------


def of_slurm(variables: Mapping[str, str]) -> Cluster:
    """The workers that ``srun`` starts: its tasks, node after node, each with a port of its own on its node.

    Raises:
        ConfigError: this process is no task of srun, or its tasks are not dealt out node after node.
    """
    nodes = variables.get("SLURM_STEP_NODELIST") or variables.get("SLURM_JOB_NODELIST") or ""
    tasks = variables.get("SLURM_STEP_TASKS_PER_NODE") or variables.get("SLURM_TASKS_PER_NODE") or "1"
    where = f"{WORKERS} {SLURM}"
    if not nodes or not variables.get("SLURM_PROCID", "").isdigit():
        hint = say("start it with srun, or name the workers: --workers host1:2222,host2:2222 --index I")
        raise ConfigError(Problem(say("this process is no task of SLURM's srun"), where, hint=hint))
    try:
        counts = tasks_per_node(tasks)
        hosts = node_list(nodes)
    except ValueError as error:
        hint = say("name the workers: --workers host1:2222,host2:2222 --index I")
        message = say("what SLURM says of its nodes is not understood")
        raise ConfigError(Problem(message, where, received=error.args[0], hint=hint)) from error
    if len(counts) == 1:
        counts *= len(hosts)
    place = [(node, local) for node, count in zip(range(len(hosts)), counts) for local in range(count)]
    index = int(variables["SLURM_PROCID"])
    here = (int(variables.get("SLURM_NODEID", "-1")), int(variables.get("SLURM_LOCALID", "-1")))
    if index >= len(place) or (here != place[index] and min(here) >= 0):
        message = say("the tasks of this step are not dealt out node after node")
        raise ConfigError(Problem(message, where, received=f"{nodes} {tasks}", hint="--distribution=block"))
    step = int(variables.get("SLURM_STEP_ID", "0")) if variables.get("SLURM_STEP_ID", "0").isdigit() else 0
    first = FIRST_PORT + (int(variables.get("SLURM_JOB_ID", "0")) * 256 + step * 32) % PORTS
    return Cluster(tuple(f"{hosts[node]}:{first + local}" for node, local in place), index)


def tasks_per_node(text: str) -> List[int]:
    """The numbers of tasks of each node: ``2(x3),1`` is 2, 2, 2, 1.

    Raises:
        ValueError: it is something else.
    """
    counts: List[int] = []
    for part in text.split(","):
        match = re.fullmatch(r"(\d+)(?:\(x(\d+)\))?", part)
        if match is None:
            raise ValueError(text)
        counts += [int(match[1])] * int(match[2] or 1)
    return counts


def node_list(text: str) -> List[str]:
    """The names of SLURM's nodes: ``node[01-03,7],gpu5`` is node01, node02, node03, node7, gpu5.

    Raises:
        ValueError: it is something else.
    """
    if not re.fullmatch(r"(?:[^\[\],\s]+|\[[\d,-]+\])+(?:,(?:[^\[\],\s]+|\[[\d,-]+\])+)*", text):
        raise ValueError(text)
    return [name for part in re.findall(r"(?:[^\[\],]+|\[[^\]]*\])+", text) for name in _names(part)]


def _names(part: str) -> Tuple[str, ...]:
    """One name, or those that its first brackets stand for, each with what its other brackets stand for."""
    match = re.fullmatch(r"([^\[]*)\[([^\]]*)\](.*)", part)
    if match is None:
        return (part,)
    before, ranges, after = match.groups()
    return tuple(before + number + rest for number in _numbers(ranges) for rest in _names(after))


def _numbers(ranges: str) -> List[str]:
    """``01-03,7`` is 01, 02, 03, 7: as many digits as the first number of a range has."""
    numbers: List[str] = []
    for part in ranges.split(","):
        match = re.fullmatch(r"(\d+)(?:-(\d+))?", part)
        if match is None or int(match[2] or match[1]) < int(match[1]):
            raise ValueError(ranges)
        numbers += [str(n).zfill(len(match[1])) for n in range(int(match[1]), int(match[2] or match[1]) + 1)]
    return numbers
