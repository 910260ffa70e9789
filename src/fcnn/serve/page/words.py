"""What the page says, in English; `{name}` is filled in by its script."""

from typing import Dict

WORDS: Dict[str, str] = {
    "title": "Try a model",
    "skip": "Skip to the content",
    "noscript": "This page needs JavaScript. Without it, POST /predict answers the same.",
    "runs": "Models",
    "lead_classes": "A fully connected network that predicts {target}: one of {count} classes.",
    "lead_number": "A fully connected network that predicts {target}, a number.",
    "token": "Token",
    "token_hint": "This server asks for a token. It is kept in this page only, until it is closed.",
    "token_send": "Continue",
    "one": "One row",
    "one_hint": "A row that is copied from a spreadsheet can be pasted into any field: it fills in all of them.",
    "predict": "Predict",
    "usual": "Usual values",
    "clear": "Clear",
    "no_value": "(no value)",
    "range": "{minimum} to {maximum} in training",
    "dates": "{first} to {last} in training, such as {example}",
    "levels": "{count} known values",
    "prediction": "Prediction",
    "predicted": "{target}: {prediction}",
    "probabilities": "Probability of each class",
    "class": "class",
    "probability": "probability",
    "moved": "What moved it most",
    "moved_class": (
        "Mostly {column}: with its usual value, {typical}, the probability of {prediction} would be {then}, not {now}."
    ),
    "moved_number": "Mostly {column}: with its usual value, {typical}, it would be {then}, not {now}.",
    "moved_nothing": "No input moves it: with the usual value in place of any of them it stays the same.",
    "moved_how": (
        "Each input in turn is replaced by its usual value (the median, or the most frequent one), and the "
        "network is asked again; inputs that only act together hide behind each other."
    ),
    "input": "input",
    "value": "value",
    "typical": "usual value",
    "change": "moves it by",
    "many": "Many rows",
    "many_hint": (
        "Drop a CSV anywhere on this page, choose one, or paste rows of a spreadsheet with the names of their columns."
    ),
    "file": "CSV file",
    "rows": "Rows, with the names of the columns first",
    "predict_rows": "Predict the rows",
    "done": "{count} rows predicted",
    "first_rows": "The first {count} predictions",
    "row": "row",
    "save": "Save all predictions as CSV",
    "working": "Working",
    "error": "That did not work",
    "told": "Worth knowing",
    "expected": "expected: ",
    "received": "received: ",
    "hint": "hint: ",
    "unreachable": "The server does not answer. Is it still running?",
    "columns_wrong": (
        "The pasted row has {count} cells, and the model has {expected} columns: copy the line with the names, too."
    ),
    "pasted": "A row was pasted into the fields.",
}
"""Sentences of the page end like those of a text."""
