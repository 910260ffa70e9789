"""Ask pip-audit about the packages of each stack's lock; needs a network, and says so where it has none.

A hole is known where SECURITY.md names its package and version, as in `pillow 10.4.0`. Others end with exit code 1. A
package that pip-audit could not ask about is no package without holes: it alone would say "no known vulnerabilities".
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Dict, List, NamedTuple, Sequence, Tuple

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
STACKS = {"pinned": "3.8.18", "current": "3.11.9"}
"""The Python of each."""
LOCK = "requirements.lock"


class Hole(NamedTuple):
    """A known vulnerability of a package in a lock."""

    package: str
    """``pillow 10.4.0``"""
    names: Tuple[str, ...]
    """PYSEC-..., CVE-..., GHSA-..."""
    fixed: Tuple[str, ...]
    """The versions in which it is closed."""


def locked(text: str, python: str) -> List[str]:
    """``name==version`` of each package that a lock has for a Python on Linux."""
    environment = {
        "python_version": python.rpartition(".")[0],
        "python_full_version": python,
        "sys_platform": "linux",
        "platform_machine": "x86_64",
        "platform_system": "Linux",
        "os_name": "posix",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    found = []
    for line in re.findall(r"(?m)^([A-Za-z0-9][^\\\n#]*)", text):
        requirement = Requirement(line.strip())
        if requirement.marker is None or requirement.marker.evaluate(environment):
            found.append(f"{requirement.name}{requirement.specifier}")
    return found


def ask(requirements: Sequence[str]) -> Tuple[List[Hole], Dict[str, str]]:
    """The holes that are known, and the packages that could not be asked about, with the reason."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "requirements.txt")
        path.write_text("\n".join(requirements) + "\n", encoding="utf-8")
        options = ["--no-deps", "--disable-pip", "--progress-spinner", "off", "--format", "json"]
        command = [sys.executable, "-m", "pip_audit", *options, "-r", str(path)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return judge(done.stdout, done.stderr, requirements)


def judge(out: str, err: str, requirements: Sequence[str]) -> Tuple[List[Hole], Dict[str, str]]:
    """What pip-audit said, as :func:`ask` returns it."""
    try:
        answers = json.loads(out)["dependencies"]
    except (ValueError, KeyError, TypeError):
        lines = err.strip().splitlines() or ["pip-audit said nothing"]
        return [], dict.fromkeys(requirements, lines[-1][:200])
    holes, skipped = [], {}
    for answer in answers:
        if "skip_reason" in answer:
            skipped[answer["name"]] = answer["skip_reason"]
        for hole in answer.get("vulns", ()):
            package = f"{answer['name']} {answer['version']}"
            holes.append(Hole(package, (hole["id"], *hole.get("aliases", ())), tuple(hole["fix_versions"])))
    return holes, skipped


def report(stack: str, asked: int, holes: Sequence[Hole], skipped: Dict[str, str], known: str) -> bool:
    """Print what was found in a stack; whether there is a hole that SECURITY.md does not name."""
    new = [hole for hole in holes if f"`{hole.package}`" not in known]
    for package in sorted({hole.package for hole in holes} - {hole.package for hole in new}):
        count = sum(hole.package == package for hole in holes)
        print(f"{stack}: {package}: {count} known holes, see SECURITY.md")
    for hole in new:
        fixed = ", ".join(hole.fixed) or "no version yet"
        print(f"{stack}: {hole.package}: {', '.join(hole.names)}: NOT in SECURITY.md; fixed in {fixed}")
    if skipped:
        name, reason = next(iter(skipped.items()))
        print(f"{stack}: NOT AUDITED: {len(skipped)} of {asked} packages ({name}: {reason}); is there a network?")
    print(
        f"{stack}: {asked - len(skipped)} of {asked} packages audited, {len(new)} holes that SECURITY.md does not name"
    )
    return bool(new)


def main() -> int:
    """Audit each stack."""
    text = (ROOT / LOCK).read_text(encoding="utf-8")
    known = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    found = False
    for stack, python in STACKS.items():
        requirements = locked(text, python)
        holes, skipped = ask(requirements)
        found |= report(stack, len(requirements), holes, skipped, known)
    return int(found)


if __name__ == "__main__":
    raise SystemExit(main())
