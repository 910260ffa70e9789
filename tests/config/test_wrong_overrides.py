"""Overrides that cannot be applied, or that make a config wrong."""

# ruff: noqa: E501 - messages are written out as they are printed
import pytest

TEXT = "data: {path: a.csv, target: y}\nnetwork: {layers: [8]}\n"

CASES = {
    "unknown_key": (
        ["training.epoch=3"],
        """\
override 'training.epoch=3': unknown key `epoch`
  hint: did you mean `epochs`?
""",
    ),
    "key_too_high": (
        ["epochs=3"],
        """\
override 'epochs=3': unknown key `epochs`
  hint: `epochs` belongs into training
""",
    ),
    "wrong_kind": (
        ["training.epochs=three"],
        """\
override 'training.epochs=three': text stands where a whole number belongs
  expected: a whole number >= 1
  received: "three"
""",
    ),
    "out_of_range": (
        ["training.epochs=0"],
        """\
override 'training.epochs=0': 0 is too small
  expected: a whole number >= 1
""",
    ),
    "unknown_name": (
        ["network.layers[0]={units: 8, activation: rellu}"],
        """\
override 'network.layers[0]={units: 8, activation: rellu}' network.layers[0].activation: unknown activation `rellu`
  expected: one of elu, exponential, gelu, hard_sigmoid, leaky_relu, linear, mish, relu, selu, sigmoid, silu, softmax, softplus, softsign, swish, tanh, or a mapping with `name`
  hint: did you mean `relu`?
""",
    ),
    "inside_of_the_value": (
        ["training.optimizer={name: sgd, momentun: 0.9}"],
        """\
override 'training.optimizer={name: sgd, momentun: 0.9}' training.optimizer.momentun: unknown key `momentun`
  hint: did you mean `momentum`?
""",
    ),
    "tag_inside_of_the_value": (
        ["run.name=!x y"],
        """\
override 'run.name=!x y': the tag `!x` is refused: a config is data, nothing in it is executed
  hint: leave the tag out; for text use quotes: "..."
""",
    ),
    "infinity": (
        ["training.clipnorm=.inf"],
        """\
override 'training.clipnorm=.inf': `.inf` is no finite number
""",
    ),
    "syntax": (
        ["training.epochs=[3"],
        """\
override 'training.epochs=[3': the list that starts with `[` on line 1 is not closed before this (YAML: expected ',' or ']', but got '<stream end>')
  received: [3
  hint: close it with `]`, or separate its values by commas
""",
    ),
    "option_of_another_optimizer": (
        ["training.optimizer.momentum=0.9"],
        """\
override 'training.optimizer.momentum=0.9': `momentum` is an option of sgd and rmsprop, not of adam
  expected: adam has learning_rate, beta_1, beta_2, epsilon, amsgrad
""",
    ),
    "index_beyond_the_end": (
        ["network.layers[2]=8"],
        """\
override 'network.layers[2]=8': network.layers has no [2]
  expected: an index from 0 to 1; 1 appends
""",
    ),
    "index_beyond_the_end_of_nothing": (
        ["data.drop[1]=x"],
        """\
override 'data.drop[1]=x': data.drop has no [1]
  expected: the index 0, which appends
""",
    ),
    "name_for_an_index": (
        ["network.layers.units=8"],
        """\
override 'network.layers.units=8': network.layers is a list
  hint: say which of its values: network.layers[0].units
""",
    ),
    "negative_index": (
        ["network.layers[-1]=8"],
        """\
override 'network.layers[-1]=8': [-1] is no index: the first value of a list is [0]
  expected: key=value, such as training.epochs=50
""",
    ),
    "index_without_a_list": (
        ["[0]=8"],
        """\
override '[0]=8': an index in brackets follows the name of a list
  expected: key=value, such as training.epochs=50
""",
    ),
    "into_a_number": (
        ["seed.x=8", "training.epochs=1", "training.epochs.x=3"],
        """\
override 'seed.x=8': a mapping stands where a whole number belongs
  expected: a whole number >= 0 and < 2147483648
  received: {x: 8}
override 'training.epochs.x=3': training.epochs is a plain value: nothing is inside of it
  hint: write training.epochs=...
""",
    ),
    "two_dots": (
        ["training..epochs=3"],
        """\
override 'training..epochs=3': `..epochs` cannot be read as a key
  expected: key=value, such as training.epochs=50
""",
    ),
    "nothing_before_the_equals_sign": (
        ["=3"],
        """\
override '=3': there is no key before the `=`
  expected: key=value, such as training.epochs=50
""",
    ),
    "nothing": (
        [""],
        """\
override '': this is no override
  expected: key=value, such as training.epochs=50
""",
    ),
    "option_of_a_command_line": (
        ["--epochs"],
        """\
override '--epochs': this is no override
  expected: key=value, such as training.epochs=50
  hint: write training.epochs=VALUE
""",
    ),
    "option_with_value": (
        ["--batch-size=32"],
        """\
override '--batch-size=32': this is no override
  expected: key=value, such as training.epochs=50
  hint: write training.batch_size=32
""",
    ),
    "option_with_blank": (
        ["--lr 0.1"],
        """\
override '--lr 0.1': this is no override
  expected: key=value, such as training.epochs=50
  hint: write training.optimizer.learning_rate=0.1
""",
    ),
    "colon": (
        ["training.epochs: 3"],
        """\
override 'training.epochs: 3': this is no override
  expected: key=value, such as training.epochs=50
  hint: write training.epochs=3
""",
    ),
    "key_only": (
        ["epochs"],
        """\
override 'epochs': this is no override
  expected: key=value, such as training.epochs=50
  hint: write training.epochs=VALUE
""",
    ),
    "table": (
        ["other.csv"],
        """\
override 'other.csv': this is no override
  expected: key=value, such as training.epochs=50
  hint: write data.path=other.csv
""",
    ),
    "second_config": (
        ["b.yaml"],
        """\
override 'b.yaml': this is no override
  expected: key=value, such as training.epochs=50
  hint: one config at a time
""",
    ),
    "sentence": (
        ["what is this?"],
        """\
override 'what is this?': this is no override
  expected: key=value, such as training.epochs=50
""",
    ),
    "quoted_key": (
        ['data.columns."a.b".type=text'],
        """\
override 'data.columns."a.b".type=text': unknown type `text`
  expected: one of auto, boolean, category, date, number
  hint: did you mean `category`?
""",
    ),
    "two_wrong_ones": (
        ["training.epochs=0", "seed=x"],
        """\
override 'training.epochs=0': 0 is too small
  expected: a whole number >= 1
override 'seed=x': text stands where a whole number belongs
  expected: a whole number >= 0 and < 2147483648
  received: "x"
""",
    ),
    "missing_name": (
        ["training.learning_rate_schedule.factor=0.1"],
        """\
override 'training.learning_rate_schedule.factor=0.1': the key `name` is missing: which learning rate schedule?
  expected: one of constant, cosine, step, exponential, plateau, coslog4, flat_cosine
  hint: such as `name: step`
""",
    ),
    "a_check": (
        ["data.split.test=0.9"],
        """\
override 'data.split.test=0.9': validation and test leave no rows to train on
  expected: validation + test < 1
  received: 0.15 + 0.9 = 1.05
  hint: such as {validation: 0.15, test: 0.15}
""",
    ),
    "a_warning": (
        ["training.optimizer={name: sgd, learning_rate: 100}"],
        """\
override 'training.optimizer={name: sgd, learning_rate: 100}' training.optimizer.learning_rate: a learning rate of 100 is out of any reason for sgd: the loss will blow up
  hint: the default of sgd is 0.01
""",
    ),
}


@pytest.mark.parametrize(("arguments", "expected"), CASES.values(), ids=CASES)
def test_a_wrong_override_is_explained(judge, arguments, expected):
    assert "\n".join(judge(TEXT, *arguments)) == expected.rstrip("\n")
