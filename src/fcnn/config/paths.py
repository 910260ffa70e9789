"""Where a value lives in the config: ``("network", "layers", 1, "units")``, and how that is written."""

import json
import os
import re
import shlex
from typing import List, Tuple, Union

from fcnn.wording import say

Path = Tuple[Union[str, int], ...]

_BARE = re.compile(r"[\w-]+")
_SEGMENT = re.compile(
    r"""(?P<dot>\.)?(?:
        \[\s*(?P<index>[^\[\]]*?)\s*\]          # [0]
      | "(?P<double>(?:[^"\\]|\\.)*)"           # "a.b"
      | '(?P<single>[^']*)'                     # 'a.b'
      | (?P<bare>[^.\[\]="']+)                  # units
    )""",
    re.VERBOSE,
)


def format_path(path: Path) -> str:
    """Write a path as users write it: ``network.layers[1].units``, ``data.columns."a.b".type``."""
    text = ""
    for segment in path:
        if isinstance(segment, int):
            text += f"[{segment}]"
        else:
            word = segment if _BARE.fullmatch(segment) else json.dumps(segment, ensure_ascii=False)
            text += f".{word}" if text else word
    return text


def shell_word(text: str) -> str:
    """A word as it is typed in a shell: a POSIX one, or Windows's."""
    if os.name != "nt":
        return shlex.quote(text)
    if re.fullmatch(r"[\w.:/\\=-]+", text):
        return text
    return '"' + re.sub(r'(\\*)"', r'\1\1\\"', text) + '"'


def typed_override(path: Path, value: str) -> str:
    """An override as it is typed in a shell: ``data.columns.size.type=category``, quoted where it must be."""
    return shell_word(f"{format_path(path)}={value}")


def parse_path(text: str) -> Tuple[Path, str]:
    """Read the path at the start of `text`.

    Returns:
        The path, an index in brackets as an int and every other segment as text, and what follows the path:
        nothing, or ``=`` and a value.

    Raises:
        ValueError: where there is no path, or its dots, brackets or quotes are wrong; the text says what.
    """
    segments: List[Union[str, int]] = []
    end = 0
    while end < len(text) and text[end] != "=":
        found = _SEGMENT.match(text, end)
        if found is None:
            raise ValueError(say("`{text}` cannot be read as a key", text=text[end:].split("=")[0]))
        segments.append(_segment(found, bool(segments)))
        end = found.end()
    if not segments:
        raise ValueError(say("there is no key before the `=`") if text else say("there is nothing"))
    return tuple(segments), text[end:]


def _segment(found: "re.Match[str]", is_inner: bool) -> Union[str, int]:
    has_dot = found["dot"] is not None
    if found["index"] is not None:
        if has_dot or not is_inner:
            raise ValueError(say("an index in brackets follows the name of a list"))
        if re.fullmatch(r"[0-9]{1,9}", found["index"]) is None:
            raise ValueError(say("[{index}] is no index: the first value of a list is [0]", index=found["index"]))
        return int(found["index"])
    if has_dot != is_inner:
        raise ValueError(say("the names in a key are separated by single dots"))
    if found["double"] is not None:
        return _unescaped(found["double"])
    return found["single"] if found["single"] is not None else found["bare"].strip()


def _unescaped(text: str) -> str:
    """What stands between double quotes, as :func:`format_path` writes it or as somebody typed it."""
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:  # a backslash before what needs none
        return re.sub(r"\\(.)", r"\1", text)
