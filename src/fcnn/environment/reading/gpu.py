"""NVIDIA's driver and the CUDA libraries that TensorFlow would load, from names of files alone."""

# ruff: noqa: PTH110, PTH113, PTH118, PTH120, PTH123, PTH207, PTH208
# (no pathlib: see packages.py)

import glob
import os
import re
import sys
from typing import Dict, Iterable, List, Mapping, NamedTuple, Optional, Sequence, Set, Tuple

from fcnn.environment.facts import Gpu

UNKNOWN = "unknown"
"""The version of a driver that is there and does not tell it."""

_LOADER_CACHE_LIMIT = 4_000_000
_LIBRARY = re.compile(r"lib(cudart|cudnn)\.so\.(\d+(?:\.\d+)*)$")
_WINDOWS_CUDA = re.compile(r"cudart64_(\d+)\.dll$", re.IGNORECASE)
_WINDOWS_CUDNN = re.compile(r"cudnn64_(\d+)\.dll$", re.IGNORECASE)
_WHEEL = re.compile(r"nvidia_(cuda_runtime|cudnn)(?:_cu\d+)?-(\d+)\.(\d+)[^-]*\.dist-info$", re.IGNORECASE)


class Libraries(NamedTuple):
    """Versions of CUDA's runtime (``11.2``, or ``11`` where a name tells no more) and of cuDNN (``8``)."""

    cuda: Set[str]
    cudnn: Set[str]


def read_gpu(
    folders: Sequence[str],
    system: str = "",
    environment: Optional[Mapping[str, str]] = None,
    root: str = os.sep,
) -> Gpu:
    """Read the driver, and where there is one also the libraries; without a driver they do not matter.

    Takes some milliseconds, starts no process and never raises.

    Args:
        folders: The site-packages folders, for nvidia-* packages, and for conda's libraries beside them.
        system: Linux, Windows or another; of this machine if empty.
        environment: The environment variables; those of this process if None.
        root: The root of the file system.
    """
    system = system or {"linux": "Linux", "win32": "Windows"}.get(sys.platform, sys.platform)
    environment = os.environ if environment is None else environment
    try:
        if system == "Linux":
            driver = linux_driver(root)
            places = linux_folders(environment, folders, root) if driver else []
        elif system == "Windows":
            driver = windows_driver(environment)
            places = windows_folders(environment, folders) if driver else []
        else:
            return Gpu("", (), ())  # TensorFlow knows no NVIDIA GPU on any other system
    except (OSError, ValueError):
        return Gpu("", (), ())
    if not driver:
        return Gpu("", (), ())
    found = libraries_in(places)
    brought = libraries_of_packages(folders)
    return Gpu(
        driver,
        _in_order(found.cuda | brought.cuda),
        _in_order(found.cudnn | brought.cudnn),
        (
            *(f"CUDA {version}" for version in _in_order(brought.cuda - found.cuda)),
            *(f"cuDNN {version}" for version in _in_order(brought.cudnn - found.cudnn)),
        ),
    )


# --- the driver ---


def linux_driver(root: str = os.sep) -> str:
    """The version of the driver that the kernel has loaded; empty where there is none."""
    try:
        with open(os.path.join(root, "proc", "driver", "nvidia", "version"), "rb") as stream:
            text = stream.read(1024).decode("ascii", "replace")
    except OSError:
        # In Windows's subsystem for Linux the driver is Windows's own, and its libraries lie in /usr/lib/wsl.
        beside = (("dev", "nvidia0"), ("usr", "lib", "wsl", "lib", "libcuda.so.1"))
        return UNKNOWN if any(os.path.exists(os.path.join(root, *names)) for names in beside) else ""
    found = re.search(r"Kernel Module(?: for \S+)?\s+(\d+(?:\.\d+)+)", text)
    return found.group(1) if found else UNKNOWN


def windows_driver(environment: Mapping[str, str]) -> str:
    """``unknown`` where the driver's library lies in System32; its version would cost a process."""
    folder = environment.get("SystemRoot") or environment.get("SYSTEMROOT") or ""
    return UNKNOWN if folder and os.path.isfile(os.path.join(folder, "System32", "nvcuda.dll")) else ""


# --- folders that a loader looks into ---


def linux_folders(environment: Mapping[str, str], folders: Sequence[str] = (), root: str = os.sep) -> List[str]:
    """Where Linux's loader would find CUDA: named by a variable, by the loader's cache, or by custom."""
    conda = [os.path.dirname(os.path.dirname(folder)) for folder in folders]  # lib of lib/python3.8/site-packages
    named = [item for item in environment.get("LD_LIBRARY_PATH", "").split(":") if item]
    usual = [
        *sorted(glob.glob(os.path.join(glob.escape(root), "usr", "local", "cuda*", "lib64"))),
        *(os.path.join(root, "usr", "lib", name) for name in ("x86_64-linux-gnu", "aarch64-linux-gnu")),
        os.path.join(root, "usr", "lib64"),
    ]
    return [*named, *conda, *usual, *_cached_folders(os.path.join(root, "etc", "ld.so.cache"))]


def windows_folders(environment: Mapping[str, str], folders: Sequence[str] = ()) -> List[str]:
    """Where Windows's loader would find CUDA: CUDA_PATH and its like, PATH, and conda's folder."""
    toolkits = [value for name, value in sorted(environment.items()) if name.upper().startswith("CUDA_PATH")]
    path = environment.get("PATH") or environment.get("Path") or ""
    return [
        *(os.path.join(item, "bin") for item in toolkits if item),
        *(item.strip('"') for item in path.split(";") if item),
        *(os.path.join(os.path.dirname(os.path.dirname(folder)), "Library", "bin") for folder in folders),
    ]


def _cached_folders(path: str) -> List[str]:
    """The folders of CUDA's libraries that the loader's cache names."""
    try:
        with open(path, "rb") as stream:
            cache = stream.read(_LOADER_CACHE_LIMIT)
    except OSError:
        return []
    return [os.fsdecode(item) for item in re.findall(rb"(/[^\0]{1,4096})/lib(?:cudart|cudnn)\.so\.[\d.]+\0", cache)]


# --- libraries ---


def libraries_in(folders: Iterable[str]) -> Libraries:
    """The versions that the names of the libraries in some folders tell."""
    libraries = Libraries(set(), set())
    for folder in dict.fromkeys(folders):
        try:
            names = os.listdir(folder)
        except (OSError, ValueError):  # not there, not ours to read; a name with a null byte
            continue
        found = versions_in_names(names)
        libraries.cuda.update(found.cuda)
        libraries.cudnn.update(found.cudnn)
    return libraries


def versions_in_names(names: Iterable[str]) -> Libraries:
    """The versions that the names in one folder tell.

    ``libcudart.so.11.2.152`` is CUDA 11.2; ``libcudart.so.11.0`` is what every CUDA 11 calls it, and
    ``libcudart.so.12`` every CUDA 12, as ``cudart64_110.dll`` and ``cudart64_12.dll`` on Windows.
    """
    runtimes: Dict[str, Set[str]] = {}
    libraries = Libraries(set(), set())
    for name in names:
        found = _LIBRARY.match(name)
        if found and found.group(1) == "cudnn":
            libraries.cudnn.add(found.group(2).partition(".")[0])
        elif found:
            numbers = found.group(2).split(".")
            told = len(numbers) > 2 or (len(numbers) == 2 and int(numbers[0]) < 11)
            runtimes.setdefault(numbers[0], set()).update([".".join(numbers[:2])] if told else [])
        else:
            runtime, cudnn = _WINDOWS_CUDA.match(name), _WINDOWS_CUDNN.match(name)
            if runtime:
                digits = runtime.group(1)  # 101 is 10.1; 110 every 11; 12 every 12
                exact = [f"{digits[:2]}.{digits[2:]}"] if len(digits) > 2 and int(digits[:2]) < 11 else []
                runtimes.setdefault(digits[:2], set()).update(exact)
            if cudnn:
                libraries.cudnn.add(cudnn.group(1))
    for major, exact_versions in runtimes.items():
        libraries.cuda.update(exact_versions or {major})
    return libraries


def libraries_of_packages(folders: Iterable[str]) -> Libraries:
    """The versions that nvidia-* packages bring, by the names of their metadata folders."""
    libraries = Libraries(set(), set())
    for folder in folders:
        try:
            names = os.listdir(folder)
        except (OSError, ValueError):
            continue
        for found in filter(None, map(_WHEEL.match, names)):
            kind, major, minor = found.group(1).lower(), found.group(2), found.group(3)
            if kind == "cudnn":
                libraries.cudnn.add(major)
            else:
                libraries.cuda.add(f"{major}.{minor}")
    return libraries


def _in_order(versions: Set[str]) -> Tuple[str, ...]:
    return tuple(sorted(versions, key=lambda version: [int(number) for number in version.split(".")]))
