"""Every sentence of report.html is there in both languages."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

import fcnn
from fcnn.chinese import TEXTS
from fcnn.chinese.report_page import PAGE_TEXTS

PAGE = Path(fcnn.__file__).parent / "report" / "page"
PROSE = re.compile(r"[A-Za-z`\"')},.:;]+ [a-z`{(]")
MODULES = sorted(path.name for path in PAGE.glob("*.py"))
NOT_SAID = {"origin.py": {"fcnn predict ", " new.csv -o predictions.csv", "fcnn train "}}
"""Commands, which are the same in every language."""


def templates(tree):
    """What is given to say() in so many words."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say":
            yield node.args[0]


def in_template():
    """The same of the page's HTML."""
    return re.findall(r'say\("((?:[^"\\]|\\.)*)"', (PAGE / "page.html").read_text(encoding="utf-8"))


def said():
    found = set(in_template())
    for module in MODULES:
        found |= {node.value for node in templates(ast.parse((PAGE / module).read_text(encoding="utf-8")))}
    return found


def has_words(template):
    return re.search("[a-z]", re.sub(r"\{[^{}]*\}", "", template)) is not None


def test_every_sentence_of_the_page_has_a_translation():
    assert len(said()) > 100
    assert sorted(text for text in said() if has_words(text) and text not in {**TEXTS, **PAGE_TEXTS}) == []


def test_every_translation_is_of_something_that_the_page_says():
    assert sorted(set(PAGE_TEXTS) - said()) == []


@pytest.mark.parametrize("module", MODULES)
def test_no_sentence_is_written_without_saying_it(module):
    """Neither in an f-string nor as it is; docstrings are for us."""
    tree = ast.parse((PAGE / module).read_text(encoding="utf-8"))
    seen = {id(each) for node in templates(tree) for each in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            seen.add(id(node.value))
        if isinstance(node, ast.JoinedStr):  # SVG and the like
            seen |= {id(each) for each in node.values if isinstance(each, ast.Constant) and "<" in each.value}
    left = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in seen
    }
    sentences = {text for text in left if PROSE.search(text) and not set('<"') & set(text)}
    assert sentences - NOT_SAID.get(module, set()) - set(TEXTS) == set()


def test_the_template_itself_has_no_words():
    """What is left without tags, code and what is said."""
    text = (PAGE / "page.html").read_text(encoding="utf-8")
    text = re.sub(r"\{% set kind %\}.*?\{% endset %\}|\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.DOTALL)
    assert re.findall(r"[A-Za-z]{2,}", re.sub(r"<[^>]*>", "", text)) == []


@pytest.mark.parametrize("english", [pytest.param(text, id=text[:60]) for text in PAGE_TEXTS])
def test_a_translation_has_the_placeholders_of_its_text(english):
    found = [Counter(re.findall(r"\{([^{}]+)\}", text)) for text in (english, PAGE_TEXTS[english])]
    assert found[0] == found[1]
    assert not re.search(r"[\u4e00-\u9fff][,;:!?.]", PAGE_TEXTS[english]), "an English sign after a Chinese word"
