"""What a list leaves open: what is certain, what depends on the installer, and what nobody can say."""

from typing import Dict, Tuple

import pytest

from fcnn.environment import Facts, judge

COURSE = {"tensorflow": "2.4.0", "keras": "2.4.3", "numpy": "1.19.5", "pandas": "1.3.5", "matplotlib": "3.4.2"}


def listed(python: str, packages: Dict[str, str], **ranges: str) -> Facts:
    """A list of requirements: what it pins, and what it leaves open."""
    return Facts(packages=packages, ranges=ranges, python=python, kind="requirements", complete=False)


def told(facts: Facts) -> Tuple[Tuple[str, str, str], ...]:
    """Rule, severity and package of each finding."""
    return tuple((finding.rule, finding.severity, finding.package) for finding in judge(facts).findings)


def test_the_pins_of_the_course_leave_protobuf_to_the_installer() -> None:
    facts = listed("3.8", COURSE)
    (finding,) = judge(facts).findings
    assert (finding.rule, finding.severity, finding.package, finding.found) == ("R07", "warning", "protobuf", "")
    assert finding.why == (
        "protobuf is left open; where the installer takes >=4: protobuf 4 and later refuse the generated code that "
        "TensorFlow 2.4.0 brings"
    )
    assert judge(facts).fix == ('pip install "protobuf==3.20.3"',)


@pytest.mark.parametrize(
    ("tensorflow", "python", "expected"),
    [
        # pip and uv resolved these, and tried them
        pytest.param("2.6.0", "3.8", (("R07", "warning", "protobuf"), ("R14", "warning", "keras")), id="2.6.0"),
        pytest.param("2.7.0", "3.8", (("R07", "warning", "protobuf"),), id="2.7.0"),
        pytest.param("2.8.0", "3.8", (("R07", "warning", "protobuf"),), id="2.8.0"),
        pytest.param("2.6.5", "3.8", (), id="2.6.5 asks for protobuf below 3.20 itself"),
        pytest.param("2.13.1", "3.8", (), id="2.13.1"),
        pytest.param("2.21.0", "3.11", (), id="2.21.0"),
    ],
)
def test_a_tensorflow_alone_brings_what_it_asks_for(tensorflow: str, python: str, expected: object) -> None:
    findings = tuple(item for item in told(listed(python, {"tensorflow": tensorflow})) if item[1] != "note")
    assert [item for item in findings if item[0] != "R04"] == list(expected)  # type: ignore[call-overload]


def test_a_range_that_breaks_as_a_whole_is_certain() -> None:
    assert ("R04", "warning", "numpy") in told(listed("3.8", {"tensorflow": "2.10.1"}, numpy=">=1.24"))
    facts = listed("3.8", {"tensorflow": "2.4.0", "protobuf": "3.20.3"}, numpy=">=1.24")
    assert ("R57", "warning", "numpy") in told(facts)


def test_a_tensorflow_left_open_is_judged_only_where_all_of_it_breaks() -> None:
    assert ("R01", "error", "numpy") in told(listed("3.8", {"numpy": "1.24.4"}, tensorflow="<2.6"))
    assert judge(listed("3.8", {"numpy": "1.24.4"}, tensorflow=">=2.6,<2.9")).verdict == "ok"
    assert judge(listed("3.8", {}, tensorflow="", numpy="")).verdict == "ok"


def test_the_newest_version_for_a_python_closes_what_is_open() -> None:
    # NumPy 1.24.4 is the last for Python 3.8, so that NumPy 2 cannot come; for 3.10 it can
    assert ("R05", "error", "numpy") not in told(listed("3.8", {"tensorflow": "2.10.1"}, numpy=""))
    open_ = [item for item in judge(listed("3.10", {"tensorflow": "2.10.1"}, numpy="")).findings if item.rule == "R05"]
    assert [(item.severity, item.package) for item in open_] == [("warning", "numpy")]
    assert open_[0].why.startswith("numpy is left open; where the installer takes >=2: ")


def test_what_depends_on_two_open_packages_is_not_told() -> None:
    # R28 needs typing-extensions >= 4.6 and wrapt < 2.2, of which TensorFlow 2.18 fixes neither
    facts = listed("3.11", {"tensorflow": "2.18.1"})
    assert "R28" not in {rule for rule, _, _ in told(facts)}


def test_a_range_that_certainly_works_is_silent() -> None:
    facts = listed("3.8", {"tensorflow": "2.4.0", "protobuf": "3.20.3"}, numpy="~=1.19.2")
    assert judge(facts).verdict == "ok"


def test_of_a_list_nothing_is_missing() -> None:
    assert not {"R17", "R27", "R50", "R55"} & {rule for rule, _, _ in told(listed("3.8", {"tensorflow": "2.10.1"}))}


def test_trouble_with_older_versions_than_the_newest_allowed_is_not_told() -> None:
    healthy = {"tensorflow": "2.15.0", "numpy": "1.26.4", "keras": "2.15.0", "protobuf": "4.25.3", "ml-dtypes": "0.2.0"}
    assert "warning" not in {severity for _, severity, _ in told(listed("3.11", healthy))}  # h5py<3 is possible
    facts = listed("3.12", {}, tensorflow="==2.16.*", numpy="<2")
    assert "warning" not in {severity for _, severity, _ in told(facts)}


def test_an_upper_bound_of_the_list_itself_forces_an_old_version() -> None:
    assert ("R57", "warning", "numpy") in told(listed("3.11", {"tensorflow": "2.16.1"}, numpy="<1.20"))


@pytest.mark.parametrize(
    ("tf_keras", "kind", "expected"),
    [
        pytest.param("2.18.0", "requirements", [("R76", "error", "tf-keras")], id="newer, in a plan"),
        pytest.param("2.16.0", "freeze", [("R76", "warning", "tf-keras")], id="older, installed"),
        pytest.param("2.17.0", "requirements", [], id="of its line"),
    ],
)
def test_a_tf_keras_of_another_line_is_told(tf_keras: str, kind: str, expected: object) -> None:
    packages = {"tensorflow": "2.17.0", "keras": "3.5.0", "tf-keras": tf_keras}
    facts = Facts(packages=packages, python="3.11", kind=kind, complete=kind == "freeze", for_fcnn=False)
    assert [item for item in told(facts) if item[0] == "R76"] == expected


def test_a_tf_keras_left_open_becomes_the_one_of_tensorflow() -> None:
    facts = listed("3.11", {"tensorflow": "2.17.0"}, **{"tf-keras": ""})
    assert "R76" not in {rule for rule, _, _ in told(facts)}


@pytest.mark.parametrize(
    ("system", "intel", "expected"),
    [
        pytest.param("Windows", "2.15.0", ("error", 'pip install "tensorflow-intel==2.16.1"'), id="Windows"),
        pytest.param("Linux", "2.15.0", ("warning", ""), id="Linux"),
        pytest.param("Windows", "2.16.1", None, id="the same"),
    ],
)
def test_a_tensorflow_intel_of_another_version_is_told(system: str, intel: str, expected: object) -> None:
    packages = {"tensorflow": "2.16.1", "tensorflow-intel": intel}
    facts = Facts(packages=packages, python="3.11", kind="requirements", complete=False, system=system, machine="AMD64")
    found = [(item.severity, *judge(facts).fix[:1]) for item in judge(facts).findings if item.rule == "R77"]
    if expected is None:
        assert found == []
    else:
        advice = "take tensorflow-intel out of the environment: it is for Windows"
        assert found == [(expected[0], expected[1] or advice)]  # type: ignore[index]
