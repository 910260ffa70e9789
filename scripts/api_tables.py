"""Tables for schemathesis to send to `fcnn serve`: what its document describes is a CSV, and not any text."""

import csv
import io
from pathlib import Path

import schemathesis
from hypothesis import strategies

TABLE = Path(__file__).resolve().parent.parent / "data" / "penguins.csv"
"""Has the columns of both runs that scripts/verify-api serves."""


def usual_rows():
    """Rows of the penguins without extreme numbers, so that no training split lacks what they have."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for column in rows[0]:
        try:
            values = sorted(float(row[column]) for row in rows if row[column] not in ("", "NA"))
        except ValueError:
            continue  # names
        low, high = values[len(values) // 10], values[-1 - len(values) // 10]
        rows = [row for row in rows if row[column] not in ("", "NA") and low <= float(row[column]) <= high]
    return rows


ROWS = usual_rows()


def table(rows):
    """Some of the rows as a CSV, in bytes."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(ROWS[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


schemathesis.openapi.media_type("text/csv", strategies.lists(strategies.sampled_from(ROWS), min_size=1).map(table))
