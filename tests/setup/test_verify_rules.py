"""scripts/verify-rules: its cases, and its logic on environments of stubs; no network is needed."""

import importlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from fcnn.environment import judge
from fcnn.environment.rules import RULES

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="the sh scripts are for POSIX")

sys.path.append(str(ROOT / "scripts"))
import verify_rules  # noqa: E402
from rule_cases import CASES, PROGRAMS, SMOKE, Case  # noqa: E402

sys.path.remove(str(ROOT / "scripts"))


def executable(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    path.chmod(0o755)
    return path


def name_of(case):
    return f"{case.rule} {case.python} {case.installed}"


# --- the cases ---


def test_at_least_twelve_rules_are_verified_on_three_pythons():
    assert len({case.rule for case in CASES}) >= 12
    assert {case.python for case in CASES} == {"3.8", "3.11", "3.12"}
    for python in ("3.8", "3.11", "3.12"):
        assert len({case.rule for case in CASES if case.python == python}) >= 8


def test_no_case_is_there_twice():
    assert len({name_of(case) for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_a_case_is_whole(case):
    assert case.rule in {rule.id for rule in RULES}
    assert case.program in PROGRAMS
    assert case.base
    assert all("==" in requirement for requirement in case.base), "what is built today must be built tomorrow"
    symptoms = [symptom for rule in RULES if rule.id == case.rule for symptom in rule.symptoms]
    assert any(case.shows in symptom or symptom in case.shows for symptom in symptoms), symptoms


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_is_used_and_can_be_compiled(program):
    assert any(case.program == program for case in CASES) or PROGRAMS[program] == SMOKE
    compile(PROGRAMS[program], program, "exec")


def test_what_was_installed_is_said_in_words():
    case = Case(
        "R07",
        "3.8",
        ("tensorflow==2.4.0", "pip==23.3.2"),
        "import",
        "TypeError",
        forced=("protobuf==5.29.6",),
        removed=("six",),
        files={"numpy.py": ""},
        copies={"numpy-*.dist-info": "~umpy.dist-info"},
        variables={"TF_USE_LEGACY_KERAS": "1"},
    )
    assert case.installed == (
        "tensorflow==2.4.0 pip==23.3.2, then protobuf==5.29.6, without six, with numpy.py, with ~umpy.dist-info, "
        "TF_USE_LEGACY_KERAS=1"
    )


# --- choosing and grouping ---


def test_without_a_choice_all_cases_are_verified():
    assert verify_rules.chosen("", "") == [*CASES]


def test_rules_and_pythons_can_be_chosen():
    chosen = verify_rules.chosen("R28, R05", "3.12")
    assert {(case.rule, case.python) for case in chosen} == {("R05", "3.12"), ("R28", "3.12")}


@pytest.mark.parametrize(
    ("only", "python", "message"),
    [("R07,R99", "", "no case of R99; there are R01"), ("", "3.7", "no case of 3.7; there are 3.11, 3.12, 3.8")],
)
def test_a_rule_or_python_without_cases_is_a_usage_error(capsys, only, python, message):
    with pytest.raises(SystemExit) as stopped:
        verify_rules.main(["--only", only, "--python", python])
    assert stopped.value.code == 2
    assert message in capsys.readouterr().err


def test_cases_of_one_base_are_built_together():
    groups = verify_rules.groups(CASES)
    assert sorted(map(name_of, [case for group in groups for case in group])) == sorted(map(name_of, CASES))
    assert len({(group[0].python, group[0].base) for group in groups}) == len(groups)
    assert all((case.python, case.base) == (group[0].python, group[0].base) for group in groups for case in group)


def test_the_list_builds_nothing(capsys, monkeypatch):
    monkeypatch.setattr(verify_rules, "verify", None)
    assert verify_rules.main(["--list", "--only", "R22"]) == 0
    assert capsys.readouterr().out == (
        "R22  3.8   load h5            tensorflow==2.4.0 protobuf==3.20.3, then h5py==3.1.0\n"
    )


# --- the copy of an environment ---


def test_a_clone_is_hard_linked_and_its_scripts_call_its_own_python(tmp_path):
    base, prefix = tmp_path / "base", tmp_path / "clone"
    module = executable(base / "lib" / "numpy.py", "pi = 3\n")
    script = executable(base / "bin" / "pip", f"#!{base}/bin/python\n")
    (base / "bin" / "python").symlink_to("/usr/bin/python3")
    verify_rules.clone(base, prefix)
    assert (prefix / "lib" / "numpy.py").samefile(module)
    assert (prefix / "bin" / "pip").read_text() == f"#!{prefix}/bin/python\n"
    assert script.read_text() == f"#!{base}/bin/python\n"
    assert os.access(str(prefix / "bin" / "pip"), os.X_OK)
    assert os.readlink(str(prefix / "bin" / "python")) == "/usr/bin/python3"


# --- whole cases, with stubs for uv and for Python ---

UV = """#!{python}
import pathlib, sys

words = [word for word in sys.argv[1:] if not word.startswith("--quiet")]
if words[0] == "venv":
    prefix = pathlib.Path(words[-1])
    (prefix / "bin").mkdir(parents=True)
    (prefix / "lib" / "python3.8" / "site-packages").mkdir(parents=True)
    (prefix / "pyvenv.cfg").write_text("home = /usr/bin\\nversion_info = 3.8.18\\n")
    python = prefix / "bin" / "python"
    python.write_text({program!r})
    python.chmod(0o755)
else:
    command, exe = words[1], pathlib.Path(words[words.index("--python") + 1])
    site = exe.parent.parent / "lib" / "python3.8" / "site-packages"
    for word in words[words.index("--python") + 2:]:
        if word.startswith("-"):
            continue
        name, _, version = word.partition("==")
        for folder in site.glob(name.replace("-", "_") + "-*.dist-info"):
            for path in folder.iterdir():
                path.unlink()
            folder.rmdir()
        if command == "install":
            if name == "unheard-of":
                sys.exit("No solution found")
            folder = site / (name.replace("-", "_") + "-" + version + ".dist-info")
            folder.mkdir()
            (folder / "METADATA").write_text("Metadata-Version: 2.1\\nName: " + name + "\\nVersion: " + version + "\\n")
            (folder / "INSTALLER").write_text("uv")
"""

BREAKS_WITH_NEW_NUMPY = """#!/bin/sh
site=$(dirname "$0")/../lib/python3.8/site-packages
if [ -e "$site/numpy-1.24.4.dist-info" ]; then
    echo "AttributeError: module 'numpy' has no attribute 'object'." >&2
    exit 1
fi
"""

CASE = Case(
    "R01",
    "3.8",
    ("tensorflow==2.4.0",),
    "import",
    "AttributeError: module 'numpy' has no attribute 'object'",
    forced=("numpy==1.24.4",),
)


@pytest.fixture
def verify(tmp_path, monkeypatch, capsys):
    """Verify cases with a Python that is this text: the exit code, the rows of the table and what was complained of."""

    def verified(program, *cases):
        executable(tmp_path / "path" / "uv", UV.format(python=sys.executable, program=program))
        monkeypatch.setenv("PATH", f"{tmp_path / 'path'}:/usr/bin:/bin")
        monkeypatch.setenv("TMPDIR", str(tmp_path))
        monkeypatch.setattr(verify_rules.tempfile, "tempdir", None)
        monkeypatch.setattr(verify_rules, "CASES", cases)
        rules = [rule for rule in RULES if rule.id in ("R01", "R45", "R48")]  # the stub lacks much else of a TensorFlow
        monkeypatch.setattr(verify_rules, "judge", lambda facts: judge(facts, rules))
        monkeypatch.setattr(
            verify_rules, "interpreter", lambda version: "/usr/bin/python" if version == "3.8" else None
        )
        code = verify_rules.main(["--installer", "uv"])
        assert not [*tmp_path.glob("verify-rules-*")], "environments are left behind"
        out, err = capsys.readouterr()
        return code, out.splitlines()[2:], err

    return verified


def cells(row):
    """Step to what the table says of it."""
    return dict(zip(verify_rules.STEPS, row.strip("| ").split(" | ")[4:]))


def test_a_rule_that_is_true_passes_every_step(verify):
    code, [row, _, summary], err = verify(BREAKS_WITH_NEW_NUMPY, CASE)
    assert cells(row) == dict.fromkeys(verify_rules.STEPS, "yes")
    assert 'uv pip install --python python "numpy==1.19.5"' in row
    assert summary == "1 of 1 cases of 1 rules passed; 0 skipped."
    assert (code, err) == (0, "")


def test_an_environment_that_does_not_fail_is_told(verify):
    code, [row, _, summary], err = verify("#!/bin/sh\necho all is well\n", CASE)
    assert {step for step, cell in cells(row).items() if cell == "no"} == {"fails", "explained"}
    assert summary == "0 of 1 cases of 1 rules passed; 0 skipped."
    assert "fails: exit code 0; it printed\nall is well" in err
    assert code == 1


def test_an_environment_that_fails_with_other_words_is_told(verify):
    code, [row, *_], err = verify("#!/bin/sh\necho no such thing >&2\nexit 1\n", CASE)
    assert {step for step, cell in cells(row).items() if cell == "no"} == {"fails", "explained", "works", "trains"}
    assert "fails: exit code 1; it printed\nno such thing" in err
    assert code == 1


def test_a_symptom_without_a_failure_is_told(verify):
    program = BREAKS_WITH_NEW_NUMPY.replace("exit 1", "exit 0")
    code, [row, *_], err = verify(program, CASE)
    assert [step for step, cell in cells(row).items() if cell == "no"] == ["fails"]
    assert "fails: exit code 0; it printed\nAttributeError" in err
    assert code == 1


def test_a_fix_that_does_not_help_is_told(verify):
    program = BREAKS_WITH_NEW_NUMPY.replace("numpy-1.24.4", "tensorflow-2.4.0")
    code, [row, *_], _ = verify(program, CASE)
    assert {step for step, cell in cells(row).items() if cell == "no"} == {"works", "trains"}
    assert code == 1


def test_a_rule_that_does_not_find_it_is_told(verify):
    code, [row, *_], err = verify(BREAKS_WITH_NEW_NUMPY, CASE._replace(rule="R02"))
    assert cells(row)["found"] == cells(row)["explained"] == "no"
    assert "found: found R01" in err
    assert code == 1


def test_an_environment_that_is_not_sound_after_the_fix_is_told(verify, monkeypatch):
    # A fix that is not carried out: nothing changes.
    monkeypatch.setattr(verify_rules.Verification, "_repair", lambda *_: "")
    code, [row, *_], err = verify(BREAKS_WITH_NEW_NUMPY, CASE)
    assert {step for step, cell in cells(row).items() if cell == "no"} == {"works", "sound", "trains"}
    assert "sound: R01 error: TensorFlow 2.4.0 uses np.object" in err
    assert code == 1


def test_what_cannot_be_built_is_told_and_the_next_case_goes_on(verify):
    other = CASE._replace(forced=("unheard-of==1.0",))
    code, [row, second, _, summary], err = verify(BREAKS_WITH_NEW_NUMPY, other, CASE)
    assert cells(row) == {**dict.fromkeys(verify_rules.STEPS, "-"), "built": "no"}
    assert "No solution found" in err
    assert cells(second) == dict.fromkeys(verify_rules.STEPS, "yes")
    assert summary == "1 of 2 cases of 1 rules passed; 0 skipped."
    assert code == 1


def test_nothing_is_built_on_a_full_disk(verify, monkeypatch):
    monkeypatch.setattr(verify_rules, "FREE", 1 << 62)
    code, [row, *_], err = verify(BREAKS_WITH_NEW_NUMPY, CASE)
    assert cells(row)["built"] == "no"
    assert "GiB of disk are free" in err
    assert code == 1


def test_a_python_that_is_missing_is_told_and_its_cases_are_skipped(verify):
    code, rows, err = verify(BREAKS_WITH_NEW_NUMPY, CASE, CASE._replace(python="3.12"))
    assert rows[-1] == "1 of 1 cases of 1 rules passed; 1 skipped."
    assert err == "Python 3.12 was not found; its cases are skipped.\n"
    assert code == 1


def test_a_file_in_the_working_folder_is_taken_away_as_the_doctor_says(verify):
    program = '#!/bin/sh\nif [ -e numpy.py ]; then echo "ImportError: initialization failed" >&2; exit 1; fi\n'
    case = CASE._replace(rule="R45", shows="ImportError: initialization failed", forced=(), files={"numpy.py": ""})
    code, [row, *_], err = verify(program, case)
    assert err == ""
    assert cells(row) == dict.fromkeys(verify_rules.STEPS, "yes")
    assert code == 0


def test_a_note_is_verified_by_its_own_fix(verify):
    program = """#!/bin/sh
if ! ls "$(dirname "$0")"/../lib/python3.8/site-packages | grep -q scipy; then
    echo "ImportError: Image transformations require SciPy. Install SciPy." >&2
    exit 1
fi
"""
    code, [row, *_], err = verify(
        program, CASE._replace(rule="R48", shows="ImportError: Image transformations", forced=())
    )
    assert err == ""
    assert cells(row) == dict.fromkeys(verify_rules.STEPS, "yes")
    assert "uv pip install --python python " in row
    assert code == 0


def test_ctrl_c_ends_it_after_the_case_that_is_being_built(verify, monkeypatch):
    done = []

    def interrupted(verification):
        done.append(verification.case)
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
        time.sleep(1)  # what a program takes to end
        return verification.report

    monkeypatch.setattr(verify_rules.Verification, "carry_out", interrupted)
    other = CASE._replace(base=("tensorflow==2.4.4",))
    with pytest.raises(KeyboardInterrupt):
        verify(BREAKS_WITH_NEW_NUMPY, CASE, CASE._replace(forced=()), other)
    assert done == [CASE]


def test_programs_do_not_see_the_variables_of_this_shell(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    monkeypatch.setenv("TF_USE_LEGACY_KERAS", "1")
    monkeypatch.setenv("LANGUAGE", "kept")
    code = "import os; print([os.environ.get(x) for x in ('PYTHONPATH', 'TF_USE_LEGACY_KERAS', 'LANGUAGE', 'OWN')])"
    done = verify_rules.run([sys.executable, "-c", code], tmp_path, {"OWN": "given"})
    assert (done.code, done.stdout) == (0, "[None, None, 'kept', 'given']\n")


def test_a_command_that_hangs_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(verify_rules, "TIMEOUT", 0.2)
    done = verify_rules.run(["sleep", "60"], tmp_path)
    assert (done.code, done.stderr) == (1, "sleep 60\nwas not done after 0.2 seconds")


def test_an_interpreter_of_another_version_is_not_taken(tmp_path, monkeypatch):
    monkeypatch.setattr(verify_rules, "candidates", lambda version: iter([("python3",), ("python3.8",)]))
    pythons = {"python3": (3, 9, 1), "python3.8": (3, 8, 20)}
    find_python = importlib.import_module("find_python")
    monkeypatch.setattr(
        verify_rules, "probe", lambda command: find_python.Python(f"/usr/{command}", pythons[command], ("any", "any"))
    )
    assert verify_rules.interpreter("3.8") == "/usr/python3.8"
    assert verify_rules.interpreter("3.11") is None


def test_the_wrapper_runs_the_script_in_the_stack(tmp_path):
    shutil.copytree(str(ROOT / "scripts"), str(tmp_path / "scripts"), ignore=shutil.ignore_patterns("__pycache__"))
    executable(tmp_path / ".venv-current" / "bin" / "python", '#!/bin/sh\necho "$@"\n')
    for source in ("scripts/bootstrap.py", *(lock.name for lock in ROOT.glob("requirements*.lock"))):
        stamp = tmp_path / ".venv-current" / "stamp" / Path(source).name
        stamp.parent.mkdir(exist_ok=True)
        for copy in (stamp, tmp_path / source):
            shutil.copy(str(ROOT / source), str(copy))
    done = subprocess.run(
        [str(tmp_path / "scripts" / "verify-rules"), "--only", "R07,R22"],
        env={"PATH": "/usr/bin:/bin", "FCNN_STACK": "current"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.stdout, done.stderr) == (f"-s {tmp_path}/scripts/verify_rules.py --only R07,R22\n", "")
