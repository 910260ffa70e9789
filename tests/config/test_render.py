"""A config written as YAML and read back."""

import random

import pytest
import yaml

from fcnn.config import Config, config_from_mapping, resolved_yaml
from fcnn.config.reading import parse_document
from fcnn.config.render import to_yaml
from fcnn.config.structs import plain

NAMES = [
    "no", "yes", "on", "y", "1e3", "1.5", "007", "0x1F", "null", "~", "true", "", " ", "ünï", "中文", "a: b", "- a",
    "#x", "x #y", "'", '"', "\\", "a\nb", "a\n\nb ", "\ttab", "trailing ", "🐧", "*", "&a", "!t", "%", "@", "`", "<<",
    "=", "?", ":", "[a]", "{a}", "a,b", "2024-01-31", "1:30", "1_000", ".inf", "...", "---", "\u2028", "\x85", "\ufeff",
    "x" * 300, "two words " * 40,
]  # fmt: skip
FLOATS = [0.1, 1e-7, 1e22, 1.7976931348623157e308, 5e-324, 0.30000000000000004, 3.0, 123456789.0, 1e16]


def read_back(text):
    document, findings = parse_document(text, "p.yaml")
    assert findings == []
    return document.value


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_any_text_is_read_back_as_value_and_as_key(name):
    value = {"a": {name: name, "z": [name]}}
    assert read_back(to_yaml(value)) == value


@pytest.mark.parametrize("number", [*FLOATS, *(-number for number in FLOATS), 0, 7, -(2**62), True, False, None])
def test_any_number_is_read_back_exactly(number):
    back = read_back(to_yaml({"a": number}))["a"]
    assert (back, type(back)) == (number, type(number))


def test_random_texts_are_read_back():
    generator = random.Random(3)
    letters = "ab01.-+eExo_:#'\"\\ \n\t[]{},&*!|>%@`?~é中\u2028🐧"
    for _ in range(500):
        text = "".join(generator.choice(letters) for _ in range(generator.randrange(12)))
        assert read_back(to_yaml({"a": text, "b": {text: [text]}})) == {"a": text, "b": {text: [text]}}


@pytest.mark.parametrize("name", [name for name in NAMES if name != "<<"], ids=ascii)
def test_readers_of_yaml_1_1_see_the_same_texts(name):
    assert yaml.safe_load(to_yaml({"a": [name]})) == {"a": [name]}


CONFIGS = {
    "the least": {},
    "numbers of units": {"network": {"layers": [64, 32]}},
    "no layers": {"network": {"layers": []}},
    "names of classes": {"training": {"class_weight": dict.fromkeys(NAMES, 0.1)}},
    "columns and paths": {
        "data": {
            "path": ["a.csv", "中文 b.csv"],
            "target": "class",
            "drop": NAMES,
            "columns": {"a.b": {"type": "number"}},
        }
    },
    "positive as text": {"data": {"positive": "1"}},
    "positive as number": {"data": {"positive": 1}},
    "positive as truth": {"data": {"positive": True}},
    "floats": {"training": {"optimizer": {"name": "adam", "learning_rate": 0.30000000000000004, "epsilon": 1e-16}}},
    "an optimizer's name": {"training": {"optimizer": "sgd", "learning_rate_schedule": "cosine"}},
    "turned off": {"training": {"early_stopping": None, "learning_rate_schedule": None}, "diagnostics": False},
    "a start of a bias and factors": {
        "network": {
            "layers": [{"units": 8, "bias_initializer": {"name": "truncated_normal", "stddev": 0.5}}],
            "learning_rate_factors": {"bias": 0.1},
        }
    },
    "an activation with a slope": {
        "network": {"layers": [{"units": 8, "activation": {"name": "leaky_relu", "negative_slope": 0.1}}]}
    },
}


@pytest.mark.parametrize("sections", CONFIGS.values(), ids=CONFIGS)
def test_a_resolved_config_is_read_back_to_the_same_config(unchecked, load, sections):
    config = unchecked(**sections)
    text = resolved_yaml(config)
    again = load(text).config
    assert plain(again) == plain(config)
    assert resolved_yaml(again) == text


def test_the_resolved_config_is_written_in_order_without_flow_and_escapes():
    config: Config = config_from_mapping(
        {"data": {"path": "企鹅.csv", "target": "no"}, "network": {"layers": [8]}, "training": {"epochs": 3}}
    ).config
    assert resolved_yaml(config) == EXPECTED


EXPECTED = """\
preset: null
data:
  path: 企鹅.csv
  target: 'no'
  task: auto
  features: null
  drop: []
  columns: {}
  split:
    validation: 0.15
    test: 0.15
    method: auto
    column: null
  validation_path: null
  test_path: null
  positive: null
  weight: null
  encoding: null
  missing: null
  memory: auto
  scaler: standard
  smooth_clip: null
network:
  layers:
    - units: 8
      activation: relu
      kernel_initializer: auto
      use_bias: true
      bias_initializer: zeros
      batch_normalization: false
      dropout: 0.0
      l1: 0.0
      l2: 0.0
  numeric_embedding: null
  categorical_embedding: null
  input_scale: false
  parametrization: standard
  learning_rate_factors:
    bias: 1.0
    activation: 1.0
    input_scale: 1.0
    numeric_embedding: 1.0
  output:
    activation: auto
    kernel_initializer: auto
    clip: false
training:
  epochs: 3
  batch_size: auto
  optimizer:
    name: adam
    learning_rate: 0.001
    beta_1: 0.9
    beta_2: 0.999
    epsilon: 1.0e-07
    amsgrad: false
  loss: auto
  learning_rate_schedule:
    name: constant
  early_stopping:
    patience: 20
    min_delta: 0.0
  class_weight: null
  clipnorm: null
  compile: auto
  devices: auto
  time_limit: null
  initial_weights: null
  threads: null
  tensorboard: false
  label_smoothing: 0.0
  weight_averaging: null
decision:
  calibration: null
  threshold: null
seed: 42
diagnostics: true
report:
  language: auto
  importance: true
run:
  dir: runs
  name: null
  plots: true
search: null
"""
