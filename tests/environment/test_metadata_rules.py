"""The generic pass over what packages ask for, and what of it is told as harmless or not at all."""

import time
from dataclasses import replace
from typing import Any, Dict, Tuple

import pytest

from fcnn.environment import Facts, Finding, judge
from fcnn.environment.conditions.requirements import applying, contains, environment_of
from fcnn.environment.rules.tensorflow_requires import required_by_tensorflow


def asking(packages: Dict[str, str], **requires: Tuple[str, ...]) -> Facts:
    """An environment whose metadata was read: what is installed, and what each package asks for."""
    return Facts(
        packages=packages,
        python="3.8.20",
        requires={name.replace("_", "-"): lines for name, lines in requires.items()},
        in_virtual_environment=True,
    )


def found(facts: Facts, *rules: str) -> Tuple[Finding, ...]:
    """The findings of some rules."""
    return tuple(finding for finding in judge(facts).findings if finding.rule in rules)


# --- one requirement ---


LINUX_38 = environment_of(Facts(python="3.8.20"))


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("numpy", ("numpy", "")),
        ("numpy>=1.19,<2", ("numpy", ">=1.19,<2")),
        ("numpy (>=1.19, <2)", ("numpy", ">=1.19,<2")),
        ("Keras_Preprocessing ~= 1.1.2", ("keras-preprocessing", "~=1.1.2")),
        ("uvicorn[standard]>=0.12", ("uvicorn", ">=0.12")),
        ('numpy>=1.26; python_version >= "3.12"', None),
        ('numpy>=1.19; python_version < "3.12"', ("numpy", ">=1.19")),
        ('colorama; sys_platform == "win32"', None),
        ("colorama; platform_system != 'Windows'", ("colorama", "")),
        ('pytest>=7; extra == "test"', None),
        ('pytest>=7; (python_version < "3.9") and extra == "test"', None),
        ('a; extra == "x" or python_version < "3.9"', ("a", "")),
        ('pytest; extra == "test" or extra == "docs"', None),
        ('b>=1; python_full_version > "3.8.1" and platform_machine == "x86_64"', ("b", ">=1")),
        ('c; implementation_name == "pypy"', None),
        ("pip @ https://example.org/pip.whl", ("pip", "")),
        ("numpy>=1.19.*", ("numpy", ">=1.19.*")),
        ("no such name >>> 1", None),
        ("numpy; python_version ~~ 3", None),
        ('d; platform_release >= "20"', None),
        ("", None),
        ("\udcff>=1", None),
    ],
)
def test_a_requirement_is_read_for_the_environment_that_is_judged(line: str, asked: Any) -> None:
    assert applying(line, LINUX_38) == asked


def test_a_marker_is_held_against_the_system_that_is_judged() -> None:
    windows = environment_of(Facts(python="3.11.7", system="Windows", machine="AMD64"))
    assert applying('colorama; sys_platform == "win32"', windows) == ("colorama", "")
    assert applying('numpy>=1.26; os_name == "posix"', windows) is None
    assert applying('x; platform_machine == "AMD64" and python_version == "3.11"', windows) == ("x", "")
    assert applying('x; python_full_version >= "3.11.0"', environment_of(Facts(python="3.11"))) == ("x", "")


@pytest.mark.parametrize(
    ("range_", "version", "expected"),
    [
        (">=1.19,<2", "1.19.5", True),
        (">=1.19,<2", "2.0", False),
        ("==2.4.0", "2.4.0+cpu", True),
        (">=2.4", "2.5.0.dev20210329", True),
        (">=2.4", "of-no-kind", None),
        (">=1.19.*", "1.19", None),
    ],
)
def test_a_range_contains_a_version_or_cannot_be_read(range_: str, version: str, expected: Any) -> None:
    assert contains(range_, version) is expected


# --- R55: what is not there ---


def test_what_is_asked_for_and_not_there_is_a_warning_that_names_all_who_ask() -> None:
    facts = asking(
        {"seaborn": "0.13.2", "statsmodels": "0.14.1", "tensorflow": "2.4.0"},
        seaborn=("patsy-like>=0.5", "no-such>=1; extra == 'x'"),
        statsmodels=("patsy_like<1",),
    )
    (finding,) = found(facts, "R55")
    assert (finding.severity, finding.package, finding.found) == ("warning", "patsy-like", "")
    assert finding.why == (
        "patsy-like is not installed, and other packages ask for it: seaborn 0.13.2 (>=0.5), statsmodels 0.14.1 (<1)"
    )
    assert finding.fix == 'pip install "patsy-like>=0.5,<1"'


def test_a_package_asked_for_in_any_version_is_simply_installed() -> None:
    (finding,) = found(asking({"a": "1"}, a=("joblib",)), "R55")
    assert (finding.why, finding.fix) == (
        "joblib is not installed, and other packages ask for it: a 1",
        "pip install joblib",
    )


def test_many_who_ask_are_not_all_named() -> None:
    names = [f"p{number}" for number in range(9)]
    facts = Facts(packages=dict.fromkeys(names, "1"), requires=dict.fromkeys(names, ("joblib",)))
    (finding,) = found(facts, "R55")
    assert finding.why.endswith("ask for it: p0 1, p1 1, p2 1, p3 1, ...")


def test_where_nobody_suits_all_one_must_choose() -> None:
    (finding,) = found(asking({"a": "1", "b": "1"}, a=("joblib>=2",), b=("joblib<1",)), "R55")
    assert finding.fix == "no version of joblib suits all who ask for it: choose other versions of a, b"
    assert finding.wanted == ""


def test_what_is_missing_is_installed_even_where_tensorflow_is_missing_too() -> None:
    facts = asking({"scikit-learn": "1.9.1", "a": "1"}, scikit_learn=("narwhals>=2",), a=("left-pad",))
    fix = 'pip install joblib "narwhals>=2" "scipy<1.16" left-pad'
    assert judge(replace(facts, python="3.11.7")).fix == (fix,)
    (for_fcnn, *_) = judge(replace(facts, python="3.11.7", for_fcnn=True)).fix
    assert '"narwhals>=2"' in for_fcnn
    assert for_fcnn.endswith('left-pad "tensorflow==2.21.*" "keras==3.15.*"')


def test_of_what_is_not_complete_nothing_is_missing() -> None:
    facts = asking({"a": "1"}, a=("joblib",))
    assert found(replace(facts, complete=False), "R55") == ()


# --- R56: what is there in another version ---


def test_a_version_outside_is_a_warning_with_a_version_that_suits_all() -> None:
    facts = asking({"a": "1", "b": "2", "joblib": "0.9"}, a=("joblib>=1.1",), b=("joblib!=1.3,<2",))
    (finding,) = found(facts, "R56")
    assert (finding.severity, finding.package, finding.found) == ("warning", "joblib", "0.9")
    assert finding.why == "joblib 0.9 is not what other packages ask for: a 1 (>=1.1); nothing was measured of it"
    assert finding.fix == 'pip install "joblib>=1.1,<2"'
    assert judge(facts).remaining == ()


def test_what_tensorflow_asks_for_is_not_broken_for_somebody_else() -> None:
    facts = asking(
        {"tensorflow": "2.12.1", "keras": "2.12.0", "numpy": "1.23.5", "newcomer": "1"},
        tensorflow=("numpy<=1.24.3,>=1.22", "keras>=2.12,<2.13"),
        newcomer=("numpy>=1.26",),
    )
    (finding,) = found(facts, "R56")
    assert finding.fix == "no version of numpy suits all who ask for it: choose other versions of newcomer"


def test_a_package_with_a_remedy_is_repaired_by_it_where_that_suits_all() -> None:
    packages = {"tensorflow": "2.4.0", "numpy": "1.18.5", "a": "1"}
    (finding,) = found(asking(packages, a=("numpy>=1.19",)), "R56")
    assert finding.fix == 'pip install "numpy==1.19.5"'
    (finding,) = found(asking(packages, a=("numpy>=1.20",)), "R56")
    assert finding.fix == "no version of numpy suits all who ask for it: choose other versions of a"


def test_what_a_rule_measured_is_not_told_again_by_metadata() -> None:
    facts = asking(
        {"tensorflow": "2.4.0", "numpy": "1.24.4", "pandas": "1.3.5", "other": "1"},
        tensorflow=("numpy~=1.19.2",),
        other=("numpy<1.22",),
    )
    assert [finding.rule for finding in judge(facts).findings if finding.package == "numpy"] == ["R01"]


def test_a_note_of_the_table_answers_tensorflow_and_nobody_else() -> None:
    packages = {"tensorflow": "2.12.1", "keras": "2.12.0", "numpy": "1.26.4", "numba": "0.56.4"}
    asked = {"tensorflow": ("numpy<=1.24.3,>=1.22",)}
    assert [item.rule for item in judge(asking(packages, **asked)).findings if item.package == "numpy"] == ["R06"]
    findings = judge(asking(packages, **asked, numba=("numpy<1.24",))).findings
    assert [(item.rule, item.severity) for item in findings if item.package == "numpy"] == [("R56", "warning")]
    assert "numba 0.56.4 (<1.24)" in next(item.why for item in findings if item.rule == "R56")
    assert "tensorflow 2.12.1 (" not in next(item.why for item in findings if item.rule == "R56")


def test_a_requirement_on_tensorflow_is_met_by_any_of_its_names() -> None:
    facts = asking({"tensorflow-cpu": "2.10.1", "keras": "2.10.0", "hub": "0.16"}, hub=("tensorflow>=2.0",))
    assert found(facts, "R55", "R56") == ()


@pytest.mark.parametrize(
    "line", ["", "???", "numpy>=1.19.*", "numpy; nonsense", "x" * 100_000, "numpy>=" + "1." * 50_000, "\x00numpy<1"]
)
def test_a_line_that_cannot_be_read_is_skipped(line: str) -> None:
    facts = asking({"a": "1", "numpy": "1.19.5"}, a=(line,))
    assert [item.package for item in found(facts, "R55", "R56")] in ([], ["x" * 100_000])


def test_a_version_that_cannot_be_read_is_never_outside() -> None:
    assert found(asking({"a": "1", "b": "of-no-kind"}, a=("b>=1",)), "R56") == ()


# --- R26: what does no harm ---


NEWER = {
    "absl-py": "2.3.1",
    "flatbuffers": "25.12.19",
    "six": "1.17.0",
    "tensorflow": "2.4.0",
    "typing-extensions": "4.13.2",
    "wrapt": "2.0.1",
}


def test_what_tensorflow_asks_for_otherwise_and_works_with_is_one_note() -> None:
    facts = Facts(packages=NEWER, python="3.8", kind="freeze", complete=False)
    verdict = judge(facts)
    assert [(item.rule, item.severity, item.package) for item in verdict.findings] == [("R26", "note", "tensorflow")]
    assert verdict.findings[0].why == (
        "TensorFlow 2.4.0 asks for other versions of absl-py 2.3.1 (~=0.10), flatbuffers 25.12.19 (~=1.12.0), "
        "six 1.17.0 (~=1.15.0), typing-extensions 4.13.2 (~=3.7.4), wrapt 2.0.1 (~=1.12.1); it works all the same, "
        "whatever `pip check` says"
    )
    assert (verdict.verdict, verdict.fix, verdict.findings[0].fix) == ("ok", (), "")


def test_what_tensorflow_asks_for_and_works_without_is_one_note() -> None:
    facts = asking(
        {**NEWER, "six": "1.15.0", "gast": "0.3.3", "h5py": "2.10.0", "keras-preprocessing": "1.1.2"},
        tensorflow=("tensorboard~=2.4", "tensorflow-estimator<2.5.0,>=2.4.0", "six~=1.15.0", "google-pasta~=0.2"),
    )
    assert [item.why for item in found(facts, "R26", "R55")] == [
        "TensorFlow 2.4.0 asks for google-pasta~=0.2, tensorboard~=2.4, tensorflow-estimator<2.5.0,>=2.4.0, not "
        "installed here; it works all the same, whatever `pip check` says"
    ]


def test_nothing_is_told_to_be_harmless_of_which_metadata_does_not_complain() -> None:
    # 2.8 asks for no special gast and any wrapt
    facts = Facts(packages={"tensorflow": "2.8.4", "gast": "0.7.0", "wrapt": "2.0.1"}, kind="freeze", complete=False)
    assert judge(facts).findings == ()


@pytest.mark.parametrize(
    ("tensorflow", "gast", "rule"),
    [
        ("2.6.5", "0.5.5", "R25"),
        ("2.7.4", "0.4.0", ""),
        ("2.7.4", "0.5.5", "R25"),
        ("2.8.4", "0.7.0", ""),
        ("2.13.1", "0.7.0", "R25"),
    ],
)
def test_a_newer_gast_is_harmless_from_2_6_on(tensorflow: str, gast: str, rule: str) -> None:
    facts = Facts(packages={"tensorflow": tensorflow, "gast": gast}, complete=False)
    assert [(item.rule, item.severity) for item in judge(facts).findings] == ([(rule, "note")] if rule else [])


def test_an_old_h5py_that_only_warns_is_a_note() -> None:
    facts = Facts(packages={"h5py": "2.10.0", "numpy": "1.21.6"}, complete=False)
    assert [(item.rule, item.severity) for item in judge(facts).findings] == [("R35", "note")]


# --- R57: what installers refuse ---


def test_a_list_that_installers_refuse_is_a_warning() -> None:
    facts = Facts(
        packages={"tensorflow": "2.6.5", "numpy": "1.23.5"}, python="3.8", kind="requirements", complete=False
    )
    (finding,) = judge(facts).findings
    assert (finding.rule, finding.severity, finding.package, finding.found) == ("R57", "warning", "numpy", "1.23.5")
    assert finding.why == ("installers refuse this list: it asks for numpy 1.23.5, and TensorFlow 2.6.5 for ~=1.19.2")
    assert finding.fix == 'pip install "numpy==1.19.5"'
    assert judge(facts).remaining == ()


@pytest.mark.parametrize(
    ("packages", "ranges", "expected"),
    [
        pytest.param({"tensorflow": "2.13.1", "grpcio": "1.20.0"}, {}, "grpcio>=1.24.3,<2", id="not measured"),
        pytest.param({"tensorflow": "2.4.0", "six": "1.17.0"}, {}, "six~=1.15.0", id="measured to be harmless"),
        pytest.param({"tensorflow": "2.6.5"}, {"numpy": ">=1.20"}, "numpy==1.19.5", id="a range"),
    ],
)
def test_of_a_list_only_that_it_is_refused_is_told(
    packages: Dict[str, str], ranges: Dict[str, str], expected: str
) -> None:
    facts = Facts(
        packages={"protobuf": "3.19.6", **packages},
        ranges=ranges,
        python="3.8",
        kind="requirements",
        complete=False,
    )
    told = [item for item in judge(facts).findings if item.rule in ("R26", "R55", "R56", "R57")]
    assert [(item.rule, item.wanted) for item in told if item.package != "protobuf"] == [("R57", expected)]


def test_what_is_installed_already_was_not_refused() -> None:
    packages = {"tensorflow": "2.6.5", "keras": "2.6.0", "numpy": "1.23.5"}
    for kind in ("running", "environment", "freeze"):
        assert found(Facts(packages=packages, python="3.8", kind=kind, complete=False), "R57") == ()


def test_an_error_about_the_same_package_is_told_alone() -> None:
    facts = Facts(
        packages={"tensorflow": "2.5.3", "numpy": "1.24.4", "protobuf": "3.20.3"},
        python="3.8",
        kind="requirements",
        complete=False,
    )
    assert [(item.rule, item.package) for item in judge(facts).findings] == [("R01", "numpy")]


# --- what TensorFlow asks for ---


@pytest.mark.parametrize(
    ("tensorflow", "package", "range_"),
    [
        ("2.4.0", "numpy", "~=1.19.2"),
        ("2.4.4", "gast", "==0.3.3"),
        ("2.5.3", "keras-nightly", "~=2.5.0.dev0"),
        ("2.6.0", "keras", "~=2.6"),
        ("2.6.4", "protobuf", ">=3.9.2"),
        ("2.6.5", "protobuf", ">=3.9.2,<3.20"),
        ("2.8.0", "setuptools", ""),
        ("2.12.0", "numpy", ">=1.22,<1.24"),
        ("2.12.1", "numpy", ">=1.22,<=1.24.3"),
        ("2.15.0", "ml-dtypes", "~=0.2.0"),
        ("2.15.1", "ml-dtypes", "~=0.3.1"),
        ("2.21.0", "protobuf", ">=6.31.1,<8"),
        ("2.10.0rc1", "numpy", ">=1.20"),
        ("2.4.0+cpu", "numpy", "~=1.19.2"),
    ],
)
def test_each_tensorflow_asks_for_what_its_wheels_say(tensorflow: str, package: str, range_: str) -> None:
    assert required_by_tensorflow(tensorflow)[package] == range_


@pytest.mark.parametrize(
    ("tensorflow", "package"),
    [("2.6.0", "keras-nightly"), ("2.11.0", "keras-preprocessing"), ("2.13.0", "jax"), ("2.21.0", "tensorboard")],
)
def test_what_is_no_longer_asked_for_is_gone(tensorflow: str, package: str) -> None:
    assert package not in required_by_tensorflow(tensorflow)


@pytest.mark.parametrize("tensorflow", ["", "2.3.4", "1.15.5", "2.22.0", "3.0", "of-no-kind"])
def test_of_another_tensorflow_nothing_is_known(tensorflow: str) -> None:
    assert required_by_tensorflow(tensorflow) == {}


# --- TensorFlow before and after the table ---


@pytest.mark.parametrize(
    ("tensorflow", "notes"),
    [
        ("2.21.0", []),
        ("2.22.0", ["R98"]),
        ("2.25.1", ["R98"]),
        ("3.0.0", ["R98"]),
        ("2.22.0.dev20260401", ["R98"]),
        ("2.19.0.dev20250101", []),
        ("2.4.0+cpu", []),
        ("2.3.4", ["R98"]),
        ("1.15.5", ["R98"]),
    ],
)
def test_a_tensorflow_outside_the_table_is_told(tensorflow: str, notes: object) -> None:
    facts = Facts(packages={"tensorflow": tensorflow}, python="3.11.7", complete=False)
    assert [item.rule for item in judge(facts).findings] == notes


@pytest.mark.parametrize("tensorflow", ["2.22.0", "2.25.1", "3.0.0"])
def test_a_newer_tensorflow_beside_what_is_newest_today_is_not_blamed(tensorflow: str) -> None:
    packages = {
        "tensorflow": tensorflow,
        "h5py": "3.16.0",
        "keras": "3.15.1",
        "ml-dtypes": "0.6.0",
        "numpy": "2.4.6",
        "protobuf": "7.36.2",
        "wrapt": "2.5.2",
    }
    facts = Facts(packages=packages, python="3.13.1", complete=False)
    assert [(item.rule, item.severity) for item in judge(facts).findings] == [("R98", "note")]


@pytest.mark.parametrize(
    ("package", "version", "fix"),
    [
        ("protobuf", "5.29.6", 'pip install "protobuf>=6.31.1"'),
        ("keras", "2.15.0", 'pip install "keras>=3.12"'),
        ("numpy", "1.19.5", 'pip install "numpy>=2.0.2,<3"'),
        ("ml-dtypes", "0.4.1", 'pip install "ml-dtypes>=0.5.1,<1"'),
    ],
)
def test_what_was_too_old_for_2_21_is_too_old_for_a_newer_one(package: str, version: str, fix: str) -> None:
    facts = Facts(packages={"tensorflow": "2.23.0", package: version}, python="3.11.7", complete=False)
    assert [(item.severity, item.fix) for item in judge(facts).findings if item.severity != "note"] == [("error", fix)]


def test_a_keras_newer_than_the_table_is_told() -> None:
    facts = Facts(packages={"tensorflow": "2.21.0", "keras": "4.0.0"}, python="3.11.7", complete=False)
    assert [(item.rule, item.severity, item.package) for item in judge(facts).findings] == [("R98", "note", "keras")]


# --- speed ---


def test_four_hundred_packages_are_judged_in_no_time() -> None:
    names = [f"package-{number}" for number in range(400)]
    requires = {
        name: (
            f"numpy>=1.{number % 20},<3",
            f"package-{(number + 1) % 400}>=0.{number % 9}",
            f"package-{(number + 2) % 400} (>=0.1)",
            f'package-{(number + 3) % 400}>=1; python_version >= "3.{number % 14}"',
            f'colorama>=0.{number % 5}; sys_platform == "win32"',
            f'pytest>={number % 9}; extra == "test"',
            f'sphinx>={number % 7}; extra == "docs"',
            f"package-{(number + 4) % 400}!=0.{number % 9},>=0.{number % 7}",
        )
        for number, name in enumerate(names)
    }
    facts = Facts(
        packages={**dict.fromkeys(names, "1.5"), "numpy": "1.26.4", "tensorflow": "2.15.1"}, requires=requires
    )
    started = time.process_time()
    judge(facts)
    assert time.process_time() - started < 0.6  # 0.12 s on an idle machine
