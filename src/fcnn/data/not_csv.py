"""Files that are no CSV: what they are, told by how they begin, and what makes a CSV of them."""

import codecs
import csv
import re
from pathlib import Path
from typing import List, NamedTuple, Optional, Sequence

from fcnn.data.numerals import read_numerals
from fcnn.errors import Problem
from fcnn.wording import say

HEAD = 4096
"""Bytes at the beginning that tell."""
LONG_SEPARATORS = ("::", "||", "\uff0c", "\uff1b", "\u3001")
"""Those of several characters, and the commas and the semicolon that a Chinese keyboard types."""
MOST_LINES = 1000
"""Lines that tell how fields are separated."""
NEARLY_ALL = 0.95
"""Of the lines have as many fields as the first, where blanks separate them."""
COMMAND = 'python -c "import pandas; pandas.{reading}.to_csv({new}, index=False)"'
"""As it is typed in any shell: no quote stands within others like it."""


class _Kind(NamedTuple):
    """A format that is no CSV."""

    name: str
    begins: "re.Pattern[str]"
    hint: str


def _kind(name: str, begins: str, hint: str) -> _Kind:
    return _Kind(name, re.compile(begins, re.IGNORECASE), hint)


AS_CSV = say("save the table as CSV in the program that made it")
KINDS = (
    _kind("PDF", r"%PDF-", AS_CSV),
    _kind("RTF", r"\{\\rtf", AS_CSV),
    _kind("XML", r"<\?xml", AS_CSV),
    _kind("SQLite", r"SQLite format 3", AS_CSV),
    _kind("HDF5", r"\x89HDF", AS_CSV),
    _kind("NumPy", r"\x93NUMPY", AS_CSV),
    _kind("HTML", r"<(!doctype\s+html|html|head|body|table)\b",
        say("open it in a browser: is it a page to log in, or an error, in place of the table?")),
    _kind("ARFF", r"(\s*(%.*)?\n)*\s*@relation\b",
        say("replace everything down to the line @data with one line: the names of the attributes, separated by ,")),
    _kind("Git LFS", r"version https://git-lfs\.github\.com",
        say("this stands for the file, which was not fetched: git lfs pull")),
)  # fmt: skip
"""Formats, by the first characters of a file."""
JSON = re.compile(r'\{\s*"|\[\s*[\[{]')
JSON_LINES = re.compile(r"\{.*\}\s*\n\s*\{")


def other_format(head: bytes, path: Path) -> Optional[Problem]:
    """The problem of a file that is known to be something else; None for what may be a CSV.

    Args:
        head: its first bytes.
        path: of the file.
    """
    is_wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = head.decode("utf-16", "ignore") if is_wide else head.replace(codecs.BOM_UTF8, b"", 1).decode("latin-1")
    text = text.lstrip()
    for kind in KINDS:
        if kind.begins.match(text):
            return Problem(say("this is {kind}, no CSV", kind=kind.name), str(path), hint=kind.hint)
    if JSON.match(text):
        lines = ",lines=True" if JSON_LINES.match(text) else ""
        hint = say("if it is a list of rows: {command}", command=_to_csv(path, f"read_json({_file(path)}{lines})"))
        return Problem(say("this is {kind}, no CSV", kind="JSON"), str(path), hint=hint)
    return None


def separated_otherwise(lines: Sequence[str], path: Path, encoding: str) -> str:
    """What to do where the fields of a file are separated by what fcnn does not read, or by nothing; or an empty text.

    Args:
        lines: the beginning of the file, from the first that is not blank.
        path: of the file.
        encoding: of the file.
    """
    shown = [line.strip() for line in lines[:MOST_LINES] if line.strip()]
    separator = next((each for each in LONG_SEPARATORS if _same_in_all([line.count(each) for line in shown], 1)), "")
    fields = [line.split(separator) if separator else _words(line) for line in shown]
    if len(shown) < 2 or len(fields[0]) < 2:
        return ""
    no_names = 2 * len(read_numerals(fields[0]).values) >= len(fields[0])
    options, named = (",header=None", ".add_prefix('x')") if no_names else ("", "")
    if not encoding.startswith("utf-8"):  # with a byte order mark, too: pandas leaves that out
        options += f",encoding='{encoding}'"
    if separator:
        reading = f"read_csv({_file(path)},sep=r'{re.escape(separator)}',engine='python'{options}){named}"
        wide = say("the fields are separated by {separator}, which fcnn does not read; this makes a CSV: {command}",
            separator=separator, command=_to_csv(path, reading))  # fmt: skip
    elif _same_in_all([len(words) for words in fields], 2):
        reading = rf"read_csv({_file(path)},sep=r'\s+'{options}){named}"
        wide = say("the fields are separated by blanks, which fcnn does not read; this makes a CSV: {command}",
            command=_to_csv(path, reading))  # fmt: skip
    elif all("  " in line for line in (shown[0], *shown[1 : 1 + len(shown) // 2])):
        reading = f"read_fwf({_file(path)}{options}){named}"
        wide = say("the fields seem to have fixed widths, which fcnn does not read; this makes a CSV: {command}",
            command=_to_csv(path, reading))  # fmt: skip
    else:
        return ""
    if no_names:
        return say("{hint} (its columns are then called x0, x1, x2 ...)", hint=wide)
    return wide


def _same_in_all(counts: Sequence[int], least: int) -> bool:
    """Whether nearly all lines have as many as the first, and that has some."""
    same = sum(count == counts[0] for count in counts)
    return len(counts) > 1 and counts[0] >= least and same >= NEARLY_ALL * len(counts)


def _words(line: str) -> List[str]:
    """What is between blanks and tabs; a text in quotes is one."""
    return next(csv.reader([line.replace("\t", " ")], delimiter=" ", skipinitialspace=True), [])


def _to_csv(path: Path, reading: str) -> str:
    """A command that converts a file with pandas."""
    new = path.with_suffix(".csv") if path.suffix.lower() != ".csv" else path.with_name(f"{path.stem}-table.csv")
    return COMMAND.format(reading=reading, new=_file(new))


def _file(path: Path) -> str:
    """A path in the command; a word in its place where a shell would read it as something else."""
    text = path.as_posix()
    return "'FILE'" if re.search(r"""["'$`!%\\]""", text) else f"'{text}'"
