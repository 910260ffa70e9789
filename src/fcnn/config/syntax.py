"""PyYAML's syntax errors in words for people who do not know its grammar."""

import re
from typing import List, NamedTuple, Optional, Tuple

import yaml

from fcnn.wording import Said, say


class Trouble(NamedTuple):
    """A syntax error, explained."""

    message: str
    position: Tuple[int, int]
    """Line and column, counted from 1."""
    line: str
    """The line itself, for the message."""
    hint: str


class _Known(NamedTuple):
    reason: str
    """A pattern for PyYAML's context and problem; `it` is what was found."""
    message: str
    """A template, as the hint is: `it` and the `line` where it was opened are put in."""
    hint: str


_QUOTE = 'put the text in quotes: "..."'
_INDENT = "keys of one mapping start in the same column, and those inside of a key further right"
_KEY = "a key is a word, a colon and a blank: `units: 64`"
_BACKSLASH = "for a path of Windows use / or single quotes: 'C:\\data\\table.csv'"

# The first whose pattern is found counts.
_KNOWN = (
    _Known(
        r"found character '\\t'",
        "a tab is here, where YAML allows blanks only",
        "replace the tab by blanks",
    ),
    _Known(r"found character '(?P<it>.+)' that cannot", "a value cannot start with `{it}`", _QUOTE),
    _Known(
        r"found undefined alias '(?P<it>.*)'",
        "`*{it}` is an alias of YAML, and nothing in this text has that name",
        _QUOTE,
    ),
    _Known(
        r"scanning an alias",
        "`*` starts an alias of YAML, not a value",
        'put a pattern in quotes: "*.csv"',
    ),
    _Known(r"found duplicate anchor", "`&` gives a name here that is given above already", _QUOTE),
    _Known(r"scanning an anchor", "`&` starts an anchor of YAML, not a value", _QUOTE),
    _Known(r"\btag\b", "`!` starts a tag of YAML, and tags are refused", _QUOTE),
    _Known(
        r"expected a single document",
        "a second document starts here",
        "one file is one config: delete the line `---`",
    ),
    _Known(
        r"expected '<document start>'",
        "there is text behind the end of the document",
        "delete the line `...` or the bracket too many above",
    ),
    _Known(
        r"found unknown escape character|expected escape sequence",
        "a backslash in double quotes starts an escape",
        _BACKSLASH,
    ),
    _Known(
        r"quoted scalar.*unexpected (end of stream|document)",
        "a quote is opened here and never closed",
        "close the quote",
    ),
    _Known(r"but got '\?'", "within brackets a `?` starts a key of YAML", _QUOTE),
    _Known(
        r"flow sequence.*expected ',' or '\]'",
        "the list that starts with `[` on line {line} is not closed before this",
        "close it with `]`, or separate its values by commas",
    ),
    _Known(
        r"flow mapping.*expected ',' or '\}'",
        "the mapping that starts with `{{` on line {line} is not closed before this",
        "close it with `}}`, or separate its keys by commas",
    ),
    _Known(
        r"expected the node content, but found '(?P<it>[\],}])'",
        "a value is missing before `{it}`",
        "write a value there, or delete the `{it}`",
    ),
    _Known(
        r"sequence entries are not allowed here",
        "a list cannot start here",
        "write each `- value` on a line of its own",
    ),
    _Known(r"but found '(?P<it>[\]}])'", "this `{it}` closes nothing", "delete it"),
    _Known(
        r"but found '<scalar>'",
        "there is text behind the end of a value",
        "put the whole value in quotes",
    ),
    _Known(
        r"but found '<block (mapping|sequence) start>'",
        "this line is indented unlike the lines above",
        _INDENT,
    ),
    _Known(
        r"block collection.*expected <block end>",
        "a list above goes over into something else here",
        _INDENT,
    ),
    _Known(r"expected <block end>", "this does not continue the mapping above", _INDENT),
    _Known(r"could not find expected ':'", "the key on line {line} has no colon", _KEY),
)

_COLON = "mapping values are not allowed here"


def explain(error: yaml.MarkedYAMLError, lines: List[str]) -> Trouble:
    """Say what a syntax error of PyYAML means.

    Args:
        error: as PyYAML raised it.
        lines: of the text.
    """
    reason = ": ".join(part for part in (error.context, error.problem) if part)
    mark = error.problem_mark or error.context_mark
    opened = error.context_mark or mark
    if "quoted scalar" in reason and "unexpected" in reason:
        mark = opened  # where the quote opens, not the end of the file
    position = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if reason == _COLON:
        message, hint = _explain_colon(position, lines)
    else:
        message, hint = _look_up(reason, opened.line + 1 if opened else 1)
    is_half = error.problem is None or error.problem.startswith(("but ", "second "))
    shown = reason if is_half else error.problem
    return Trouble(
        say("{message} (YAML: {shown})", message=message, shown=shown),
        position,
        _line(lines, position[0]).strip(),
        hint,
    )


def _look_up(reason: str, opened: int) -> Tuple[str, str]:
    for known in _KNOWN:
        found = re.search(known.reason, reason, re.DOTALL)
        if found:
            it = found.groupdict().get("it") or ""
            return Said(known.message, {"it": it, "line": opened}), Said(known.hint, {"it": it})
    return say("this is no YAML"), ""


def _explain_colon(position: Tuple[int, int], lines: List[str]) -> Tuple[str, str]:
    """A colon where none can be: the second on a line, or below a line that is no key."""
    line, column = position
    if re.search(r":\s|[\]}\"']\s*$", _line(lines, line)[: column - 1]):
        return say("a second colon on one line"), _QUOTE
    above = _previous(lines, line)
    glued = re.match(r"\s*([\w.-]+):\S", above)
    if glued:
        right = above.strip().replace(":", ": ", 1)
        message = say("the key `{key}` above needs a blank behind its colon", key=glued[1])
        return message, say("write `{code}`", code=right)
    if above and ":" not in above:
        return say("the line above has no colon"), _KEY
    return say("this key is indented further than the one above, which has a value already"), _INDENT


def _previous(lines: List[str], line: int) -> str:
    for text in reversed(lines[: line - 1]):
        if text.strip() and not text.lstrip().startswith("#"):
            return text
    return ""


def _line(lines: List[str], number: int) -> str:
    text = lines[number - 1] if 0 < number <= len(lines) else ""
    return text if len(text) <= 80 else text[:77] + "..."


def explain_character(character: Optional[int]) -> str:
    """Say that a character cannot stand in YAML."""
    if not character:
        return say("this is no text: it has a NUL character")
    return say("the invisible character U+{character:04X} cannot stand in YAML", character=character)
