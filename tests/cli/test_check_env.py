"""`fcnn check-env` as it is typed: Click's part, and whole processes."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Callable, Dict, List

import pytest
from click.testing import CliRunner

from fcnn.cli.check_env import check_env
from fcnn.environment.options import TABLE

OF_2_10 = {"tensorflow": "2.10.1", "numpy": "1.24.4", "keras": "2.10.0"}


@pytest.fixture
def environment(tmp_path: Path) -> Callable[..., str]:
    """A function that makes the folder of a virtual environment by hand, with the metadata of packages."""

    def make(packages: Dict[str, str]) -> str:
        folder = tmp_path / "some env"
        for name, version in packages.items():
            info = folder / "lib" / "python3.8" / "site-packages" / f"{name}-{version}.dist-info"
            info.mkdir(parents=True)
            (info / "METADATA").write_text(f"Name: {name}\nVersion: {version}\n", encoding="utf-8")
        (folder / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.8.20\n", encoding="utf-8")
        return str(folder)

    return make


# --- the help ---------------------------------------------------------------------------------------------------------


def test_the_help_has_every_option_under_its_heading_and_examples() -> None:
    shown = CliRunner().invoke(check_env, ["--help"], terminal_width=100)
    assert shown.exit_code == 0
    headings = ["What is judged:", "How:", "What else it can do:", "Output:", "Examples:"]
    assert [line for line in shown.output.splitlines() if line.endswith(":") and line[0] != " "] == headings
    for option in TABLE:
        section = shown.output.index(f"\n{option.group}:\n")
        assert f"\n  {option.flag} " in shown.output[section:].split("\n\n")[0]
    assert "\n  -h, --help  " in shown.output
    assert "\n  fcnn check-env --python ~/course/.venv --fix  " in shown.output


@pytest.mark.parametrize("words", [["--nonsense"], ["--python"], ["--strict=yes"], ["stray"]], ids=" ".join)
def test_what_click_cannot_read_ends_with_2(console, words) -> None:
    answer = console("check-env", *words)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("error: ")


def test_a_mistyped_option_is_guessed(console) -> None:
    answer = console("check-env", "--requirement", "x")
    assert answer.code == 2
    assert "--requirements" in answer.err


def test_all_that_is_wrong_is_said_at_once(console) -> None:
    answer = console("check-env", "--yes", "--freeze", "a", "--requirements", "b", "--lang", "zn")
    assert answer.code == 2
    assert answer.out == ""
    assert answer.err == (
        "error: --requirements and --freeze cannot be combined: each names what is to be judged\n"
        "  hint: fcnn check-env --help\n"
        "error: --yes is nothing without --fix\n"
        "  hint: fcnn check-env --help\n"
        "error: there is no --lang zn\n"
        "  hint: known: auto, en, zh\n"
        "3 errors.\n"
    )


# --- every option -----------------------------------------------------------------------------------------------------


def test_python_names_another_environment(environment) -> None:
    shown = CliRunner().invoke(check_env, ["--python", environment({"tensorflow": "2.4.0", "numpy": "1.24.4"})])
    assert shown.exit_code == 3
    assert "numpy 1.24.4" in shown.output


@pytest.mark.parametrize(("words", "code"), [([], 0), (["--strict"], 3)], ids=["usual", "--strict"])
def test_requirements_are_judged_for_a_python(tmp_path: Path, words, code) -> None:
    file = tmp_path / "requirements.txt"
    file.write_text("".join(f"{name}=={version}\n" for name, version in OF_2_10.items()), encoding="utf-8")
    words = ["--requirements", str(file), "--python-version", "3.8", "--lang", "en", *words]
    assert CliRunner().invoke(check_env, words).exit_code == code


def test_freeze_reads_stdin_and_json_is_one_document() -> None:
    words = ["--freeze", "-", "--python-version", "3.8", "--json"]
    shown = CliRunner().invoke(check_env, words, input="tensorflow==2.4.0\nnumpy==1.24.4\n")
    assert shown.exit_code == 3
    document = json.loads(shown.output)
    assert document["verdict"] == "broken"
    assert document["environment"]["complete"] is True


def test_explain_reads_stdin() -> None:
    words = ["--explain", "-", "--lang", "en"]
    known = CliRunner().invoke(check_env, words, input="module 'numpy' has no attribute 'object'\n")
    assert known.exit_code == 0
    assert "R01" in known.output
    assert CliRunner().invoke(check_env, words, input="it does not work\n").exit_code == 1


@pytest.mark.parametrize(
    "words", [["--list"], ["--list", "--json"], ["--target", "pinned"], ["--target", "current", "--json"]], ids=" ".join
)
def test_what_asks_of_no_environment_ends_with_0(words) -> None:
    shown = CliRunner().invoke(check_env, words)
    assert shown.exit_code == 0
    assert "--json" not in words or json.loads(shown.output)


def test_report_is_written(environment) -> None:
    shown = CliRunner().invoke(check_env, ["--report", "--python", environment(OF_2_10)])
    assert shown.exit_code == 3
    assert "1.24.4" in shown.output


def test_fix_is_shown_and_needs_somebody_to_agree(console, environment) -> None:
    place = environment({"tensorflow": "2.4.0", "numpy": "1.24.4"})
    shown = console("check-env", "--fix", "--dry-run", "--lang", "en", "--python", place)
    assert shown.code == 3
    assert "To be run, one after the other:\n" in shown.out
    asked = console("check-env", "--fix", "--lang", "en", "--python", place)
    assert asked.code == 2
    assert "error: --fix asks before it runs anything, and there is no terminal to ask at\n" in asked.err
    started = console("check-env", "--fix", "--yes", "--lang", "en", "--python", place)
    assert started.code == 1
    assert "error: " in started.err
    assert "cannot be started" in started.err


def test_import_is_tried(console, environment) -> None:
    answer = console("check-env", "--import", "--json", "--python", environment(OF_2_10))
    assert answer.code in (2, 3)  # it has no Python that runs
    assert "Traceback" not in answer.err


class Terminal:
    """A stdin at which somebody sits."""

    def __init__(self, typed: str) -> None:
        self.typed = typed

    def isatty(self) -> bool:
        return True

    def readline(self) -> str:
        if self.typed == "Ctrl-C":
            raise KeyboardInterrupt
        return self.typed


@pytest.mark.parametrize(("typed", "code"), [("n\n", 3), ("", 3), ("Ctrl-C", 130)], ids=["n", "Ctrl-D", "Ctrl-C"])
def test_who_is_asked_can_say_no(console, environment, monkeypatch: pytest.MonkeyPatch, typed: str, code: int) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    place = environment({"tensorflow": "2.4.0", "numpy": "1.24.4"})
    answer = console("check-env", "--fix", "--lang", "en", "--python", place)
    assert answer.code == code
    assert answer.err.startswith("Run them now? [y/N] ")
    assert ("Nothing was changed." in answer.out) == (typed != "Ctrl-C")


# --- whole processes --------------------------------------------------------------------------------------------------


def test_the_running_environment_is_judged_in_a_moment(shell, tmp_path) -> None:
    times = []
    for _ in range(3):
        before = os.times()
        answer = shell("check-env", "--lang", "en", cwd=str(tmp_path))
        after = os.times()
        times.append(after.children_user + after.children_system - before.children_user - before.children_system)
        assert answer.code in (0, 3)
    assert "Verdict: " in answer.out
    assert min(times) < 0.4  # seconds of a processor, since others may be at work on this machine


def test_chinese_is_written_to_a_console_that_has_it_and_only_there(shell, environment) -> None:
    place = environment({"tensorflow": "2.4.0", "numpy": "1.24.4"})
    for encoding, chinese in (("utf-8", True), ("gbk", True), ("ascii", False)):
        env = {"PYTHONIOENCODING": encoding, "LANG": "zh_CN.UTF-8", "LC_ALL": "", "FCNN_LANG": ""}
        answer = shell("check-env", "--python", place, env=env, encoding=encoding)
        assert answer.code == 3
        assert any("\u4e00" <= letter <= "\u9fff" for letter in answer.out) == chinese
        assert "numpy==1.19.5" in answer.out


# --- where there is nothing to stand on -------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="Windows deletes no folder that is in use")
@pytest.mark.parametrize(
    "words", [[], ["--python", "relative"], ["--explain", "relative"]], ids=["here", "python", "text"]
)
def test_a_current_folder_that_was_deleted_ends_in_no_traceback(tmp_path: Path, words: List[str]) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    program = (
        "import os, shutil, sys; os.chdir(sys.argv[1]); os.rmdir(sys.argv[1]); from fcnn.cli import main; "
        "main(['check-env', *sys.argv[2:]])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder), *words],
        capture_output=True,
        encoding="utf-8",
    )
    assert "Traceback" not in done.stderr
    assert done.returncode == (2 if words else 0)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a file that is always full")
def test_a_full_disk_is_said_in_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", "from fcnn.cli import main; main(['check-env', '--json'])"],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
    assert done.returncode == 1
    assert done.stderr == "error: the output cannot be written: No space left on device\n"
