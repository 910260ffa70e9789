"""Files of a working folder that Python imports instead of the module they are named like."""

# ruff: noqa: PTH113, PTH118
# (no pathlib: see packages.py)

import os
from typing import Dict, Mapping, Optional, Tuple

SHADOWED_MODULES = (
    # packages
    "absl",
    "gast",
    "google",
    "h5py",
    "keras",
    "matplotlib",
    "numpy",
    "pandas",
    "scipy",
    "six",
    "sklearn",
    "tensorflow",
    "wrapt",
    # the standard library
    "ast",
    "base64",
    "bisect",
    "calendar",
    "code",
    "collections",
    "copy",
    "ctypes",
    "dataclasses",
    "datetime",
    "decimal",
    "dis",
    "email",
    "enum",
    "http",
    "inspect",
    "json",
    "logging",
    "multiprocessing",
    "numbers",
    "operator",
    "pickle",
    "platform",
    "queue",
    "random",
    "re",
    "socket",
    "ssl",
    "string",
    "struct",
    "subprocess",
    "tempfile",
    "textwrap",
    "threading",
    "token",
    "tokenize",
    "traceback",
    "types",
    "typing",
    "weakref",
)
"""Modules whose names people give to their own files, and that TensorFlow or what is used beside it imports."""


def read_shadows(folder: str) -> Mapping[str, str]:
    """What in `folder` hides a module of the table: the module's name, and the file's or folder's.

    Never raises: a folder that cannot be read hides nothing.
    """
    found: Dict[str, Tuple[int, str]] = {}
    try:
        with os.scandir(folder or os.curdir) as entries:
            for entry in entries:
                module = entry.name.partition(".")[0]
                rank = _rank(entry, module) if module in SHADOWED_MODULES else None
                if rank is not None:
                    shown = (rank, entry.name if rank else f"{entry.name}/")
                    found[module] = min(found.get(module, shown), shown)
    except (OSError, ValueError):  # not there, not ours to read; a name with a null byte
        return {}
    return {module: name for module, (_, name) in sorted(found.items())}


def _rank(entry: "os.DirEntry[str]", module: str) -> Optional[int]:
    """Which of several entries of one name Python would import: the lowest; None for what it would not."""
    name = entry.name
    try:
        if name == module:
            return 0 if entry.is_dir() and os.path.isfile(os.path.join(entry.path, "__init__.py")) else None
        if not entry.is_file():
            return None
    except OSError:
        return None
    if name.endswith((".so", ".pyd")):
        return 1
    return {f"{module}.py": 2, f"{module}.pyc": 3}.get(name)
