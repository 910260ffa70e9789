"""check_env.py, the doctor in one file: built once, and run by every Python from 3.7 on that is on the machine."""

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Dict, List, Tuple

import pytest

import fcnn
from fcnn.environment.command import Console, answer
from fcnn.environment.options import Options

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "tests" / "environment" / "environments.csv"
TRACEBACK = """\
Traceback (most recent call last):
  File "E:\\\\work\\\\train.py", line 1, in <module>
    import tensorflow as tf
  File "E:\\\\Anaconda\\\\lib\\\\site-packages\\\\tensorflow\\\\python\\\\framework\\\\dtypes.py", line 513, in <module>
    np.object,
AttributeError: module 'numpy' has no attribute 'object'.
"""


def runs(python: str, version: str) -> bool:
    """Whether a command is a Python of that version; a shim of pyenv may be none."""
    program = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        done = subprocess.run([python, "-I", "-c", program], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except OSError:
        return False
    return done.stdout.decode("ascii", "replace").strip() == version


def pythons(*versions: str) -> List[Any]:
    """One Python of each version that is on the machine."""
    found = []
    for version in versions:
        pyenv = sorted(Path("~/.pyenv/versions").expanduser().glob(f"{version}.*/bin/python"))
        candidates = [shutil.which(f"python{version}") or "", *map(str, pyenv)]
        if version == "{}.{}".format(*sys.version_info):
            candidates.insert(0, sys.executable)
        python = next((python for python in candidates if python and runs(python, version)), None)
        if python:
            found.append(pytest.param(python, id=version))
    return found


OLDER, NEWER = ("3.7", "3.8", "3.9", "3.10"), ("3.11", "3.12", "3.13", "3.14")
SUPPORTED = pythons(*(OLDER if sys.version_info < (3, 11) else NEWER))
"""The file is the same whoever builds it: of the stacks' tests each tries half of the Pythons, its own among them."""


def build(output: Path) -> bytes:
    """What scripts/build-check-env writes."""
    script = str(ROOT / "scripts" / "build_check_env.py")
    words = [sys.executable, str(ROOT / "scripts" / "bootstrap.py"), "standalone", "-I", script, "-o", str(output)]
    subprocess.run(words, check=True, stdin=subprocess.DEVNULL)
    return output.read_bytes()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("built") / "check_env.py"
    build(file)
    return file


def run(python: str, file: Path, *words: str, flags: Tuple[str, ...] = (), **options: Any) -> Any:
    options = {"cwd": str(file.parent), "input": "", **options}
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "FCNN", "LC_"))}
    environment.update({"LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1", **options.pop("env", {})})
    return subprocess.run(
        [python, *flags, str(file), *words],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        **options,
    )


# --- the same answers as the package's --------------------------------------------------------------------------------

RUNNER = """
import contextlib, importlib.util, io, json, sys
spec = importlib.util.spec_from_file_location("check_env", sys.argv[1])
check_env = importlib.util.module_from_spec(spec)
spec.loader.exec_module(check_env)
answers = []
for words in json.loads(sys.argv[2]):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = check_env.main(words)
    answers.append([code, json.loads(out.getvalue())])
print(json.dumps(answers))
"""


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> List[List[str]]:
    """Arguments for every environment of the table, and for an error that is pasted."""
    folder = tmp_path_factory.mktemp("lists")
    asked = []
    with TABLE.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            file = folder / f"{row['id']}.txt"
            file.write_text("\n".join(row["packages"].split()), encoding="utf-8")
            flag = "--freeze" if row["complete"] == "yes" else "--requirements"
            asked.append([flag, str(file), "--python-version", row["python"], "--json"])
    (folder / "error.txt").write_text(TRACEBACK, encoding="utf-8")
    return [*asked, ["--explain", str(folder / "error.txt"), "--json"]]


def comparable(code: int, document: Dict[str, Any]) -> Tuple[int, Dict[str, Any]]:
    """An answer without what differs from machine to machine and from Python to Python."""
    return code, {name: value for name, value in document.items() if name != "environment"}


@pytest.fixture(scope="module")
def expected(questions: List[List[str]]) -> List[Tuple[int, Dict[str, Any]]]:
    """What the package answers."""
    names = {"--freeze": "freeze", "--requirements": "requirements", "--explain": "explain"}
    answers = []
    for flag, file, *rest in questions:
        written: List[str] = []
        version = rest[1] if rest[0] == "--python-version" else None
        options = Options(as_json=True, python_version=version, **{names[flag]: file})
        console = Console(written.append, written.append, lambda question: "", bytes, lambda text, **_: text)
        answers.append(comparable(answer(options, console), json.loads("".join(written))))
    return answers


@pytest.mark.parametrize("python", SUPPORTED)
def test_every_environment_of_the_table_has_the_verdict_of_the_package(python, built, questions, expected) -> None:
    done = subprocess.run(
        [python, "-I", "-S", "-c", RUNNER, str(built), json.dumps(questions)],
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        check=True,
    )
    answers = [comparable(code, document) for code, document in json.loads(done.stdout)]
    assert {document["verdict"] for _, document in answers} == {"ok", "warnings", "broken", "known"}
    assert answers == expected


# --- wherever it is run -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("python", SUPPORTED)
def test_it_judges_the_python_that_runs_it_even_alone(python, built, tmp_path) -> None:
    done = run(python, built, "--json", "--lang", "zh", flags=("-I", "-S"), cwd=str(tmp_path))
    assert done.stderr == ""
    document = json.loads(done.stdout)
    version = subprocess.run([python, "-V"], stdout=subprocess.PIPE, encoding="ascii").stdout.split()[1]
    assert document["environment"]["python"] == version
    assert done.returncode == (3 if document["verdict"] == "broken" else 0)


SHADOWS = ("ast", "code", "dataclasses", "enum", "inspect", "json", "logging", "numpy", "os", "random", "re", "string")
SHADOWS += ("token", "types", "typing")
BROKEN = ("fcnn", "packaging", "yaml", "tomli")
"""Copies of what is inlined."""


@pytest.mark.parametrize("python", SUPPORTED)
@pytest.mark.parametrize("file", ["environment.yml", "pyproject.toml"])
def test_no_file_of_the_users_gets_in_its_way(python, built, file, tmp_path) -> None:
    """Neither beside it, nor in the working folder, nor in PYTHONPATH, nor installed."""
    for place in ("beside", "working", "path"):
        (tmp_path / place).mkdir()
        for name in (*SHADOWS, *BROKEN):
            if place == "path" and name in ("os", "types", "enum", "re"):
                continue  # with those there, Python itself would not start
            (tmp_path / place / f"{name}.py").write_text("raise RuntimeError(__file__)", encoding="utf-8")
    (tmp_path / "beside" / "numpy-0.1.dist-info").mkdir()
    (tmp_path / "beside" / "numpy-0.1.dist-info" / "METADATA").touch()  # lies there, but is not installed
    script = shutil.copy(str(built), str(tmp_path / "beside"))
    options = {"cwd": str(tmp_path / "working"), "env": {"PYTHONPATH": str(tmp_path / "path")}}
    if file == "environment.yml":
        done = run(python, Path(script), "--json", **options)
        assert done.stderr == ""
        environment = json.loads(done.stdout)["environment"]
        assert set(environment["shadows"]) >= {"numpy", "random", "re", "types"}
        assert environment["packages"].get("numpy") != "0.1"

    text = {
        "environment.yml": "dependencies:\n- python=3.8\n- pip: [tensorflow==2.4.0, numpy==1.24.4]\n",
        "pyproject.toml": '[project]\ndependencies = ["tensorflow==2.4.0", "numpy==1.24.4"]\n',
    }[file]
    (tmp_path / file).write_text(text, encoding="utf-8")
    done = run(python, Path(script), "--requirements", str(tmp_path / file), "--json", **options)
    assert done.stderr == ""
    assert done.returncode == 3
    assert "R01" in {finding["rule"] for finding in json.loads(done.stdout)["findings"]}


@pytest.mark.parametrize("python", pythons("2.7", "3.6"))
def test_a_python_that_is_too_old_is_told_so_in_one_sentence(python, built) -> None:
    done = run(python, built, "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("check_env.py needs Python 3.7 or later, and this is Python ")
    assert "python3 check_env.py --python " in done.stderr
    assert done.stderr.count("\n") == 2


@pytest.mark.parametrize("python", SUPPORTED[:1])
def test_a_traceback_shows_the_lines_of_the_inlined_source(python, built, tmp_path) -> None:
    start = "    problems = usage_problems(options)\n"
    text = built.read_text(encoding="utf-8")
    assert text.count(start) == 1
    damaged = tmp_path / "check_env.py"
    damaged.write_text(text.replace(start, "    problems = options.nonsense\n"), encoding="utf-8")
    done = run(python, damaged)
    assert done.returncode == 1
    assert f'{damaged.name}/fcnn/environment/command.py", line ' in done.stderr.replace("\\", "/")
    assert "    problems = options.nonsense\n" in done.stderr
    assert done.stderr.endswith("AttributeError: 'Options' object has no attribute 'nonsense'\n")


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        pytest.param(["--nonsense"], 2, "error: unrecognized arguments: --nonsense\n", id="no such option"),
        pytest.param(["--requ", "x"], 2, "error: unrecognized arguments: --requ x\n", id="abbreviation"),
        pytest.param(["--python"], 2, "error: argument --python: expected one argument\n", id="no value"),
        pytest.param(["--yes"], 2, "error: --yes is nothing without --fix\n", id="combination"),
        pytest.param(["--freeze", "nosuch.txt"], 2, "error: nosuch.txt", id="no file"),
        pytest.param(["--python", "nosuch"], 2, "error: ", id="no environment"),
    ],
)
def test_wrong_usage_is_told_in_the_form_of_the_package(built, tmp_path, words, code, error) -> None:
    done = run(sys.executable, built, *words, cwd=str(tmp_path))
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.startswith(error)
    assert "Traceback" not in done.stderr


def test_help_and_version_are_its_own(built) -> None:
    helped = run(sys.executable, built, "--help")
    assert helped.returncode == 0
    assert "python check_env.py --python ~/course/.venv --fix" in helped.stdout
    assert run(sys.executable, built, "--version").stdout == f"check_env.py of fcnn {fcnn.__version__}\n"


@pytest.mark.skipif(os.name == "nt", reason="a pipe that is closed early is an error of POSIX")
def test_who_reads_only_the_beginning_gets_no_traceback(built) -> None:
    command = [sys.executable, str(built), "--list"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""


# --- how it is built --------------------------------------------------------------------------------------------------


def test_the_same_sources_give_the_same_bytes(tmp_path) -> None:
    assert build(tmp_path / "one" / "check_env.py") == build(tmp_path / "another.py")


def test_it_holds_every_module_of_the_doctor_and_the_licences(tmp_path) -> None:
    text = build(tmp_path / "check_env.py").decode("utf-8")
    package = ROOT / "src" / "fcnn"
    for path in [package / "errors.py", *(package / "environment").rglob("*.py")]:
        parts = path.relative_to(package.parent).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        source = path.read_text(encoding="utf-8")
        begin, quotes = f'\nSOURCES["{name}"] = ', "'''"
        assert begin in text
        assert quotes in source or f"{begin}r{quotes}{source}{quotes}\n" in text
    for notice in ("2026 The fcnn developers", "Donald Stufft", "2021 Taneli Hukkinen", "2006-2016 Kirill Simonov"):
        assert f"Copyright (c) {notice}" in text
    assert str(ROOT) not in text
