"""Guessing what a column of text is of which there are more different values than a table on the disk keeps apart."""

from fcnn.config.structs import Column as Stated
from fcnn.data.column import OTHERS, Text
from fcnn.data.findings import Noticed, about_column
from fcnn.data.guess import MOST_SHARE, Guess, left_out, to_keep
from fcnn.data.guess_numbers import guess_numbers
from fcnn.data.meanings import DATE, NAME, NUMBER, Understood
from fcnn.data.numbers import numeric_but_for
from fcnn.data.remedies import as_category, override
from fcnn.wording import say, say_many


def guess_many(column: Text) -> Guess:
    """What a column of text is, most values of which are few or of which most are not kept apart."""
    counts = column.counts()
    others = counts.pop(OTHERS)
    if others > MOST_SHARE * (others + sum(counts.values())):
        message = say(
            "has more than {count:,} different values, which are not kept apart on the disk, and is left out",
            count=len(counts),
        )
        return left_out(column, "names", message, say("text, hardly ever the same"), to_keep(column.name, "category"))
    message = say(
        "has more than {count:,} different values: those that first come later, in {rows:,} rows, count as one",
        count=len(counts),
        rows=others,
    )
    hint = say("more of them are kept apart in memory: data.memory=auto on a larger machine")
    problem = about_column("many_texts", column.name, message, others, severity="note", hint=hint)
    return Guess("category", say("text, more than {count:,} different values", count=len(counts)), problem)


def guess_understood(column: Understood, stated: Stated) -> Guess:
    """What a column is that is kept by its meaning."""
    if column.meaning.kind == NAME:
        message = say("has more different values than are kept apart on the disk, and is left out")
        return left_out(column, "names", message, say("text, hardly ever the same"))
    if column.bad and stated.bad_values != "missing":
        return Guess("", say("bad cells"), _bad(column))
    if column.meaning.kind == DATE:
        return Guess("date", say("dates, {format}", format=column.meaning.format))
    if not column.meaning.format:
        return guess_numbers(column)
    return Guess(NUMBER, say("numbers with {marks}", marks=column.meaning.format))


def _bad(column: Understood) -> Noticed:
    """The error of cells that mean something else."""
    message, expected = numeric_but_for(column.bad), say("numbers such as 1400.5")
    if column.meaning.kind == DATE:
        expected = say("dates")
        message = say_many(
            column.bad,
            "has dates ({format}), but 1 cell is none",
            "has dates ({format}), but {count:,} cells are none",
            format=column.meaning.format,
        )
    hint = say(
        "correct the file, or say what to do: {missing} (count them as missing), {category} (take it as text)",
        missing=override(column.name, "bad_values", "missing"),
        category=as_category(column.name),
    )
    return about_column(
        "bad_cells",
        column.name,
        message,
        column.bad,
        severity="error",
        expected=expected,
        received=column.cells,
        hint=hint,
        examples=column.places,
    )
