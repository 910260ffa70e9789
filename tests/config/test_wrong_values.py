"""What the types forbid, and what is refused value by value: every problem of a file, word by word."""

# ruff: noqa: E501 - messages are written out as they are printed
import pytest

DATA = "data: {path: a.csv, target: y}\n"
NETWORK = "network: {layers: [8]}\n"

CASES = {
    "key_twice": (
        DATA
        + NETWORK
        + """\
training:
  epochs: 3
  batch_size: 8
  epochs: 4
""",
        """\
p.yaml:6:3 training.epochs: the key `epochs` is on line 4 already
  hint: delete one of the two: the other would be ignored
""",
    ),
    "section_twice": (
        DATA + NETWORK + "data: {path: b.csv, target: z}\n",
        """\
p.yaml:3:1 data: the key `data` is on line 1 already
  hint: delete one of the two: the other would be ignored
""",
    ),
    "class_twice_once_quoted": (
        DATA + NETWORK + 'training: {class_weight: {1: 2, "1": 3}}\n',
        """\
p.yaml:3:33 training.class_weight.1: the key `1` is on line 3 already
  hint: delete one of the two: the other would be ignored
""",
    ),
    "tag_of_python": (
        DATA + NETWORK + "run: {name: !!python/object/apply:os.system [ls]}\n",
        """\
p.yaml:3:13 run.name: the tag `!!python/object/apply:os.system` is refused: a config is data, nothing in it is executed
  hint: leave the tag out; for text use quotes: "..."
""",
    ),
    "tag_of_yaml": (
        DATA + NETWORK + "seed: !!int 3\n",
        """\
p.yaml:3:7 seed: the tag `!!int` is refused: a config is data, nothing in it is executed
  hint: leave the tag out; for text use quotes: "..."
""",
    ),
    "tag_of_ones_own": (
        DATA + NETWORK + "run: {name: !name x}\n",
        """\
p.yaml:3:13 run.name: the tag `!name` is refused: a config is data, nothing in it is executed
  hint: leave the tag out; for text use quotes: "..."
""",
    ),
    "infinity": (
        DATA + NETWORK + "training: {clipnorm: .inf}\n",
        """\
p.yaml:3:22 training.clipnorm: `.inf` is no finite number
""",
    ),
    "number_beyond_floats": (
        DATA + NETWORK + "training: {clipnorm: 1e400}\n",
        """\
p.yaml:3:22 training.clipnorm: `1e400` is no finite number
""",
    ),
    "empty_key": (
        DATA + NETWORK + "run: {: x}\n",
        """\
p.yaml:3:7: this is no YAML (YAML: expected the node content, but found ':')
  received: run: {: x}
""",
    ),
    "list_as_key": (
        DATA + NETWORK + "run: {[a, b]: x}\n",
        """\
p.yaml:3:7 run: a key must be a word
  hint: a key is a word, a colon and a blank: `units: 64`
""",
    ),
    "merge_of_a_word": (
        DATA + NETWORK + "run: {<<: x}\n",
        """\
p.yaml:3:11 run."<<": `<<` takes a mapping
""",
    ),
    "misspelt_key": (
        DATA
        + """\
network:
  layers:
    - {units: 64, activaton: relu}
""",
        """\
p.yaml:4:19 network.layers[0].activaton: unknown key `activaton`
  hint: did you mean `activation`?
""",
    ),
    "misspelt_section": (
        DATA + NETWORK + "traning: {epochs: 3}\n",
        """\
p.yaml:3:1 traning: unknown key `traning`
  hint: did you mean `training`?
""",
    ),
    "key_of_another_library": (
        DATA + "network: {layers: [{neurons: 64}]}\n",
        """\
p.yaml:2:20 network.layers[0]: the key `units` is missing
  expected: a whole number >= 1
  hint: such as {units: 64, activation: relu}
p.yaml:2:21 network.layers[0].neurons: unknown key `neurons`
  hint: did you mean `units`?
""",
    ),
    "key_too_high": (
        DATA + "layers: [64]\n" + NETWORK,
        """\
p.yaml:2:1 layers: unknown key `layers`
  hint: `layers` belongs into network
""",
    ),
    "epochs_too_high": (
        DATA + NETWORK + "epochs: 3\n",
        """\
p.yaml:3:1 epochs: unknown key `epochs`
  hint: `epochs` belongs into training
""",
    ),
    "path_too_high": (
        """\
path: a.csv
target: y
"""
        + NETWORK,
        """\
p.yaml: the key `data` is missing
  expected: a mapping with `path` and `target`
  hint: such as data: {path: table.csv, target: COLUMN}
p.yaml:1:1 path: unknown key `path`
  hint: `path` belongs into data
p.yaml:2:1 target: unknown key `target`
  hint: `target` belongs into data
""",
    ),
    "seed_too_low": (
        DATA + NETWORK + "training: {seed: 3}\n",
        """\
p.yaml:3:12 training.seed: unknown key `seed`
  hint: `seed` belongs to the top level, beside `data` and `network`
""",
    ),
    "learning_rate_too_high": (
        DATA + NETWORK + "training: {learning_rate: 0.1}\n",
        """\
p.yaml:3:12 training.learning_rate: unknown key `learning_rate`
  hint: `learning_rate` belongs into training.optimizer
""",
    ),
    "abbreviation_too_high": (
        DATA + NETWORK + "training: {lr: 0.1}\n",
        """\
p.yaml:3:12 training.lr: unknown key `lr`
  hint: did you mean `training.optimizer.learning_rate`?
""",
    ),
    "units_too_high": (
        DATA + "network: {layers: [8], units: 3}\n",
        """\
p.yaml:2:24 network.units: unknown key `units`
  hint: `units` belongs into network.layers[..] or network.numeric_embedding
""",
    ),
    "key_like_nothing": (
        DATA + NETWORK + "run: {colour: red}\n",
        """\
p.yaml:3:7 run.colour: unknown key `colour`
  hint: known: dir, name, plots
""",
    ),
    "key_unprintable": (
        DATA + NETWORK + 'run: {"a\\nb": red}\n',
        """\
p.yaml:3:7 run."a\\nb": unknown key "a\\nb"
  hint: known: dir, name, plots
""",
    ),
    "kind_of_layer": (
        DATA + "network: {layers: [{type: dense, units: 8}]}\n",
        """\
p.yaml:2:21 network.layers[0].type: unknown key `type`
  hint: every layer is fully connected: write {units: 64, activation: relu}
""",
    ),
    "a_word_for_a_column": (
        "data: {path: a.csv, target: y, columns: {x: number}, split: time}\n" + NETWORK + "# end\n",
        """\
p.yaml:1:45 data.columns.x: text stands where a mapping belongs
  expected: a mapping
  received: "number"
  hint: write {type: number}
p.yaml:1:61 data.split: text stands where a mapping belongs
  expected: a mapping
  received: "time"
  hint: write {method: time}
""",
    ),
    "layers_as_in_keras": (
        DATA + "network: {layers: [Dense: 8]}\n",
        """\
p.yaml:2:20 network.layers[0].Dense: unknown key `Dense`
  hint: every layer is fully connected: write {units: 64, activation: relu}
p.yaml:2:20 network.layers[0]: the key `units` is missing
  expected: a whole number >= 1
  hint: such as {units: 64, activation: relu}
""",
    ),
    "missing_target": (
        "data: {path: a.csv}\n" + NETWORK,
        """\
p.yaml:1:1 data: the key `target` is missing
  expected: text (The column to predict)
  hint: such as target: COLUMN
""",
    ),
    "missing_path": (
        """\
data:
  target: y
"""
        + NETWORK,
        """\
p.yaml:1:1 data: the key `path` is missing
  expected: text, or a list of text (The CSV, relative to this file; a list or a glob is one table in parts)
  hint: such as path: table.csv
""",
    ),
    "missing_network": (
        DATA,
        """\
p.yaml: the key `network` is missing
  expected: a mapping with `layers`
  hint: such as network: {layers: [64, 32]}, or `preset: strong`
""",
    ),
    "missing_data": (
        NETWORK,
        """\
p.yaml: the key `data` is missing
  expected: a mapping with `path` and `target`
  hint: such as data: {path: table.csv, target: COLUMN}
""",
    ),
    "missing_layers": (
        DATA + "network: {}\n",
        """\
p.yaml:2:1 network: the key `layers` is missing
  expected: a list of whole numbers >= 1 or mappings with `units` (A number is a layer of so many units with relu; [] is linear)
  hint: such as layers: [64, 32]
""",
    ),
    "missing_units": (
        DATA + "network: {layers: [{activation: tanh}]}\n",
        """\
p.yaml:2:20 network.layers[0]: the key `units` is missing
  expected: a whole number >= 1
  hint: `activation` is an option of a layer: {units: 64, activation: "tanh"}
""",
    ),
    "dropout_as_a_layer": (
        DATA + "network: {layers: [64, {dropout: 0.1}]}\n",
        """\
p.yaml:2:24 network.layers[1]: the key `units` is missing
  expected: a whole number >= 1
  hint: `dropout` is an option of a layer: {units: 64, dropout: 0.1}
""",
    ),
    "word_for_bad_values_of_column": (
        "data: {path: a.csv, target: y, columns: {x: {bad_values: drop}}}\n" + NETWORK,
        """\
p.yaml:1:58 data.columns.x.bad_values: unknown bad values `drop`
  expected: one of error, missing
""",
    ),
    "text_for_what_is_missing_in_column": (
        "data: {path: a.csv, target: y, columns: {x: {missing: NA}}}\n" + NETWORK,
        """\
p.yaml:1:55 data.columns.x.missing: text stands where a list belongs
  expected: a list of text, or null
  received: "NA"
  hint: write [NA]
""",
    ),
    "number_for_a_validation_path": (
        "data: {path: a.csv, target: y, validation_path: [1]}\n" + NETWORK,
        """\
p.yaml:1:50 data.validation_path[0]: a whole number stands where text belongs
  expected: text
  received: 1
  hint: if that is its name, put it in quotes: "1"
""",
    ),
    "number_in_quotes": (
        DATA + "network: {layers: [{units: '64'}]}\n",
        """\
p.yaml:2:28 network.layers[0].units: text stands where a whole number belongs
  expected: a whole number >= 1
  received: "64"
  hint: drop the quotes: 64
""",
    ),
    "text_for_number": (
        DATA + "network: {layers: [{units: many}]}\n",
        """\
p.yaml:2:28 network.layers[0].units: text stands where a whole number belongs
  expected: a whole number >= 1
  received: "many"
""",
    ),
    "number_with_underscores": (
        DATA + NETWORK + "training: {epochs: 1_000}\n",
        """\
p.yaml:3:20 training.epochs: text stands where a whole number belongs
  expected: a whole number >= 1
  received: "1_000"
  hint: write 1000
""",
    ),
    "number_with_comma": (
        DATA + NETWORK + "training: {optimizer: {name: sgd, learning_rate: '0,01'}}\n",
        """\
p.yaml:3:50 training.optimizer.learning_rate: text stands where a number belongs
  expected: a number > 0
  received: "0,01"
  hint: write 0.01
""",
    ),
    "share_in_percent": (
        "data: {path: a.csv, target: y, split: {test: 15%}}\n" + NETWORK,
        """\
p.yaml:1:46 data.split.test: text stands where a number belongs
  expected: a number >= 0 and < 1
  received: "15%"
  hint: write 0.15
""",
    ),
    "float_for_whole": (
        DATA + "network: {layers: [{units: 3.0}]}\n",
        """\
p.yaml:2:28 network.layers[0].units: a number stands where a whole number belongs
  expected: a whole number >= 1
  received: 3.0
  hint: write 3
""",
    ),
    "fraction_for_whole": (
        DATA + NETWORK + "training: {epochs: 3.5}\n",
        """\
p.yaml:3:20 training.epochs: a number stands where a whole number belongs
  expected: a whole number >= 1
  received: 3.5
""",
    ),
    "true_for_number": (
        DATA + NETWORK + "training: {epochs: true}\n",
        """\
p.yaml:3:20 training.epochs: true or false stands where a whole number belongs
  expected: a whole number >= 1
  received: true
""",
    ),
    "true_for_layer": (
        DATA + "network: {layers: [true]}\n",
        """\
p.yaml:2:20 network.layers[0]: true or false stands where a whole number or a mapping belongs
  expected: a whole number >= 1, or a mapping with `units`
  received: true
""",
    ),
    "yes_for_true": (
        DATA + NETWORK + "diagnostics: yes\n",
        """\
p.yaml:3:14 diagnostics: text stands where true or false belongs
  expected: true or false
  received: "yes"
  hint: write true
""",
    ),
    "one_for_true": (
        DATA + "network: {layers: [{units: 8, use_bias: 1}]}\n",
        """\
p.yaml:2:41 network.layers[0].use_bias: a whole number stands where true or false belongs
  expected: true or false
  received: 1
  hint: write true
""",
    ),
    "number_for_text": (
        "data: {path: a.csv, target: 2019}\n" + NETWORK,
        """\
p.yaml:1:29 data.target: a whole number stands where text belongs
  expected: text
  received: 2019
  hint: if that is its name, put it in quotes: "2019"
""",
    ),
    "number_for_name": (
        DATA + NETWORK + "training: {optimizer: 3}\n",
        """\
p.yaml:3:23 training.optimizer: a whole number stands where text or a mapping belongs
  expected: one of adadelta, adagrad, adam, adamax, adamw, ftrl, nadam, rmsprop, sgd, or a mapping with `name`
  received: 3
""",
    ),
    "numbers_for_columns": (
        "data: {path: a.csv, target: y, drop: [1, 2]}\n" + NETWORK,
        """\
p.yaml:1:39 data.drop[0]: a whole number stands where text belongs
  expected: text
  received: 1
  hint: if that is its name, put it in quotes: "1"
p.yaml:1:42 data.drop[1]: a whole number stands where text belongs
  expected: text
  received: 2
  hint: if that is its name, put it in quotes: "2"
""",
    ),
    "word_for_list": (
        "data: {path: a.csv, target: y, drop: rowid}\n" + NETWORK,
        """\
p.yaml:1:38 data.drop: text stands where a list belongs
  expected: a list of text
  received: "rowid"
  hint: write [rowid]
""",
    ),
    "number_for_layers": (
        DATA + "network: {layers: 64}\n",
        """\
p.yaml:2:19 network.layers: a whole number stands where a list belongs
  expected: a list of whole numbers >= 1 or mappings with `units`
  received: 64
  hint: write [64]
""",
    ),
    "sizes_with_dashes": (
        DATA + "network: {layers: 64-32}\n",
        """\
p.yaml:2:19 network.layers: text stands where a list belongs
  expected: a list of whole numbers >= 1 or mappings with `units`
  received: "64-32"
  hint: write [64, 32]
""",
    ),
    "mapping_for_layers": (
        DATA + "network: {layers: {units: 64}}\n",
        """\
p.yaml:2:19 network.layers: a mapping stands where a list belongs
  expected: a list of whole numbers >= 1 or mappings with `units`
  received: {units: 64}
  hint: write a list: [{units: 64, activation: relu}]
""",
    ),
    "list_for_mapping": (
        DATA + NETWORK + "training: [1]\n",
        """\
p.yaml:3:11 training: a list stands where a mapping belongs
  expected: a mapping
  received: [1]
""",
    ),
    "nothing_for_value": (
        "data: {path: , target: y}\n" + NETWORK,
        """\
p.yaml:1:13 data.path: nothing stands where text or a list belongs
  expected: text, or a list of text
  hint: write a value behind `path:`
""",
    ),
    "nothing_for_section": (
        DATA + NETWORK + "training:\n",
        """\
p.yaml:3:10 training: nothing stands where a mapping belongs
  expected: a mapping
  hint: indent the keys of `training`, or delete the key to get its default
""",
    ),
    "nothing_for_required_section": (
        DATA + "network:\n",
        """\
p.yaml:2:9 network: nothing stands where a mapping belongs
  expected: a mapping with `layers`
  hint: indent the keys of `network`
""",
    ),
    "nothing_for_default": (
        DATA
        + NETWORK
        + """\
training:
  epochs:
""",
        """\
p.yaml:4:10 training.epochs: nothing stands where a whole number belongs
  expected: a whole number >= 1
  hint: write a value behind `epochs:`, or delete the key to get its default
""",
    ),
    "nothing_in_list": (
        DATA
        + """\
network:
  layers:
    - 64
    -
""",
        """\
p.yaml:5:6 network.layers[1]: nothing stands where a whole number or a mapping belongs
  expected: a whole number >= 1, or a mapping with `units`
  hint: delete the comma or the `-` too many
""",
    ),
    "none_for_null": (
        DATA + NETWORK + "training: {early_stopping: none}\n",
        """\
p.yaml:3:28 training.early_stopping: text stands where a mapping belongs
  expected: a mapping, or null
  received: "none"
  hint: write null
""",
    ),
    "false_for_null": (
        DATA + NETWORK + "training: {early_stopping: false}\n",
        """\
p.yaml:3:28 training.early_stopping: true or false stands where a mapping belongs
  expected: a mapping, or null
  received: false
  hint: write null
""",
    ),
    "number_for_patience": (
        DATA + NETWORK + "training: {early_stopping: 10}\n",
        """\
p.yaml:3:28 training.early_stopping: a whole number stands where a mapping belongs
  expected: a mapping, or null
  received: 10
  hint: write {patience: 10}
""",
    ),
    "number_for_split": (
        "data: {path: a.csv, target: y, split: 0.2}\n" + NETWORK,
        """\
p.yaml:1:39 data.split: a number stands where a mapping belongs
  expected: a mapping
  received: 0.2
  hint: such as {validation: 0.15, test: 0.15}
""",
    ),
    "list_for_positive": (
        "data: {path: a.csv, target: y, positive: [yes]}\n" + NETWORK,
        """\
p.yaml:1:42 data.positive: a list stands where text or a number or true or false belongs
  expected: text, or a whole number, or a number, or true or false, or null
  received: ["yes"]
""",
    ),
    "long_value": (
        DATA + NETWORK + f"training: {{epochs: {list(range(99))}}}\n",
        """\
p.yaml:3:20 training.epochs: a list stands where a whole number belongs
  expected: a whole number >= 1
  received: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16...
""",
    ),
    "long_text": (
        DATA + NETWORK + "seed: " + "x" * 200 + "\n",
        """\
p.yaml:3:7 seed: text stands where a whole number belongs
  expected: a whole number >= 0 and < 2147483648
  received: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...
""",
    ),
    "zero_units": (
        DATA + "network: {layers: [0]}\n",
        """\
p.yaml:2:20 network.layers[0]: 0 is too small
  expected: a whole number >= 1
""",
    ),
    "negative_units": (
        DATA + "network: {layers: [{units: -8}]}\n",
        """\
p.yaml:2:28 network.layers[0].units: -8 is too small
  expected: a whole number >= 1
""",
    ),
    "zero_epochs": (
        DATA + NETWORK + "training: {epochs: 0}\n",
        """\
p.yaml:3:20 training.epochs: 0 is too small
  expected: a whole number >= 1
""",
    ),
    "zero_learning_rate": (
        DATA + NETWORK + "training: {optimizer: {name: adam, learning_rate: 0}}\n",
        """\
p.yaml:3:51 training.optimizer.learning_rate: 0 is too small
  expected: a number > 0
""",
    ),
    "dropout_of_one": (
        DATA + "network: {layers: [{units: 8, dropout: 1}]}\n",
        """\
p.yaml:2:40 network.layers[0].dropout: 1 is too large
  expected: a number >= 0 and < 1
""",
    ),
    "dropout_in_percent": (
        DATA + "network: {layers: [{units: 8, dropout: 20}]}\n",
        """\
p.yaml:2:40 network.layers[0].dropout: 20 is too large
  expected: a number >= 0 and < 1
  hint: it is a share: write 0.2 for 20 %
""",
    ),
    "seed_too_large": (
        DATA + NETWORK + "seed: 2147483648\n",
        """\
p.yaml:3:7 seed: 2147483648 is too large
  expected: a whole number >= 0 and < 2147483648
""",
    ),
    "number_beyond_64_bits": (
        DATA + NETWORK + "training: {epochs: 99999999999999999999}\n",
        """\
p.yaml:3:20 training.epochs: 99999999999999999999 is too large
  expected: a whole number >= 1
""",
    ),
    "weight_of_class_zero": (
        DATA + NETWORK + "training: {class_weight: {no: 1, yes: 0}}\n",
        """\
p.yaml:3:39 training.class_weight.yes: 0 is too small
  expected: a number > 0
""",
    ),
    "misspelt_activation": (
        DATA
        + """\
network:
  layers:
    - 8
    - {units: 8, activation: rellu}
""",
        """\
p.yaml:5:30 network.layers[1].activation: unknown activation `rellu`
  expected: one of elu, exponential, gelu, hard_sigmoid, leaky_relu, linear, mish, relu, selu, sigmoid, silu, softmax, softplus, softsign, swish, tanh, or a mapping with `name`
  hint: did you mean `relu`?
""",
    ),
    "activation_as_class": (
        DATA + "network: {layers: [{units: 8, activation: LeakyReLU}]}\n",
        """\
p.yaml:2:43 network.layers[0].activation: unknown activation `LeakyReLU`
  expected: one of elu, exponential, gelu, hard_sigmoid, leaky_relu, linear, mish, relu, selu, sigmoid, silu, softmax, softplus, softsign, swish, tanh, or a mapping with `name`
  hint: did you mean `leaky_relu`?
""",
    ),
    "activation_in_capitals": (
        DATA + "network: {layers: [{units: 8, activation: ReLU}]}\n",
        """\
p.yaml:2:43 network.layers[0].activation: unknown activation `ReLU`
  expected: one of elu, exponential, gelu, hard_sigmoid, leaky_relu, linear, mish, relu, selu, sigmoid, silu, softmax, softplus, softsign, swish, tanh, or a mapping with `name`
  hint: did you mean `relu`?
""",
    ),
    "activation_of_another_library": (
        DATA + "network: {layers: [{units: 8, activation: logistic}]}\n",
        """\
p.yaml:2:43 network.layers[0].activation: unknown activation `logistic`
  expected: one of elu, exponential, gelu, hard_sigmoid, leaky_relu, linear, mish, relu, selu, sigmoid, silu, softmax, softplus, softsign, swish, tanh, or a mapping with `name`
  hint: did you mean `sigmoid`?
""",
    ),
    "misspelt_activation_with_slope": (
        DATA + "network: {layers: [{units: 8, activation: {name: leaky, negative_slope: 0.1}}]}\n",
        """\
p.yaml:2:50 network.layers[0].activation.name: unknown activation `leaky`
  expected: one of elu, exponential, gelu, hard_sigmoid, leaky_relu, linear, mish, relu, selu, sigmoid, silu, softmax, softplus, softsign, swish, tanh
  hint: did you mean `leaky_relu`?
""",
    ),
    "initializer_of_another_library": (
        DATA + "network: {layers: [{units: 8, kernel_initializer: xavier_uniform}]}\n",
        """\
p.yaml:2:51 network.layers[0].kernel_initializer: unknown kernel initializer `xavier_uniform`
  expected: one of auto, glorot_normal, glorot_uniform, he_normal, he_uniform, lecun_normal, lecun_uniform, ones, orthogonal, random_normal, random_uniform, truncated_normal, zeros
  hint: did you mean `glorot_uniform`?
""",
    ),
    "loss_abbreviated": (
        DATA + NETWORK + "training: {loss: mse}\n",
        """\
p.yaml:3:18 training.loss: unknown loss `mse`
  expected: one of auto, binary_crossentropy, categorical_crossentropy, huber, log_cosh, mean_absolute_error, mean_squared_error, sparse_categorical_crossentropy
  hint: did you mean `mean_squared_error`?
""",
    ),
    "loss_of_another_library": (
        DATA + NETWORK + "training: {loss: CrossEntropyLoss}\n",
        """\
p.yaml:3:18 training.loss: unknown loss `CrossEntropyLoss`
  expected: one of auto, binary_crossentropy, categorical_crossentropy, huber, log_cosh, mean_absolute_error, mean_squared_error, sparse_categorical_crossentropy
  hint: did you mean `categorical_crossentropy`?
""",
    ),
    "optimizer_in_capitals": (
        DATA + NETWORK + "training: {optimizer: RMSProp}\n",
        """\
p.yaml:3:23 training.optimizer: unknown optimizer `RMSProp`
  expected: one of adadelta, adagrad, adam, adamax, adamw, ftrl, nadam, rmsprop, sgd, or a mapping with `name`
  hint: did you mean `rmsprop`?
""",
    ),
    "misspelt_optimizer_with_options": (
        DATA + NETWORK + "training: {optimizer: {name: adamm, learning_rate: 1e-3}}\n",
        """\
p.yaml:3:30 training.optimizer.name: unknown optimizer `adamm`
  expected: one of adam, adamw, sgd, rmsprop, adagrad, adamax, nadam, adadelta, ftrl
  hint: did you mean `adam`?
""",
    ),
    "optimizer_like_none": (
        DATA + NETWORK + "training: {optimizer: lbfgs}\n",
        """\
p.yaml:3:23 training.optimizer: unknown optimizer `lbfgs`
  expected: one of adadelta, adagrad, adam, adamax, adamw, ftrl, nadam, rmsprop, sgd, or a mapping with `name`
""",
    ),
    "optimizer_without_name": (
        DATA + NETWORK + "training: {optimizer: {momentum: 0.9, nesterov: true}}\n",
        """\
p.yaml:3:12 training.optimizer: the key `name` is missing: which optimizer?
  expected: one of adam, adamw, sgd, rmsprop, adagrad, adamax, nadam, adadelta, ftrl
  hint: such as `name: sgd`
""",
    ),
    "optimizer_as_key": (
        DATA + NETWORK + "training: {optimizer: {adam: {learning_rate: 1e-3}}}\n",
        """\
p.yaml:3:12 training.optimizer: the key `name` is missing: which optimizer?
  expected: one of adam, adamw, sgd, rmsprop, adagrad, adamax, nadam, adadelta, ftrl
  hint: write {name: adam, ...}
""",
    ),
    "number_as_name_of_optimizer": (
        DATA + NETWORK + "training: {optimizer: {name: 3}}\n",
        """\
p.yaml:3:30 training.optimizer.name: a whole number is no name
  expected: one of adam, adamw, sgd, rmsprop, adagrad, adamax, nadam, adadelta, ftrl
""",
    ),
    "option_of_another_optimizer": (
        DATA
        + NETWORK
        + """\
training:
  optimizer: {name: adam, momentum: 0.9}
""",
        """\
p.yaml:4:27 training.optimizer.momentum: `momentum` is an option of sgd and rmsprop, not of adam
  expected: adam has learning_rate, beta_1, beta_2, epsilon, amsgrad
""",
    ),
    "misspelt_option_of_optimizer": (
        DATA + NETWORK + "training: {optimizer: {name: sgd, momentun: 0.9}}\n",
        """\
p.yaml:3:35 training.optimizer.momentun: unknown key `momentun`
  hint: did you mean `momentum`?
""",
    ),
    "option_of_another_schedule": (
        DATA + NETWORK + "training: {learning_rate_schedule: {name: cosine, factor: 0.5}}\n",
        """\
p.yaml:3:51 training.learning_rate_schedule.factor: `factor` is an option of step and plateau, not of cosine
  expected: cosine has alpha
""",
    ),
    "schedule_of_another_library": (
        DATA + NETWORK + "training: {learning_rate_schedule: ReduceLROnPlateau}\n",
        """\
p.yaml:3:36 training.learning_rate_schedule: unknown learning rate schedule `ReduceLROnPlateau`
  expected: one of constant, cosine, coslog4, exponential, flat_cosine, plateau, step, or a mapping with `name`, or null
  hint: did you mean `plateau`?
""",
    ),
    "batch_size_unknown": (
        DATA + NETWORK + "training: {batch_size: big}\n",
        """\
p.yaml:3:24 training.batch_size: unknown batch size `big`
  expected: auto, or a whole number >= 1
""",
    ),
    "batch_size_in_quotes": (
        DATA + NETWORK + "training: {batch_size: '32'}\n",
        """\
p.yaml:3:24 training.batch_size: text stands where a whole number belongs
  expected: auto, or a whole number >= 1
  received: "32"
  hint: drop the quotes: 32
""",
    ),
    "task_like_none": (
        "data: {path: a.csv, target: y, task: classification}\n" + NETWORK,
        """\
p.yaml:1:38 data.task: unknown task `classification`
  expected: one of auto, binary, multiclass, regression
  hint: did you mean `auto`?
""",
    ),
    "type_of_column_of_pandas": (
        'data: {path: a.csv, target: y, columns: {"a.b": {type: float64}}}\n' + NETWORK,
        """\
p.yaml:1:56 data.columns."a.b".type: unknown type `float64`
  expected: one of auto, boolean, category, date, number
  hint: did you mean `number`?
""",
    ),
    "type_of_column_shortened": (
        "data: {path: a.csv, target: y, columns: {x: {type: cat}}}\n" + NETWORK,
        """\
p.yaml:1:52 data.columns.x.type: unknown type `cat`
  expected: one of auto, boolean, category, date, number
  hint: did you mean `category`?
""",
    ),
    "method_of_split": (
        "data: {path: a.csv, target: y, split: {method: stratify}}\n" + NETWORK,
        """\
p.yaml:1:48 data.split.method: unknown method `stratify`
  expected: one of auto, column, group, random, stratified, time
  hint: did you mean `stratified`?
""",
    ),
    "class_weight_misspelt": (
        DATA + NETWORK + "training: {class_weight: balance}\n",
        """\
p.yaml:3:26 training.class_weight: unknown class weight `balance`
  expected: balanced, or a mapping of names to numbers > 0, or null
  hint: did you mean `balanced`?
""",
    ),
    "all_at_once": (
        """\
data:
  path: a.csv
  targt: y
network:
  layers:
    - {units: '64', activation: rellu}
training: {epochs: 0, epochs: 1, loss: !x y}
lr: 1
""",
        """\
p.yaml:1:1 data: the key `target` is missing
  expected: text (The column to predict)
  hint: such as target: COLUMN
p.yaml:3:3 data.targt: unknown key `targt`
  hint: did you mean `target`?
p.yaml:6:15 network.layers[0].units: text stands where a whole number belongs
  expected: a whole number >= 1
  received: "64"
  hint: drop the quotes: 64
p.yaml:6:33 network.layers[0].activation: unknown activation `rellu`
  expected: one of elu, exponential, gelu, hard_sigmoid, leaky_relu, linear, mish, relu, selu, sigmoid, silu, softmax, softplus, softsign, swish, tanh, or a mapping with `name`
  hint: did you mean `relu`?
p.yaml:7:20 training.epochs: 0 is too small
  expected: a whole number >= 1
p.yaml:7:23 training.epochs: the key `epochs` is on line 7 already
  hint: delete one of the two: the other would be ignored
p.yaml:7:40 training.loss: the tag `!x` is refused: a config is data, nothing in it is executed
  hint: leave the tag out; for text use quotes: "..."
p.yaml:8:1 lr: unknown key `lr`
  hint: did you mean `training.optimizer.learning_rate`?
""",
    ),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_a_wrong_value_is_located_and_explained(judge, text, expected):
    assert "\n".join(judge(text)) == expected.rstrip("\n")
