"""Files that are no CSV are called by their name, with a command that makes one of them."""

import subprocess
import sys
from pathlib import Path

import pytest

from fcnn.data.header import read_header
from fcnn.data.not_csv import other_format, separated_otherwise
from fcnn.data.table import read_table
from fcnn.errors import DataError

KNOWN = {
    "PDF": (b"%PDF-1.7\n", "PDF"),
    "RTF": (b"{\\rtf1\\ansi", "RTF"),
    "HTML": (b"\n <!DOCTYPE html>\n", "HTML"),
    "HTML in capitals, with a byte order mark": (b"\xef\xbb\xbf<HTML>", "HTML"),
    "a table of HTML alone": (b'<table class="x">', "HTML"),
    "XML": (b'<?xml version="1.0"?>', "XML"),
    "SQLite": (b"SQLite format 3\0", "SQLite"),
    "HDF5": (b"\x89HDF\r\n", "HDF5"),
    "NumPy": (b"\x93NUMPY\x01", "NumPy"),
    "ARFF below comments": (b"% a\n\n%\n  @relation 'x'\n", "ARFF"),
    "a pointer": (b"version https://git-lfs.github.com/spec/v1\n", "Git LFS"),
    "JSON": (b'{"x": [1, 2]}', "JSON"),
    "JSON of rows": (b'[ {"x": 1}]', "JSON"),
    "JSON of lists": (b"[[1, 2]]", "JSON"),
    "JSON in UTF-16": ('{"x": 1}'.encode("utf-16"), "JSON"),
}


@pytest.mark.parametrize(("head", "name"), KNOWN.values(), ids=KNOWN)
def test_a_format_is_known_by_its_beginning(table, head, name):
    problem = other_format(head, Path("t.csv"))
    assert (problem.message, problem.where) == (f"this is {name}, no CSV", "t.csv")
    assert problem.hint
    with pytest.raises(DataError, match=f"this is {name}, no CSV"):
        read_header(table(head))


@pytest.mark.parametrize(
    "head",
    [
        b"x,y\n1,2\n",
        b"<TICKER>,<PER>\n",
        b"{a},b\n",
        b"[cm],[kg]\n",
        b"% of x,y\n",
        b"@relation_to,y\n",
        b"version,y\n",
        b"",
    ],
)
def test_names_that_begin_in_a_strange_way_are_names(head):
    assert other_format(head, Path("t.csv")) is None


NUMBERS = "".join(f"  {row}.5   {row * 7 % 10}\t{row % 3}\n" for row in range(20))
NAMED = "".join(f'{row}.5  "model {row}"  {row % 3}\n' for row in range(20))
WIDTHS = "".join(f"{('Li', 'Anna Bell', 'Bo van Dyk')[row % 3]:12}{row:4}\n" for row in range(20))

CONVERTED = {
    "blanks": ("t.txt", "a  b c\n" + NUMBERS, ["a", "b", "c"], [0.5, 1.5]),
    "blanks without names": ("t.data", NUMBERS, ["x0", "x1", "x2"], [0.5, 1.5]),
    "texts in quotes": ("t.data", "a b c\n" + NAMED, ["a", "b", "c"], [0.5, 1.5]),
    "MovieLens": (
        "ratings.dat",
        "".join(f"{row}::{row * 7 % 10}::5\n" for row in range(20)),
        ["x0", "x1", "x2"],
        [0.0, 1.0],
    ),
    "two bars": ("t.txt", "a||b||c\n" + "1||2||x\n" * 9, ["a", "b", "c"], [1.0, 1.0]),
    "Chinese commas": ("t.csv", "城市\uff0c人口\n" + "北京\uff0c2\n" * 9, ["城市", "人口"], ["北京", "北京"]),
    "a file that is called .csv": ("t.csv", "a b c\n" + NUMBERS, ["a", "b", "c"], [0.5, 1.5]),
    "GBK": ("t.txt", ("城市  人口\n" + "北京  2\n上海  3\n" * 40).encode("gbk"), ["城市", "人口"], ["北京", "上海"]),
    "UTF-16": ("t.txt", ("a  b c\n" + NUMBERS).encode("utf-16"), ["a", "b", "c"], [0.5, 1.5]),
    "fixed widths": ("t.txt", "name          n\n" + WIDTHS, ["name", "n"], ["Li", "Anna Bell"]),
}


@pytest.mark.parametrize(("name", "content", "names", "cells"), CONVERTED.values(), ids=CONVERTED)
def test_the_command_that_is_proposed_makes_a_csv(table, name, content, names, cells):
    path = table(content, name)
    advice = read_header(path).advice
    command = advice[advice.index("python -c ") :]
    code = command.split('"')[1]
    subprocess.run([sys.executable, "-I", "-c", code], check=True, cwd=str(path.parent))
    (made,) = set(path.parent.iterdir()) - {path}
    assert made.name in code
    header = read_header(made)
    assert (list(header.names), header.advice) == (names, "")
    first = read_table([made], names)[names[0]]
    found = first.values if not isinstance(cells[0], str) else first.cells()
    assert found[:2].tolist() == cells
    assert ("x0, x1, x2" in advice) == (names[0] == "x0")


def test_json_is_made_a_csv_by_the_command_that_is_proposed(table):
    path = table('{"x": 1, "y": "a"}\n{"x": 2, "y": "b"}\n', "t.json")
    hint = other_format(path.read_bytes(), path).hint
    subprocess.run([sys.executable, "-I", "-c", hint.split('"')[1]], check=True)
    assert (path.parent / "t.csv").read_text().split() == ["x,y", "1,a", "2,b"]


@pytest.mark.parametrize("name", ["it's.txt", "5$.txt", "a`b.txt"])
def test_a_name_that_a_shell_would_change_is_not_pasted(name):
    advice = separated_otherwise(["a b", "1 2"], Path(name), "utf-8")
    assert "read_csv('FILE'" in advice


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["first name", "Anna Bell", "Li", "Bo van Dyk"], id="words"),
        pytest.param(["x", "1", "2"], id="one column"),
        pytest.param(["first name"], id="a header alone"),
        pytest.param([], id="nothing"),
    ],
)
def test_one_column_is_left_alone(lines):
    assert separated_otherwise(lines, Path("t.csv"), "utf-8") == ""


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("first name\tlast name\n" + "Anna Bell\tCarl Dent\n" * 9, id="tabs between words"),
        pytest.param("first name,last name\n" + "Anna Bell,Carl Dent\n" * 9, id="commas between words"),
    ],
)
def test_separators_between_words_are_no_reason_for_advice(table, content):
    header = read_header(table(content))
    assert (header.names, header.advice) == (("first name", "last name"), "")
