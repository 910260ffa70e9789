"""What predicting tells about values that training did not have."""

import pytest

from fcnn.data.encoding import Surprise
from fcnn.jobs.surprises import surprise_problems


def beyond(*columns: str):
    return [Surprise(name, "out of range", 2, "7") for name in columns]


def test_a_few_columns_out_of_range_have_a_note_each() -> None:
    notes = surprise_problems(beyond("a", "b", "c"), 10)
    assert [str(note) for note in notes] == [
        f"column '{name}': 2 of 10 values are beyond those of training, such as 7" for name in "abc"
    ]


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ("missing", "11 columns have missing values, and had none in training: 'x0' (1,000), 'x1' (1), 'x2' (1), ..."),
        ("unseen", "11 columns have values that were not in training: 'x0' (1,000), 'x1' (1), 'x2' (1), ..."),
        (
            "percent",
            "11 columns have percent signs here or in training, not in both: 'x0' (1,000), 'x1' (1), 'x2' (1), ...",
        ),
    ],
)
def test_a_wide_table_does_not_fill_the_screen(what, message) -> None:
    surprises = [Surprise(f"x{number}", what, 1 if number else 1000, "v") for number in range(11)]
    assert [str(problem) for problem in surprise_problems(surprises, 5000)] == [message]
    assert len(surprise_problems(surprises[:10], 5000)) == 10


@pytest.mark.parametrize(("asked", "given"), [("warning", "note"), ("error", "error")])
def test_many_columns_out_of_range_share_one_note(asked, given) -> None:
    found = surprise_problems([*beyond("a", "b", "c", "d"), Surprise("e", "unseen", 1, "x")], 10, asked)
    assert [(str(problem), problem.severity) for problem in found] == [
        ("4 columns have values beyond those of training: 'a' (2), 'b' (2), 'c' (2), ...", given),
        ("column 'e': 1 of 10 values were not in training, such as 'x'", asked),
    ]


@pytest.mark.parametrize(
    ("example", "message"),
    [
        ("0.5", "3 of 10 values have no percent sign, such as '0.5'; all had in training"),
        ("50 %", "3 of 10 values have a percent sign, such as '50 %'; none had in training"),
    ],
    ids=["only in training", "only here"],
)
def test_percent_signs_that_are_not_in_both_are_a_warning(example, message) -> None:
    (problem,) = surprise_problems([Surprise("x", "percent", 3, example)], 10)
    assert (str(problem), problem.severity) == (f"column 'x': {message}", "warning")
