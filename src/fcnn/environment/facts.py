"""What is true of a Python environment, as plain data: installed packages, interpreter, machine, working folder.

Who reads it is in :mod:`fcnn.environment.reading`, and in :mod:`fcnn.environment.listed` for a list of requirements;
who judges it takes nothing but this.
"""

import re
from dataclasses import dataclass, field
from typing import FrozenSet, Mapping, NamedTuple, Optional, Tuple

RELEVANT_VARIABLES = (
    "CONDA_PREFIX",
    "CUDA_VISIBLE_DEVICES",
    "KERAS_BACKEND",
    "LD_LIBRARY_PATH",
    "PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION",
    "PYTHONHOME",
    "PYTHONNOUSERSITE",
    "PYTHONPATH",
    "PYTHONUSERBASE",
    "TF_CPP_MIN_LOG_LEVEL",
    "TF_ENABLE_ONEDNN_OPTS",
    "TF_USE_LEGACY_KERAS",
    "VIRTUAL_ENV",
)
"""Environment variables that change what is imported or how TensorFlow runs."""


class Hidden(NamedTuple):
    """A package that lies in two folders of the import path: the first wins."""

    used: str
    """The folder whose package is imported."""
    version: str
    """The version that is hidden."""
    place: str
    """The folder it lies in."""


class MissingFiles(NamedTuple):
    """What a package's RECORD lists and the disk does not have."""

    missing: int
    """How many of the files that were looked for."""
    total: int
    """How many were looked for."""
    first: str
    """One of them, relative to site-packages."""


class Gpu(NamedTuple):
    """What there is of an NVIDIA GPU and of the libraries that TensorFlow would load to use it."""

    driver: str
    """The version of the driver; empty where there is none."""
    cuda: Tuple[str, ...]
    """Versions of the CUDA runtime that a loader would find (``11.2``), from libraries and nvidia-* packages."""
    cudnn: Tuple[str, ...]
    """Major versions of cuDNN likewise (``8``)."""
    from_packages: Tuple[str, ...] = ()
    """Of those, what nvidia-* packages alone bring, where TensorFlow looks from 2.14 on: ``CUDA 12.3``, ``cuDNN 8``."""


@dataclass(frozen=True)
class Facts:
    """One environment. Every field has a default, so that a test types only what matters."""

    packages: Mapping[str, str] = field(default_factory=dict)
    """Normalised name (``typing-extensions``) to the version as it was found."""
    python: str = "3.8.20"
    """The version of Python; of a list of requirements perhaps only ``3.8``."""
    kind: str = "running"
    """``running`` (this interpreter), ``environment`` (another, read from disk), ``freeze`` (a complete list) or
    ``requirements`` (a list of what is still to be installed)."""
    source: str = ""
    """What was read: a folder or a file; empty for the running interpreter."""
    complete: bool = True
    """Whether a package that is not in `packages` is absent; otherwise nothing is known of it."""
    for_fcnn: bool = False
    """Whether the environment is to run fcnn itself, so that its requirements must be there."""

    # --- of a list ---
    ranges: Mapping[str, str] = field(default_factory=dict)
    """What a list asks for without pinning it: normalised name to version range (PEP 440); empty for any version."""
    lines: Mapping[str, str] = field(default_factory=dict)
    """Where a list names a package: ``requirements.txt:3``."""
    python_from: str = ""
    """How the version of Python is known where it was not read from an environment."""

    # --- the interpreter and the machine ---
    implementation: str = "CPython"
    """CPython, PyPy, ..."""
    system: str = "Linux"
    """Linux, Windows, Darwin."""
    machine: str = "x86_64"
    """x86_64, AMD64, arm64, aarch64, ..."""
    bits: int = 64
    """Of the interpreter: 32 or 64."""
    libc: str = ""
    """``glibc 2.31``, ``musl 1.2.4``, or empty where that is not known."""
    translated: bool = False
    """Whether the interpreter runs under a translator of another processor's code (Rosetta 2, qemu)."""
    cpu_flags: Optional[FrozenSet[str]] = None
    """What the processor can do (``avx``, ``avx2``), or None where that cannot be read."""
    gpu: Optional[Gpu] = None
    """The GPU and its libraries, or None where nobody looked."""
    variables: Mapping[str, str] = field(default_factory=dict)
    """Those of `RELEVANT_VARIABLES` that are set."""

    # --- the environment's folder ---
    in_virtual_environment: bool = False
    """A venv, virtualenv or conda environment (not the Python of the system)."""
    prefix: str = ""
    """The folder of the environment."""
    executable: str = ""
    """Its Python."""
    installer: str = "pip"
    """What installed its packages: pip, uv or conda."""
    installers: Mapping[str, str] = field(default_factory=dict)
    """Normalised name to what installed that package, where that was read."""
    install_command: Tuple[str, ...] = ("pip", "install")
    """The words that install into this very environment, from the shell that was used."""
    shell: str = "sh"
    """The shell that commands are written for: sh, cmd or powershell."""
    places: Mapping[str, str] = field(default_factory=dict)
    """Normalised name to the folder of the import path in which that package was found."""
    conda_packages: Mapping[str, str] = field(default_factory=dict)
    """What conda's own records (conda-meta) say is installed: normalised name to version."""
    requires: Mapping[str, Tuple[str, ...]] = field(default_factory=dict)
    """Normalised name to the package's own requirements (Requires-Dist), where they were read."""
    duplicates: Mapping[str, Tuple[str, ...]] = field(default_factory=dict)
    """Packages with two metadata folders in one place (a broken upgrade), with both versions."""
    leftovers: Tuple[str, ...] = ()
    """Paths of metadata folders that hold no metadata, and of what an interrupted pip left behind (``~umpy``)."""
    unreadable: Tuple[str, ...] = ()
    """Metadata files that are damaged or not ours to read."""
    hidden: Mapping[str, Hidden] = field(default_factory=dict)
    """Packages of which an earlier folder of the import path (the user's own site-packages) hides another version."""
    missing_files: Mapping[str, MissingFiles] = field(default_factory=dict)
    """Packages whose files are gone from the disk although their metadata is there."""
    owners: Mapping[str, Tuple[str, ...]] = field(default_factory=dict)
    """Import names that several packages own (``tensorflow``: tensorflow and tensorflow-cpu)."""

    # --- the working folder ---
    working_folder: str = ""
    """The folder that was looked into."""
    shadows: Mapping[str, str] = field(default_factory=dict)
    """Modules that a file there hides, with the file's name: ``numpy`` -> ``numpy.py``."""


def normalised(name: str) -> str:
    """The one spelling of a package's name (PEP 503): ``Keras_Preprocessing`` is ``keras-preprocessing``."""
    return re.sub(r"[-_.]+", "-", name).lower()
