"""The verdict as text and as JSON."""

import json
from dataclasses import replace

import pytest

from fcnn.environment import Facts, judge, render_json, render_text

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
Python
  ✓ Python 3.8.20 (CPython), pip environment: /srv/course/.venv

TensorFlow stack
  ✓ tensorflow 2.4.0
  ✓ keras 2.4.3
  ! numpy 1.23.5
      R02 warning: TensorFlow 2.4.0 builds no LSTM (nor other recurrent layer) with NumPy 1.20 or later; dense \
networks work.
      symptom: NotImplementedError: Cannot convert a symbolic Tensor (lstm/strided_slice:0) to a numpy array. This \
error may indicate that you're trying to pass a Tensor to a NumPy call, which is not supported
      fix: pip install "numpy==1.19.5"
  ✗ protobuf 5.29.6
      R07 error: protobuf 4 and later refuse the generated code that TensorFlow 2.4.0 brings.
      symptom: TypeError: Descriptors cannot be created directly.
      fix: pip install "protobuf==3.20.3"
  ✓ h5py 2.10.0
  ✓ gast 0.3.3

Scientific stack
  · pandas is not installed
  · scikit-learn is not installed
  · matplotlib is not installed

Other packages
  ! setuptools 84.2.1
      R29 warning: the `tensorboard` command needs pkg_resources, which setuptools removed in 82; TensorFlow itself \
works.
      symptom: ModuleNotFoundError: No module named 'pkg_resources'
      fix: pip install "setuptools<82"

Machine
  ✓ Linux x86_64, avx, avx2, TF_CPP_MIN_LOG_LEVEL=2

Verdict: broken (1 error, 2 warnings); this is the pinned stack.
To repair all of it:
  pip install "numpy==1.19.5" "protobuf==3.20.3" "setuptools<82\""""


def test_the_text_tells_what_was_found_why_and_what_to_do() -> None:
    assert render_text(judge(SICK), SICK) == TEXT


@pytest.mark.parametrize("encoding", ["gbk", "cp1252", "ascii", "no-such-encoding"])
def test_where_the_console_has_no_ticks_ascii_stands_in(encoding: str) -> None:
    text = render_text(judge(SICK), SICK, encoding)
    assert text.isascii() if hasattr(text, "isascii") else text.encode("ascii")
    assert "  + tensorflow 2.4.0\n" in text
    assert "  ! numpy 1.23.5\n" in text
    assert "  x protobuf 5.29.6\n" in text
    assert "  - pandas is not installed\n" in text


def test_a_path_that_the_console_cannot_hold_is_escaped() -> None:
    facts = replace(SICK, prefix="D:/课程/.venv")
    assert "D:/课程/.venv" in render_text(judge(facts), facts, "gbk")
    assert r"D:/\u8bfe\u7a0b/.venv" in render_text(judge(facts), facts, "cp1252")


def test_a_healthy_environment_is_told_in_one_line() -> None:
    facts = replace(SICK, packages={"tensorflow": "2.4.0", "numpy": "1.19.5"}, complete=False)
    assert render_text(judge(facts), facts).splitlines()[-1] == "Verdict: ok (nothing found); this is the pinned stack."


def test_the_json_document_has_the_promised_shape() -> None:
    document = json.loads(render_json(judge(SICK), SICK))
    assert list(document) == ["verdict", "findings", "fix", "environment"]
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
    assert document["environment"] == {
        "stack": "pinned",
        "python": "3.8.20",
        "implementation": "CPython",
        "system": "Linux",
        "machine": "x86_64",
        "cpu_flags": ["avx", "avx2"],
        "prefix": "/srv/course/.venv",
        "executable": "/srv/course/.venv/bin/python",
        "virtual_environment": True,
        "installer": "pip",
        "variables": {"TF_CPP_MIN_LOG_LEVEL": "2", "VIRTUAL_ENV": "/srv/course/.venv"},
        "packages": dict(SICK.packages),
    }


def test_the_json_document_is_ascii() -> None:
    facts = replace(SICK, prefix="D:/课程")
    assert render_json(judge(facts), facts).encode("ascii")
