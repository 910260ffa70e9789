"""Run folders on disk: making one that is whole or not there, and finding those that are."""

import shutil
from datetime import datetime, timezone
from pathlib import Path
from typing import List, Optional

from fcnn.errors import Problem, RunError, did_you_mean

CONFIG, DATA, ENVIRONMENT, HISTORY = "config.yaml", "data.json", "environment.json", "history.csv"
LOG, METRICS, PLOTS, WEIGHTS = "log.txt", "metrics.json", "plots", "weights.npz"
PARTIAL = ".partial"
LATEST = "latest"


class NewRun:
    """A run folder that is being written as ``<folder>.partial`` and gets its name when it is complete."""

    def __init__(self, final: Path) -> None:
        """Make the partial folder.

        Raises:
            RunError: `final` is there and not empty, another run is writing it, or no folder can be made there.
        """
        self.final = final
        self.partial = final.with_name(final.name + PARTIAL)
        if final.exists() and (not final.is_dir() or any(final.iterdir())):
            raise RunError(Problem("is there already and not empty", str(final), hint="choose another --run-dir"))
        try:
            self.partial.mkdir(parents=True)
        except FileExistsError as error:
            hint = f"delete {self.partial} if that run is no longer going"
            raise RunError(Problem("another run is writing it, or was killed", str(self.partial), hint=hint)) from error
        except OSError as error:
            raise RunError(not_writable(self.partial.parent, error)) from error

    def complete(self) -> Path:
        """Give the folder its name; from now on it is there, and whole."""
        if self.final.is_dir():
            self.final.rmdir()  # empty; Windows does not rename onto it
        self.partial.rename(self.final)
        return self.final

    def discard(self) -> None:
        """Delete what was written."""
        shutil.rmtree(str(self.partial), ignore_errors=True)


def new_run(runs: Path, name: str, run_dir: Optional[Path] = None) -> NewRun:
    """Begin a run folder: exactly `run_dir`, or ``<runs>/<name>-<UTC time>``, with a number where that is taken."""
    if run_dir is not None:
        return NewRun(run_dir)
    time = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    for number in range(1, 1000):
        final = runs / f"{safe_name(name)}-{time}{f'-{number}' if number > 1 else ''}"
        if not final.exists() and not final.with_name(final.name + PARTIAL).exists():
            try:
                return NewRun(final)
            except RunError:
                if not final.with_name(final.name + PARTIAL).exists():
                    raise
    raise RunError(Problem("a thousand runs of this name began in this second", str(runs)))


def safe_name(name: str) -> str:
    """The name without what a folder name must not have on some system: separators, ``:``, a dot in front."""
    cleaned = "".join("_" if character in '<>:"/\\|?*' or ord(character) < 32 else character for character in name)
    return cleaned.strip(" .")[:80] or "run"


def not_writable(folder: Path, error: OSError) -> Problem:
    """The problem of a folder that cannot be written, with the remedy that fits a container."""
    hint = ""
    if isinstance(error, PermissionError):
        hint = 'in a container, run it as yourself: docker run --user "$(id -u):$(id -g)" ...'
    return Problem(f"cannot be written: {error.strerror or error}", str(folder), hint=hint)


def is_run(folder: Path) -> bool:
    """Whether a folder is a complete run."""
    return not folder.name.endswith(PARTIAL) and (folder / METRICS).is_file() and (folder / DATA).is_file()


def list_runs(runs: Path) -> List[Path]:
    """The complete runs below a folder, the newest last."""
    if not runs.is_dir():
        return []
    return sorted(filter(is_run, runs.iterdir()), key=lambda run: ((run / METRICS).stat().st_mtime_ns, run.name))


def find_run(text: str, runs: Path = Path("runs")) -> Path:
    """The run folder that `text` means: a path, the name of a folder below `runs`, or ``latest``.

    Raises:
        RunError: there is none, or it is no complete run.
    """
    if text == LATEST and not is_run(Path(text)):
        found = list_runs(runs)
        if not found:
            raise RunError(Problem("there is no run yet", str(runs), hint="fcnn train CONFIG"))
        return found[-1]
    for folder in (Path(text), runs / text):
        if is_run(folder):
            return folder
    if Path(text).exists():
        missing = [name for name in (METRICS, DATA) if not (Path(text) / name).is_file()]
        raise RunError(Problem("is no complete run", text, received=f"no {' and no '.join(missing)} in it"))
    names = [run.name for run in list_runs(runs)]
    raise RunError(Problem("there is no such run", text, hint=did_you_mean(text, [*names, LATEST])))
