"""Makes an environment from the hashed locks and runs Python in it: the slow path of scripts/fcnn and test.

    python scripts/bootstrap.py ENVIRONMENT ARGUMENT...

ENVIRONMENT is `stack` (the one FCNN_STACK names; unset: pinned, or current where no Python 3.8 can be had),
`lint`, `security`, `standalone` or `uv`. The arguments go to the environment's Python; `fcnn` as the first stands for
fcnn itself.
Needs nothing but a Python 3.6 or later with pip, on any system. Speaks on stderr: stdout is the command's.

| variable | means |
|---|---|
| FCNN_STACK | `pinned` or `current` |
| FCNN_PYTHON | the Python to make the environment from, in place of the search |
| FCNN_WHEELS | a folder of wheels to install from, without a network |
| FCNN_VERBOSE | `1` shows what pip says |

The folder of FCNN_WHEELS comes from a machine of the same system that has the environment already:

    .venv-pinned/bin/python -m pip download --no-deps --no-build-isolation -d WHEELS \
        -r requirements-build.lock -r requirements.lock -r requirements-test.lock
    .venv-pinned/bin/python -m pip download --no-deps -d WHEELS -r requirements-standalone.lock
"""

import ast
import contextlib
import errno
import itertools
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Dict, Iterator, NamedTuple, Optional, Sequence, Tuple

from find_python import WINDOWS, Python, candidates, probe

ROOT = Path(__file__).resolve().parent.parent
USAGE, UNUSABLE, INTERRUPTED = 2, 3, 130  # fcnn's exit codes
LINUX, WIN, MAC = ("linux", "x86_64"), ("win32", "AMD64"), ("darwin", "arm64")


class Kind(NamedTuple):
    """What an environment is made of."""

    about: str
    """Its chief content, for messages."""
    pythons: Tuple[str, ...]
    """Versions it can be made from, the first choice first."""
    platforms: Tuple[Tuple[str, str], ...]
    """(sys.platform, platform.machine()) its locks have lines for; empty where that is no matter."""
    locks: Tuple[Tuple[str, ...], ...]
    """The files of each call of pip: what builds before what is built, so nothing unhashed is fetched."""

    def fits(self, python: Optional[Python]) -> bool:
        """Whether it can be made from that Python."""
        return (
            python is not None
            and "{}.{}".format(*python.version) in self.pythons
            and (not self.platforms or python.platform in self.platforms)
        )


STACK_LOCKS = (("requirements-build.lock",), ("requirements.lock", "requirements-test.lock"))
CURRENT = ("3.11", "3.12", "3.13")
ANY = (*CURRENT, "3.14", "3.10", "3.9", "3.8")
STACKS = ("pinned", "current")
KINDS = {
    "pinned": Kind("TensorFlow 2.4.0", ("3.8",), (LINUX, WIN), STACK_LOCKS),
    "current": Kind("TensorFlow 2.21", CURRENT, (LINUX, WIN, MAC), STACK_LOCKS),
    "lint": Kind("ruff, mypy, hadolint", CURRENT, (LINUX,), (("requirements-lint.lock",),)),
    "security": Kind("pip-audit, schemathesis", CURRENT, (LINUX,), (("requirements-security.lock",),)),
    "uv": Kind("uv", ANY, (), (("requirements-uv.lock",),)),
    "standalone": Kind("packaging, PyYAML, tomli", ANY, (), (("requirements-standalone.lock",),)),
}

# Names no folder, and run as `python LAUNCHER` it keeps the working folder off sys.path, where a numpy.py of
# the user's would shadow the real one. Called by its own name it is a shell script first, which becomes the Python
# beside it (to Python the second and third line are a text); so it needs no absolute path either.
LAUNCHER = """\
#!/bin/sh
'''exec' "$(dirname -- "$0")/python" "$0" "$@"
' '''
import sys

sys.dont_write_bytecode = False  # where PYTHONDONTWRITEBYTECODE is set, each start would compile fcnn anew
from fcnn.cli import main

sys.exit(main())
"""


class Failure(Exception):
    """Ends the program."""

    def __init__(self, message: str, code: int = UNUSABLE, details: str = "") -> None:
        """Takes a sentence for the user, the exit code, and what a command said last."""
        super().__init__(message)
        self.code = code
        self.details = details


class NoPython(Failure):
    """There is no Python of the wanted version, so another stack may serve."""

    def __init__(self, why: str, cure: str = "") -> None:
        """Takes a clause that says why, and one that says what to do."""
        super().__init__(why + cure)
        self.why = why


def say(message: str) -> None:
    """Tells the user one thing."""
    print(f"fcnn: {message}", file=sys.stderr, flush=True)


def main(arguments: Sequence[str]) -> int:
    """Prepares the environment and runs the arguments in it."""
    for name in ("PYTHONHOME", "PYTHONPATH"):  # another Python's modules have no place in these environments
        os.environ.pop(name, None)
    try:
        name = arguments[0]
        return run(prepare_stack() if name == "stack" else prepare(name), arguments[1:])
    except Failure as failure:
        if failure.details:
            print(failure.details, file=sys.stderr)
        say(str(failure))
        return failure.code
    except OSError as error:
        say(f"the environment cannot be set up: {error}")
        return UNUSABLE
    except KeyboardInterrupt:
        return INTERRUPTED


def run(folder: Path, arguments: Sequence[str]) -> int:
    """Becomes the environment's Python (on Windows, which has no exec: waits for it)."""
    command = [python_in(folder), *arguments]
    if list(arguments[:1]) == ["fcnn"]:
        command[1] = str(commands_in(folder) / "fcnn")
    if not WINDOWS:
        os.execv(command[0], command)
    signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C reaches the child too, and its answer counts
    return subprocess.call(command)


def prepare_stack() -> Path:
    """The environment of FCNN_STACK; where that is unset and no Python 3.8 can be had, the current one.

    The file `default` in it spares the next start the search.
    """
    stack = os.environ.get("FCNN_STACK")
    if stack and stack not in STACKS:
        raise Failure(f"FCNN_STACK is {stack!r}, expected pinned or current.", USAGE)
    try:
        return prepare(stack or "pinned")
    except NoPython as why:
        if stack:
            raise Failure(f"the {stack} stack cannot be set up: {why}.") from None
        say(f"{why.why}, so this goes on with the current stack in place of the pinned one.")
    try:
        folder = prepare("current")
    except NoPython as why:
        raise Failure(f"the current stack cannot be set up either: {why}.") from None
    (folder / "default").touch()
    return folder


def prepare(name: str) -> Path:
    """The environment's folder, after it was made or brought up to date where that was due."""
    kind, folder = KINDS[name], ROOT / f".venv-{name}"
    if ready(kind, folder):
        return folder
    with only_one(name):
        if ready(kind, folder):  # another process has made it meanwhile
            return folder
        due = sources(kind)
        if (folder / "stamp").is_dir() and kind.fits(probe(python_in(folder))):
            say(f"Bringing {folder.name} up to date ...")
        else:  # absent, interrupted, or the Python underneath is gone
            base = find_python(name)
            version = ".".join(map(str, base.version))
            once = "; once, takes some minutes" if name in STACKS else ""
            say(f"Creating {folder.name} (Python {version}, {kind.about}){once} ...")
            remove(folder)
            failure = f"{base.exe} could not make {folder.name}."
            call(base.exe, "-I", "-m", "venv", str(folder), failure=failure)
        install(kind, folder)
        stamp = folder / "stamp.new"
        remove(stamp)
        stamp.mkdir()
        for file, content in due.items():
            (stamp / file).write_bytes(content)
        stamp.rename(folder / "stamp")  # last: what has no stamp is made anew
    return folder


def sources(kind: Kind) -> Dict[str, bytes]:
    """What an environment follows from: its locks and this file."""
    files = [Path(__file__), *(ROOT / lock for locks in kind.locks for lock in locks)]
    return {file.name: file.read_bytes() for file in files}


def ready(kind: Kind, folder: Path) -> bool:
    """Whether the environment is what its sources ask for, and its Python runs."""
    stamp = {file.name: file.read_bytes() for file in (folder / "stamp").glob("*")}
    return stamp == sources(kind) and kind.fits(probe(python_in(folder)))


def find_python(name: str) -> Python:
    """A Python the environment can be made from.

    Raises:
        NoPython: there is none, and uv could not fetch one.
        Failure: FCNN_PYTHON is not one.
    """
    kind = KINDS[name]
    wanted = " or ".join(", ".join(kind.pythons).rsplit(", ", 1))
    given = os.environ.get("FCNN_PYTHON") if name in STACKS else None
    if given:
        found = probe(given)
        if found is None:
            raise Failure(f"FCNN_PYTHON ({given}) is no 64-bit CPython with pip and venv that runs.", USAGE)
        if not kind.fits(found):
            version, other = ".".join(map(str, found.version)), STACKS[1 - STACKS.index(name)]
            hint = f"; FCNN_STACK={other} would use it" if KINDS[other].fits(found) else ""
            message = f"FCNN_PYTHON ({given}) is Python {version}, but the {name} stack needs {wanted}{hint}."
            raise Failure(message, USAGE)
        return found
    if kind.platforms and (sys.platform, platform.machine()) not in kind.platforms:
        raise NoPython(f"there is no {kind.about} for {sys.platform} {platform.machine()}")
    searches = [iter([(sys.executable,)]), *map(candidates, kind.pythons)]
    for command in dict.fromkeys(itertools.chain.from_iterable(searches)):  # each once
        found = probe(*command)
        if found and kind.fits(found):
            return found
    found = ask_uv(kind) if name in STACKS else None
    if found is None:
        cure = "; install one (on Debian and Ubuntu with python3-venv), or name it in FCNN_PYTHON"
        raise NoPython(f"no Python {wanted} with pip and venv was found, and uv could not fetch one", cure)
    return found


def ask_uv(kind: Kind) -> Optional[Python]:
    """A Python of uv's, downloaded where the network allows."""
    uv, offline = shutil.which("uv"), bool(os.environ.get("FCNN_WHEELS"))
    if uv is None and (not offline or any(wheels().glob("uv-*.whl"))):
        with contextlib.suppress(Failure):
            uv = str(commands_in(prepare("uv")) / ("uv.exe" if WINDOWS else "uv"))
    if uv is None:
        return None
    # It leaves nothing outside its own folder: no link in ~/.local/bin, no key in the registry.
    env = dict(os.environ, UV_PYTHON_INSTALL_BIN="0", UV_PYTHON_INSTALL_REGISTRY="0", UV_COMPILE_BYTECODE="1")
    if offline:
        env["UV_OFFLINE"] = "1"
    find = [uv, "python", "find", "--system", "--no-project", kind.pythons[0]]
    for command in (find, [uv, "python", "install", kind.pythons[0]], find):
        done = subprocess.run(
            command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        found = probe(os.fsdecode(done.stdout).strip()) if command is find else None
        if kind.fits(found):
            return found
    return None


def install(kind: Kind, folder: Path) -> None:
    """Brings the environment's packages to the locks, and puts fcnn itself on its path.

    There is no stamp while pip works, so what is interrupted is made anew. A pip that fails by itself has put
    back what it touched, and so is the stamp.
    """
    stamp, kept = folder / "stamp", folder / "stamp.old"
    remove(kept)
    if stamp.is_dir():
        stamp.rename(kept)
    try:
        for locks in kind.locks:
            pip(folder, "install", *install_options(), *(f"--requirement={ROOT / lock}" for lock in locks))
        text = "".join((ROOT / lock).read_text(encoding="utf-8") for locks in kind.locks for lock in locks)
        there = re.findall(r"(?m)^(\S+)==\S+\s*$", pip(folder, "list", "--format=freeze"))
        gone = {canonical(name) for name in there} - set(re.findall(r"(?m)^([a-z0-9-]+)==", text)) - {"pip"}
        if gone:
            pip(folder, "uninstall", "--yes", *sorted(gone))
    except Failure:
        if kept.is_dir():
            kept.rename(stamp)
        raise
    if kind.locks is STACK_LOCKS:
        add_fcnn(folder)
    remove(kept)


def install_options() -> Sequence[str]:
    """For pip; the last two are what a user's own configuration (`no-compile`, `user`) must not change."""
    options = ["--require-hashes", "--no-build-isolation", "--compile", "--no-user"]
    if os.environ.get("FCNN_WHEELS"):
        options += ["--no-index", f"--find-links={wheels()}"]
    return options


def wheels() -> Path:
    """The folder FCNN_WHEELS names."""
    folder = Path(os.environ["FCNN_WHEELS"]).resolve()
    if not folder.is_dir():
        raise Failure(f"FCNN_WHEELS ({folder}) is not a folder.", USAGE)
    return folder


def canonical(name: str) -> str:
    """Flask_Login -> flask-login, as the locks spell it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pip(folder: Path, command: str, *arguments: str) -> str:
    """What an environment's own pip says; pip's configuration (mirrors, certificates) holds."""
    cure = "check the network and the mirror in pip's configuration, or name a folder of wheels in FCNN_WHEELS."
    options = ["--disable-pip-version-check", "--no-input"]
    return call(
        *(python_in(folder), "-I", "-m", "pip", *options, command, *arguments),
        failure=f"pip could not {command} the packages of {folder.name}: {cure}",
    )


def call(*command: str, failure: str) -> str:
    """What a command prints; where it fails, its last lines go into the Failure."""
    lines = []
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,  # stdin is the user's command's
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            if not line.startswith("Ignoring "):  # pip, of each line of a lock that is for another Python
                lines.append(line)
            if os.environ.get("FCNN_VERBOSE") == "1":
                sys.stderr.write(line)
    if process.returncode:
        raise Failure(failure, details="".join(lines[-10:]).rstrip())
    return "".join(lines)


def add_fcnn(folder: Path) -> None:
    """Puts src on the environment's path and the launcher beside its Python, so that both survive a move."""
    ask = "import sysconfig; print(ascii(sysconfig.get_path('purelib')))"
    answer = call(python_in(folder), "-I", "-c", ask, failure=f"the Python of {folder.name} does not run.")
    packages = ast.literal_eval(answer)
    source = os.path.relpath(str(ROOT / "src"), packages)
    Path(packages, "fcnn.pth").write_text(f"{source}\n", encoding="ascii")
    launcher = commands_in(folder) / "fcnn"
    launcher.write_text(LAUNCHER, encoding="ascii")
    launcher.chmod(0o755)


def commands_in(folder: Path) -> Path:
    """Where an environment keeps its commands."""
    return folder / ("Scripts" if WINDOWS else "bin")


def python_in(folder: Path) -> str:
    """An environment's Python."""
    return str(commands_in(folder) / ("python.exe" if WINDOWS else "python"))


def remove(folder: Path) -> None:
    """Deletes a folder that may be there."""
    if folder.is_dir():
        shutil.rmtree(str(folder))


@contextlib.contextmanager
def only_one(name: str) -> Iterator[None]:
    """Lets one process at a time prepare an environment; the lock ends with the process, however it ends."""
    folder = ROOT / ".venv-lock"
    folder.mkdir(exist_ok=True)
    with (folder / name).open("w") as file:
        if not locked(file.fileno()):
            say(f"Another fcnn is preparing .venv-{name}; waiting for it ...")
            while not locked(file.fileno()):
                time.sleep(0.5)
        yield


def locked(descriptor: int) -> bool:
    """Takes the lock of an open file; False where another process has it."""
    try:
        if WINDOWS:
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
            return False
        raise
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
