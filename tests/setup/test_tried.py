"""scripts/make-tried: the READMEs' table is what was counted, and only what passed counts; nothing is tried here."""

import importlib.util
import json
import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
JUNIT = """<testsuites><testsuite>
<testcase name="test_a[x]"/><testcase name="test_a[y]"/>
<testcase name="test_a[z]"><failure message="no"/></testcase>
<testcase name="test_b"><skipped/></testcase>
</testsuite></testsuites>"""


@pytest.fixture(scope="module")
def make_tried():
    spec = importlib.util.spec_from_file_location("make_tried", ROOT / "scripts" / "make_tried.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_only_cases_that_passed_count(make_tried) -> None:
    assert make_tried.passes(JUNIT) == {"test_a": 2, "test_b": 0}


def test_the_tests_that_are_counted_are_there(make_tried) -> None:
    for row in make_tried.ROWS.values():
        file, _, function = row.tests.partition("::")
        assert not file or f"def {function}(" in (ROOT / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_table_of_a_readme_is_what_was_counted(make_tried, readme: str) -> None:
    found = json.loads((ROOT / make_tried.COUNTED).read_text(encoding="utf-8"))
    assert [list(found[stack]["counts"]) for stack in make_tried.STACKS] == [list(make_tried.ROWS)] * 2
    assert all(count > 0 for stack in make_tried.STACKS for count in found[stack]["counts"].values())
    text = (ROOT / readme).read_text(encoding="utf-8")
    assert make_tried.with_table(text, make_tried.table(readme, found)) == text, "run scripts/make-tried"


@pytest.mark.skipif(os.name == "nt", reason="scripts of POSIX")
def test_what_fails_ends_it(make_tried, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(make_tried, "ROOT", tmp_path)
    (tmp_path / "scripts").mkdir()
    script = tmp_path / "scripts" / "test"
    script.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    script.chmod(0o755)
    with pytest.raises(SystemExit, match="scripts/test failed on the pinned stack: nothing was written"):
        make_tried.main([])
    assert [path.name for path in tmp_path.iterdir()] == ["scripts"]
