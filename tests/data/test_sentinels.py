"""Numbers that stand for a missing value are asked about; large and small ones that do not are left alone."""

import pytest

from fcnn.data.sentinels import sentinel

TEMPERATURES = [20.5 + row % 17 for row in range(40)]


@pytest.mark.parametrize(
    ("values", "message", "examples"),
    [
        pytest.param([-999, *TEMPERATURES, -999], "has -999 in 2 rows", ("row 1", "row 42"), id="below all others"),
        pytest.param([9999, 9999, 9999, *TEMPERATURES], "has 9999 in 3 rows", ("row 1", "row 2", "row 3"), id="above"),
        pytest.param([None, -99, *TEMPERATURES, -99], "has -99 in 2 rows", ("row 2", "row 43"), id="beside gaps"),
    ],
)
def test_a_usual_sentinel_is_asked_about(numbers, section, values, message, examples):
    found = sentinel(numbers(values), section())
    assert found.message == f"{message}, far from all other numbers: does it stand for a missing value?"
    assert (found.kind, found.severity, found.examples) == ("sentinel", "warning", examples)


def test_what_is_proposed_keeps_what_counts_as_missing_anyway(numbers, section):
    found = sentinel(numbers([-999, *TEMPERATURES, -999]), section(missing=["NA"]))
    assert found.hint == "if it does: 'data.columns.n.missing=[NA, \"-999\"]'"


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([-999, *TEMPERATURES], id="once"),
        pytest.param([-999, -999, 1.0, 2.0], id="few other numbers"),
        pytest.param([99, 99, *range(60, 100)], id="a number like the others"),
        pytest.param([-999, -999, *range(-900, 900, 9)], id="no farther than the others from each other"),
        pytest.param([-500, -500, *TEMPERATURES], id="no usual sentinel"),
        pytest.param([None] * 20, id="nothing but gaps"),
    ],
)
def test_other_numbers_are_left_alone(numbers, section, values):
    assert sentinel(numbers(values), section()) is None
