"""Conditions on the machine, its GPU and the environment variables."""

from typing import TYPE_CHECKING, Callable, Mapping, Optional, Sequence

from fcnn.environment.conditions.wheels import by_conda
from fcnn.environment.facts import Facts, Gpu
from fcnn.environment.ranges import interval
from fcnn.environment.rules.gpu import BUILDS, FROM_PACKAGES, Build

if TYPE_CHECKING:
    from fcnn.environment.matching import Versions

Fills = Sequence[Mapping[str, str]]

_WITH_GPU = ("tensorflow", "tensorflow-gpu", "tf-nightly", "tf-nightly-gpu")
"""The names under which TensorFlow can use NVIDIA's GPUs."""
_BACKENDS = {"jax": "jax", "torch": "torch", "openvino": "openvino", "numpy": "jax"}
"""Keras's backends other than TensorFlow, and the package each needs (that of NumPy is built on JAX's)."""


def _when(holds: bool, **fills: str) -> Fills:
    return [fills] if holds else []


# --- the processor and the interpreter ---


def _rosetta(facts: Facts, _versions: "Versions") -> Fills:
    """Whether x86 code is translated on macOS, without the AVX that newer systems can offer."""
    return _when(_is_rosetta(facts))


def _rosetta_with_published_build(facts: Facts, versions: "Versions") -> Fills:
    # conda's own builds ask for no AVX, nor did tensorflow-macos before 2.9
    spared = versions.distribution == "tensorflow-macos" and versions.fits({"tensorflow": "<2.9"})
    return _when(_is_rosetta(facts) and not by_conda(facts, versions) and not spared)


def _published_build(facts: Facts, versions: "Versions") -> Fills:
    """Whether TensorFlow is a published wheel, on a processor of which no other rule (R68) speaks."""
    return _when(not _is_rosetta(facts) and not by_conda(facts, versions))


def _is_rosetta(facts: Facts) -> bool:
    intel = facts.machine.lower() in ("x86_64", "i386")
    return facts.system == "Darwin" and facts.translated and intel and "avx" not in (facts.cpu_flags or ())


def _bits(facts: Facts, _versions: "Versions") -> Fills:
    return _when(facts.bits == 32)


def _musl(facts: Facts, _versions: "Versions") -> Fills:
    return _when(facts.libc.startswith("musl") and facts.bits != 32)


# --- the GPU ---


def _cuda_missing(facts: Facts, versions: "Versions") -> Fills:
    """Whether there is a GPU whose CUDA or cuDNN is not that of this TensorFlow."""
    gpu = _usable(facts, versions)
    build = _build(versions) if gpu else None
    if gpu is None or build is None or (facts.system == "Windows" and not versions.fits({"tensorflow": "<2.11"})):
        return []
    ignored = () if versions.fits({"tensorflow": FROM_PACKAGES}) else gpu.from_packages
    cuda = [version for version in gpu.cuda if f"CUDA {version}" not in ignored]
    cudnn = [version for version in gpu.cudnn if f"cuDNN {version}" not in ignored]
    if any(_accepts(build, version) for version in cuda) and build.cudnn.partition(".")[0] in cudnn:
        return []
    there = [*(f"CUDA {version}" for version in cuda), *(f"cuDNN {version}" for version in cudnn)]
    return [
        {
            "cuda": build.cuda,
            "cudnn": build.cudnn,
            "there": ", ".join(there) or "none of them",
            "path": "PATH" if facts.system == "Windows" else "LD_LIBRARY_PATH",
        }
    ]


def _cuda_in_packages_alone(facts: Facts, versions: "Versions") -> Fills:
    """Whether the right CUDA or cuDNN comes from nvidia-* packages alone."""
    gpu = _usable(facts, versions)
    build = _build(versions) if gpu else None
    if gpu is None or build is None or facts.system != "Linux":
        return []
    major = build.cudnn.partition(".")[0]
    cuda = [version for version in gpu.cuda if _accepts(build, version)]
    alone = all(f"CUDA {version}" in gpu.from_packages for version in cuda) or f"cuDNN {major}" in gpu.from_packages
    return _when(bool(cuda) and major in gpu.cudnn and alone)


def _gpu_on_windows(facts: Facts, _versions: "Versions") -> Fills:
    return _when(facts.system == "Windows" and facts.gpu is not None and bool(facts.gpu.driver))


def _gpu_hidden(facts: Facts, versions: "Versions") -> Fills:
    seen = facts.gpu is not None and bool(facts.gpu.driver) and versions.distribution in _WITH_GPU
    return _when(seen and _hides_gpu(facts), found=facts.variables.get("CUDA_VISIBLE_DEVICES", "") or '""')


def _usable(facts: Facts, versions: "Versions") -> Optional[Gpu]:
    """The GPU that this TensorFlow would use if it could."""
    there = facts.gpu is not None and facts.gpu.driver and facts.machine.lower() in ("x86_64", "amd64")
    wanted = versions.distribution in _WITH_GPU and not _hides_gpu(facts) and not by_conda(facts, versions)
    return facts.gpu if there and wanted else None


def _hides_gpu(facts: Facts) -> bool:
    return facts.variables.get("CUDA_VISIBLE_DEVICES", "0").strip() in ("", "-1")


def _build(versions: "Versions") -> Optional[Build]:
    return next((build for build in BUILDS if versions.fits({"tensorflow": build.tensorflow})), None)


def _accepts(build: Build, cuda: str) -> bool:
    """Whether the libraries of a CUDA have the right names; of ``11`` alone it is taken that they may."""
    exact = f"=={cuda}" if "." in cuda else f"=={cuda}.*"
    found, accepted = interval(exact), interval(build.accepted)
    return found is not None and accepted is not None and found.meets(accepted)


# --- environment variables ---


def _keras_without_backend(facts: Facts, versions: "Versions") -> Fills:
    value = facts.variables.get("KERAS_BACKEND", "")
    package = _BACKENDS.get(value, "")
    missing = not package or (facts.complete and not versions.has(package))
    return _when(value not in ("", "tensorflow") and missing, value=value)


def _keras_on_another_backend(facts: Facts, versions: "Versions") -> Fills:
    value = facts.variables.get("KERAS_BACKEND", "")
    return _when(value in _BACKENDS and not _keras_without_backend(facts, versions), value=value)


def _legacy_keras(facts: Facts, _versions: "Versions") -> Fills:
    value = facts.variables.get("TF_USE_LEGACY_KERAS", "")
    return _when(value in ("1", "true", "True"), value=value)


def _protobuf_cpp(facts: Facts, _versions: "Versions") -> Fills:
    value = facts.variables.get("PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION", "")
    return _when(value not in ("", "python", "upb"), value=value)


MACHINE_CONDITIONS: Mapping[str, Callable[[Facts, "Versions"], Fills]] = {
    "published build": _published_build,
    "Rosetta": _rosetta,
    "Rosetta with a published build": _rosetta_with_published_build,
    "32-bit Python": _bits,
    "musl": _musl,
    "CUDA missing": _cuda_missing,
    "CUDA in packages alone": _cuda_in_packages_alone,
    "GPU on Windows": _gpu_on_windows,
    "GPU hidden": _gpu_hidden,
    "Keras without its backend": _keras_without_backend,
    "Keras on another backend": _keras_on_another_backend,
    "legacy Keras": _legacy_keras,
    "protobuf's cpp": _protobuf_cpp,
}
