"""Numbers as people write them, and cells that are none."""

# ruff: noqa: RUF001 - signs that look like others are what this is about

from typing import Sequence

from .case import Case, Fails, Works, among, column

KIND = "Numbers"

NUMBER = {"x": "number"}


def _number(id: str, *cells: str, values: Sequence[float], row: str = "") -> Case:
    text = column(*(f'"{cell}"' for cell in cells))
    return Case(id, text, Works(cells={"x": values}, types=NUMBER), row=row)


def _bad(id: str, cell: str, row: str = "") -> Case:
    said = [
        "column 'x'",
        "is numeric, but 1 cell is no number",
        f"{cell!r} (line 2)",
        "data.columns.x.bad_values=missing",
        "data.columns.x.type=category",
    ]
    return Case(id, among(f'"{cell}"'), Fails(said), row=row)


CASES = [
    _number("whole numbers and fractions", "1", "2.5", ".5", "3.", values=[1, 2.5, 0.5, 3]),
    _number("exponents", "1e5", "2.5E-3", "-1e+2", values=[1e5, 2.5e-3, -100]),
    _number("a leading plus", "+1", "+2.5", "-3", values=[1, 2.5, -3]),
    _number(
        "commas for thousands",
        "1,234.5",
        "12,345",
        "999",
        values=[1234.5, 12345, 999],
        row="Numbers such as `1,234.5`, `12 %`, `$3`, `(200)`, `−5`, `１２３`",
    ),
    _number(
        "blanks for thousands, non-breaking ones too",
        "1 234",
        "12\u00a0345",
        "1\u202f234\u202f567",
        values=[1234, 12345, 1234567],
    ),
    _number("apostrophes for thousands, as in Switzerland", "1'234.5", "12’345", "1", values=[1234.5, 12345, 1]),
    _number(
        "points for thousands and decimal commas in quotes",
        "1.234,5",
        "12.345,75",
        "3,5",
        values=[1234.5, 12345.75, 3.5],
    ),
    _number("percent signs", "12 %", "3.5%", "100%", values=[12, 3.5, 100]),
    _number("dollars, also negative", "$3", "$1,200.50", "-$7", "$-8", values=[3, 1200.5, -7, -8]),
    _number("euros behind", "3,50 €", "1.200,00 €", "7 €", values=[3.5, 1200, 7]),
    _number("yuan in three spellings", "¥3", "￥4", "5元", values=[3, 4, 5]),
    _number("parentheses for minus, as accountants write", "(200)", "(1,300.5)", "50", values=[-200, -1300.5, 50]),
    _number("the minus behind, as SAP writes", "1.179,26-", "250,28-", "3.980,00", values=[-1179.26, -250.28, 3980]),
    _number("a 0 without a percent sign among percentages", "12%", "0", "3.5%", values=[12, 0, 3.5]),
    Case(
        "the same unit behind every number",
        column("3.5 kg", "12 kg", "7 kg"),
        Works(
            types={"x": "category"},
            said=["column 'x': has numbers with 'kg', and is taken as text", "leave 'kg' out in the file"],
        ),
    ),
    Case(
        "a unit behind numbers that are different in every row",
        column(*(f"{row * 7 % 97}岁" for row in range(24))),
        Works(
            features=["z"],
            said=["has numbers with '岁', which as text are different in every row", "leave '岁' out in the file"],
        ),
    ),
    Case("two units behind numbers are text", column("500 g", "12 kg", "7 kg"), Works(types={"x": "category"})),
    Case(
        "two units behind many numbers",
        column("500 g", "12 kg", "7 kg", "3 kg", "750 g"),
        Works(types={"x": "category"}, said=["has numbers with 'g', 'kg', and is taken as text", "in one unit"]),
    ),
    Case(
        "two currencies, neither of which is usual",
        column("$3", "€4", "$5", "€6"),
        Works(
            types={"x": "category"},
            said=["has numbers with '$', '€'", "amounts in several currencies cannot be compared"],
        ),
        row="Amounts in several currencies; `1.2M` and `3k`; several units",
    ),
    Case(
        "billions and millions of dollars that are different in every row",
        column(*(f"${row * 7 % 97}.5{'BM'[row % 2]}" for row in range(24))),
        Works(
            types={"x": "left out"},
            said=["has numbers with '$', 'B', 'M'", "1.2M as 1200000", "data.columns.x.type=category"],
        ),
    ),
    Case(
        "thousands beside plain numbers",
        column("3k", "310", "4.5k", "2k"),
        Works(types={"x": "category"}, said=["has numbers with 'k', and is taken as text", "3k as 3000"]),
    ),
    _number(
        "Indian commas", "12,34,567", "1,00,000.5", "99,999", "3,12,34,567", values=[1234567, 100000.5, 99999, 31234567]
    ),
    _number("Arabic digits and marks", "٣٫٥", "١٬٠٠٠", "٧", values=[3.5, 1000, 7]),
    _number("huge and tiny numbers", "1e100", "1e-300", "0", values=[1e100, 0, 0]),
    Case(
        "numbers whose variance is beyond a float",
        column("1e308", "-1e308", "0"),
        Fails(["column 'x'", "the values are too large", "magnitudes below 1e150", "1e+308"]),
    ),
    Case(
        "1e400 is infinite", among("1e400"), Fails(["column 'x'", "1 cell is infinite", "(line 2)"]), varies="received:"
    ),
    Case("inf", among("1", "inf"), Fails(["column 'x'", "1 cell is infinite", "'inf' (line 3)"])),
    Case(
        "-inf and Infinity",
        among("-inf", "Infinity"),
        Fails(["2 cells are infinite", "'-inf' (line 2), 'inf' (line 3)"]),
        data={"split": {"validation": 0, "test": 0}},
    ),
    Case(
        "infinities are text where the config says so",
        column("1", "inf", "2"),
        Works(cells={"x": ["1", "inf", "2"]}),
        data={"columns": {"x": {"type": "category"}}},
    ),
    Case(
        "a bad cell of 100,000 characters is not shown whole",
        among("x" * 100_000),
        Fails(["column 'x'", "1 cell is no number", "(line 2)"]),
    ),
    _bad("abc in a column of numbers", "abc", row="A column of numbers with other cells (`abc`, `5.1cm`)"),
    _bad("a unit in one cell", "5.1cm"),
    _bad("the unit in one cell, behind a blank", "5.1 cm"),
    _bad("a hexadecimal number among decimal ones", "0x10"),
    _bad("an underscore within a number", "1_000"),
    _bad("two points in a number", "1.2.3"),
    _bad("a fraction", "1/2"),
    _bad("a range", "3-5"),
    _bad("less than", "<0.5"),
    _bad("a number with a star", "5*"),
    _bad("an approximate number", "~5"),
    _bad("a complex number", "1+2j"),
    _bad("a formula", "=1+2"),
    _bad("an error of Excel", "#DIV/0!"),
    _bad("another error of Excel", "#VALUE!"),
    Case(
        "a percentage among plain numbers is of the same unit, and that is said",
        among("12%"),
        Works(
            cells={"x": [12, 3.25]},
            types=NUMBER,
            said=[
                "column 'x': 1 of 24 numbers have a percent sign: each is read as",
                "'12%' (line 2), '3.25' (line 3)",
            ],
        ),
    ),
    Case(
        "decimal commas among decimal points",
        among('"1,5"', '"2,25"'),
        Fails(["column 'x'", "'1,5' (line 2)", "'2,25' (line 3)"]),
    ),
    Case(
        "dollars among euros are other numbers",
        column('"$3"', '"€4"', '"$5"', '"$6"'),
        Fails(["column 'x'", "6 cells are no number", "numbers with the mark $", "'€4' (line 3)"]),
    ),
    Case(
        "bad cells are missing where the config says so",
        among("abc", "5.1cm", "3"),
        Works(
            cells={"x": [None, None, 3]},
            types=NUMBER,
            features=["x", "x=<missing>", "z"],
            said=["note: column 'x': 2 cells cannot be read", "'abc' (line 2), '5.1cm' (line 3)"],
        ),
        data={"columns": {"x": {"bad_values": "missing"}}, "split": {"validation": 0, "test": 0}},
        row="... with `columns: {x: {bad_values: missing}}` in the config",
    ),
    Case(
        "bad cells are levels where the config says so",
        column("abc", "5.1", "5.2"),
        Works(cells={"x": ["abc", "5.1", "5.2"]}, types={"x": "category"}),
        data={"columns": {"x": {"type": "category"}}},
        overrides=("training.epochs=3",),
    ),
    Case(
        "a column that is half numbers and half words is text",
        column("1", "2", "low", "high"),
        Works(cells={"x": ["1", "2", "low", "high"]}, types={"x": "category"}),
    ),
    _number("Arabic digits", "١٢٣", "٤٥", "٦", values=[123, 45, 6]),
    _number("full-width digits, as a Chinese keyboard gives", "１２３", "４.５", "６", values=[123, 4.5, 6]),
    _number("a minus of Unicode", "−5", "−2.5", "3", values=[-5, -2.5, 3]),
    Case(
        "codes with leading zeros",
        column("007", "010", "123"),
        Works(cells={"x": ["007", "010", "123"]}, types={"x": "category"}),
        row="Codes with leading zeros (`007`)",
    ),
    Case(
        "one code with a leading zero late in the file",
        column(*(str(row % 9 + 1) for row in range(23)), "07"),
        Works(cells={"x": ["1", "2", "3"]}, types={"x": "category"}),
    ),
    Case("0.5 and 0 have no leading zero", column("0.5", "0", "00.5"[1:]), Works(cells={"x": [0.5, 0]}, types=NUMBER)),
    Case(
        "telephone numbers",
        column("030 1234567", "+49 89 123", "0171-555"),
        Works(types={"x": "category"}),
    ),
    Case(
        "64-bit ids that float64 cannot tell apart",
        column(*(str(9007199254740993 + 2 * (row * 7 % 24)) for row in range(24))),
        Works(features=["z"], said=["column 'x'", "16 digits and more"]),
    ),
    Case(
        "64-bit ids, one of which is longer",
        column(*(str(2**60 + 7919 * row * row) for row in range(23)), str(2**66)),
        Works(types={"x": "left out"}, said=["column 'x': has", "16 digits and more"]),
    ),
    Case(
        "64-bit ids, one of which is missing",
        column(*(str(2**60 + 7919 * row * row) for row in range(23)), ""),
        Works(types={"x": "left out"}, said=["column 'x': has", "16 digits and more"]),
    ),
    Case(
        "64-bit ids as levels",
        column("9007199254740993", "9007199254740995"),
        Works(cells={"x": ["9007199254740993", "9007199254740995"]}),
        data={"columns": {"x": {"type": "category"}}},
    ),
    Case(
        "whole numbers beyond 64 bits",
        column("123456789012345678901234567890", "98765432109876543210", "5"),
        Works(cells={"x": [1.2345678901234568e29, 98765432109876543210, 5]}, types=NUMBER),
    ),
    Case(
        "whole numbers and fractions in two halves of a column",
        column(*map(str, (row % 7 for row in range(20))), "1.5", "2.5", "3.5", "4.5"),
        Works(cells={"x": [0, 1, 2, 3]}, types=NUMBER),
    ),
    Case(
        "hexadecimal numbers throughout are text",
        column("0x10", "0x1F", "0xA0"),
        Works(cells={"x": ["0x10", "0x1F", "0xA0"]}),
    ),
    Case(
        "a number beyond float32 beside small ones",
        among("1e39"),
        Works(types=NUMBER),
    ),
]
