"""Tables that are larger than `data.memory`, as somebody at a terminal meets them."""

import io
import json
import shutil

import pytest

from fcnn.cli import working
from fcnn.cli.working import WorkingLine

JOB = "data: {{path: iris.csv, target: species, memory: {memory}}}\nnetwork: {{layers: [4]}}\n"
ON_DISK = "the table is larger than its memory (data.memory): it is put on the disk\n"


@pytest.fixture
def iris(console, root, tmp_path):
    shutil.copy(str(root / "data" / "iris.csv"), str(tmp_path / "iris.csv"))
    (tmp_path / "c.yaml").write_text(JOB.format(memory="1kB"), encoding="utf-8")
    return console


def test_validate_puts_the_table_on_the_disk_and_starts_from_it_the_next_time(iris, tmp_path):
    in_memory = iris("validate", "c.yaml", "data.memory=auto")
    assert not (tmp_path / "runs").exists()
    first = iris("validate", "c.yaml")
    (folder,) = (tmp_path / "runs" / ".cache").glob("*/dataset.json")
    second = iris("validate", "c.yaml")
    assert (in_memory.code, first.code, second.code) == (0, 0, 0)
    assert in_memory.out == first.out == second.out
    assert first.err == ON_DISK + in_memory.err
    place = f"runs/.cache/{folder.parent.name}"
    assert second.err == f"starting from the encoded table in {place}\n" + in_memory.err


def test_what_programs_read_is_the_same(iris):
    answers = [json.loads(iris("validate", "c.yaml", "--json", *more).out) for more in (["data.memory=1GB"], [], [])]
    assert answers[0] == answers[1] == answers[2]


def test_a_training_to_come_is_told_of_alike(iris):
    plans = [iris("train", "c.yaml", "--dry-run", *more).out for more in (["data.memory=1GB"], [], ["--folds", "3"])]
    assert plans[0] == plans[1]
    assert "rows is held out once" in plans[2]


def test_the_cache_is_no_run(iris):
    iris("validate", "c.yaml")
    answer = iris("runs")
    assert ".cache" not in answer.out + answer.err


def test_an_amount_of_memory_that_is_none_is_an_error_with_its_place(iris):
    answer = iris("validate", "c.yaml", "data.memory=lots")
    assert answer.code == 2
    assert answer.err == (
        "error: override 'data.memory=lots': no amount of memory\n"
        "  expected: auto, or such as 2GB, 500MB, 1.5GiB\n"
        '  received: "lots"\n'
    )


def test_a_full_disk_is_an_error_and_nothing_is_left(iris, tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: shutil._ntuple_diskusage(10, 10, 0))
    answer = iris("validate", "c.yaml")
    assert answer.code == 2
    assert "needs about 0 MB on this disk, where 0 MB are free" in answer.err
    assert list((tmp_path / "runs" / ".cache").iterdir()) == []


class Clock:
    """A clock that is set by hand."""

    now = 100.0

    def monotonic(self):
        return self.now


class Terminal(io.StringIO):
    """A stream that says it is one."""

    def isatty(self):
        return True


@pytest.fixture
def clock(monkeypatch):
    monkeypatch.setenv("FCNN_LANG", "en")
    made = Clock()
    monkeypatch.setattr(working, "time", made)
    return made


def test_of_what_takes_a_moment_nothing_is_shown(clock):
    for stream in (io.StringIO(), Terminal()):
        line = WorkingLine(stream)
        for done in range(10):
            clock.now += 0.09
            line.show("reading", done + 1, 10)
        assert stream.getvalue() == ""


def test_elsewhere_than_on_a_terminal_there_is_a_line_now_and_then(clock):
    stream = io.StringIO()
    line = WorkingLine(stream)
    for second in range(1, 101):
        line.show("reading", second, 100)
        clock.now += 1
    line.show("encoding", 1, 1000)
    clock.now += 4000
    line.show("encoding", 500, 1000)
    assert stream.getvalue().splitlines()[:2] == ["reading: 11%, about 1:21 left", "reading: 21%, about 1:15 left"]
    assert len(stream.getvalue().splitlines()) == 10
    assert stream.getvalue().splitlines()[-1] == "encoding: 50%, about 1:06:40 left"


def test_of_a_length_that_is_not_known_nothing_is_promised(clock):
    stream = io.StringIO()
    line = WorkingLine(stream)
    line.show("reading", 1, 0)
    clock.now += 11
    line.show("reading", 5000, 0)
    assert stream.getvalue() == "reading, for as long as it takes\n"


def test_on_a_terminal_there_is_one_line_that_goes(clock):
    stream = Terminal()
    line = WorkingLine(stream)
    line.show("reading", 1, 100)
    clock.now += 2
    line.show("reading", 50, 100)
    line.show("reading", 100, 100)
    assert "reading" in stream.getvalue()
    assert "ETA" in stream.getvalue()
    assert "\x1b[2K" in stream.getvalue()  # the line is wiped off


def test_the_quiet_are_told_nothing(clock):
    stream = io.StringIO()
    line = WorkingLine(stream, quiet=True)
    line.show("reading", 1, 100)
    clock.now += 60
    line.show("reading", 50, 100)
    assert stream.getvalue() == ""
