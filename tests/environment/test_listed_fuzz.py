"""Lists that are damaged in any way, and lists that are made to do harm: an error at most, and soon."""

import random
import time
from typing import List

import pytest

from fcnn.environment import judge
from fcnn.environment.listed import read_list_text
from fcnn.errors import ListingError

from . import listing
from .test_listed_conda import EXPLICIT, EXPORT, JSON, LOCK, TABLE
from .test_listed_locks import PDM, PIPENV, POETRY_1, POETRY_2, PYLOCK, UV
from .test_listed_projects import PIPFILE, POETRY, STANDARD

REQUIREMENTS = """\
-r base.txt
--extra-index-url https://x.example/simple
numpy==1.19.5 \\
    --hash=sha256:0
pandas>=1.3,<2 ; python_version < "3.9"  # 数组
tensorflow[and-cuda]~=2.4.0
h5py @ file:///C:/ci/h5py_16037/work
-e git+https://x.example/a.git@v1#egg=foo
./wheels/six-1.15.0-py2.py3-none-any.whl
"""
ENVIRONMENT = """\
name: course
channels: [conda-forge, defaults]
dependencies:
  - python=3.8
  - &numpy conda-forge::numpy=1.19.5=py38h1_0
  - scipy >=1.5,<1.6
  - "keras[version='>=2.4,<2.5']"
  - *numpy
  - pip:
    - tensorflow==2.4.0
    - -r pins.txt
prefix: /opt/conda
"""
LISTS = {
    "requirements.txt": REQUIREMENTS,
    "environment.yml": ENVIRONMENT,
    "conda-lock.yml": LOCK,
    "list.txt": TABLE,
    "export.txt": EXPORT,
    "explicit.txt": EXPLICIT,
    "list.json": JSON,
    "pip.txt": "Package Version\n------- -------\nnumpy   1.19.5\nkeras   2.4.3\n",
    "pyproject.toml": STANDARD,
    "poetry/pyproject.toml": POETRY,
    "Pipfile": PIPFILE,
    "uv.lock": UV,
    "poetry.lock": POETRY_1,
    "poetry/poetry.lock": POETRY_2,
    "pdm.lock": PDM,
    "pylock.toml": PYLOCK,
    "Pipfile.lock": PIPENV,
}
PIECES = [
    *(
        b"\x00",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\r\n",
        b"\n",
        b"\\\n",
        b"\t",
        b" ",
        b"#",
        b"=",
        b"==",
        b">=",
        b"|",
        b"*",
    ),
    *(b"[", b"]", b"{", b"}", b"&a ", b"*a", b"- ", b": ", b"'", b'"', b"@ ", b"@EXPLICIT\n", b"-r ", b"-c x", b"null"),
    *(
        b"9" * 5000,
        b"1e999",
        b"2021-13-45",
        b"!!python/object:os.system",
        b"<<: *a",
        b"%YAML 9.9\n",
        b"--- ",
        b"\xe4\xb8",
    ),
    *(
        b"python_version < 'x'",
        b"extra",
        b"\x1b[31m",
        b"\xc2\x85",
        b"1.0.dev",
        b"==1.*",
        b"===",
        b"~=1",
        b"(",
        b"^",
        b"||",
    ),
]
ROUNDS = 150


def mutated(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        start = chance.randrange(len(changed) + 1)
        end = min(len(changed), start + chance.choice((0, 1, 1, 3, 10, 60)))
        kind = chance.randrange(4)
        if kind == 0:
            del changed[start:end]
        elif kind == 1:
            changed[start:start] = chance.choice(PIECES)
        elif kind == 2:
            changed[start:end] = chance.choice(PIECES)
        else:
            changed[start:start] = changed[end : end + 40]
    return bytes(changed)


@pytest.mark.parametrize("name", LISTS)
def test_a_damaged_list_is_read_or_refused(name: str, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    for nested in ("base.txt", "pins.txt"):
        (tmp_path / nested).write_text("six\n", encoding="utf-8")
    chance = random.Random(name)
    read = 0
    for _ in range(ROUNDS):
        data = mutated(LISTS[name].encode(), chance)
        try:
            facts = read_list_text(data, name, chance.random() < 0.5, chance.choice(("", "3.8", "3.12")))
        except ListingError:
            continue
        read += 1
        judge(facts)
    assert read > ROUNDS // 20


@pytest.mark.parametrize("name", LISTS)
def test_the_undamaged_list_is_read(name: str, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "base.txt").write_text("six\n", encoding="utf-8")
    (tmp_path / "pins.txt").write_text("six\n", encoding="utf-8")
    listing.on(monkeypatch, listing.LINUX)
    assert "numpy" in listing.plan(LISTS[name].encode(), name).packages


def test_noise_is_refused() -> None:
    chance = random.Random(20)
    for _ in range(200):
        data = bytes(chance.randrange(256) for _ in range(chance.randrange(400)))
        for name in ("requirements.txt", "environment.yml", "uv.lock", "a.json"):
            with pytest.raises(ListingError):
                read_list_text(data, name, complete=False)


HARMFUL: List[object] = [
    pytest.param("requirements.txt", "a" * 2_000_000, id="one long line"),
    pytest.param("requirements.txt", "numpy==" + "1" * 3000, id="a version of thousands of digits"),
    pytest.param("requirements.txt", "numpy==1" + ".1" * 1900, id="a version of thousands of numbers"),
    pytest.param("requirements.txt", "numpy" + ",>=1" * 900, id="a thousand ranges"),
    pytest.param("requirements.txt", "a; " + "(" * 3000, id="brackets in a marker"),
    pytest.param("requirements.txt", "a; " + "os_name == 'x' or " * 150 + "os_name == 'y'", id="a long marker"),
    pytest.param("requirements.txt", "\\\n" * 500_000, id="continued for ever"),
    pytest.param("requirements.txt", " " * 1_000_000 + "#", id="spaces"),
    pytest.param("requirements.txt", "a" + " " * 9_000 + "b", id="spaces within"),
    pytest.param("requirements.txt", "\n" * 1_000_000, id="empty lines"),
    pytest.param("requirements.txt", "\t\n" * 500_000 + "a b", id="tabs"),
    pytest.param("requirements.txt", "-" * 1_000_000, id="dashes"),
    pytest.param("requirements.txt", "==".join(["a"] * 1000), id="signs"),
    pytest.param("requirements.txt", "1" * 290 + "=", id="digits"),
    pytest.param("list.txt", "Package Version\n" + "- " * 500_000, id="a long row"),
    pytest.param("environment.yml", "dependencies: [" + "a" * 1_000_000 + "]", id="a long name"),
    pytest.param("environment.yml", 'dependencies: ["a[' + "version='" * 90 + ']"]', id="brackets"),
    pytest.param("environment.yml", "{" * 1_000_000, id="braces"),
    pytest.param("environment.yml", "a: &a\n  <<: [*a, *a]\ndependencies: []\n", id="merged with itself"),
    pytest.param("environment.yml", "? " * 100_000, id="keys of keys"),
    pytest.param("pyproject.toml", "a" + ".a" * 50_000 + " = 1", id="a long key"),
    pytest.param("pyproject.toml", "[" + "a." * 50_000 + "a]", id="a long heading"),
    pytest.param("uv.lock", "[[package]]\n" * 20_000, id="empty packages"),
    pytest.param("a.json", "[" * 1_000_000, id="deep JSON"),
    pytest.param("a.json", '{"installed": [' + "9" * 100_000 + "]}", id="an enormous number"),
]


@pytest.mark.parametrize(("name", "text"), HARMFUL)
def test_a_list_that_is_made_to_do_harm_is_refused_soon(name: str, text: str) -> None:
    start, told = time.perf_counter(), ""
    try:
        read_list_text(text, name, complete=False)
    except ListingError as error:
        told = str(error)
    assert time.perf_counter() - start < 10
    assert len(told) < 3000
