"""Training on a Ray cluster, as far as it can be tested without Ray."""

import pickle
import time

import pytest

import fcnn
from fcnn.errors import ConfigError, DataError, Problem, TrainingError, UnsupportedEnvironmentError
from fcnn.jobs.on_ray import driver
from fcnn.jobs.on_ray.mailbox import Failed, Files, Mailbox, Told
from fcnn.jobs.on_ray.mirror import Mirror, apply
from fcnn.jobs.on_ray.nodes import NodeFacts, check_nodes, looker, nodes_of
from fcnn.jobs.on_ray.options import RayOptions, ray_options
from fcnn.jobs.on_ray.reporting import MailReporter, in_touch
from fcnn.jobs.on_ray.sharing import Node, share_out
from fcnn.jobs.on_ray.worker import failure
from fcnn.jobs.prepare import prepare_job, read_request
from fcnn.training.meeting import WorkerLostError
from fcnn.wording import say


def nodes(*amounts):
    return [Node(f"id{number}", f"node{number}", cpus, gpus) for number, (cpus, gpus) in enumerate(amounts, 1)]


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("auto", None),
        ("local", None),
        ("head:6379", "head:6379"),
        ("[2001:db8::1]:6379", "[2001:db8::1]:6379"),
        ("ray://10.0.0.1:10001", "10.0.0.1:10001"),
    ],
)
def test_an_address_is_taken(address, target) -> None:
    options = ray_options(address, 2, 4)
    assert options == RayOptions(address, 2, 4)
    assert options.target == target


def test_without_an_address_there_is_no_ray() -> None:
    assert ray_options(None, None, None) is None


@pytest.mark.parametrize(
    ("address", "message", "hint"),
    [
        pytest.param("head", "this is no address of a Ray cluster", "did you mean `head:6379`?", id="no port"),
        pytest.param(
            "ray://head",
            "this is no address of a Ray cluster",
            "did you mean `ray://head:10001`?",
            id="client, no port",
        ),
        pytest.param(
            "http://head:6379", "this is no address of a Ray cluster", "did you mean `head:6379`?", id="a page"
        ),
        pytest.param("Local", "this is no address of a Ray cluster", "did you mean `local`?", id="capital"),
        pytest.param("atuo", "this is no address of a Ray cluster", "did you mean `auto`?", id="mistyped"),
        pytest.param("", "this is no address of a Ray cluster", "", id="empty"),
        pytest.param("head:6379,other:6379", "this is no address of a Ray cluster", "", id="two"),
        pytest.param("head:99999", "there is no such port", "", id="port"),
    ],
)
def test_a_wrong_address_is_told(address, message, hint) -> None:
    with pytest.raises(ConfigError) as error:
        ray_options(address, None, None)
    (problem,) = error.value.problems
    assert (problem.message, problem.where, problem.received, problem.hint) == (message, "--ray", repr(address), hint)


def test_all_wrong_options_are_told_at_once() -> None:
    with pytest.raises(ConfigError) as error:
        ray_options("auto", 0, -1, ["--workers", "--index"])
    assert [(each.where, each.message) for each in error.value.problems] == [
        ("--ray-workers", "a number, 1 or more, is needed"),
        ("--ray-cpus", "a number, 1 or more, is needed"),
        ("--workers", "it does not go with --ray"),
        ("--index", "it does not go with --ray"),
    ]
    with pytest.raises(ConfigError) as error:
        ray_options(None, 2, None)
    assert [(each.where, each.message) for each in error.value.problems] == [("--ray-workers", "it goes with --ray")]


@pytest.mark.parametrize(
    ("amounts", "options", "expected"),
    [
        pytest.param([(8, 0)], {}, (1, 8, 0), id="one node"),
        pytest.param([(8, 0), (4, 0)], {}, (2, 4, 0), id="the smallest decides"),
        pytest.param([(0, 0), (8, 0), (8, 0)], {}, (2, 8, 0), id="a head that trains nothing"),
        pytest.param([(8, 0)], {"workers": 3}, (3, 2, 0), id="several on a node"),
        pytest.param([(8, 0), (8, 0)], {"workers": 3}, (3, 4, 0), id="two on one node"),
        pytest.param([(8, 0), (8, 0), (8, 0)], {"workers": 2}, (2, 8, 0), id="a node is left over"),
        pytest.param([(8, 0)], {"workers": 2, "cpus": 1}, (2, 1, 0), id="CPUs as asked"),
        pytest.param([(8, 2), (8, 2)], {}, (4, 4, 1), id="a worker for each GPU"),
        pytest.param([(16, 4), (8, 1)], {}, (5, 2, 1), id="different numbers of GPUs"),
        pytest.param([(8, 1), (8, 0)], {}, (1, 8, 1), id="a node without GPU is left out"),
        pytest.param([(8, 1), (8, 0)], {"workers": 2}, (2, 8, 0), id="too few GPUs for all"),
        pytest.param([(8, 4)], {"workers": 2}, (2, 4, 1), id="more GPUs than workers"),
    ],
)
def test_nodes_are_shared_out(amounts, options, expected) -> None:
    share = share_out(nodes(*amounts), RayOptions("auto", **options))
    assert (share.workers, share.cpus, share.gpus) == expected


def test_the_share_is_described() -> None:
    assert share_out(nodes((4, 0)), RayOptions("auto")).describe() == "Ray: 1 worker with 4 CPUs each, on 1 node"
    share = share_out(nodes((4, 2), (4, 2)), RayOptions("auto"))
    assert share.describe() == "Ray: 4 workers with 2 CPUs and 1 GPU each, on 2 nodes"


@pytest.mark.parametrize(
    ("options", "hint"),
    [
        pytest.param({"workers": 9}, "fewer workers, or fewer CPUs for each: --ray-workers 6", id="workers"),
        pytest.param({"cpus": 3}, "fewer workers, or fewer CPUs for each: --ray-workers 1", id="a small node"),
        pytest.param({"cpus": 9}, "fewer CPUs for each: --ray-cpus 4", id="CPUs"),
    ],
)
def test_what_does_not_fit_into_the_cluster_is_refused(options, hint) -> None:
    with pytest.raises(ConfigError) as error:
        share_out(nodes((4, 0), (2, 0)), RayOptions("auto", **options))
    (problem,) = error.value.problems
    assert problem.received == "node1: 4 CPUs, node2: 2 CPUs"
    assert problem.hint == hint


def test_a_cluster_without_cpus_is_refused() -> None:
    with pytest.raises(TrainingError, match="has no CPU to train on"):
        share_out(nodes((0, 0)), RayOptions("auto"))


def test_nodes_that_are_gone_do_not_count() -> None:
    def record(number, alive, resources):
        names = {"NodeManagerHostname": f"host{number}", "NodeManagerAddress": f"10.0.0.{number}"}
        return {"NodeID": f"id{number}", "Alive": alive, "Resources": resources, **names}

    found = nodes_of([record(2, True, {"CPU": 4.0, "GPU": 1.0}), record(3, False, {}), record(1, True, {})])
    assert found == [Node("id1", "host1 (10.0.0.1)", 0, 0), Node("id2", "host2 (10.0.0.2)", 4, 1)]


def facts(version=fcnn.__version__, unreadable=None):
    return NodeFacts(nodes((4, 0))[0], version, "/opt/python", unreadable or {})


def test_a_node_that_has_all_is_accepted() -> None:
    check_nodes([facts(), facts()])


@pytest.mark.parametrize(
    ("version", "message", "received"),
    [
        pytest.param("0.0.1", "has another version of fcnn", "/opt/python: 0.0.1", id="another"),
        pytest.param("", "has no fcnn", "/opt/python: -", id="none"),
    ],
)
def test_a_node_with_another_fcnn_is_refused(version, message, received) -> None:
    with pytest.raises(UnsupportedEnvironmentError) as error:
        check_nodes([facts(), facts(version)])
    (problem,) = error.value.problems
    assert (problem.where, problem.message, problem.received) == ("node node1", message, received)
    assert problem.expected == f"fcnn {fcnn.__version__}"


def test_a_node_that_cannot_read_the_table_is_named_with_the_path() -> None:
    with pytest.raises(TrainingError) as error:
        check_nodes([facts(), facts(unreadable={"/data/t.csv": "No such file or directory"})])
    (problem,) = error.value.problems
    assert (problem.where, problem.message) == ("/data/t.csv", "cannot be read on node1: No such file or directory")


def test_a_look_around_finds_what_cannot_be_read(tmp_path) -> None:
    (tmp_path / "there").write_bytes(b"1")
    found = looker()([str(tmp_path / "there"), str(tmp_path / "missing"), str(tmp_path)])
    assert found["version"] == fcnn.__version__
    assert list(found["unreadable"]) == [str(tmp_path / "missing"), str(tmp_path)]


# --- the mailbox, and the run folder that goes through it -------------------------------------------------------------


def test_the_mailbox_keeps_the_order_and_gives_everything_once() -> None:
    mailbox = Mailbox()
    mailbox.post(1)
    mailbox.post(2)
    assert mailbox.take() == [1, 2]
    assert mailbox.take() == []
    assert (mailbox.begin(0), mailbox.begin(1), mailbox.begin(0)) == (True, True, False)
    assert mailbox.reason() is None
    mailbox.ask_to_stop("interrupted")
    assert mailbox.reason() == "interrupted"


def test_a_run_folder_is_the_same_on_the_other_side(tmp_path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    (here / "plots").mkdir(parents=True)
    (here / "checkpoints").mkdir()
    there.mkdir()
    for name in ("receipt.json", "config.yaml", "log.txt", ".weights.npz.1.tmp", "plots/a.png", "checkpoints/1.npz"):
        (here / name).write_bytes(name.encode())
    (there / "log.txt").write_bytes(b"own")
    mirror = Mirror()
    changes = mirror.changes(here)
    assert list(changes.written) == ["checkpoints/1.npz", "config.yaml", "plots/a.png", "receipt.json"]
    apply(changes, there)
    assert mirror.changes(here) == Files({}, (), False)
    (here / "checkpoints" / "1.npz").unlink()
    (here / "config.yaml").write_bytes(b"another")
    changes = mirror.changes(here, complete=True)
    assert changes == Files({"config.yaml": b"another"}, ("checkpoints/1.npz",), True)
    apply(changes, there)
    found = {path.relative_to(there).as_posix(): path.read_bytes() for path in there.rglob("*") if path.is_file()}
    assert found == {
        "config.yaml": b"another",
        "log.txt": b"own",
        "receipt.json": b"receipt.json",
        "plots/a.png": b"plots/a.png",
    }
    assert not (there / "checkpoints").exists()


@pytest.mark.parametrize("name", ["../out", "/out"])
def test_nothing_is_written_outside_of_the_run_folder(tmp_path, name) -> None:
    with pytest.raises(AssertionError):
        apply(Files({name: b""}, (), False), tmp_path / "run")


def test_the_chief_tells_the_reporter_of_the_driver(tmp_path) -> None:
    posted = []
    reporter = MailReporter(posted.append)
    reporter.problem(Problem("of the table"))  # which the driver has told already
    reporter.opened(tmp_path)
    reporter.problem(Problem("of the training"))
    reporter.problem(Problem("is kept", str(tmp_path), severity="note"))  # the driver has a folder of its own
    reporter.line(say("{count:,} rows", count=1000))
    reporter.training_begins(3)
    reporter.epoch({"epoch": 1, "loss": 0.5}, 1)
    for done in range(1000):
        reporter.working("reading", done, 999)
    reporter.training_ended()
    reporter.log("done")
    working = [letter for letter in posted if letter.method == "working"]
    assert [letter for letter in posted if letter.method != "working"] == [
        Told("problem", (Problem("of the training"),)),
        Told("line", ("1,000 rows",)),
        Told("training_begins", (3,)),
        Told("epoch", ({"epoch": 1, "loss": 0.5}, 1)),
        Told("training_ended", ()),
        Told("log", ("done",)),
    ]
    assert (working[0].arguments, working[-1].arguments) == (("reading", 0, 999), ("reading", 999, 999))
    assert len(working) < 500
    assert pickle.loads(pickle.dumps(posted))[1].arguments[0].template == "{count:,} rows"


def test_the_chief_sends_what_it_writes_and_hears_that_it_is_to_stop(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("fcnn.jobs.on_ray.reporting.SECONDS", 0.01)
    posted = []
    reporter = MailReporter(posted.append)
    reporter.opened(tmp_path)
    with in_touch(reporter, Mirror(), posted.append, lambda: "interrupted" if posted else None) as stop:
        (tmp_path / "config.yaml").write_bytes(b"x")
        for _ in range(1000):
            if stop.requested():
                break
            time.sleep(0.01)
    assert posted == [Files({"config.yaml": b"x"}, (), False)]
    assert stop.reason == "interrupted"


# --- failures ---------------------------------------------------------------------------------------------------------


def raised(*failures):
    following = driver._Following.__new__(driver._Following)
    following._failures = list(failures)
    following._raise_failures()


def test_the_problem_of_a_worker_is_raised_as_it_was() -> None:
    told = failure(DataError(Problem("is wrong", "t.csv")))
    with pytest.raises(DataError) as error:
        raised(pickle.loads(pickle.dumps(told)), told)
    assert error.value.problems == (Problem("is wrong", "t.csv"),)


def test_a_cause_counts_more_than_who_was_lost_of_it() -> None:
    lost = failure(WorkerLostError(Problem("worker 1 was lost")))
    assert lost == Failed("ClusterError", (Problem("worker 1 was lost"),), True)
    with pytest.raises(ConfigError, match="the cause"):
        raised(lost, failure(ConfigError(Problem("the cause"))))
    with pytest.raises(TrainingError, match="worker 1 was lost"):
        raised(lost)


def test_the_nodes_get_a_config_with_absolute_paths_and_with_threads(rare, tmp_path) -> None:
    config = driver._absolute(prepare_job(read_request(rare, ["run.dir=out"], "name")))
    assert config["data"]["path"] == str(tmp_path / "rare.csv")
    assert config["run"]["dir"] == str(tmp_path / "out")
    assert config["run"]["name"] == "name"
    assert config["training"]["compile"] == "auto", "which depends on the number of workers"
    share = share_out(nodes((4, 0)), RayOptions("auto"))
    assert driver._with_threads(config, share)["training"]["threads"] == 4
    config["training"]["threads"] = 2
    assert driver._with_threads(config, share)["training"]["threads"] == 2
    assert read_request(config, name="again").paths == (tmp_path / "rare.csv",)
