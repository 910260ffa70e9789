"""The folders from which another environment's Python would import packages, in its order."""

# ruff: noqa: PTH114, PTH118, PTH119, PTH120
# (no pathlib: see packages.py)

import os
import re
from typing import Dict, Iterable, Iterator, List, Mapping, Optional

from fcnn.environment.names import line_of
from fcnn.environment.reading.layout import Layout, read_layout
from fcnn.environment.reading.safely import canonical, entries, is_file, is_folder, text_of


def import_path(layout: Layout, variables: Mapping[str, str], home: str) -> List[str]:
    """The folders with packages, as :mod:`site` would put them on the path; nothing of theirs is run.

    Args:
        layout: The environment.
        variables: The environment variables with which its Python would start; empty for one of another system.
        home: The user's home folder; empty where there is none in this sense.
    """
    given = [item for item in variables.get("PYTHONPATH", "").split(os.pathsep) if item]
    own = own_folders(layout)
    base = base_layout(layout) if layout.configuration is not None else None
    if layout.configuration is not None and not _sees_base(layout):
        sites = own
    else:
        user = "" if variables.get("PYTHONNOUSERSITE") else user_folder(base or layout, variables, home)
        # The user's own folder comes before the base's, but after a venv's.
        sites = [*own, user, *(own_folders(base) if base else [])] if layout.configuration is not None else [user, *own]
    found = list(given)
    for site in filter(is_folder, filter(None, sites)):
        found += [site, *_added_by(site, layout.windows)]
    return _distinct(found)


def own_folders(layout: Layout) -> List[str]:
    """The site-packages of an environment itself; some may not be there."""
    if layout.windows and os.path.basename(layout.library).lower() == "lib":
        return [layout.prefix, os.path.join(layout.library, "site-packages")]
    library = os.path.basename(layout.library)
    names = ["lib"] if os.path.islink(os.path.join(layout.prefix, "lib64")) else ["lib64", "lib"]
    folders = [os.path.join(layout.prefix, name, library, "site-packages") for name in names]
    debian = os.path.join(layout.prefix, "lib", "python3", "dist-packages")
    if layout.configuration is None and layout.python.startswith("3") and is_folder(debian):
        below = ("local/lib", library, "dist-packages"), ("lib", library, "dist-packages")
        local, versioned = (os.path.join(layout.prefix, *parts) for parts in below)
        return [local, debian, versioned]
    if layout.configuration is None:  # Fedora
        folders = [os.path.join(layout.prefix, "local", "lib", library, "site-packages"), *folders]
    return folders


def base_layout(layout: Layout) -> Optional[Layout]:
    """The Python that a venv was made from, where it is on this machine."""
    home = (layout.configuration or {}).get("home", "")
    if not home or not is_folder(home):
        return None
    prefix = os.path.dirname(home) if os.path.basename(home).lower() == "bin" else home
    line = line_of(layout.python)
    named = [os.path.join(home, f"{name}{line}") for name in ("python", "pypy")]
    return read_layout(prefix, next(filter(is_file, named), ""))


def user_folder(layout: Layout, variables: Mapping[str, str], home: str) -> str:
    """The user's own site-packages for this Python; empty where there is none."""
    base = variables.get("PYTHONUSERBASE", "")
    major, minor = [*layout.python.split("."), "0"][:2]
    if layout.windows:
        if not base and not variables.get("APPDATA"):
            return ""
        base = base or os.path.join(variables["APPDATA"], "Python")
        return os.path.join(base, f"Python{major}{minor}", "site-packages")
    if not base and not home:
        return ""
    if not base and re.search(r"/Python3?\.framework/", layout.prefix):
        return os.path.join(home, "Library", "Python", f"{major}.{minor}", "lib", "python", "site-packages")
    name = os.path.basename(layout.library)
    return os.path.join(base or os.path.join(home, ".local"), "lib", name, "site-packages")


def _distinct(folders: Iterable[str]) -> List[str]:
    """The folders without those that are a second way to an earlier one."""
    found: Dict[str, str] = {}
    for folder in folders:
        found.setdefault(canonical(folder), folder)
    return list(found.values())


def _sees_base(layout: Layout) -> bool:
    return (layout.configuration or {}).get("include-system-site-packages", "").lower() == "true"


def _added_by(site: str, windows: bool) -> Iterator[str]:
    """The folders that the .pth files of a site-packages folder add: editable installs.

    A line that begins with ``import`` is code, and stays unread.
    """
    for name in sorted(entry.name for entry in entries(site) if entry.name.endswith(".pth")):
        if name.startswith("."):
            continue
        for line in text_of(os.path.join(site, name), 1 << 16).splitlines():
            text = line.rstrip()
            if not text or text.startswith(("#", "import ", "import\t")) or "\0" in text:
                continue
            if windows and os.sep == "/":
                text = text.replace("\\", "/")
            path = os.path.normpath(os.path.join(site, text))
            if is_folder(path) or is_file(path):
                yield path
