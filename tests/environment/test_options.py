"""The options of `check-env`: the table, and what cannot be combined."""

from typing import Any, Dict, List

import pytest

from fcnn.environment.command import Console, answer
from fcnn.environment.options import LANGUAGES, STACKS_TO_GUIDE, TABLE, Options, examples, usage_problems
from fcnn.errors import ListingError

from .asking import plain


def test_every_option_of_the_table_is_a_field_and_the_other_way_round() -> None:
    assert sorted(option.name for option in TABLE) == sorted(Options.__dataclass_fields__)
    assert len({option.flag for option in TABLE}) == len(TABLE) == 15


def test_switches_are_off_and_values_are_absent_where_nothing_is_given() -> None:
    for option in TABLE:
        default = getattr(Options(), option.name)
        assert default == ("auto" if option.flag == "--lang" else None if option.metavar else False)
        assert not Options().given(option.flag)


def test_the_choices_are_those_of_the_modules_that_answer() -> None:
    from fcnn.environment.rendering import language
    from fcnn.environment.target import STACKS_TO_GUIDE as GUIDES

    assert STACKS_TO_GUIDE == GUIDES
    assert LANGUAGES == language.LANGUAGES


def test_the_help_is_made_of_whole_sentences_and_the_examples_of_options() -> None:
    assert all(option.help[0].isupper() or option.help.startswith("With") for option in TABLE)
    assert all(option.help.endswith(".") for option in TABLE)
    flags = {word for line in examples("x") for word in line.split() if word.startswith("--")}
    assert flags <= {option.flag for option in TABLE}


@pytest.mark.parametrize(
    ("options", "messages"),
    [
        pytest.param(
            {"requirements": "a", "freeze": "b"},
            ["--requirements and --freeze cannot be combined: each names what is to be judged"],
            id="two lists",
        ),
        pytest.param(
            {"python": "a", "requirements": "b"},
            ["--python and --requirements cannot be combined: each names what is to be judged"],
            id="environment and list",
        ),
        pytest.param(
            {"explain": "a", "fix": True},
            ["--explain and --fix cannot be combined: each asks for something else"],
            id="explain and fix",
        ),
        pytest.param({"yes": True}, ["--yes is nothing without --fix"], id="yes alone"),
        pytest.param({"dry_run": True}, ["--dry-run is nothing without --fix"], id="dry run alone"),
        pytest.param(
            {"python_version": "3.8"},
            ["--python-version is nothing without --requirements or --freeze"],
            id="version without a list",
        ),
        pytest.param(
            {"fix": True, "freeze": "a"},
            ["--fix and --freeze cannot be combined: a list is no environment that could be repaired"],
            id="fix a list",
        ),
        pytest.param(
            {"try_import": True, "requirements": "a"},
            ["--import and --requirements cannot be combined: a list is no environment that could import anything"],
            id="import a list",
        ),
        pytest.param(
            {"list_rules": True, "strict": True},
            ["--list and --strict cannot be combined: no verdict is given that could be strict"],
            id="a strict list of rules",
        ),
        pytest.param(
            {"target": "pinned", "python": "a"},
            ["--target and --python cannot be combined: the guide is for a new environment on this machine"],
            id="guide for another",
        ),
        pytest.param(
            {"report": True, "as_json": True},
            ["--report and --json cannot be combined: a report is text to paste"],
            id="report as JSON",
        ),
        pytest.param({"python": ""}, ["--python is empty"], id="empty environment"),
        pytest.param({"freeze": ""}, ["--freeze is empty"], id="empty name of a list"),
        pytest.param({"target": "old"}, ["there is no --target old"], id="unknown stack"),
        pytest.param({"language": "de"}, ["there is no --lang de"], id="unknown language"),
        pytest.param(
            {"freeze": "a", "python_version": "three"}, ["--python-version is no version of Python"], id="no version"
        ),
        pytest.param(
            {"explain": "-", "freeze": "-"}, ["--explain and --freeze cannot both read stdin"], id="stdin twice"
        ),
        pytest.param(
            {"yes": True, "freeze": "a", "requirements": "b", "python_version": "3", "target": "x"},
            [
                "--requirements and --freeze cannot be combined: each names what is to be judged",
                "--target and --requirements cannot be combined: the guide is for a new environment on this machine",
                "--target and --freeze cannot be combined: the guide is for a new environment on this machine",
                "--yes is nothing without --fix",
                "there is no --target x",
                "--python-version is no version of Python",
            ],
            id="all at once",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(options: Dict[str, Any], messages: List[str]) -> None:
    with pytest.raises(ListingError) as raised:
        answer(Options(**options), Console(print, print, input, bytes, plain, program="python check_env.py"))
    assert raised.value.exit_code == 2
    assert [problem.message for problem in raised.value.problems] == messages
    assert all(problem.hint for problem in raised.value.problems)


@pytest.mark.parametrize(
    "options",
    [
        {"explain": "a", "python": "b", "as_json": True},
        {"explain": "a", "freeze": "-", "python_version": "3.8.20"},
        {"report": True, "python": "a", "strict": True, "try_import": True},
        {"fix": True, "yes": True, "dry_run": True, "as_json": True, "python": "a"},
        {"fix": True, "try_import": True, "strict": True},
        {"list_rules": True, "as_json": True, "language": "zh"},
        {"target": "current", "as_json": True},
    ],
    ids=lambda options: " ".join(options),
)
def test_what_makes_sense_is_not_refused(options: Dict[str, Any]) -> None:
    assert usage_problems(Options(**options)) == []
