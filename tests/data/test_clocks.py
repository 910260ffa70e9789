"""Times of a day and durations as seconds."""

import pytest

from fcnn.data.clocks import read_clocks

CLOCKS = {
    "hours and minutes": (["14:35", "0:05"], [52500, 300]),
    "with seconds": (["14:35:20", "1:02:03.5"], [52520, 3723.5]),
    "before noon and after": (["2:35 PM", "12:05 AM", "12:30pm", "1:00 a.m."], [52500, 300, 45000, 3600]),
    "as pandas writes durations": (["1 days 03:04:05", "0 days 00:00:01"], [97445, 1]),
    "more hours than a day has": (["125:30"], [451800]),
    "rounds of a race": (["1:27.452", "2:01.1"], [87.452, 121.1]),
    "words": (["1h 20m", "2h", "45m", "2 days 3 hours", "1h20min"], [4800, 7200, 2700, 183600, 4800]),
    "hours alone": (["3 h", "2 hours"], [10800, 7200]),
    "minutes alone": (["45 min", "50 mins"], [2700, 3000]),
    "ISO 8601": (["PT1H20M", "PT5M", "P1DT2H30M", "PT10.5S"], [4800, 300, 95400, 10.5]),
}


@pytest.mark.parametrize(("texts", "seconds"), CLOCKS.values(), ids=CLOCKS)
def test_times_and_durations_are_read_as_seconds(texts, seconds):
    assert read_clocks(texts) == dict(zip(texts, map(pytest.approx, seconds)))


NO_CLOCKS = [
    ["14:60"], ["2:1"], ["14"], ["1:02:60"], ["14:35 o'clock"], ["2020-05-17 14:35"], ["5 m", "6 m"], ["3d", "10 s"],
    [""], ["P", "T"], ["1m 2h"], ["16:9"], [],
]  # fmt: skip


@pytest.mark.parametrize("texts", NO_CLOCKS, ids=str)
def test_no_time_is(texts):
    assert read_clocks(texts) == {}


def test_minutes_and_seconds_beside_hours_are_not_taken_for_hours_and_minutes():
    assert set(read_clocks(["1:02:10", "1:05:00", "59:30"])) == {"1:02:10", "1:05:00"}
