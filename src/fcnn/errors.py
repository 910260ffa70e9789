"""What can go wrong, as types: each error carries its exit code and everything a reader needs to repair it.

Nothing here prints. A stage collects every :class:`Problem` it sees and raises one error with all of them; the
command line turns that into text and an exit code.
"""

from dataclasses import dataclass
from difflib import get_close_matches
from enum import IntEnum
from typing import Iterable, Mapping, Optional, Sequence

from fcnn.wording import say, told, translated


class ExitCode(IntEnum):
    """Exit codes, the same for every command."""

    DONE = 0
    FAILED = 1  # it ran and failed
    WRONG_INPUT = 2  # what was given is wrong: config, data, usage
    WRONG_ENVIRONMENT = 3  # the environment cannot run it
    INTERRUPTED = 130  # Ctrl-C or SIGTERM


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong (``error``), doubtful (``warning``) or worth knowing (``note``)."""

    message: str
    """What is the matter, one sentence without a full stop."""
    where: str = ""
    """The place: ``penguins.yaml:7:18 network.layers[1].activation`` or ``data/iris.csv column 'species'``."""
    expected: str = ""
    """What would have been right."""
    received: str = ""
    """What was there."""
    hint: str = ""
    """What to do: a command, a corrected value, "did you mean ...?"."""
    severity: str = "error"
    """``error``, ``warning`` or ``note``."""

    def __str__(self) -> str:
        """Write the problem as text: place and message on the first line, the rest indented below it."""
        return self.told({})

    def told(self, texts: Mapping[str, str]) -> str:
        """The same in the language of `texts`, as :func:`fcnn.wording.translated` takes them.

        Place and what was received are the user's own words unless they were said.
        """
        where, received = told(self.where, texts), told(self.received, texts)
        message, expected, hint = (translated(text, texts) for text in (self.message, self.expected, self.hint))
        rest = (("expected: ", expected), ("received: ", received), ("hint: ", hint))
        first = f"{where}: {message}" if where else message
        return "\n".join([first, *(f"  {translated(label, texts)}{text}" for label, text in rest if text)])


class FcnnError(Exception):
    """Base of every error that fcnn raises on purpose."""

    exit_code: ExitCode = ExitCode.FAILED

    def __init__(self, *problems: Problem) -> None:
        """Keep the problems; at least one is expected."""
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class ConfigError(FcnnError):
    """The config, or an override of it, is wrong."""

    exit_code = ExitCode.WRONG_INPUT


class DataError(FcnnError):
    """The table is wrong, or does not fit the config."""

    exit_code = ExitCode.WRONG_INPUT


class RunError(FcnnError):
    """A run folder is not there, not whole, or in the way."""

    exit_code = ExitCode.WRONG_INPUT


class ListingError(FcnnError):
    """An environment or a list of requirements that is to be judged is not there, or cannot be read."""

    exit_code = ExitCode.WRONG_INPUT


class UnsupportedEnvironmentError(FcnnError):
    """The Python environment cannot run TensorFlow."""

    exit_code = ExitCode.WRONG_ENVIRONMENT


class RepairError(FcnnError):
    """A command that was to repair the environment failed."""

    exit_code = ExitCode.FAILED


class TrainingError(FcnnError):
    """Training ran and failed: the loss or the weights became non-finite, or the result could not be written."""

    exit_code = ExitCode.FAILED


class OutOfMemoryError(TrainingError):
    """The machine has not enough memory for the training: what was learnt so far is worth keeping."""


class ClusterError(TrainingError):
    """Other processes that train along are lost, or cannot be reached: what was learnt so far is worth keeping."""


def errors_in(problems: Iterable[Problem]) -> Sequence[Problem]:
    """The problems that forbid going on."""
    return [problem for problem in problems if problem.severity == "error"]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the known word nearest to `word`, or all of them where none is near and they are few.

    Case is ignored when comparing; the answer is empty where nothing helps.
    """
    names = [str(name) for name in known]
    nearest = nearest_name(word, names)
    if nearest is not None:
        return say("did you mean `{name}`?", name=nearest)
    return say("known: {names}", names=", ".join(names)) if 0 < len(names) <= 20 else ""


def nearest_name(word: str, known: Sequence[str]) -> Optional[str]:
    """The known name nearest to `word` (case ignored), or None where none is near."""
    folded = {name.casefold(): name for name in reversed(known)}
    matches = get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[matches[0]] if matches else None
