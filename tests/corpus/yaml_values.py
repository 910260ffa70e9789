"""Configs with wrong names, types and values."""

from .case import TABLE, Case, Fails, Works

KIND = "Values of the config"

GOOD = "data:\n  path: table.csv\n  target: y\nnetwork:\n  layers: [4]\ntraining:\n  epochs: 2\n"


def _wrong(id: str, old: str, new: str, *said: str, row: str = "", plain: bool = False) -> Case:
    assert old in GOOD
    return Case(id, TABLE, Fails(["config.yaml:", *said], plain=plain), config=GOOD.replace(old, new), row=row)


def _right(id: str, old: str, new: str, *warned: str) -> Case:
    assert old in GOOD
    return Case(id, TABLE, Works(features=["x", "z"], said=warned), config=GOOD.replace(old, new))


OPTIMIZER = "epochs: 2\n  optimizer: "
CASES = [
    _wrong(
        "a mistyped key",
        "epochs",
        "epoch",
        "7:3 training.epoch: unknown key `epoch`",
        "did you mean `epochs`?",
        row="A mistyped key in the config",
    ),
    _wrong("a mistyped section", "network", "netwrok", "netwrok", "did you mean `network`?"),
    _wrong(
        "a key in the wrong section",
        "epochs: 2",
        "dropout: 0.1",
        "training.dropout: unknown key `dropout`",
        "network.layers",
    ),
    _wrong("the key of another tool", "epochs: 2", "lr: 0.1", "training.lr: unknown key `lr`", "learning_rate"),
    _wrong(
        "a mistyped activation in a layer",
        "[4]",
        "[{units: 4, activaton: relu}]",
        "activaton",
        "did you mean `activation`?",
    ),
    _wrong(
        "an activation that there is not",
        "[4]",
        "[{units: 4, activation: rellu}]",
        "unknown activation `rellu`",
        "did you mean `relu`?",
    ),
    _wrong("an optimizer that there is not", "epochs: 2", "optimizer: adamm", "adamm", "did you mean `adam`?"),
    _wrong("an option of another optimizer", OPTIMIZER[:9], OPTIMIZER + "{name: adam, momentum: 0.9}", "momentum"),
    _wrong("no target", "  target: y\n", "", "data", "`target` is missing"),
    _wrong("no layers", "  layers: [4]\n", "  output: {activation: auto}\n", "network", "`layers` is missing"),
    _wrong("no network", "network:\n  layers: [4]\n", "", "`network` is missing"),
    _wrong(
        "null where a value belongs",
        "target: y",
        "target:",
        "3:10 data.target: nothing stands where text belongs",
        "write a value behind `target:`",
    ),
    _wrong("a section that is null", "network:\n  layers: [4]", "network:", "network"),
    _wrong("units as text", "[4]", '[{units: "64"}]', "network.layers[0].units", "text stands where"),
    _wrong("0 units", "[4]", "[0]", "5:12 network.layers[0]: 0 is too small", "a whole number >= 1"),
    _wrong("negative units", "[4]", "[-8]", "network.layers[0]: -8 is too small"),
    _wrong("units: true", "[4]", "[{units: true}]", "network.layers[0].units", "true"),
    _wrong("half units", "[4]", "[4.5]", "network.layers[0]", "4.5"),
    _right("100,000 units", "[4]", "[100000]", "network.layers: 400,001 weights"),
    _wrong("layers as a number", "[4]", "3", "network.layers"),
    _wrong("layers as a mapping", "[4]", "{units: 4}", "network.layers"),
    _right("no hidden layer", "[4]", "[]", "network.layers"),
    _wrong("0 epochs", "2", "0", "training.epochs: 0 is too small"),
    _wrong("a negative number of epochs", "2", "-1", "training.epochs: -1 is too small"),
    _wrong("half an epoch", "2", "3.5", "training.epochs", "3.5"),
    _wrong("epochs as a word", "2", "many", "training.epochs", "many"),
    _wrong("infinitely many epochs", "2", ".inf", "training.epochs: `.inf` is no finite number", plain=True),
    _wrong("a batch of 0", "epochs: 2", "batch_size: 0", "training.batch_size: 0 is too small"),
    _wrong("dropout beyond 1", "[4]", "[{units: 4, dropout: 1.5}]", "network.layers[0].dropout: 1.5 is too large"),
    _wrong(
        "dropout as a percentage",
        "[4]",
        "[{units: 4, dropout: 20}]",
        "network.layers[0].dropout: 20 is too large",
        "0.2",
    ),
    _right("1e-3 is a number", OPTIMIZER[:9], OPTIMIZER + "{name: adam, learning_rate: 1e-3}"),
    _wrong("1e2 epochs", "2", "1e2", "training.epochs", "received: 100.0", "write 100"),
    _wrong(
        "a learning rate of 0",
        OPTIMIZER[:9],
        OPTIMIZER + "{name: adam, learning_rate: 0}",
        "training.optimizer.learning_rate: 0",
    ),
    _wrong(
        "a learning rate that is negative",
        OPTIMIZER[:9],
        OPTIMIZER + "{name: sgd, learning_rate: -0.1}",
        "learning_rate: -0.1 is too small",
    ),
    _right("a learning rate of 1e10", OPTIMIZER[:9], OPTIMIZER + "{name: adam, learning_rate: 1e10}", "learning_rate"),
    _wrong(
        "a learning rate that is text",
        OPTIMIZER[:9],
        OPTIMIZER + '{name: adam, learning_rate: "fast"}',
        "learning_rate",
    ),
    _wrong(
        "nan",
        OPTIMIZER[:9],
        OPTIMIZER + "{name: adam, learning_rate: .nan}",
        "learning_rate: `.nan` is no finite number",
        plain=True,
    ),
    _wrong(
        "a decimal comma", OPTIMIZER[:9], OPTIMIZER + '{name: adam, learning_rate: "0,01"}', "learning_rate", "0,01"
    ),
    _wrong("an underscore in a number", "2", "1_000", "training.epochs", "1_000"),
    _right("an octal number is ten, as it is written", "2", "010"),
    _wrong("yes for true", "epochs: 2", "epochs: 2\nrun: {plots: yes}", "run.plots", "true"),
    _wrong("a seed of 2**40", "epochs: 2", "epochs: 2\nseed: 1099511627776", "seed"),
    _wrong("a negative seed", "epochs: 2", "epochs: 2\nseed: -1", "seed: -1 is too small"),
    _wrong("a loss that does not fit", "epochs: 2", "loss: mean_squared_error", "training.loss"),
    _wrong("an output that does not fit", "[4]", "[4]\n  output: {activation: linear}", "network.output.activation"),
    _wrong("a task that there is not", "y\n", "y\n  task: classification\n", "data.task", "binary"),
    _wrong("a time limit that is none", "epochs: 2", "time_limit: soon", "training.time_limit", "10m"),
    _wrong(
        "three mistakes at once",
        "layers: [4]\ntraining:\n  epochs: 2",
        "layer: [4]\ntraining:\n  epoch: 2\nsedd: 1",
        "network.layer: unknown key",
        "training.epoch: unknown key",
        "sedd: unknown key",
        "errors.",
    ),
    _wrong("a list of lists of layers", "[4]", "[[4, 4]]", "network.layers[0]"),
    _wrong("a key that is no text", "epochs: 2", "3: 2", "training", "3"),
    _wrong("a key that is a list", "epochs: 2", "[a, b]: 2", "training"),
    _wrong("a name of a column with a colon, without quotes", "y\n", "ratio: width\n", "3"),
    _wrong("features as text", "y\n", "y\n  features: x\n", "data.features"),
    _wrong("columns as a list", "y\n", "y\n  columns: [x]\n", "data.columns"),
    _wrong("a type that there is not", "y\n", "y\n  columns: {x: {type: int}}\n", "data.columns.x.type", "int"),
    _wrong("a type without its key", "y\n", "y\n  columns: {x: category}\n", "data.columns.x"),
    Case("an emoji as a key", TABLE, Fails(["config.yaml:8:1 ", "😀"]), config=GOOD + "😀: 1\n"),
    Case(
        "classes that are no and yes, weighted without quotes",
        TABLE.replace(",a\n", ",no\n").replace(",b\n", ",yes\n"),
        Works(classes=["no", "yes"]),
        config=GOOD + "  class_weight: {no: 1, yes: 2}\n",
    ),
    Case(
        "class weights that are numbers of classes",
        TABLE.replace(",a\n", ",0\n").replace(",b\n", ",1\n"),
        Works(classes=["0", "1"]),
        config=GOOD + "  class_weight: {0: 1, 1: 2}\n",
    ),
]
