"""Rules of how an environment was put together, on facts typed by hand, and on folders that are made so."""

from dataclasses import replace
from pathlib import Path
from typing import List, Tuple

import pytest

from fcnn.environment import Facts, Verdict, judge
from fcnn.environment.facts import Hidden, MissingFiles
from fcnn.environment.reading.files import read_files
from fcnn.environment.reading.packages import read_packages

from . import layouts

SOUND = {
    "tensorflow": "2.13.1",
    "keras": "2.13.1",
    "numpy": "1.24.3",
    "protobuf": "4.25.8",
    "h5py": "3.11.0",
    "gast": "0.4.0",
    "wrapt": "1.14.2",
    "typing-extensions": "4.5.0",
    "six": "1.16.0",
    "scipy": "1.10.1",
}
USER = "/home/me/.local/lib/python3.8/site-packages"
SITE = "/e/lib/python3.8/site-packages"


def environment(**more) -> Facts:
    facts = Facts(packages=SOUND, kind="environment", prefix="/e", executable="/e/bin/python")
    return replace(facts, **more)


def told(verdict: Verdict, start: str = "") -> List[Tuple[str, str, str]]:
    """Rule, severity and package of each finding."""
    return [(item.rule, item.severity, item.package) for item in verdict.findings if item.rule.startswith(start)]


def test_the_facts_they_start_from_are_sound() -> None:
    assert judge(environment()).findings == ()


# --- R42: two packages own one module ---


def test_two_owners_of_tensorflow_are_told_and_one_is_kept() -> None:
    packages = {**SOUND, "tensorflow-cpu": "2.13.0"}
    verdict = judge(environment(packages=packages, owners={"tensorflow": ("tensorflow", "tensorflow-cpu")}))
    assert told(verdict) == [("R42", "warning", "tensorflow")]
    assert verdict.findings[0].found == "tensorflow 2.13.1, tensorflow-cpu 2.13.0"
    assert verdict.fix == (
        "pip uninstall -y tensorflow-cpu",
        'pip install --force-reinstall --no-deps "tensorflow==2.13.1"',
    )
    assert verdict.remaining == ()


def test_of_three_owners_two_are_removed() -> None:
    packages = {**SOUND, "tensorflow-cpu": "2.13.1", "tf-nightly": "2.13.1"}
    owners = {"tensorflow": ("tensorflow", "tensorflow-cpu", "tf-nightly")}
    verdict = judge(environment(packages=packages, owners=owners))
    assert verdict.plan.uninstall == ("tensorflow-cpu", "tf-nightly")
    assert verdict.plan.reinstall == ("tensorflow==2.13.1",)
    assert verdict.remaining == ()


def test_two_owners_of_keras_are_told() -> None:
    packages = {**SOUND, "keras-nightly": "2.14.0.dev2023"}
    verdict = judge(environment(packages=packages, owners={"keras": ("keras", "keras-nightly")}))
    assert told(verdict) == [("R42", "warning", "keras")]
    assert verdict.plan.uninstall == ("keras-nightly",)


def test_the_keras_of_tensorflow_2_5_is_left_to_its_own_rule() -> None:
    packages = {**SOUND, "tensorflow": "2.5.3", "keras": "2.4.3", "keras-nightly": "2.5.0.dev2021032900"}
    facts = environment(packages=packages, owners={"keras": ("keras", "keras-nightly")})
    assert told(judge(facts), "R42") == []
    assert ("R19", "warning", "keras") in told(judge(facts))


def test_in_a_conda_environment_each_is_removed_by_its_own() -> None:
    packages = {**SOUND, "tensorflow-cpu": "2.13.1"}
    facts = environment(
        packages=packages,
        owners={"tensorflow": ("tensorflow", "tensorflow-cpu")},
        installer="conda",
        install_command=("conda", "install", "--prefix", "/e"),
    )
    assert judge(facts).fix == (
        "remove the one that pip installed with `/e/bin/python -m pip uninstall -y tensorflow-cpu`, then unpack the "
        "other anew with `conda install --prefix /e --force-reinstall tensorflow`",
    )


@pytest.mark.parametrize(
    ("names", "rules"),
    [
        (("tensorflow", "tensorflow-cpu"), ["R42"]),
        (("tensorflow", "tf-nightly"), ["R42"]),
        (("tensorflow-cpu", "tensorflow-gpu"), ["R42"]),
        (("tensorflow", "tensorflow-cpu", "tf-nightly"), ["R42", "R42"]),
        (("tensorflow", "tensorflow-intel"), []),
        (("tensorflow", "tensorflow-macos"), []),
        (("tensorflow", "tensorflow-cpu-aws"), []),
        (("tensorflow", "tensorflow-cpu", "tensorflow-intel"), []),
        (("tf-nightly", "tf-nightly-intel"), []),
        (("tensorflow",), []),
    ],
    ids="+".join,
)
def test_a_list_without_records_has_twins_by_name(names: Tuple[str, ...], rules: List[str]) -> None:
    others = {name: version for name, version in SOUND.items() if name != "tensorflow"}
    for kind in ("freeze", "requirements"):
        facts = Facts(packages={**others, **dict.fromkeys(names, "2.13.1")}, kind=kind)
        assert [rule for rule, _, _ in told(judge(facts), "R42")] == rules
    assert told(judge(replace(facts, kind="environment")), "R42") == []


def test_a_complete_list_is_repaired_by_commands_and_an_open_one_by_leaving_one_out() -> None:
    packages = {**SOUND, "tensorflow-cpu": "2.13.1"}
    assert judge(Facts(packages=packages, kind="freeze")).plan.uninstall == ("tensorflow-cpu",)
    planned = judge(Facts(packages=SOUND, ranges={"tensorflow-cpu": ">=2.13"}, kind="requirements", complete=False))
    assert planned.fix == ("name only one of tensorflow and tensorflow-cpu in the list",)


# --- R43: files that are gone ---


@pytest.mark.parametrize(
    ("name", "gone", "severity"),
    [
        ("tensorflow", MissingFiles(7515, 7730, "tensorflow/__init__.py"), "error"),
        ("tensorflow", MissingFiles(80, 200, "tensorflow/python/_x.so"), "error"),
        ("tensorflow", MissingFiles(1, 200, "tensorflow/lite/x.so"), "warning"),
        ("keras", MissingFiles(1, 90, "keras/__init__.py"), "error"),
        ("numpy", MissingFiles(1, 90, "numpy/core/_multiarray_umath.so"), "error"),
        ("scipy", MissingFiles(1, 90, "scipy/__init__.py"), "warning"),
    ],
    ids=["tensorflow gone", "much of tensorflow", "a file of tensorflow", "keras", "numpy", "scipy"],
)
def test_missing_files_are_told_and_unpacked_again(name: str, gone: MissingFiles, severity: str) -> None:
    verdict = judge(environment(missing_files={name: gone}))
    assert told(verdict) == [("R43", severity, name)]
    assert verdict.fix == (f'pip install --force-reinstall --no-deps "{name}=={SOUND[name]}"',)
    assert f"{gone.missing} of {gone.total} files of {name}" in verdict.findings[0].why
    assert verdict.remaining == ()


def test_a_package_that_changes_its_version_is_not_unpacked_twice() -> None:
    packages = {**SOUND, "numpy": "2.0.0"}
    verdict = judge(environment(packages=packages, missing_files={"numpy": MissingFiles(1, 9, "numpy/__init__.py")}))
    assert {rule for rule, _, _ in told(verdict)} >= {"R05", "R43"}
    assert verdict.plan.reinstall == ()
    assert verdict.remaining == ()


def test_uninstalling_a_twin_leaves_a_package_without_files(tmp_path: Path) -> None:
    # What pip does: the files of both are those of the one, and go with it.
    record = ["tensorflow/__init__.py", "tensorflow/python/__init__.py"]
    for name in ("tensorflow", "tensorflow_cpu"):
        layouts.install(tmp_path, name, "2.13.1", record=record)
    packages = read_packages([str(tmp_path)])
    before = read_files(packages.folders)
    facts = environment(packages={**SOUND, **packages.versions}, owners=before.owners)
    assert told(judge(facts)) == [("R42", "warning", "tensorflow")]
    for file in record:
        (tmp_path / file).unlink()
    for file in (tmp_path / "tensorflow_cpu-2.13.1.dist-info").iterdir():
        file.unlink()
    (tmp_path / "tensorflow_cpu-2.13.1.dist-info").rmdir()
    after = read_files(read_packages([str(tmp_path)]).folders)
    assert (after.owners, after.missing) == ({}, {"tensorflow": MissingFiles(2, 2, "tensorflow/__init__.py")})
    assert told(judge(environment(missing_files=after.missing))) == [("R43", "error", "tensorflow")]


# --- R44, R62: what was left behind, what cannot be read ---


@pytest.mark.parametrize(
    ("shell", "command"),
    [
        ("sh", f"rm -r '{SITE}/~ensorflow' '{SITE}/~ensorflow-2.4.0.dist-info'"),
        ("cmd", f'rmdir /s /q "{SITE}/~ensorflow" "{SITE}/~ensorflow-2.4.0.dist-info"'),
        (
            "powershell",
            f"Remove-Item -Recurse -LiteralPath '{SITE}/~ensorflow', '{SITE}/~ensorflow-2.4.0.dist-info'",
        ),
    ],
)
def test_leftovers_are_noted_with_the_command_that_deletes_them(shell: str, command: str) -> None:
    paths = (f"{SITE}/~ensorflow", f"{SITE}/~ensorflow-2.4.0.dist-info")
    verdict = judge(environment(leftovers=paths, shell=shell))
    assert (told(verdict), verdict.verdict, verdict.fix) == ([("R44", "note", "environment")], "ok", ())
    assert "left ~ensorflow, ~ensorflow-2.4.0.dist-info behind" in verdict.findings[0].why
    assert verdict.findings[0].fix == f"delete what was left: `{command}`"


def test_an_empty_metadata_folder_is_noted() -> None:
    verdict = judge(environment(leftovers=(f"{SITE}/numpy-1.24.4.dist-info", r"C:\e\~umpy")))
    assert told(verdict) == [("R44", "note", "environment"), ("R44", "note", "environment")]
    assert {item.why.partition(" ")[0] for item in verdict.findings} == {"pip", "numpy-1.24.4.dist-info"}


def test_unreadable_metadata_is_noted() -> None:
    files = tuple(f"{SITE}/p{number}-1.0.dist-info/METADATA" for number in range(9))
    verdict = judge(environment(unreadable=files))
    assert told(verdict) == [("R62", "note", "environment")]
    assert verdict.findings[0].why.endswith("p4-1.0.dist-info/METADATA, ...")


# --- R60, R63: several versions in one folder ---


def test_metadata_of_two_versions_is_repaired_by_removing_first() -> None:
    verdict = judge(environment(duplicates={"scipy": ("1.10.0", "1.10.1")}))
    assert told(verdict) == [("R63", "warning", "scipy")]
    assert verdict.fix == (
        "pip uninstall -y scipy",
        'pip install --force-reinstall --no-deps "scipy==1.10.1"',
    )
    assert verdict.remaining == ()


def test_what_is_removed_to_be_unpacked_again_does_not_count_as_absent() -> None:
    verdict = judge(environment(duplicates={"tensorflow": ("2.4.0", "2.13.1")}))
    assert (verdict.plan.uninstall, verdict.plan.reinstall) == (("tensorflow",), ("tensorflow==2.13.1",))
    assert (verdict.plan.install, verdict.remaining) == ((), ())


def test_metadata_of_one_version_twice_is_harmless() -> None:
    assert judge(environment(duplicates={"scipy": ("1.10.1", "1.10.1")})).findings == ()


def test_metadata_of_two_versions_is_repaired_with_what_else_is_wrong() -> None:
    packages = {**SOUND, "numpy": "2.0.0"}
    verdict = judge(environment(packages=packages, duplicates={"numpy": ("1.24.3", "2.0.0")}))
    assert verdict.plan.uninstall == ("numpy",)
    assert verdict.plan.reinstall == ("numpy==1.24.3",)
    assert verdict.remaining == ()


def test_conda_and_pip_over_each_other_are_told_apart_from_a_broken_upgrade() -> None:
    verdict = judge(environment(duplicates={"scipy": ("1.10.0", "1.10.1")}, conda_packages={"scipy": "1.10.0"}))
    assert told(verdict) == [("R60", "warning", "scipy")]
    assert verdict.fix == (
        "remove both with `/e/bin/python -m pip uninstall -y scipy`, repeated until nothing is left to remove, then "
        "install one with `conda install --prefix /e --force-reinstall scipy`",
    )


def test_a_package_of_conda_that_pip_replaced_is_noted() -> None:
    facts = environment(conda_packages={"numpy": "1.19.5", "six": "1.16.0", "zlib": "1.2"}, installers={"numpy": "pip"})
    assert told(judge(facts)) == [("R60", "note", "numpy")]
    assert told(judge(replace(facts, installers={"numpy": "conda"}))) == []


# --- R61, R64: what comes before the environment ---


@pytest.mark.parametrize(
    ("used", "system"),
    [
        (USER, "Linux"),
        ("/Users/me/Library/Python/3.8/lib/python/site-packages", "Darwin"),
        (r"C:\Users\me\AppData\Roaming\Python\Python38\site-packages", "Windows"),
    ],
    ids=["linux", "macos", "windows"],
)
def test_a_version_hidden_by_the_users_own_folder_is_told(used: str, system: str) -> None:
    verdict = judge(environment(hidden={"numpy": Hidden(used, "1.19.5", SITE)}, system=system))
    assert told(verdict) == [("R61", "warning", "numpy")]
    assert verdict.findings[0].why == (
        f"Python imports numpy 1.24.3 from your own folder {used}, and not 1.19.5 of the environment in {SITE}"
    )
    assert verdict.fix == ("leave out your own folder: `export PYTHONNOUSERSITE=1` before Python is started",)


@pytest.mark.parametrize(
    ("shell", "command"),
    [("cmd", "set PYTHONNOUSERSITE=1"), ("powershell", "$env:PYTHONNOUSERSITE = '1'")],
    ids=["cmd", "powershell"],
)
def test_a_variable_is_set_in_the_words_of_the_shell(shell: str, command: str) -> None:
    verdict = judge(environment(hidden={"numpy": Hidden(USER, "1.19.5", SITE)}, shell=shell))
    assert verdict.fix == (f"leave out your own folder: `{command}` before Python is started",)


def test_the_users_own_folder_may_be_elsewhere() -> None:
    facts = environment(
        hidden={"numpy": Hidden("/scratch/me/lib/python3.8/site-packages", "1.19.5", SITE)},
        variables={"PYTHONUSERBASE": "/scratch/me"},
    )
    assert told(judge(facts)) == [("R61", "warning", "numpy")]
    assert told(judge(replace(facts, variables={}))) == []


@pytest.mark.parametrize(
    ("name", "used"),
    [("numpy", "/venv/lib/python3.8/site-packages"), ("numpy", "/usr/local/lib/python3.8/dist-packages"), ("rq", USER)],
    ids=["a venv hides its base", "Debian", "another package"],
)
def test_what_hides_as_it_should_is_silent(name: str, used: str) -> None:
    assert judge(environment(hidden={name: Hidden(used, "1.19.5", SITE)})).findings == ()


def test_the_users_own_folder_in_pythonpath_is_told_once() -> None:
    facts = environment(hidden={"numpy": Hidden(USER, "1.19.5", SITE)}, variables={"PYTHONPATH": USER})
    verdict = judge(facts)
    assert told(verdict) == [("R61", "warning", "numpy")]
    assert verdict.fix == ("leave out the folders of PYTHONPATH: `unset PYTHONPATH` before Python is started",)


def test_a_version_hidden_by_pythonpath_is_told_once() -> None:
    facts = environment(
        hidden={"numpy": Hidden("/opt/lib", "1.19.5", SITE)},
        places={"numpy": "/opt/lib"},
        variables={"PYTHONPATH": "/opt/lib/:/src"},
    )
    verdict = judge(facts)
    assert told(verdict) == [("R61", "warning", "numpy")]
    assert verdict.fix == ("leave out the folders of PYTHONPATH: `unset PYTHONPATH` before Python is started",)


@pytest.mark.parametrize(
    ("value", "system", "told_of"),
    [
        ("/opt/lib:/src", "Linux", "/opt/lib"),
        ("/usr/lib/python3.9/site-packages", "Linux", "/usr/lib/python3.9/site-packages"),
        (r"C:\src;C:\Python39\Lib\site-packages", "Windows", "C:/Python39/Lib/site-packages"),
        ("/src:/e/lib/python3.8/site-packages", "Linux", ""),
        ("", "Linux", ""),
    ],
    ids=["packages", "another Python's", "another Python's on Windows", "its own", "empty"],
)
def test_pythonpath_is_told_where_it_brings_packages(value: str, system: str, told_of: str) -> None:
    facts = environment(variables={"PYTHONPATH": value}, places={"numpy": "/opt/lib", "scipy": "/x"}, system=system)
    verdict = judge(facts)
    assert told(verdict) == ([("R64", "warning", "environment")] if told_of else [])
    assert not told_of or verdict.findings[0].why.endswith(f": {told_of}")


def test_pythonhome_is_told() -> None:
    verdict = judge(environment(variables={"PYTHONHOME": r"C:\Python27"}, shell="cmd"))
    assert told(verdict) == [("R64", "warning", "environment")]
    assert verdict.fix == ("remove it: `set PYTHONHOME=`",)
