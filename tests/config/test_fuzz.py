"""Random configs: bounded in number, the same ones in every run."""

import random
import string
from contextlib import suppress

import msgspec
import pytest

from fcnn.config import config_from_mapping
from fcnn.config.convert import find_problems
from fcnn.config.document import Document
from fcnn.config.overrides import apply_overrides
from fcnn.config.reading import decode, parse_document
from fcnn.config.structs import Config
from fcnn.errors import ConfigError

GOOD = """\
data:
  path: [a.csv, "b c.csv"]
  target: &target species
  columns: {year: {type: category}, "a.b": {type: number}}
network:
  layers:
    - {units: 64, activation: relu, dropout: 0.1}
    - 32
training:
  optimizer: {name: adam, learning_rate: 1e-3}
  early_stopping: null
seed: 42
"""

PIECES = [
    *string.printable, "\0", "\x07", "\ufeff", "\u2028", "\ud800", "é", "中", "🐧", "&a ", "*a ", "<<: ", "!x ", "? ",
    "!!python/none ", "- ", ": ", "---\n", "...\n", "%YAML 9.9\n", "%TAG ! x\n", "|\n", ">-\n", '"\\', '"\\UFFFFFFFF"',
    ".inf", "1e999", "9" * 400, "data", "network", "layers", "units", "training", "optimizer", "name", "adam", "sgd",
    "seed", "null", "true", "yes", "0", "-1", "1.5", '"64"', "[]", "{}",
]  # fmt: skip

VALUES = [
    None, True, False, 0, 1, 8, -1, 2**40, 0.0, 0.5, 1.0, 3.5, -0.1, 1e300, "", "8", "relu", "adam", "step", "auto",
    "balanced", "no", [], ["a"], [8], [[8]], {}, {"units": 8}, {"name": "sgd"}, {"name": "plateau"}, {"name": 3},
    {"patience": 3}, {"type": "number"}, {"x": {"type": "category"}}, {"x": 1}, {"name": "adam", "momentum": 0.5},
    {"name": "leaky_relu", "negative_slope": 0.1},
]  # fmt: skip


def paths_in(value, path=()):
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from paths_in(inner, (*path, key))


def full():
    """A config in which every section is written out."""
    config = config_from_mapping({"data": {"path": "a.csv", "target": "y"}, "network": {"layers": [{"units": 8}, 4]}})
    return msgspec.to_builtins(config.config)


def test_no_text_gives_anything_but_a_document_or_a_config_error():
    generator = random.Random(1)
    for _ in range(600):
        text = list(GOOD) if generator.random() < 0.7 else []
        for _ in range(generator.randrange(1, 12)):
            at = generator.randrange(len(text) + 1)
            text[at : at + generator.choice([0, 0, 1, 5])] = generator.choice(PIECES)
        try:
            document, _ = parse_document("".join(text), "p.yaml")
        except ConfigError as error:
            places = [problem.where for problem in error.problems]
        else:
            places = [problem.where for problem in document.in_order(find_problems(document.value))]
        assert all(place.startswith("p.yaml") for place in places)


def test_no_bytes_give_anything_but_text_or_a_config_error():
    generator = random.Random(2)
    for _ in range(1500):
        raw = bytes(generator.choice([10, 58, 0, 65, 128, 195, 255]) for _ in range(generator.randrange(12)))
        with suppress(ConfigError):
            parse_document(decode(raw, "p.yaml"), "p.yaml")


def test_no_override_gives_anything_but_a_document_or_problems():
    generator = random.Random(4)
    document, _ = parse_document(GOOD, "p.yaml")
    pieces = [*"=.[]'\"0129 -*", "network", "layers", "data", "columns", "training", "optimizer", "{a: 1}", "!x"]
    for _ in range(1000):
        argument = "".join(generator.choice(pieces) for _ in range(generator.randrange(9)))
        changed, problems = apply_overrides(document, [argument])
        assert isinstance(changed.value, dict)
        assert all(problem.where.startswith("override ") for problem in problems)
        changed.in_order(find_problems(changed.value))


def test_the_walk_finds_a_problem_exactly_where_msgspec_does():
    generator = random.Random(5)
    for _ in range(1000):
        config = full()
        for _ in range(generator.randrange(1, 3)):
            spoil(config, generator)
        assert bool(find_problems(config)) == (not is_convertible(config)), config


def spoil(config, generator):
    """Put some value in some place of the config, or a key that is unknown there."""
    path = generator.choice(list(paths_in(config))[1:])
    container = config
    for segment in path[:-1]:
        container = container[segment]
    if isinstance(container, dict) and generator.random() < 0.1:
        container[generator.choice(["units", "x", "name"])] = generator.choice(VALUES)
    elif isinstance(container, dict) and generator.random() < 0.1:
        del container[path[-1]]
    else:
        container[path[-1]] = generator.choice(VALUES)


def is_convertible(config):
    try:
        msgspec.convert(config, Config)
    except msgspec.ValidationError:
        return False
    return True


@pytest.mark.parametrize("path", list(paths_in(full()))[1:], ids=str)
def test_a_mapping_in_any_place_is_found_with_its_path(path):
    config = full()
    container = config
    for segment in path[:-1]:
        container = container[segment]
    container[path[-1]] = {"no such key": object()}
    document = Document(config)
    findings = find_problems(document.value)
    if path != ("data", "columns"):
        assert findings
    assert all(finding.path[: len(path)] == path for finding in findings)
