"""A finding's sentences as templates with what is put into them, so that they can be told in another language."""

import re
from dataclasses import dataclass, field
from typing import Callable, Dict, Mapping, NamedTuple

LEFT_OPEN = "{undecided} is left open; where the installer takes {taken}: {why}"
"""How a finding begins that depends on what a list leaves open."""


class Said(NamedTuple):
    """A sentence as a template with what is put into it."""

    text: str
    fills: Mapping[str, str] = {}

    def tell(self, translate: Callable[[str], str] = str) -> str:
        """The sentence in the words of `translate`, which turns a template into one of another language."""
        return translate(self.text).format_map(self.fills)


@dataclass(frozen=True)
class Wording:
    """The sentences of one finding before anything was put in."""

    why: str = ""
    """What goes wrong, as in the rule."""
    advice: str = ""
    """What to do where no installation helps, as in the rule."""
    fills: Mapping[str, str] = field(default_factory=dict)
    """What is put into both."""
    undecided: str = ""
    """The package that a list leaves open, on which the finding depends; empty where it holds for certain."""
    taken: str = ""
    """The versions of it for which it holds."""

    def tell_why(self, translate: Callable[[str], str]) -> str:
        """What goes wrong, in the words of `translate`, which turns a template into one of another language."""
        why = _filled(translate(self.why), self.fills, translate)
        if not self.undecided:
            return why
        return translate(LEFT_OPEN).format(undecided=self.undecided, taken=self.taken, why=why)

    def tell_advice(self, translate: Callable[[str], str]) -> str:
        """What to do, likewise."""
        return _filled(translate(self.advice), self.fills, translate)


def fills_of(text: str, fill: Callable[[str], str]) -> Dict[str, str]:
    """Every placeholder of a template with what `fill` puts there."""
    return {name: fill("{" + name + "}") for name in re.findall(r"\{([^{}]+)\}", text)}


def _filled(template: str, fills: Mapping[str, str], translate: Callable[[str], str]) -> str:
    # What is put in may itself be words: `of unknown version`, or what a condition found.
    return re.sub(
        r"\{([^{}]+)\}",
        lambda found: translate(fills[found.group(1)]) if found.group(1) in fills else found.group(),
        template,
    )
