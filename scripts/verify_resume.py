"""Kills ``fcnn train`` at random moments, goes on with ``--resume``, and compares with runs that nobody killed.

Weights, history but for its seconds, predictions, diagnostics, metrics but for theirs, and the names of all files must
be equal bit by bit; exit code 1 where they are not. What comes out is a Markdown table.

SIGKILL is what kills. A training runs in a child of this process, which has imported TensorFlow but not used it yet, so
that fifty kills take minutes; some of those during the start are of processes of their own, begun as a user does. Most
write a checkpoint after every epoch, whatever that costs, the others as users' do. POSIX only.
"""

import argparse
import csv
import json
import os
import platform
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Optional, Tuple

os.environ.update({"FCNN_LANG": "en", "TF_CPP_MIN_LOG_LEVEL": "3"})

DATA = Path(__file__).resolve().parent.parent / "data"
LIMIT = 1200.0
"""Seconds that a training may take on a machine that has much else to do."""
LOOK = 0.0005
"""Seconds between two looks at the folder of a run."""


class Case(NamedTuple):
    """A training that is killed again and again."""

    name: str
    table: str
    target: str
    layers: List[Any]
    training: Dict[str, Any]
    words: Tuple[str, ...] = ()
    plots: bool = False

    def config(self) -> Dict[str, Any]:
        """The config, but for what is the same in all cases."""
        usual = {"early_stopping": None, "compile": "graph", "batch_size": 32}
        return {
            "data": {"path": str(DATA / self.table), "target": self.target},
            "network": {"layers": self.layers},
            "training": {**usual, **self.training},
            "run": {"plots": self.plots},
        }


NORMALIZED = [{"units": 8, "activation": "relu", "batch_normalization": True, "dropout": 0.3}, 4]
CASES = (
    Case("adam, dropout, batch normalization, not compiled", "iris.csv", "species", NORMALIZED,
         {"epochs": 12, "compile": "eager"}),
    Case(
        "SGD with momentum, plateau schedule, early stopping", "iris.csv", "species", [{"units": 6, "dropout": 0.2}],
        {
            "epochs": 200, "optimizer": {"name": "sgd", "learning_rate": 0.5, "momentum": 0.9},
            "learning_rate_schedule": {"name": "plateau", "patience": 2}, "early_stopping": {"patience": 12},
        },
    ),
    Case(
        "nadam, cosine schedule, clipnorm", "diabetes.csv", "progression", [16, 8],
        {
            "epochs": 60, "optimizer": {"name": "nadam", "learning_rate": 0.01}, "clipnorm": 1.0,
            "learning_rate_schedule": {"name": "cosine"},
        },
    ),
    Case(
        "RMSprop, class weights, under XLA, with plots", "iris.csv", "species", NORMALIZED,
        {"epochs": 60, "compile": "xla", "optimizer": {"name": "rmsprop"}, "class_weight": "balanced"}, plots=True,
    ),
    Case(
        "adamax, three seeds", "iris.csv", "species", [{"units": 6, "dropout": 0.2}],
        {"epochs": 15, "optimizer": {"name": "adamax"}}, ("--seeds", "3"),
    ),
    Case(
        "adagrad, three folds, early stopping", "diabetes.csv", "progression", [{"units": 8, "dropout": 0.1}],
        {"epochs": 15, "optimizer": {"name": "adagrad", "learning_rate": 0.1}, "early_stopping": {"patience": 5}},
        ("--folds", "3"),
    ),
)  # fmt: skip


class Training:
    """``fcnn train`` under way, with all processes that it has started, in a session of its own."""

    def __init__(self, words: List[str], folder: Path, every_epoch: bool = False, fresh: bool = False) -> None:
        """Start it.

        Args:
            words: of the command line, ``fcnn`` left out.
            folder: it is the working folder; ``said.txt`` in it gets what is printed.
            every_epoch: write a checkpoint after every epoch, whatever that costs.
            fresh: start a process of its own instead of a copy of this one.
        """
        self.code: Optional[int] = None
        self.said = folder / "said.txt"
        sys.stdout.flush()
        if fresh:
            with self.said.open("ab") as said:
                command = [sys.executable, "-I", "-m", "fcnn", *words]
                started = subprocess.Popen(command, cwd=str(folder), stdout=said, stderr=said, start_new_session=True)
            self._pid = started.pid
            return
        self._pid = os.fork()
        if self._pid == 0:
            _become(words, folder, self.said, every_epoch)

    def ended(self) -> bool:
        """Whether it has ended by now."""
        if self.code is None:
            pid, status = os.waitpid(self._pid, os.WNOHANG)
            if pid:
                self.code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status)
        return self.code is not None

    def kill(self, group: bool) -> bool:
        """End it at once, with its group or alone; False where it has ended by itself."""
        if self.ended():
            return False
        (os.killpg if group else os.kill)(self._pid, signal.SIGKILL)
        self.wait()
        return self.code == -signal.SIGKILL

    def wait(self) -> int:
        """Its exit code, when it has ended."""
        deadline = time.monotonic() + LIMIT
        while not self.ended():
            if time.monotonic() > deadline:
                os.killpg(self._pid, signal.SIGKILL)
                raise SystemExit(f"it does not end: {self.said}")
            time.sleep(0.005)
        assert self.code is not None
        return self.code


def _become(words: List[str], folder: Path, said: Path, every_epoch: bool) -> None:
    """Be a command of fcnn in this process, which is a copy of the one that kills."""
    try:
        os.setsid()
        os.chdir(str(folder))
        output = os.open(str(said), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
        for number in (1, 2):
            os.dup2(output, number)
        from fcnn.cli import main
        from fcnn.training import saving

        if every_epoch:
            saving.PAUSE = 0.0
        sys.argv = ["fcnn", *words]
        main()
    finally:
        os._exit(99)  # main never returns


def when(ready: Callable[[], Any], training: Training) -> bool:
    """Wait for a moment; False where the training has ended before."""
    while not ready():
        if training.ended():
            return False
        time.sleep(LOOK)
    return True


class Moments:
    """When to kill: functions that return when the time has come, or the training has ended."""

    def __init__(self, dice: random.Random, partial: Path, seconds: float, tail: float) -> None:
        """For a run that is written into `partial`, takes so many `seconds`, and `tail` of these after its training."""
        self._dice, self._partial, self._seconds, self._tail = dice, partial, seconds, tail

    def any(self, training: Training) -> None:
        """Any."""
        self._later(self._seconds, training)

    def folder(self, training: Training) -> None:
        """Soon after the folder was made."""
        when(self._partial.exists, training)
        self._later(self._seconds / 10, training)

    def checkpoint(self, training: Training) -> None:
        """While a checkpoint is written."""
        for _ in range(self._dice.randint(1, 5)):
            when(lambda: not self._half(), training)
            when(self._half, training)

    def end(self, training: Training) -> None:
        """While the files of the run are written."""
        when((self._partial / "data.json").exists, training)
        self._later(self._tail, training)

    def name(self, training: Training) -> None:
        """When nothing is missing but the name."""
        when((self._partial / "receipt.json").exists, training)
        self._later(0.01, training)

    def _half(self) -> List[Path]:
        return list((self._partial / "checkpoints").glob(".*.npz.*.tmp"))

    def _later(self, most: float, training: Training) -> None:
        deadline = time.monotonic() + self._dice.uniform(0, most)
        when(lambda: time.monotonic() >= deadline, training)


KINDS, OFTEN = ("any", "checkpoint", "end", "folder", "name"), ("any", "any", "checkpoint")
FRESH = 10
"""One kill of so many is of a process of its own, while it starts."""


class Tally:
    """What was killed in a case, and what came of it."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.kills = {"no folder": 0, "no checkpoint": 0, "a checkpoint": 0, "all written": 0}
        self.halves = 0
        self.runs = 0
        self.different: List[str] = []


def state_of(final: Path) -> str:
    """What a kill has left."""
    partial = final.with_name(f"{final.name}.partial")
    if final.exists() or (partial / "receipt.json").exists():
        return "all written"
    if not partial.exists():
        return "no folder"
    return "a checkpoint" if any((partial / "checkpoints").glob("*.npz")) else "no checkpoint"


class Trials:
    """The runs of a case: one that nobody kills, and those that are."""

    def __init__(self, case: Case, folder: Path, dice: random.Random) -> None:
        """Train the first one, and measure how long it takes."""
        self._case, self._folder, self._dice = case, folder, dice
        self.tally = Tally()
        folder.mkdir()
        (folder / "config.yaml").write_text(json.dumps(case.config()), encoding="utf-8")
        self._command = ["train", "config.yaml", *case.words]
        whole = folder / "whole"
        began = time.monotonic()
        training = Training([*self._command, "--run-dir", "whole"], folder)
        when(whole.with_name("whole.partial").joinpath("data.json").exists, training)
        trained = time.monotonic()
        if training.wait() != 0:
            raise SystemExit(training.said.read_text(encoding="utf-8"))
        self._seconds, self._tail = time.monotonic() - began, time.monotonic() - trained
        self._expected = content(whole)

    def run(self, kinds: Iterator[str], kills: int) -> None:
        """Train until a run is complete, and kill as often as `kills` says before it is; compare it."""
        self.tally.runs += 1
        final = self._folder / f"run{self.tally.runs}"
        partial = final.with_name(f"{final.name}.partial")
        moments = Moments(self._dice, partial, self._seconds, self._tail)
        while True:
            words = [*self._command, *(("--resume" if partial.exists() else "--run-dir"), final.name)]
            fresh = kills > 0 and not partial.exists() and self._dice.randrange(FRESH) == 0
            training = Training(words, self._folder, self._dice.random() < 0.7, fresh)
            if kills > 0:
                getattr(moments, "any" if fresh else next(kinds))(training)
                half = partial.joinpath("checkpoints").exists() and any(partial.glob("checkpoints/.*.tmp"))
                if training.kill(group=self._dice.random() < 0.7):
                    kills -= 1
                    self.tally.halves += half
                    self.tally.kills[state_of(final)] += 1
            if training.wait() == -signal.SIGKILL:
                if final.exists():  # killed when all was done
                    break
                continue
            if training.code != 0:
                said = training.said.read_text(encoding="utf-8")
                raise SystemExit(f"{' '.join(words)} in {self._folder} ended with {training.code}:\n{said[-3000:]}")
            break
        found = content(final)
        differs = [name for name in sorted({*found, *self._expected}) if found.get(name) != self._expected.get(name)]
        self.tally.different += [f"{final}: {name}" for name in differs]
        if not differs:
            shutil.rmtree(str(final))


SAME_BYTES = ("weights.npz", "predictions.csv", "diagnostics.csv", "importance.csv", "data.json", "config.yaml")


def content(run: Path) -> Dict[str, Any]:
    """All of a run that must be the same."""
    names = sorted(path.relative_to(run).as_posix() for path in run.rglob("*"))
    found: Dict[str, Any] = {"names": names}
    found.update((name, (run / name).read_bytes()) for name in SAME_BYTES)
    with (run / "history.csv").open(encoding="utf-8", newline="") as file:
        found["history.csv"] = [{**row, "seconds": ""} for row in csv.DictReader(file)]
    metrics = json.loads((run / "metrics.json").read_text(encoding="utf-8"))
    found["metrics.json"] = {name: value for name, value in metrics.items() if name != "seconds"}
    found["plots"] = {path.name: path.read_bytes() for path in run.glob("plots/*.png")}
    return found


def rolled(dice: random.Random) -> Iterator[str]:
    """Kinds of moments, each as often, in a random order."""
    while True:
        kinds = [*KINDS, *OFTEN]
        dice.shuffle(kinds)
        yield from kinds


def main() -> int:
    """Kill, go on, compare, and print; 1 where something differs."""
    parser = argparse.ArgumentParser(prog="scripts/verify-resume", description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=50, help="how often in all (50)")
    parser.add_argument("--seed", type=int, default=1, help="of the moments (1); how fast the machine is decides, too")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave the folders here, instead of none")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the counts there, too")
    given = parser.parse_args()
    import fcnn.jobs.fit
    import fcnn.jobs.train  # noqa: F401 - once for all trainings

    dice = random.Random(given.seed)
    folder = given.keep or Path(tempfile.mkdtemp(prefix="fcnn-verify-resume-"))
    folder.mkdir(parents=True, exist_ok=True)
    print(f"Python {platform.python_version()}, TensorFlow {version('tensorflow')}, seed {given.seed}\n")
    print("| training | kills | no folder yet | no checkpoint yet | a checkpoint | all written | half a one | equal |")
    print("|---|---|---|---|---|---|---|---|", flush=True)
    different: List[str] = []
    killed = halves = runs = 0
    for number, case in enumerate(CASES):
        share = given.kills * (number + 1) // len(CASES) - given.kills * number // len(CASES)
        trials, kinds = Trials(case, folder / f"case{number + 1}", dice), rolled(dice)
        while sum(trials.tally.kills.values()) < share:
            trials.run(kinds, min(dice.choice((1, 1, 2, 3)), share - sum(trials.tally.kills.values())))
        tally = trials.tally
        equal = tally.runs - len({line.partition(": ")[0] for line in tally.different})
        counts = " | ".join(str(count) for count in tally.kills.values())
        print(f"| {case.name} | {share} | {counts} | {tally.halves} | {equal} of {tally.runs} runs |", flush=True)
        different += tally.different
        killed, halves, runs = killed + share, halves + tally.halves, runs + tally.runs
    print(f"\n{killed} kills survived, {halves} of them with half a checkpoint on the disk" * (not different))
    print("\n".join(different), file=sys.stderr)
    if given.json and not different:
        given.json.write_text(json.dumps({"kills": killed, "halves": halves, "runs": runs}), encoding="utf-8")
    if not given.keep and not different:
        shutil.rmtree(str(folder))
    return min(1, len(different))


if __name__ == "__main__":
    sys.exit(main())
