"""The course: pages whose blocks are all marked, the same in both languages, with commands that exist."""

import importlib.util
import re
import shlex
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, Dict, Iterator, List, NamedTuple, Set, Tuple

import click
import pytest

from fcnn.cli import fcnn as group

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "course" / "examples"


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_course", ROOT / "scripts" / "make_course.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


make_course = _script()
CHAPTERS = make_course.PAGES
PAGES = [(language, name) for language in ("en", "zh") for name in CHAPTERS]
CODE = re.compile(r"(?ms)^```(\w+)\n(.*?)^```$")
FORMULA = re.compile(r"\$\$([^$]+)\$\$|\$([^$\n]+)\$")
LINK = re.compile(r"\]\(([^)\s]+)\)")
VERSIONS = {"1.19", "1.24", "2.4", "2.6", "2.7", "2.8", "2.10", "2.21", "3.6", "3.8", "3.11", "3.13"}
DERIVED = {"0.25"}
"""The largest derivative of sigmoid."""


class Used(NamedTuple):
    """A command of a page, and where it stands."""

    place: str
    language: str
    command: str


def page(language: str, name: str) -> str:
    return (make_course.FOLDERS[language] / name).read_text(encoding="utf-8")


def commands(language: str) -> Iterator[Used]:
    """Every command of a language in the order of the pages: of marked blocks, of exercises, and within sentences."""
    for name in CHAPTERS:
        text = page(language, name)
        found = [(match.start(), match["command"]) for match in make_course.RUN.finditer(text)]
        for match in CODE.finditer(text):
            if match[1] == "bash":
                found += [(match.start(), line) for line in match[2].splitlines()]
        rest = CODE.sub(lambda match: " " * len(match[0]), text)
        found += [(match.start(), match[1]) for match in re.finditer(r"`(fcnn [^`\n]+)`", rest)]
        for _, command in sorted(found):
            yield Used(f"{language}/{name}", language, command)


COMMANDS = sorted({each.command for language in ("en", "zh") for each in commands(language)})


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_course_has_its_pages_and_no_others(language: str) -> None:
    assert sorted(path.name for path in make_course.FOLDERS[language].glob("*.md")) == sorted(CHAPTERS)


@pytest.mark.parametrize("name", CHAPTERS)
def test_both_languages_have_the_same_blocks_pictures_and_exercises(name: str) -> None:
    english, chinese = page("en", name), page("zh", name)

    def skeleton(text: str, language: str) -> Dict[str, List[Any]]:
        folder = make_course.FOLDERS[language]
        return {
            "blocks": [block for block, _ in make_course.blocks_of(text)],
            "pictures": [(each.file, (folder / each.link).resolve()) for each in make_course.pictures_of(text)],
            "headings": re.findall(r"(?m)^#+(?= )", CODE.sub("", text)),
            "answers": re.findall("<details>", text),
            "exercises": re.findall(r"\*\*(?:Exercise|练习) (\d)", text),
            "code": [code for code in CODE.findall(text) if code[0] != "console"],
        }

    assert skeleton(english, "en") == skeleton(chinese, "zh")
    assert skeleton(english, "en")["blocks"]


@pytest.mark.parametrize(("language", "name"), PAGES)
def test_every_output_and_every_picture_is_marked_and_there(language: str, name: str) -> None:
    text = page(language, name)
    blocks, pictures = list(make_course.blocks_of(text)), list(make_course.pictures_of(text))
    assert text.count("<!-- run") == text.count("<!-- end -->") == text.count("```console") == len(blocks)
    assert text.count("<!-- picture") == text.count("![") == len(pictures)
    for block, shown in blocks:
        body = re.fullmatch(r"```console\n\$ (.*)\n((?:.*\n)+)```\n", shown)
        assert body is not None, block.command
        assert body[1] == block.command
        assert body[2].strip(), block.command
        assert not re.search(r"(/(home|root|tmp)/|[A-Z]:\\Users)", shown)
    assert {language for language, _ in CODE.findall(text)} <= {"console", "bash", "yaml", "text"}


@pytest.mark.parametrize(("language", "name"), PAGES)
def test_files_that_a_page_quotes_are_those_it_judges(language: str, name: str) -> None:
    files = [path.read_text(encoding="utf-8") for path in EXAMPLES.iterdir()]
    assert [body for kind, body in CODE.findall(page(language, name)) if kind == "text" and body not in files] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_course_exists_with_its_options(command: str) -> None:
    program, *words = shlex.split(command)
    assert program == "fcnn"
    context = click.Context(group, info_name="fcnn", **group.context_settings)
    if words[0].startswith("-"):
        assert words == ["--version"]
        return
    found = group.get_command(context, words[0])
    assert found is not None
    if len(words) > 1:  # else it is talked about, not called
        made = found.make_context(words[0], words[1:], parent=context)
        assert made.command is found


@pytest.mark.parametrize("command", [each for each in COMMANDS if each.startswith("fcnn train ")])
def test_a_config_and_what_is_changed_of_it_are_a_config(command: str, tmp_path: Path) -> None:
    from fcnn.config import load_config
    from fcnn.jobs.lab.catalogue import find_experiment

    config, *rest = (word for word in shlex.split(command)[2:] if not word.startswith("--"))
    overrides = [word for word in rest if "=" in word]
    path = ROOT / config
    if config.startswith("lab/"):
        path = tmp_path / "config.yaml"
        path.write_text(find_experiment(config.split("/")[1]).config, encoding="utf-8")
    loaded = load_config(path, overrides)
    assert loaded.config.data.target


def test_names_of_experiments_and_activations_are_known() -> None:
    from fcnn.config.activation_names import activation_names
    from fcnn.jobs.lab.catalogue import SHOWS

    calls = [shlex.split(command)[1:] for command in COMMANDS]
    experiments = {words[1] for words in calls if words[0] == "lab"}
    assert experiments == set(SHOWS), "the course shows every experiment"
    named = [words[1:] for words in calls if words[0] == "activations"]
    assert any(named)
    for words in named:
        names = (
            [word for word in words[: words.index("-o")] if not word.startswith("-")] if "--run" not in words else []
        )
        assert activation_names(names)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_a_command_needs_an_earlier_one_has_made(language: str) -> None:
    made: Set[str] = set()
    for place, _, command in commands(language):
        words = shlex.split(command)
        needed = {word for word in words if word.startswith(("runs/", "lab/")) and not _names_output(words, word)}
        assert {"/".join(word.split("/")[:2]) for word in needed} <= made, (place, command)
        made |= {words[position + 1] for position, word in enumerate(words) if word in ("-o", "--run-dir")}
    for name in CHAPTERS:
        for picture in make_course.pictures_of(page(language, name)):
            assert any(picture.file.startswith(f"{folder}/") for folder in made), picture.file


def _names_output(words: List[str], word: str) -> bool:
    return words[words.index(word) - 1] in ("-o", "--run-dir")


@pytest.mark.parametrize(("language", "name"), PAGES)
def test_every_link_of_the_course_leads_somewhere(language: str, name: str) -> None:
    path = make_course.FOLDERS[language] / name
    links = [link for link in LINK.findall(page(language, name)) if "://" not in link]
    assert links
    for link in links:
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve()
        assert target.is_file(), link
        if anchor:
            assert anchor in _anchors(target.read_text(encoding="utf-8")), link


def _anchors(text: str) -> Set[str]:
    """What GitHub makes of the headings: small letters, no punctuation, dashes for blanks."""
    headings = re.findall(r"(?m)^#+ (.*)$", CODE.sub("", text))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize(("language", "name"), PAGES)
def test_formulas_are_such_that_markdown_leaves_them_alone(language: str, name: str) -> None:
    text = CODE.sub("", page(language, name))
    for match in FORMULA.finditer(text):
        formula = match[1] or match[2]
        assert not re.search(r"(?<![\w\\])_|[*<|]|\\[^a-z ]", formula), formula
        assert formula.count("{") == formula.count("}")
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        assert re.match(r"[\s(*]", before), text[match.start() - 20 : match.end()]
        assert re.match(r"[\s.,:;?)*-]", after), text[match.start() : match.end() + 20]
    assert "$" not in re.sub(r"`[^`\n]*`", "", FORMULA.sub("", text))


@pytest.mark.parametrize(("language", "name"), PAGES)
def test_what_is_measured_stands_in_a_block_and_not_in_the_prose(language: str, name: str) -> None:
    prose = make_course.RUN.sub("", page(language, name))
    for pattern in (CODE, FORMULA, LINK, re.compile(r"`[^`\n]*`")):
        prose = pattern.sub("", prose)
    assert set(re.findall(r"\d+\.\d+|\d+ ?%", prose)) <= VERSIONS | DERIVED


CHEAP: List[Tuple[str, Any]] = [
    (language, block)
    for language, name in PAGES
    for block, _ in make_course.blocks_of(page(language, name))
    if block.command.startswith(("fcnn check-env ", "fcnn activations sigmoid "))
]


@pytest.mark.parametrize(
    ("language", "block"), CHEAP, ids=lambda value: value if isinstance(value, str) else value.command
)
def test_a_cheap_command_prints_what_the_page_shows(language, block, console, monkeypatch, tmp_path) -> None:
    for name in make_course.LENT:
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.setenv("FCNN_LANG", language)
    answer = console(*block.words[1:])
    assert answer.code == block.exit_code
    now = make_course.shown(block, make_course.neutral(answer.out, (tmp_path,)))
    pages = (page(language, name) for name in CHAPTERS)
    there = next(shown for text in pages for each, shown in make_course.blocks_of(text) if each == block)
    if "activations" in block.words and sys.version_info >= (3, 9):  # another TensorFlow rounds otherwise
        now, there = (re.sub(r"[│┃┳╇┴][^│┃┳╇┴\n]*[│┃┓┩┘]\n", "\n", text) for text in (now, there))
    assert now == there, "run scripts/make-course"


def test_the_cheap_commands_are_those_of_check_env_and_the_table_of_activations() -> None:
    assert len(CHEAP) == 12


PAGE = """\
<!-- run (exit 3, messages, paragraphs 2-3): fcnn show "a b" -->
old
<!-- end -->
"""


def test_a_page_is_filled_with_the_paragraphs_that_it_asks_for() -> None:
    asked = []

    def answer(block: Any) -> str:
        asked.append(block)
        return "one\n\ntwo\ntwo\n\nthree\n\nfour\n"

    assert make_course.filled(PAGE, answer) == (
        '<!-- run (exit 3, messages, paragraphs 2-3): fcnn show "a b" -->\n'
        '```console\n$ fcnn show "a b"\n...\n\ntwo\ntwo\n\nthree\n\n...\n```\n<!-- end -->\n'
    )
    assert asked == [make_course.Block('fcnn show "a b"', 3, True, 2, 3)]
    assert asked[0].words == ["fcnn", "show", "a b"]


def test_what_means_nothing_in_a_mark_is_refused() -> None:
    with pytest.raises(ValueError, match="`exit` means nothing here"):
        list(make_course.blocks_of(PAGE.replace("exit 3", "exit")))


def test_a_paragraph_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="there are 1 paragraphs only: fcnn show"):
        make_course.filled(PAGE, lambda block: "one\n")


def test_folders_and_seconds_are_left_out() -> None:
    text = "epoch 3 of 4 kept; 6.9 s\n共 4 轮 用时 12.0 秒\n/tmp/there/runs/a  \nloss 0.5 sum\n"
    assert make_course.neutral(text, (Path("/tmp/there"),)) == (
        "epoch 3 of 4 kept; ... s\n共 4 轮 用时 ... 秒\nruns/a\nloss 0.5 sum"
    )
