"""`check-env --fix`: what is shown, asked and run; a stand-in for pip does to the metadata what pip does."""

import ast
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import List

import pytest

from fcnn.environment import Facts, Verdict, command, fixing, judge
from fcnn.environment.command import Console, answer
from fcnn.environment.options import Options
from fcnn.errors import ListingError, RepairError

from .asking import BROKEN, HEALTHY, Real, environment, plain, say

SICK = (
    {"tensorflow": "2.13.1", "keras": "2.13.1", "numpy": "1.19.5", "protobuf": "4.25.8"}
    if sys.version_info < (3, 12)
    else {"tensorflow": "2.20.0", "keras": "3.10.0", "numpy": "1.26.4", "protobuf": "4.25.8"}
)
"""Versions for the Python that runs the tests, one of which must be replaced."""
REPAIRED, NEW = ("numpy", "1.24.3") if sys.version_info < (3, 12) else ("protobuf", "9.9")


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.delenv("CONDA_EXE", raising=False)


def two_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every repair have two steps."""

    def steps(verdict: Verdict, facts: Facts) -> fixing.Steps:
        pip = (facts.executable, "-m", "pip")
        return (*pip, "uninstall", "-y", "keras"), (*pip, "install", "numpy==1.24.3")

    monkeypatch.setattr(fixing, "steps_to_run", steps)


def test_a_dry_run_only_shows_the_commands(tmp_path: Path) -> None:
    folder = Real(tmp_path, SICK)
    said = say(Options(python=str(folder), fix=True, dry_run=True))
    assert said.code == 3
    assert "To be run, one after the other:\n" in said.out
    assert f'-m pip install "{REPAIRED}' in said.out
    assert folder.log == []
    assert said.asked == []


@pytest.mark.parametrize("options", [{"yes": True}, {}], ids=["--yes", "agreed"])
def test_the_commands_are_run_by_the_environments_own_python(tmp_path: Path, options) -> None:
    folder = Real(tmp_path, SICK)
    Path("random.py").write_text("raise RuntimeError('the working folder is in the way')", encoding="utf-8")
    said = say(Options(python=str(folder), fix=True, **options), "y\n", interactive=True)
    assert said.asked == ([] if options else ["Run them now? [y/N] "])
    (line,) = folder.log
    place, _, words = line.partition("|")
    assert os.path.realpath(place) == os.path.realpath(str(folder))
    assert words.startswith(f"install {REPAIRED}")
    assert f"[1/1] {folder}{os.sep}" in said.out.replace('"', "")
    before, after = said.out.split("After the repair:")
    assert "R10" in before or "R03" in before
    assert "R10" not in after
    assert "R03" not in after


@pytest.mark.parametrize("typed", ["n\n", "\n", "", "what?\n"], ids=["n", "enter", "end of input", "anything"])
def test_without_a_yes_nothing_is_changed(tmp_path: Path, typed: str) -> None:
    folder = Real(tmp_path, SICK)
    said = say(Options(python=str(folder), fix=True), typed, interactive=True)
    assert said.code == 3
    assert said.out.endswith("Nothing was changed.\n")
    assert folder.log == []


def test_without_a_terminal_and_without_yes_nothing_is_run(tmp_path: Path) -> None:
    folder = Real(tmp_path, SICK)
    with pytest.raises(ListingError, match="there is no terminal to ask at") as raised:
        say(Options(python=str(folder), fix=True))
    assert "--fix --yes" in raised.value.problems[0].hint
    assert folder.log == []


def test_the_first_step_that_fails_is_the_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    two_steps(monkeypatch)
    folder = Real(tmp_path, SICK)
    folder.refuse("keras")
    with pytest.raises(RepairError) as raised:
        say(Options(python=str(folder), fix=True, yes=True))
    assert raised.value.exit_code == 1
    failed, left = raised.value.problems
    assert failed.message == "step 1 of 2 failed with exit code 7"
    assert failed.received.endswith("-m pip uninstall -y keras")
    assert left.message.startswith("not started: ")
    assert left.message.endswith('-m pip install "numpy==1.24.3"')
    assert left.severity == "note"
    assert len(folder.log) == 1


def test_what_was_done_before_a_step_failed_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    two_steps(monkeypatch)
    folder = Real(tmp_path, SICK)
    folder.refuse("numpy")
    with pytest.raises(RepairError) as raised:
        say(Options(python=str(folder), fix=True, yes=True))
    failed, done = raised.value.problems
    assert failed.message == "step 2 of 2 failed with exit code 7"
    assert done.message.startswith("already done: ")
    assert done.message.endswith("-m pip uninstall -y keras")
    assert len(folder.log) == 2


def test_a_python_that_cannot_be_started_is_a_failed_step(tmp_path: Path) -> None:
    place = environment(tmp_path, BROKEN)
    with pytest.raises(RepairError, match="step 1 of 1 cannot be started: "):
        say(Options(python=place, fix=True, yes=True))


def test_an_interrupted_step_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*words: object, **options: object) -> int:
        raise KeyboardInterrupt

    err: List[str] = []
    monkeypatch.setattr(fixing.subprocess, "call", interrupt)
    console = Console(err.append, err.append, lambda question: "", bytes, plain)
    with pytest.raises(KeyboardInterrupt):
        answer(Options(python=environment(tmp_path, BROKEN), fix=True, yes=True, language="en"), console)
    assert err[-1] == "step 1 of 1 was interrupted"


def test_with_json_stdout_is_one_document_of_the_environment_as_it_is_then(tmp_path: Path) -> None:
    folder = Real(tmp_path, SICK)
    said = say(Options(python=str(folder), fix=True, yes=True, as_json=True))
    assert said.document["environment"]["packages"][REPAIRED] == NEW
    assert "To be run, one after the other:\n" in said.err
    again = say(Options(python=str(folder), fix=True, dry_run=True, as_json=True))
    assert again.document["environment"]["packages"][REPAIRED] == NEW


def test_the_installers_words_stay_out_of_the_json(tmp_path: Path) -> None:
    words = [
        sys.executable,
        "-m",
        "fcnn",
        "check-env",
        "--python",
        str(Real(tmp_path, SICK)),
        "--fix",
        "--yes",
        "--json",
    ]
    sources = str(Path(fixing.__file__).parents[2])
    done = subprocess.run(
        words,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": sources},
    )
    assert json.loads(done.stdout)["environment"]["packages"][REPAIRED] == NEW
    assert "pip is at work" in done.stderr


def test_where_nothing_is_wrong_nothing_is_repaired(monkeypatch: pytest.MonkeyPatch) -> None:
    repaired(monkeypatch, Facts(packages=HEALTHY, complete=False))
    said = say(Options(fix=True), for_fcnn=False)
    assert said.code == 0
    assert said.out.endswith("\nThere is nothing to repair.\n")


def test_where_no_installation_helps_it_says_what_a_person_must_do(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = Facts(packages=HEALTHY, complete=False, cpu_flags=frozenset({"sse2"}))
    facts = replace(facts, packages={"tensorflow": "2.13.1", "numpy": "1.24.3", "protobuf": "4.25.8"})
    repaired(monkeypatch, facts)
    said = say(Options(fix=True, yes=True), for_fcnn=False)
    assert said.code == 3
    assert "No installation repairs this; it takes a person:\n" in said.out
    assert "use a machine whose processor has AVX" in said.out.split("it takes a person:")[1]


def repaired(monkeypatch: pytest.MonkeyPatch, facts: Facts) -> None:
    """Make facts those of the running environment, in which nothing may be run."""
    from fcnn.environment import reading

    monkeypatch.setattr(reading, "examine", lambda folder: facts)
    monkeypatch.setattr(fixing.subprocess, "call", lambda *words, **options: pytest.fail("something was run"))


@pytest.mark.parametrize("place", ["lib/python3.11", "Lib"])
def test_the_systems_own_python_is_left_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, place: str) -> None:
    (tmp_path / "usr" / place).mkdir(parents=True)
    (tmp_path / "usr" / place / "EXTERNALLY-MANAGED").touch()
    facts = Facts(packages=BROKEN, complete=False, python="3.11.2", prefix=str(tmp_path / "usr"), executable="python3")
    repaired(monkeypatch, facts)
    shown = say(Options(), for_fcnn=False)
    assert "This Python belongs to the system" in shown.out
    assert "`python3 -m venv .venv`" in shown.out
    with pytest.raises(ListingError, match="This Python belongs to the system") as raised:
        say(Options(fix=True, yes=True), for_fcnn=False)
    assert "fcnn check-env --python .venv" in raised.value.problems[0].hint
    repaired(monkeypatch, replace(facts, in_virtual_environment=True))
    assert "belongs to the system" not in say(Options(), for_fcnn=False).out


STEPS = {
    "pip": (("pip", "install"), [["/env/bin/python", "-m", "pip", "install", "numpy==1.19.5"]]),
    "another pip": (
        ("python3.8", "-m", "pip", "install"),
        [["/env/bin/python", "-m", "pip", "install", "numpy==1.19.5"]],
    ),
    "uv": (("uv", "pip", "install"), [["uv", "pip", "install", "--python", "/env/bin/python", "numpy==1.19.5"]]),
    "uv of that Python": (
        ("uv", "pip", "install", "--python", "/x"),
        [["uv", "pip", "install", "--python", "/x", "numpy==1.19.5"]],
    ),
    "conda": (
        ("conda", "install", "--prefix", "/env"),
        [["conda", "install", "-y", "--prefix", "/env", "numpy==1.19.5"]],
    ),
}


@pytest.mark.parametrize("installer", STEPS)
def test_what_is_run_is_of_that_environment_and_asks_nothing(installer: str) -> None:
    install_command, steps = STEPS[installer]
    facts = Facts(packages=BROKEN, complete=False, executable="/env/bin/python", install_command=install_command)
    assert [list(step) for step in fixing.steps_to_run(judge(facts), facts)] == steps


def test_on_windows_it_says_what_a_locked_file_means(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = Facts(packages=BROKEN, complete=False, system="Windows", shell="cmd", machine="AMD64")
    repaired(monkeypatch, facts)
    assert "access is denied" in say(Options(fix=True, dry_run=True), for_fcnn=False).out
    repaired(monkeypatch, replace(facts, system="Linux"))
    assert "access is denied" not in say(Options(fix=True, dry_run=True), for_fcnn=False).out


def test_every_sentence_has_its_chinese() -> None:
    from fcnn.environment import chinese

    said = set()
    for module in (fixing, command):
        for node in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "say":
                said.update(item.value for item in node.args if isinstance(item, ast.Constant))
    assert len(said) > 8
    assert sorted({*said, fixing._LOCKED} - set(chinese.TEXTS)) == []
