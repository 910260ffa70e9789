"""What the tests of the command line share: consoles, and a run that is trained once."""

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Iterator

import pytest

import fcnn
from fcnn.cli import main

ROOT = Path(__file__).parents[2]
SOURCES = Path(fcnn.__file__).parents[1]
LEFT_BEHIND = ("TF_CPP_MIN_LOG_LEVEL", "FCNN_SKIP_ENV_CHECK")
"""Variables that this process may have got from tests before; a console of a user does not have them."""


@dataclass(frozen=True)
class Answer:
    """What a command said."""

    code: int
    out: str
    err: str

    @property
    def folder(self) -> Path:
        """The run folder that a training printed last."""
        return Path(self.out.splitlines()[-1])


Console = Callable[..., Answer]


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's own folder."""
    return ROOT


@pytest.fixture
def console(capsys: pytest.CaptureFixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Console]:
    """`console("show", "latest")` runs a command in this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FCNN_LANG", "en")  # whatever the system speaks
    before = signal.getsignal(signal.SIGTERM)

    def run(*words: Any) -> Answer:
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main([str(word) for word in words])
        out, err = capsys.readouterr()
        return Answer(int(end.value.code or 0), out, err)

    yield run
    signal.signal(signal.SIGTERM, before)


def start(*words: Any, **options: Any) -> "subprocess.Popen[str]":
    """Start a command in a process of its own."""
    inherited = {name: value for name, value in os.environ.items() if name not in LEFT_BEHIND}
    usual = {"PYTHONPATH": str(SOURCES), "PYTHONIOENCODING": "utf-8", "FCNN_LANG": "en"}
    environment = {**inherited, **usual, **options.pop("env", {})}
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "encoding": "utf-8", **options}
    return subprocess.Popen(
        [sys.executable, "-m", "fcnn", *map(str, words)], env=environment, stdin=subprocess.DEVNULL, **options
    )


@pytest.fixture(scope="session")
def process() -> Callable[..., "subprocess.Popen[str]"]:
    """`process("train", ..., cwd=...)` starts a command in a process of its own."""
    return start


@pytest.fixture(scope="session")
def shell() -> Console:
    """`shell("show", "latest", cwd=...)` runs a command in a process of its own, to its end."""

    def run(*words: Any, **options: Any) -> Answer:
        started = start(*words, **options)
        out, err = started.communicate(timeout=300)
        return Answer(started.returncode, out, err)

    return run


@dataclass(frozen=True)
class Trained(Answer):
    """A training, and the folder it was started in."""

    cwd: Path


@pytest.fixture(scope="session")
def trained(shell: Console, made_once: Callable[..., Any]) -> Trained:
    """Twelve epochs on the penguins, piped. Nobody may change the run folder, or add another beside it."""

    def train(folder: Path) -> Trained:
        cwd, temporary = folder / "there", folder / "emptied"
        cwd.mkdir()
        temporary.mkdir()
        words = ["train", ROOT / "configs" / "penguins.yaml", "training.epochs=12", "training.early_stopping=null"]
        answer = shell(*words, cwd=str(cwd), env={"TMPDIR": str(temporary)})
        assert answer.code == 0, answer.err
        assert list(temporary.iterdir()) == [], "left in the temporary folder"
        return Trained(answer.code, answer.out, answer.err, cwd)

    return made_once("trained", train)


@pytest.fixture
def beside(trained: Trained, console: Console, monkeypatch: pytest.MonkeyPatch) -> Console:
    """The console in the folder where `latest` is the trained run."""
    monkeypatch.chdir(trained.cwd)
    return console


CHINESE = "面积,楼层,朝向,价格等级\n" + "".join(
    f"{40 + 7 * row % 90},{row % 6 + 1},{'南北东'[row % 3]},{'高' if 7 * row % 90 > 45 else '低'}\n"
    for row in range(60)
)
"""A table with Chinese column names, levels and classes."""


@pytest.fixture
def flats(tmp_path: Path) -> Path:
    """The table of Chinese flats."""
    path = tmp_path / "房价.csv"
    path.write_text(CHINESE, encoding="utf-8")
    return path


SMALL = """\
data: {path: table.csv, target: y, split: {validation: 0.25, test: 0.25}}
network: {layers: [4]}
training: {epochs: 3, early_stopping: null, batch_size: 8}
run: {plots: false}
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """`small.yaml`: a regression on 40 rows of two numbers, three epochs, no plots; y = 10 a - b."""
    rows = "".join(f"{a},{b},{10 * a - b}\n" for a in range(8) for b in range(5))
    (tmp_path / "table.csv").write_text("a,b,y\n" + rows, encoding="utf-8")
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


PLANTS = "height,colour,kind,mass,grown\n" + "".join(
    f"{'' if row % 11 == 3 else 5 + row % 13},{('red', 'green', '')[row % 3]},{'abc'[row % 13 // 5]},"
    f"{'' if row == 7 else 2 * (row % 13) + 0.5 * (row % 3)},{('no', 'yes')[row % 13 > 6]}\n"
    for row in range(60)
)
"""Missing numbers, missing levels, three classes, a quantity that row 7 lacks, and two classes."""
NORMALIZED = {"units": 5, "batch_normalization": True}
STUDIED = {
    "classes": ("kind", [{**NORMALIZED, "activation": "relu", "dropout": 0.2}, {"units": 4, "activation": "tanh"}]),
    "linear": ("mass", [{**NORMALIZED, "activation": "linear"}, {"units": 3, "activation": "linear"}]),
    "logistic": ("grown", []),
}  # fmt: skip
"""Target and hidden layers by the name of a run."""


@pytest.fixture(scope="session")
def studied(made_once: Callable[..., Any]) -> Path:
    """A folder with `plants.csv` and, below `runs`, small runs of every kind. Nobody may change anything in it."""
    return made_once("studied", study)


def study(folder: Path) -> Path:
    table = folder / "plants.csv"
    table.write_text(PLANTS, encoding="utf-8")
    for name, (target, layers) in STUDIED.items():
        config = {
            "data": {"path": str(table), "target": target, "features": ["height", "colour"]},
            "network": {"layers": layers},
            "training": {"epochs": 2, "compile": "graph"},
            "run": {"plots": False},
        }
        fcnn.train(config, run_dir=folder / "runs" / name)
    return folder


@pytest.fixture
def there(studied: Path, console: Console, monkeypatch: pytest.MonkeyPatch) -> Console:
    """The console in the folder of `studied`; what is written goes elsewhere."""
    monkeypatch.chdir(studied)
    return console
