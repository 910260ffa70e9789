"""Every awkward input of the corpus: it works with these numbers, or ends with this code and these words.

The documentation says the same; both are looked at here, since each input is run once in a process.
"""

import fnmatch
import importlib.util
import os
import re
from pathlib import Path

import numpy as np
import pytest

from .case import Fails, Works
from .cases import BY_KIND
from .running import cells_of, outcome, targets_of

ROOT = Path(__file__).resolve().parents[2]
POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
PLACES = re.compile(
    r"error: (\S+\.(csv|tsv|gz|zip|parquet|xlsx?|ya?ml|npz|json)\b|column '|data\.|override '|run|training)"
)
"""What says where a mistake is."""


ALL = [
    pytest.param(case, id=f"{kind}: {case.id}", marks=[POSIX] if case.posix else [])
    for kind, cases in BY_KIND.items()
    for case in cases
]


@pytest.mark.parametrize("case", ALL)
def test_an_awkward_input(case):
    found = outcome(case)
    if isinstance(case.expect, Fails):
        _check_failure(case.expect, found)
    else:
        assert found.code == 0, found.err
        _check_work(case.expect, found)


def _check_failure(expect, found):
    assert (found.code, found.out) == (expect.code, ""), found.err
    assert [words for words in expect.said if words not in found.err] == [], found.err
    assert [words for words in expect.unsaid if words in found.err] == [], found.err
    lines = found.err.splitlines()
    assert lines[0].startswith(("error: ", "warning: ", "note: "))
    first = next(line for line in lines if line.startswith("error: "))
    assert PLACES.match(first) or any(word in first for word in expect.said), first
    assert "Traceback" not in found.err
    assert len(found.err) < 4000, "nobody reads that much"
    if not expect.plain:
        assert any(line.startswith(("  hint:", "  expected:")) for line in lines), found.err
    assert found.left == {}


def _check_work(expect, found):
    assert [words for words in expect.said if words not in found.err] == [], found.err
    assert [words for words in expect.printed if words not in found.out] == [], found.out
    warnings = [line for line in found.err.splitlines() if line.startswith("warning:")]
    assert [line for line in warnings if not any(words in line for words in expect.said)] == []
    if found.dataset is None and expect.rows is not None:
        assert len(found.out.splitlines()) - 1 == expect.rows
    for pattern, words in expect.written.items():
        (path,) = fnmatch.filter(found.left, pattern)
        assert [word for word in words if word not in found.left[path]] == []
    if found.dataset is not None:
        assert found.left == {}
        _check_data(expect, found)


def _check_data(expect, found):
    dataset = found.dataset
    cells, states = cells_of(dataset), {state.name: state for state in dataset.preprocessing.columns}
    for name, values in expect.cells.items():
        assert same(cells[name], values), cells[name][: len(values)]
    kinds = {name: type(state).__name__.lower() for name, state in states.items()}
    assert {name: kinds.get(name, "left out") for name in expect.types} == dict(expect.types)
    if expect.features is not None:
        assert dataset.preprocessing.feature_names == list(expect.features)
    if expect.target is not None:
        assert same(targets_of(dataset), expect.target)
    if expect.classes is not None:
        assert list(dataset.target.classes) == list(expect.classes)
    if expect.rows is not None:
        assert dataset.rows["read"] == expect.rows
    if expect.parts is not None:
        assert {name: len(part.rows) for name, part in dataset.parts.items()} == dict(expect.parts)
    if expect.encoding is not None:
        assert found.encoding == expect.encoding


def same(found, wanted):
    """Whether the first cells are these: numbers and days as near as float32 holds them beside the others."""
    room = 2e-6 * max([1e-9, *(abs(cell) for cell in found if isinstance(cell, float))])
    return len(found) >= len(wanted) and all(_alike(cell, value, room) for cell, value in zip(found, wanted))


def _alike(cell, value, room):
    if isinstance(cell, float) and isinstance(value, str):
        value = np.datetime64(value, "s").astype(np.int64) / 86400
    if isinstance(cell, float) and value is not None:
        return abs(cell - value) <= room
    return cell is value or (cell == value and type(cell) is type(value))


def test_the_corpus_is_large_and_each_case_has_a_name_of_its_own():
    for kind, cases in BY_KIND.items():
        names = [case.id for case in cases]
        assert len(set(names)) == len(names), kind
    assert sum(map(len, BY_KIND.values())) >= 220


def test_errors_and_what_works_are_both_there():
    cases = [case for cases in BY_KIND.values() for case in cases]
    assert min(sum(isinstance(case.expect, kind) for case in cases) for kind in (Works, Fails)) >= 100


# --- the documentation; see scripts/corpus_table.py -----------------------------------------------------------------


@pytest.fixture(scope="module")
def corpus_table():
    spec = importlib.util.spec_from_file_location("corpus_table", ROOT / "scripts" / "corpus_table.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@POSIX
def test_the_page_of_awkward_files_is_what_happens(corpus_table):
    page = (ROOT / corpus_table.PAGE).read_text(encoding="utf-8")
    assert page.splitlines() == corpus_table.page(BY_KIND, outcome).splitlines(), "run scripts/make-docs"


@POSIX
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
