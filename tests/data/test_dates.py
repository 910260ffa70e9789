"""Dates as people write them, and what becomes of them."""

import numpy as np
import pytest

from fcnn.data.dates import date_share, iso, part_of, read_dates, varying

# 2020-05-17 is day 18399 since 1970-01-01, and a Sunday
FORMATS = {
    "ISO": ("2020-05-17", "%Y-%m-%d", 18399),
    "ISO with one digit": ("2020-5-7", "%Y-%m-%d", 18389),
    "slashes, the year first": ("2020/05/17", "%Y/%m/%d", 18399),
    "points, the year first": ("2020.5.17", "%Y.%m.%d", 18399),
    "Chinese": ("2020年5月17日", "%Y年%m月%d日", 18399),
    "German": ("17.05.2020", "%d.%m.%Y", 18399),
    "American": ("5/17/2020", "%m/%d/%Y", 18399),
    "British": ("17/5/2020", "%d/%m/%Y", 18399),
    "Dutch": ("17-05-2020", "%d-%m-%Y", 18399),
    "American with dashes": ("05-17-2020", "%m-%d-%Y", 18399),
    "a month's name": ("17-May-2020", "%d-%b-%Y", 18399),
    "a month's name and blanks": ("17 May 2020", "%d %b %Y", 18399),
    "a month's name first": ("May 17, 2020", "%b %d, %Y", 18399),
    "a month's whole name": ("17 August 2020", "%d %B %Y", 18491),
    "a month's whole name first": ("August 17, 2020", "%B %d, %Y", 18491),
    "a weekday before": ("Sunday, May 17, 2020", "%A, %B %d, %Y", 18399),
    "a web server's": ("17/May/2020", "%d/%b/%Y", 18399),
    "eight digits": ("20200517", "%Y%m%d", 18399),
    "eight digits of the year 1066": ("10661014", "%Y%m%d", -329893),
    "German with two digits of the year": ("17.05.20", "%d.%m.%y", 18399),
    "American with two digits of the year": ("5/17/20", "%m/%d/%y", 18399),
    "British with two digits of the year": ("17/5/42", "%d/%m/%y", 26434),
    "a month's name and two digits of the year": ("17-May-20", "%d-%b-%y", 18399),
    "two digits of the year and a time": ("31/5/20 06:00", "%d/%m/%y %H:%M", 18413.25),
    "a year and a month": ("2020-05", "%Y-%m", 18383),
    "a month and a year": ("5/2020", "%m/%Y", 18383),
    "a Chinese month": ("2020年5月", "%Y年%m月", 18383),
    "a month's name and a year": ("Jan 2020", "%b %Y", 18262),
    "a month's whole name and a year": ("January 2020", "%B %Y", 18262),
    "a month as Excel shows it": ("May-70", "%b-%y", 120),
    "hours and minutes": ("2020-05-17 06:00", "%Y-%m-%d %H:%M", 18399.25),
    "ISO with a T": ("2020-05-17T06:00:00", "%Y-%m-%d %H:%M:%S", 18399.25),
    "UTC in so many words": ("2020-05-17 06:00:00 UTC", "%Y-%m-%d %H:%M:%S", 18399.25),
    "a mail's": ("Sun, 17 May 2020 06:00:00 GMT", "%a, %d %b %Y %H:%M:%S", 18399.25),
    "ISO in UTC": ("2020-05-17T06:00:00Z", "%Y-%m-%d %H:%M:%S", 18399.25),
    "a zone: the time that its clocks show": ("2020-05-17T06:00:00+02:00", "%Y-%m-%d %H:%M:%S", 18399.25),
    "a zone without a colon": ("2020-05-17 06:00 -0500", "%Y-%m-%d %H:%M", 18399.25),
    "fractions of seconds": ("2020-05-17 00:00:00.500", "%Y-%m-%d %H:%M:%S.%f", 18399 + 0.5 / 86400),
    "before noon and after": ("5/17/2020 6:00 PM", "%m/%d/%Y %I:%M %p", 18399.75),
    "before 1970": ("1969-12-31", "%Y-%m-%d", -1),
    "the year 1066": ("1066-10-14", "%Y-%m-%d", -329893),
    "the end of days": ("9999-12-31", "%Y-%m-%d", 2932896),
    "a leap day": ("2020-02-29", "%Y-%m-%d", 18321),
}


@pytest.mark.parametrize(("text", "code", "days"), FORMATS.values(), ids=FORMATS)
def test_a_date_is_read(text, code, days):
    dates = read_dates([text])
    assert dates.format == code
    assert dates.values == {text: pytest.approx(days, abs=1e-9)}


NO_DATES = ["", "abc", "2020", "2020-13", "20201317", "2020-13-01", "2021-02-29", "2020-00-10", "32.01.2020", "10:30",
    "1.5", "1-2-3", "2020-05-17 25:00", "17-Foo-2020", "2020-05-17 extra",
    "2020-05-17+02:00", "2020-05-17 06:00+2"]  # fmt: skip


@pytest.mark.parametrize("text", NO_DATES)
def test_no_date_is(text):
    assert read_dates([text]).values == {}


def test_the_format_that_reads_most_is_taken():
    dates = read_dates(["13/01/2020", "14/01/2020", "01/02/2020"])
    assert (dates.format, dates.other) == ("%d/%m/%Y", "")
    assert sorted(dates.values.values()) == [18274, 18275, 18293]


def test_what_is_right_with_day_and_month_exchanged_is_known():
    dates = read_dates(["01/02/2020 10:00", "03/04/2020 11:00"])
    assert (dates.format, dates.other) == ("%m/%d/%Y %H:%M", "%d/%m/%Y %H:%M")


ORDERS = {
    "day, month and year": (["10.01.14", "11.12.13"], "%d.%m.%y", "%y.%m.%d"),
    "American and British": (["1/5/22", "3/6/22"], "%m/%d/%y", "%d/%m/%y"),
    "the same days in either order": (["01/01/2020", "02/02/2021"], "%m/%d/%Y", ""),
}


@pytest.mark.parametrize(("texts", "code", "other"), ORDERS.values(), ids=ORDERS)
def test_another_order_that_reads_all_as_other_dates_is_known(texts, code, other):
    assert read_dates(texts)[1:] == (code, other)


def test_what_may_be_a_season_or_a_part_is_a_date_only_where_nearly_all_are():
    seasons = [f"{year}-{(year + 1) % 100:02}" for year in range(2000, 2020)]
    assert read_dates(seasons).values == {}
    assert len(read_dates([*(f"2020-{month:02}" for month in range(1, 13)), "soon"]).values) == 12


def test_many_whole_days_are_dates_beside_words():
    assert len(read_dates(["2020-05-17", "soon", "later"]).values) == 1


EIGHT_DIGITS = {
    "dates": ([20200517, np.nan, 20210101, 19991231], 1),
    "two different ones": ([20200517, 20200517, 20210101], 0),
    "one of twenty that is none": ([*range(20200501, 20200520), 20211301], 0.95),
    "one of twenty that is far away": ([*range(20200501, 20200520), 99991231], 0.95),
    "one of three that is none": ([20200517, 20210101, 20211301], 2 / 3),
    "one of three before": ([18200517, 20210101, 19991231], 0),
    "fractions": ([20200517.5, 20210101.5, 19991231.5], 0),
    "infinities": ([np.inf, -np.inf, np.inf], 0),
    "nothing": ([np.nan, np.nan], 0),
    "smaller numbers": ([1, 2, 3], 0),
    "larger numbers": ([1e9, 2e9, 3e9], 0),
}


@pytest.mark.parametrize(("values", "share"), EIGHT_DIGITS.values(), ids=EIGHT_DIGITS)
def test_the_share_of_numbers_that_are_dates(values, share):
    assert date_share(np.array(values, dtype=np.float64)) == pytest.approx(share)


def test_a_given_format_is_the_only_one():
    assert read_dates(["01/02/2020", "2020-05-17"], "%d/%m/%Y") == ({"01/02/2020": 18293}, "%d/%m/%Y", "")


@pytest.mark.parametrize(
    ("text", "code", "days"),
    [("20200517", "%Y%m%d", 18399), ("17 05 20", "%d %m %y", 18399),
        ("2020-05-17 06:00 +0200", "%Y-%m-%d %H:%M %z", 18399.25)],
    ids=["without separators", "two digits of the year", "a zone, whose clock counts"],
)  # fmt: skip
def test_any_format_may_be_given(text, code, days):
    assert read_dates([text, "nonsense"], code).values == {text: days}


DAYS = np.array([18399.25, 18400.0, np.nan, -1.0])  # Sunday 2020-05-17 06:00, Monday, nothing, Wednesday 1969-12-31

PARTS = {
    "days": [0.25, 1, np.nan, -18400],
    "year": [2020, 2020, np.nan, 1969],
    "month": [5, 5, np.nan, 12],
    "weekday": [6, 0, np.nan, 2],
    "hour": [6, 0, np.nan, 0],
}


@pytest.mark.parametrize(("part", "values"), PARTS.items(), ids=PARTS)
def test_a_part_of_dates(part, values):
    np.testing.assert_array_equal(part_of(DAYS, part, 18399.0), values)


VARYING = {
    "days of a week": (["2020-05-18", "2020-05-19"], ["days", "weekday"]),
    "the same day of weeks": (["2020-05-18", "2020-05-25"], ["days"]),
    "hours of a day": (["2020-05-18 01:00", "2020-05-18 02:00"], ["days", "hour"]),
    "years": (["2019-05-18", "2020-05-18"], ["days", "year", "weekday"]),
    "all": (["2019-01-18 03:00", "2020-05-18 04:30"], ["days", "year", "month", "weekday", "hour"]),
    "one": (["2020-05-18"], []),
}


@pytest.mark.parametrize(("texts", "parts"), VARYING.values(), ids=VARYING)
def test_only_the_parts_that_vary_are_kept(texts, parts):
    assert varying(np.array([*read_dates(texts).values.values(), np.nan])) == parts


@pytest.mark.parametrize(
    ("days", "text"), [(18399, "2020-05-17"), (18399.25, "2020-05-17 06:00:00"), (-329893, "1066-10-14")]
)
def test_days_are_written_as_iso(days, text):
    assert iso(days) == text
