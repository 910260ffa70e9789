"""Environment variables that change which Keras or protobuf is used; and SciPy, which nobody asks for."""

from typing import Dict, Tuple

import pytest

from fcnn.environment import Facts, judge

CURRENT = {"tensorflow": "2.21.0", "keras": "3.15.0", "protobuf": "7.36.2", "numpy": "2.4.6", "h5py": "3.14.0"}
OLD = {"tensorflow": "2.10.1", "keras": "2.10.0", "protobuf": "3.19.6", "numpy": "1.23.5"}


def told(rule: str, packages: Dict[str, str], complete: bool = True, **variables: str) -> Tuple[str, ...]:
    """How grave a rule finds it."""
    facts = Facts(packages=packages, python="3.11.7", complete=complete, variables=variables)
    return tuple(item.severity for item in judge(facts).findings if item.rule == rule)


@pytest.mark.parametrize(
    ("value", "more", "expected"),
    [
        ("", {}, ()),
        ("tensorflow", {}, ()),
        ("TensorFlow", {}, ("error",)),
        ("theano", {}, ("error",)),
        ("jax", {}, ("error",)),
        ("jax", {"jax": "0.4.30"}, ("warning",)),
        ("torch", {"jax": "0.4.30"}, ("error",)),
        ("numpy", {}, ("error",)),
    ],
)
def test_a_keras_without_its_backend_is_an_error(value: str, more: Dict[str, str], expected: Tuple[str, ...]) -> None:
    assert told("R72", {**CURRENT, **more}, KERAS_BACKEND=value) == expected


def test_of_an_open_list_no_backend_is_missing() -> None:
    assert told("R72", CURRENT, complete=False, KERAS_BACKEND="jax") == ("warning",)


def test_keras_2_has_no_backends() -> None:
    assert told("R72", OLD, KERAS_BACKEND="jax") == ()


@pytest.mark.parametrize("value", ["1", "true", "True"])
def test_legacy_keras_that_is_not_there_is_an_error(value: str) -> None:
    assert told("R73", CURRENT, TF_USE_LEGACY_KERAS=value) == ("error",)
    assert told("R73", {**CURRENT, "tf-keras": "2.21.0"}, TF_USE_LEGACY_KERAS=value) == ()
    assert told("R73", OLD, TF_USE_LEGACY_KERAS=value) == ()
    assert told("R73", CURRENT, complete=False, TF_USE_LEGACY_KERAS=value) == ()


@pytest.mark.parametrize("value", ["0", "", "yes", "TRUE"])
def test_any_other_value_leaves_keras_as_it_is(value: str) -> None:
    assert told("R73", CURRENT, TF_USE_LEGACY_KERAS=value) == ()


def test_legacy_keras_is_installed_in_the_version_of_tensorflow() -> None:
    facts = Facts(packages=CURRENT, python="3.11.7", variables={"TF_USE_LEGACY_KERAS": "1"})
    (finding,) = (item for item in judge(facts).findings if item.rule == "R73")
    assert finding.fix == 'pip install "tf-keras==2.21.*"'


@pytest.mark.parametrize(
    ("value", "packages", "expected"),
    [
        ("cpp", CURRENT, ("error",)),
        ("nonsense", CURRENT, ("error",)),
        ("upb", CURRENT, ()),
        ("python", CURRENT, ("note",)),
        ("cpp", OLD, ()),
        ("nonsense", OLD, ()),
        ("python", OLD, ("note",)),
        ("python", {**OLD, "protobuf": "4.21.12"}, ()),
    ],
)
def test_protobuf_has_only_some_implementations(value: str, packages: Dict[str, str], expected: object) -> None:
    assert told("R74", packages, PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION=value) == expected


def test_a_missing_scipy_is_a_note() -> None:
    assert told("R48", CURRENT) == ("note",)
    assert told("R48", {**CURRENT, "scipy": "1.17.1"}) == ()
    assert told("R48", CURRENT, complete=False) == ()
    assert told("R48", {"numpy": "2.4.6"}) == ()
