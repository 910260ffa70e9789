"""Everything the doctor says can be said in Chinese."""

import ast
import importlib
import pkgutil
import re
from collections import Counter
from pathlib import Path
from typing import Callable, Iterator, List, Set

import pytest

import fcnn.environment
from fcnn.environment import Facts, chinese, judge
from fcnn.environment.chinese import TEXTS
from fcnn.environment.explaining.clues import CLUES
from fcnn.environment.explanation import APART, APART_BY_VERSIONS, OF_UNKNOWN_VERSION
from fcnn.environment.facts import Gpu
from fcnn.environment.rendering import console, ranges, render_guide, render_list, render_text
from fcnn.environment.rules import RULES
from fcnn.environment.target import guide
from fcnn.environment.trial import SIGNALS
from fcnn.environment.wording import LEFT_OPEN

PACKAGE = Path(fcnn.environment.__file__).parent
SOURCES = sorted(
    path
    for path in PACKAGE.rglob("*.py")
    if "chinese" not in path.parts and "class Voice" not in path.read_text("utf-8")
)
MODULES = [name for _, name, _ in pkgutil.iter_modules(chinese.__path__)]


def said_in(source: str) -> List[str]:
    """The texts that a module gives to ``say`` or ``Said`` in so many words."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.args]
    names = {"say", "Said"}
    found = [node for node in calls if getattr(node.func, "id", getattr(node.func, "attr", "")) in names]
    return sorted(text for call in found for text in _constants(call.args[0]))


def _constants(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _constants(node.body)
        yield from _constants(node.orelse)


def placeholders(text: str) -> "Counter[str]":
    return Counter(re.findall(r"\{([^{}]*)\}", text))


@pytest.mark.parametrize("module", MODULES)
def test_every_module_of_translations_counts(module: str) -> None:
    texts = importlib.import_module(f"fcnn.environment.chinese.{module}").TEXTS
    assert texts
    assert {english: TEXTS.get(english) for english in texts} == dict(texts), (
        "two modules disagree, or one is forgotten"
    )


def test_every_sentence_of_a_rule_has_a_translation() -> None:
    assert {text for rule in RULES for text in (rule.why, rule.advice)} - {"", *TEXTS} == set()


def test_everything_a_module_says_has_a_translation() -> None:
    said = [(path, text) for path in SOURCES for text in said_in(path.read_text(encoding="utf-8"))]
    assert len(said) > 50
    assert [(path, text) for path, text in said if text not in TEXTS] == []


def test_what_a_module_says_is_seen() -> None:
    assert said_in('say("a" if b == "c" else "d").format(x=say("e")); Said("f", {}); there.say("g"); say(h)') == [
        "a",
        "d",
        "e",
        "f",
        "g",
    ]


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(list(SIGNALS.values()), id="signals"),
        pytest.param([clue.apart for clue in CLUES.values() if clue.apart], id="clues"),
        pytest.param([APART, APART_BY_VERSIONS, OF_UNKNOWN_VERSION, LEFT_OPEN], id="templates"),
        pytest.param([*ranges._WORDS.values(), *ranges._SCOPES.values()], id="ranges"),
    ],
)
def test_every_text_of_a_table_has_a_translation(texts: List[str]) -> None:
    assert [text for text in texts if text not in TEXTS] == []


def other_placeholders(english: str, text: str) -> bool:
    return set(placeholders(text)) != set(placeholders(english)) or text.count("`") != english.count("`")


def english_sign(english: str, text: str) -> bool:
    """After a Chinese word."""
    return len(english) > 3 and re.search(r"[\u4e00-\u9fff][,;:!?.]", text) is not None


def other_ending(english: str, text: str) -> bool:
    return len(english) > 3 and text.endswith("。") != english.endswith(".")


@pytest.mark.parametrize(
    ("fault", "english", "text"),
    [
        pytest.param(other_placeholders, "no {x}", "没有 {y}", id="another placeholder"),
        pytest.param(other_placeholders, "write `x`", "写 x", id="no code"),
        pytest.param(english_sign, "no, no", "没有, 没有", id="an English comma"),
        pytest.param(other_ending, "there is none.", "没有", id="no full stop"),
    ],
)
def test_no_translation_has_a_fault_that_is_seen(fault: Callable[[str, str], bool], english: str, text: str) -> None:
    assert fault(english, text)
    assert {english: text for english, text in TEXTS.items() if fault(english, text)} == {}


def test_rendering_says_nothing_that_has_no_translation(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Set[str] = set()

    def recorder(language: str):
        def say(text: str) -> str:
            asked.add(text)
            return TEXTS.get(text, text)

        return say

    monkeypatch.setattr(console, "translator", recorder)
    sick = {"tensorflow": "2.4.0", "numpy": "1.24.4", "sklearn": "0.0"}
    for facts in (
        Facts(packages=sick, for_fcnn=True, bits=32, translated=True, gpu=Gpu("470.1", ("11.2",), ("8",)), prefix="/p"),
        Facts(packages=sick, kind="environment", shadows={"numpy": "numpy.py"}, in_virtual_environment=True),
        Facts(packages=sick, kind="freeze", source="freeze.txt"),
        Facts(packages=sick, kind="requirements", ranges={"keras": "", "flask": ""}, python="3.9", complete=False),
        Facts(packages={"tensorflow": "2.21.0"}, python="3.12.1", cpu_flags=frozenset(), for_fcnn=True),
    ):
        render_text(judge(facts), facts, language="zh")
        for stack in ("pinned", "current"):
            render_guide(guide(stack, facts, {}), language="zh")
    render_list(language="zh")
    english = {text for text in asked if re.search(r"[a-z]{2,} [a-z]{2,}", text) and text not in TEXTS}
    assert english == set()
