"""Where a value lives in the config: ``("network", "layers", 1, "units")``, and how that is written."""

import json
import re
from typing import List, Tuple, Union

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
            raise ValueError(f"`{text[end:].split('=')[0]}` cannot be read as a key")
        segments.append(_segment(found, bool(segments)))
        end = found.end()
    if not segments:
        raise ValueError("there is no key before the `=`" if text else "there is nothing")
    return tuple(segments), text[end:]


def _segment(found: "re.Match[str]", is_inner: bool) -> Union[str, int]:
    has_dot = found["dot"] is not None
    if found["index"] is not None:
        if has_dot or not is_inner:
            raise ValueError("an index in brackets follows the name of a list")
        if re.fullmatch(r"[0-9]{1,9}", found["index"]) is None:
            raise ValueError(f"[{found['index']}] is no index: the first value of a list is [0]")
        return int(found["index"])
    if has_dot != is_inner:
        raise ValueError("the names in a key are separated by single dots")
    if found["double"] is not None:
        return re.sub(r"\\(.)", r"\1", found["double"])
    return found["single"] if found["single"] is not None else found["bare"].strip()
