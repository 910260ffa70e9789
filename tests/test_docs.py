"""The documentation says what the program does."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from typing import Dict, List

import pytest

from fcnn.cli import COMMANDS
from fcnn.errors import ExitCode

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh-CN.md")
PAGES = sorted(path.relative_to(ROOT).as_posix() for path in [*ROOT.glob("docs/*.md"), *ROOT.glob("docs/zh/*.md")])
IN_BOTH_LANGUAGES = sorted(path.name for path in ROOT.glob("docs/zh/*.md"))
LARGEST_PICTURE = 100_000
"""Bytes, as scripts/small_pictures.py says."""
CODE = re.compile(r"(?ms)^```(\w+)\n(.*?)^```$")
CHINESE = re.compile("[\u3000-\u9fff\uff00-\uffef]")


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_commands_is_what_the_help_says() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert page == script("make_docs").commands_page(), "run scripts/make-docs"


@pytest.mark.parametrize("page", ["activations.md", "trace.md"])
def test_the_pages_of_insight_have_the_numbers_of_the_program(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    assert text == script("insight_pages").PAGES[page](), "run scripts/make-docs"


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_in_the_readme(command: str, readme: str) -> None:
    assert f"fcnn {command}" in (ROOT / readme).read_text(encoding="utf-8")


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("code", [int(code) for code in ExitCode])
def test_every_exit_code_is_in_the_readme(code: int, readme: str) -> None:
    assert f"| {code} |" in (ROOT / readme).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", [*READMES, "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "data/README.md", *PAGES])
def test_every_link_to_a_file_leads_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#\s]+)\)", text) if "://" not in link]
    missing = [link for link in links if not ((ROOT / page).parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("readme", READMES)
def test_the_config_of_the_readme_is_a_config(readme: str, tmp_path: Path) -> None:
    from fcnn.config import load_config

    text = (ROOT / readme).read_text(encoding="utf-8")
    block = next(iter(re.findall(r"(?ms)^```yaml\n(.*?)^```$", text)))
    config = tmp_path / "readme.yaml"
    config.write_text(block, encoding="utf-8")
    assert load_config(config).config.data.target == "species"


def test_both_readmes_have_the_same_commands_and_tables() -> None:
    english, chinese = ((ROOT / readme).read_text(encoding="utf-8") for readme in READMES)

    def run_blocks(text: str) -> int:
        return len(re.findall(r"<!-- run -->\n+```bash", text))

    assert run_blocks(english) == run_blocks(chinese) > 0
    assert english.count("\n## ") == chinese.count("\n## ")


def skeleton(page: str) -> Dict[str, object]:
    """What does not depend on the language of a page of docs/ or docs/zh/."""
    text = (ROOT / page).read_text(encoding="utf-8")
    prose = CODE.sub("", text)
    lines = [line.partition("  #")[0] for _, body in CODE.findall(text) for line in body.splitlines()]
    pictures = re.findall(r"!\[[^\]\n]+\]\(([^)\s]+)\)", prose)
    return {
        "headings": re.findall(r"(?m)^#+(?= )", prose),
        "rows of tables": len(re.findall(r"(?m)^\|", prose)),
        "items of lists": len(re.findall(r"(?m)^(?:-|\d\.) ", prose)),
        "pictures": [((ROOT / page).parent / picture).resolve() for picture in pictures],
        "commands": [line for line in lines if re.match(r"(\$ )?fcnn ", line) and not CHINESE.search(line)],
        "code": set(re.findall(r"`([^`\n]+)`", prose)),
    }


@pytest.mark.parametrize("name", IN_BOTH_LANGUAGES)
def test_a_page_has_the_same_parts_in_both_languages_and_each_leads_to_the_other(name: str) -> None:
    english, chinese = f"docs/{name}", f"docs/zh/{name}"
    assert skeleton(english) == skeleton(chinese)
    assert f"[中文](zh/{name})" in (ROOT / english).read_text(encoding="utf-8")
    assert f"[English](../{name})" in (ROOT / chinese).read_text(encoding="utf-8")
    assert f"](docs/zh/{name})" in (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", [*READMES, *PAGES])
def test_a_heading_that_a_link_leads_to_is_there(page: str) -> None:
    links = re.findall(r"\]\(([^)#\s]*)#([^)\s]+)\)", (ROOT / page).read_text(encoding="utf-8"))
    missing = [
        (file, heading)
        for file, heading in links
        if "://" not in file and heading not in anchors((ROOT / page).parent / file if file else ROOT / page)
    ]
    assert missing == []


def anchors(path: Path) -> List[str]:
    """What GitHub makes of the headings: small letters, no punctuation, dashes for blanks."""
    headings = re.findall(r"(?m)^#+ (.*)$", CODE.sub("", path.read_text(encoding="utf-8")))
    return [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]


def test_every_picture_is_shown_and_small() -> None:
    pages = [ROOT / readme for readme in READMES] + list((ROOT / "docs").rglob("*.md"))
    shown = {
        (page.parent / link).resolve()
        for page in pages
        for link in re.findall(r"!\[[^\]\n]+\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    }
    pictures = {path.resolve() for path in (ROOT / "docs" / "pictures").rglob("*.*")}
    assert shown == pictures
    assert script("small_pictures").LARGEST == LARGEST_PICTURE
    assert [path.name for path in pictures if path.stat().st_size > LARGEST_PICTURE] == []
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in pictures)
