"""The page of the server in a real browser: by keyboard alone, in both languages, light and dark, narrow and wide.

It needs chromium, node, and what scripts/browser-tools puts into .browser/; without them these tests are skipped.
"""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

import os
import threading
from pathlib import Path

import pytest

from fcnn.serve.app import create_app
from fcnn.serve.server import Server
from fcnn.serve.settings import Settings

TOKEN = "a token that is long enough".replace(" ", "-")
VIEWS = ("light 390", "light 1280", "dark 390", "dark 1280")
PAGES = ("english", "chinese", "number")
CSV = "size,share,colour,sold,member\n51,0.5,red,2020-05-17,yes\n,0.25,blue,2021-01-01,no\n"
ROW = "48,5\t0,25\tblue\t17.05.2021\tno"
NAMED = "member\tkind\tsize\nyes\tlarge\t61"
ROWS = "\n".join(["size\tshare\tcolour\tsold\tmember", ROW, ROW, ROW])


@pytest.fixture(scope="module")
def seen(browse, opened):
    """What the browser found; it is started once."""
    servers = [Server(create_app(opened, each), each) for each in (Settings(port=0), Settings(port=0, token=TOKEN))]
    threads = [threading.Thread(target=server.run) for server in servers]
    for thread in threads:
        thread.start()
    address = servers[0].address
    job = {
        "pages": {
            "english": [address, "en-GB", CSV],
            "chinese": [address, "zh-CN", CSV],
            "number": [f"{address}runs/line/", "en-GB", "x\n0.5\n"],
        },
        "open": address,
        "closed": servers[1].address,
        "row": ROW,
        "named": NAMED,
        "rows": ROWS,
        "token": TOKEN,
        "pictures": os.environ.get("FCNN_PICTURES", ""),
    }
    try:
        return browse(Path(__file__).with_name("browser.js"), job)
    finally:
        for server, thread in zip(servers, threads):
            server.stop()
            thread.join()


@pytest.mark.parametrize("page", PAGES)
def test_the_page_asks_its_own_server_only_and_has_no_error(page, seen):
    assert seen[page]["said"] == [], "on the console"
    assert {address.split("/")[2].split(":")[0] for address in seen[page]["asked"] if "://" in address} == {"127.0.0.1"}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("page", PAGES)
def test_everybody_can_use_the_page(page, view, seen):
    found = seen[page]["views"][view]
    assert found["violations"] == []
    assert found["rules"] > 20, "axe looked at the page"
    assert found["overflow"] <= 0, "it scrolls sideways"
    assert found["small"] == 0, "something is too small for a finger"


def test_a_row_is_typed_and_enter_predicts_it(seen):
    texts = seen["english"]["texts"]
    assert texts["said"] == "kind: large"
    assert sorted(texts["classes"][:3]) == ["<script>alert(1)</script>", "large", "small"]
    assert texts["moved"].startswith("Mostly size: with its usual value, ")
    assert texts["batch"] == "2 rows predicted"
    assert (texts["lang"], texts["title"]) == ("en", "Try a model – things")


def test_the_page_speaks_chinese_to_who_reads_it(seen):
    texts = seen["chinese"]["texts"]
    assert (texts["lang"], texts["said"], texts["batch"]) == ("zh-CN", "kind：large", "已预测 2 行")
    assert texts["moved"].startswith("主要是 size：若取其常见值 ")


def test_a_field_is_what_its_column_wants(seen):
    texts = seen["english"]["texts"]
    assert texts["fields"] == ["INPUT text", "INPUT text", "SELECT select-one", "INPUT date", "SELECT select-one"]
    assert texts["hints"][0].endswith(" in training")


def test_a_regression_has_no_probabilities(seen):
    texts = seen["number"]["texts"]
    name, _, number = texts["said"].partition(": ")
    assert name == "y"
    assert 130 < float(number) < 150, "twice 71.5"
    assert texts["classes"] == ["x"]


def test_a_row_of_a_spreadsheet_fills_in_the_fields(seen):
    assert seen["pasted"]["one"] == ["48,5", "0,25", "blue", "2021-05-17", "no"]
    assert seen["pasted"]["named"] == ["61", "0,25", "blue", "2021-05-17", "yes"]
    assert seen["pasted"]["wrong"] == (
        "The pasted row has 2 cells, and the model has 5 columns: copy the line with the names, too."
    )


def test_rows_of_a_spreadsheet_are_predicted(seen):
    assert seen["pasted"]["batch"] == "3 rows predicted"


def test_what_cannot_be_read_is_told(seen):
    assert seen["pasted"]["refused"].startswith("column 'size': 1 cell is no number")
    assert seen["pasted"]["said"] == []


def test_the_page_asks_for_the_token_and_knows_nothing_before(seen):
    assert "things" not in seen["token"]["html"]
    assert seen["token"]["refused"].startswith("Authorization: the token is missing or wrong")
    assert seen["token"]["shown"].startswith("kind: ")


def test_without_its_script_the_page_says_what_it_needs(seen):
    assert "needs JavaScript" in seen["bare"]
