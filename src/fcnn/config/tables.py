"""The files that `data.path` names; nothing is opened."""

import glob
from pathlib import Path
from typing import List, Sequence, Tuple

from fcnn.errors import ConfigError, Problem, nearest_name
from fcnn.wording import say, say_joined

Named = Tuple[str, Sequence[Path], str]
"""A path or pattern, the folders that it may start from, and where it is written."""


def find_tables(named: Sequence[Named]) -> Tuple[Path, ...]:
    """The files that paths and patterns name, absolute, each once; those of a pattern in sorted order.

    Raises:
        ConfigError: with a problem for each that names no file.
    """
    found: List[Path] = []
    problems: List[Problem] = []
    for text, folders, where in named:
        files = next((files for files in (_matches(text, folder) for folder in folders) if files), [])
        found.extend(files)
        if not files:
            problems.append(_explain(text, folders, where))
    if problems or not found:
        raise ConfigError(*(problems or [Problem("data.path names no file", expected="a CSV file")]))
    return tuple(dict.fromkeys(found))


def is_pattern(path: Path) -> bool:
    """Whether a path is no file but a pattern that files may match."""
    return glob.has_magic(str(path)) and not path.is_file()


def _matches(text: str, folder: Path) -> List[Path]:
    target = folder / Path(text).expanduser()
    try:
        if target.is_file():  # also where its name has the characters of a pattern
            return [target.resolve()]
        if not glob.has_magic(text):
            return []
        matches = glob.glob(str(target), recursive=True)  # noqa: PTH207 - Path.glob refuses absolute patterns
        return [Path(match).resolve() for match in sorted(matches) if Path(match).is_file()]
    except (OSError, ValueError):  # a name that no file can have
        return []


def _explain(text: str, folders: Sequence[Path], where: str) -> Problem:
    targets = [folder / Path(text).expanduser() for folder in folders]
    looked_for = say_joined("{left} and {right}", (str(target) for target in dict.fromkeys(targets)))
    if not text.strip():
        return Problem("data.path is empty", where=where, expected="a CSV file")
    if glob.has_magic(text):
        return Problem("no file matches this pattern", where=where, received=looked_for)
    try:
        if targets[0].is_dir():
            has_tables = any(targets[0].glob("*.csv"))
            hint = say("all of its tables: {folder}/*.csv", folder=text.rstrip("/")) if has_tables else ""
            return Problem("this is a folder, not a table", where, received=str(targets[0]), hint=hint)
        if targets[0].exists():
            hint = say("write what it gives into a file")
            return Problem("this is a pipe or a device, not a file", where, received=str(targets[0]), hint=hint)
        if targets[0].is_symlink():
            return Problem("this link leads nowhere", where, received=str(targets[0]))
        names = [file.name for file in targets[0].parent.iterdir() if file.is_file()]
        near = nearest_name(targets[0].name, sorted(names))
        hint = say("did you mean `{name}`?", name=Path(text).with_name(near).as_posix()) if near else ""
    except (OSError, ValueError):
        hint = ""
    if "://" in text:
        hint = "download it, and name the file"
    if len(folders) == 1 and not hint and not Path(text).is_absolute():
        hint = "a relative path starts at the folder of the config file"
    return Problem("there is no such file", where=where, received=looked_for, hint=hint)
