"""report.html, and the page of compared runs, in a real browser: in both languages, light and dark, narrow and wide.

It needs chromium, node, and what scripts/browser-tools puts into .browser/; without them these tests are skipped.
"""

import shutil
from pathlib import Path

import pytest

from fcnn.jobs.report import _texts
from fcnn.report.comparison.chosen import find_runs
from fcnn.report.comparison.facts import compare
from fcnn.report.comparison.page import render as render_comparison
from fcnn.report.page.facts import read_facts
from fcnn.report.page.render import render

ROOT = Path(__file__).parents[2]
REPORTS = ("two", "two-zh", "many", "number")
PAGES = (*REPORTS, "compared", "compared-zh")
VIEWS = ("light 390", "light 1280", "dark 390", "dark 1280")
JUDGED = ("light 1280", "dark 390")
"""By axe: each colour and each width once."""


@pytest.fixture(scope="session")
def seen(browse, trained, changes, tmp_path_factory):
    """What the browser found; it is started once."""
    folder = tmp_path_factory.mktemp("browser")
    measured = folder / "measured"
    shutil.copytree(str(trained["two"]), str(measured), ignore=shutil.ignore_patterns("receipt.json"))
    changes["measured"](measured)
    changes["long"](measured)
    (measured / "plots" / "decision_surface.png").write_bytes((ROOT / "docs" / "pictures" / "network.png").read_bytes())
    pages = {}
    for name in REPORTS:
        language = "zh" if name.endswith("-zh") else "en"
        run = measured if name.startswith("two") else trained[name]
        pages[name] = str(folder / f"{name}.html")
        Path(pages[name]).write_text(render(read_facts(run), _texts(language), language), encoding="utf-8")
    comparison = compare(find_runs([str(trained["two"]), str(measured), str(trained["only"])]))
    for name in PAGES[len(REPORTS) :]:
        pages[name] = str(folder / f"{name}.html")
        texts = _texts("zh" if name.endswith("-zh") else "en")
        Path(pages[name]).write_text(render_comparison(comparison, texts), encoding="utf-8")
    return browse(Path(__file__).with_name("browser.js"), {"pages": pages})


@pytest.mark.parametrize("page", PAGES)
def test_the_page_asks_for_nothing_and_has_no_error(page, seen):
    assert seen["looks"][page]["said"] == [], "on the console"
    assert seen["looks"][page]["asked"] == [], "requests"


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("page", PAGES)
def test_the_page_fits_and_its_pictures_have_words(page, view, seen):
    found = seen["looks"][page]["views"][view]
    assert found["overflow"] <= 0, "it scrolls sideways"
    assert found["unnamed"] == 0, "pictures without words"
    assert found["clipped"] == [], "texts that leave their picture"


@pytest.mark.parametrize("view", JUDGED)
@pytest.mark.parametrize("page", PAGES)
def test_everybody_can_use_the_page(page, view, seen):
    found = seen["looks"][page]["views"][view]
    assert found["violations"] == [], "what axe finds serious"
    assert found["rules"] > 20, "axe looked at the page"


def test_a_table_is_sorted_by_the_keyboard(seen):
    order = seen["sorted"]
    assert sorted(order["before"]) == order["ascending"] != order["before"]
    assert order["ascending"][::-1] == order["descending"]
    assert (order["said"], order["saidThen"]) == ("ascending", "descending")


def test_the_page_is_complete_without_its_script(seen):
    assert seen["bare"]["buttons"] == 0
    assert seen["bare"]["rows"] > 30
