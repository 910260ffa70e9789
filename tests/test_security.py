"""What a hostile file may not do: run code, write outside the run folder, take the machine."""

import ast
import gzip
import io
import os
import pickle
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

import fcnn
from fcnn.config import load_config
from fcnn.data.header import read_header
from fcnn.errors import ConfigError, DataError, RunError
from fcnn.inference.network import Architecture
from fcnn.runs.folder import new_run, safe_name
from fcnn.runs.record import read_weights

SOURCES = sorted(Path(fcnn.__file__).parent.rglob("*.py"))
UNPICKLERS = {"pickle", "cPickle", "_pickle", "marshal", "shelve", "joblib", "dill", "cloudpickle"}
EXECUTORS = {"eval", "exec", "compile", "__import__"}
UNSAFE_CALLS = {
    "yaml.load",
    "yaml.load_all",
    "yaml.unsafe_load",
    "yaml.full_load",
    "pd.read_pickle",
    "os.system",
    "os.popen",
}
UNSAFE_NAMES = {"UnsafeLoader", "FullLoader", "Loader", "read_pickle", "load_model"}


def dotted(node):
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def unsafe(source):
    """What in a source unpickles, or runs text as code."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            yield from (module for module in modules if module.partition(".")[0] in UNPICKLERS)
            yield from (alias.name for alias in node.names if alias.name in UNSAFE_NAMES)
        elif isinstance(node, ast.Attribute) and node.attr in UNSAFE_NAMES:
            yield dotted(node)
        elif isinstance(node, ast.Call):
            name = dotted(node.func)
            keywords = {keyword.arg: keyword.value for keyword in node.keywords}
            if (isinstance(node.func, ast.Name) and name in EXECUTORS) or name in UNSAFE_CALLS:
                yield name
            if name in ("np.load", "numpy.load"):
                pickles = keywords.get("allow_pickle")
                if not (isinstance(pickles, ast.Constant) and pickles.value is False):
                    yield f"{name} without allow_pickle=False"
            if isinstance(keywords.get("shell"), ast.Constant) and keywords["shell"].value:
                yield f"{name} with a shell"


@pytest.mark.parametrize(
    "source",
    [
        "import pickle", "from joblib import load", "eval('1')", "yaml.load(text)", "np.load(path)", "df.read_pickle",
        "np.load(path, allow_pickle=True)", "import yaml; yaml.UnsafeLoader",
        "subprocess.run('x', shell=True)",
    ],
)  # fmt: skip
def test_the_search_for_unsafe_calls_finds(source):
    assert len(list(unsafe(source))) == 1


def test_nothing_is_unpickled_and_no_text_is_run():
    assert len(SOURCES) > 100
    found = {str(path): list(unsafe(path.read_text(encoding="utf-8"))) for path in SOURCES}
    assert {path: calls for path, calls in found.items() if calls} == {}


# --- YAML -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        "!!python/object/apply:os.system [touch hacked]",
        "!!python/object/new:os.system [touch hacked]",
        "!!python/name:os.system",
        "!!python/module:os",
        "!!python/object:os.system {}",
        "!!python/tuple [1, 2]",
    ],
)
def test_yaml_makes_no_objects(tmp_path, monkeypatch, value):
    monkeypatch.chdir(tmp_path)
    Path("c.yaml").write_text(f"data: {{path: a.csv, target: y}}\nnetwork: {{layers: [8]}}\nseed: {value}\n")
    with pytest.raises(ConfigError) as caught:
        load_config("c.yaml")
    assert caught.value.problems[0].where.startswith("c.yaml:3:7")
    with pytest.raises(ConfigError):
        load_config("c.yaml", [f"training.epochs={value}"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["c.yaml"]


BOMBS = {
    "aliases": "a: &a [x, x, x, x, x, x, x, x]\n"
    + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join(['*' + chr(97 + i)] * 8)}]\n" for i in range(20)),
    "nested lists": "a: " + "[" * 100_000,
    "nested mappings": "a: " + "{a: " * 100_000,
    "nested blocks": "".join(" " * i + "a:\n" for i in range(900)),
    "many values": "a: [" + "1, " * 30_000 + "1]",
    "a long number": "a: " + "9" * 900_000,
    "a long word": "a: " + "x" * 900_000,
    "a merge of itself": "a: &a {<<: *a}",
    "long key": "x" * 900_000 + ": 1",
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_a_yaml_bomb_is_an_error(tmp_path, text):
    path = tmp_path / "c.yaml"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert len(str(caught.value)) < 10_000


# --- Weights --------------------------------------------------------------------------------------------------------


class Bomb:
    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return Path.touch, (self.path,)


def weights(kind, bomb):
    array = np.array([bomb], dtype=object)
    buffer = io.BytesIO()
    if kind == "an object in weights.npz":
        np.savez(buffer, **{"layers.0.kernel": array})
    elif kind == "a pickle called weights.npz":
        buffer.write(pickle.dumps(bomb))
    elif kind == "an array of objects called weights.npz":
        np.save(buffer, array)
    else:
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("layers.0.kernel.npy", pickle.dumps(bomb))
    return buffer.getvalue()


@pytest.mark.parametrize(
    "kind",
    [
        "an object in weights.npz",
        "a pickle called weights.npz",
        "an array of objects called weights.npz",
        "a pickle in it",
    ],
)
def test_weights_with_a_pickle_are_refused(tmp_path, kind):
    touched = tmp_path / "touched"
    (tmp_path / "weights.npz").write_bytes(weights(kind, Bomb(touched)))
    with pytest.raises(RunError, match=r"weights\.npz"):
        read_weights(tmp_path, Architecture(inputs=1, layers=[]))
    assert not touched.exists()


# --- Paths ----------------------------------------------------------------------------------------------------------

NAMES = ["../../x", "/etc/x", "..", ".", "", "a/../../b", "C:\\x", "C:x", "a\0b", "\n", "x" * 5000, "é" * 300, " . ",
         "~", "$HOME", "-rf", "CON", "nul.txt", "COM1", "aux", "a:b", "\u202e", "runs/../x", "...",
         "x.partial", "latest"]  # fmt: skip
RESERVED = {"con", "prn", "aux", "nul", *(f"{device}{digit}" for device in ("com", "lpt") for digit in range(1, 10))}


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_no_name_of_a_run_leads_out_of_the_folder_of_runs(tmp_path, name):
    runs = tmp_path / "runs"
    run = new_run(runs, name)
    final = run.complete()
    assert final.parent == runs
    assert [path.name for path in tmp_path.iterdir()] == ["runs"]
    assert final.name.partition(".")[0].casefold() not in RESERVED


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_safe_name_is_one_part_of_a_path(name):
    safe = safe_name(name)
    assert safe == Path(safe).name
    assert 0 < len(safe.encode()) <= 120
    assert not set(safe) & set('<>:"/\\|?*\0\n')
    assert safe.partition(".")[0].casefold() not in RESERVED


# --- Size -----------------------------------------------------------------------------------------------------------

MEGABYTE = 1 << 20
CHILD = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]), int(sys.argv[1])))
from pathlib import Path
from fcnn.data.header import read_header
from fcnn.data.table import read_table
from fcnn.errors import DataError
for path in sys.argv[2:]:
    try:
        header = read_header(Path(path))
        print(len(read_table([header.path], header.names)), "rows")
    except DataError as error:
        print(error.problems[0].message)
    except MemoryError as error:
        print(repr(error))
"""


def packed(pieces):
    """Gzip members one after another are one text: a megabyte packed once, and repeated."""
    return b"".join(member * times for member, times in ((gzip.compress(piece), times) for piece, times in pieces))


HUGE = {
    "a line of 4 GB": ([(b"a,y\n1,2\n", 1), (b"a" * MEGABYTE, 4096)], "a record that does not end"),
    "a cell of 1 GB in quotes": ([(b'a,y\n1,"', 1), (b"a" * MEGABYTE, 1024)], "a record that does not end"),
    "names of 1 GB": ([(b"a" * MEGABYTE, 1024)], "the first line does not end within 1 MB"),
    "ten million columns": ([(b"a", 1), (b",b" * MEGABYTE, 10)], "the first line does not end within 1 MB"),
    "quoted names of 1 GB": ([(b'"', 1), (b"a\n" * MEGABYTE, 512)], "the first line does not end within 1 MB"),
    "a million blank lines": ([(b"a,y\n", 1), (b"\n" * MEGABYTE, 1), (b"1,2\n", 1)], "1 rows"),
    "ten million rows with too few fields": ([(b"a,y\n", 1), (b"1\n" * MEGABYTE, 10)], "10,485,760 rows have too few"),
    "NUL": ([(b"a,y\n", 1), (b"\0" * MEGABYTE, 1024)], "there is a NUL character"),
}


@pytest.fixture(scope="module")
def refused(tmp_path_factory):
    """What one process that has 3 GB says of each of these files, one after another."""
    folder = tmp_path_factory.mktemp("huge")
    paths = [folder / f"{number}.csv" for number in range(len(HUGE))]
    for path, (pieces, _) in zip(paths, HUGE.values()):
        path.write_bytes(packed(pieces))
        assert path.stat().st_size < 6 * MEGABYTE
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-c", CHILD, str(3 << 30), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, env=environment, timeout=600)
    assert done.returncode == 0, done.stderr.decode()
    return dict(zip(HUGE, done.stdout.decode().splitlines()))


@pytest.mark.skipif(sys.platform != "linux", reason="no other system limits the memory of a process")
@pytest.mark.parametrize("name", HUGE)
def test_a_small_file_that_unpacks_to_a_huge_one_is_an_error_in_bounded_memory(refused, name):
    assert refused[name].startswith(HUGE[name][1])


def test_a_zip_bomb_is_an_error(tmp_path):
    path = tmp_path / "t.zip"
    with zipfile.ZipFile(str(path), "w", zipfile.ZIP_DEFLATED) as archive, archive.open("t.csv", "w") as file:
        for _ in range(256):
            file.write(b"a" * MEGABYTE)
    with pytest.raises(DataError, match="the first line does not end within 1 MB"):
        read_header(path)


def test_a_config_of_200_megabytes_is_an_error_before_it_is_read(tmp_path):
    path = tmp_path / "c.yaml"
    with path.open("wb") as file:
        file.truncate(200 * MEGABYTE)
    with pytest.raises(ConfigError, match="too large for a config"):
        load_config(path)
