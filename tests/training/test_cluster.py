"""Which processes train together: options, TF_CONFIG and SLURM's variables, and everything wrong with them."""

import json

import pytest

from fcnn.errors import ConfigError
from fcnn.training.cluster import Cluster, host_and_port
from fcnn.training.cluster_given import cluster_of, node_list, tasks_per_node

TWO = "node1:2222,node2:2223"


def tf_config(cluster, kind="worker", index=0):
    return {"TF_CONFIG": json.dumps({"cluster": cluster, "task": {"type": kind, "index": index}})}


def slurm(**changes):
    usual = {"STEP_NODELIST": "node[1-2]", "PROCID": "1", "STEP_TASKS_PER_NODE": "1(x2)", "JOB_ID": "7", "STEP_ID": "0"}
    return {f"SLURM_{name}": text for name, text in {**usual, **changes}.items() if text is not None}


def the_error(*arguments):
    with pytest.raises(ConfigError) as raised:
        cluster_of(*arguments)
    return raised.value.problems


@pytest.mark.parametrize(
    ("arguments", "addresses", "index"),
    [
        pytest.param((TWO, 1, {}), ("node1:2222", "node2:2223"), 1, id="options"),
        pytest.param(("[::1]:1,h:65535", 0, {}), ("[::1]:1", "h:65535"), 0, id="IPv6"),
        pytest.param((None, None, tf_config({"worker": ["a:1", "b:2"]}, index=1)), ("a:1", "b:2"), 1, id="TF_CONFIG"),
        pytest.param(
            (None, None, tf_config({"chief": ["c:9"], "worker": ["a:1", "b:2"]}, index=1)),
            ("c:9", "a:1", "b:2"), 2, id="TF_CONFIG with a chief",
        ),
        pytest.param(
            (None, None, tf_config({"chief": "c:9", "worker": ["a:1"]}, "chief")), ("c:9", "a:1"), 0, id="its chief"
        ),
        pytest.param((TWO, 1, tf_config({"worker": TWO.split(",")}, index=1)), tuple(TWO.split(",")), 1, id="both"),
        pytest.param(("slurm", None, slurm()), ("node1:16792", "node2:16792"), 1, id="SLURM"),
        pytest.param(
            ("slurm", None, slurm(STEP_NODELIST="a,b", STEP_TASKS_PER_NODE="2,1", PROCID="2", NODEID="1", LOCALID="0")),
            ("a:16792", "a:16793", "b:16792"), 2, id="SLURM with several tasks on a node",
        ),
        pytest.param(
            ("slurm", None, slurm(STEP_NODELIST=None, JOB_NODELIST="a,b", STEP_TASKS_PER_NODE=None,
                                  TASKS_PER_NODE="1(x2)", STEP_ID="3")),
            ("a:16888", "b:16888"), 1, id="SLURM's variables of the job",
        ),
    ],
)  # fmt: skip
def test_the_workers_that_are_named(arguments, addresses, index):
    assert cluster_of(*arguments) == Cluster(addresses, index)


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param((None, None, {}), id="nothing"),
        pytest.param(("node1:2222", 0, {}), id="one worker"),
        pytest.param((None, None, {"TF_CONFIG": ""}), id="an empty TF_CONFIG"),
        pytest.param((None, None, {"TF_CONFIG": '{"environment": "cloud"}'}), id="TF_CONFIG without a cluster"),
        pytest.param((None, None, tf_config({"worker": ["a:1"]})), id="TF_CONFIG of one worker"),
        pytest.param((None, None, slurm()), id="SLURM's variables without the option"),
    ],
)
def test_a_process_trains_alone(arguments):
    assert cluster_of(*arguments) is None


@pytest.mark.parametrize(
    ("workers", "message", "received"),
    [
        pytest.param("node1,b:1", "this is no address of a worker", "'node1'", id="no port"),
        pytest.param("a:0,b:1", "there is no such port", "'a:0'", id="port 0"),
        pytest.param("a:65536,b:1", "there is no such port", "'a:65536'", id="a port that is too large"),
        pytest.param("a:x,b:1", "this is no address of a worker", "'a:x'", id="a port that is no number"),
        pytest.param("a:1,,b:1", "the address of a worker is empty", "''", id="an empty address"),
        pytest.param("", "the address of a worker is empty", "''", id="no address"),
        pytest.param("a:1, b:1", "there is a space in the address of a worker", "' b:1'", id="a space"),
        pytest.param("::1:22,b:1", "an IPv6 address stands in brackets", "'::1:22'", id="IPv6 without brackets"),
        pytest.param("http://a:1,b:1", "this is no address of a worker", "'http://a:1'", id="a URL"),
        pytest.param("a:1,a:1", "two workers have the same address", "a:1", id="doubles"),
        pytest.param("root@a:1,b:1", "this is no address of a worker", "'root@a:1'", id="a user"),
    ],
)
def test_an_address_that_is_none(workers, message, received):
    problem = the_error(workers, 0, {})[0]
    assert (problem.message, problem.where, problem.received) == (message, "--workers", received)
    assert problem.expected or problem.hint


def test_all_wrong_addresses_are_told_at_once():
    assert [problem.received for problem in the_error("a,b:0,c:1", 5, {})] == ["'a'", "'b:0'", "5"]


@pytest.mark.parametrize(
    ("arguments", "where", "words"),
    [
        pytest.param((TWO, None, {}), "--index", "which of the workers is this one?", id="no index"),
        pytest.param((TWO, 2, {}), "--index", "there is no such worker", id="an index that is too large"),
        pytest.param((TWO, -1, {}), "--index", "there is no such worker", id="a negative index"),
        pytest.param((None, 0, {}), "--index", "there is an index, but no workers", id="an index alone"),
        pytest.param(("slurm", 0, slurm()), "--index", "SLURM itself numbers the workers", id="SLURM and an index"),
        pytest.param(("slurm", None, {}), "--workers slurm", "this process is no task of SLURM's srun", id="no SLURM"),
        pytest.param(
            ("slurm", None, slurm(STEP_NODELIST="node[3-1]")),
            "--workers slurm", "what SLURM says of its nodes is not understood", id="a node list that is none",
        ),
        pytest.param(
            ("slurm", None, slurm(NODEID="0", LOCALID="1")),
            "--workers slurm", "the tasks of this step are not dealt out node after node", id="cyclic tasks",
        ),
        pytest.param(
            (TWO, 0, tf_config({"worker": TWO.split(",")}, index=1)),
            "--workers", "the variable TF_CONFIG names other workers, or another index", id="a contradiction",
        ),
        pytest.param((None, None, {"TF_CONFIG": "{"}), "TF_CONFIG", "this is no JSON", id="malformed"),
        pytest.param((None, None, {"TF_CONFIG": "[]"}), "TF_CONFIG", "this is no mapping", id="a list"),
        pytest.param(
            (None, None, {"TF_CONFIG": '{"cluster": []}'}), "TF_CONFIG", "`cluster` and `task` are mappings", id="lists"
        ),
        pytest.param(
            (None, None, tf_config({"worker": ["a:1"], "ps": ["b:1"]})),
            "TF_CONFIG", "this training has no task 'ps'", id="a parameter server",
        ),
        pytest.param(
            (None, None, tf_config({"worker": ["a:1", "b:1"]}, "evaluator")),
            "TF_CONFIG", "this training has no task 'evaluator'", id="an evaluator",
        ),
        pytest.param(
            (None, None, tf_config({"worker": ["a:1", "b:1"]}, index=2)),
            "TF_CONFIG", "`task.index` is no number of a task of type 'worker'", id="an index of nobody",
        ),
        pytest.param(
            (None, None, {"TF_CONFIG": '{"cluster": {"worker": ["a:1", "b:1"]}}'}),
            "TF_CONFIG", "`task.index` is no number of a task of type 'worker'", id="no task",
        ),
        pytest.param(
            (None, None, tf_config({"worker": ["a:1", 2]})), "TF_CONFIG", "the addresses are texts", id="a number"
        ),
        pytest.param(
            (None, None, tf_config({"worker": ["a:1", "b"]})), "TF_CONFIG", "this is no address", id="no port"
        ),
    ],
)  # fmt: skip
def test_workers_that_cannot_be(arguments, where, words):
    problem = the_error(*arguments)[0]
    assert problem.where == where
    assert problem.message.startswith(words)
    assert problem.expected or problem.hint


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("node1", ["node1"]),
        ("a,b-2.example", ["a", "b-2.example"]),
        ("node[01-03,7],gpu5", ["node01", "node02", "node03", "node7", "gpu5"]),
        ("node[098-101]", ["node098", "node099", "node100", "node101"]),
        ("r[1-2]n[0-1]x", ["r1n0x", "r1n1x", "r2n0x", "r2n1x"]),
    ],
)
def test_a_list_of_nodes(text, names):
    assert node_list(text) == names


@pytest.mark.parametrize("text", ["", "node[", "node[]", "node[a]", "node[1-]", "a,,b", "a b", "node[3-1]", "[[1]]"])
def test_what_is_no_list_of_nodes(text):
    with pytest.raises(ValueError, match=r"^"):
        node_list(text)


def test_the_tasks_of_each_node():
    assert tasks_per_node("2(x3),1") == [2, 2, 2, 1]
    with pytest.raises(ValueError, match=r"2\(y3\)"):
        tasks_per_node("2(y3)")


def test_an_address_is_taken_apart():
    assert host_and_port("[2001:db8::1]:22") == ("2001:db8::1", 22)
    assert host_and_port("node-1.example:2222") == ("node-1.example", 2222)
