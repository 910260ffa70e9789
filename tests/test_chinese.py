"""Everything that is said about config, data and runs can be said in Chinese."""

import ast
import importlib
import pkgutil
import re
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Callable, Dict, Iterator, List, NamedTuple, Set

import pytest

import fcnn
from fcnn import chinese
from fcnn.chinese import TEXTS
from fcnn.config.fields import description, root
from fcnn.config.words import _SHAPES
from fcnn.report.names import WIDE_FONTS
from fcnn.wording import Said

PACKAGE = Path(fcnn.__file__).parent
PARTS = (
    "config", "data", "inference", "insight", "training", "evaluation", "runs", "report", "export", "jobs", "serve",
    "tuning", "cli",
)  # fmt: skip
MODULES = {
    str(path.relative_to(PACKAGE).as_posix()): path
    for path in [PACKAGE / "errors.py", *(path for part in PARTS for path in (PACKAGE / part).rglob("*.py"))]
}
MODULES = {name: path for name, path in MODULES.items() if not name.startswith(("report/page/", "serve/page/"))}
PAGES = ("report_page", "serve_page")
"""Have texts of their own; tests/report/test_page_words.py, tests/serve/test_page.py."""
CHINESE = [name for _, name, _ in pkgutil.iter_modules(chinese.__path__) if name not in PAGES]

TEMPLATES = {
    "say": (0,),
    "say_many": (1, 2),
    "say_joined": (0,),
    "label": (0,),  # fcnn.report.language: a text in a picture
    "_Known": (1, 2),  # what fcnn.config.syntax makes sentences of
}
"""Functions and the arguments of theirs that are templates."""
NO_TEXTS = frozenset({"help", "short_help", "metavar", "epilog", "code"})
"""Arguments that are no sentences of ours: Click's help, which is English, and code, which is the same everywhere."""
PROSE = re.compile(r"[A-Za-z`\"')},.:;]+ [a-z`{(]")
"""What two words look like, the second of which is no name: a sentence, or a part of one."""
NO_SENTENCES = {
    "config/base.py": "descriptions of keys are for the JSON Schema",
    "config/front.py": "likewise",
    "config/network.py": "likewise",
    "config/optimizers.py": "likewise",
    "config/structs.py": "likewise",
    "cli/check_env.py": "the doctor has texts of its own",
    "cli/show.py": "a table",
    "serve/openapi.py": "the document is in English",
    "export/graph.py": "errors of a programmer",
    "export/keras_file.py": "descriptions inside the file, which are English wherever it goes",
    "export/numpy_file.py": "Python",
    "export/saved_model.py": "names in a file",
    "export/script.py": "Python",
    "export/subject.py": "descriptions inside the exports, which are English wherever they go",
    "insight/activation_facts.py": "formulas",
    "insight/formulas.py": "likewise",
    "jobs/init.py": "YAML; what its comments say is looked at where they are written",
    "report/trace_page.py": "HTML around blocks; what these say is looked at where they are made",
}
"""Modules whose other texts are not said to somebody, and why."""
NOT_SAID = {
    "config/hints.py": {
        "data: {path: table.csv, target: COLUMN}",
        "network: {layers: [64, 32]}",
        "path: table.csv",
        "{units: 64, activation: relu}",
        "{validation: 0.15, test: 0.15}",
    },
    "config/schema.py": {"fcnn config"},
    "jobs/export.py": {'pip install "fcnn[onnx]"'},
    "config/syntax.py": {"mapping values are not allowed here", "quoted scalar"},
    "data/encoding.py": {"out of range"},
    "evaluation/baselines.py": {"expected training rows with a weight above 0, received none"},
    "data/not_csv.py": {
        r"<(!doctype\s+html|html|head|body|table)\b",
        r"version https://git-lfs\.github\.com",
        "SQLite format 3",
        'python -c "import pandas; pandas.{reading}.to_csv({new}, index=False)"',
    },
    "data/parsing.py": {"C error: ", "out of memory"},
    "data/records.py": {"tuple[bytes, bytes]"},
    "data/source.py": {"the file ends within a frame"},
    "data/totals.py": {"grand total", "sub total"},
    "insight/linear.py": {"a hidden layer has a nonlinearity, or there is no hidden layer"},
    "jobs/given.py": {" in data.path", "standard input"},
    "jobs/lab/dead_relu.py": {"lower left"},
    "jobs/lab/learning_rate.py": {"lower left", "upper center"},
    "jobs/lab/neuron.py": {"upper right"},
    "jobs/on_ray/connection.py": {"ersion mismatch"},
    "jobs/surprises.py": {"out of range"},
    "report/activation_curves.py": {"upper left"},
    "report/overlay.py": {"upper left"},
    "report/names.py": set(WIDE_FONTS),
    "report/study/pictures.py": {"offset points"},
    "report/rates.py": {"lower left", "lower right", "upper left"},
    "report/style.py": {"axes fraction", "lower right", "offset points"},
    "report/surface.py": {"upper left"},
    "serve/guard.py": {
        'Bearer realm="fcnn"',
        "camera=(), geolocation=(), microphone=()",
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    },
    "serve/requests.py": {
        '{"row": {"COLUMN": 1.5, ...}}',
        r"Expected `(?P<expected>.+?)`, got `(?P<received>.+?)`(?: - at `\$\.?(?P<where>.+)`)?$",
    },
}
"""Texts of modules that are no sentences: what libraries say, and words that only programs read."""


class Texts(NamedTuple):
    """What a module says."""

    templates: Set[str]
    """What is given to :data:`TEMPLATES` in so many words."""
    sentences: Set[str]
    """What else looks like a sentence."""
    glued: List[str]
    """F-strings with words, which nobody can translate."""


@lru_cache(maxsize=None)
def texts_in(source: str) -> Texts:
    tree = ast.parse(source)
    templates: Set[str] = set()
    seen: Set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):  # a docstring
            seen.add(id(node.value))
        elif isinstance(node, ast.keyword) and node.arg in NO_TEXTS:
            seen.update(map(id, ast.walk(node.value)))
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name == "_Known":
                seen.update(map(id, ast.walk(node.args[0])))
            for position in TEMPLATES.get(name, ()):
                for constant in constants(node.args[position]):
                    templates.add(constant.value)
                    seen.add(id(constant))
    glued = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and id(node) not in seen:
            words = [part for part in node.values if isinstance(part, ast.Constant)]
            seen.update(map(id, words))
            if any(PROSE.search(f" {part.value} ") for part in words):
                glued.append("".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values))
    sentences = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in seen
    }
    return Texts(templates, {text for text in sentences if PROSE.search(text) and "\n" not in text}, glued)


def constants(node: ast.AST) -> Iterator[ast.Constant]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    elif isinstance(node, ast.IfExp):
        yield from constants(node.body)
        yield from constants(node.orelse)


def has_words(template: str) -> bool:
    return re.search("[a-z]", re.sub(r"\{[^{}]*\}", "", template)) is not None


def untranslated(module: str, source: str) -> List[str]:
    """What a module says that no translation is there for."""
    texts = texts_in(source)
    missing = {text for text in texts.templates if has_words(text) and text not in TEXTS}
    if module in NO_SENTENCES:
        return sorted(missing)
    missing |= {text for text in texts.sentences if text not in TEXTS}
    return sorted(missing - NOT_SAID.get(module, set()))


def read(module: str) -> str:
    return MODULES[module].read_text(encoding="utf-8")


def placeholders(text: str) -> "Counter[str]":
    return Counter(re.findall(r"(?<!\{)\{([^{}]+)\}(?!\})", text))


def described() -> Dict[str, str]:
    """The required keys of the config, by what is said of them where they are missing."""
    found, kinds = {}, [root()]
    while kinds:
        for field in getattr(kinds.pop(), "fields", ()):
            found.update({description(field.type): field.encode_name} if field.required else {})
            kinds += [getattr(field.type, "type", field.type)]
    return {text: name for text, name in found.items() if text}


def test_everything_a_module_says_has_a_translation() -> None:
    missing = {module: untranslated(module, read(module)) for module in MODULES}
    assert {module: texts for module, texts in missing.items() if texts} == {}


def test_no_sentence_is_glued_together() -> None:
    shown = {
        "config/words.py": ["a value of type {}"],  # a value, which stands for itself
        "evaluation/metrics.py": [  # to a programmer
            "expected probabilities of shape ({}, {}), at least two columns wide, received {}"
        ],
    }
    glued = {module: texts_in(read(module)).glued for module in set(MODULES) - set(NO_SENTENCES) - {"jobs/train.py"}}
    assert {module: texts for module, texts in glued.items() if texts} == shown


def test_what_is_said_of_required_keys_has_a_translation() -> None:
    assert {"path", "target", "layers"} <= set(described().values())
    assert [text for text in described() if text not in TEXTS] == []


def test_every_translation_is_of_something_that_is_said() -> None:
    said = {"error: ", "warning: ", "note: ", *described()}
    for module in MODULES:
        said |= {node.value for node in ast.walk(ast.parse(read(module))) if isinstance(node, ast.Constant)}
    assert sorted(set(TEXTS) - said) == []


@pytest.mark.parametrize(
    ("source", "missing"),
    [
        pytest.param('say("there is no such thing {x}", x=1)', ["there is no such thing {x}"], id="a template"),
        pytest.param('say("no thing" if a else "two things")', ["no thing", "two things"], id="one of two"),
        pytest.param('say_many(n, "one thing", "many things")', ["many things", "one thing"], id="one and many"),
        pytest.param('Problem("a new thing", hint="do that")', ["a new thing", "do that"], id="plain text"),
        pytest.param('message = "a new thing"\nProblem(message)', ["a new thing"], id="plain text with a name"),
        pytest.param('"""A new thing."""\nx = {"path": "a.csv", "key": say("{a} {b}")}', [], id="no sentence"),
        pytest.param('option("--x", help="A new thing.")', [], id="Click's help"),
    ],
)
def test_a_sentence_without_a_translation_is_seen(source: str, missing: List[str]) -> None:
    assert untranslated("config/x.py", source) == missing


def test_a_glued_sentence_is_seen() -> None:
    assert texts_in('Problem(f"there is no {x}")\ny = f"{a}:{b}"\nz = say("write {code}", code=f"a b {c}")').glued == [
        "there is no {}"
    ]


@pytest.mark.parametrize("module", CHINESE)
def test_every_module_of_translations_counts(module: str) -> None:
    texts = importlib.import_module(f"fcnn.chinese.{module}").TEXTS
    assert texts
    assert {english: TEXTS.get(english) for english in texts} == dict(texts), "two modules disagree"


def test_no_sentence_is_translated_twice() -> None:
    modules = [importlib.import_module(f"fcnn.chinese.{module}").TEXTS for module in CHINESE]
    assert sum(map(len, modules)) == len(TEXTS)


def other_placeholders(english: str, text: str) -> bool:
    return placeholders(text) != placeholders(english) or text.count("`") != english.count("`")


def no_chinese(english: str, text: str) -> bool:
    return not re.search("[\u4e00-\u9fff\uff00-\uffef]", text)


def english_sign(english: str, text: str) -> bool:
    """After a Chinese word."""
    return re.search(r"[\u4e00-\u9fff][,;:!?.]", text) is not None


def other_ending(english: str, text: str) -> bool:
    """Messages have no full stop."""
    return text.endswith("。") != english.endswith(" errors.")


@pytest.mark.parametrize(
    ("fault", "english", "text"),
    [
        pytest.param(other_placeholders, "no {x}", "没有 {y}", id="another placeholder"),
        pytest.param(other_placeholders, "write `x`", "写 x", id="no code"),
        pytest.param(no_chinese, "no {x}", "no {x}", id="English"),
        pytest.param(english_sign, "no", "没有, 没有", id="an English comma"),
        pytest.param(other_ending, "no", "没有。", id="a full stop"),
    ],
)
def test_no_translation_has_a_fault_that_is_seen(fault: Callable[[str, str], bool], english: str, text: str) -> None:
    assert fault(english, text)
    assert {english: text for english, text in TEXTS.items() if fault(english, text)} == {}


def test_the_words_for_kinds_of_values_are_sentences_that_can_be_translated() -> None:
    assert all(isinstance(word, Said) for word in _SHAPES.values())
