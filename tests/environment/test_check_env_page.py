"""docs/check-env.md and the pages of the rules say what the program does."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Dict, List

import pytest

from fcnn.environment import Facts, judge
from fcnn.environment.options import TABLE
from fcnn.environment.rendering import as_document, guide_document, list_document
from fcnn.environment.rules import RULES
from fcnn.environment.target import guide
from fcnn.errors import ExitCode

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "check-env.md").read_text(encoding="utf-8")
BROKEN = Facts(packages={"tensorflow": "2.4.0", "protobuf": "5.29.6"})


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def keys_of_table(heading: str) -> List[str]:
    table = PAGE.split(f"| {heading} |")[1].split("\n\n")[0]
    return re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)


def test_the_page_has_every_key_of_the_document() -> None:
    assert keys_of_table("key") == list(as_document(judge(BROKEN), BROKEN))


def test_the_page_has_every_key_of_a_finding() -> None:
    document = as_document(judge(BROKEN), BROKEN)
    assert keys_of_table("key of a finding") == list(document["findings"][0])  # type: ignore[index]


def test_the_page_has_every_key_of_the_environment() -> None:
    document = as_document(judge(BROKEN), BROKEN)
    assert keys_of_table("key of the environment") == list(document["environment"])  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("command", "keys"),
    [
        pytest.param("--target", list(guide_document(guide("pinned", Facts(), {}))), id="the guide"),
        pytest.param("--list", list(list_document()[0]), id="the list of rules"),
    ],
)
def test_the_page_names_the_keys_of_the_other_documents(command: str, keys: List[str]) -> None:
    told = PAGE.split(f"`{command} --json` prints")[1]
    assert [key for key in keys if f"`{key}`" not in told] == []


@pytest.mark.parametrize("flag", [option.flag for option in TABLE])
def test_the_page_has_every_option(flag: str) -> None:
    assert re.search(rf"^\| `{flag}\b", PAGE, re.MULTILINE)


@pytest.mark.parametrize("code", [int(code) for code in ExitCode])
def test_the_page_has_every_exit_code(code: int) -> None:
    assert f"\n| {code} |" in PAGE


def test_the_example_of_the_page_is_what_is_printed() -> None:
    from fcnn.environment.rendering import render_text

    facts = Facts(
        packages={
            "tensorflow": "2.4.0",
            "keras": "2.4.3",
            "keras-preprocessing": "1.1.2",
            "numpy": "1.19.5",
            "h5py": "2.10.0",
            "gast": "0.3.3",
            "six": "1.15.0",
            "protobuf": "5.29.6",
            "pandas": "1.3.5",
            "scikit-learn": "1.3.2",
            "matplotlib": "3.4.2",
        },
        complete=False,
        cpu_flags=frozenset({"avx", "avx2"}),
        libc="glibc 2.36",
        in_virtual_environment=True,
        prefix="/srv/course/.venv",
        working_folder="/srv/course",
    )
    assert f"```text\n{render_text(judge(facts), facts)}\n```" in PAGE


# --- the pages of the rules -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pages() -> Dict[Path, str]:
    return script("rule_pages").rule_pages()


def test_the_pages_of_the_rules_are_current(pages: Dict[Path, str]) -> None:
    there = {path.relative_to(ROOT) for path in [*ROOT.glob("docs/rules/*.md"), *ROOT.glob("docs/zh/rules/*.md")]}
    assert there == set(pages), "run scripts/make-docs"
    stale = [str(path) for path, text in pages.items() if (ROOT / path).read_text(encoding="utf-8") != text]
    assert stale == [], "run scripts/make-docs"


@pytest.mark.parametrize("folder", ["docs/rules", "docs/zh/rules"])
def test_every_rule_has_a_page_and_a_line_in_the_index(folder: str) -> None:
    index = (ROOT / folder / "README.md").read_text(encoding="utf-8")
    for rule in RULES:
        assert f"| [{rule.id}]({rule.id}.md)" in index
        page = (ROOT / folder / f"{rule.id}.md").read_text(encoding="utf-8")
        assert [symptom for symptom in rule.symptoms if f"```text\n{symptom}\n```" not in page] == []
        assert rule.evidence.split("`")[0][:30] in page


@pytest.mark.parametrize("folder", ["docs", "docs/rules", "docs/zh/rules"])
def test_every_link_of_a_page_leads_somewhere(folder: str) -> None:
    for page in (ROOT / folder).glob("*.md"):
        text = page.read_text(encoding="utf-8")
        links = [link for link in re.findall(r"\]\(([^)#\s]+\.md)\)", text) if "://" not in link]
        assert [link for link in links if not (page.parent / link).exists()] == [], page


def test_a_page_says_what_repairs_each_case(pages: Dict[Path, str]) -> None:
    page = pages[Path("docs/rules/R09.md")]
    assert page.startswith("# R09: `ImportError: cannot import name 'builder' from 'google.protobuf.internal'`\n")
    assert (
        "TensorFlow 2.12 to 2.16:\n\n```bash\n"
        '# pip\npip install "protobuf==4.25.8"\n'
        '# uv\nuv pip install "protobuf==4.25.8"\n'
        '# conda\nconda install -c conda-forge "protobuf==4.25.8"\n```' in page
    )
    assert 'TensorFlow 2.17 to 2.19:\n\n```bash\n# pip\npip install "protobuf>=4.25.8,<6"' in page


def test_a_chinese_page_is_chinese(pages: Dict[Path, str]) -> None:
    page = pages[Path("docs/zh/rules/R01.md")]
    assert "而 NumPy 从 1.24 起删掉了这个名字" in page
    assert "- TensorFlow 低于 2.7；NumPy 1.24 及以上" in page
