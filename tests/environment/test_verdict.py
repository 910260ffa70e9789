"""The judgement, with facts typed by hand."""

import random
from dataclasses import replace
from typing import Dict, Tuple

import pytest

from fcnn.environment import Facts, judge
from fcnn.environment.rules import MINIMUM_VERSIONS, REMEDIES, RULES, STACKS, Remedy, Rule

from .repairing import PUBLISHED, repaired

PINNED = {
    "charset-normalizer": "3.5.2",
    "click": "8.1.8",
    "flask": "3.0.3",
    "gast": "0.3.3",
    "h5py": "2.10.0",
    "jinja2": "3.1.6",
    "keras": "2.4.3",
    "keras-preprocessing": "1.1.2",
    "matplotlib": "3.4.2",
    "msgspec": "0.18.6",
    "numpy": "1.19.5",
    "optuna": "4.5.0",
    "packaging": "26.2",
    "pandas": "1.3.5",
    "pillow": "10.4.0",
    "protobuf": "3.20.3",
    "psutil": "7.2.2",
    "pyyaml": "6.0.3",
    "rich": "14.3.4",
    "scikit-learn": "1.3.2",
    "scipy": "1.10.1",
    "six": "1.15.0",
    "tensorflow": "2.4.0",
    "typing-extensions": "3.7.4.3",
    "waitress": "3.0.0",
    "wrapt": "1.12.1",
}
CURRENT = {
    "charset-normalizer": "3.5.2",
    "click": "8.5.1",
    "flask": "3.1.3",
    "gast": "0.7.0",
    "h5py": "3.14.0",
    "jinja2": "3.1.6",
    "keras": "3.15.1",
    "matplotlib": "3.11.2",
    "ml-dtypes": "0.6.0",
    "msgspec": "0.22.0",
    "numpy": "2.4.6",
    "optuna": "5.0.0",
    "packaging": "26.3",
    "pandas": "3.1.1",
    "protobuf": "7.36.2",
    "psutil": "7.2.2",
    "pyyaml": "6.0.3",
    "rich": "15.0.0",
    "scikit-learn": "1.9.1",
    "scipy": "1.17.1",
    "tensorflow": "2.21.0",
    "typing-extensions": "4.16.0",
    "waitress": "3.0.2",
    "wrapt": "2.5.2",
}


def pinned(**changes: str) -> Facts:
    """The pinned stack with other versions of some packages (``_`` for ``-``); an empty version removes one."""
    return Facts(packages=_changed(PINNED, changes), python="3.8.20", for_fcnn=True)


def current(**changes: str) -> Facts:
    """The current stack with other versions of some packages."""
    return Facts(packages=_changed(CURRENT, changes), python="3.11.7", for_fcnn=True)


def beside(tensorflow: str, python: str = "3.8.20", **packages: str) -> Facts:
    """Of an environment only what matters: TensorFlow and some packages beside it."""
    return Facts(packages=_changed({"tensorflow": tensorflow}, packages), python=python, complete=False)


def _changed(packages: Dict[str, str], changes: Dict[str, str]) -> Dict[str, str]:
    changed = {**packages, **{name.replace("_", "-"): version for name, version in changes.items()}}
    return {name: version for name, version in changed.items() if version}


def told(facts: Facts) -> Tuple[Tuple[str, str, str], ...]:
    """Rule, severity and package of each finding."""
    return tuple((finding.rule, finding.severity, finding.package) for finding in judge(facts).findings)


@pytest.mark.parametrize(
    ("facts", "stack"),
    [
        pytest.param(pinned(), "pinned", id="pinned"),
        pytest.param(current(), "current", id="current"),
        pytest.param(replace(current(), python="3.13.1"), "current", id="current on 3.13"),
    ],
)
def test_a_stack_is_recognised_and_nothing_is_found_in_it(facts: Facts, stack: str) -> None:
    verdict = judge(facts)
    assert (verdict.verdict, verdict.findings, verdict.fix, verdict.stack) == ("ok", (), (), stack)


def test_the_conflict_of_the_course_is_told_in_full() -> None:
    verdict = judge(pinned(numpy="1.24.4"))
    assert verdict.verdict == "broken"
    finding = verdict.findings[0]
    assert (finding.rule, finding.severity, finding.package, finding.found) == ("R01", "error", "numpy", "1.24.4")
    assert finding.wanted == "numpy==1.19.5"
    assert finding.why == ("TensorFlow 2.4.0 uses np.object while it is imported, and NumPy removed that name in 1.24")
    assert finding.symptom == (
        "AttributeError: module 'numpy' has no attribute 'object'.\n"
        "FutureWarning: In the future `np.object` will be defined as the corresponding NumPy scalar."
    )
    assert finding.fix == 'pip install "numpy==1.19.5"'
    assert verdict.fix == ('pip install "numpy==1.19.5"',)


@pytest.mark.parametrize(
    ("tensorflow", "numpy", "rule", "severity", "right"),
    [
        ("2.4.0", "1.24.4", "R01", "error", "numpy==1.19.5"),
        ("2.5.3", "1.24.4", "R01", "error", "numpy==1.19.5"),
        ("2.6.5", "1.24.4", "R01", "error", "numpy==1.19.5"),
        ("2.7.4", "1.24.4", "R04", "warning", "numpy==1.23.5"),
        ("2.8.4", "1.24.4", "R04", "warning", "numpy==1.23.5"),
        ("2.9.3", "1.24.4", "R04", "warning", "numpy==1.23.5"),
        ("2.10.1", "1.24.4", "R04", "warning", "numpy==1.23.5"),
        ("2.11.1", "1.24.4", "R04", "warning", "numpy==1.23.5"),
        ("2.4.0", "1.20.3", "R02", "warning", "numpy==1.19.5"),
        ("2.5.3", "1.23.5", "R02", "warning", "numpy==1.19.5"),
        ("2.8.4", "1.19.5", "R03", "error", "numpy==1.23.5"),
        ("2.10.1", "1.19.5", "R03", "error", "numpy==1.23.5"),
        ("2.12.1", "1.19.5", "R03", "error", "numpy==1.24.3"),
        ("2.13.1", "1.21.6", "R03", "error", "numpy==1.24.3"),
        ("2.7.4", "2.0.2", "R05", "error", "numpy==1.23.5"),
        ("2.13.1", "2.0.2", "R05", "error", "numpy==1.24.3"),
        ("2.17.1", "2.2.6", "R05", "error", "numpy==1.26.4"),
    ],
)
def test_every_tensorflow_gets_the_numpy_that_suits_it(
    tensorflow: str, numpy: str, rule: str, severity: str, right: str
) -> None:
    verdict = judge(beside(tensorflow, numpy=numpy, python="3.11.7" if tensorflow == "2.17.1" else "3.8.20"))
    found = [finding for finding in verdict.findings if finding.package == "numpy"]
    assert [(finding.rule, finding.severity, finding.wanted) for finding in found] == [(rule, severity, right)]
    assert verdict.fix == (f'pip install "{right}"',)


@pytest.mark.parametrize(
    ("tensorflow", "python", "numpy"),
    [
        ("2.6.5", "3.8.20", "1.20.3"),
        ("2.6.5", "3.8.20", "1.23.5"),
        ("2.7.4", "3.8.20", "1.19.5"),
        ("2.10.1", "3.8.20", "1.23.5"),
        ("2.12.1", "3.8.20", "1.22.4"),
        ("2.18.1", "3.11.7", "2.0.2"),
        ("2.21.0", "3.11.7", "2.4.6"),
    ],
)
def test_a_numpy_that_works_is_left_alone(tensorflow: str, python: str, numpy: str) -> None:
    assert judge(beside(tensorflow, python=python, numpy=numpy)).verdict == "ok"


@pytest.mark.parametrize("numpy", ["1.24.4", "1.26.4"])
def test_a_numpy_that_only_metadata_forbids_is_a_note(numpy: str) -> None:
    verdict = judge(beside("2.12.1", python="3.11.7", numpy=numpy))
    assert [(finding.rule, finding.severity) for finding in verdict.findings] == [("R06", "note")]
    assert (verdict.verdict, verdict.fix) == ("ok", ())


@pytest.mark.parametrize(
    ("tensorflow", "numpy"),
    [
        ("2.4.0rc1", "1.24.4"),
        ("2.5.0.dev20210329", "1.24.4"),
        ("2.6.0rc0", "1.24.0rc1"),
        ("2.4.0+local.build", "1.24.4"),
    ],
)
def test_a_pre_release_breaks_as_its_release_does(tensorflow: str, numpy: str) -> None:
    assert ("R01", "error", "numpy") in told(beside(tensorflow, numpy=numpy))


@pytest.mark.parametrize(
    "name", ["tensorflow-cpu", "tensorflow-gpu", "tensorflow-intel", "tensorflow-macos", "tf-nightly"]
)
def test_tensorflow_counts_under_each_of_its_names(name: str) -> None:
    facts = Facts(packages={name: "2.4.4", "numpy": "1.24.4"}, complete=False)
    (finding,) = judge(facts).findings
    assert (finding.rule, finding.package) == ("R01", "numpy")


def test_a_version_that_is_none_is_no_reason_to_fail() -> None:
    facts = Facts(packages={"tensorflow": "unknown", "numpy": "1.24.4", "keras": "", "protobuf": "five"})
    assert judge(facts).verdict == "ok"


@pytest.mark.parametrize(
    ("facts", "rule", "severity", "symptom", "fix"),
    [
        pytest.param(
            pinned(protobuf="5.29.6"),
            "R07",
            "error",
            "TypeError: Descriptors cannot be created directly.",
            'pip install "protobuf==3.20.3"',
            id="protobuf 5 beside 2.4",
        ),
        pytest.param(
            beside("2.10.1", protobuf="4.21.12"),
            "R07",
            "error",
            "TypeError: Descriptors cannot not be created directly.",
            'pip install "protobuf==3.19.6"',
            id="protobuf 4.21 says not twice",
        ),
        pytest.param(
            beside("2.13.1", protobuf="3.19.6"),
            "R09",
            "error",
            "ImportError: cannot import name 'builder' from 'google.protobuf.internal'",
            'pip install "protobuf==4.25.8"',
            id="protobuf 3.19 beside 2.13",
        ),
        pytest.param(
            beside("2.20.0", python="3.11.7", protobuf="4.25.8"),
            "R10",
            "error",
            "ImportError: cannot import name 'runtime_version' from 'google.protobuf'",
            'pip install "protobuf>=5.28,<8"',
            id="protobuf 4 beside 2.20",
        ),
        pytest.param(
            current(protobuf="5.29.6"),
            "R11",
            "error",
            "google.protobuf.runtime_version.VersionError: Detected incompatible Protobuf Gencode/Runtime "
            "versions when loading tensorflow/core/framework/attr_value.proto: gencode 6.31.1 runtime "
            "5.29.6. Runtime version cannot be older than the linked gencode version.",
            'pip install "protobuf>=6.31.1,<8"',
            id="protobuf 5 beside 2.21",
        ),
        pytest.param(
            beside("2.8.4", keras="2.9.0"),
            "R14",
            "error",
            "ImportError: cannot import name 'dtensor' from 'tensorflow.compat.v2.experimental'",
            'pip install "keras==2.8.*"',
            id="keras newer",
        ),
        pytest.param(
            beside("2.13.1", keras="2.10.0"),
            "R16",
            "error",
            "TypeError: Descriptors cannot be created directly.",
            'pip install "keras==2.13.1"',
            id="keras much older",
        ),
        pytest.param(
            replace(beside("2.6.5"), complete=True),
            "R17",
            "error",
            "ModuleNotFoundError: No module named 'keras'",
            'pip install "keras==2.6.0"',
            id="keras missing",
        ),
        pytest.param(
            pinned(keras="2.10.0"),
            "R18",
            "warning",
            "AttributeError: module 'tensorflow.compat.v2.__internal__' has no attribute 'dispatch'",
            'pip install "keras==2.4.3"',
            id="keras newer than 2.4",
        ),
        pytest.param(
            Facts(packages={"tensorflow": "2.5.3", "keras": "2.10.0", "keras-nightly": "2.5.0.dev2021032900"}),
            "R19",
            "warning",
            "AttributeError: module 'tensorflow.compat.v2.__internal__' has no attribute "
            "'register_clear_session_function'",
            'pip uninstall -y keras keras-nightly && pip install "keras-nightly==2.5.0.dev2021032900"',
            id="keras over keras-nightly",
        ),
        pytest.param(
            current(keras="2.15.0"),
            "R20",
            "error",
            "AttributeError: module 'tensorflow._api.v2.compat.v2.__internal__' has no attribute "
            "'register_load_context_function'",
            'pip install "keras==3.15.*"',
            id="keras 2 beside 2.21",
        ),
        pytest.param(
            pinned(h5py="3.1.0"),
            "R22",
            "warning",
            "AttributeError: 'str' object has no attribute 'decode'",
            'pip install "h5py==2.10.0"',
            id="h5py 3 beside 2.4",
        ),
        pytest.param(
            beside("2.9.3", h5py="2.10.0", numpy="1.24.4"),
            "R23",
            "error",
            "AttributeError: module 'numpy' has no attribute 'typeDict'",
            'pip install "h5py>=3.1"',
            id="h5py 2 beside numpy 1.24",
        ),
        pytest.param(
            pinned(gast="0.5.5"),
            "R24",
            "warning",
            "WARNING:tensorflow:AutoGraph could not transform ... Cause: module 'gast' has no attribute "
            "'Index'\nOperatorNotAllowedInGraphError: iterating over `tf.Tensor` is not allowed",
            'pip install "gast==0.3.3"',
            id="gast",
        ),
        pytest.param(
            pinned(pandas="2.0.3"),
            "R33",
            "error",
            "ImportError: this version of pandas is incompatible with numpy < 1.20.3",
            'pip install "pandas==1.3.5"',
            id="pandas on numpy 1.19",
        ),
        pytest.param(
            pinned(matplotlib="3.7.5"),
            "R34",
            "error",
            "ImportError: Matplotlib requires numpy>=1.20; you have",
            'pip install "matplotlib<3.7"',
            id="matplotlib on numpy 1.19",
        ),
        pytest.param(
            current(pandas="2.1.4"),
            "R37",
            "error",
            "ValueError: numpy.dtype size changed, may indicate binary incompatibility. Expected 96 from C "
            "header, got 88 from PyObject",
            'pip install "pandas>=2.2.2"',
            id="old pandas on numpy 2",
        ),
        pytest.param(
            current(matplotlib="3.7.5"),
            "R38",
            "error",
            "ImportError: numpy.core.multiarray failed to import",
            'pip install "matplotlib>=3.8.4"',
            id="old matplotlib on numpy 2",
        ),
        pytest.param(
            beside("2.17.1", python="3.11.7", numpy="1.26.4", pandas="3.1.1"),
            "R39",
            "error",
            "ImportError: C extension: None not built.\n"
            "ImportError: Please upgrade numpy to >= 2.0.2 to use this pandas version.",
            'pip install "pandas<3"',
            id="pandas 3 on numpy 1",
        ),
        pytest.param(
            current(pandas="3.1.1", numpy="1.26.4"),
            "R39",
            "error",
            "ImportError: C extension: None not built.\n"
            "ImportError: Please upgrade numpy to >= 2.0.2 to use this pandas version.",
            'pip install "numpy>=2.0.2,<3"',
            id="pandas 3 on numpy 1 where numpy may rise",
        ),
        pytest.param(
            pinned(msgspec=""),
            "R51",
            "error",
            "ModuleNotFoundError: No module named 'msgspec'",
            'pip install "msgspec>=0.18.6"',
            id="a requirement of fcnn missing",
        ),
        pytest.param(pinned(rich="12.6.0"), "R52", "error", "", 'pip install "rich>=14.1"', id="a requirement too old"),
    ],
)
def test_the_finding_names_symptom_and_fix(facts: Facts, rule: str, severity: str, symptom: str, fix: str) -> None:
    found = [finding for finding in judge(facts).findings if finding.rule == rule]
    assert [(item.severity, item.symptom, item.fix) for item in found] == [(severity, symptom, fix)]


@pytest.mark.parametrize(
    ("tensorflow", "keras", "expected"),
    [
        ("2.6.5", "2.6.0", ()),
        ("2.6.5", "2.7.0", (("R14", "error", "keras"),)),
        ("2.6.5", "2.4.3", (("R16", "error", "keras"),)),
        ("2.9.3", "2.6.0", (("R15", "note", "keras"),)),
        ("2.10.1", "2.8.0", (("R16", "error", "keras"),)),
        ("2.10.1", "2.9.0", (("R15", "note", "keras"),)),
        ("2.11.1", "2.13.1", (("R14", "error", "keras"),)),
        ("2.12.1", "2.11.0", (("R16", "error", "keras"),)),
        ("2.12.1", "3.5.0", (("R14", "error", "keras"),)),
        ("2.13.1", "2.12.0", (("R15", "note", "keras"),)),
    ],
)
def test_keras_and_tensorflow_must_suit_each_other(tensorflow: str, keras: str, expected: object) -> None:
    assert told(beside(tensorflow, keras=keras)) == expected


@pytest.mark.parametrize(
    ("tensorflow", "keras", "expected"),
    [
        ("2.14.1", "2.15.0", (("R15", "note", "keras"),)),
        ("2.14.1", "3.5.0", (("R14", "error", "keras"),)),
        ("2.15.1", "2.12.0", (("R15", "note", "keras"),)),
        ("2.15.1", "3.5.0", (("R21", "warning", "keras"),)),
        ("2.16.2", "2.15.0", (("R20", "error", "keras"),)),
        ("2.16.2", "3.5.0", ()),
    ],
)
def test_keras_3_begins_with_tensorflow_2_16(tensorflow: str, keras: str, expected: object) -> None:
    assert told(beside(tensorflow, python="3.11.7", keras=keras)) == expected


def test_tf_keras_makes_an_old_keras_harmless() -> None:
    facts = beside("2.16.2", python="3.11.7", keras="2.15.0", tf_keras="2.16.0")
    assert told(replace(facts, variables={"TF_USE_LEGACY_KERAS": "1"})) == (("R20", "note", "keras"),)


@pytest.mark.parametrize(("version", "severity"), [("4.21.12", "warning"), ("5.29.6", "error")])
def test_the_pure_python_protobuf_saves_version_4_only(version: str, severity: str) -> None:
    facts = replace(pinned(protobuf=version), variables={"PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION": "python"})
    assert told(facts) == (("R07", severity, "protobuf"),)


@pytest.mark.parametrize(
    ("flags", "machine", "tensorflow", "expected"),
    [
        pytest.param({"avx", "avx2"}, "x86_64", "2.4.0", (), id="avx2"),
        pytest.param({"avx"}, "x86_64", "2.4.0", (("R31", "error", "tensorflow"),), id="no avx2"),
        pytest.param({"avx"}, "x86_64", "2.5.3", (), id="no avx2 needed"),
        pytest.param({"sse4_2"}, "AMD64", "2.5.3", (("R32", "error", "tensorflow"),), id="no avx"),
        pytest.param({"asimd"}, "aarch64", "2.4.0", (), id="not x86"),
        pytest.param(None, "x86_64", "2.4.0", (), id="not known"),
    ],
)
def test_a_processor_without_avx_is_told(flags: object, machine: str, tensorflow: str, expected: object) -> None:
    known = None if flags is None else frozenset(flags)  # type: ignore[call-overload]
    assert told(replace(beside(tensorflow), cpu_flags=known, machine=machine)) == expected


def test_the_fix_for_a_missing_avx2_keeps_the_name_that_tensorflow_has() -> None:
    facts = Facts(packages={"tensorflow-cpu": "2.4.0"}, complete=False, cpu_flags=frozenset({"avx"}))
    (finding,) = judge(facts).findings
    assert (finding.package, finding.fix) == ("tensorflow-cpu", 'pip install "tensorflow-cpu==2.4.4"')


@pytest.mark.parametrize(
    ("python", "fix"),
    [
        ("3.8.20", 'pip install "tensorflow==2.4.0" "keras==2.4.3" "numpy==1.19.5" "protobuf==3.20.3"'),
        ("3.12.1", 'pip install "tensorflow==2.21.*" "keras==3.15.*"'),
        ("3.14.0", "make an environment with Python 3.8 (the pinned stack) or 3.11 to 3.13 and install fcnn there"),
    ],
)
def test_a_missing_tensorflow_is_an_error_for_fcnn(python: str, fix: str) -> None:
    facts = replace(current(tensorflow="", keras=""), python=python)
    (finding,) = (item for item in judge(facts).findings if item.rule == "R50")
    assert (finding.severity, finding.found, finding.fix) == ("error", "", fix)


def test_a_missing_tensorflow_is_a_note_where_fcnn_is_not_to_run() -> None:
    assert told(Facts(packages={"numpy": "1.19.5"})) == (("R50", "note", "tensorflow"),)


def test_of_an_incomplete_list_nothing_is_missing() -> None:
    assert told(Facts(packages={"numpy": "1.19.5"}, complete=False)) == ()


@pytest.mark.parametrize(
    ("python", "severity"), [("3.7.17", "error"), ("3.9.18", "warning"), ("3.10.13", "warning"), ("3.14.0", "warning")]
)
def test_a_python_outside_the_stacks_is_told(python: str, severity: str) -> None:
    found = told(replace(beside("2.10.1"), python=python, for_fcnn=True))
    assert ("R53", severity, "python") in found


@pytest.mark.parametrize(
    ("tensorflow", "python", "installable"),
    [
        ("2.4.0", "3.8", True),
        ("2.4.0", "3.9", False),
        ("2.10.1", "3.11", False),
        ("2.11.0", "3.7", True),
        ("2.11.1", "3.7", False),
        ("2.20.0", "3.13", True),
        ("2.21.0", "3.9", False),
        ("2.21.0", "3.14", False),
    ],
)
def test_a_plan_without_a_wheel_is_an_error(tensorflow: str, python: str, installable: bool) -> None:
    plan = replace(beside(tensorflow, python=python), kind="requirements")
    assert (("R46", "error", "tensorflow") not in told(plan)) is installable


def test_what_is_installed_needs_no_wheel_any_more() -> None:
    facts = Facts(packages={"tensorflow": "2.4.0", "keras-preprocessing": "1.1.2", "six": "1.15.0", "h5py": "2.10.0"})
    assert judge(replace(facts, python="3.9.18")).verdict == "ok"


def test_each_deviation_from_the_stack_is_a_note() -> None:
    verdict = judge(pinned(pandas="1.4.4", matplotlib="3.5.3"))
    assert [(item.rule, item.package, item.fix) for item in verdict.findings] == [
        ("R54", "matplotlib", 'pip install "matplotlib==3.4.2"'),
        ("R54", "pandas", 'pip install "pandas==1.3.5"'),
    ]
    assert (verdict.verdict, verdict.fix, verdict.stack) == ("ok", (), "pinned")


def test_another_tensorflow_is_a_note_without_a_fix_that_would_break_it() -> None:
    verdict = judge(pinned(tensorflow="2.10.1", keras="2.10.0", numpy="1.23.5", h5py="3.11.0"))
    assert [(item.rule, item.package, item.fix) for item in verdict.findings] == [
        ("R08", "protobuf", ""),
        ("R54", "tensorflow", ""),
    ]
    assert verdict.stack == "other"


def test_errors_come_first_and_then_go_by_rule() -> None:
    facts = pinned(numpy="1.24.4", protobuf="5.29.6", gast="0.4.0", pandas="1.4.4", h5py="3.1.0")
    assert [rule for rule, _, _ in told(facts)] == ["R01", "R07", "R22", "R24", "R54"]


def test_one_command_repairs_everything() -> None:
    assert judge(pinned(numpy="1.24.4", protobuf="5.29.6")).fix == ('pip install "numpy==1.19.5" "protobuf==3.20.3"',)


def test_a_repair_takes_along_what_it_would_break() -> None:
    facts = pinned(numpy="1.24.4", pandas="2.0.3", matplotlib="3.7.5")
    assert judge(facts).fix == ('pip install "numpy==1.19.5" "matplotlib<3.7" "pandas==1.3.5"',)


def test_the_fix_advises_only_on_what_its_commands_leave() -> None:
    by_hand = "upgrade it by hand"
    rules = (
        Rule("X1", "error", "numpy", "numpy {numpy} is old", {"numpy": "<2"}, repair=("numpy",)),
        Rule("X2", "error", "numpy", "numpy {numpy} suits nobody", {"numpy": "<2"}, advice="choose another pandas"),
        Rule("X3", "error", "pandas", "pandas {pandas} is lost", {"pandas": ""}, advice=by_hand),
    )
    facts = Facts(packages={"numpy": "1.0", "pandas": "1.0"})
    verdict = judge(facts, rules=rules, remedies=(Remedy("numpy", "numpy==2.0", "2.0"),))
    assert [finding.rule for finding in verdict.findings] == ["X1", "X2", "X3"]
    assert verdict.fix == ('pip install "numpy==2.0"', by_hand)


def test_what_must_go_goes_by_a_command_of_its_own() -> None:
    facts = Facts(packages={"tensorflow": "2.5.3", "keras": "2.4.3", "numpy": "1.24.4"}, complete=False)
    assert judge(facts).fix == (
        "pip uninstall -y keras",
        'pip install "numpy==1.19.5" "keras-nightly==2.5.0.dev2021032900"',
    )


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (("uv", "pip", "install"), 'uv pip install "numpy==1.19.5"'),
        (
            (r"C:\Program Files\Python38\python.exe", "-m", "pip", "install"),
            r'"C:\Program Files\Python38\python.exe" -m pip install "numpy==1.19.5"',
        ),
        (
            ("/srv/fcnn/.venv-pinned/bin/python", "-m", "pip", "install"),
            '/srv/fcnn/.venv-pinned/bin/python -m pip install "numpy==1.19.5"',
        ),
    ],
    ids=["uv", "a path with a space", "an environment that is not active"],
)
def test_the_command_installs_into_this_very_environment(words: Tuple[str, ...], command: str) -> None:
    assert judge(replace(pinned(numpy="1.24.4"), install_command=words)).fix == (command,)


@pytest.mark.parametrize("newest", [True, False], ids=["newest", "oldest"])
@pytest.mark.parametrize("seed", range(60))
def test_after_the_fix_nothing_is_left_that_an_installation_could_repair(seed: int, newest: bool) -> None:
    facts = _shuffled_environment(random.Random(seed))
    left = judge(repaired(facts, judge(facts).fix, newest)).findings
    assert [finding for finding in left if finding.severity != "note" and finding.wanted] == []


def _shuffled_environment(chance: random.Random) -> Facts:
    rare = {"keras-nightly", "sklearn"}
    names = [name for name in PUBLISHED if chance.random() < (0.1 if name in rare else 0.85)]
    packages = {name: chance.choice(PUBLISHED[name]) for name in names}
    if "tensorflow" in packages and chance.random() < 0.3:
        packages["tensorflow-cpu"] = packages.pop("tensorflow")
    return Facts(
        packages=packages,
        python=chance.choice(["3.7.17", "3.8.20", "3.9.18", "3.10.13", "3.11.7", "3.12.1", "3.13.0", "3.14.0"]),
        complete=chance.random() < 0.7,
        for_fcnn=chance.random() < 0.5,
        cpu_flags=chance.choice([None, frozenset({"avx"}), frozenset({"avx", "avx2"})]),
    )


def test_rules_of_ones_own_are_judged_too() -> None:
    rule = Rule("X1", "error", "left-pad", "left-pad {left-pad} is gone", {"left-pad": "<2"}, repair=("left-pad",))
    remedy = Remedy("left-pad", "left-pad==2", "2")
    verdict = judge(Facts(packages={"left-pad": "1"}), rules=(rule,), remedies=(remedy,))
    assert (verdict.verdict, verdict.findings[0].why, verdict.fix) == (
        "broken",
        "left-pad 1 is gone",
        ('pip install "left-pad==2"',),
    )


def test_the_default_tables_are_not_empty() -> None:
    assert len(RULES) > 100
    assert len(REMEDIES) > 40
    assert set(STACKS) == {"pinned", "current"}
    assert "numpy" in MINIMUM_VERSIONS
