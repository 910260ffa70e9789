"""The seven tables of data/ are what data/README.md says they are, whatever Git or an editor did to them."""

import csv
import hashlib
import re
from collections import Counter
from functools import lru_cache
from math import fsum
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
DATA = PROJECT / "data"
README = (DATA / "README.md").read_text(encoding="utf-8")
TABLES = ("bank", "breast_cancer", "diabetes", "diamonds", "digits", "iris", "penguins")

NUCLEUS = (
    "radius",
    "texture",
    "perimeter",
    "area",
    "smoothness",
    "compactness",
    "concavity",
    "concave_points",
    "symmetry",
    "fractal_dimension",
)
HEADERS = {
    "bank": (
        "age,job,marital,education,default,balance,housing,loan,contact,day,month,duration,campaign,pdays,previous,"
        "poutcome,y"
    ),
    "breast_cancer": ",".join(
        [
            *(f"mean_{measurement}" for measurement in NUCLEUS),
            *(f"{measurement}_error" for measurement in NUCLEUS),
            *(f"worst_{measurement}" for measurement in NUCLEUS),
            "diagnosis",
        ]
    ),
    "diabetes": (
        "age,sex,bmi,bp,s1_total_cholesterol,s2_ldl,s3_hdl,s4_cholesterol_hdl_ratio,s5_log_triglycerides,"
        "s6_glucose,progression"
    ),
    "diamonds": "carat,cut,color,clarity,depth,table,x,y,z,price",
    "digits": ",".join([*(f"pixel_{row}_{column}" for row in range(8) for column in range(8)), "digit"]),
    "iris": "sepal_length,sepal_width,petal_length,petal_width,species",
    "penguins": "rowid,species,island,bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g,sex,year",
}
ROWS = {
    "bank": 4521,
    "breast_cancer": 569,
    "diabetes": 442,
    "diamonds": 53940,
    "digits": 1797,
    "iris": 150,
    "penguins": 344,
}
TEXTS = {
    "bank": {
        "job",
        "marital",
        "education",
        "default",
        "housing",
        "loan",
        "contact",
        "month",
        "poutcome",
        "y",
    },
    "breast_cancer": {"diagnosis"},
    "diabetes": set(),
    "diamonds": {"cut", "color", "clarity"},
    "digits": set(),
    "iris": {"species"},
    "penguins": {"species", "island", "sex"},
}
FIRST_AND_LAST = {
    "bank": (
        "30,unemployed,married,primary,no,1787,no,no,cellular,19,oct,79,1,-1,0,unknown,no",
        "44,entrepreneur,single,tertiary,no,1136,yes,yes,cellular,3,apr,345,2,249,7,other,no",
    ),
    "breast_cancer": (
        "17.99,10.38,122.8,1001,0.1184,0.2776,0.3001,0.1471,0.2419,0.07871,1.095,0.9053,8.589,153.4,0.006399,0.04904,"
        "0.05373,0.01587,0.03003,0.006193,25.38,17.33,184.6,2019,0.1622,0.6656,0.7119,0.2654,0.4601,0.1189,malignant",
        "7.76,24.54,47.92,181,0.05263,0.04362,0,0,0.1587,0.05884,0.3857,1.428,2.548,19.15,0.007189,0.00466,0,0,"
        "0.02676,0.002783,9.456,30.37,59.16,268.6,0.08996,0.06444,0,0,0.2871,0.07039,benign",
    ),
    "diabetes": (
        "59,2,32.1,101.0,157,93.2,38.0,4.0,4.8598,87,151",
        "36,1,19.6,71.0,250,133.2,97.0,3.0,4.5951,92,57",
    ),
    "diamonds": (
        "0.23,Ideal,E,SI2,61.5,55,3.95,3.98,2.43,326",
        "0.75,Ideal,D,SI2,62.2,55,5.83,5.87,3.64,2757",
    ),
    "digits": (
        "0,0,5,13,9,1,0,0,0,0,13,15,10,15,5,0,0,3,15,2,0,11,8,0,0,4,12,0,0,8,8,0,"
        "0,5,8,0,0,9,8,0,0,4,11,0,1,12,7,0,0,2,14,5,10,12,0,0,0,0,6,13,10,0,0,0,0",
        "0,0,10,14,8,1,0,0,0,2,16,14,6,1,0,0,0,0,15,15,8,15,0,0,0,0,5,16,16,10,0,0,"
        "0,0,12,15,15,12,0,0,0,4,16,6,4,16,6,0,0,8,16,10,8,16,8,0,0,1,8,12,14,12,1,0,8",
    ),
    "iris": ("5.1,3.5,1.4,0.2,setosa", "5.9,3.0,5.1,1.8,virginica"),
    "penguins": (
        "1,Adelie,Torgersen,39.1,18.7,181,3750,male,2007",
        "344,Chinstrap,Dream,50.2,18.7,198,3775,female,2009",
    ),
}
CLASSES = {
    ("bank", "y"): {"no": 4000, "yes": 521},
    ("breast_cancer", "diagnosis"): {"benign": 357, "malignant": 212},
    ("diabetes", "sex"): {"1": 235, "2": 207},
    ("diamonds", "cut"): {"Ideal": 21551, "Premium": 13791, "Very Good": 12082, "Good": 4906, "Fair": 1610},
    ("digits", "digit"): dict(zip("0123456789", (178, 182, 177, 183, 181, 182, 181, 179, 174, 180))),
    ("iris", "species"): {"setosa": 50, "versicolor": 50, "virginica": 50},
    ("penguins", "species"): {"Adelie": 152, "Gentoo": 124, "Chinstrap": 68},
    ("penguins", "sex"): {"male": 168, "female": 165, "NA": 11},
}
MEANS = {
    ("bank", "balance"): 1422.6578190665782,
    ("breast_cancer", "mean_radius"): 14.127291739894552,
    ("diabetes", "bmi"): 26.37579185520362,
    ("diabetes", "progression"): 152.13348416289594,
    ("diamonds", "carat"): 0.7979397478680015,
    ("diamonds", "price"): 3932.799721913237,
    ("iris", "sepal_length"): 5.843333333333334,
    ("penguins", "body_mass_g"): 4201.754385964912,
}


def content(name):
    return (DATA / f"{name}.csv").read_bytes()


@lru_cache(maxsize=None)
def table(name):
    """Header and rows, as text."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return header, rows


def column(name, column):
    header, rows = table(name)
    at = header.index(column)
    return [row[at] for row in rows]


def section(name):
    """What data/README.md says about one table: the left cell of a line -> the right one."""
    text = README.split(f"\n## {name}.csv\n", 1)[1].split("\n## ", 1)[0]
    return dict(re.findall(r"^\| (.+?) \| (.+) \|$", text, flags=re.MULTILINE))


def test_the_folder_holds_these_tables_and_no_other():
    assert sorted(path.stem for path in DATA.glob("*.csv")) == sorted(TABLES)


def test_together_they_are_under_6_megabytes():
    assert sum(len(content(name)) for name in TABLES) < 6_000_000


@pytest.mark.parametrize("name", TABLES)
def test_bytes_are_those_the_readme_states(name):
    assert f"`{hashlib.sha256(content(name)).hexdigest()}`" == section(name)["SHA-256"]


@pytest.mark.parametrize("name", TABLES)
def test_utf8_without_a_byte_order_mark_and_lines_end_with_lf(name):
    raw = content(name)
    assert raw.decode("utf-8").isascii()
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    assert not raw.endswith(b"\n\n")


@pytest.mark.parametrize("name", TABLES)
def test_header_first_row_and_last_row(name):
    lines = content(name).decode("utf-8").split("\n")
    assert lines[0] == HEADERS[name]
    assert (lines[1], lines[-2]) == FIRST_AND_LAST[name]


@pytest.mark.parametrize("name", TABLES)
def test_column_names_are_lower_snake_case(name):
    header, _ = table(name)
    assert all(re.fullmatch("[a-z][a-z0-9_]*", column) for column in header)
    assert len(set(header)) == len(header)


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_a_cell_for_every_column(name):
    header, rows = table(name)
    assert len(rows) == ROWS[name]
    assert {len(row) for row in rows} == {len(header)}
    assert all(cell and cell == cell.strip() for row in rows for cell in row)


@pytest.mark.parametrize("name", TABLES)
def test_columns_of_text_and_columns_of_numbers(name):
    header, rows = table(name)
    columns = dict(zip(header, zip(*rows)))
    number = re.compile(r"-?\d+(\.\d+)?|NA")
    assert {key for key, cells in columns.items() if not all(map(number.fullmatch, cells))} == TEXTS[name]


@pytest.mark.parametrize(("name", "key"), CLASSES)
def test_class_counts(name, key):
    assert Counter(column(name, key)) == CLASSES[name, key]


@pytest.mark.parametrize(("name", "key"), MEANS)
def test_mean(name, key):
    values = [float(cell) for cell in column(name, key) if cell != "NA"]
    assert fsum(values) / len(values) == pytest.approx(MEANS[name, key], rel=1e-12)


@pytest.mark.parametrize("key", ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"])
def test_two_penguins_have_no_measurements(key):
    rowids = column("penguins", "rowid")
    assert [rowid for rowid, cell in zip(rowids, column("penguins", key)) if cell == "NA"] == ["4", "272"]


@pytest.mark.parametrize("name", sorted({*TABLES} - {"penguins"}))
def test_the_other_tables_have_no_missing_values(name):
    assert not any("NA" in row for row in table(name)[1])


def test_pixels_are_counts_from_0_to_16():
    assert {int(cell) for row in table("digits")[1] for cell in row[:-1]} == set(range(17))


@pytest.mark.parametrize("name", TABLES)
def test_readme_tells_size_target_provenance_and_licence(name):
    told = section(name)
    header, rows = table(name)
    assert told["size"] == f"{len(rows):,} rows, {len(header)} columns"
    for key in ("target, task", "a row is", "columns", "authors", "taken from", "changed", "licence"):
        assert told[key]


def test_readme_and_docstring_name_the_versions_that_make_data_pins():
    script = (PROJECT / "scripts" / "make-data").read_text(encoding="utf-8")
    pins = re.findall(r'^    "([a-z-]+)": "([\d.]+)",$', script, flags=re.MULTILINE)
    assert [package for package, _ in pins] == ["hypernets", "palmerpenguins", "plotnine", "scikit-learn"]
    for package, version in pins:
        assert f"{package}=={version}" in script
        assert re.search(rf"^\| taken from \| {package} {re.escape(version)}\b", README, flags=re.MULTILINE)
