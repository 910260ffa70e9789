"""A run folder from a stranger harms nobody: every command ends with a message, or does what is harmless."""

import importlib.util
import os
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
FIXTURES = HERE.parent / "fixtures" / "runs" / "0.1.0-current"
_spec = importlib.util.spec_from_file_location("hostile", str(HERE / "hostile.py"))
hostile = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(hostile)
POSIX = pytest.mark.skipif(os.name == "nt", reason="links and pipes are made otherwise there")
COMMANDS = {
    "show": ("show", "{run}"),
    "show --json": ("show", "{run}", "--json"),
    "predict": ("predict", "{run}", "table.csv", "-o", "out.csv"),
    "evaluate": ("evaluate", "{run}", "table.csv"),
    "report": ("report", "{run}"),
    "compare": ("compare", "{run}", "good"),
    "trace": ("trace", "{run}", "--row", "3"),
    "runs": ("runs",),
}
PAGES = ("report", "compare", "show --json", "runs")


def good_run(folder, place):
    """A copy of a run whose table is at `place`."""
    shutil.copytree(str(FIXTURES / "classes"), str(folder))
    for file in ("config.yaml", "data.json"):
        text = (folder / file).read_text(encoding="utf-8").replace("/where/it/was/made", place.as_posix())
        (folder / file).write_text(text, encoding="utf-8")


@pytest.fixture
def place(tmp_path):
    """A folder with a table, a whole run, and a folder that nobody may read from or write to."""
    shutil.copy(str(FIXTURES / "table.csv"), str(tmp_path))
    good_run(tmp_path / "runs" / "good", tmp_path)
    (tmp_path / "canary").mkdir()
    (tmp_path / "canary" / "secret.json").write_text('{"password": "hunter2"}', encoding="utf-8")
    return tmp_path


def listing(folder, but):
    """All files below a folder with their sizes, but for what a command may write."""
    found = {}
    for parent, folders, files in os.walk(str(folder)):
        folders[:] = [name for name in folders if Path(parent, name) != but]
        for name in files:
            path = Path(parent, name)
            if name != "out.csv":
                found[str(path)] = path.lstat().st_size
    return found


class Tags(HTMLParser):
    """What elements a page has, and which of their attributes would run something."""

    def __init__(self):
        super().__init__()
        self.names, self.handlers, self.scripts = set(), [], 0

    def handle_starttag(self, tag, attributes):
        self.names.add(tag)
        self.scripts += tag == "script"
        self.handlers += [name for name, value in attributes if name.startswith("on")]
        self.handlers += [value for name, value in attributes if (value or "").strip().startswith("javascript:")]


def parsed(path):
    tags = Tags()
    tags.feed(path.read_text(encoding="utf-8"))
    return tags


@POSIX
@pytest.mark.parametrize("name", hostile.CASES)
def test_a_hostile_run_ends_with_a_message_or_does_no_harm(name, place, console):
    case, run = hostile.CASES[name], place / "runs" / "hostile"
    good_run(run, place)
    case.change(run)
    before = listing(place, run)
    asked = {command: words for command, words in COMMANDS.items() if case.pages or command not in PAGES}
    answers = {command: console(*(word.format(run=run) for word in words)) for command, words in asked.items()}
    for command, answer in answers.items():
        assert answer.code in (0, 1, 2), command
        assert (answer.code == 0) or answer.err.startswith(("error: ", "warning: ", "note: ")), (command, answer.err)
        said = answer.out + answer.err
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(said), command
        assert "hunter2" not in said, command
        assert "Traceback" not in said, command
        assert len(said) < 100_000, command
    assert case.refused in answers["predict"].err
    assert answers["predict"].code == (2 if case.refused else 0), answers["predict"].err
    assert answers["show"].code == case.show, answers["show"].err
    if case.pages:
        assert answers["runs"].code == 0
        assert "good" in answers["runs"].out
    assert listing(place, run) == before
    page = run / "report.html"
    if page.is_file() and not page.is_symlink():
        good = parsed(page)
        assert "img" not in good.names or "onerror" not in good.handlers
        assert good.handlers == []
        assert good.scripts <= 1


def test_there_are_many_hostile_runs():
    assert len(hostile.CASES) >= 30


CHILD = """
import resource, sys
limit = int(sys.argv[1])
from fcnn.cli import main
import fcnn.jobs.predict, pandas
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
for run in sys.argv[2:]:
    for words in (["predict", run, "table.csv", "-o", "out.csv"], ["show", run], ["evaluate", run, "table.csv"]):
        try:
            main(words)
        except SystemExit as end:
            print(end.code)
# ru_maxrss would count what the process that started this one had
print(next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="no other system limits the memory of a process")
def test_what_is_huge_takes_little_memory(place):
    huge = [
        "metrics of 4 GB", "a history of 4 GB", "a layer of a billion units", "a bomb", "a shape beyond memory",
        "a sentence that fills the memory", "JSON that is nested deeply",
    ]  # fmt: skip
    for number, name in enumerate(huge):
        run = place / "runs" / f"huge{number}"
        good_run(run, place)
        hostile.CASES[name].change(run)
    runs = [str(place / "runs" / f"huge{number}") for number in range(len(huge))]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-c", CHILD, str(2 << 30), *runs]
    done = subprocess.run(command, capture_output=True, env=environment, cwd=str(place), timeout=300)
    assert done.returncode == 0, done.stderr.decode()
    assert int(done.stdout.split()[-1]) < 400, "MB"
    assert b"Traceback" not in done.stderr
