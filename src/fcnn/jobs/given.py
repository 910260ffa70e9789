"""The file that a command line names: a path, or ``-`` for standard input."""

import shutil
import sys
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, Iterable, Iterator, Optional, Tuple

from fcnn.errors import FcnnError, Problem
from fcnn.wording import Said, say

DASH = "-"
NAME = "standard input"


@dataclass(frozen=True)
class Given:
    """A file to read without a config."""

    path: Path
    folder: str = ""
    """Of what came in a stream: the temporary folder that it lies in, with a separator at its end."""

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
        """A text in which what came in a stream is called by its name."""
        if not self.folder or not isinstance(text, (str, Path)):
            return text
        if isinstance(text, Said):
            return Said(text.template, {name: self._named(value) for name, value in text.values.items()})
        return str(text).replace(self.folder, "")


@contextmanager
def given_file(path: Path) -> Iterator[Given]:
    """The file that a path means; errors in the block are told in the user's words.

    Args:
        path: of a file; ``-`` for standard input.

    Raises:
        FcnnError: there is no room for standard input.
    """
    if str(path) == DASH:
        source = None if sys.stdin is None else sys.stdin.buffer  # None: it was closed
        with given_stream(source, NAME) as given:
            yield given
    else:
        with _told_of(Given(path)) as given:
            yield given


@contextmanager
def given_stream(source: Optional[IO[bytes]], name: str) -> Iterator[Given]:
    """What stands in a stream, as a file that is called `name`; errors in the block are told with that name alone.

    It is put on disk, because a table is read several times: its encoding, its header, its rows.

    Args:
        source: what is read to its end; None: nothing.
        name: of the file, in a temporary folder of its own.

    Raises:
        FcnnError: there is no room for it.
    """
    with TemporaryDirectory(prefix="fcnn-") as folder:
        path = Path(folder, name)
        try:
            with path.open("wb") as file:
                if source is not None:
                    shutil.copyfileobj(source, file, 1 << 20)
        except OSError as error:
            message = say("cannot be put aside: {reason}", reason=error.strerror or str(error))
            hint = say("the variable TMPDIR names another folder to put it into")
            raise FcnnError(Problem(message, name, hint=hint)) from error
        with _told_of(Given(path, str(path)[: -len(name)])) as given:
            yield given


@contextmanager
def _told_of(given: Given) -> Iterator[Given]:
    try:
        yield given
    except FcnnError as error:
        FcnnError.__init__(error, *given.told(error.problems))
        raise
