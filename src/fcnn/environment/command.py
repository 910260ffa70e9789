"""`check-env` without the command line: options and a console in, an exit code out."""

# ruff: noqa: PTH109, PTH123
# (no pathlib: it takes long to import, and this is what every check runs)

import json
import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Callable, Dict

from fcnn.environment.facts import Facts
from fcnn.environment.options import Options, usage_problems
from fcnn.errors import ExitCode, ListingError, Problem

if TYPE_CHECKING:  # each answer imports what it needs and no more, so that the plain check is quick
    from fcnn.environment.trial import Trial
    from fcnn.environment.verdict import Verdict

_PROGRAM = "fcnn check-env"
"""How texts call the command."""
_PASTED_LIMIT = 16 * 1024 * 1024
"""Bytes of a log that are read; an error stands at its end."""


@dataclass(frozen=True)
class Console:
    """What the command speaks with: where words go, and who answers."""

    write: Callable[[str], None]
    """Writes a text and a line break to stdout."""
    write_error: Callable[[str], None]
    """The same to stderr."""
    ask: Callable[[str], str]
    """Puts a question and returns the line that was typed; an empty one where the input has ended."""
    read_input: Callable[[], bytes]
    """All of stdin."""
    style: Callable[..., str]
    """Colours a text, as click.style does."""
    interactive: bool = False
    """Whether somebody can answer a question."""
    encoding: str = "utf-8"
    """That of stdout."""
    width: int = 80
    """Columns of stdout."""
    program: str = _PROGRAM
    """How the command is called."""
    for_fcnn: bool = True
    """Whether the running environment is to run fcnn."""


def answer(options: Options, console: Console) -> int:
    """Do what the options ask for.

    Returns:
        The exit code.

    Raises:
        ListingError: The options do not fit together, or what they name cannot be read.
    """
    problems = usage_problems(options)
    if problems:
        usage = f"{console.program} --help"
        raise ListingError(*(replace(problem, hint=problem.hint or usage) for problem in problems))
    voice = Voice(options, console)
    if options.list_rules:
        return _list_rules(voice)
    if options.target is not None:
        return _guide(voice, options.target)
    if options.explain is not None:
        return _explain(voice, options.explain)
    if options.fix:
        return _fix(voice)
    return check(voice, read(options, console))


class Voice:
    """Tells results in the language, the width and the colours that were asked for, or as JSON."""

    def __init__(self, options: Options, console: Console) -> None:
        """Choose the language."""
        from fcnn.environment.rendering import choose_language
        from fcnn.environment.rendering.console import console as rendered

        self.options = options
        self.console = console
        self.language = choose_language(options.language, os.environ)
        self.say = rendered(console.encoding, self.language, console.width, console.style).say
        """Puts a template of this package into that language, or leaves it where the console cannot hold it."""

    def tell(self, render: Callable[..., str], *what: object) -> None:
        """Write what a rendering makes of a result."""
        console = self.console
        text = render(*what, console.encoding, self.language, console.width, console.style)
        console.write(text.replace(_PROGRAM, console.program))

    def tell_document(self, document: object) -> None:
        """Write one JSON document, in ASCII."""
        self.console.write(json.dumps(document, indent=2))

    def tell_aside(self, *lines: str) -> None:
        """Write lines that are no result: to stdout, or to stderr where stdout is for JSON."""
        from fcnn.environment.rendering import in_encoding

        write = self.console.write_error if self.options.as_json else self.console.write
        write(in_encoding("\n".join(lines), self.console.encoding))


def read(options: Options, console: Console) -> Facts:
    """Read the facts of what is to be judged.

    Raises:
        ListingError: It is not there, or cannot be read.
    """
    path = options.requirements if options.requirements is not None else options.freeze
    if path is not None:
        from fcnn.environment.listed import read_list, read_list_text

        complete = options.freeze is not None
        if path == "-":
            return read_list_text(console.read_input(), "stdin", complete, options.python_version)
        return read_list(path, complete, options.python_version)
    from fcnn.environment.reading import examine, read_environment

    if options.python is not None:
        return read_environment(options.python)
    return replace(examine(_current_folder()), for_fcnn=console.for_fcnn)


def _current_folder() -> str:
    """The current folder; empty where somebody deleted it."""
    try:
        return os.getcwd()
    except OSError:
        return ""


def code_of(verdict: str, strict: bool) -> int:
    """The exit code that a verdict has."""
    wrong = verdict == "broken" or (strict and verdict == "warnings")
    return int(ExitCode.WRONG_ENVIRONMENT if wrong else ExitCode.DONE)


def check(voice: Voice, facts: Facts) -> int:
    """Judge, and tell it; the exit code."""
    from fcnn.environment.rendering import as_document, in_encoding, render_report, render_text
    from fcnn.environment.verdict import judge

    options, verdict = voice.options, judge(facts)
    code = code_of(verdict.verdict, options.strict)
    trial = _try_import(facts) if options.try_import else None
    if options.as_json:
        document = as_document(verdict, facts)
        if trial is not None:
            document["import"] = _trial_document(trial)
        voice.tell_document(document)
    else:
        if options.report:
            report = render_report(verdict, facts, voice.language, os.path.expanduser("~"))  # noqa: PTH111
            voice.console.write(in_encoding(report, voice.console.encoding))
        else:
            voice.tell(render_text, verdict, facts)
            _tell_of_the_system(voice, verdict, facts)
        if trial is not None:
            from fcnn.environment.rendering import render_trial

            voice.console.write("")
            voice.tell(render_trial, trial)
    return code if trial is None or trial.ok else int(ExitCode.WRONG_ENVIRONMENT)


def _try_import(facts: Facts) -> "Trial":
    from fcnn.environment.trial import try_import

    if not facts.executable:
        raise ListingError(Problem("it has no Python that could import anything", where=facts.source or facts.prefix))
    return try_import(facts.executable, facts=facts)


def _trial_document(trial: "Trial") -> Dict[str, object]:
    from fcnn.environment.rendering import trial_document

    return trial_document(trial)


def _tell_of_the_system(voice: Voice, verdict: "Verdict", facts: Facts) -> None:
    from fcnn.environment.fixing import kept_by_the_system, own_environment

    if verdict.plan.steps(facts) and kept_by_the_system(facts):
        from fcnn.environment.rendering.console import wrapped

        why, how = own_environment(voice.say, voice.console.program)
        voice.tell_aside("", *wrapped(f"{why}{voice.say(': ')}{how}{voice.say('.')}", voice.console.width))


def _fix(voice: Voice) -> int:
    from fcnn.environment.fixing import Repair
    from fcnn.environment.rendering import render_text
    from fcnn.environment.verdict import judge

    options, console = voice.options, voice.console
    facts = read(options, console)
    verdict = judge(facts)
    repair = Repair(verdict, facts, voice)
    if not options.as_json:
        voice.tell(render_text, verdict, facts)
    if repair.prepared() and not options.dry_run and repair.agreed():
        repair.run()
        voice.tell_aside("", voice.say("After the repair:"), "")
        return check(voice, read(options, console))
    if options.as_json:
        from fcnn.environment.rendering import as_document

        voice.tell_document(as_document(verdict, facts))
    return code_of(verdict.verdict, options.strict)


def _explain(voice: Voice, path: str) -> int:
    from fcnn.environment.explanation import decode_pasted, explain
    from fcnn.environment.rendering import explanation_document, render_explanation

    options, console = voice.options, voice.console
    if path == "-" and console.interactive:
        end = "Ctrl-Z, Enter" if os.name == "nt" else "Ctrl-D"
        console.write_error(voice.say("Paste the error message, then press Enter and {end}.").format(end=end))
    text = decode_pasted(console.read_input() if path == "-" else _read_pasted(path))
    if not text.strip():
        raise ListingError(Problem("there is no text to explain", where="stdin" if path == "-" else path))
    # It may come from this environment, or from the one that is named, which then says which rule it is.
    explanation = explain(text, read(options, console))
    if options.as_json:
        document = explanation_document(explanation)
        known = document.pop("known")
        voice.tell_document({"verdict": "known" if known else "unknown", **document})
    else:
        voice.tell(render_explanation, explanation)
    return int(ExitCode.FAILED if explanation.unknown else ExitCode.DONE)


def _read_pasted(path: str) -> bytes:
    try:
        with open(path, "rb") as stream:
            size = stream.seek(0, os.SEEK_END)
            stream.seek(max(0, size - _PASTED_LIMIT))
            return stream.read()
    except (OSError, ValueError) as error:  # a name with a null byte is a ValueError
        reason = getattr(error, "strerror", None) or str(error)
        raise ListingError(
            Problem(f"the text to explain cannot be read: {reason}", where=path, hint="- reads it from stdin")
        ) from None


def _guide(voice: Voice, stack: str) -> int:
    from fcnn.environment.reading import read_facts
    from fcnn.environment.rendering import guide_document, render_guide
    from fcnn.environment.target import guide, read_tools

    made = guide(stack, read_facts(), read_tools())
    if voice.options.as_json:
        voice.tell_document(guide_document(made))
    else:
        voice.tell(render_guide, made)
    return int(ExitCode.DONE)


def _list_rules(voice: Voice) -> int:
    from fcnn.environment.rendering import list_document, render_list

    if voice.options.as_json:
        voice.tell_document(list_document())
    else:
        voice.tell(render_list)
    return int(ExitCode.DONE)
