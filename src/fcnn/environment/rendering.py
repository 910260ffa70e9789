"""A verdict as text for people and as a JSON document for programs."""

from dataclasses import asdict
from typing import Dict, List, Tuple

from fcnn.environment.facts import Facts
from fcnn.environment.matching import TENSORFLOW_NAMES, Versions
from fcnn.environment.verdict import Finding, Verdict

_SECTIONS: Tuple[Tuple[str, Tuple[str, ...]], ...] = (
    ("Python", ("python",)),
    (
        "TensorFlow stack",
        (
            "tensorflow",
            "keras",
            "tf-keras",
            "keras-nightly",
            "numpy",
            "protobuf",
            "h5py",
            "gast",
            "ml-dtypes",
        ),
    ),
    ("Scientific stack", ("pandas", "scikit-learn", "scipy", "matplotlib", "pillow")),
)
_SHOWN_WHERE_ABSENT = ("tensorflow", "numpy", "pandas", "scikit-learn", "matplotlib")
_MARKS = {"ok": ("✓", "+"), "error": ("✗", "x"), "warning": ("!", "!"), "note": ("·", "-")}
_CPU_FLAGS_TOLD = ("avx", "avx2", "fma", "avx512f")


def render_text(verdict: Verdict, facts: Facts, encoding: str = "utf-8") -> str:
    """Write the verdict as text, without a final newline.

    Args:
        verdict: The judgement.
        facts: What was judged.
        encoding: That of the console: what it cannot hold is written in ASCII.
    """
    lines = [*_sections(verdict, facts), "", *_summary(verdict)]
    return "\n".join(_in_encoding(lines, encoding))


def render_json(verdict: Verdict, facts: Facts) -> str:
    """Write the verdict as one JSON document, in ASCII."""
    import json  # here, because the guard of every command loads this module and never needs it

    return json.dumps(as_document(verdict, facts), indent=2)


def as_document(verdict: Verdict, facts: Facts) -> Dict[str, object]:
    """The verdict as what `check-env --json` promises, in types that JSON has."""
    flags = None if facts.cpu_flags is None else [flag for flag in _CPU_FLAGS_TOLD if flag in facts.cpu_flags]
    return {
        "verdict": verdict.verdict,
        "findings": [asdict(finding) for finding in verdict.findings],
        "fix": list(verdict.fix),
        "environment": {
            "stack": verdict.stack,
            "python": facts.python,
            "implementation": facts.implementation,
            "system": facts.system,
            "machine": facts.machine,
            "cpu_flags": flags,
            "prefix": facts.prefix,
            "executable": facts.executable,
            "virtual_environment": facts.in_virtual_environment,
            "installer": facts.installer,
            "variables": dict(facts.variables),
            "packages": dict(facts.packages),
        },
    }


def _sections(verdict: Verdict, facts: Facts) -> List[str]:
    versions = Versions(facts)
    shown = [name for _, names in _SECTIONS for name in names]
    place = dict.fromkeys(TENSORFLOW_NAMES, "tensorflow")
    by_package: Dict[str, List[Finding]] = {}
    for finding in verdict.findings:
        by_package.setdefault(place.get(finding.package, finding.package), []).append(finding)
    lines: List[str] = []
    for title, names in _SECTIONS:
        lines += [title] if title == "Python" else ["", title]
        for name in names:
            if versions.has(name):
                label = versions.distribution if name == "tensorflow" else name
                text = f"{label} {versions.found[name]}" if name != "python" else _python(facts)
            elif name in by_package or (name in _SHOWN_WHERE_ABSENT and facts.complete):
                text = f"{name} is not installed"
            else:
                continue
            lines += _item(text, by_package.get(name, []), absent=not versions.has(name))
    others = [name for name in by_package if name not in shown]
    if others:
        lines += ["", "Other packages"]
        for name in others:
            text = f"{name} {versions.found[name]}" if versions.has(name) else f"{name} is not installed"
            lines += _item(text, by_package[name])
    return [*lines, "", "Machine", *_item(_machine(facts), [])]


def _python(facts: Facts) -> str:
    kind = f"{facts.installer} environment" if facts.in_virtual_environment else "not in an environment of its own"
    place = f", {kind}: {facts.prefix}" if facts.prefix else ""
    return f"Python {facts.python} ({facts.implementation}){place}"


def _machine(facts: Facts) -> str:
    parts = [f"{facts.system} {facts.machine}"]
    if facts.cpu_flags is not None:
        parts += [flag for flag in _CPU_FLAGS_TOLD if flag in facts.cpu_flags]
    parts += [f"{name}={value}" for name, value in sorted(facts.variables.items()) if _changes_tensorflow(name)]
    return ", ".join(parts)


def _changes_tensorflow(name: str) -> bool:
    return name.startswith(("TF_", "KERAS_", "PROTOCOL_BUFFERS_"))


def _item(text: str, findings: List[Finding], absent: bool = False) -> List[str]:
    grave = findings[0].severity if findings else "note" if absent else "ok"
    lines = [f"  <{grave}> {text}"]
    for finding in findings:
        lines.append(f"      {finding.rule} {finding.severity}: {finding.why}.")
        lines += [f"      symptom: {line}" for line in finding.symptom.splitlines()]
        if finding.fix:
            lines.append(f"      fix: {finding.fix}")
    return lines


def _summary(verdict: Verdict) -> List[str]:
    counts = []
    for severity in ("error", "warning", "note"):
        number = sum(finding.severity == severity for finding in verdict.findings)
        if number:
            counts.append(f"{number} {severity}{'s' if number > 1 else ''}")
    stack = f"the {verdict.stack} stack" if verdict.stack != "other" else "neither the pinned nor the current stack"
    lines = [f"Verdict: {verdict.verdict} ({', '.join(counts) or 'nothing found'}); this is {stack}."]
    if verdict.fix:
        lines += ["To repair all of it:", *(f"  {step}" for step in verdict.fix)]
    return lines


def _in_encoding(lines: List[str], encoding: str) -> List[str]:
    """Put the marks in, and replace what `encoding` cannot hold."""
    try:
        "".join(nice for nice, _ in _MARKS.values()).encode(encoding)
        column = 0
    except (LookupError, UnicodeEncodeError):
        column = 1
    marked = []
    for line in lines:
        for severity, marks in _MARKS.items():
            if line.startswith(f"  <{severity}> "):
                line = line.replace(f"<{severity}>", marks[column], 1)
                break
        marked.append(_writable(line, encoding))
    return marked


def _writable(line: str, encoding: str) -> str:
    try:
        return line.encode(encoding, "backslashreplace").decode(encoding)
    except LookupError:  # a console whose encoding Python does not know
        return line.encode("ascii", "backslashreplace").decode("ascii")
