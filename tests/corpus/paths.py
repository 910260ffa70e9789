"""Paths, several files, permission, and files that are none."""

import os
from pathlib import Path

from .case import TABLE, Case, Fails, Works

KIND = "Paths and several files"

HALVES = {
    "part-1.csv": "".join(TABLE.splitlines(True)[:13]),
    "part-2.csv": "x,z,y\n" + "".join(TABLE.splitlines(True)[13:]),
}
PARTS = Works(cells={"x": [3.25, 6.95, 0.55]}, rows=24)


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.mkdir()
    (path / "table.csv").write_text(TABLE, encoding="utf-8")


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _dangling(path: Path) -> None:
    path.symlink_to("nothing.csv")


def _nobodys(path: Path) -> None:
    path.write_text(TABLE, encoding="utf-8")
    path.chmod(0)


CASES = [
    Case("a list of files", HALVES, PARTS, data={"path": ["part-1.csv", "part-2.csv"]}),
    Case("a pattern", HALVES, PARTS, data={"path": "part-*.csv"}),
    Case(
        "a pattern that matches nothing",
        TABLE,
        Fails(["config.yaml:2:9 data.path: no file matches this pattern", "*.tsv"], plain=True),
        data={"path": "*.tsv"},
    ),
    Case("a file with brackets in its name", {"part[1].csv": TABLE}, PARTS, data={"path": "part[1].csv"}),
    Case("the same file twice is read once", TABLE, PARTS, data={"path": ["table.csv", "./table.csv"]}),
    Case("an empty list", TABLE, Fails(["data.path names no file", "a CSV file"]), data={"path": []}),
    Case(
        "files with different headers",
        {"part-1.csv": TABLE, "part-2.csv": TABLE.replace("z", "w", 1)},
        Fails(["part-2.csv: not the columns of part-1.csv", "expected: x, z, y", "received: x, w, y"]),
        data={"path": "part-*.csv"},
    ),
    Case(
        "files with the same columns in another order",
        {"part-1.csv": TABLE, "part-2.csv": "z,x,y\n1,2,a\n"},
        Fails(["part-2.csv: not the columns of part-1.csv", "received: z, x, y"]),
        data={"path": "part-*.csv"},
    ),
    Case(
        "a bad cell in the second file",
        {**HALVES, "part-3.csv": "x,z,y\nabc,1,a\n"},
        Fails(["column 'x'", "'abc' (part-3.csv line 2)"]),
        data={"path": "part-*.csv"},
    ),
    Case(
        "files in different encodings and separators",
        {"part-1.csv": HALVES["part-1.csv"].replace(",", ";").encode("utf-16"), "part-2.csv": HALVES["part-2.csv"]},
        PARTS,
        data={"path": "part-*.csv"},
    ),
    Case(
        "an empty file among them",
        {**HALVES, "part-3.csv": ""},
        Fails(["part-3.csv: the file is empty"]),
        data={"path": "part-*.csv"},
    ),
    Case("a header alone among them", {**HALVES, "part-3.csv": "x,z,y\n"}, PARTS, data={"path": "part-*.csv"}),
    Case(
        "numbers in one file and text in the other",
        {**HALVES, "part-2.csv": "x,z,y\n" + "".join(f"red,{n}.5,{'ab'[n % 2]}\n" for n in range(8))},
        Fails(["column 'x'", "'red' (part-2.csv line 2)"]),
        data={"path": "part-*.csv"},
    ),
    Case(
        "no such file",
        TABLE,
        Fails(["config.yaml:2:9 data.path: there is no such file", "received: tabel.csv", "did you mean `table.csv`?"]),
        data={"path": "tabel.csv"},
    ),
    Case(
        "no such folder",
        TABLE,
        Fails(
            [
                "data.path: there is no such file",
                "received: data/table.csv",
                "a relative path starts at the folder of the config file",
            ]
        ),
        data={"path": "data/table.csv"},
    ),
    Case(
        "a Windows path with backslashes",
        TABLE,
        Fails(["data.path: there is no such file", "C:\\data\\table.csv"]),
        data={"path": "C:\\data\\table.csv"},
        posix=True,
    ),
    Case(
        "a home folder",
        TABLE,
        Fails(["data.path: there is no such file"], unsaid=["received: ~"]),
        data={"path": "~/no such folder/table.csv"},
        varies="received:",
    ),
    Case(
        "an address of the web",
        TABLE,
        Fails(["data.path: there is no such file", "download it, and name the file"]),
        data={"path": "https://example.com/table.csv"},
    ),
    Case(
        "an empty path",
        TABLE,
        Fails(["config.yaml:2:9 data.path: data.path is empty", "a CSV file"]),
        data={"path": ""},
    ),
    Case("a path with a NUL", TABLE, Fails(["config.yaml"]), data={"path": "a\0b.csv"}),
    Case("a very long path", TABLE, Fails(["data.path: there is no such file"]), data={"path": "x" * 1000 + ".csv"}),
    Case(
        "a folder",
        {"tables": _folder},
        Fails(["data.path: this is a folder, not a table", "tables/*.csv"]),
        data={"path": "tables"},
    ),
    Case(
        "a file with blanks, Chinese and emoji in its name",
        {"数据 表 😀.csv": TABLE},
        PARTS,
        data={"path": "数据 表 😀.csv"},
    ),
    Case(
        "the config itself as the table", TABLE, Fails(["config.yaml has no column 'y'"]), data={"path": "config.yaml"}
    ),
    Case(
        "a link to itself",
        {"loop.csv": _loop},
        Fails(["data.path: this link leads nowhere", "loop.csv"], plain=True),
        data={"path": "loop.csv"},
        posix=True,
    ),
    Case(
        "a link to nowhere",
        {"link.csv": _dangling},
        Fails(["data.path: this link leads nowhere", "link.csv"], plain=True),
        data={"path": "link.csv"},
        posix=True,
    ),
    Case(
        "a named pipe that nobody writes to",
        {"pipe.csv": _fifo},
        Fails(["data.path: this is a pipe or a device, not a file", "pipe.csv", "write what it gives into a file"]),
        data={"path": "pipe.csv"},
        posix=True,
    ),
    Case(
        "/dev/null",
        TABLE,
        Fails(["data.path: this is a pipe or a device, not a file", "/dev/null"]),
        data={"path": "/dev/null"},
        posix=True,
    ),
    Case(
        "/dev/zero",
        TABLE,
        Fails(["data.path: this is a pipe or a device, not a file", "/dev/zero"]),
        data={"path": "/dev/zero"},
        posix=True,
    ),
    Case(
        "a folder in the middle of a path that is a file",
        TABLE,
        Fails(["data.path: there is no such file"]),
        data={"path": "table.csv/table.csv"},
    ),
    Case(
        "a table that nobody may read",
        {"table.csv": _nobodys},
        Fails(["table.csv: cannot be read: Permission denied"], plain=True),
        posix=True,
        unprivileged=True,
    ),
]
