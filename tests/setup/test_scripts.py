"""scripts/: the wrappers, with stubs for environments, bootstrap.py and run-readme; no network is needed."""

import importlib
import importlib.machinery
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
POSIX_ONLY = pytest.mark.skipif(os.name == "nt", reason="the sh scripts are for POSIX")
SOURCES = ["scripts/bootstrap.py", "requirements-build.lock", "requirements.lock", "requirements-test.lock"]


def executable(path, *lines):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]), encoding="utf-8")
    path.chmod(0o755)
    return path


class Clone:
    """A project with scripts, whose environments are stubs that tell how they were called."""

    def __init__(self, folder):
        self.root = folder / "a project"
        self.bin = folder / "bin"
        shutil.copytree(str(ROOT / "scripts"), str(self.root / "scripts"), ignore=shutil.ignore_patterns("__pycache__"))
        for lock in ROOT.glob("requirements*.lock"):
            shutil.copy(str(lock), str(self.root))
        executable(self.bin / "python3", f'exec "{sys.executable}" "$@"')

    def environment(self, stack):
        venv = self.root / f".venv-{stack}"
        executable(venv / "bin" / "python", f'echo {stack} "$@"')
        (venv / "stamp").mkdir()
        for source in SOURCES:
            shutil.copy(str(self.root / source), str(venv / "stamp"))
        return venv

    def stub_bootstrap(self):
        (self.root / "scripts" / "bootstrap.py").write_text("import sys; print('bootstrap', *sys.argv[1:])")

    def run(self, *command, **env):
        env = {"PATH": f"{self.bin}:/usr/bin:/bin", "HOME": str(self.root / "no home"), **env}
        command = [str(self.root / "scripts" / "fcnn"), *command] if command[0] != "run" else command[1:]
        return subprocess.run(
            command, env=env, cwd=str(self.root.parent), capture_output=True, encoding="utf-8", check=False
        )


@pytest.fixture
def clone(tmp_path):
    return Clone(tmp_path)


@POSIX_ONLY
def test_the_wrapper_runs_the_pinned_environment_without_another_python(clone):
    venv = clone.environment("pinned")
    clone.environment("current")
    (clone.bin / "python3").unlink()
    done = clone.run("train", "a b.yaml", "x=*")
    assert done.stdout == f"pinned {venv}/bin/fcnn train a b.yaml x=*\n"
    assert (done.stderr, done.returncode) == ("", 0)


@POSIX_ONLY
def test_fcnn_stack_names_the_environment(clone):
    clone.environment("pinned")
    clone.environment("current")
    assert clone.run("x", FCNN_STACK="current").stdout.startswith("current ")
    assert clone.run("x", FCNN_STACK="pinned").stdout.startswith("pinned ")


@POSIX_ONLY
def test_the_wrapper_can_be_called_through_symlinks(clone, tmp_path):
    clone.environment("pinned")
    (tmp_path / "fcnn").symlink_to(Path("a project") / "scripts" / "fcnn")
    (tmp_path / "bin" / "fcnn").symlink_to(tmp_path / "fcnn")
    assert clone.run("run", str(tmp_path / "fcnn"), "x").stdout.startswith("pinned ")
    assert clone.run("run", "fcnn", "x").stdout.startswith("pinned ")


@POSIX_ONLY
@pytest.mark.parametrize("source", SOURCES)
def test_a_changed_source_goes_through_bootstrap(clone, source):
    clone.stub_bootstrap()
    clone.environment("pinned")
    with (clone.root / source).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert clone.run("train", "x").stdout == "bootstrap stack fcnn train x\n"


@POSIX_ONLY
def test_an_environment_whose_python_is_gone_goes_through_bootstrap(clone):
    clone.stub_bootstrap()
    python = clone.environment("pinned") / "bin" / "python"
    python.unlink()
    python.symlink_to("/gone/python3.8")
    assert clone.run("x").stdout == "bootstrap stack fcnn x\n"


@POSIX_ONLY
def test_a_python_that_does_not_run_does_not_run_bootstrap(clone):
    clone.stub_bootstrap()
    (clone.bin / "python3").rename(clone.bin / "python3.9")
    for name in ("python3", "python"):
        executable(clone.bin / name, "exit 127")
    assert clone.run("x", FCNN_PYTHON="/gone/python").stdout == "bootstrap stack fcnn x\n"


@POSIX_ONLY
def test_that_no_python_38_could_be_had_is_remembered_until_there_is_reason_to_look_again(clone):
    clone.stub_bootstrap()
    (clone.environment("current") / "default").touch()
    assert clone.run("x").stdout.startswith("current ")
    assert clone.run("x", FCNN_STACK="pinned").stdout == "bootstrap stack fcnn x\n"
    assert clone.run("x", FCNN_PYTHON=sys.executable).stdout == "bootstrap stack fcnn x\n"
    clone.environment("pinned")
    assert clone.run("x").stdout.startswith("pinned ")


@POSIX_ONLY
@pytest.mark.parametrize("stack", ["curent", "lint", "../x"])
def test_an_unknown_stack_is_a_usage_error(clone, stack):
    done = clone.run("x", FCNN_STACK=stack)
    assert done.returncode == 2
    assert done.stderr == f"fcnn: FCNN_STACK is {stack!r}, expected pinned or current.\n"


@POSIX_ONLY
def test_a_python_of_another_version_is_refused(clone):
    stack = "current" if sys.version_info < (3, 9) else "pinned"
    done = clone.run("x", FCNN_STACK=stack, FCNN_PYTHON=sys.executable)
    assert done.returncode == 2
    assert f"but the {stack} stack needs 3." in done.stderr
    assert not (clone.root / f".venv-{stack}").exists()


@POSIX_ONLY
def test_the_test_script_runs_pytest_in_the_project(clone):
    clone.environment("current")
    done = clone.run("run", str(clone.root / "scripts" / "test"), "-k", "a b", FCNN_STACK="current")
    assert done.stdout == "current -I -m pytest -k a b\n"


@pytest.fixture
def bootstrap(monkeypatch, tmp_path):
    """The module, at work in an empty project on a machine without any Python."""
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    for name in ("bootstrap", "find_python"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    module = importlib.import_module("bootstrap")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setitem(module.KINDS, "pinned", module.KINDS["pinned"]._replace(platforms=()))
    for name in list(os.environ):
        if name.startswith(("FCNN_", "PYENV", "CONDA", "UV_", "XDG_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "none"))
    return module


def fake_python(path, version="3.8.18"):
    """A command that says it is a Python of that version."""
    numbers = tuple(map(int, version.split(".")))
    return executable(path, 'case "$*" in', f"*ensurepip*) echo \"('$0', {numbers}, 'any', 'any')\" ;;", "esac")


@POSIX_ONLY
@pytest.mark.parametrize(
    "place",
    [
        "path/python3.8",
        "path/python3",
        "home/.pyenv/versions/3.8.20/bin/python",
        "home/.pyenv/pyenv-win/versions/3.8.10/bin/python",
        "home/miniconda3/envs/old/bin/python",
        "home/anaconda3/bin/python",
        "home/.local/share/uv/python/cpython-3.8.20-linux-x86_64-gnu/bin/python",
    ],
)
def test_a_python_38_is_found_where_it_usually_is(bootstrap, tmp_path, place):
    exe = fake_python(tmp_path / place)
    if "conda" in place:
        meta = exe.parent.parent / "conda-meta"
        meta.mkdir()
        (meta / "python-3.8.20-h0_0.json").touch()
    assert bootstrap.find_python("pinned") == (str(exe), (3, 8, 18), ("any", "any"))


@POSIX_ONLY
@pytest.mark.parametrize(
    ("variable", "value", "place"),
    [
        ("FCNN_PYTHON", "own/python", "own/python"),
        ("PYENV_ROOT", "own", "own/versions/3.8.3/bin/python"),
        ("CONDA_PREFIX", "own", "own/bin/python"),
        ("CONDA_EXE", "own/bin/conda", "own/envs/old/bin/python"),
        ("UV_PYTHON_INSTALL_DIR", "own", "own/cpython-3.8.20-linux-x86_64-gnu/bin/python"),
    ],
)
def test_a_variable_can_say_where_the_python_is(bootstrap, tmp_path, monkeypatch, variable, value, place):
    monkeypatch.setenv(variable, str(tmp_path / value))
    exe = fake_python(tmp_path / place)
    meta = exe.parent.parent / "conda-meta"
    meta.mkdir(parents=True)
    (meta / "python-3.8.20-h0_0.json").touch()
    assert bootstrap.find_python("pinned").exe == str(exe)


@POSIX_ONLY
def test_a_shim_that_does_not_run_is_skipped(bootstrap, tmp_path, monkeypatch):
    executable(tmp_path / "shims" / "python3.8", "echo 'pyenv: python3.8: command not found' >&2", "exit 127")
    exe = fake_python(tmp_path / "path" / "python3.8")
    monkeypatch.setenv("PATH", f"{tmp_path / 'shims'}:{tmp_path / 'path'}")
    assert bootstrap.find_python("pinned").exe == str(exe)


@POSIX_ONLY
def test_the_newest_of_several_is_taken_by_number(bootstrap, tmp_path):
    for version in ("3.8.2", "3.8.18", "3.8.9"):
        fake_python(tmp_path / "home" / ".pyenv" / "versions" / version / "bin" / "python", version)
    assert bootstrap.find_python("pinned").version == (3, 8, 18)


@POSIX_ONLY
def test_a_python_of_another_version_under_a_right_name_is_skipped(bootstrap, tmp_path):
    fake_python(tmp_path / "path" / "python3.8", "3.9.1")
    exe = fake_python(tmp_path / "path" / "python3")
    assert bootstrap.find_python("pinned").exe == str(exe)


@POSIX_ONLY
def test_uv_is_asked_for_a_python_that_is_nowhere(bootstrap, tmp_path):
    exe = fake_python(tmp_path / "uv" / "python3.8")
    done = tmp_path / "installed"
    executable(
        tmp_path / "path" / "uv",
        'case "$*" in',
        f'"python find "*" 3.8") [ -e "{done}" ] && echo "{exe}" ;;',
        f'"python install 3.8") : > "{done}" ;;',
        "esac",
    )
    assert bootstrap.find_python("pinned").exe == str(exe)


def test_a_running_python_is_seen_as_it_is(bootstrap, monkeypatch):
    monkeypatch.undo()
    found = bootstrap.probe(sys.executable)
    assert found.version == sys.version_info[:3]
    assert found.platform[0] == sys.platform


@POSIX_ONLY
def test_without_a_python_38_the_current_stack_stands_in_and_says_so(bootstrap, tmp_path, monkeypatch, capsys):
    def prepare(name):
        if name == "pinned":
            raise bootstrap.NoPython("no Python 3.8 was found", "; install one")
        (tmp_path / ".venv-current").mkdir()
        return tmp_path / ".venv-current"

    monkeypatch.setattr(bootstrap, "prepare", prepare)
    assert bootstrap.prepare_stack() == tmp_path / ".venv-current"
    assert (tmp_path / ".venv-current" / "default").exists()
    assert capsys.readouterr().err == (
        "fcnn: no Python 3.8 was found, so this goes on with the current stack in place of the pinned one.\n"
    )
    monkeypatch.setenv("FCNN_STACK", "pinned")
    with pytest.raises(bootstrap.Failure, match=r"no Python 3\.8 was found; install one") as failure:
        bootstrap.prepare_stack()
    assert failure.value.code == 3


def test_what_a_failing_command_said_last_is_kept(bootstrap, monkeypatch):
    monkeypatch.undo()
    code = "import sys; print(*range(100), sep='\\n', file=sys.stderr); sys.exit(1)"
    with pytest.raises(bootstrap.Failure, match="it failed") as failure:
        bootstrap.call(sys.executable, "-c", code, failure="it failed")
    assert failure.value.details.split() == [str(n) for n in range(90, 100)]
    assert failure.value.code == 3


def test_a_folder_of_wheels_rules_out_the_network(bootstrap, tmp_path, monkeypatch):
    assert "--no-index" not in bootstrap.install_options()
    monkeypatch.setenv("FCNN_WHEELS", str(tmp_path))
    assert bootstrap.install_options()[-2:] == ["--no-index", f"--find-links={tmp_path.resolve()}"]
    monkeypatch.setenv("FCNN_WHEELS", str(tmp_path / "none"))
    with pytest.raises(bootstrap.Failure, match="is not a folder") as failure:
        bootstrap.install_options()
    assert failure.value.code == 2


def test_one_process_at_a_time_prepares_an_environment(bootstrap, tmp_path):
    with (tmp_path / "lock").open("w") as first, (tmp_path / "lock").open("w") as second:
        assert bootstrap.locked(first.fileno())
        assert not bootstrap.locked(second.fileno())


def test_the_launcher_survives_a_move_and_ignores_the_working_folder(bootstrap, tmp_path, monkeypatch):
    monkeypatch.undo()
    project, moved = tmp_path / "project", tmp_path / "moved project"
    (project / "src" / "fcnn" / "cli").mkdir(parents=True)
    (project / "src" / "fcnn" / "__init__.py").touch()
    (project / "src" / "fcnn" / "cli" / "__init__.py").write_text("def main():\n    print(__file__)\n    return 7\n")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(project / ".venv-x")], check=True)
    monkeypatch.setattr(bootstrap, "ROOT", project)
    bootstrap.add_fcnn(project / ".venv-x")
    project.rename(moved)

    (tmp_path / "fcnn.py").write_text("raise SystemExit('the working folder is on sys.path')")
    venv = moved / ".venv-x"
    launcher = str(bootstrap.commands_in(venv) / "fcnn")
    by_its_name = [] if sys.platform == "win32" else [[launcher]]
    for command in [[bootstrap.python_in(venv), launcher], *by_its_name]:
        done = subprocess.run(command, cwd=str(tmp_path), stdout=subprocess.PIPE, encoding="utf-8")
        assert Path(done.stdout.strip()) == moved / "src" / "fcnn" / "cli" / "__init__.py"
        assert done.returncode == 7


def test_only_marked_blocks_are_run_and_the_others_are_known():
    loader = importlib.machinery.SourceFileLoader("run_readme", str(ROOT / "scripts" / "run-readme"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("run_readme", loader))
    loader.exec_module(module)
    page = "# x\n\n<!-- run -->\n```bash\na\nb\n```\n\n```bash\nc\n```\n\n```yaml\nd: 1\n```\n"
    assert list(module.blocks(page)) == [(5, True, "a\nb\n"), (10, False, "c\n")]
