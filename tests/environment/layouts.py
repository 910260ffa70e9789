"""Made-up environments in all their layouts, to be read from disk."""

from pathlib import Path
from typing import Iterable, Mapping, Sequence


def install(
    site: Path,
    name: str,
    version: str,
    requires: Sequence[str] = (),
    record: Iterable[str] = (),
    absent: Iterable[str] = (),
    installer: str = "pip",
    tag: str = "py3-none-any",
) -> Path:
    """Put a package into a site-packages folder: its metadata, and the files of `record` that are not `absent`."""
    folder = site / f"{name}-{version}.dist-info"
    folder.mkdir(parents=True)
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
    lines += [f"Requires-Dist: {line}" for line in requires]
    (folder / "METADATA").write_text("\n".join([*lines, "", "What it is for.", ""]), encoding="utf-8")
    (folder / "WHEEL").write_text(f"Wheel-Version: 1.0\nTag: {tag}\n", encoding="utf-8")
    if installer:
        (folder / "INSTALLER").write_text(f"{installer}\n", encoding="utf-8")
    listed = [*record, f"{folder.name}/METADATA", f"{folder.name}/RECORD"]
    (folder / "RECORD").write_text("".join(f"{file},sha256=x,1\n" for file in listed), encoding="utf-8")
    for file in set(record) - set(absent):
        (site / file).parent.mkdir(parents=True, exist_ok=True)
        (site / file).write_bytes(b"")
    return folder


def file(path: Path, text: str = "") -> Path:
    """Write a file and the folders it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def python(prefix: Path, version: str = "3.8.18", headers: bool = True) -> Path:
    """A Python of its own under `prefix`, as pyenv makes it; the answer is its site-packages."""
    line = ".".join(version.split(".")[:2])
    file(prefix / "lib" / f"python{line}" / "os.py")
    file(prefix / "bin" / f"python{line}")
    for name in ("python3", "python"):
        (prefix / "bin" / name).symlink_to(f"python{line}")
    if headers:
        file(prefix / "include" / f"python{line}" / "patchlevel.h", f'#define PY_VERSION      "{version}"\n')
    site = prefix / "lib" / f"python{line}" / "site-packages"
    site.mkdir()
    return site


def venv(prefix: Path, base: Path, version: str = "3.8.18", more: Mapping[str, str] = {}) -> Path:
    """A venv made from the Python under `base`; the answer is its site-packages."""
    line = ".".join(version.split(".")[:2])
    lines = {"home": str(base / "bin"), "include-system-site-packages": "false", "version": version, **more}
    file(prefix / "pyvenv.cfg", "".join(f"{key} = {value}\n" for key, value in lines.items()))
    (prefix / "bin").mkdir()
    (prefix / "bin" / "python").symlink_to(base / "bin" / "python")
    site = prefix / "lib" / f"python{line}" / "site-packages"
    site.mkdir(parents=True)
    (prefix / "lib64").symlink_to("lib")
    return site


def windows_python(prefix: Path, version: str = "3.8.10") -> Path:
    """A Python of Windows; the answer is its site-packages."""
    major, minor, _ = version.split(".")
    for name in ("python.exe", "python3.dll", f"python{major}{minor}.dll", "Lib/os.py"):
        file(prefix / name)
    file(prefix / "include" / "patchlevel.h", f'#define PY_VERSION "{version}"\n')
    site = prefix / "Lib" / "site-packages"
    site.mkdir()
    return site


def windows_venv(prefix: Path, version: str = "3.8.10") -> Path:
    """A venv of Windows; the answer is its site-packages."""
    file(prefix / "pyvenv.cfg", f"home = C:\\Python38\ninclude-system-site-packages = false\nversion = {version}\n")
    for name in ("python.exe", "pip.exe"):
        file(prefix / "Scripts" / name)
    site = prefix / "Lib" / "site-packages"
    site.mkdir(parents=True)
    return site


def conda(prefix: Path, packages: Sequence[str]) -> None:
    """What makes a prefix conda's: its records."""
    file(prefix / "conda-meta" / "history")
    for name in packages:
        file(prefix / "conda-meta" / f"{name}.json", "{}")
