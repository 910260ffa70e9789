"""The guard that every command calls before it imports TensorFlow, and `fcnn check-env`."""

import json
from typing import Dict

import pytest
from click.testing import CliRunner

from fcnn.cli import check_env as command
from fcnn.environment import Facts, guard, reading, require_tensorflow
from fcnn.errors import ExitCode, UnsupportedEnvironmentError

HEALTHY = {"tensorflow": "2.4.0", "numpy": "1.19.5", "protobuf": "3.20.3"}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch):
    """A function that makes an environment the one that is read."""
    monkeypatch.delenv(guard.SKIP_VARIABLE, raising=False)

    def pretend(packages: Dict[str, str]) -> None:
        facts = Facts(packages={**HEALTHY, **packages}, complete=False, prefix="/srv/.venv")
        monkeypatch.setattr(guard, "read_facts", lambda: facts)
        monkeypatch.setattr(reading, "examine", lambda folder: facts)

    return pretend


def test_a_healthy_environment_passes_silently(environment) -> None:
    environment({})
    assert require_tensorflow() == ()


def test_a_warning_does_not_stop(environment) -> None:
    environment({"gast": "0.4.0"})
    assert require_tensorflow() == ()


def test_a_broken_environment_stops_with_symptom_and_fix(environment) -> None:
    environment({"numpy": "1.24.4"})
    with pytest.raises(UnsupportedEnvironmentError) as raised:
        require_tensorflow()
    assert raised.value.exit_code == 3
    assert str(raised.value) == (
        "environment /srv/.venv: TensorFlow 2.4.0 uses np.object while it is imported, and NumPy removed "
        "that name in 1.24: AttributeError: module 'numpy' has no attribute 'object'\n  expected: "
        "numpy==1.19.5\n  received: numpy 1.24.4\n"
        '  hint: pip install "numpy==1.19.5"'
    )


def test_several_errors_come_together_with_one_command_for_all(environment) -> None:
    environment({"numpy": "1.24.4", "protobuf": "5.29.6"})
    with pytest.raises(UnsupportedEnvironmentError) as raised:
        require_tensorflow()
    assert [problem.severity for problem in raised.value.problems] == ["error", "error", "note"]
    assert raised.value.problems[-1].hint == 'pip install "numpy==1.19.5" "protobuf==3.20.3"'


def test_the_check_can_be_skipped_and_says_so(environment, monkeypatch: pytest.MonkeyPatch) -> None:
    environment({"numpy": "1.24.4"})
    monkeypatch.setenv("FCNN_SKIP_ENV_CHECK", "1")
    (problem,) = require_tensorflow()
    assert problem.severity == "warning"
    assert str(problem) == (
        "the environment was not checked, because FCNN_SKIP_ENV_CHECK is set\n"
        "  hint: run `fcnn check-env` to see whether it is sound"
    )


@pytest.mark.parametrize("value", ["", "0"])
def test_an_empty_variable_skips_nothing(environment, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    environment({"numpy": "1.24.4"})
    monkeypatch.setenv("FCNN_SKIP_ENV_CHECK", value)
    with pytest.raises(UnsupportedEnvironmentError):
        require_tensorflow()


@pytest.mark.parametrize(
    ("packages", "options", "code"),
    [
        pytest.param({}, [], ExitCode.DONE, id="healthy"),
        pytest.param({}, ["--strict"], ExitCode.DONE, id="healthy, strict"),
        pytest.param({"gast": "0.4.0"}, [], ExitCode.DONE, id="warning"),
        pytest.param({"gast": "0.4.0"}, ["--strict"], ExitCode.WRONG_ENVIRONMENT, id="warning, strict"),
        pytest.param({"numpy": "1.24.4"}, [], ExitCode.WRONG_ENVIRONMENT, id="error"),
        pytest.param({"numpy": "1.24.4"}, ["--json"], ExitCode.WRONG_ENVIRONMENT, id="error, json"),
        pytest.param({}, ["--nonsense"], ExitCode.WRONG_INPUT, id="wrong usage"),
    ],
)
def test_check_env_exits_with_the_code_of_its_verdict(environment, packages, options, code) -> None:
    environment(packages)
    assert CliRunner().invoke(command.check_env, options).exit_code == code


def test_check_env_prints_text(environment) -> None:
    environment({"numpy": "1.24.4"})
    printed = CliRunner().invoke(command.check_env, ["--lang", "en"]).output
    assert '\n  pip install "numpy==1.19.5"\n' in printed
    assert "\nVerdict: broken (1 error); " in printed


def test_check_env_prints_one_json_document(environment) -> None:
    environment({"numpy": "1.24.4"})
    assert json.loads(CliRunner().invoke(command.check_env, ["--json"]).output)["verdict"] == "broken"


# --- an import that fails although the metadata is sound ---


def failure(
    error: BaseException, monkeypatch: pytest.MonkeyPatch, packages: Dict[str, str]
) -> UnsupportedEnvironmentError:
    """What the guard makes of an error that was raised."""
    facts = Facts(packages={**HEALTHY, **packages}, complete=False, prefix="/srv/.venv")
    monkeypatch.setattr(guard, "read_facts", lambda: facts)
    place = "/srv/.venv/lib/python3.8/site-packages/tensorflow/core/framework/tensor_shape_pb2.py"
    try:
        exec(compile("raise error", place, "exec"), {"error": error})
    except type(error) as raised:
        return guard.import_failure(raised)


def test_a_failing_import_is_told_with_rule_cause_and_fix(monkeypatch: pytest.MonkeyPatch) -> None:
    error = failure(
        TypeError("Descriptors cannot be created directly.\nIf this call"), monkeypatch, {"protobuf": "4.25.8"}
    )
    assert error.exit_code == ExitCode.WRONG_ENVIRONMENT
    assert str(error.problems[0]) == (
        "environment /srv/.venv: TensorFlow cannot be imported, R07: protobuf 4 and later refuse the generated code "
        "that TensorFlow 2.4.0 brings\n"
        "  expected: protobuf==3.20.3\n"
        "  received: TypeError: Descriptors cannot be created directly\n"
        '  hint: pip install "protobuf==3.20.3"'
    )


def test_further_explanations_are_notes(monkeypatch: pytest.MonkeyPatch) -> None:
    error = failure(AttributeError("module 'numpy' has no attribute 'typeDict'"), monkeypatch, {})
    assert [problem.severity for problem in error.problems] == ["error"]
    error = failure(ImportError("numpy.core.umath failed to import"), monkeypatch, {})
    assert [problem.severity for problem in error.problems] == ["error", "note"]
    assert error.problems[1].message.startswith("it may also be R30: ")


def test_an_unknown_failure_says_what_to_report(monkeypatch: pytest.MonkeyPatch) -> None:
    error = failure(RuntimeError("nobody knows this"), monkeypatch, {})
    assert str(error.problems[0]) == (
        "environment /srv/.venv: TensorFlow cannot be imported, and no rule knows why\n"
        "  received: RuntimeError: nobody knows this\n"
        "  hint: report it with the output of `fcnn check-env --report` and the lines below"
    )
    assert error.problems[1].severity == "note"
    assert error.problems[1].message.startswith("the traceback\n  Traceback (most recent call last):\n")
    assert error.problems[1].message.endswith("\n  RuntimeError: nobody knows this")


def test_the_cause_of_a_failure_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    error = ImportError("something failed")
    error.__cause__ = AttributeError("module 'numpy' has no attribute 'typeDict'")
    assert "R23" in str(failure(error, monkeypatch, {}))
