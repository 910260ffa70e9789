"""The verdict as text, in English and Chinese, and as JSON."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

import json
import re
from dataclasses import replace

import pytest

from fcnn.environment import Facts, Verdict
from fcnn.environment import judge as judge_by
from fcnn.environment.facts import Gpu, Hidden, MissingFiles
from fcnn.environment.rendering import render_json, render_text
from fcnn.environment.rendering.console import columns
from fcnn.environment.rules import RULES

RULES_SHOWN = [
    rule for rule in RULES if rule.id in {"R01", "R02", "R07", "R23", "R29", "R31", "R32", "R33", "R41", "R18", "R19"}
]


def judge(facts: Facts) -> Verdict:
    """By a few rules, so that what is shown does not change with every new one."""
    return judge_by(facts, RULES_SHOWN)


SICK = Facts(
    packages={
        "gast": "0.3.3",
        "h5py": "2.10.0",
        "keras": "2.4.3",
        "keras-preprocessing": "1.1.2",
        "numpy": "1.23.5",
        "protobuf": "5.29.6",
        "setuptools": "84.2.1",
        "six": "1.15.0",
        "tensorboard": "2.11.2",
        "tensorflow": "2.4.0",
    },
    python="3.8.20",
    cpu_flags=frozenset({"fpu", "avx", "avx2"}),
    in_virtual_environment=True,
    prefix="/srv/course/.venv",
    executable="/srv/course/.venv/bin/python",
    variables={"TF_CPP_MIN_LOG_LEVEL": "2", "VIRTUAL_ENV": "/srv/course/.venv"},
)

TEXT = """\
Python            ✓ Python 3.8.20, virtual environment /srv/course/.venv
TensorFlow stack  ✓ tensorflow 2.4.0, keras 2.4.3, h5py 2.10.0, gast 0.3.3
                  ! numpy 1.23.5 (R02)
                  ✗ protobuf 5.29.6 (R07)
Scientific stack  · not installed: pandas, scikit-learn, matplotlib
Other packages    ! setuptools 84.2.1 (R29)
Machine           ✓ Linux x86_64, AVX, AVX2, TF_CPP_MIN_LOG_LEVEL=2

✗ R07 error: protobuf 5.29.6
  protobuf 4 and later refuse the generated code that TensorFlow 2.4.0 brings.
  What you would see:
    TypeError: Descriptors cannot be created directly.
  Repair:
    pip install "protobuf==3.20.3"

! R02 warning: numpy 1.23.5
  TensorFlow 2.4.0 builds no LSTM (nor other recurrent layer) with NumPy 1.20 or
  later; dense networks work.
  What you would see:
    NotImplementedError: Cannot convert a symbolic Tensor (lstm/strided_slice:0) to a numpy array. This error may \
indicate that you're trying to pass a Tensor to a NumPy call, which is not supported
  Repair:
    pip install "numpy==1.19.5"

! R29 warning: setuptools 84.2.1
  The `tensorboard` command needs pkg_resources, which setuptools removed in 82;
  TensorFlow itself works.
  What you would see:
    ModuleNotFoundError: No module named 'pkg_resources'
  Repair:
    pip install "setuptools<82"

To repair all of it at once:
  pip install "numpy==1.19.5" "protobuf==3.20.3" "setuptools<82"
After it the rules find no error and no warning.

Verdict: broken (1 error, 2 warnings); this is the pinned stack."""

CHINESE = """\
Python           ✓ Python 3.8.20，虚拟环境 /srv/course/.venv
TensorFlow 相关  ✓ tensorflow 2.4.0，keras 2.4.3，numpy 1.19.5，h5py 2.10.0，
                   gast 0.3.3
                 ✗ protobuf 5.29.6 (R07)
科学计算         · 没有安装：pandas，scikit-learn，matplotlib
机器             ✓ Linux x86_64，AVX，AVX2，TF_CPP_MIN_LOG_LEVEL=2

✗ R07 错误：protobuf 5.29.6
  protobuf 4 及以后的版本拒绝加载 TensorFlow 2.4.0 自带的生成代码。
  会看到这样的报错：
    TypeError: Descriptors cannot be created directly.
  修复：
    pip install "protobuf==3.20.3"

修复方法：
  pip install "protobuf==3.20.3"
之后按规则检查，不再有错误和警告。

结论：不可用（1 个错误）；这是固定版环境（pinned）。"""

LIST = Facts(
    packages={"tensorflow": "2.4.0", "numpy": "1.24.4"},
    ranges={"flask": ">=2", "keras": ">=2.4"},
    lines={
        "tensorflow": "requirements.txt:1",
        "numpy": "requirements.txt:2",
        "flask": "requirements.txt:10",
        "keras": "requirements.txt:4",
    },
    python="3.8",
    python_from="the first that all pins allow",
    kind="requirements",
    source="requirements.txt",
    complete=False,
)


def test_the_text_in_chinese() -> None:
    packages = {**SICK.packages, "numpy": "1.19.5", "setuptools": "70.0"}
    facts = replace(SICK, packages=packages)
    assert render_text(judge(facts), facts, language="zh") == CHINESE


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "no-such-encoding"])
def test_where_the_console_has_no_ticks_ascii_stands_in(encoding: str, language: str) -> None:
    text = render_text(judge(SICK), SICK, encoding, language)
    assert text.encode("ascii")
    assert "TensorFlow stack  + tensorflow 2.4.0, keras 2.4.3" in text
    assert "\n                  ! numpy 1.23.5 (R02)\n" in text
    assert "\nx R07 error: protobuf 5.29.6\n" in text
    assert "  - not installed: pandas" in text


def test_a_chinese_console_has_no_ticks_but_chinese() -> None:
    text = render_text(judge(SICK), SICK, "gbk", "zh")
    assert text.encode("gbk")
    assert "\nx R07 错误：protobuf 5.29.6\n" in text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [60, 80, 100])
def test_only_commands_and_symptoms_are_longer_than_a_line(width: int, language: str) -> None:
    facts = replace(SICK, packages={**SICK.packages, "numpy": "1.24.4", "pandas": "2.0.3", "sklearn": "0.0"})
    verdict = judge(facts)
    kept = {line for finding in verdict.findings for line in (*finding.symptom.splitlines(), finding.fix)}
    kept |= set(verdict.fix)
    long = [
        line for line in render_text(verdict, facts, "utf-8", language, width).splitlines() if columns(line) > width
    ]
    assert {line.strip() for line in long} <= kept


def test_colours_come_from_the_style_and_change_no_width() -> None:
    def style(text: str, **attributes: object) -> str:
        return f"<{attributes.get('fg', '')}>{text}</>"

    text = render_text(judge(SICK), SICK, style=style)
    assert '\n    <cyan>pip install "protobuf==3.20.3"</>\n' in text
    assert "<red>✗</> <red>R07 error</>: protobuf 5.29.6" in text
    assert re.sub(r"<\w*>|</>", "", text) == TEXT


def test_a_list_shows_what_it_leaves_open_and_how_to_change_it() -> None:
    text = render_text(judge(LIST), LIST)
    assert text.startswith(
        "List: requirements.txt (what is still to be installed)\n\nPython            ✓ Python 3.8 (the"
    )
    assert "\n                  ? brought by TensorFlow, in a version that the installer\n" in text
    assert "  ? left open: flask>=2\n" in text
    assert "\n✗ R01 error: numpy 1.24.4, requirements.txt:2\n" in text
    assert "\n! R07 warning: protobuf>=3.9.2,<=5.29.6, which the list leaves open\n" in text
    assert (
        "\nThe same as changes to the list:\n"
        "  requirements.txt:2: numpy==1.24.4 -> numpy==1.19.5\n"
        "  add: protobuf==3.20.3\n" in text
    )
    assert "Machine" not in text
    assert "Working folder" not in text


def test_the_changes_of_a_list_follow_its_lines() -> None:
    lines = {"numpy": "b.txt:12", "protobuf": "b.txt:3"}
    facts = replace(LIST, ranges={"protobuf": ">=4"}, lines=lines)
    text = render_text(judge(facts), facts)
    assert "  b.txt:3: protobuf>=4 -> protobuf==3.20.3\n  b.txt:12: numpy==1.24.4 -> numpy==1.19.5\n" in text


def test_what_a_list_should_not_name_is_to_be_removed() -> None:
    facts = replace(LIST, packages={"tensorflow": "2.5.3", "keras": "2.4.3"}, ranges={"protobuf": "<4"})
    text = render_text(judge(facts), facts)
    assert "  requirements.txt:4: remove keras\n  add: keras-nightly==2.5.0.dev2021032900\n" in text


@pytest.mark.parametrize(
    ("kind", "first"),
    [
        ("environment", "Environment: /srv/x (read from disk, nothing in it was run)"),
        ("freeze", "List: /srv/x (complete: what is not listed is absent)"),
    ],
)
def test_what_was_read_is_told(kind: str, first: str) -> None:
    facts = replace(SICK, kind=kind, source="/srv/x")
    assert render_text(judge(facts), facts).splitlines()[0] == first


def test_what_no_command_repairs_is_told_at_the_end() -> None:
    facts = replace(SICK, cpu_flags=frozenset(), packages={**SICK.packages, "setuptools": "70.0", "numpy": "1.19.5"})
    lines = render_text(judge(facts), facts).splitlines()
    assert lines[-6:] == [
        "To repair all of it at once:",
        '  pip install "tensorflow==2.4.4" "protobuf==3.20.3"',
        "To be done by hand:",
        "  - R32: use a machine whose processor has AVX, or build TensorFlow from source",
        "",
        "Verdict: broken (3 errors); this is the pinned stack.",
    ]


def test_what_a_repair_leaves_is_told() -> None:
    verdict = judge(SICK)
    left = replace(verdict, remaining=verdict.findings[1:2])
    assert (
        "What stays after that:\n"
        "  - R02 warning: TensorFlow 2.4.0 builds no LSTM (nor other recurrent layer)\n"
        "    with NumPy 1.20 or later; dense networks work\n" in render_text(left, SICK)
    )


def test_a_file_that_is_in_the_way_is_told() -> None:
    facts = replace(SICK, working_folder="/home/anna", shadows={"numpy": "numpy.py"})
    assert "  numpy.py hides numpy" in render_text(replace(judge(facts), findings=()), facts).replace("✓", " ")


def test_a_path_that_the_console_cannot_hold_is_escaped() -> None:
    facts = replace(SICK, prefix="D:/课程/.venv")
    assert "D:/课程/.venv" in render_text(judge(facts), facts, "gbk")
    assert r"D:/\u8bfe\u7a0b/.venv" in render_text(judge(facts), facts, "cp1252")


def test_a_healthy_environment_is_told_at_a_glance() -> None:
    packages = {**SICK.packages, "numpy": "1.19.5", "protobuf": "3.20.3", "setuptools": "70.0", "pandas": "1.3.5"}
    facts = replace(SICK, packages=packages, complete=False)
    assert render_text(judge(facts), facts) == (
        "Python            ✓ Python 3.8.20, virtual environment /srv/course/.venv\n"
        "TensorFlow stack  ✓ tensorflow 2.4.0, keras 2.4.3, numpy 1.19.5,\n"
        "                    protobuf 3.20.3, h5py 2.10.0, gast 0.3.3\n"
        "Scientific stack  ✓ pandas 1.3.5\n"
        "Machine           ✓ Linux x86_64, AVX, AVX2, TF_CPP_MIN_LOG_LEVEL=2\n"
        "\n"
        "Verdict: ok (nothing found); this is the pinned stack."
    )


def test_the_json_document_has_the_promised_shape() -> None:
    document = json.loads(render_json(judge(SICK), SICK))
    assert list(document) == ["schema", "verdict", "findings", "fix", "remaining", "environment"]
    assert document["schema"] == 1
    assert document["remaining"] == []
    assert document["verdict"] == "broken"
    assert document["findings"][0] == {
        "rule": "R07",
        "severity": "error",
        "package": "protobuf",
        "found": "5.29.6",
        "wanted": "protobuf==3.20.3",
        "why": "protobuf 4 and later refuse the generated code that TensorFlow 2.4.0 brings",
        "symptom": "TypeError: Descriptors cannot be created directly.",
        "fix": 'pip install "protobuf==3.20.3"',
    }
    assert [finding["rule"] for finding in document["findings"]] == ["R07", "R02", "R29"]
    assert document["fix"] == ['pip install "numpy==1.19.5" "protobuf==3.20.3" "setuptools<82"']
    environment = document["environment"]
    assert {key: environment[key] for key in environment if environment[key] not in ("", [], {}, None)} == {
        "kind": "running",
        "stack": "pinned",
        "python": "3.8.20",
        "implementation": "CPython",
        "bits": 64,
        "system": "Linux",
        "machine": "x86_64",
        "translated": False,
        "cpu_flags": ["avx", "avx2"],
        "prefix": "/srv/course/.venv",
        "executable": "/srv/course/.venv/bin/python",
        "virtual_environment": True,
        "installer": "pip",
        "variables": {"TF_CPP_MIN_LOG_LEVEL": "2", "VIRTUAL_ENV": "/srv/course/.venv"},
        "packages": dict(SICK.packages),
        "complete": True,
    }


def test_the_json_document_is_ascii() -> None:
    facts = replace(SICK, prefix="D:/课程")
    assert render_json(judge(facts), facts).encode("ascii")


def test_the_json_document_is_english_whatever_the_text_is() -> None:
    verdict = judge(SICK)
    before = render_json(verdict, SICK)
    render_text(verdict, SICK, language="zh")
    assert render_json(verdict, SICK) == before


def test_what_else_was_found_is_in_the_document() -> None:
    facts = Facts(
        gpu=Gpu("470.1", ("11.2",), ("8",)),
        hidden={"numpy": Hidden("/home/a/lib", "1.19.5", "/srv")},
        missing_files={"tensorflow": MissingFiles(7515, 7730, "tensorflow/__init__.py")},
        owners={"tensorflow": ("tensorflow", "tensorflow-cpu")},
        shadows={"numpy": "numpy.py"},
        duplicates={"six": ("1.15.0", "1.16.0")},
        leftovers=("~umpy",),
    )
    environment = json.loads(render_json(judge(facts), facts))["environment"]
    assert environment["gpu"] == {"driver": "470.1", "cuda": ["11.2"], "cudnn": ["8"]}
    assert environment["hidden"] == {"numpy": {"used": "/home/a/lib", "version": "1.19.5", "place": "/srv"}}
    assert environment["missing_files"]["tensorflow"]["missing"] == 7515
    assert environment["owners"] == {"tensorflow": ["tensorflow", "tensorflow-cpu"]}
    assert (environment["shadows"], environment["leftovers"]) == ({"numpy": "numpy.py"}, ["~umpy"])
    assert environment["duplicates"] == {"six": ["1.15.0", "1.16.0"]}


def test_what_a_repair_leaves_is_in_the_document() -> None:
    facts = replace(SICK, cpu_flags=frozenset())
    document = json.loads(render_json(judge(facts), facts))
    assert [finding["rule"] for finding in document["remaining"]] == ["R32"]
