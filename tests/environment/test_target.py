"""The guide to a stack: which ways there are on a machine, with the exact commands."""

# ruff: noqa: PTH120, RUF001
# (Chinese punctuation is meant)

import os
import stat
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Dict, List, Mapping

import pytest

from fcnn.environment import Facts
from fcnn.environment.reading import tools as reading_tools
from fcnn.environment.rendering import guide_document, render_guide
from fcnn.environment.target import STACKS_TO_GUIDE, Guide, guide, read_tools
from fcnn.environment.ways import Way

LINUX = Facts(python="3.11.7", executable="/usr/bin/python3", libc="glibc 2.36", cpu_flags=frozenset({"avx", "avx2"}))
MAC = replace(LINUX, system="Darwin", machine="arm64", libc="", cpu_flags=None)
WINDOWS = replace(
    LINUX, system="Windows", machine="AMD64", libc="", cpu_flags=None, shell="cmd", executable="C:\\Python\\python.exe"
)
ALL_TOOLS = {
    name: f"/usr/bin/{name}" for name in ("python3.8", "python3.12", "uv", "conda", "mamba", "docker", "pyenv")
}
PINS = (
    '"tensorflow==2.4.0" "keras==2.4.3" "numpy==1.19.5" "pandas==1.3.5" "matplotlib==3.4.2" "scikit-learn==1.3.2" '
    '"protobuf==3.20.3"'
)


def way(made: Guide, tool: str) -> Way:
    return next(way for way in made.ways if way.tool == tool)


def commands(made: Guide, tool: str) -> List[str]:
    return [command for step in way(made, tool).steps for command in step.commands]


def told(sentences: object) -> List[str]:
    return [sentence.tell() for sentence in sentences]  # type: ignore[attr-defined]


def test_pip_takes_the_python_that_is_there() -> None:
    made = guide("pinned", LINUX, {"python3.8": "/opt/my python/bin/python3.8"})
    assert made.recommended == "pip"
    assert commands(made, "pip") == [
        '"/opt/my python/bin/python3.8" -m venv fcnn-pinned',
        ". fcnn-pinned/bin/activate",
        "python -m pip install --upgrade pip",
        f"python -m pip install {PINS}",
        'python -c "import tensorflow; print(tensorflow.__version__)"',
    ]


def test_the_running_python_counts_too() -> None:
    made = guide("pinned", replace(LINUX, python="3.8.20", executable="/opt/py38/bin/python"), {})
    assert made.recommended == "pip"
    assert commands(made, "pip")[0] == "/opt/py38/bin/python -m venv fcnn-pinned"


def test_uv_brings_the_python_along() -> None:
    made = guide("pinned", LINUX, {"uv": "/usr/bin/uv"})
    assert made.recommended == "uv"
    assert commands(made, "uv") == [
        "uv venv --python 3.8 fcnn-pinned",
        ". fcnn-pinned/bin/activate",
        f"uv pip install {PINS}",
        'python -c "import tensorflow; print(tensorflow.__version__)"',
    ]


def test_uv_takes_a_python_that_is_there() -> None:
    made = guide("pinned", LINUX, {"uv": "/usr/bin/uv", "python3.8": "/home/a/.pyenv/versions/3.8.18/bin/python3.8"})
    assert commands(made, "uv")[0] == "uv venv --python /home/a/.pyenv/versions/3.8.18/bin/python3.8 fcnn-pinned"


def test_where_nothing_is_there_uv_is_fetched_first() -> None:
    made = guide("pinned", LINUX, {})
    assert made.recommended == "uv"
    assert told(way(made, "uv").lacks) == ["uv is not on this machine"]
    assert commands(made, "uv")[:3] == [
        "/usr/bin/python3 -m venv .uv",
        ".uv/bin/python -m pip install uv",
        ".uv/bin/uv venv --python 3.8 fcnn-pinned",
    ]
    assert told(way(made, "pip").lacks) == ["Python 3.8 is not on this machine"]


def test_conda_gets_the_packages_from_pip() -> None:
    made = guide("pinned", LINUX, {"conda": "/opt/conda/bin/conda"})
    assert made.recommended == "conda"
    assert commands(made, "conda")[:3] == [
        'conda create -y -n fcnn-pinned -c conda-forge "python=3.8" pip',
        "conda activate fcnn-pinned",
        f"python -m pip install {PINS}",
    ]


def test_docker_on_linux() -> None:
    made = guide("pinned", LINUX, {"docker": "/usr/bin/docker"})
    assert made.recommended == "docker"
    assert commands(made, "docker") == [
        'docker run -it --name fcnn-pinned -v "$PWD:/work" -w /work python:3.8-slim-bookworm bash',
        f"python -m pip install {PINS}",
        'python -c "import tensorflow; print(tensorflow.__version__)"',
        "docker start -ai fcnn-pinned",
    ]


@pytest.mark.parametrize("machine", [MAC, replace(LINUX, machine="aarch64", cpu_flags=None)], ids=["mac", "linux"])
def test_on_arm_only_docker_can_have_the_pinned_stack(machine: Facts) -> None:
    made = guide("pinned", machine, ALL_TOOLS)
    assert made.recommended == "docker"
    assert commands(made, "docker")[0].startswith("docker run -it --platform linux/amd64 --name")
    assert "AVX" in told(way(made, "docker").caveats)[0]
    assert told(way(made, "pip").obstacles) == [
        f"No TensorFlow 2.4 was published for {machine.system} {machine.machine}"
    ]


def test_on_arm_the_current_stack_needs_no_emulation() -> None:
    made = guide("current", MAC, ALL_TOOLS)
    assert (made.recommended, made.python) == ("pip", "3.12")
    assert "--platform" not in commands(made, "docker")[0]


def test_an_intel_mac_has_the_pinned_stack_and_not_the_current_one() -> None:
    mac = replace(MAC, machine="x86_64")
    assert guide("pinned", mac, ALL_TOOLS).recommended == "pip"
    assert guide("current", mac, ALL_TOOLS).recommended == "docker"


def test_a_python_under_rosetta_is_no_way_to_the_pinned_stack() -> None:
    made = guide("pinned", replace(MAC, machine="x86_64", translated=True), ALL_TOOLS)
    assert made.recommended == "docker"
    assert "translated" in told(way(made, "pip").obstacles)[0]


@pytest.mark.parametrize(
    ("change", "obstacle"),
    [
        pytest.param({"libc": "musl 1.2.4"}, "musl, the C library of this system", id="musl"),
        pytest.param({"libc": "glibc 2.5"}, "needs glibc 2.12 or later; this system has glibc 2.5", id="old glibc"),
        pytest.param({"machine": "armv7l"}, "published for Linux armv7l", id="32 bits"),
        pytest.param({"cpu_flags": frozenset({"sse4_2"})}, "has no AVX", id="no AVX"),
    ],
)
def test_what_stands_in_the_way_is_told(change: Mapping[str, object], obstacle: str) -> None:
    made = guide("pinned", replace(LINUX, **change), ALL_TOOLS)  # type: ignore[arg-type]
    for tool in ("pip", "uv", "conda"):
        assert obstacle in told(way(made, tool).obstacles)[0]


@pytest.mark.parametrize("libc", ["musl 1.2.4", "glibc 2.5"])
def test_docker_brings_a_c_library_of_its_own(libc: str) -> None:
    assert guide("pinned", replace(LINUX, libc=libc), ALL_TOOLS).recommended == "docker"


@pytest.mark.parametrize("stack", STACKS_TO_GUIDE)
@pytest.mark.parametrize("change", [{"cpu_flags": frozenset({"sse4_2"})}, {"machine": "armv7l", "cpu_flags": None}])
def test_where_nothing_can_work_nothing_is_recommended(stack: str, change: Mapping[str, object]) -> None:
    made = guide(stack, replace(LINUX, **change), ALL_TOOLS)  # type: ignore[arg-type]
    assert made.recommended == ""
    assert "None of these ways can work on this machine as it is." in render_guide(made)


def test_without_avx2_the_next_tensorflow_is_taken() -> None:
    made = guide("pinned", replace(LINUX, cpu_flags=frozenset({"avx"})), ALL_TOOLS)
    assert made.pins[0] == "tensorflow==2.4.4"
    assert '"tensorflow==2.4.4"' in commands(made, "pip")[3]
    assert "no AVX2" in told(made.remarks)[1]
    assert guide("current", replace(LINUX, cpu_flags=frozenset({"avx"})), ALL_TOOLS).pins[0] == "tensorflow==2.21.*"


def test_on_windows_the_launcher_and_cmd_are_used() -> None:
    made = guide("pinned", WINDOWS, {"py": "C:\\Windows\\py.exe", "python3.8": "C:\\Python38\\python.exe"})
    assert commands(made, "pip")[:2] == ["py -3.8 -m venv fcnn-pinned", "fcnn-pinned\\Scripts\\activate"]
    assert '-v "%cd%:/work"' in commands(made, "docker")[1 - 1]
    assert commands(made, "uv")[:2] == ["C:\\Python\\python.exe -m venv .uv", ".uv\\Scripts\\python -m pip install uv"]


def test_on_windows_without_the_launcher_the_path_is_called() -> None:
    made = guide("pinned", WINDOWS, {"python3.8": "C:\\Program Files\\Python38\\python.exe"})
    assert commands(made, "pip")[0] == '"C:\\Program Files\\Python38\\python.exe" -m venv fcnn-pinned'
    made = guide(
        "pinned", replace(WINDOWS, shell="powershell"), {"python3.8": "C:\\Program Files\\Python38\\python.exe"}
    )
    assert commands(made, "pip")[0] == '& "C:\\Program Files\\Python38\\python.exe" -m venv fcnn-pinned'


def test_powershell_has_its_own_words() -> None:
    made = guide("pinned", replace(WINDOWS, shell="powershell"), {"py": "C:\\Windows\\py.exe"})
    assert commands(made, "pip")[0] == "winget install --exact --id Python.Python.3.8"
    assert commands(made, "pip")[2] == ".\\fcnn-pinned\\Scripts\\Activate.ps1"
    assert '-v "${PWD}:/work"' in commands(made, "docker")[0]
    assert any("Set-ExecutionPolicy" in remark for remark in told(made.remarks))


def test_pyenv_builds_a_python_that_is_missing() -> None:
    made = guide("pinned", LINUX, {"pyenv": "/home/a/.pyenv/bin/pyenv"})
    assert commands(made, "pip")[:2] == [
        "pyenv install 3.8",
        "PYENV_VERSION=3.8 pyenv exec python -m venv fcnn-pinned",
    ]
    assert made.recommended == "uv"


def test_a_32_bit_python_does_not_count() -> None:
    made = guide("pinned", replace(LINUX, python="3.8.20", bits=32), {"uv": "/usr/bin/uv"})
    assert made.recommended == "uv"
    assert "32 bits" in told(way(made, "pip").caveats)[0]


@pytest.mark.parametrize(
    ("tools", "python"),
    [({"python3.13": "/x", "python3.11": "/y"}, "3.13"), ({"python3.11": "/y"}, "3.11"), ({}, "3.12")],
    ids=["the newer one", "the one that is there", "none"],
)
def test_the_current_stack_takes_the_python_that_is_there(tools: Dict[str, str], python: str) -> None:
    assert guide("current", replace(LINUX, python="3.10.1"), tools).python == python


def test_the_guide_as_text_begins_with_the_way_to_take() -> None:
    text = render_guide(guide("pinned", LINUX, {"docker": "/usr/bin/docker"}))
    assert text.splitlines()[0] == "The pinned stack on this machine: Python 3.8"
    assert text.index("✓ Docker: recommended") < text.index("· pip\n  Python 3.8 is not on this machine.")
    assert "\n  1. Start a container that sees this folder as /work:\n       docker run -it" in text


def test_the_guide_in_chinese() -> None:
    text = render_guide(guide("pinned", MAC, {}), language="zh")
    assert "\n· Docker：推荐\n  这台机器上没有 Docker。" in text
    assert "✗ pip：在这里行不通\n  TensorFlow 2.4 没有为 Darwin arm64 发布过。" in text


def test_the_guide_as_a_document() -> None:
    document = guide_document(guide("pinned", LINUX, ALL_TOOLS))
    assert list(document) == ["stack", "python", "packages", "recommended", "remarks", "ways"]
    first = document["ways"][0]  # type: ignore[index]
    assert (first["tool"], first["works"], first["lacks"]) == ("pip", True, [])
    assert first["steps"][0] == {
        "purpose": "Make an environment in the folder fcnn-pinned",
        "commands": ["/usr/bin/python3.8 -m venv fcnn-pinned"],
    }


# --- which tools there are --------------------------------------------------------------------------------------------


def program(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\nexit 1\n", encoding="ascii")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


posix = pytest.mark.skipif(os.name == "nt", reason="programs without an ending")


@posix
def test_tools_are_looked_for_on_the_path(tmp_path: Path) -> None:
    made = {name: program(tmp_path / "bin" / name) for name in ("uv", "docker", "python3.8")}
    assert read_tools({"PATH": str(tmp_path / "bin"), "HOME": str(tmp_path)}) == made


@posix
def test_a_shim_counts_only_where_the_version_is_there(tmp_path: Path) -> None:
    shim = program(tmp_path / ".pyenv" / "shims" / "python3.8")
    environment = {"PATH": os.path.dirname(shim), "HOME": str(tmp_path)}
    assert "python3.8" not in read_tools(environment)
    program(tmp_path / ".pyenv" / "versions" / "3.8.2" / "bin" / "python3.8")
    newest = program(tmp_path / ".pyenv" / "versions" / "3.8.18" / "bin" / "python3.8")
    program(tmp_path / ".pyenv" / "versions" / "3.80.1" / "bin" / "python3.80")
    assert read_tools(environment)["python3.8"] == newest


@posix
def test_conda_is_known_by_its_variable_too(tmp_path: Path) -> None:
    conda = program(tmp_path / "opt" / "conda")
    assert read_tools({"PATH": "", "HOME": str(tmp_path), "CONDA_EXE": conda}) == {"conda": conda}
    assert read_tools({"PATH": "", "HOME": str(tmp_path), "CONDA_EXE": str(tmp_path / "no")}) == {}


def test_windows_is_asked_for_its_registered_pythons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python = program(tmp_path / "Python38" / "python.exe")

    class Key:
        def __init__(self, name: str) -> None:
            self.name = name

        def __enter__(self) -> "Key":
            return self

        def __exit__(self, *_: object) -> None:
            pass

    def open_key(hive: str, name: str) -> Key:
        if hive != "machine" or "\\3.8\\" not in name:
            raise FileNotFoundError
        return Key(name)

    registry = SimpleNamespace(
        HKEY_CURRENT_USER="user",
        HKEY_LOCAL_MACHINE="machine",
        OpenKey=open_key,
        QueryValueEx=lambda key, name: (os.path.dirname(python), 1),
    )
    monkeypatch.setitem(sys.modules, "winreg", registry)
    monkeypatch.setattr(reading_tools, "sys", SimpleNamespace(platform="win32"))
    assert read_tools({"PATH": "", "HOME": str(tmp_path / "nobody")}) == {"python3.8": python}


def test_reading_tools_never_raises(tmp_path: Path) -> None:
    assert read_tools({"PATH": "\0", "PYENV_ROOT": "\0", "HOME": str(tmp_path)}) == {}
