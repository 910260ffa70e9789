"""Conditions on what comes before the environment on Python's path: the user's own folder, and variables."""

import os.path
import re
from typing import TYPE_CHECKING, Callable, Dict, Iterator, List, Mapping, Sequence, Tuple

from fcnn.environment.conditions.installation import some
from fcnn.environment.facts import Facts
from fcnn.environment.names import STACK_NAMES, line_of

if TYPE_CHECKING:
    from fcnn.environment.matching import Versions

Fills = Sequence[Mapping[str, str]]

_USER_FOLDER = re.compile(
    r"/\.local/lib/[^/]+/site-packages$|/Library/Python/[^/]+/lib/python/site-packages$"
    r"|/AppData/Roaming/Python/[^/]+/site-packages$|/LocalCache/local-packages/[^/]+/site-packages$",
    re.IGNORECASE,
)
"""The user's own site-packages on Linux, macOS and Windows, and for a Python of the Microsoft Store."""
_VERSION_IN_PATH = re.compile(r"/(?:python|pypy)(\d)\.?(\d+)t?(?:-32)?/(?:lib/)?(?:site|dist)-packages$", re.IGNORECASE)


def hidden_by_user_folder(facts: Facts, versions: "Versions") -> Fills:
    """Packages of the stack that the user's own site-packages hides, in another version."""
    command = _variable_command("PYTHONNOUSERSITE", "1", facts.shell)
    return [
        {**fills, "command": command}
        for used, fills in _hidden(facts)
        if _is_user_folder(used, facts) and used not in _given(facts)
    ]


def hidden_by_python_path(facts: Facts, versions: "Versions") -> Fills:
    """Packages of the stack that a folder of PYTHONPATH hides, in another version."""
    command = _variable_command("PYTHONPATH", "", facts.shell)
    return [{**fills, "command": command} for used, fills in _hidden(facts) if used in _given(facts)]


def _hidden(facts: Facts) -> Iterator[Tuple[str, Mapping[str, str]]]:
    for name in STACK_NAMES:
        if name in facts.hidden and name in facts.packages:
            used, version, place = facts.hidden[name]
            fills = {"name": name, "used": used, "found": facts.packages[name], "version": version, "place": place}
            yield _plain(used), fills


def _is_user_folder(folder: str, facts: Facts) -> bool:
    base = facts.variables.get("PYTHONUSERBASE", "")
    return _USER_FOLDER.search(folder) is not None or bool(base and folder.startswith(_plain(base) + "/"))


# --- environment variables ---


def python_home(facts: Facts, versions: "Versions") -> Fills:
    """PYTHONHOME is set."""
    value = facts.variables.get("PYTHONHOME", "")
    return [{"value": value, "command": _variable_command("PYTHONHOME", "", facts.shell)}] if value else []


def python_path(facts: Facts, versions: "Versions") -> Fills:
    """PYTHONPATH has packages of the stack in it, or the site-packages of another version of Python."""
    line = line_of(facts.python)
    with_packages = {_plain(facts.places[name]) for name in STACK_NAMES if name in facts.places}
    told = {_plain(hidden.used) for name, hidden in facts.hidden.items() if name in STACK_NAMES}  # R61
    found = []
    for folder in _given(facts):
        match = _VERSION_IN_PATH.search(folder)
        of_other = match is not None and ".".join(match.groups()) != line
        if of_other or (folder in with_packages and folder not in told):
            found.append(folder)
    command = _variable_command("PYTHONPATH", "", facts.shell)
    return [{"folders": some(found), "command": command}] if found else []


def _given(facts: Facts) -> List[str]:
    """The folders of PYTHONPATH."""
    separator = ";" if facts.system == "Windows" else ":"
    return [_plain(item) for item in facts.variables.get("PYTHONPATH", "").split(separator) if item]


# --- texts ---


def _plain(path: str) -> str:
    return os.path.normpath(path).replace("\\", "/")


def _variable_command(name: str, value: str, shell: str) -> str:
    """The command that sets an environment variable, or removes it where `value` is empty."""
    if shell == "sh":
        return f"export {name}={value}" if value else f"unset {name}"
    if shell == "powershell":
        return f"$env:{name} = '{value}'" if value else f"Remove-Item Env:{name}"
    return f"set {name}={value}"


SEARCH_PATH_CONDITIONS: Dict[str, Callable[[Facts, "Versions"], Fills]] = {
    condition.__name__: condition
    for condition in (hidden_by_user_folder, hidden_by_python_path, python_home, python_path)
}
