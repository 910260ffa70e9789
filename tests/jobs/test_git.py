"""The git revision of the working folder: told where git tells it at once, and otherwise left out."""

import os
import subprocess

import pytest

from fcnn.jobs import git
from fcnn.jobs.git import git_of, read_status
from fcnn.runs.receipt import Git

REVISION = "5b53ed7c0d6a0e1b8a5f1f0a4c2e5d6f7a8b9c0d"


def of_git(folder, *words):
    options = ["-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false"]
    return subprocess.check_output(["git", *options, *words], cwd=str(folder), encoding="utf-8").strip()


@pytest.fixture
def repository(tmp_path):
    """A repository of one commit, and a folder below."""
    folder = tmp_path / "repository"
    (folder / "below").mkdir(parents=True)
    (folder / "known.txt").write_text("1", encoding="utf-8")
    of_git(folder, "init", "-q")
    of_git(folder, "add", "known.txt")
    of_git(folder, "commit", "-q", "-m", "first")
    return folder


def test_the_commit_and_whether_known_files_changed(repository) -> None:
    revision = of_git(repository, "rev-parse", "HEAD")
    (repository / "below" / "new.txt").write_text("nobody knows it", encoding="utf-8")
    assert git_of(repository / "below") == Git(revision, dirty=False)
    (repository / "known.txt").write_text("2", encoding="utf-8")
    assert git_of(repository / "below") == Git(revision, dirty=True)


def test_outside_of_a_repository_there_is_none(tmp_path) -> None:
    assert git_of(tmp_path) is None


def test_without_the_program_there_is_none(repository, monkeypatch) -> None:
    monkeypatch.setenv("PATH", str(repository))
    assert git_of(repository) is None


@pytest.mark.skipif(os.name == "nt", reason="a shell's script")
@pytest.mark.parametrize(
    "script",
    [
        pytest.param("sleep 20; echo '# branch.oid 5b53ed7'", id="too slow"),
        pytest.param("exit 128", id="it fails"),
        pytest.param("printf '\\377\\376'", id="no words"),
    ],
)
def test_a_git_that_cannot_tell_is_not_waited_for(script, repository, tmp_path, monkeypatch) -> None:
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join([str(program.parent), os.environ["PATH"]]))
    monkeypatch.setattr(git, "SECONDS", 0.2)
    assert git_of(repository) is None


@pytest.mark.skipif(os.name == "nt", reason="a shell's script")
def test_a_program_that_a_repository_names_is_not_run(repository, tmp_path) -> None:
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path / 'sprung'}\n", encoding="utf-8")
    trap.chmod(0o755)
    of_git(repository, "config", "core.fsmonitor", str(trap))
    assert git_of(repository) is not None
    assert not (tmp_path / "sprung").exists()
    of_git(repository, "status")
    assert (tmp_path / "sprung").exists()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"# branch.oid {REVISION}\n# branch.head main\n", Git(REVISION, dirty=False)),
        (f"# branch.oid {REVISION}\n# branch.head main\n1 .M N... 100644 a.txt\n", Git(REVISION, dirty=True)),
        ("# branch.oid (initial)\n# branch.head main\n", None),
        ("", None),
    ],
    ids=["clean", "dirty", "no commit yet", "nothing"],
)
def test_what_git_says_is_read(text, found) -> None:
    assert read_status(text) == found
