"""What a readable file says, and where."""

import pytest

from fcnn.config.reading import parse_document

TEXT = """\
# fcnn train penguins.yaml
data:
  path: ../data/penguins.csv
  drop: [rowid, "a.b"]
network:
  layers:
    - {units: 64, activation: relu}
    - 32
"""

PLACES = {
    ("data",): ("p.yaml:3:3 data", "p.yaml:2:1 data"),
    ("data", "path"): ("p.yaml:3:9 data.path", "p.yaml:3:3 data.path"),
    ("data", "drop", 1): ("p.yaml:4:17 data.drop[1]", "p.yaml:4:17 data.drop[1]"),
    ("network", "layers"): ("p.yaml:7:5 network.layers", "p.yaml:6:3 network.layers"),
    ("network", "layers", 0): ("p.yaml:7:7 network.layers[0]", "p.yaml:7:7 network.layers[0]"),
    ("network", "layers", 0, "activation"): (
        "p.yaml:7:31 network.layers[0].activation",
        "p.yaml:7:19 network.layers[0].activation",
    ),
    ("network", "layers", 1, "dropout"): ("p.yaml:8:7 network.layers[1].dropout",) * 2,
    ("network", "output", "activation"): ("p.yaml:5:1 network.output.activation",) * 2,
    ("training", "epochs"): ("p.yaml training.epochs",) * 2,
}


@pytest.mark.parametrize(("path", "places"), PLACES.items(), ids=str)
def test_a_value_and_its_key_are_located(path, places):
    document, findings = parse_document(TEXT, "p.yaml")
    assert findings == []
    assert (document.locate(path), document.locate(path, at_key=True)) == places


def values(text):
    document, findings = parse_document(text, "p.yaml")
    assert findings == []
    return document.value


SAME = {
    "a number as key is text": ("{1: a, 1.0: b, 007: c, true: d, no: e, ~: f}",
                                {"1": "a", "1.0": "b", "007": "c", "true": "d", "no": "e", "~": "f"}),
    "quotes make text": ("{a: '1', b: \"true\", c: ''}", {"a": "1", "b": "true", "c": ""}),
    "an empty key in quotes": ("{'': 1}", {"": 1}),
    "an alias": ("{a: &x [1, 2], b: *x}", {"a": [1, 2], "b": [1, 2]}),
    "a merge": ("{a: &x {k: 1, l: 2}, b: {<<: *x, l: 3}}", {"a": {"k": 1, "l": 2}, "b": {"k": 1, "l": 3}}),
    "a merge of two": ("{a: {<<: [{k: 1}, {k: 2, l: 3}]}}", {"a": {"k": 1, "l": 3}}),
    "JSON": ('{"a": [1, 2.5, true, null, "x"]}', {"a": [1, 2.5, True, None, "x"]}),
    "a folded text": ("a: >-\n  x\n  y\n", {"a": "x y"}),
    "words of Chinese": ("类别: 中文", {"类别": "中文"}),
    "a document start": ("---\na: 1\n", {"a": 1}),
    "line ends of Windows": ("a: 1\r\nb:\r\n  - 2\r\n", {"a": 1, "b": [2]}),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SAME.values(), ids=SAME)
def test_a_text_is_read(text, expected):
    assert values(text) == expected


def test_a_byte_order_mark_is_not_part_of_the_first_key(load):
    text = "data: {path: a.csv, target: y}\nnetwork: {layers: [8]}\n"
    assert load(text.encode("utf-8-sig")).config.data.target == "y"


def test_aliases_within_reason_are_allowed():
    text = f"a: &a [{', '.join('x' * 1000)}]\n" + "".join(f"b{i}: *a\n" for i in range(9))
    assert len(values(text)) == 10


def test_too_many_values_are_no_config(judge, monkeypatch):
    monkeypatch.setattr("fcnn.config.text.MOST_VALUES", 100)
    assert judge(f"a: [{'1,' * 97}]") != judge(f"a: [{'1,' * 98}]")
    assert judge(f"a: [{'1,' * 98}]") == ["p.yaml:1:199: more than 100 values; a config has dozens"]


def test_forty_levels_are_allowed_and_one_more_is_not(judge):
    assert values("a: " + "[" * 38 + "]" * 38)
    assert "nested deeper" in judge("a: " + "[" * 40 + "]" * 40)[0]
