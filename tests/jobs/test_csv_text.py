"""Rows of a CSV, byte for byte those of Python's csv module."""

import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from fcnn.jobs.csv_text import csv_rows


def by_csv(columns):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(zip(*(column.tolist() for column in columns)))
    return text.getvalue()


RANDOM = np.random.default_rng(0)
NUMBERS = {
    "every exponent": 10.0 ** RANDOM.uniform(-323, 308, 5000) * RANDOM.choice([-1.0, 1.0], 5000),
    "probabilities of float32": RANDOM.random(5000, dtype=np.float32).astype(np.float64),
    "what is left to 1": 1.0 - RANDOM.random(5000, dtype=np.float32),
    "around the first exponent": 10.0 ** RANDOM.uniform(-6, -3, 5000),
    "around the second exponent": 10.0 ** RANDOM.uniform(14, 18, 5000),
    "corners": np.array(
        [
            *(0.0, -0.0, 1.0, -1.0, 1e-4, np.nextafter(1e-4, 0), 1e-5, 1e15, 1e16, np.nextafter(1e16, 0), 5e-324),
            *(1.7e308, 0.1, 0.30000000000000004, 123456789012345680.0, 9007199254740993.0, 2.0**-1022, 100.0),
        ]
    ),
}


@pytest.mark.parametrize("values", NUMBERS.values(), ids=NUMBERS)
def test_numbers_are_written_as_python_writes_them(values):
    assert csv_rows([values]) == by_csv([values]) == "".join(f"{value!r}\n" for value in values.tolist())


def test_what_a_row_looks_like():
    columns = [
        np.array(["a", "", 'say "no"', "x,y", "two\nlines", "back\rto the start", " blank ", "猫"], dtype=object),
        np.array([0.1, 1e-7, -2.0, 1e16, 12345.678, 0.0, -0.0, 1e300]),
    ]
    rows = csv_rows(columns)
    assert rows == by_csv(columns)
    assert rows.startswith('a,0.1\n,1e-07\n"say ""no""",-2.0\n"x,y",1e+16\n"two\nlines",12345.678\n')
    assert rows.endswith(" blank ,-0.0\n猫,1e+300\n")


@given(some.lists(some.tuples(some.text(max_size=6), some.floats(allow_nan=False, allow_infinity=False)), max_size=20))
def test_any_texts_and_numbers_are_written_as_the_csv_module_does(rows):
    texts, numbers = [row[0] for row in rows], [row[1] for row in rows]
    columns = [np.array([*texts, "", ","], dtype=object)[: len(rows)], np.array(numbers, dtype=np.float64)]
    assert csv_rows(columns) == by_csv(columns)


def test_no_rows_are_no_text():
    assert csv_rows([np.empty(0), np.empty(0, dtype=object)]) == ""
