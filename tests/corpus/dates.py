"""Dates and times."""

from typing import Any, Optional, Sequence

from .case import Case, Fails, Works, column

KIND = "Dates and times"
DATE = {"x": "date"}


def _dates(
    id: str, *cells: str, days: Sequence[Optional[str]], row: str = "", said: Sequence[str] = (), **data: Any
) -> Case:
    text = column(*(f'"{cell}"' for cell in cells))
    return Case(id, text, Works(cells={"x": days}, types=DATE, said=said), row=row, data=data)


ISO = ["2020-01-02", "2021-05-17", "1999-12-31"]

CASES = [
    _dates("ISO dates", *ISO, days=ISO, row="Dates in some forty formats, with or without a time"),
    _dates("days before months, which no American date allows", "02/01/2020", "17/05/2021", "31/12/1999", days=ISO),
    _dates("months before days", "01/02/2020", "05/17/2021", "12/31/1999", days=ISO),
    _dates("points, as in Germany", "02.01.2020", "17.5.2021", "31.12.1999", days=ISO),
    _dates("Chinese dates", "2020年1月2日", "2021年05月17日", "1999年12月31日", days=ISO),
    _dates("months as words", "2 Jan 2020", "17 May 2021", "31 Dec 1999", days=ISO),
    _dates(
        "dates that are right with month or day first",
        "01/02/2020",
        "03/04/2021",
        "05/06/2022",
        days=["2020-01-02", "2021-03-04", "2022-05-06"],
        said=["is read as %m/%d/%Y", "all its dates are right as %d/%m/%Y, too", "data.columns.x.format=%d/%m/%Y"],
        row="Dates such as 03/04/2021, which may be either",
    ),
    _dates(
        "the same with the format in the config",
        "01/02/2020",
        "03/04/2021",
        "05/06/2022",
        days=["2020-02-01", "2021-04-03", "2022-06-05"],
        columns={"x": {"format": "%d/%m/%Y"}},
    ),
    _dates(
        "dates with a time",
        "2020-01-02 10:30",
        "2021-05-17 00:00",
        "1999-12-31 23:59",
        days=["2020-01-02 10:30:00", "2021-05-17", "1999-12-31 23:59:00"],
    ),
    _dates("a T and a Z", "2020-01-02T00:00:00Z", "2021-05-17T12:00:00Z", days=["2020-01-02", "2021-05-17 12:00:00"]),
    _dates("fractions of seconds", "2020-01-02 10:30:00.250", "2021-05-17 00:00:00.5", days=["2020-01-02 10:30:00"]),
    _dates("AM and PM", "1/2/2020 1:30 PM", "5/17/2021 12:00 AM", days=["2020-01-02 13:30:00", "2021-05-17"]),
    _dates(
        "a zone behind the time: the time that its clocks show",
        "2020-01-02T10:00:00+02:00",
        "2021-05-17T12:00:00+02:00",
        "1999-12-31T00:00:00+02:00",
        days=["2020-01-02 10:00:00", "2021-05-17 12:00:00", "1999-12-31"],
    ),
    Case(
        "a day that there is not",
        column(*ISO, "2021-03-04", "2020-02-30"),
        Fails(
            ["column 'x'", "has dates (%Y-%m-%d), but", "'2020-02-30' (line 6)", "data.columns.x.bad_values=missing"]
        ),
    ),
    Case(
        "0000-00-00, as MySQL writes",
        column(*ISO, "2021-03-04", "0000-00-00"),
        Fails(["column 'x'", "'0000-00-00' (line 6)"]),
    ),
    Case(
        "two formats in one column",
        column(*ISO, "17/05/2021"),
        Fails(["column 'x'", "has dates (%Y-%m-%d), but 6 cells are none", "'17/05/2021' (line 5)"]),
    ),
    Case(
        "dates and words",
        column(*ISO, "tomorrow"),
        Fails(["column 'x'", "6 cells are none", "'tomorrow' (line 5)"]),
    ),
    _dates(
        "dates with missing ones",
        "2020-01-02",
        "",
        "2021-05-17",
        days=["2020-01-02", None, "2021-05-17"],
        said=["note: column 'x': no value in"],
    ),
    _dates(
        "dates before 1677 and after 2262", "1492-10-12", "2500-01-01", "1066-10-14", days=["1492-10-12", "2500-01-01"]
    ),
    Case("a year alone is a number", column("1999", "2005", "2020"), Works(types={"x": "number"}, cells={"x": [1999]})),
    _dates("a year and a month", "2020-01", "2021-05", "1999-12", days=["2020-01-01", "2021-05-01", "1999-12-01"]),
    _dates("a month's name and a year", "Jan 2020", "May 2021", days=["2020-01-01", "2021-05-01"]),
    _dates("a Chinese month", "2020年1月", "2021年5月", days=["2020-01-01", "2021-05-01"]),
    _dates("months as whole words", "January 2, 2020", "May 17, 2021", days=["2020-01-02", "2021-05-17"]),
    _dates("two digits of the year, and a month's name", "02-Jan-20", "17-May-21", days=["2020-01-02", "2021-05-17"]),
    _dates("two digits of the year", "1/2/20", "5/17/21", "12/31/99", days=ISO),
    _dates(
        "two digits of the year, which may be the day",
        "02.01.20",
        "17.05.21",
        "31.12.22",
        days=["2020-01-02", "2021-05-17", "2022-12-31"],
        said=["is read as %d.%m.%y", "are right as %y.%m.%d, too", "data.columns.x.format=%y.%m.%d"],
    ),
    _dates(
        "two digits of the year of birth",
        "1/2/55",
        "5/17/71",
        days=["2055-01-02", "1971-05-17"],
        said=["column 'x': has years of two digits", "'1/2/55' is 2055-01-02", "write four digits in the file"],
    ),
    Case("seasons are no months", column("1999-00", "2010-11", "2019-20"), Works(types={"x": "category"})),
    _dates("dates as eight digits", "20200102", "20210517", "19991231", days=ISO),
    Case(
        "dates as eight digits, and 99991231 as the end of time",
        column(*(f"202001{day:02d}" for day in range(1, 24)), "99991231"),
        Works(
            types={"x": "number"},
            said=["column 'x': is read as numbers, most of which are dates", "data.columns.x.format=%Y%m%d"],
        ),
    ),
    Case(
        "the same as the config says",
        column(*(f"202001{day:02d}" for day in range(1, 24)), "99991231"),
        Works(types=DATE, cells={"x": ["2020-01-01", "2020-01-02"]}),
        data={"columns": {"x": {"format": "%Y%m%d"}}},
    ),
    Case("numbers of eight digits", column("20200102", "20210517", "19991331"), Works(types={"x": "number"})),
    Case(
        "dates as eight digits are numbers where the config says so",
        column("20200102", "20210517", "19991231"),
        Works(types={"x": "number"}, cells={"x": [20200102, 20210517, 19991231]}),
        data={"columns": {"x": {"type": "number"}}},
    ),
    Case(
        "two dates as eight digits, as the config says",
        column("20200102", "20210517"),
        Works(types=DATE, cells={"x": ISO[:2]}),
        data={"columns": {"x": {"format": "%Y%m%d"}}},
    ),
    Case("seconds since 1970 are numbers", column("1577836800", "1621209600"), Works(types={"x": "number"})),
    Case(
        "times alone",
        column("10:30", "23:59", "00:00"),
        Works(
            types={"x": "number"},
            cells={"x": [37800, 86340, 0]},
            said=["note: column 'x': is read as times or durations in seconds: '23:59' is 86,340", "x.type=category"],
        ),
        row="Times and durations such as `14:35` and `1h 20m`: seconds",
    ),
    Case(
        "durations",
        column("1h 20m", "45m", "2h"),
        Works(types={"x": "number"}, cells={"x": [4800, 2700, 7200]}, said=["'2h' is 7,200"]),
    ),
    Case(
        "minutes and seconds beside hours",
        column("1:02:10", "1:05:00", "59:30"),
        Fails(["column 'x'", "8 cells are no number", "numbers with hours and minutes", "'59:30' (line 4)"]),
    ),
    Case(
        "times, as text where the config says so",
        column("10:30", "23:59"),
        Works(types={"x": "category"}, cells={"x": ["10:30", "23:59"]}),
        data={"columns": {"x": {"type": "category"}}},
    ),
    Case(
        "every row another date is no id",
        column(*(f"2020-{row // 28 + 1:02d}-{row % 28 + 1:02d}" for row in range(24))),
        Works(types=DATE),
    ),
    Case(
        "dates as a feature that is stated, and one that is none",
        column(*ISO, "soon"),
        Fails(["column 'x'", "'soon' (line 5)"]),
        data={"columns": {"x": {"type": "date"}}},
    ),
    Case(
        "a format that is none",
        column(*ISO),
        Fails(["config.yaml", "data.columns.x.format", "`YYYY-MM-DD` is no format of dates", "%Y-%m-%d"]),
        data={"columns": {"x": {"format": "YYYY-MM-DD"}}},
    ),
    Case(
        "a format that fits no cell",
        column(*ISO),
        Fails(["column 'x'", "cells are no date"]),
        data={"columns": {"x": {"format": "%d.%m.%Y"}}},
    ),
]
