"""Codes with leading zeros are found in the bytes of a CSV, wherever a piece of what is looked at ends."""

import random

import pytest

from fcnn.data import leading_zeros
from fcnn.data.leading_zeros import with_leading_zeros

TEXTS = {
    "none": (b"1,20\n0,0.5\n", set()),
    "in the first field": (b"007,2\n3,4\n", {0}),
    "in the last field": (b"1,2\n3,04\n", {1}),
    "in both": (b"01,2\n3,04\n", {0, 1}),
    "a zero alone": (b"0,0\n0,0\n", set()),
    "zeros within numbers": (b"100,2.005\n1e05,3\n", set()),
    "an exponent with a sign": (b"1e-05,2E+07\n-1e-05,3\n", set()),
    "behind a sign": (b"-07,+08\n1,2\n", {0, 1}),
    "behind blanks": (b"  07,2\n", {0}),
    "in quotes": (b'"07",2\n', {0}),
    "within a text in quotes": (b'"a, 07",2\n"b -05",3\n', set()),
    "beside such a text": (b'"a, 07",08\n', {1}),
    "a sign within a text": (b"a -07,2\n", set()),
}


@pytest.mark.parametrize(("text", "columns"), TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("piece", [1, 2, 3, 5, 1 << 18])
def test_the_columns_of_codes_are_found(monkeypatch, text, columns, piece):
    monkeypatch.setattr(leading_zeros, "PIECE", piece)
    assert with_leading_zeros(text, ",", 2) == columns


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_any_separator_will_do(separator):
    assert with_leading_zeros("1,07\n02,3\n".replace(",", separator).encode(), separator, 2) == {0, 1}
    assert with_leading_zeros("1,70\n20,3\n".replace(",", separator).encode(), separator, 2) == set()


def test_random_numbers_are_judged_as_one_by_one(monkeypatch):
    monkeypatch.setattr(leading_zeros, "PIECE", 7)
    chance = random.Random(0)
    for _ in range(300):
        cells = [[chance.choice(["0", "7", "07", "-0.5", "-05", "1e-05", "100", "x 01", ""]) for _ in range(3)]
                 for _ in range(chance.randint(1, 6))]  # fmt: skip
        text = "".join(",".join(row) + "\n" for row in cells).encode()
        wanted = {column for row in cells for column, cell in enumerate(row) if cell in ("07", "-05")}
        assert with_leading_zeros(text, ",", 3) == wanted, text
