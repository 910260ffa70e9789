"""The file that a command line names: a path, or ``-`` for standard input."""

import shutil
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Iterable, Iterator, Tuple

from fcnn.errors import FcnnError, Problem
from fcnn.wording import Said, say

DASH = "-"
NAME = "standard input"


@dataclass(frozen=True)
class Given:
    """A file to read without a config."""

    path: Path
    folder: str = ""
    """Of standard input: the temporary folder that it lies in, with a separator at its end."""

    def told(self, problems: Iterable[Problem]) -> Tuple[Problem, ...]:
        """Problems with the words of a user who has no config, and perhaps no file."""
        return tuple(self._told(problem) for problem in problems)

    def _told(self, problem: Problem) -> Problem:
        hint = problem.hint
        if "data.encoding=" in hint:
            is_error = problem.severity == "error"
            hint = say("save the file as UTF-8") if is_error else say("if that is wrong, save the file as UTF-8")
        elif hint.endswith(" in data.path"):
            hint = say("unpack it, and name the file")
        words = {name: getattr(problem, name) for name in ("message", "where", "expected", "received")}
        return replace(problem, **{name: self._named(text) for name, text in {**words, "hint": hint}.items()})

    def _named(self, text: Any) -> Any:
        """A text with standard input called by its name."""
        if not self.folder or not isinstance(text, (str, Path)):
            return text
        if isinstance(text, Said):
            return Said(text.template, {name: self._named(value) for name, value in text.values.items()})
        return str(text).replace(self.folder, "")


@contextmanager
def given_file(path: Path) -> Iterator[Given]:
    """The file that a path means; errors in the block are told in the user's words.

    Standard input is put on disk, because a table is read several times: its encoding, its header, its rows.

    Args:
        path: of a file; ``-`` for standard input.

    Raises:
        FcnnError: there is no room for standard input.
    """
    with ExitStack() as stack:
        given = stack.enter_context(_standard_input()) if str(path) == DASH else Given(path)
        try:
            yield given
        except FcnnError as error:
            FcnnError.__init__(error, *given.told(error.problems))
            raise


@contextmanager
def _standard_input() -> Iterator[Given]:
    with TemporaryDirectory(prefix="fcnn-") as folder:
        path = Path(folder, NAME)
        try:
            with path.open("wb") as file:
                if sys.stdin is not None:  # it was closed
                    shutil.copyfileobj(sys.stdin.buffer, file, 1 << 20)
        except OSError as error:
            message = say("cannot be put aside: {reason}", reason=error.strerror or str(error))
            hint = say("the variable TMPDIR names another folder to put it into")
            raise FcnnError(Problem(message, NAME, hint=hint)) from error
        yield Given(path, str(path)[: -len(NAME)])
