import math

import pytest

from fcnn.config.scalars import is_finite, resolve

CASES = {
    # whole numbers
    "0": 0, "64": 64, "+1": 1, "-1": -1, "010": 10, "-08": -8, "0o17": 15, "0x1F": 31, "0xff": 255,
    # numbers
    "1e-3": 1e-3, "1E3": 1e3, ".5": 0.5, "5.": 5.0, "+.5e+2": 50.0, "-1.5": -1.5, "1e3": 1000.0,
    # true, false, nothing
    "true": True, "TRUE": True, "False": False, "null": None, "Null": None, "~": None, "": None,
    # text, where YAML 1.1 or Python see something else
    "yes": "yes", "no": "no", "on": "on", "Off": "Off", "y": "y", "1_000": "1_000", "1:30": "1:30",
    "2024-01-31": "2024-01-31", "1e": "1e", "e3": "e3", ".": ".", "-": "-", "inf": "inf", "nan": "nan",
    "0b11": "0b11", "0o8": "0o8", "0x": "0x", "1.2.3": "1.2.3", "--1": "--1", "1,5": "1,5", "None": "None",
    "\u0661": "\u0661",
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES.items(), ids=[repr(text) for text in CASES])
def test_a_word_means_what_yaml_1_2_says(text, expected):
    value = resolve(text)
    assert (value, type(value)) == (expected, type(expected))


@pytest.mark.parametrize("text", [".inf", "-.INF", "+.Inf", ".nan", ".NaN", "1e999", "9" * 5000])
def test_what_is_not_finite_can_be_told(text):
    value = resolve(text)
    assert isinstance(value, float)
    assert not math.isfinite(value)
    assert not is_finite(value)
