"""Problems of a table that is given without a config."""

from pathlib import Path

import pytest

from fcnn.errors import Problem, did_you_mean
from fcnn.jobs.given import Given
from fcnn.wording import say

HINTS = {
    "a guess of the encoding": (
        say("if that is wrong: {override}", override="data.encoding=cp1252"),
        "if that is wrong, save the file as UTF-8",
    ),
    "several files in one": (
        "unpack it, and name the file, or a list of files, in data.path",
        "unpack it, and name the file",
    ),
    "a column that is called like a key": (did_you_mean("data.paths", ["data.path"]), "did you mean `data.path`?"),
    "any other": ("save it as CSV", "save it as CSV"),
}


@pytest.mark.parametrize(("hint", "told"), HINTS.values(), ids=HINTS)
def test_a_hint_names_no_key_of_a_config_that_is_not_there(hint, told) -> None:
    (problem,) = Given(Path("a.csv")).told([Problem("wrong", "a.csv", hint=hint, severity="warning")])
    assert problem.hint == told
