"""The preprocessing as plain steps."""

import numpy as np
import pytest

from fcnn.data.dates import part_of as numpy_part_of
from fcnn.data.missing import Missing
from fcnn.data.preprocessing import Preprocessing
from fcnn.data.states import Boolean, Category, Number
from fcnn.export.calendar import days_since_1970, part_of, year_and_month
from fcnn.export.date_fields import date_fields
from fcnn.export.steps import IsMissing, IsOther, Levels, Scale, steps_of, truth_of

MISSING = Missing(("-", "-999"))


def steps(state, missing=MISSING):
    return steps_of(Preprocessing((state,), missing))[0]


def test_a_number_is_scaled_and_tells_where_it_was_missing() -> None:
    state = Number(name="a", median=2.0, mean=3.0, std=4.0, minimum=0.0, maximum=9.0, missing=True)
    column = steps(state)
    assert column.steps == (Scale("value", 2.0, 3.0, 4.0), IsMissing())
    assert column.features == ("a", "a=<missing>")
    assert (column.missing, column.missing_numbers) == (("", "-", "-999"), (-999.0,))


def test_a_category_has_a_column_for_each_level_for_missing_and_for_others() -> None:
    column = steps(Category(name="a", levels=("x", "y"), missing=True, rare=True))
    assert column.steps == (Levels(("x", "y")), IsMissing(), IsOther())


def test_every_spelling_of_a_truth_is_known_and_nothing_else() -> None:
    column = steps(Boolean(name="a", words=("no", "yes"), mode=True, missing=False), Missing(("No",)))
    truth = truth_of(column)
    assert {truth[text] for text in ("yes", "YeS", "ye\u017f", "是", "1.0", "ON")} == {1.0}
    assert {truth[text] for text in ("nO", "FAL\u017fE", "o\ufb00", "否", "0")} == {0.0}
    assert "No" not in truth  # it stands for a missing value
    assert all(text.casefold() in {word for words in column.words for word in words} for text in truth)


DAYS = np.concatenate([np.arange(-800_000, 800_000, 9973.0), [-1.0, 0.0, 58.0, 59.0, 789.0, 11016.0, 11017.25]])


@pytest.mark.parametrize("part", ["days", "year", "month", "weekday", "hour"])
def test_the_calendar_of_the_graphs_is_that_of_the_preprocessing(part: str) -> None:
    found = part_of(DAYS, part, 12.5, np.floor, np.where)
    np.testing.assert_array_equal(found, numpy_part_of(DAYS, part, 12.5))


def test_the_calendar_goes_there_and_back() -> None:
    whole = np.floor(DAYS)
    year, month = year_and_month(whole, np.floor, np.where)
    first = whole.astype("datetime64[D]").astype("datetime64[M]").astype("datetime64[D]")
    day = whole - first.astype(float) + 1
    np.testing.assert_array_equal(days_since_1970(year, month, day, np.floor, np.where), whole)


@pytest.mark.parametrize(
    "code", ["%j %Y", "%Y-%m-%d %H:%M %p", "%Y", "%H:%M", "%Y %y %m %d", "%Y-%m-%d %M", "%m-%d", "%Y-%m-%d %Z", "%"]
)
def test_a_date_that_needs_more_than_a_pattern_has_no_fields(code: str) -> None:
    assert date_fields(code) is None
