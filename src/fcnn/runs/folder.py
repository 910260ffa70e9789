"""Run folders on disk: making one that is whole or not there, and finding those that are."""

import os
import re
import shutil
from contextlib import suppress
from datetime import datetime, timezone
from pathlib import Path
from typing import List, Optional

from fcnn.config.paths import shell_word
from fcnn.errors import Problem, RunError, TrainingError, did_you_mean
from fcnn.runs.lock import LOCK, FolderLock
from fcnn.runs.trust import check_folder
from fcnn.wording import say, say_joined

CONFIG, DATA, ENVIRONMENT, HISTORY = "config.yaml", "data.json", "environment.json", "history.csv"
LOG, METRICS, PLOTS, WEIGHTS = "log.txt", "metrics.json", "plots", "weights.npz"
PREDICTIONS, REPORT, TENSORBOARD = "predictions.csv", "report.html", "tensorboard"
MEMBERS = "members"
"""A folder in that of a run, with the networks of an ensemble."""
IMPORTANCE, DIAGNOSTICS = "importance.csv", "diagnostics.csv"
RECEIPT = "receipt.json"
"""Written last: a partial folder that has it lacks nothing but its name."""
PARTIAL = ".partial"
CHECKPOINTS = "checkpoints"
"""A folder in that of a run that is being written, with all it takes to go on after a kill."""
LATEST = "latest"
CACHE = ".cache"
"""Below the folder of runs: encoded tables that are larger than memory."""
MOMENT = 1_000_000
"""Nanoseconds by which a run is newer than another at least: file systems tell these apart."""
NAME_BYTES = 120
"""Of a run's name in UTF-8: with time and ``.partial`` behind it, it stays below the 255 that file systems allow."""

DEVICE = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9\u00b9\u00b2\u00b3]", re.IGNORECASE)
"""What no file can be called on Windows, with or without an ending."""


class NewRun:
    """A run folder that is being written as ``<folder>.partial`` and gets its name when it is complete.

    No other process can write it at the same time.
    """

    def __init__(self, final: Path, again: bool = False) -> None:
        """Make the partial folder, or take over that of a run that was killed.

        Args:
            final: the name of the folder when it is complete.
            again: the partial folder is there.

        Raises:
            RunError: `final` is there and not empty, another run is writing it, or no folder can be made there.
        """
        self.final = check_free(final)
        self.partial = partial_of(self.final)
        try:
            if not again:
                self.partial.mkdir(parents=True)
            self._lock = FolderLock(self.partial)
        except FileExistsError as error:
            raise RunError(_in_the_way(self.partial)) from error
        except BlockingIOError as error:
            raise RunError(Problem(say("another process is writing this run"), str(self.partial))) from error
        except OSError as error:
            raise RunError(not_writable(self.partial if again else self.partial.parent, error)) from error
        for unfinished in self.partial.rglob(".*.tmp"):  # of fcnn.files.atomic_write in the process that was killed
            unfinished.unlink()

    def __enter__(self) -> "NewRun":
        """Nothing is to be done."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let others have the folder, in whatever state it is."""
        self._lock.release()

    @property
    def is_locked(self) -> bool:
        """Whether other processes are kept away; False where the file system knows no locks."""
        return self._lock.holds

    def complete(self) -> Path:
        """Give the folder its name; from now on it is there, and whole, and ``latest``.

        Raises:
            TrainingError: the name is taken by now, or a file in the folder is open (Windows); everything stays in
                the partial folder.
        """
        try:
            shutil.rmtree(str(self.partial / CHECKPOINTS), ignore_errors=True)
            _make_newest(self.partial)
            self._lock.release()  # Windows does not rename a folder in which a file is open
            if self.final.is_dir():
                self.final.rmdir()  # empty; Windows does not rename onto it
            self.partial.rename(self.final)
        except OSError as error:
            if is_run(self.final) and not self.partial.exists():  # another process that went on with it was quicker
                with suppress(OSError):
                    (self.final / LOCK).unlink()  # of this process: it went along
                return self.final
            message = say(
                "the run is complete, but its folder cannot get its name: {error}", error=error.strerror or str(error)
            )
            raise TrainingError(
                Problem(message, str(self.partial), hint=say("rename it to {folder}", folder=self.final))
            ) from error
        return self.final

    def discard(self) -> None:
        """Delete what was written."""
        self._lock.release()
        shutil.rmtree(str(self.partial), ignore_errors=True)


def new_run(runs: Path, name: str, run_dir: Optional[Path] = None) -> NewRun:
    """Begin a run folder: exactly `run_dir`, or ``<runs>/<name>-<UTC time>``, with a number where that is taken."""
    if run_dir is not None:
        return NewRun(run_dir)
    time = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    for number in range(1, 1000):
        final = runs / f"{safe_name(name)}-{time}{f'-{number}' if number > 1 else ''}"
        if not os.path.exists(final) and not os.path.exists(partial_of(final)):  # noqa: PTH110 - as in find_run
            try:
                return NewRun(final)
            except RunError:
                if not os.path.exists(partial_of(final)):  # noqa: PTH110
                    raise
    raise RunError(Problem("a thousand runs of this name began in this second", str(runs)))


def partial_of(final: Path) -> Path:
    """The folder that a run is written into until it is complete."""
    return final.with_name(final.name + PARTIAL)


def has_checkpoint(partial: Path) -> bool:
    """Whether a training that was killed can go on in a partial folder."""
    return any((partial / CHECKPOINTS).glob("*.npz"))


def _in_the_way(partial: Path) -> Problem:
    hint = say("delete {folder} if that run is no longer going", folder=partial)
    if has_checkpoint(partial):
        hint = say("to go on with it: fcnn train --resume {run}", run=shell_word(str(partial)))
    return Problem("another run is writing it, or was killed", str(partial), hint=hint)


def check_free(folder: Path) -> Path:
    """The absolute path of a run folder to be made.

    Raises:
        RunError: something is in its place; an empty folder may be there.
    """
    final = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow a link
    try:
        if not final.name or "\0" in str(final):
            raise RunError(Problem("is no folder that a run can be", str(final), hint="choose another --run-dir"))
        if final.exists() and not final.is_dir():
            raise RunError(Problem("is a file", str(final), "a folder", hint="choose another --run-dir"))
        if final.exists() and any(final.iterdir()):
            raise RunError(Problem("is there already and not empty", str(final), hint="choose another --run-dir"))
    except OSError as error:
        raise RunError(not_writable(final, error)) from error
    return final


def safe_name(name: str) -> str:
    """The name without what a folder's must not have on some system: separators, ``:``, a dot in front, much length."""
    cleaned = "".join(
        "_" if character in '<>:"/\\|?*' or not character.isprintable() else character for character in name
    )
    short = cleaned.strip(" .").encode("utf-8")[:NAME_BYTES].decode("utf-8", "ignore").strip(" .")
    is_device = DEVICE.fullmatch(short.partition(".")[0].strip()) is not None
    return f"{short.replace('.', '_')}_" if is_device else short or "run"


def not_writable(folder: Path, error: OSError) -> Problem:
    """The problem of a file or folder that cannot be written, with the remedy that fits a container."""
    hint = ""
    if isinstance(error, PermissionError):
        hint = 'in a container, run it as yourself: docker run --user "$(id -u):$(id -g)" ...'
    return Problem(say("cannot be written: {error}", error=error.strerror or str(error)), str(folder), hint=hint)


def is_run(folder: Path) -> bool:
    """Whether a folder is a complete run."""
    try:
        return not folder.name.endswith(PARTIAL) and (folder / METRICS).is_file() and (folder / DATA).is_file()
    except OSError:  # not ours to read, or a text that no file can be called
        return False


def list_runs(runs: Path) -> List[Path]:
    """The complete runs below a folder, the newest last."""
    if not runs.is_dir():
        return []
    return sorted(filter(is_run, runs.iterdir()), key=lambda run: (_written(run), run.name))


def _make_newest(partial: Path) -> None:
    """Let a run come last in :func:`list_runs`, even where the clock was set back since another one was written."""
    own = partial / METRICS
    if own.is_file():
        newest = max((_written(run) for run in list_runs(partial.parent)), default=0)
        if own.stat().st_mtime_ns <= newest:
            os.utime(str(own), ns=(newest + MOMENT, newest + MOMENT))


def _written(run: Path) -> int:
    return (run / METRICS).stat().st_mtime_ns


def find_run(text: str, runs: Path = Path("runs")) -> Path:
    """The run folder that `text` means: a path, the name of a folder below `runs`, or ``latest``.

    Raises:
        RunError: there is none, it is no complete run, or it leads elsewhere.
    """
    if text == LATEST and not is_run(Path(text)):
        found = list_runs(runs)
        if not found:
            raise RunError(Problem(say("there is no run yet"), str(runs), hint="fcnn train CONFIG"))
        return check_folder(found[-1])
    for folder in (Path(text), runs / text):
        if is_run(folder):
            return check_folder(folder)
    for folder in (Path(text), runs / text):
        if os.path.exists(folder):  # noqa: PTH110 - Path.exists raises where the name is too long
            missing = [name for name in (METRICS, DATA) if not (folder / name).is_file()]
            joined = say_joined("{left} and no {right}", missing)
            reason = say("no {names} in it", names=joined) if missing else say("its name ends with {end}", end=PARTIAL)
            raise RunError(Problem(say("is no complete run"), str(folder), received=reason))
    for folder in (Path(text), runs / text):
        if os.path.isdir(f"{folder}{PARTIAL}"):  # noqa: PTH112 - as above
            hint = say("to go on with it: fcnn train --resume {run}", run=shell_word(str(folder)))
            raise RunError(Problem(say("is no complete run"), f"{folder}{PARTIAL}", hint=hint))
    names = [run.name for run in list_runs(runs)]
    raise RunError(Problem(say("there is no such run"), text, hint=did_you_mean(text, [*names, LATEST])))
