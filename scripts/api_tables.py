"""Tables for schemathesis to send to `fcnn serve`: what its document describes is a CSV, and not any text."""

import csv
import io

import schemathesis
from hypothesis import strategies

PENGUINS = ["island", "bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g", "sex", "year"]
DIABETES = ["age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6"]
COLUMNS = list(dict.fromkeys([*PENGUINS, *DIABETES]))
"""Those of both runs that scripts/verify-api serves; columns that a run does not have are left alone."""


def table(rows):
    """Rows of numbers as a CSV with all columns, in bytes."""
    text = io.StringIO()
    csv.writer(text).writerows([COLUMNS, *rows])
    return text.getvalue().encode("utf-8")


CELLS = strategies.integers(min_value=0, max_value=300)
ROWS = strategies.lists(strategies.tuples(*[CELLS] * len(COLUMNS)), min_size=1, max_size=20)
schemathesis.openapi.media_type("text/csv", ROWS.map(table))
