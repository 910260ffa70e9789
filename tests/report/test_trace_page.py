"""Blocks as a page."""

import re
from html.parser import HTMLParser

from fcnn.report.blocks import Heading, Lines, Table, Text
from fcnn.report.trace_page import page
from fcnn.wording import say, told

EVIL = '<script>alert("x")</script>&'
BLOCKS = [
    Heading(1, say("row {row} of {file}, {place}", row=1, file=EVIL, place="line 2")),
    Text(EVIL),
    Lines((f"z = {EVIL}", "a < b")),
    Heading(2, "numbers"),
    Table(EVIL, ("i", say("feature"), EVIL), [("1", EVIL, "0.5")], left=2),
]


class Elements(HTMLParser):
    """Tags that are open and closed, attributes, and what stands between."""

    VOID = ("meta", "link", "img", "br")

    def __init__(self) -> None:
        super().__init__()
        self.open, self.seen, self.texts = [], [], []

    def handle_starttag(self, tag, attributes):
        self.seen.append((tag, dict(attributes)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


def parsed(text):
    elements = Elements()
    elements.feed(text)
    assert elements.open == []
    return elements


def test_what_a_table_holds_is_text_and_never_markup() -> None:
    text = page(BLOCKS, str, "en")
    elements = parsed(text)
    assert "script" not in {tag for tag, _ in elements.seen}
    assert elements.texts.count(EVIL) == 4  # the sentence, caption, heading and cell
    assert f"row 1 of {EVIL}, line 2" in elements.texts


def test_it_needs_nothing_from_anywhere() -> None:
    text = page(BLOCKS, str, "en")
    assert re.findall(r"(?:src|href)=|url\(|@import|https?:", text) == []
    policy = next(attributes for tag, attributes in parsed(text).seen if attributes.get("http-equiv"))
    assert policy["content"].startswith("default-src 'none'")


def test_it_is_fit_for_phones_dark_rooms_and_readers_of_tables() -> None:
    text = page(BLOCKS, str, "en")
    elements = parsed(text)
    assert ("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}) in elements.seen
    assert "@media screen and (prefers-color-scheme: dark)" in text  # and not on paper
    assert [attributes["scope"] for tag, attributes in elements.seen if tag == "th"] == ["col"] * 3
    assert [attributes.get("class") for tag, attributes in elements.seen if tag == "td"] == ["text", "text", None]
    regions = [attributes for _, attributes in elements.seen if attributes.get("role") == "region"]
    assert [(each["aria-label"], each["tabindex"]) for each in regions] == [(EVIL, "0")]
    assert [tag for tag, _ in elements.seen if re.fullmatch("h[1-6]", tag)] == ["h1", "h2"]


def test_sentences_are_told_in_the_language_of_the_page() -> None:
    chinese = {"feature": "特征", "row {row} of {file}, {place}": "{file} 的 {row} {place}"}
    elements = parsed(page(BLOCKS, lambda text: str(told(text, chinese)), "zh"))
    assert ("html", {"lang": "zh"}) in elements.seen
    assert "特征" in elements.texts
    assert f"{EVIL} 的 1 line 2" in elements.texts
