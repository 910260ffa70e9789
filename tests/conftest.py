"""What all tests share; TensorFlow is not imported here, so that tests without it start at once."""

import json
import os
import pickle
import platform
import random
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Random inputs are the same in every run; FCNN_FUZZ_EXAMPLES=5000 tries so many of each kind, and others every time.
LONG = int(os.environ.get("FCNN_FUZZ_EXAMPLES", "0"))
settings.register_profile(
    "fcnn",
    max_examples=LONG or 60,
    derandomize=not LONG,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("fcnn")

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
BROWSER_TOOLS = ROOT / ".browser" / "node_modules"


def pytest_report_header():
    """Name the versions under test."""
    packages = ("TensorFlow", "Keras", "NumPy", "pandas")
    return ", ".join([f"Python {platform.python_version()}", *map(_with_version, packages)])


def _with_version(package):
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return f"no {package}"


@pytest.fixture(scope="session", autouse=True)
def _temporary(tmp_path_factory):
    """What tests and their processes leave in the temporary folder goes with a folder of their own.

    A process that is killed leaves what it had there, and TensorFlow the sources that AutoGraph writes.
    """
    tmp_path_factory.getbasetemp()  # where it always is: pytest keeps what is in it for a while
    before = tempfile.tempdir, os.environ.get("TMPDIR")
    folder = tempfile.mkdtemp(prefix="fcnn-tests-")
    Path(folder).chmod(0o711)  # tests become somebody else, who must get to what is below
    tempfile.tempdir = os.environ["TMPDIR"] = folder
    yield
    tempfile.tempdir = before[0]
    if before[1] is None:
        del os.environ["TMPDIR"]
    else:
        os.environ["TMPDIR"] = before[1]
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def _seeded():
    """The global random states start alike in every test; what matters takes a generator of its own."""
    random.seed(0)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(0)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    """``made_once("trained", make)``: what ``make(folder)`` gives, to be pickled; nobody may change what is in it.

    Of several processes that share out the tests the first that needs it makes it, and the others wait.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent

    def get(name, make):
        folder, answer = shared / f"made-{name}", shared / f"made-{name}.pickle"
        try:
            folder.mkdir()
        except FileExistsError:
            return wait_for(answer)
        made = error = None
        try:
            made = make(folder)
            return made
        except BaseException as raised:
            error = repr(raised)
            raise
        finally:
            unfinished = answer.with_suffix(".partial")
            unfinished.write_bytes(pickle.dumps((made, error)))
            unfinished.replace(answer)

    def wait_for(answer):
        for _ in range(6000):
            if answer.exists():
                made, error = pickle.loads(answer.read_bytes())
                assert error is None, f"another process could not make it: {error}"
                return made
            time.sleep(0.1)
        raise AssertionError(f"nobody made {answer.stem}")

    return get


@pytest.fixture(scope="session")
def namespace():
    """The words before a shell's script that run it where there is no network but a loopback, which is still down."""
    words = ["unshare", "--user", "--map-root-user", "--net", "sh", "-c"]
    try:
        done = subprocess.run([*words, "ip link set lo up"], stderr=subprocess.PIPE, encoding="utf-8", check=False)
        reason = done.stderr if done.returncode else ""
    except OSError as error:
        reason = str(error)
    if reason:
        warning = f"NOT TESTED: several workers; no network namespace can be made here ({reason.strip()})"
        print(warning, file=sys.__stderr__)
        pytest.skip(warning)
    return words


@pytest.fixture(scope="session")
def shipped():
    """The path of a table that ships: ``shipped("iris")``."""
    return lambda name: DATA / f"{name}.csv"


@pytest.fixture(scope="session")
def browse(tmp_path_factory):
    """``browse(script, job)``: what a script for Node.js, which gets a job as JSON, found in Chromium."""
    browser = shutil.which("chromium")
    missing = [name for name in ("chromium", "node") if not shutil.which(name)]
    missing += [name for name in ("playwright-core", "axe-core") if not (BROWSER_TOOLS / name).is_dir()]
    if missing:
        warning = f"NOT TESTED: pages in a browser; there is no {', no '.join(missing)} (scripts/browser-tools)"
        print(warning, file=sys.__stderr__)
        pytest.skip(warning)

    def look(script, job):
        path = tmp_path_factory.mktemp("browser") / "job.json"
        path.write_text(json.dumps({"tools": str(BROWSER_TOOLS), "browser": browser, **job}), encoding="utf-8")
        words = ["node", str(script), str(path)]
        done = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return look
