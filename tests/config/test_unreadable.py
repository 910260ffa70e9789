"""What keeps a file from being read: syntax, depth, aliases, encoding, size, and what is no mapping."""

# ruff: noqa: E501 - messages are written out as they are printed
import pytest

DATA = "data: {path: a.csv, target: y}\n"

ALIAS_BOMB = "a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + "".join(
    f"{new}: &{new} [{', '.join(['*' + old] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi")
)
MERGE_BOMB = "a: &a {k: 1, l: 1, m: 1}\n" + "".join(
    f"{new}: &{new} {{x: {{<<: *{old}}}, y: {{<<: *{old}}}, z: {{<<: *{old}}}}}\n"
    for old, new in zip("abcdefghij", "bcdefghijk")
)

CASES = {
    "tab_for_indentation": (
        "data:\n\tpath: a.csv\n",
        """\
p.yaml:2:1: a tab is here, where YAML allows blanks only (YAML: found character '\\t' that cannot start any token)
  received: path: a.csv
  hint: replace the tab by blanks
""",
    ),
    "tab_behind_a_colon": (
        "seed:\t1\n",
        """\
p.yaml:1:6: a tab is here, where YAML allows blanks only (YAML: found character '\\t' that cannot start any token)
  received: seed:	1
  hint: replace the tab by blanks
""",
    ),
    "second_colon_on_a_line": (
        """\
data: {path: a.csv}
run: name: x
""",
        """\
p.yaml:2:10: a second colon on one line (YAML: mapping values are not allowed here)
  received: run: name: x
  hint: put the text in quotes: "..."
""",
    ),
    "line_without_colon": (
        """\
data
network: {layers: []}
""",
        """\
p.yaml:2:8: the line above has no colon (YAML: mapping values are not allowed here)
  received: network: {layers: []}
  hint: a key is a word, a colon and a blank: `units: 64`
""",
    ),
    "line_without_colon_below_others": (
        """\
seed: 1
diagnostics
network: {layers: []}
""",
        """\
p.yaml:3:1: the key on line 2 has no colon (YAML: could not find expected ':')
  received: network: {layers: []}
  hint: a key is a word, a colon and a blank: `units: 64`
""",
    ),
    "no_blank_behind_the_colon": (
        """\
data:
  path:a.csv
  target: y
""",
        """\
p.yaml:3:9: the key `path` above needs a blank behind its colon (YAML: mapping values are not allowed here)
  received: target: y
  hint: write `path: a.csv`
""",
    ),
    "key_indented_below_a_value": (
        """\
data: a.csv
  target: y
""",
        """\
p.yaml:2:9: this key is indented further than the one above, which has a value already (YAML: mapping values are not allowed here)
  received: target: y
  hint: keys of one mapping start in the same column, and those inside of a key further right
""",
    ),
    "key_indented_less_than_its_siblings": (
        """\
data:
    path: a.csv
  target: y
""",
        """\
p.yaml:3:3: this line is indented unlike the lines above (YAML: expected <block end>, but found '<block mapping start>')
  received: target: y
  hint: keys of one mapping start in the same column, and those inside of a key further right
""",
    ),
    "bracket_not_closed": (
        """\
network:
  layers: [64, 32
training: {}
""",
        """\
p.yaml:3:9: the list that starts with `[` on line 2 is not closed before this (YAML: expected ',' or ']', but got ':')
  received: training: {}
  hint: close it with `]`, or separate its values by commas
""",
    ),
    "brace_not_closed": (
        """\
data: {path: a.csv
network: {}
""",
        """\
p.yaml:2:8: the mapping that starts with `{` on line 1 is not closed before this (YAML: expected ',' or '}', but got ':')
  received: network: {}
  hint: close it with `}`, or separate its keys by commas
""",
    ),
    "bracket_closed_twice": (
        "data: {path: a.csv}}\n",
        """\
p.yaml:1:20: this `}` closes nothing (YAML: expected <block end>, but found '}')
  received: data: {path: a.csv}}
  hint: delete it
""",
    ),
    "two_commas": (
        "network: {layers: [64,, 32]}\n",
        """\
p.yaml:1:23: a value is missing before `,` (YAML: expected the node content, but found ',')
  received: network: {layers: [64,, 32]}
  hint: write a value there, or delete the `,`
""",
    ),
    "quote_not_closed": (
        """\
data:
  path: 'a.csv
  target: y
""",
        """\
p.yaml:2:9: a quote is opened here and never closed (YAML: found unexpected end of stream)
  received: path: 'a.csv
  hint: close the quote
""",
    ),
    "text_behind_a_quote": (
        """\
data:
  target: 'a' b
""",
        """\
p.yaml:2:15: there is text behind the end of a value (YAML: expected <block end>, but found '<scalar>')
  received: target: 'a' b
  hint: put the whole value in quotes
""",
    ),
    "backslash_in_double_quotes": (
        'data: {path: "C:\\data\\a.csv"}\n',
        "p.yaml:1:18: a backslash in double quotes starts an escape (YAML: found unknown escape character 'd')\n  received: data: {path: \"C:\\data\\a.csv\"}\n  hint: for a path of Windows use / or single quotes: 'C:\\data\\table.csv'\n",
    ),
    "pattern_without_quotes": (
        "data: {path: *.csv}\n",
        """\
p.yaml:1:15: `*` starts an alias of YAML, not a value (YAML: expected alphabetic or numeric character, but found '.')
  received: data: {path: *.csv}
  hint: put a pattern in quotes: "*.csv"
""",
    ),
    "alias_of_nothing": (
        "data: {path: *all}\n",
        """\
p.yaml:1:14: `*all` is an alias of YAML, and nothing in this text has that name (YAML: found undefined alias 'all')
  received: data: {path: *all}
  hint: put the text in quotes: "..."
""",
    ),
    "at_sign": (
        "data: {target: @y}\n",
        """\
p.yaml:1:16: a value cannot start with `@` (YAML: found character '@' that cannot start any token)
  received: data: {target: @y}
  hint: put the text in quotes: "..."
""",
    ),
    "percent_sign": (
        "data: {target: %}\n",
        """\
p.yaml:1:16: a value cannot start with `%` (YAML: found character '%' that cannot start any token)
  received: data: {target: %}
  hint: put the text in quotes: "..."
""",
    ),
    "list_behind_a_key": (
        """\
network:
  layers: - 64
""",
        """\
p.yaml:2:11: a list cannot start here (YAML: sequence entries are not allowed here)
  received: layers: - 64
  hint: write each `- value` on a line of its own
""",
    ),
    "list_goes_over_into_a_mapping": (
        """\
- seed: 1
network: {}
""",
        """\
p.yaml:2:1: a list above goes over into something else here (YAML: expected <block end>, but found '?')
  received: network: {}
  hint: keys of one mapping start in the same column, and those inside of a key further right
""",
    ),
    "two_documents": (
        """\
seed: 1
---
seed: 2
""",
        """\
p.yaml:2:1: a second document starts here (YAML: expected a single document in the stream: but found another document)
  received: ---
  hint: one file is one config: delete the line `---`
""",
    ),
    "text_behind_the_document": (
        """\
seed: 1
...
seed: 2
""",
        """\
p.yaml:3:1: there is text behind the end of the document (YAML: expected '<document start>', but found '<block mapping start>')
  received: seed: 2
  hint: delete the line `...` or the bracket too many above
""",
    ),
    "impossible_escape": (
        'run: {name: "\\UFFFFFFFF"}\n',
        """\
p.yaml:1:16: this is no YAML: a number is too large here
""",
    ),
    "nul": (
        "seed: \x00\n",
        """\
p.yaml:1:7: this is no text: it has a NUL character
""",
    ),
    "invisible_character": (
        "seed: 1\nrun: {name: a\x07}\n",
        """\
p.yaml:2:14: the invisible character U+0007 cannot stand in YAML
""",
    ),
    "brackets_10000": (
        "seed: " + "[" * 10_000,
        """\
p.yaml:1:46: nested deeper than 40 levels; a config needs 6
""",
    ),
    "braces_10000": (
        "{a: " * 10_000,
        """\
p.yaml:1:158: nested deeper than 40 levels; a config needs 6
""",
    ),
    "lists_10000": (
        "- " * 10_000,
        """\
p.yaml:1:81: nested deeper than 40 levels; a config needs 6
""",
    ),
    "alias_bomb": (
        ALIAS_BOMB,
        """\
p.yaml:1:29: aliases (`*name`) make this file many times larger than it is written
  hint: write the values out; a config needs no aliases
""",
    ),
    "alias_bomb_of_merge_keys": (
        MERGE_BOMB,
        """\
p.yaml:1:23: aliases (`*name`) make this file many times larger than it is written
  hint: write the values out; a config needs no aliases
""",
    ),
    "alias_inside_of_itself": (
        "a: &a [*a]\n",
        """\
p.yaml:1:4: nested deeper than 40 levels; a config needs 6
""",
    ),
    "empty": (
        "",
        """\
p.yaml: this config is empty
  expected: a mapping with the keys `data` and `network`
  hint: fcnn init TABLE.csv --target COLUMN writes a config
""",
    ),
    "comment_only": (
        "# fcnn train p.yaml\n",
        """\
p.yaml: this config is empty
  expected: a mapping with the keys `data` and `network`
  hint: fcnn init TABLE.csv --target COLUMN writes a config
""",
    ),
    "null": (
        "null\n",
        """\
p.yaml: this config is empty
  expected: a mapping with the keys `data` and `network`
  hint: fcnn init TABLE.csv --target COLUMN writes a config
""",
    ),
    "word": (
        "hello\n",
        """\
p.yaml: a config is a mapping, and this is text
  expected: a mapping with the keys `data` and `network`
  received: "hello"
""",
    ),
    "number": (
        "42\n",
        """\
p.yaml: a config is a mapping, and this is a whole number
  expected: a mapping with the keys `data` and `network`
  received: 42
""",
    ),
    "list": (
        """\
- data
- network
""",
        """\
p.yaml: a config is a mapping, and this is a list
  expected: a mapping with the keys `data` and `network`
  received: ["data", "network"]
""",
    ),
    "table": (
        """\
sepal,petal,species
1.0,2.0,setosa
""",
        """\
p.yaml: a config is a mapping, and this is text
  expected: a mapping with the keys `data` and `network`
  received: "sepal,petal,species 1.0,2.0,setosa"
  hint: to train on a table without a config: fcnn train p.yaml --target COLUMN
""",
    ),
    "tag_around_everything": (
        "!!python/dict {data: 1}\n",
        """\
p.yaml:1:1: the tag `!!python/dict` is refused: a config is data, nothing in it is executed
  hint: leave the tag out; for text use quotes: "..."
""",
    ),
    "utf_16": (
        DATA.encode("utf-16"),
        """\
p.yaml: this is no UTF-8 text; it looks like UTF-16
  hint: save the file as UTF-8
""",
    ),
    "utf_16_without_a_mark": (
        DATA.encode("utf-16-le"),
        """\
p.yaml: this is no UTF-8 text; it looks like UTF-16
  hint: save the file as UTF-8
""",
    ),
    "gbk": (
        "# 数据\ndata: {path: 数据.csv}\n".encode("gbk"),
        """\
p.yaml:1: this is no UTF-8 text
  received: the byte 0xCA
  hint: save the file as UTF-8; an editor may call what it is now ANSI, GBK or cp1252
""",
    ),
    "latin_1": (
        "seed: 1\nrun: {name: Müller}\n".encode("latin-1"),
        """\
p.yaml:2: this is no UTF-8 text
  received: the byte 0xFC
  hint: save the file as UTF-8; an editor may call what it is now ANSI, GBK or cp1252
""",
    ),
    "too_large": (
        b"# " + b"x" * 1_000_000,
        """\
p.yaml: this is too large for a config
  expected: at most 1 MB
  received: 1.0 MB
""",
    ),
    "question_mark_in_brackets": (
        "data: {path: [a?.csv]}\n",
        """\
p.yaml:1:16: within brackets a `?` starts a key of YAML (YAML: expected ',' or ']', but got '?')
  received: data: {path: [a?.csv]}
  hint: put the text in quotes: "..."
""",
    ),
    "undefined_tag_handle": (
        "a: !x!y z",
        """\
p.yaml:1:4: `!` starts a tag of YAML, and tags are refused (YAML: found undefined tag handle '!x!')
  received: a: !x!y z
  hint: put the text in quotes: "..."
""",
    ),
    "duplicate_anchor": (
        """\
a: &x 1
b: &x 2
""",
        """\
p.yaml:2:4: `&` gives a name here that is given above already (YAML: found duplicate anchor 'x'; first occurrence: second occurrence)
  received: b: &x 2
  hint: put the text in quotes: "..."
""",
    ),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_what_cannot_be_read_is_explained(judge, text, expected):
    assert judge(text) == [expected.rstrip("\n")]
