"""The documentation says what happens with awkward files; see scripts/corpus_table.py."""

import importlib.util
import os
from pathlib import Path

import pytest

from .cases import BY_KIND
from .running import outcome

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="some of the files are those of POSIX")


@pytest.fixture(scope="module")
def corpus_table():
    spec = importlib.util.spec_from_file_location("corpus_table", ROOT / "scripts" / "corpus_table.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_awkward_files_is_what_happens(corpus_table):
    page = (ROOT / corpus_table.PAGE).read_text(encoding="utf-8")
    assert page.splitlines() == corpus_table.page(BY_KIND, outcome).splitlines(), "run scripts/make-docs"


def test_the_table_of_the_readme_is_what_happens(corpus_table):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = corpus_table.readme_table(BY_KIND, outcome)
    assert corpus_table.with_table(readme, table) == readme, "run scripts/make-docs"
    assert 25 <= len(table.splitlines()) - 2 <= 40


def test_errors_lead_and_details_follow(corpus_table):
    err = (
        "warning: a: doubtful\n  hint: think\nerror: b: wrong | bad\n  expected: x\n  received: y\n  hint: z\nnote: c\n"
    )
    lines = corpus_table._first_lines(err)
    assert lines == "`` b: wrong \\| bad ``<br>`` received: y ``"
    assert corpus_table._first_lines(err, "received") == "`` b: wrong \\| bad ``<br>`` ... ``"
    assert (
        corpus_table._first_lines("warning: a: doubtful\n  hint: think\n") == "`` a: doubtful ``<br>`` hint: think ``"
    )
    assert corpus_table._first_lines("") == ""
