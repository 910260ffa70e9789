"""The options of `check-env` as data: both front ends, Click's and argparse's, are built from this one table."""

import re
from dataclasses import dataclass, fields
from typing import Dict, List, Mapping, NamedTuple, Optional, Tuple

from fcnn.errors import Problem, did_you_mean

LANGUAGES = ("auto", "en", "zh")
STACKS_TO_GUIDE = ("pinned", "current")


@dataclass(frozen=True)
class Options:
    """What was asked for."""

    python: Optional[str] = None
    """The Python, or the environment's folder, that is to be judged."""
    requirements: Optional[str] = None
    """A list of what is still to be installed; ``-`` is stdin."""
    freeze: Optional[str] = None
    """A list of all that is installed; ``-`` is stdin."""
    python_version: Optional[str] = None
    """The Python that a list is for."""
    strict: bool = False
    """Whether warnings count as errors do."""
    try_import: bool = False
    """Whether TensorFlow is imported, too."""
    explain: Optional[str] = None
    """A file with an error message; ``-`` is stdin."""
    fix: bool = False
    """Whether to repair."""
    yes: bool = False
    """Whether to repair without asking."""
    dry_run: bool = False
    """Whether to say only how it would be repaired."""
    report: bool = False
    """Whether to write a block for an issue."""
    target: Optional[str] = None
    """The stack to which the guide leads."""
    list_rules: bool = False
    """Whether to list the rules."""
    as_json: bool = False
    """Whether to answer with one JSON document."""
    language: str = "auto"
    """``auto``, ``en`` or ``zh``."""

    def given(self, flag: str) -> bool:
        """Whether an option was given."""
        name = BY_FLAG[flag].name
        return getattr(self, name) != _DEFAULTS[name]


class Option(NamedTuple):
    """One option of the command line."""

    flag: str
    """As it is typed: ``--python-version``."""
    name: str
    """The field of :class:`Options`."""
    group: str
    """The heading in the help under which it stands."""
    help: str
    """What it does: one sentence."""
    metavar: str = ""
    """What its value is called; empty for a switch."""
    choices: Tuple[str, ...] = ()
    """The values there are; empty for any text."""


_WHAT, _HOW, _ELSE, _OUTPUT = "What is judged", "How", "What else it can do", "Output"

TABLE = (
    Option("--python", "python", _WHAT, "Another environment: its Python or its folder, conda's too.", "EXE"),
    Option(
        "--requirements",
        "requirements",
        _WHAT,
        "What is to be installed: requirements.txt, environment.yml, pyproject.toml or a lock; - is stdin.",
        "FILE",
    ),
    Option(
        "--freeze", "freeze", _WHAT, "All that is installed, as `pip freeze` lists it elsewhere; - is stdin.", "FILE"
    ),
    Option(
        "--python-version", "python_version", _WHAT, "The Python a list is for, where it does not say itself.", "X.Y"
    ),
    Option("--strict", "strict", _HOW, "Exit with 3 for warnings too, not only for errors."),
    Option("--import", "try_import", _HOW, "Import TensorFlow and train two steps, too, in a process of its own."),
    Option(
        "--explain",
        "explain",
        _ELSE,
        "Say what an error message means: a file with a traceback or a log, or a part of it; - is stdin.",
        "FILE",
    ),
    Option("--fix", "fix", _ELSE, "Show the commands that repair the environment, ask, and run them."),
    Option("--yes", "yes", _ELSE, "With --fix: do not ask."),
    Option("--dry-run", "dry_run", _ELSE, "With --fix: only show the commands."),
    Option("--report", "report", _ELSE, "Write a block that can be pasted into an issue."),
    Option(
        "--target",
        "target",
        _ELSE,
        "Say step by step how this machine gets the environment of a stack.",
        "|".join(STACKS_TO_GUIDE),
        STACKS_TO_GUIDE,
    ),
    Option("--list", "list_rules", _ELSE, "List all rules and how each is known."),
    Option("--json", "as_json", _OUTPUT, "Print one JSON document instead of text."),
    Option(
        "--lang",
        "language",
        _OUTPUT,
        "The language of the text; auto, the default, is that of the system.",
        "|".join(LANGUAGES),
        LANGUAGES,
    ),
)
"""Every option, in the order of the help."""

BY_FLAG: Mapping[str, Option] = {option.flag: option for option in TABLE}
LISTS = ("--requirements", "--freeze")
SOURCES = ("--python", *LISTS)

SUMMARY = "Judge whether a Python environment can run TensorFlow."
DESCRIPTION = (
    "Reads what is installed without importing it, so it answers where TensorFlow itself fails; without options it "
    "judges {environment}. Prints what is wrong, why, and the one command that repairs all of it.",
    "Exit codes: 0 sound; 3 an error, or with --strict a warning, or --import failed; 1 --explain knows no rule, or "
    "--fix failed; 2 wrong usage or input; 130 interrupted.",
)
"""Paragraphs of the help; ``environment`` is what is judged where nothing else is asked for."""

EXAMPLES = (
    ("", "is this environment sound?"),
    ("--python ~/course/.venv --fix", "repair that one"),
    ("--requirements requirements.txt", "would this work?"),
    ("--explain error.txt", "what does this error mean?"),
)
"""Options and what they are good for."""


def examples(program: str) -> List[str]:
    """The examples as lines of the help."""
    commands = [f"{program} {words}".rstrip() for words, _ in EXAMPLES]
    width = max(map(len, commands)) + 3
    return [f"{command:{width}}{use}" for command, (_, use) in zip(commands, EXAMPLES)]


_APART = (
    (SOURCES, "each names what is to be judged"),
    (("--explain", "--fix", "--report", "--target", "--list"), "each asks for something else"),
    (("--explain", "--import"), "one explains an error that was seen, the other tries to see one"),
    (("--report", "--json"), "a report is text to paste"),
    (("--dry-run", "--import"), "what was not repaired needs not be tried; use --import alone"),
)
"""Options that cannot be combined with each other, and why."""

_NOT_WITH = (
    ("--fix", LISTS, "a list is no environment that could be repaired"),
    ("--import", LISTS, "a list is no environment that could import anything"),
    ("--list", (*SOURCES, "--import"), "the rules are the same for every environment"),
    ("--target", (*SOURCES, "--import"), "the guide is for a new environment on this machine"),
)
"""Options that cannot be combined with any of the others, and why."""

_ONLY_WITH = (
    ("--yes", ("--fix",)),
    ("--dry-run", ("--fix",)),
    ("--python-version", LISTS),
)
"""Options that are nothing without one of others."""

_WITHOUT_VERDICT = ("--explain", "--list", "--target")


def usage_problems(options: Options) -> List[Problem]:
    """What is wrong with a combination of options; each pair is told once."""
    clashes: Dict[Tuple[str, str], str] = {}
    for flags, why in _APART:
        for position, first in enumerate(flags):
            clashes.update({(first, second): why for second in flags[position + 1 :]})
    for first, others, why in _NOT_WITH:
        clashes.update({(first, second): why for second in others})
    clashes.update({(flag, "--strict"): "no verdict is given that could be strict" for flag in _WITHOUT_VERDICT})
    problems = [
        Problem(f"{first} and {second} cannot be combined: {why}")
        for (first, second), why in clashes.items()
        if options.given(first) and options.given(second)
    ]
    problems += [
        Problem(f"{flag} is nothing without {' or '.join(others)}")
        for flag, others in _ONLY_WITH
        if options.given(flag) and not any(map(options.given, others))
    ]
    from_stdin = [flag for flag in ("--explain", *LISTS) if getattr(options, BY_FLAG[flag].name) == "-"]
    if len(from_stdin) > 1:
        problems.append(Problem(f"{' and '.join(from_stdin)} cannot both read stdin", hint="name a file for one"))
    return problems + _value_problems(options)


def _value_problems(options: Options) -> List[Problem]:
    problems = []
    for option in TABLE:
        value = getattr(options, option.name)
        if option.metavar and value == "":
            # A variable of the shell that is not set must not mean that something else is judged.
            problems.append(Problem(f"{option.flag} is empty", expected=option.metavar))
        elif option.choices and value is not None and value not in option.choices:
            problems.append(Problem(f"there is no {option.flag} {value}", hint=did_you_mean(value, option.choices)))
    if options.python_version and not re.match(r"[23]\.\d{1,2}(\.\d{1,2})?$", options.python_version):
        problems.append(
            Problem("--python-version is no version of Python", expected="3.8", received=options.python_version)
        )
    return problems


_DEFAULTS = {field.name: field.default for field in fields(Options)}
