"""A run on a Ray cluster that was killed goes on there; here the chief's part is played without Ray."""

import copy
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import fcnn
from fcnn.errors import ClusterError, ConfigError, Problem, TrainingError
from fcnn.jobs.keeping import keeping
from fcnn.jobs.on_ray.mailbox import Failed, Files, Mailbox, Told
from fcnn.jobs.on_ray.mirror import Mirror, apply
from fcnn.jobs.on_ray.options import RayOptions
from fcnn.jobs.on_ray.reporting import MailReporter
from fcnn.jobs.on_ray.worker import Order, _write_run, failure
from fcnn.jobs.prepare import read_request
from fcnn.jobs.reporter import Reporter
from fcnn.jobs.resume import find_unfinished
from fcnn.runs.folder import NewRun
from fcnn.training import saving
from fcnn.training.meeting import WorkerLostError


class Interrupts(Reporter):
    """Ends a run in its third epoch."""

    def epoch(self, row, best_epoch):
        if row["epoch"] == 3:
            raise KeyboardInterrupt


class Remote:
    """A mailbox with the look of an actor of Ray, whose answers are there at once."""

    def __init__(self, mailbox):
        self._mailbox = mailbox

    def __getattr__(self, name):
        return SimpleNamespace(remote=getattr(self._mailbox, name))


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """The config of a run of 5 epochs, and a folder: `killed.partial` has two of them, `whole` all."""
    folder = tmp_path_factory.mktemp("trained")
    rows = "".join(f"{a},{b},{10 * a - b}\n" for a in range(8) for b in range(5))
    (folder / "t.csv").write_text("a,b,y\n" + rows, encoding="utf-8")
    config = {
        "data": {"path": str(folder / "t.csv"), "target": "y"},
        "network": {"layers": [4]},
        "training": {"epochs": 5, "compile": "eager"},
        "run": {"plots": False},
    }
    fcnn.train(config, run_dir=folder / "whole")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(saving, "PAUSE", 0)
        with pytest.raises(KeyboardInterrupt):
            fcnn.train(config, run_dir=folder / "killed", reporter=Interrupts())
    return config, folder


@pytest.fixture
def killed(trained, tmp_path, monkeypatch):
    """The config, to be changed; copies of both runs are in the current folder."""
    config, folder = trained
    for name in ("whole", "killed.partial"):
        shutil.copytree(str(folder / name), str(tmp_path / name))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "ray", SimpleNamespace(get=lambda answer: answer))
    return copy.deepcopy(config)


def on_a_node(config, begun_with=None):
    """What the chief posts."""
    mailbox = Mailbox(begun_with)
    reporter = MailReporter(mailbox.post)
    request, order = read_request(config, name="r"), Order(config, "r", None, 60.0)
    _write_run(request, order, Remote(mailbox), reporter, None)
    return mailbox.take()


def test_the_chief_goes_on_with_what_the_driver_has(killed) -> None:
    found = find_unfinished("killed", None)
    with NewRun(found.final, again=True) as folder:
        posted = on_a_node(killed, Mirror().changes(folder.partial))
        for files in [letter for letter in posted if isinstance(letter, Files)]:
            assert "checkpoints/begun.json" not in files.written, "the driver has it"
            apply(files, folder.partial)
        folder.complete()
    lines = [letter.arguments for letter in posted if isinstance(letter, Told)]
    assert ("it goes on after epoch 2",) in lines
    assert Path("killed/weights.npz").read_bytes() == Path("whole/weights.npz").read_bytes()
    assert sorted(path.name for path in Path("killed").iterdir()) == sorted(
        path.name for path in Path("whole").iterdir()
    )
    assert [path for path in Path().iterdir() if path.name.startswith("fcnn-run-")] == []


def test_a_run_that_begins_begins(killed) -> None:
    posted = on_a_node(killed)
    assert not any("goes on" in str(letter) for letter in posted)
    assert posted[-1].complete


def test_another_config_is_refused_on_the_node(killed) -> None:
    killed["training"]["epochs"] = 6
    with pytest.raises(ConfigError, match="is not what the run was begun with"):
        on_a_node(killed, Mirror().changes(Path("killed.partial")))


@pytest.mark.parametrize(
    ("error", "is_kept"),
    [
        pytest.param(ClusterError(Problem("no Ray answers")), True, id="the cluster is gone"),
        pytest.param(ConfigError(Problem("no room")), True, id="too few CPUs"),
        pytest.param(TrainingError(Problem("the loss is no number")), False, id="it would happen again"),
    ],
)
def test_what_the_driver_has_is_kept_where_it_may_go_on(killed, error, is_kept) -> None:
    options = RayOptions("ray://head:10001", 2).words
    folder = NewRun(Path("killed").absolute(), again=True)
    with folder, pytest.raises(type(error)) as raised, keeping(folder, Reporter(), options):
        raise error
    assert folder.partial.exists() is is_kept
    if isinstance(error, ClusterError):
        hint = raised.value.problems[-1].hint
        assert hint == f"to go on with it: fcnn train --resume {folder.final} --ray ray://head:10001 --ray-workers 2"


def test_a_problem_of_the_node_is_told_without_its_folder() -> None:
    note = Problem("what was trained so far is kept", "/tmp/fcnn-run-1/run.partial", severity="note")
    told = Failed("ClusterError", (Problem("worker 1 was lost"),), True)
    assert failure(WorkerLostError(Problem("worker 1 was lost"), note)) == told
