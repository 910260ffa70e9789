"""Whether a rule speaks of an environment: version ranges against the versions found."""

from functools import lru_cache
from typing import Dict, Mapping, Optional, Tuple

from packaging.specifiers import SpecifierSet
from packaging.version import InvalidVersion, Version

from fcnn.environment.facts import Facts
from fcnn.environment.rules import Remedy, Rule

TENSORFLOW_NAMES = (
    "tensorflow",
    "tensorflow-cpu",
    "tensorflow-gpu",
    "tensorflow-intel",
    "tensorflow-macos",
    "tensorflow-rocm",
    "tensorflow-cpu-aws",
    "tf-nightly",
    "tf-nightly-cpu",
    "tf-nightly-gpu",
    "tf-nightly-intel",
    "tf-nightly-macos",
)
"""The names under which the module `tensorflow` is installed; where several are there, the first counts."""

_X86 = ("x86_64", "amd64", "i386", "i686", "x86")


class Versions:
    """The versions of one environment as rules see them.

    ``tensorflow`` is TensorFlow under any of its names, ``python`` is Python itself, and a pre-release counts
    as the release it leads to: 2.4.0rc1 and 2.4.0.dev20201023 break as 2.4.0 does, while by the letter
    neither
    ``<2.4`` nor ``>=2.4`` would contain them.
    """

    def __init__(self, facts: Facts) -> None:
        """Take the versions out of `facts`."""
        self.found: Dict[str, str] = {"python": facts.python, **facts.packages}
        self.distribution = next((name for name in TENSORFLOW_NAMES if name in facts.packages), "")
        """The name under which TensorFlow is installed; empty where it is not."""
        if self.distribution:
            self.found["tensorflow"] = facts.packages[self.distribution]

    def fits(self, when: Mapping[str, str]) -> bool:
        """Whether every package of `when` is there in a version of its range."""
        return all(name in self.found for name in when) and all(
            self._within(name, versions) for name, versions in when.items()
        )

    def has(self, name: str) -> bool:
        """Whether a package is there, in whatever version."""
        return name in self.found

    def fill(self, text: str) -> str:
        """Put versions into a text of the tables: ``{numpy}``, ``{line}``, ``{distribution}``."""
        if "{" not in text:
            return text
        return text.format_map({**self._lines(), "distribution": self.distribution, **self.found})

    def _within(self, name: str, versions: str) -> bool:
        if not versions:
            return True
        if "{" in versions and not self._lines():
            return False  # the range is relative to a TensorFlow whose version is no version
        version = base_version(self.found[name])
        return version is not None and version in _range(self.fill(versions))

    def _lines(self) -> Dict[str, str]:
        tensorflow = base_version(self.found.get("tensorflow", ""))
        if tensorflow is None:
            return {}
        return {
            "line": f"{tensorflow.major}.{tensorflow.minor}",
            "next_line": f"{tensorflow.major}.{tensorflow.minor + 1}",
        }


def speaks(rule: Rule, facts: Facts, versions: Versions) -> bool:
    """Whether `rule` speaks of the environment."""
    return (
        _in_scope(rule, facts)
        and versions.fits(rule.when)
        and (not rule.absent or (facts.complete and not any(map(versions.has, rule.absent))))
        and (not rule.lacks or _processor_lacks(rule.lacks, facts))
        and all(facts.variables.get(name, "").lower() == value for name, value in rule.variables.items())
    )


def find_remedy(package: str, versions: Versions, remedies: Tuple[Remedy, ...]) -> Remedy:
    """The remedy for `package` beside what else is there, with versions filled in.

    `package` may be a whole requirement (``pandas==1.3.5``), which is its own remedy.

    Raises:
        LookupError: No remedy of that package fits: the table of remedies has a hole.
    """
    for sign in ("==", ">="):
        name, found, version = package.partition(sign)
        if found:
            return Remedy(name, package, version.replace(".*", ".0"))
    for remedy in remedies:
        if remedy.package == package and versions.fits(remedy.when):
            return Remedy(package, versions.fill(remedy.requirement), versions.fill(remedy.gives))
    raise LookupError(f"no remedy for {package}")


@lru_cache(maxsize=1024)
def base_version(text: str) -> Optional[Version]:
    """The release that a version belongs to, or None where the text is no version."""
    try:
        return Version(Version(text).base_version)
    except InvalidVersion:
        return None


@lru_cache(maxsize=1024)
def _range(text: str) -> SpecifierSet:
    return SpecifierSet(text, prereleases=True)


def _in_scope(rule: Rule, facts: Facts) -> bool:
    return {
        "any": True,
        "fcnn": facts.for_fcnn,
        "other": not facts.for_fcnn,
        "plan": not facts.complete,
    }[rule.scope]


def _processor_lacks(flag: str, facts: Facts) -> bool:
    known_x86 = facts.cpu_flags is not None and facts.machine.lower() in _X86
    return known_x86 and flag not in (facts.cpu_flags or ())
