"""Configs that are no YAML, or other YAML than one thinks."""

# ruff: noqa: RUF001 - signs that look like others are what this is about

from pathlib import Path
from typing import Callable, Union

from .case import TABLE, Case, Fails, Works

KIND = "YAML"

GOOD = "data:\n  path: table.csv\n  target: y\nnetwork:\n  layers: [4]\n"
FINE = Works(features=["x", "z"])


def _yaml(id: str, text: Union[str, bytes, Callable[[Path], None]], expect: Union[Works, Fails], row: str = "") -> Case:
    return Case(id, TABLE, expect, config=text, row=row)


def _folder(path: Path) -> None:
    path.mkdir()


CASES = [
    _yaml("the shortest config", GOOD, FINE),
    _yaml("in JSON", '{"data": {"path": "table.csv", "target": "y"}, "network": {"layers": [4]}}', FINE),
    _yaml("tabs for indentation", GOOD.replace("  path", "\tpath"), Fails(["config.yaml:2:1", "tab"])),
    _yaml(
        "a wrong indentation",
        GOOD.replace("  target", "   target"),
        Fails(["config.yaml:3:10: this key is indented further than the one above"]),
    ),
    _yaml(
        "an unclosed bracket",
        GOOD.replace("[4]", "[4"),
        Fails(["config.yaml:6:1: the list that starts with `[` on line 5 is not closed"]),
    ),
    _yaml(
        "an unclosed quote",
        GOOD.replace("table.csv", '"table.csv'),
        Fails(["config.yaml:2:9: a quote is opened here and never closed"]),
    ),
    _yaml(
        "no blank behind a colon",
        GOOD.replace("target: y", "target:y"),
        Fails(["config.yaml:4:1: the key on line 3 has no colon"]),
    ),
    _yaml(
        "a key twice",
        GOOD + "network:\n  layers: [8]\n",
        Fails(["config.yaml:6:1 network: the key `network` is on line 4 already"]),
    ),
    _yaml(
        "a key of a layer twice", GOOD.replace("[4]", "[{units: 4, units: 8}]"), Fails(["config.yaml:5:23", "units"])
    ),
    _yaml("nothing", "", Fails(["config.yaml: this config is empty", "fcnn init TABLE.csv"])),
    _yaml("comments only", "# data:\n#   path: table.csv\n", Fails(["config.yaml: this config is empty"])),
    _yaml(
        "a list at the top", "- data\n- network\n", Fails(["config.yaml: a config is a mapping, and this is a list"])
    ),
    _yaml("a text at the top", "train please", Fails(["config.yaml: a config is a mapping, and this is"])),
    _yaml(
        "a table in place of the config",
        TABLE,
        Fails(["config.yaml: a config is a mapping", "fcnn train config.yaml --target COLUMN"]),
    ),
    _yaml("two documents", GOOD + "---\n" + GOOD, Fails(["config.yaml:6:1"])),
    _yaml(
        "an object of Python",
        GOOD.replace("y\n", '!!python/object/apply:os.system ["touch executed"]\n', 1),
        Fails(["config.yaml:3:11", "!!python/object/apply:os.system"]),
        row="A config that would run code (`!!python/object`)",
    ),
    _yaml("a tag of one's own", GOOD.replace("y\n", "!secret y\n", 1), Fails(["config.yaml:3:11", "!secret"])),
    _yaml(
        "a bomb of aliases",
        "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40)) + GOOD,
        Fails(["config.yaml:", "aliases (`*name`) make this file many times larger"], unsaid=["x, x, x, x, x"]),
    ),
    _yaml("aliases that are meant well", GOOD.replace("[4]", "[&hidden {units: 4}, *hidden]"), FINE),
    _yaml("an alias of nothing", GOOD.replace("[4]", "*layers"), Fails(["config.yaml:5:11"])),
    _yaml(
        "an alias of itself",
        GOOD.replace("[4]", "&l [*l]"),
        Fails(["config.yaml:5:11: nested deeper than 40 levels"], plain=True),
    ),
    _yaml("merge keys", GOOD.replace("[4]", "[&a {units: 4}, {<<: *a, dropout: 0.1}]"), FINE),
    _yaml(
        "100,000 brackets",
        GOOD.replace("[4]", "[" * 100_000),
        Fails(["config.yaml:5:49: nested deeper than 40 levels"], plain=True),
    ),
    _yaml(
        "10 MB",
        GOOD + "# " + "x" * 10_000_000,
        Fails(["config.yaml: this is too large for a config", "at most 1 MB", "10.0 MB"]),
    ),
    _yaml("a byte order mark", b"\xef\xbb\xbf" + GOOD.encode(), FINE),
    _yaml("CRLF", GOOD.replace("\n", "\r\n"), FINE),
    _yaml("CR alone", GOOD.replace("\n", "\r"), FINE),
    _yaml(
        "GBK",
        GOOD.replace("target: y", "target: 类别").encode("gbk"),
        Fails(["config.yaml:3: this is no UTF-8 text", "save the file as UTF-8"]),
    ),
    _yaml("UTF-16", GOOD.encode("utf-16"), Fails(["config.yaml: this is no UTF-8 text; it looks like UTF-16"])),
    _yaml(
        "curly quotes of a text processor",
        GOOD.replace("table.csv", "“table.csv”"),
        Fails(["data.path: there is no such file", "“table.csv”", "did you mean `table.csv`?"]),
    ),
    _yaml(
        "non-breaking spaces for indentation",
        GOOD.replace("  path", "\u00a0\u00a0path"),
        Fails(["config.yaml:3:9: this key is indented further than the one above"]),
    ),
    _yaml(
        "a full-width colon",
        GOOD.replace("target: y", "target： y"),
        Fails(["config.yaml:4:1: the key on line 3 has no colon"]),
    ),
    _yaml("a NUL", GOOD + "\0", Fails(["config.yaml:6:1: this is no text: it has a NUL character"], plain=True)),
    _yaml(
        "a picture",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        Fails(["config.yaml:1: this is no UTF-8 text", "the byte 0x89"]),
    ),
    _yaml(
        "a config that is a folder", _folder, Fails(["config.yaml: this is a folder, not a config file"], plain=True)
    ),
    Case(
        "no such config",
        {"config.yml": GOOD, "table.csv": TABLE},
        Fails(["conf.yml: there is no such config file", "did you mean config.yml?"]),
        words=("validate", "conf.yml"),
    ),
    Case(
        "a table for a config",
        TABLE,
        Fails(["table.csv: this is a table, not a config", "fcnn train table.csv --target COLUMN"]),
        words=("validate", "table.csv"),
    ),
]
