"""`--fix`: the commands that repair an environment are shown, agreed to, and run one after the other."""

# ruff: noqa: PTH112, PTH113, PTH118
# (no pathlib: see reading/packages.py)

import os
import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING, Callable, List, Sequence, Tuple

from fcnn.environment.facts import Facts
from fcnn.environment.names import line_of
from fcnn.environment.repair import command_line
from fcnn.environment.verdict import Verdict
from fcnn.errors import ListingError, Problem, RepairError

if TYPE_CHECKING:
    from fcnn.environment.command import Voice

Steps = Tuple[Tuple[str, ...], ...]

_YES = ("y", "yes", "是", "好")


class Repair:
    """The repair of one environment, from what is shown to what is run."""

    def __init__(self, verdict: Verdict, facts: Facts, voice: "Voice") -> None:
        """Find the commands to run."""
        self.verdict = verdict
        self.facts = facts
        self.voice = voice
        self.steps = steps_to_run(verdict, facts)

    def prepared(self) -> bool:
        """Tell what would be run; False where no command repairs anything.

        Raises:
            ListingError: The environment is not one to install into.
        """
        say = self.voice.say
        if not self.steps:
            advice = self.verdict.fix
            if advice:
                self.voice.tell_aside("", say("No installation repairs this; it takes a person:"), *_indented(advice))
            else:
                self.voice.tell_aside("", say("There is nothing to repair."))
            return False
        if kept_by_the_system(self.facts):
            why, how = own_environment(say, self.voice.console.program)
            raise ListingError(Problem(why, where=self.facts.prefix, hint=how))
        self.voice.tell_aside("", say("To be run, one after the other:"), *_indented(self._commands()))
        if self.facts.system == "Windows" and self.facts.kind == "running":
            self.voice.tell_aside(say(_LOCKED))
        return True

    def agreed(self) -> bool:
        """Ask whether to run it.

        Raises:
            ListingError: Nobody can be asked.
        """
        say, console = self.voice.say, self.voice.console
        if self.voice.options.yes:
            return True
        if not console.interactive:
            raise ListingError(
                Problem(
                    "--fix asks before it runs anything, and there is no terminal to ask at",
                    hint="--fix --yes runs the commands without asking, --fix --dry-run only shows them",
                )
            )
        if console.ask(say("Run them now? [y/N]") + " ").strip().lower() in _YES:
            return True
        self.voice.tell_aside(say("Nothing was changed."))
        return False

    def run(self) -> None:
        """Run the commands with the user's stdout and stderr.

        Raises:
            RepairError: One failed; those after it were not started.
        """
        commands = self._commands()
        for number, words in enumerate(self.steps, start=1):
            self.voice.tell_aside("", f"[{number}/{len(self.steps)}] {commands[number - 1]}")
            ended = ""
            try:
                code = _call(words, self.facts.prefix, to_stderr=self.voice.options.as_json)
            except OSError as error:
                ended = f"cannot be started: {error.strerror or error}"
            except KeyboardInterrupt:
                self.voice.console.write_error(f"step {number} of {len(self.steps)} was interrupted")
                raise
            else:
                ended = f"failed with exit code {code}" if code else ""
            if ended:
                raise RepairError(*self._failure(number, ended, commands))

    def _failure(self, number: int, ended: str, commands: Sequence[str]) -> List[Problem]:
        done, left = commands[: number - 1], commands[number:]
        judged = f" --python {self.facts.source}" if self.facts.kind == "environment" else ""
        problems = [
            Problem(
                f"step {number} of {len(commands)} {ended}",
                where=self.facts.prefix,
                received=commands[number - 1],
                hint=f"see what it printed; `{self.voice.console.program}{judged}` says what is to be done now",
            )
        ]
        problems += [Problem(f"already done: {command}", severity="note") for command in done]
        problems += [Problem(f"not started: {command}", severity="note") for command in left]
        return problems

    def _commands(self) -> List[str]:
        return [command_line(step, self.facts.shell) for step in self.steps]


_LOCKED = (
    "On Windows, a file that a running program has open cannot be replaced: should a step say that access is denied, "
    "close all that uses this environment and type the commands into a new console."
)


def steps_to_run(verdict: Verdict, facts: Facts) -> Steps:
    """The steps of the plan as they are run: by the very Python of the environment, with no question in between.

    A bare ``pip`` may be that of another Python, and on Windows it cannot replace itself.
    """
    words = facts.install_command
    if words[0] == "uv":
        if "--python" not in words and facts.executable:
            words = (*words, "--python", facts.executable)
    elif words[0] != "conda" and facts.executable:
        words = (facts.executable, "-m", "pip", "install")
    steps = verdict.plan.steps(replace(facts, install_command=words))
    return tuple(map(_unasked, steps)) if words[0] == "conda" else steps


def kept_by_the_system(facts: Facts) -> bool:
    """Whether the environment is a Python into which its system forbids to install (PEP 668)."""
    if facts.in_virtual_environment or not facts.prefix or facts.kind not in ("running", "environment"):
        return False
    line = line_of(facts.python)
    folders = ("Lib", os.path.join("lib", f"python{line}"))
    return any(os.path.isfile(os.path.join(facts.prefix, folder, "EXTERNALLY-MANAGED")) for folder in folders)


def own_environment(say: Callable[[str], str], program: str) -> Tuple[str, str]:
    """Two sentences: why nothing is to be installed into the system's Python, and what to do."""
    why = say("This Python belongs to the system, whose own package manager keeps what is installed in it")
    how = say(
        "make an environment of your own with `python3 -m venv .venv`, install into that, and judge it with `{command}`"
    )
    return why, how.format(command=f"{program} --python .venv")


def _unasked(step: Tuple[str, ...]) -> Tuple[str, ...]:
    """A step of conda without its question; an uninstallation has none anyway."""
    return step if "-y" in step else (*step[:2], "-y", *step[2:])


def _indented(lines: Sequence[str]) -> List[str]:
    return [f"  {line}" for line in lines]


def _call(words: Sequence[str], folder: str, to_stderr: bool) -> int:
    """Run a command to its end; its exit code."""
    # `python -m` looks for modules in the working folder first, where a random.py of the user's may lie.
    cwd = folder if os.path.isdir(folder) else None
    # Of conda, Windows has a batch file or a program, which is found only by its full name.
    called = (os.environ.get("CONDA_EXE") if words[0] == "conda" else None) or shutil.which(words[0]) or words[0]
    stderr = 2
    return subprocess.call([called, *words[1:]], cwd=cwd, stdout=stderr if to_stderr else None)
