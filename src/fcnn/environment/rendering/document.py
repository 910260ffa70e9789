"""A verdict as a JSON document for programs; always in English."""

import json
from typing import Dict

from fcnn.environment.facts import Facts
from fcnn.environment.rendering.overview import cpu
from fcnn.environment.verdict import Finding, Verdict

SCHEMA = 1
"""The number of the document's shape: raised when a key is taken away or means something else."""


def render_json(verdict: Verdict, facts: Facts) -> str:
    """Write the verdict as one JSON document, in ASCII."""
    return json.dumps(as_document(verdict, facts), indent=2)


def as_document(verdict: Verdict, facts: Facts) -> Dict[str, object]:
    """The verdict as what `check-env --json` promises, in types that JSON has."""
    return {
        "schema": SCHEMA,
        "verdict": verdict.verdict,
        "findings": [finding_document(finding) for finding in verdict.findings],
        "fix": list(verdict.fix),
        "remaining": [finding_document(finding) for finding in verdict.remaining],
        "environment": environment_document(verdict, facts),
    }


def finding_document(finding: Finding) -> Dict[str, str]:
    """One finding as a JSON object."""
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "package": finding.package,
        "found": finding.found,
        "wanted": finding.wanted,
        "why": finding.why,
        "symptom": finding.symptom,
        "fix": finding.fix,
    }


def environment_document(verdict: Verdict, facts: Facts) -> Dict[str, object]:
    """What was judged as a JSON object."""
    gpu = facts.gpu
    return {
        "kind": facts.kind,
        "source": facts.source,
        "stack": verdict.stack,
        "python": facts.python,
        "python_from": facts.python_from,
        "implementation": facts.implementation,
        "bits": facts.bits,
        "system": facts.system,
        "machine": facts.machine,
        "translated": facts.translated,
        "libc": facts.libc,
        "cpu_flags": None if facts.cpu_flags is None else cpu(facts),
        "gpu": None if gpu is None else {"driver": gpu.driver, "cuda": list(gpu.cuda), "cudnn": list(gpu.cudnn)},
        "prefix": facts.prefix,
        "executable": facts.executable,
        "virtual_environment": facts.in_virtual_environment,
        "installer": facts.installer,
        "variables": dict(facts.variables),
        "working_folder": facts.working_folder,
        "shadows": dict(facts.shadows),
        "packages": dict(facts.packages),
        "ranges": dict(facts.ranges),
        "lines": dict(facts.lines),
        "complete": facts.complete,
        "duplicates": {name: list(versions) for name, versions in facts.duplicates.items()},
        "hidden": {name: hidden._asdict() for name, hidden in facts.hidden.items()},
        "missing_files": {name: missing._asdict() for name, missing in facts.missing_files.items()},
        "owners": {module: list(names) for module, names in facts.owners.items()},
        "leftovers": list(facts.leftovers),
        "unreadable": list(facts.unreadable),
    }
