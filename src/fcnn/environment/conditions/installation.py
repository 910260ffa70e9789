"""Conditions on how an environment was put together: twins, missing files, leftovers, hidden versions."""

import re
import shlex
from typing import TYPE_CHECKING, Callable, Dict, Iterator, List, Mapping, Sequence, Tuple

from fcnn.environment.facts import Facts
from fcnn.environment.names import STACK_NAMES, TENSORFLOW_NAMES

if TYPE_CHECKING:
    from fcnn.environment.matching import Versions

Fills = Sequence[Mapping[str, str]]

_TWINS = ("tensorflow", "tensorflow-cpu", "tensorflow-gpu", "tensorflow-rocm", "tf-nightly", "tf-nightly-cpu")
"""Packages that bring the module `tensorflow` themselves, on Linux."""
_BEHIND = ("tensorflow-intel", "tensorflow-macos", "tensorflow-cpu-aws", "tf-nightly-intel", "tf-nightly-macos")
"""What TensorFlow is published as for Windows, macOS and ARM: `tensorflow` is then empty and requires it."""
_CORE = (*TENSORFLOW_NAMES, "keras", "keras-nightly", "numpy", "protobuf")
_MANY = 10
"""One file of so many is enough to take the package for gone."""
_TOLD = 5


# --- several packages that own one module ---


def twins(facts: Facts, versions: "Versions") -> Fills:
    """Each package beside the one that counts, where both own the same module."""
    return list(_twins(facts, versions))


def twins_in_conda(facts: Facts, versions: "Versions") -> Fills:
    """The same where conda is the installer: one of them is then pip's, and each must be removed by its own."""
    return list(_twins(facts, versions)) if facts.installer == "conda" else []


def _twins(facts: Facts, versions: "Versions") -> Iterator[Mapping[str, str]]:
    for module, names in _owners(facts).items():
        if module == "keras" and versions.fits({"tensorflow": ">=2.5,<2.6"}):
            continue  # R19 knows what breaks there
        kept = versions.distribution if versions.distribution in names else names[0]
        for other in names:
            if other != kept:
                pair = [f"{name} {facts.packages.get(name, '')}".strip() for name in (kept, other)]
                yield {
                    "module": module,
                    "kept": kept,
                    "other": other,
                    "found": ", ".join(pair),
                    "remove": _line((facts.executable or "python", "-m", "pip", "uninstall", "-y", other), facts),
                    "again": _line((*facts.install_command, "--force-reinstall", kept), facts),
                }


def _owners(facts: Facts) -> Mapping[str, Tuple[str, ...]]:
    if facts.kind not in ("freeze", "requirements"):
        return facts.owners
    listed = {**facts.ranges, **facts.packages}
    names = tuple(name for name in _TWINS if name in listed)
    return {"tensorflow": names} if len(names) > 1 and not any(name in listed for name in _BEHIND) else {}


def tf_keras_pinned(facts: Facts, versions: "Versions") -> Fills:
    """The version of tf-keras is told; of one left open an installer takes what suits TensorFlow."""
    return [{}] if "tf-keras" in facts.packages else []


def other_intel_on_windows(facts: Facts, versions: "Versions") -> Fills:
    """Tensorflow beside a tensorflow-intel of another version, where the module is that of tensorflow-intel."""
    return [{}] if _other_intel(facts) and facts.system.lower() == "windows" else []


def other_intel_elsewhere(facts: Facts, versions: "Versions") -> Fills:
    """The same where tensorflow-intel has no wheels."""
    return [{}] if _other_intel(facts) and facts.system.lower() != "windows" else []


def _other_intel(facts: Facts) -> bool:
    found = [facts.packages.get(name, "") for name in ("tensorflow", "tensorflow-intel")]
    return all(found) and found[0] != found[1]


# --- files ---


def core_files_missing(facts: Facts, versions: "Versions") -> Fills:
    """TensorFlow, Keras, NumPy or protobuf without files that they cannot be imported without."""
    return [fills for grave, fills in _incomplete(facts) if grave]


def files_missing(facts: Facts, versions: "Versions") -> Fills:
    """Other packages of which files are gone, and these where it is a few files somewhere inside."""
    return [fills for grave, fills in _incomplete(facts) if not grave]


def _incomplete(facts: Facts) -> Iterator[Tuple[bool, Mapping[str, str]]]:
    for name, gone in facts.missing_files.items():
        whole = name == "numpy" or gone.first.count("/") <= 1 or gone.missing * _MANY >= gone.total
        yield (
            name in _CORE and whole,
            {"name": name, "missing": str(gone.missing), "total": str(gone.total), "first": gone.first},
        )


def interrupted_uninstalls(facts: Facts, versions: "Versions") -> Fills:
    """What pip renamed to ``~...`` while it replaced a package, and never removed."""
    return _left(facts, [path for path in facts.leftovers if _last(path).startswith("~")])


def empty_metadata(facts: Facts, versions: "Versions") -> Fills:
    """Metadata folders without metadata."""
    return _left(facts, [path for path in facts.leftovers if not _last(path).startswith("~")])


def unreadable_metadata(facts: Facts, versions: "Versions") -> Fills:
    """Metadata that is damaged or not ours to read."""
    return [{"files": some(facts.unreadable)}] if facts.unreadable else []


def _left(facts: Facts, paths: List[str]) -> Fills:
    if not paths:
        return []
    return [{"paths": some(list(map(_last, paths))), "found": "", "command": _removal(paths, facts.shell)}]


# --- several versions of one package ---


def duplicated_metadata(facts: Facts, versions: "Versions") -> Fills:
    """Packages with metadata of two versions in one folder."""
    return [] if facts.installer == "conda" else list(_duplicated(facts, by_conda=False))


def mixed_conda_and_pip(facts: Facts, versions: "Versions") -> Fills:
    """Packages that conda and pip installed into one folder, the one over the other."""
    return list(_duplicated(facts, by_conda=True))


def replaced_in_conda(facts: Facts, versions: "Versions") -> Fills:
    """Packages that pip replaced while conda's own records still have its version."""
    return [
        {"name": name, "conda": facts.conda_packages[name], "found": facts.packages[name]}
        for name in STACK_NAMES
        if name in facts.conda_packages
        and name in facts.packages
        and facts.conda_packages[name] != facts.packages[name]
        and facts.installers.get(name) in ("pip", "uv")
        and name not in facts.duplicates
    ]


def _duplicated(facts: Facts, by_conda: bool) -> Iterator[Mapping[str, str]]:
    for name, both in facts.duplicates.items():
        # Two folders that tell the same version mislead nobody; Debian has some.
        if len(set(both)) > 1 and by_conda == (name in facts.conda_packages or facts.installer == "conda"):
            pip = (facts.executable or "python", "-m", "pip", "uninstall", "-y", name)
            again = ("conda", "install", "--prefix", facts.prefix, "--force-reinstall", name)
            yield {
                "name": name,
                "versions": ", ".join(dict.fromkeys(both)),
                "found": ", ".join(dict.fromkeys(both)),
                "remove": _line(pip, facts),
                "again": _line(again, facts),
            }


# --- texts ---


def _last(path: str) -> str:
    return re.split(r"[/\\]", path)[-1]


def some(names: Sequence[str]) -> str:
    """The first few of many names."""
    return ", ".join(names[:_TOLD]) + (", ..." if len(names) > _TOLD else "")


def _line(words: Sequence[str], facts: Facts) -> str:
    from fcnn.environment.repair import command_line  # here, because it imports the conditions

    return command_line(words, facts.shell)


def _removal(paths: Sequence[str], shell: str) -> str:
    """The command that deletes files and folders."""
    if shell == "sh":
        return "rm -r " + " ".join(map(shlex.quote, paths))
    if shell == "powershell":
        return "Remove-Item -Recurse -LiteralPath " + ", ".join(
            "'{}'".format(path.replace("'", "''")) for path in paths
        )
    return "rmdir /s /q " + " ".join(f'"{path}"' for path in paths)


INSTALLATION_CONDITIONS: Dict[str, Callable[[Facts, "Versions"], Fills]] = {
    condition.__name__: condition
    for condition in (
        twins,
        twins_in_conda,
        tf_keras_pinned,
        other_intel_on_windows,
        other_intel_elsewhere,
        core_files_missing,
        files_missing,
        interrupted_uninstalls,
        empty_metadata,
        unreadable_metadata,
        duplicated_metadata,
        mixed_conda_and_pip,
        replaced_in_conda,
    )
}
