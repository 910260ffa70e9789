"""What became of importing TensorFlow for real, as text and as a JSON document."""

from typing import TYPE_CHECKING, Dict, List

from fcnn.environment.rendering.console import INDENT, Console, Style, console, plain
from fcnn.environment.rendering.explanation import explanation_document, render_explanation
from fcnn.environment.rendering.ranges import displayed

if TYPE_CHECKING:
    from fcnn.environment.trial import Trial

_SHOWN_LINES = 8
"""How many of the last lines are shown where no rule knows what went wrong."""


def render_trial(
    trial: "Trial", encoding: str = "utf-8", language: str = "en", width: int = 80, style: Style = plain
) -> str:
    """Write whether it worked; if not, how it ended and what that means."""
    there = console(encoding, language, width, style)
    lines = _ended(trial, there)
    if trial.ok:
        return there.text(lines)
    if trial.explanation.unknown:
        last = [line for line in trial.stderr.splitlines() if line.strip()][-_SHOWN_LINES:]
        if last:
            lines += [INDENT + there.say("The last of what it printed:"), *(INDENT * 2 + line for line in last)]
        return there.text(lines)
    return there.text([*lines, "", render_explanation(trial.explanation, encoding, language, width, style)])


def trial_document(trial: "Trial") -> Dict[str, object]:
    """The trial as types that JSON has; in English."""
    return {
        "ok": trial.ok,
        "seconds": trial.seconds,
        "exit_code": trial.exit_code,
        "signal": trial.signal,
        "signal_meaning": trial.signal_meaning,
        "timed_out": trial.timed_out,
        "versions": dict(trial.versions),
        "last_error": trial.last_error,
        "explanation": None if trial.ok else explanation_document(trial.explanation),
    }


def _ended(trial: "Trial", there: Console) -> List[str]:
    say = there.say
    mark = there.mark("ok" if trial.ok else "error")
    if trial.ok:
        versions = say(", ").join(f"{displayed(name)} {version}" for name, version in trial.versions.items())
        text = say("TensorFlow was imported and trained two steps in {seconds} s").format(
            seconds=f"{trial.seconds:.1f}"
        )
        return [f"{mark} {there.title(text)}", INDENT + versions]
    lines = [f"{mark} {there.title(say('TensorFlow was imported for a trial, and it failed'))}"]
    if trial.timed_out:
        text = say("it was not done after {seconds} seconds and was ended").format(seconds=f"{trial.seconds:.0f}")
        lines += there.sentence(text)
    elif trial.signal:
        meaning = say(trial.signal_meaning)
        text = say("Python was ended by {signal}").format(signal=trial.signal)
        lines += there.sentence(text + (say(": ") + meaning if meaning else ""))
    else:
        lines += there.sentence(say("Python ended with exit code {code}").format(code=trial.exit_code))
    return lines
