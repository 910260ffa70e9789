"""Help, version, and consoles that can show less than UTF-8."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import fcnn
from fcnn.cli import COMMANDS


def test_the_help_lists_every_command(console) -> None:
    answer = console("--help")
    assert (answer.code, answer.err) == (0, "")
    assert "\n  fcnn train configs/penguins.yaml                 train, and print the run folder\n" in answer.out
    assert re.findall(r"^  ([a-z-]+) {2,}\S.*[^.]\.$", answer.out.partition("Commands:")[2], re.MULTILINE) == list(
        COMMANDS
    )


@pytest.mark.parametrize("words", [[], ["-h"]], ids=["nothing", "-h"])
def test_other_words_for_help(console, words) -> None:
    assert console(*words) == console("--help")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(console, command) -> None:
    answer = console(command, "--help")
    assert answer.code == 0
    assert answer.out.startswith(f"Usage: fcnn {command} [OPTIONS]")
    assert "\\b" not in answer.out


def test_the_version_names_the_stack(console) -> None:
    stack = "pinned" if sys.version_info < (3, 9) else "current"
    assert re.fullmatch(
        rf"fcnn {re.escape(fcnn.__version__)} \({stack} stack: Python 3\.\S+, TensorFlow \S+, Keras \S+, NumPy \S+\)\n",
        console("--version").out,
    )


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "cp1252"])
def test_a_table_is_drawn_in_ascii_where_the_console_has_no_more(shell, trained, encoding) -> None:
    answer = shell("show", "latest", cwd=str(trained.cwd), env={"PYTHONIOENCODING": encoding})
    assert answer.code == 0
    assert "Traceback" not in answer.err
    table = answer.out.partition("finished\n")[2]
    assert table.isascii()
    assert "| accuracy " in table
    assert "+---" in table


@pytest.mark.parametrize(
    ("encoding", "bytes_are", "shown"),
    [
        pytest.param("gbk", "gbk", "价格等级?", id="gbk"),
        pytest.param("cp1252", "cp1252", "?????", id="cp1252"),
        pytest.param(
            "ascii", "utf-8", "价格等级✓", id="ascii"
        ),  # which Click takes for a console that is set up wrongly
    ],
)
def test_a_message_in_chinese_does_not_crash_a_console(shell, flats, encoding, bytes_are, shown) -> None:
    options = {"cwd": str(flats.parent), "env": {"PYTHONIOENCODING": encoding}, "encoding": bytes_are}
    answer = shell("train", flats.name, "--target", "价格等级✓", **options)
    assert answer.code == 2
    assert f"'{shown}'" in answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
def test_json_and_predictions_are_whole_on_any_console(console, shell, flats, encoding) -> None:
    options = {"cwd": str(flats.parent), "env": {"PYTHONIOENCODING": encoding}}
    console("train", flats.name, "--target", "价格等级", "training.epochs=1", "run.plots=false")
    result = shell("evaluate", "latest", flats.name, "--json", **options, encoding=encoding, errors="replace")
    assert result.out.isascii()
    assert set(json.loads(result.out)["per_class"]) == {"低", "高"}
    printed = shell("predict", "latest", flats.name, **options, errors="replace").out.splitlines()
    assert printed[0] == "prediction,probability_低,probability_高"
    assert {line[0] for line in printed[1:]} <= {"低", "高"}


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
@pytest.mark.parametrize(
    "words", [["runs", "--json"], ["show", "latest"], ["schema"], ["predict", "latest"]], ids=" ".join
)
def test_a_reader_that_has_gone_is_no_traceback(process, trained, root, words) -> None:
    words = [*words, root / "data" / "penguins.csv"] if words[0] == "predict" else words
    reader, writer = os.pipe()
    os.close(reader)
    started = process(*words, cwd=str(trained.cwd), stdout=writer)
    os.close(writer)
    err = started.communicate(timeout=60)[1]
    assert "Traceback" not in err
    assert "Error" not in err


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX")
@pytest.mark.parametrize("closed", [">&-", "2>&-"])
def test_a_stream_that_is_closed_is_no_traceback(trained, closed) -> None:
    command = f"'{sys.executable}' -m fcnn show latest {closed}"
    environment = {**os.environ, "PYTHONPATH": str(Path(fcnn.__file__).parents[1])}
    done = subprocess.run(
        command, shell=True, cwd=str(trained.cwd), env=environment, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


def test_a_machine_without_memory_left_is_told_in_words(console, monkeypatch) -> None:
    def allocate(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("fcnn.jobs.prepare.read_request", allocate)
    answer = console("validate", "t.yaml")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("error: there is not enough memory\n  hint: learn from fewer columns")
