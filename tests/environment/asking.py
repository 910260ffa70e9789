"""What the tests of `check-env` share: a console that remembers, and environments to ask about."""

import json
import venv
from dataclasses import replace
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional

from fcnn.environment.command import Console, answer
from fcnn.environment.options import Options

HEALTHY = {
    "absl-py": "0.15.0",
    "astunparse": "1.6.3",
    "flatbuffers": "1.12",
    "gast": "0.3.3",
    "grpcio": "1.32.0",
    "h5py": "2.10.0",
    "keras": "2.4.3",
    "keras-preprocessing": "1.1.2",
    "numpy": "1.19.5",
    "opt-einsum": "3.3.0",
    "protobuf": "3.20.3",
    "setuptools": "75.3.4",
    "six": "1.15.0",
    "tensorboard": "2.11.2",
    "tensorflow": "2.4.0",
    "tensorflow-estimator": "2.4.0",
    "termcolor": "1.1.0",
    "typing-extensions": "3.7.4.3",
    "wrapt": "1.12.1",
}
BROKEN = {**HEALTHY, "numpy": "1.24.4"}


class Said(NamedTuple):
    """What the command said."""

    code: int
    out: str
    err: str
    asked: List[str]

    @property
    def document(self) -> Dict[str, Any]:
        return json.loads(self.out)


def plain(text: str, **_: object) -> str:
    return text


def say(options: Options, typed: str = "", **more: Any) -> Said:
    """Answer in English on a console without a terminal; `typed` is stdin, or the answer to a question."""
    out: List[str] = []
    err: List[str] = []
    asked: List[str] = []

    def ask(question: str) -> str:
        asked.append(question)
        return typed

    console = Console(out.append, err.append, ask, typed.encode, plain, **more)
    code = answer(replace(options, language="en"), console)
    return Said(code, "".join(f"{text}\n" for text in out), "".join(f"{text}\n" for text in err), asked)


def metadata(folder: Path, packages: Dict[str, str]) -> None:
    """Write what pip writes about packages, but not the packages."""
    for name, version in packages.items():
        info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", encoding="utf-8")
        (info / "INSTALLER").write_text("pip\n", encoding="utf-8")


def environment(parent: Path, packages: Dict[str, str]) -> str:
    """The folder of a virtual environment of Python 3.8 that was made by hand and does not run."""
    folder = parent / "env"
    metadata(folder / "lib" / "python3.8" / "site-packages", packages)
    (folder / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.8.20\n", encoding="utf-8")
    (folder / "bin").mkdir()
    (folder / "bin" / "python").write_text("no program", encoding="utf-8")
    (folder / "bin" / "python").chmod(0o755)
    return str(folder)


class Real:
    """A virtual environment of the Python that runs the tests, with metadata of packages and a stand-in for pip."""

    def __init__(self, parent: Path, packages: Dict[str, str], modules: Optional[Dict[str, str]] = None) -> None:
        self.folder = parent / "real env"
        venv.create(str(self.folder), with_pip=False)
        self.site = next(path for path in self.folder.rglob("site-packages"))
        metadata(self.site, {**packages, "pip": "25.0"})
        for name, source in {**(modules or {}), "pip": ""}.items():
            (self.site / name).mkdir()
            (self.site / name / "__init__.py").write_text(source, encoding="utf-8")
        (self.site / "pip" / "__main__.py").write_text(PIP, encoding="utf-8")

    def __str__(self) -> str:
        return str(self.folder)

    def refuse(self, package: str) -> None:
        """Let pip fail where it is asked for that package."""
        (self.site / "refused").write_text(package, encoding="utf-8")

    @property
    def log(self) -> List[str]:
        """The folder in which pip was called each time, and with what."""
        file = self.site / "log.txt"
        return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


PIP = '''\
"""Does to metadata what pip does, and keeps a log; fails for what the file `refused` names."""
import os, pathlib, re, shutil, sys

site = pathlib.Path(__file__).resolve().parent.parent
with (site / "log.txt").open("a") as log:
    log.write(os.getcwd() + "|" + " ".join(sys.argv[1:]) + chr(10))
print("pip is at work")
refused = (site / "refused").read_text() if (site / "refused").exists() else "nothing"
action, *words = sys.argv[1:]
for word in words:
    if word.startswith("-"):
        continue
    name, _, version = word.partition("==")
    name = re.split("[<>=!~]", name)[0]
    if name == refused:
        sys.exit(7)
    for old in site.glob(name.replace("-", "_") + "-*.dist-info"):
        shutil.rmtree(str(old))
    if action == "install":
        info = site / (name.replace("-", "_") + "-" + (version or "9.9") + ".dist-info")
        info.mkdir()
        (info / "METADATA").write_text("Name: " + name + chr(10) + "Version: " + version + chr(10))
'''
