"""Units around numbers, and what is to be done about them."""

import pytest

from fcnn.data.units import unit_advice, units_of

UNITS = {
    "with a blank": (["3.5 kg", "12 kg"], ["kg"]),
    "without one": (["39岁", "-4岁"], ["岁"]),
    "two": (["500 g", "12 kg", "7 kg", "8 g"], ["g", "kg"]),
    "two of two texts may be names": (["500 g", "12 kg"], []),
    "billions and millions of dollars": (["$590.4B", "$1.2M", "$3B", "$4M", "$5B", "$6B"], ["$", "B", "M"]),
    "thousands and plain numbers": (["3k", "310", "4.5k"], ["k"]),
    "kilograms and plain numbers": (["3kg", "310", "4.5kg"], []),
    "two currencies": (["$5", "€4", "-$6", "€7"], ["$", "€"]),
    "a currency as a word": (["USD 5", "USD 1,200.50"], ["USD"]),
    "rupees": (["Rs. 5", "Rs 6"], ["Rs"]),
    "letters are names of seats or flats": (["10A", "12B", "13C", "14A", "15B", "16A"], []),
    "many different ones": ([f"{number} {letter}b" for number in range(9) for letter in "abcde"], []),
    "a sign is none": (["20+", "30+"], []),
    "a range is none": (["20-30", "30-30"], []),
    "codes": (["A1", "A2"], []),
    "versions": (["1.2.3", "1.3"], []),
    "words": (["red", "12 kg"], []),
    "nothing": ([], []),
}


@pytest.mark.parametrize(("texts", "units"), UNITS.values(), ids=UNITS)
def test_the_units_around_numbers_are(texts, units):
    assert units_of(texts) == units


# fmt: off
ADVICE = {
    "one": (["m"], "if they are quantities, leave 'm' out in the file"),
    "two": (["g", "kg"], "if they are quantities, write all of them in one unit in the file, and leave it out"),
    "multiples": (["$", "B"], "if they are quantities, write them out in the file: 1.2M as 1200000, 3k as 3000"),
    "currencies": (
        ["USD", "€"], "amounts in several currencies cannot be compared: convert them to one in the file"),
}
# fmt: on


@pytest.mark.parametrize(("units", "advice"), ADVICE.values(), ids=ADVICE)
def test_the_advice_is(units, advice):
    assert unit_advice(units) == advice
