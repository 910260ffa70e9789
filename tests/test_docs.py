"""The documentation says what the program does."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from fcnn.cli import COMMANDS
from fcnn.errors import ExitCode

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh-CN.md")


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


@pytest.mark.parametrize(
    "page",
    [
        *READMES,
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "SECURITY.md",
        "docs/estimators.md",
        "data/README.md",
        "docs/commands.md",
        "docs/activations.md",
        "docs/trace.md",
    ],
)
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
