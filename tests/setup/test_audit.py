"""scripts/audit: which packages are asked about, and what is made of the answers; no network is needed."""

import importlib.util
import json
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_spec = importlib.util.spec_from_file_location("audit", str(ROOT / "scripts" / "audit.py"))
audit = importlib.util.module_from_spec(_spec)
sys.modules["audit"] = audit
_spec.loader.exec_module(audit)

LOCK = """\
# made by a tool
numpy==1.19.5 ; python_full_version < '3.9' and sys_platform == 'linux' \\
    --hash=sha256:1
numpy==2.4.6 ; python_full_version >= '3.11' and sys_platform == 'linux' \\
    --hash=sha256:2
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:3
click==8.1.8 \\
    --hash=sha256:4
    # via fcnn
"""


@pytest.mark.parametrize(
    ("python", "expected"),
    [("3.8.18", ["numpy==1.19.5", "click==8.1.8"]), ("3.11.9", ["numpy==2.4.6", "click==8.1.8"])],
)
def test_each_stack_is_asked_about_its_own_packages(python, expected):
    assert audit.locked(LOCK, python) == expected


def test_the_lock_names_many_packages_for_each_stack():
    text = (ROOT / audit.LOCK).read_text(encoding="utf-8")
    pinned, current = (audit.locked(text, python) for python in audit.STACKS.values())
    assert {"tensorflow==2.4.0", "waitress==3.0.0"} <= {*pinned}
    assert any(name.startswith("tensorflow==2.21") for name in current)
    assert min(len(pinned), len(current)) > 50
    assert len({name.partition("==")[0] for name in pinned}) == len(pinned)


def test_what_security_md_says_of_packages_is_what_the_lock_has():
    named = re.findall(r"`([a-z0-9-]+) ([0-9.]+)`", (ROOT / "SECURITY.md").read_text(encoding="utf-8"))
    pinned = audit.locked((ROOT / audit.LOCK).read_text(encoding="utf-8"), audit.STACKS["pinned"])
    assert len(named) >= 10
    assert [f"{name}=={version}" for name, version in named if f"{name}=={version}" not in pinned] == []


HOLE = {"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["2.0"]}
ANSWER = json.dumps(
    {
        "dependencies": [
            {"name": "pillow", "version": "10.4.0", "vulns": [HOLE]},
            {"name": "click", "version": "8.1.8", "vulns": [HOLE]},
            {"name": "six", "skip_reason": "not found"},
        ]
    }
)


def test_a_hole_that_security_md_does_not_name_fails_and_what_was_not_asked_is_said(capsys):
    holes, skipped = audit.judge(ANSWER, "", ["pillow==10.4.0", "click==8.1.8", "six==1"])
    assert audit.report("pinned", 3, holes, skipped, "| `pillow 10.4.0` | parsers |")
    assert capsys.readouterr().out.splitlines() == [
        "pinned: pillow 10.4.0: 1 known holes, see SECURITY.md",
        "pinned: click 8.1.8: PYSEC-1, CVE-1: NOT in SECURITY.md; fixed in 2.0",
        "pinned: NOT AUDITED: 1 of 3 packages (six: not found); is there a network?",
        "pinned: 2 of 3 packages audited, 1 holes that SECURITY.md does not name",
    ]
    assert not audit.report("pinned", 3, holes, {}, "`pillow 10.4.0` `click 8.1.8`")


def test_without_a_network_nothing_counts_as_audited():
    holes, skipped = audit.judge("", "ERROR: connection refused\n", ["a==1", "b==2"])
    assert (holes, skipped) == ([], {"a==1": "ERROR: connection refused", "b==2": "ERROR: connection refused"})
