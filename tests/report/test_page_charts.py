"""Pictures of the page: scales, ticks, and how much of a long line is drawn."""

import re

import numpy as np
import pytest

from fcnn.report.page.charts import (
    Estimate,
    Line,
    Scale,
    estimates,
    histogram,
    line_chart,
    round_steps,
    scale_of,
    scatter,
    thinned,
)
from fcnn.report.page.tables import interval, short

STEPS = {
    "shares": (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]),
    "thousands": (-100, 19_000, [0, 5000, 10_000, 15_000]),
    "around 0": (-0.03, 0.05, [-0.02, 0, 0.02, 0.04]),
    "far from 0": (1e6, 1e6 + 3, [1e6, 1e6 + 0.5, 1e6 + 1, 1e6 + 1.5, 1e6 + 2, 1e6 + 2.5, 1e6 + 3]),
}


@pytest.mark.parametrize(("low", "high", "steps"), STEPS.values(), ids=STEPS)
def test_ticks_are_round(low, high, steps):
    assert round_steps(low, high) == pytest.approx(steps)


def test_values_far_apart_get_a_logarithmic_scale():
    scale = scale_of(np.array([0.001, 1.0, np.nan]), 200, 0, may_be_log=True)
    assert scale.is_log
    assert scale.ticks() == pytest.approx([0.001, 0.01, 0.1, 1.0])
    assert not scale_of(np.array([0.1, 1.0]), 200, 0, may_be_log=True).is_log
    assert not scale_of(np.array([0.0, 1.0]), 200, 0, may_be_log=True).is_log


@pytest.mark.parametrize("values", [[], [np.nan], [5.0, 5.0], [0.0]], ids=["none", "no number", "one value", "zero"])
def test_a_scale_has_room_whatever_the_values(values):
    scale = scale_of(np.array(values, dtype=float), 0, 100)
    assert scale.low < scale.high
    assert len(scale.ticks()) >= 2


def test_a_long_line_keeps_its_lowest_and_highest_points():
    values = np.sin(np.arange(3000) / 7)
    values[1234], values[7] = 9, -9
    x, y = thinned(np.arange(3000.0), values)
    assert len(x) <= 240
    assert (y.max(), x[y.argmax()], y.min(), x[y.argmin()]) == (9, 1234, -9, 7)
    assert np.all(np.diff(x) > 0)


def test_a_line_has_gaps_where_there_is_no_value():
    svg = line_chart("x", [Line(np.arange(1.0, 6), np.array([1, 2, np.nan, 4, np.inf]), 1)], "epoch", "loss")
    line = re.search(r'class="line s1" d="([^"]*)"', svg).group(1)
    assert re.sub(r"[^ML]", "", line) == "MLM"


@pytest.mark.parametrize("epochs", [1, 2, 3000])
def test_any_number_of_epochs_is_drawn(epochs):
    count = np.arange(1.0, epochs + 1)
    svg = line_chart("x", [Line(count, 1 / count, 1), Line(count, np.full(epochs, np.nan), 2)], "epoch", "loss", (1, 1))
    assert "nan" not in svg
    assert "inf" not in svg


def test_names_are_escaped_and_long_ones_shortened():
    svg = estimates("<b>", [Estimate("<script>", 0.1), Estimate("x" * 200, -0.2, (-0.3, -0.1))], "a & b", zero=True)
    assert 'aria-label="&lt;b&gt;"' in svg
    assert "&lt;script&gt;" in svg
    assert "a &amp; b" in svg
    assert "x" * 23 + "\u2026" in svg
    assert "x" * 25 not in svg


def test_errors_beyond_the_picture_count_in_its_last_bars():
    values = np.concatenate([np.zeros(990), np.full(5, 1e9), np.full(5, -1.0)])
    svg = histogram("x", values, "error", "rows")
    assert "nan" not in svg
    same = scatter("x", np.ones(5), np.ones(5), "true", "predicted")
    assert "nan" not in same


def test_a_scale_places_its_ends_at_its_ends():
    scale = Scale(10, 1000, 0, 200, True)
    assert [scale.place(value) for value in (10, 100, 1000)] == pytest.approx([0, 100, 200])


NUMBERS = {0.98076: "0.9808", 1.0: "1", 53940.0: "53,940", 1.2e-7: "1.2e-07", 1234.56: "1,234.6", float("nan"): "-"}


@pytest.mark.parametrize(("value", "text"), NUMBERS.items(), ids=NUMBERS.values())
def test_numbers_are_short(value, text):
    assert short(value) == text


def test_an_interval_has_both_ends():
    assert interval([0.94231, 1]) == "0.942 \u2013 1"
