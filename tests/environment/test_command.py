"""`check-env` without a command line: options in, words and an exit code out."""

import json
import sys
from pathlib import Path
from typing import Callable, Dict, List, NamedTuple

import pytest

from fcnn.environment import Facts, command
from fcnn.environment.command import Console, answer
from fcnn.environment.options import STACKS_TO_GUIDE, Options
from fcnn.errors import ListingError

from .asking import BROKEN, HEALTHY, Real, environment, plain, say

NUMPY_ERROR = "AttributeError: module 'numpy' has no attribute 'object'.\n"


@pytest.fixture
def listed(tmp_path: Path) -> Callable[..., str]:
    """A function that writes a list, and returns its path."""

    def write(*lines: str) -> str:
        (tmp_path / "requirements.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return str(tmp_path / "requirements.txt")

    return write


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C")


# --- judging ----------------------------------------------------------------------------------------------------------


def test_another_environment_is_judged_from_its_folder(tmp_path: Path) -> None:
    said = say(Options(python=environment(tmp_path, BROKEN)))
    assert said.code == 3
    assert "numpy 1.24.4" in said.out
    assert "numpy==1.19.5" in said.out


def test_a_healthy_environment_ends_with_0(tmp_path: Path) -> None:
    said = say(Options(python=environment(tmp_path, HEALTHY), as_json=True))
    assert {finding["severity"] for finding in said.document["findings"]} <= {"note"}
    assert said.document["verdict"] == "ok"
    assert said.code == 0


@pytest.mark.parametrize(("strict", "code"), [(False, 0), (True, 3)], ids=["usual", "strict"])
def test_warnings_count_where_it_is_strict(listed, strict: bool, code: int) -> None:
    file = listed("tensorflow==2.10.1", "numpy==1.24.4")
    said = say(Options(requirements=file, python_version="3.8", strict=strict, as_json=True))
    assert said.document["verdict"] == "warnings"
    assert said.code == code


def test_what_a_complete_list_leaves_out_is_absent(listed) -> None:
    file = listed("tensorflow==2.6.5", "numpy==1.19.5", "protobuf==3.19.6")
    rules = {
        flag: {
            finding["rule"]
            for finding in say(Options(python_version="3.8", as_json=True, **{flag: file})).document["findings"]
        }
        for flag in ("freeze", "requirements")
    }
    assert "R17" in rules["freeze"]  # no Keras
    assert "R17" not in rules["requirements"]


@pytest.mark.parametrize("flag", ["freeze", "requirements"])
def test_a_list_can_come_from_stdin(flag: str) -> None:
    said = say(Options(python_version="3.8", as_json=True, **{flag: "-"}), "tensorflow==2.4.0\nnumpy==1.24.4\n")
    assert said.code == 3
    assert said.document["findings"][0]["rule"] == "R01"


def test_the_version_of_python_counts_for_a_list(listed) -> None:
    file = listed("tensorflow==2.4.0", "numpy==1.19.5", "protobuf==3.20.3")
    assert say(Options(requirements=file, python_version="3.8")).code == 0
    assert say(Options(requirements=file, python_version="3.11")).code == 3


@pytest.mark.parametrize("options", [{"python": "nosuch"}, {"freeze": "nosuch.txt"}, {"requirements": "."}], ids=str)
def test_what_is_not_there_is_the_users_mistake(options: Dict[str, str]) -> None:
    with pytest.raises(ListingError) as raised:
        say(Options(**options))
    assert raised.value.exit_code == 2
    assert next(iter(options.values())) in str(raised.value)


def test_the_running_environment_is_judged_with_its_working_folder() -> None:
    Path("random.py").write_text("", encoding="utf-8")
    document = say(Options(as_json=True)).document
    assert document["environment"]["kind"] == "running"
    assert document["environment"]["python"] == "{}.{}.{}".format(*sys.version_info)
    assert document["environment"]["shadows"] == {"random": "random.py"}


def test_what_fcnn_needs_is_asked_only_of_its_own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    from fcnn.environment import reading

    monkeypatch.setattr(reading, "examine", lambda folder: Facts(packages=HEALTHY, for_fcnn=True))
    asked = {}
    for for_fcnn in (True, False):
        document = say(Options(as_json=True), for_fcnn=for_fcnn).document
        asked[for_fcnn] = {finding["package"] for finding in document["findings"]}
    assert "click" in asked[True]
    assert "click" not in asked[False]


# --- the other answers ------------------------------------------------------------------------------------------------


def test_an_error_that_a_rule_knows_is_explained(tmp_path: Path) -> None:
    file = tmp_path / "error.txt"
    file.write_text(NUMPY_ERROR, encoding="utf-8")
    said = say(Options(explain=str(file)))
    assert said.code == 0
    assert "R01" in said.out


def test_an_error_can_be_pasted_in_and_explained_as_one_json_document() -> None:
    said = say(Options(explain="-", as_json=True), NUMPY_ERROR)
    assert said.code == 0
    assert said.document["verdict"] == "known"
    assert said.document["findings"][0]["rule"] == "R01"
    assert {"severity", "package", "found", "wanted", "why", "symptom", "fix"} < set(said.document["findings"][0])
    assert said.err == ""


def test_who_pastes_at_a_terminal_is_told_how_to_end() -> None:
    said = say(Options(explain="-"), NUMPY_ERROR, interactive=True)
    assert said.err.startswith("Paste the error message, then press Enter and Ctrl-")


def test_an_error_that_no_rule_knows_ends_with_1() -> None:
    said = say(Options(explain="-", as_json=True), "ZeroDivisionError: division by zero\n")
    assert said.code == 1
    assert said.document["verdict"] == "unknown"
    assert said.document["findings"] == []
    assert say(Options(explain="-"), "ZeroDivisionError: division by zero\n").code == 1


def test_the_environment_an_error_came_from_says_what_to_do_there(tmp_path: Path) -> None:
    place = environment(tmp_path, {**HEALTHY, "tensorflow": "2.6.5", "numpy": "1.24.4"})
    said = say(Options(explain="-", python=place, as_json=True), NUMPY_ERROR)
    assert said.document["findings"][0]["found"] == "1.24.4"
    assert place in said.document["findings"][0]["fix"]


@pytest.mark.parametrize("typed", ["", " \n\n"], ids=["nothing", "blank"])
def test_nothing_is_no_error_message(typed: str) -> None:
    with pytest.raises(ListingError, match="stdin: there is no text to explain"):
        say(Options(explain="-"), typed)


@pytest.mark.parametrize("path", ["nosuch.txt", ".", "a\0b"], ids=["not there", "a folder", "a null byte"])
def test_a_text_that_cannot_be_read_is_the_users_mistake(path: str) -> None:
    with pytest.raises(ListingError, match="the text to explain cannot be read") as raised:
        say(Options(explain=path))
    assert raised.value.problems[0].where == path


def test_of_an_enormous_log_the_end_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_PASTED_LIMIT", 1000)
    file = tmp_path / "log.txt"
    file.write_text("epoch 1\n" * 1000 + NUMPY_ERROR, encoding="utf-8")
    assert say(Options(explain=str(file))).code == 0
    file.write_text(NUMPY_ERROR + "epoch 1\n" * 1000, encoding="utf-8")
    assert say(Options(explain=str(file))).code == 1


def test_all_rules_are_listed_with_how_they_are_known() -> None:
    listing = say(Options(list_rules=True))
    assert listing.code == 0
    assert "R01" in listing.out
    assert "measured" in listing.out
    rules = say(Options(list_rules=True, as_json=True)).document
    assert {"R01", "R07", "R31"} <= {rule["rule"] for rule in rules}


@pytest.mark.parametrize("stack", STACKS_TO_GUIDE)
def test_the_guide_leads_to_a_stack(stack: str) -> None:
    said = say(Options(target=stack))
    assert said.code == 0
    assert {"pinned": "tensorflow==2.4.0", "current": "tensorflow"}[stack] in said.out
    assert isinstance(say(Options(target=stack, as_json=True)).document, dict)


def test_a_report_is_markdown_with_the_versions(tmp_path: Path) -> None:
    said = say(Options(report=True, python=environment(tmp_path, BROKEN)))
    assert said.code == 3
    assert "numpy" in said.out
    assert "1.24.4" in said.out
    assert "\033" not in said.out


def test_texts_call_the_command_as_it_was_called() -> None:
    said = say(Options(explain="-"), "ZeroDivisionError: division by zero\n", program="python check_env.py")
    assert "\n  python check_env.py --report\n" in said.out
    assert "fcnn check-env" not in said.out


def test_chinese_is_spoken_where_it_is_asked_for_or_the_locale_is(tmp_path: Path, monkeypatch) -> None:
    place = environment(tmp_path, BROKEN)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    out: List[str] = []
    console = Console(out.append, out.append, lambda question: "", bytes, plain)
    answer(Options(python=place), console)
    by_locale = "\n".join(out)
    out.clear()
    answer(Options(python=place, language="en"), console)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in by_locale)
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in "\n".join(out))


# --- importing for real -----------------------------------------------------------------------------------------------


def test_an_import_that_fails_ends_with_3_and_says_why(tmp_path: Path) -> None:
    folder = Real(
        tmp_path, HEALTHY, {"tensorflow": "raise AttributeError(\"module 'numpy' has no attribute 'object'\")"}
    )
    said = say(Options(python=str(folder), try_import=True))
    assert said.code == 3
    assert "module 'numpy' has no attribute 'object'" in said.out
    document = say(Options(python=str(folder), try_import=True, as_json=True)).document
    assert "module 'numpy' has no attribute 'object'" in json.dumps(document["import"])


def test_an_import_that_works_leaves_the_verdict_to_the_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from fcnn.environment import rendering, trial

    monkeypatch.setattr(trial, "try_import", lambda executable, **_: trial_that_works(executable))
    monkeypatch.setattr(rendering, "render_trial", lambda tried, *rest: f"tried {tried.executable}")
    said = say(Options(python=environment(tmp_path, BROKEN), try_import=True))
    assert said.code == 3
    assert said.out.splitlines()[-1].startswith("tried ")


class trial_that_works(NamedTuple):
    executable: str
    ok: bool = True
