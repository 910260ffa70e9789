"""The report for an issue, the list of rules, an explanation and a trial, told."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

import json
import subprocess
import sys
from dataclasses import replace
from typing import Tuple

import pytest

from fcnn.environment import Facts, judge
from fcnn.environment.explanation import Explanation, Line
from fcnn.environment.rendering import (
    explanation_document,
    list_document,
    render_explanation,
    render_list,
    render_report,
    render_trial,
    trial_document,
)
from fcnn.environment.rendering.cases import cases_of, repairs_of, rule_ids, where_in_words, without_versions
from fcnn.environment.rendering.ranges import in_words
from fcnn.environment.rules import RULES
from fcnn.environment.trial import judge_trial
from fcnn.environment.verdict import Finding
from fcnn.environment.wording import Wording

SICK = Facts(
    packages={"tensorflow": "2.4.0", "protobuf": "5.29.6", "private-package": "1.0"},
    complete=False,
    prefix="/home/anna/course/.venv",
    executable="/home/anna/course/.venv/bin/python",
    install_command=("/home/anna/course/.venv/bin/python", "-m", "pip", "install"),
    in_virtual_environment=True,
    working_folder="/home/anna/secret",
    variables={"TF_CPP_MIN_LOG_LEVEL": "2", "PYTHONPATH": "/srv/anna/lib", "VIRTUAL_ENV": "/home/anna/course/.venv"},
)


# --- the report ---


def test_the_report_is_markdown_to_paste() -> None:
    rules = [rule for rule in RULES if rule.id == "R07"]
    assert render_report(judge(SICK, rules), SICK).splitlines() == [
        "### fcnn check-env",
        "",
        "Verdict: broken (1 error); this is the pinned stack.",
        "",
        "- **R07 error** `protobuf` 5.29.6: protobuf 4 and later refuse the generated code that TensorFlow 2.4.0 "
        "brings",
        '  - Repair: `~/course/.venv/bin/python -m pip install "protobuf==3.20.3"`',
        "",
        "| | |",
        "|---|---|",
        "| Python | Python 3.8.20, virtual environment ~/course/.venv |",
        "| Machine | Linux x86_64 |",
        "| Installer | pip |",
        "| TF_CPP_MIN_LOG_LEVEL | `2` |",
        "",
        "<details><summary>3 packages</summary>",
        "",
        "```text",
        "private-package==1.0",
        "protobuf==5.29.6",
        "tensorflow==2.4.0",
        "```",
        "",
        "</details>",
    ]


OF_ROOT = "/" + "root"


@pytest.mark.parametrize(
    ("folder", "told"),
    [
        ("/home/anna/x", "~/x"),
        ("/Users/anna/x", "~/x"),
        ("/data/home/anna/x", "~/x"),
        (f"{OF_ROOT}/x", "~/x"),
        ("/root", "~"),
        ("/mnt/c/Users/anna/x", "~/x"),
        ("C:\\Users\\Anna Müller\\x", "~\\x"),
        ("c:/Users/anna/x", "~/x"),
        ("D:\\用户\\x", "D:\\用户\\x"),
        (f"/srv{OF_ROOT}/x", f"/srv{OF_ROOT}/x"),
        ("/rooted/x", "/rooted/x"),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_report_names_no_home_folder(folder: str, told: str, language: str) -> None:
    report = render_report(judge(SICK), replace(SICK, prefix=folder), language)
    line = next(line for line in report.splitlines() if line.startswith("| Python |"))
    assert line.endswith(f" {told} |")
    assert "anna" not in report.lower()


def test_the_report_does_not_name_a_home_folder_that_lies_anywhere() -> None:
    sick = replace(SICK, prefix="/data/alice/env")
    report = render_report(judge(sick), sick, home="/data/alice")
    assert "~/env" in report
    assert "alice" not in report
    assert "/data/alice2" in render_report(judge(sick), replace(sick, prefix="/data/alice2"), home="/data/alice")


def test_the_report_in_chinese() -> None:
    report = render_report(judge(SICK), SICK, "zh")
    assert "**R07 错误** `protobuf` 5.29.6：protobuf 4 及以后的版本拒绝加载" in report
    assert "<summary>3 个包</summary>" in report


# --- the list of rules ---


def test_the_list_has_every_rule_and_how_it_is_known() -> None:
    text = render_list()
    for rule in RULES:
        assert f" {rule.id} {rule.severity}: " in text
    assert (
        "✗ R09 error: protobuf\n"
        "  TensorFlow x.y needs a module that protobuf x.y does not have yet.\n"
        "  When:\n"
        "    - TensorFlow 2.12.x to 2.19.x; protobuf before 3.20\n"
        "  What you would see:\n"
        "    ImportError: cannot import name 'builder' from 'google.protobuf.internal'\n"
        "  Repair:\n"
        "    TensorFlow 2.12 to 2.16:\n"
        '      pip install "protobuf==4.25.8"\n'
        "    TensorFlow 2.17 to 2.19:\n"
        '      pip install "protobuf>=4.25.8,<6"\n'
        "  Known: measured: TensorFlow 2.12.1, 2.13.1 with protobuf 3.19.6\n" in text
    )


def test_the_list_in_chinese() -> None:
    assert "    - TensorFlow 2.12.x 到 2.19.x；protobuf 低于 3.20\n" in render_list(language="zh")


def test_the_list_as_a_document() -> None:
    document = list_document()
    assert json.dumps(document)
    assert {row["rule"] for row in document} == {rule.id for rule in RULES}
    row = next(row for row in document if row["rule"] == "R09")
    assert row["ranges"] == [{"tensorflow": ">=2.12,<2.20", "protobuf": "<3.20"}]
    assert row["repairs"] == [
        {"where": "TensorFlow 2.12 to 2.16", "commands": ['pip install "protobuf==4.25.8"']},
        {"where": "TensorFlow 2.17 to 2.19", "commands": ['pip install "protobuf>=4.25.8,<6"']},
    ]


@pytest.mark.parametrize(
    ("versions", "english", "chinese"),
    [
        ("", "any version", "任意版本"),
        ("==2.4.0", "2.4.0", "2.4.0"),
        ("==3.8.*", "3.8.x", "3.8.x"),
        ("<2.7", "before 2.7", "低于 2.7"),
        (">=1.24", "1.24 or later", "1.24 及以上"),
        (">1.24.3,<2", "later than 1.24.3, before 2", "高于 1.24.3，低于 2"),
        (">=2.4,<2.5", "2.4.x", "2.4.x"),
        (">=2.7,<2.12", "2.7.x to 2.11.x", "2.7.x 到 2.11.x"),
        (">=2.11.1,<2.12", "2.11.1 or later, before 2.12", "2.11.1 及以上，低于 2.12"),
        ("!=2.4.0", "other than 2.4.0", "2.4.0 以外"),
        (">={next_line}", "the line after TensorFlow's or later", "TensorFlow 的下一条版本线 及以上"),
    ],
)
def test_a_range_in_words(versions: str, english: str, chinese: str) -> None:
    from fcnn.environment.rendering import translator

    assert in_words(versions, str) == english
    assert in_words(versions, translator("zh")) == chinese


@pytest.mark.parametrize("rule_id", rule_ids())
def test_every_row_of_a_rule_belongs_to_a_case(rule_id: str) -> None:
    rows = [row for case in cases_of(rule_id) for row in case.rows]
    assert sorted(map(id, rows)) == sorted(id(rule) for rule in RULES if rule.id == rule_id)


@pytest.mark.parametrize("rule_id", [rule.id for rule in RULES if rule.repair and not rule.condition])
def test_a_rule_that_repairs_says_with_which_command(rule_id: str) -> None:
    for case in cases_of(rule_id):
        if any(row.repair and not row.condition for row in case.rows):
            assert repairs_of(case)


def test_a_repair_says_where_it_is_right_and_no_more() -> None:
    found = {
        " && ".join(repair.plan.commands(Facts())): where_in_words(repair, str)
        for case in reversed(cases_of("R03"))  # of two cases with one command the first speaks of more
        for repair in repairs_of(case)
    }
    assert found['pip install "numpy==1.26.4"'] == "TensorFlow 2.14 to 2.17"
    assert found['pip install "numpy==1.23.5"'] == "TensorFlow 2.8 to 2.11; Python 3.8 to 3.10"


def test_a_sentence_for_no_environment_in_particular() -> None:
    assert without_versions("TensorFlow {tensorflow} in {folder}, line {line}", str) == (
        "TensorFlow x.y in <folder>, line x.y"
    )


# --- an explanation ---


def explained(**changes: object) -> Explanation:
    why = "TensorFlow {tensorflow} needs a newer ml-dtypes than {ml-dtypes}"
    finding = Finding(
        rule="R30",
        severity="error",
        package="ml-dtypes",
        found="",
        wanted="",
        why=why,
        symptom="AttributeError: int2",
        fix='pip install "ml-dtypes>=0.5.1,<1"',
        wording=Wording(why, fills={"tensorflow": ">=2.20", "ml-dtypes": "<0.5"}),
    )
    other = replace(finding, rule="R05", package="numpy", found="2.0.2")
    evidence: Tuple[Tuple[Line, ...], ...] = ((Line(7, "AttributeError: int2"),), (Line(7, "AttributeError: int2"),))
    whole = Explanation(
        findings=(finding, other),
        evidence=evidence,
        apart=(Wording(), Wording("it is this one if {sign}", fills={"sign": "NumPy is 2"})),
        versions={"tensorflow": "2.20.0", "python": "3.11"},
        last_error=Line(7, "AttributeError: int2"),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def test_an_explanation_is_told_the_likeliest_first() -> None:
    assert render_explanation(explained(confirmed=True)).splitlines() == [
        "The text tells of TensorFlow 2.20.0, Python 3.11.",
        "",
        "✗ R30 error: ml-dtypes",
        "  TensorFlow >=2.20 needs a newer ml-dtypes than <0.5.",
        "  The environment that was looked at has this.",
        "  Known by:",
        "    line 7: AttributeError: int2",
        "  Repair:",
        '    pip install "ml-dtypes>=0.5.1,<1"',
        "",
        "It may also be:",
        "",
        "✗ R05 error: numpy 2.0.2",
        "  TensorFlow >=2.20 needs a newer ml-dtypes than <0.5.",
        "  It is this one if NumPy is 2.",
        "  Known by:",
        "    line 7: AttributeError: int2",
        "  Repair:",
        '    pip install "ml-dtypes>=0.5.1,<1"',
    ]


def test_an_explanation_in_chinese() -> None:
    text = render_explanation(explained(), language="zh")
    assert text.startswith("文中提到的版本：TensorFlow 2.20.0，Python 3.11。\n")
    assert "TensorFlow >=2.20 需要比 <0.5 更新的 ml-dtypes。" in text


def test_a_text_that_no_rule_knows_is_to_be_reported() -> None:
    unknown = Explanation(last_error=Line(3, "KeyError: 'x'"))
    assert render_explanation(unknown).splitlines() == [
        "No rule knows this text.",
        "The last error in it: line 3:",
        "  KeyError: 'x'",
        "Please report it, together with what this prints:",
        "  fcnn check-env --report",
    ]
    assert render_explanation(Explanation()).splitlines()[0] == "No rule knows this text."


def test_an_explanation_as_a_document() -> None:
    document = explanation_document(explained())
    assert json.dumps(document)
    assert list(document) == ["schema", "known", "confirmed", "findings", "versions", "last_error"]
    second = document["findings"][1]  # type: ignore[index]
    assert second["evidence"] == [{"line": 7, "text": "AttributeError: int2"}]
    assert second["apart"] == "it is this one if NumPy is 2"
    assert explanation_document(Explanation())["last_error"] is None


# --- a trial ---

WORKED = 'fcnn-trial {"python": "3.8.18", "tensorflow": "2.4.0"}\n'


def test_a_trial_that_worked_is_told_in_two_lines() -> None:
    trial = judge_trial(0, 3.21, WORKED, "", 300)
    assert render_trial(trial) == (
        "✓ TensorFlow was imported and trained two steps in 3.2 s\n  Python 3.8.18, TensorFlow 2.4.0"
    )
    assert trial_document(trial)["explanation"] is None


@pytest.mark.parametrize(
    ("code", "stderr", "told"),
    [
        pytest.param(-4, "", "  Python was ended by SIGILL: the processor does not know", id="signal"),
        pytest.param(None, "", "  It was not done after 5 seconds and was ended.", id="time"),
        pytest.param(
            1, "KeyError: 'x'\n", "  Python ended with exit code 1.\n  The last of what it printed:\n", id="code"
        ),
    ],
)
def test_a_trial_that_failed_says_how_it_ended(code: int, stderr: str, told: str) -> None:
    trial = judge_trial(code, 5.0, "", stderr, 5)
    assert told in render_trial(trial)
    assert trial_document(trial)["ok"] is False


def test_a_trial_is_explained_by_the_rules() -> None:
    trial = judge_trial(-4, 1.0, "", "", 300)
    assert "R32 error" in render_trial(trial)
    document = trial_document(trial)
    assert document["explanation"]["known"] is True  # type: ignore[index]
    assert json.dumps(document)


# --- what stays unloaded ---


def test_the_guard_loads_nothing_of_this() -> None:
    program = (
        "import sys\n"
        "from fcnn.environment import judge, read_facts, require_tensorflow\n"
        "judge(read_facts())\n"
        "words = ('rendering', 'chinese', 'target', 'ways', 'explanation', 'trial')\n"
        "loaded = {name.split('.')[2] for name in sys.modules if name.startswith('fcnn.environment.')}\n"
        "print(sorted(loaded & set(words)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, check=True, text=True)
    assert done.stdout == "[]\n"
