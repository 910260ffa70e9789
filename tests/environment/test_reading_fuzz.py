"""Environments in which anything may be damaged: reading and judging them never raises."""

# ruff: noqa: PTH101, PTH102, PTH108, PTH112, PTH113, PTH114, PTH118, PTH123, PTH211
# (a Path is text, and these names are not)

import os
import random
import shutil
import sys
from pathlib import Path
from typing import Callable, List

import pytest

from fcnn.environment import Facts, judge
from fcnn.environment.reading import read_environment
from fcnn.environment.reading.interpreter import facts_with
from fcnn.environment.reading.packages import read_packages
from fcnn.environment.reading.thorough import with_details
from fcnn.environment.rendering import render_json, render_text
from fcnn.errors import ListingError

from . import layouts

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="made of links, pipes and names that are no text")

CASES, STEPS = 40, 8
RECORD = ("tensorflow/__init__.py", "tensorflow/python/_x.so", "numpy/__init__.py")
NAMES = (
    b"numpy-1.19.5.dist-info",
    b"numpy-.dist-info",
    b"-1.0.dist-info",
    b".dist-info",
    b"numpy.dist-info",
    b"~umpy-1.19.5.dist-info",
    b"\xff\xfe-1.0.dist-info",
    b"numpy-\xe6\xb5\x8b.dist-info",
    b"numpy-1.0\n2.dist-info",
    b"{numpy}-{0}.dist-info",
    b"%s-%d-py3.egg-info",
    b"tensorflow-99999999999999999999.egg-info",
    b"x" * 200 + b"-1.dist-info",
    b"\xed\xa0\x80.pth",
    b"python-3.8.1-0.json",
    b"~",
)


def whole(folder: Path) -> Path:
    """A sound environment with a bit of everything; the answer is its prefix."""
    base = layouts.python(folder / "base")
    site = layouts.venv(folder / "venv", folder / "base", more={"include-system-site-packages": "true"})
    layouts.install(site, "tensorflow", "2.4.0", ["numpy~=1.19.2"], RECORD, tag="cp38-cp38-linux_x86_64")
    layouts.install(site, "numpy", "1.24.4", (), RECORD[2:])
    layouts.install(base, "numpy", "1.19.5", installer="conda")
    layouts.file(site / "old-1.0.egg-info" / "PKG-INFO", "Name: old\nVersion: 1.0\n")
    layouts.file(site / "old-1.0.egg-info" / "requires.txt", "numpy\n[x]\nsix\n")
    layouts.file(site / "old.pth", f"{folder / 'base'}\n")
    layouts.conda(folder / "venv", ["python-3.8.18-h955ad1f_0", "numpy-1.19.5-py38_0"])
    return folder / "venv"


def some_bytes(chance: random.Random) -> bytes:
    """What may be in a file that was damaged, or that is none."""
    plain = b"Name: numpy\nVersion: 1.19.5\nRequires-Dist: six\nhome = /usr\nversion = 3.8\nnumpy/__init__.py,x,1\n"
    noise = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 200)))
    cut = chance.randrange(len(plain))
    return chance.choice(
        [
            b"",
            b"\0",
            noise,
            plain[:cut],
            plain[:cut] + noise + plain[cut:],
            plain.decode().encode("utf-16"),
            plain.decode().encode("utf-32"),
            b"\xef\xbb\xbf" + plain,
            plain.replace(b"\n", b"\r"),
            b"Name: a\n" + b"Requires-Dist: " + b"x" * 3_000_000,
            b"\n" * 100_000,
            b",".join([b"a/__init__.py"] * 20_000),
            b"Requires-Dist: ((((;;[[\nRequires-Dist: numpy ; os_name ==\nRequires-Dist: \xff>=1\nName: a\n",
            b"version = 9.9.9\nversion_info = x.y\nhome = \0\nhome=relative\n===\n[[:]]\n",
            b"version = 3.8\nhome = .\ninclude-system-site-packages = true\n",
            b"[:\n[]\n[a:]\nx\n",
            b"\0\n/\n..\n" + b"../" * 2000 + b"\n" + b"n" * 70_000,
        ]
    )


def in_the_way(path: bytes, chance: random.Random) -> None:
    """Put something else where a file or folder was."""
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.unlink(path)
    make: List[Callable[[], object]] = [
        lambda: os.mkdir(path),
        lambda: os.symlink(path, path),
        lambda: os.symlink(b".", path),
        lambda: os.symlink(b"/nowhere/at/all", path),
        lambda: os.symlink(b"/dev/zero", path),
        lambda: os.mkfifo(path),
        lambda: None,
    ]
    chance.choice(make)()


def damage(prefix: Path, chance: random.Random) -> None:
    """Do one thing to one file or folder of an environment."""
    there = [os.fsencode(prefix)]
    for folder, folders, files in os.walk(os.fsencode(prefix)):
        there += [os.path.join(folder, name) for name in sorted(folders + files)]
    path = chance.choice(there[1:] or there)
    kind = chance.randrange(10)
    if kind < 6 and os.path.isfile(path):
        with open(path, "wb") as stream:
            stream.write(some_bytes(chance))
    elif kind < 7:
        in_the_way(path, chance)
    elif kind < 8 and not os.path.islink(path):
        os.chmod(path, chance.choice([0, 0o111, 0o444]))
    elif os.path.isdir(path) and not os.path.islink(path):
        new = os.path.join(path, chance.choice(NAMES))
        if not os.path.lexists(new):
            if chance.randrange(2):
                os.mkdir(new)
                with open(os.path.join(new, chance.choice([b"METADATA", b"PKG-INFO", b"RECORD"])), "wb") as stream:
                    stream.write(some_bytes(chance))
            else:
                with open(new, "wb") as stream:
                    stream.write(some_bytes(chance))


def judged(facts: Facts) -> None:
    verdict = judge(facts)
    render_text(verdict, facts).encode("utf-8")
    render_json(verdict, facts)


@pytest.mark.parametrize("seed", range(CASES))
def test_no_damage_makes_reading_or_judging_raise(tmp_path: Path, seed: int, monkeypatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    chance = random.Random(seed)
    prefix = whole(tmp_path)
    site = prefix / "lib" / "python3.8" / "site-packages"
    for step in range(STEPS):
        try:
            damage(chance.choice([prefix, site, site]), chance)
        except OSError:  # not ours to damage any more
            continue
        packages = read_packages([str(site), str(prefix), str(site / "old-1.0.egg-info")])
        found = [with_details(facts_with(packages), packages, str(prefix))]
        try:
            found.append(read_environment(str(prefix)))
        except ListingError as error:
            str(error).encode("utf-8")
        for facts in found if step == STEPS - 1 else ():  # judging takes longer than reading, and damage adds up
            judged(facts)
