"""What somebody meant who wrote a line that is no requirement."""

import re
import unicodedata
from typing import Callable, Sequence

from packaging.requirements import InvalidRequirement, Requirement

_STEPS: Sequence[Callable[[str], str]] = (
    # full-width letters of a Chinese keyboard
    lambda text: unicodedata.normalize("NFKC", text).replace("\u3002", ".").replace("\u3001", ","),
    # copied out of a list in Python, or out of a shell
    lambda text: text.strip(" \t,;").strip("\"'`"),
    lambda text: re.sub(r"^(!|%|\$ )?\s*(python\S* -m )?(pip3?|conda|uv pip) install (-U |--upgrade |-y )?", "", text),
    # conda's name=version=build
    lambda text: re.sub(r"^([\w.-]+)=([^=\s]+)=([^=\s]+)$", r"\1==\2", text),
    lambda text: re.sub(r"=\s+=", "==", text),
    lambda text: re.sub(r"=(?=[<>])([<>])", r"\1=", text),  # => and =<
    lambda text: re.sub(r"(?<![=<>!~])=(?!=)", "==", text),
    lambda text: re.sub(r"={4,}", "==", text),
    lambda text: re.sub(r"^([\w.-]+)(?:\s+|:\s*)v?(?=\d[\w.*+!-]*$)", r"\1==", text),
    lambda text: re.sub(r"(\d)\s*(?=[<>!~=]=?\s*\d)", r"\1,", text),
    lambda text: re.sub(r"\.[xX]\b", ".*", text),
    lambda text: re.sub(r"([<>]=?\s*[\d.]*?)\.\*", r"\1", text),
)


def corrected(text: str) -> str:
    """The requirement that a line was meant to be, in backticks; or several; empty where nothing is near."""
    if len(text) > 300:
        return ""
    for step in _STEPS:
        before, text = text, step(text)
        if text != before and _is_requirement(text):
            return f"`{text}`"
    parts = re.split(r"[\s,]+", text)
    if 1 < len(parts) <= 12 and all(re.search(r"[<>=~]=", part) and _is_requirement(part) for part in parts):
        return " and ".join(f"`{part}`" for part in parts) + ", each on a line of its own"
    return ""


def _is_requirement(text: str) -> bool:
    try:
        Requirement(text)
    except (InvalidRequirement, ValueError, RecursionError):
        return False
    return True
