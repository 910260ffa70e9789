import pytest

from fcnn.config import parse_duration

CASES = {
    "90": 90, "90s": 90, "10m": 600, "2h": 7200, "1h30m": 5400, "1h 30m 15s": 5415, "1.5h": 5400, ".5m": 30,
    "1d": 86400, "10min": 600, " 2H ": 7200, "5m30": 330,
}  # fmt: skip


@pytest.mark.parametrize(("text", "seconds"), CASES.items())
def test_a_length_of_time_is_read(text, seconds):
    assert parse_duration(text) == seconds


@pytest.mark.parametrize("number", [90, 0.5])
def test_a_number_is_seconds(number):
    assert parse_duration(number) == number


@pytest.mark.parametrize("text", ["", " ", "soon", "10 weeks", "1:30", "-5m", "h", "30m1h", "1e3", "٣"])
def test_what_is_no_length_of_time_is_refused(text):
    with pytest.raises(ValueError, match="no length of time"):
        parse_duration(text)


@pytest.mark.parametrize("given", ["0", "0h0m", 0, -1, float("nan"), "9" * 400])
def test_it_is_more_than_nothing_and_finite(given):
    with pytest.raises(ValueError, match="a length of time is more than 0 seconds"):
        parse_duration(given)
