"""How a date is taken apart by a regular expression, for graphs, which have no strptime."""

import re
from typing import Dict, NamedTuple, Optional, Tuple

from fcnn.data.dates import FORMATS

DIRECTIVES: Dict[str, str] = {
    "Y": r"\d{4}", "y": r"\d{2}", "m": r"\d{1,2}", "d": r"\d{1,2}", "H": r"\d{1,2}", "I": r"\d{1,2}",
    "M": r"\d{1,2}", "S": r"\d{1,2}", "f": r"\d{1,6}", "p": "[AaPp][Mm]",
    "b": "[A-Za-z]{3}", "B": "[A-Za-z]{3,9}", "a": "[A-Za-z]{3}", "A": "[A-Za-z]{6,9}",
}  # fmt: skip
"""What each directive of strptime looks like."""
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ZONE = r"(?:Z| ?UTC| ?GMT| ?[+-]\d{2}(?::?\d{2})?)?"
_T = "[ T]"
TWO_DIGITS = r"\d{2}"


class DateFields(NamedTuple):
    """A strptime format as a regular expression that Python and RE2 understand alike."""

    pattern: str
    """Of the whole text; a group for each field."""
    groups: Tuple[str, ...]
    """The directive of each group, without its percent sign."""


def date_fields(code: str) -> Optional[DateFields]:
    """The fields of a format; None where it has a directive that needs more than a pattern.

    A format that fcnn knows by itself may have a T before the time and a zone behind it, as when fcnn reads it.
    """
    pattern, groups, is_known = "", [], code in FORMATS
    position = 0
    while position < len(code):
        letter = code[position]
        if letter == "%":
            directive = code[position + 1 : position + 2]
            if directive not in DIRECTIVES or directive in groups:
                return None
            pattern += f"({TWO_DIGITS if is_known and directive in 'MS' else DIRECTIVES[directive]})"
            groups.append(directive)
            position += 2
            continue
        is_before_time = letter == " " and code[position + 1 :].startswith("%H")
        pattern += _T if is_known and is_before_time and pattern.endswith(")") else re.escape(letter)
        position += 1
    if is_known and "H" in groups:
        pattern += _ZONE
    there = set(groups)
    has_hour = not {"M", "S", "f", "p"} & there or {"H", "I"} & there
    is_date = {"Y", "y"} & there and {"m", "b", "B"} & there and not {"Y", "y"} <= there
    whole = is_date and has_hour and ("I" in there) == ("p" in there) and not {"H", "I"} <= there
    return DateFields(pattern, tuple(groups)) if whole and len({"m", "b", "B"} & there) == 1 else None
