"""What is to be trained, started and written."""

from pathlib import Path

from .case import TABLE, Case, Fails, Works, plain

KIND = "Training and starting configs"

SMALL = {"training": {"epochs": 2, "early_stopping": None}, "run": {"plots": False}}
TRAIN = ("train", "config.yaml", "--quiet")


def _named(name: str) -> "dict[str, object]":
    return {**SMALL, "run": {"plots": False, "name": name}}


def _protected(path: Path) -> None:
    path.write_text("precious", encoding="utf-8")


def _full(path: Path) -> None:
    path.mkdir()
    (path / "thesis.txt").write_text("precious", encoding="utf-8")


CASES = [
    Case(
        "a name of the run with ../",
        TABLE,
        Fails(["run.name: this cannot be a folder's name", "../../escaped"]),
        config=_named("../../escaped"),
        words=TRAIN,
    ),
    Case(
        "a name of the run that is absolute",
        TABLE,
        Fails(["run.name: this cannot be a folder's name", "/escaped"]),
        config=_named("/escaped"),
        words=TRAIN,
    ),
    Case(
        "missing numbers in a network of relu: the weights are finite",
        "x,z,y\n" + "".join(f"{'' if n % 6 == 5 else plain(n + 30)},{plain(n)},{'aabba'[n % 5]}\n" for n in range(48)),
        Works(written={"runs/*/history.csv": ["epoch"], "runs/*/metrics.json": ["log_loss"]}),
        config=SMALL,
        words=TRAIN,
    ),
    Case(
        "a learning rate of 1e30 for sgd",
        TABLE.replace(",a\n", ",1.5\n").replace(",b\n", ",-700.25\n"),
        Fails(["training: the loss became", "in epoch 1", "training.clipnorm=1"], code=1),
        config={
            **SMALL,
            "training": {"epochs": 5, "early_stopping": None, "optimizer": {"name": "sgd", "learning_rate": 1e30}},
        },
        words=TRAIN,
        varies="became",
    ),
    Case(
        "a run folder that has something in it",
        {"table.csv": TABLE, "thesis": _full},
        Fails(["thesis: is there already and not empty", "choose another --run-dir"]),
        config=SMALL,
        words=(*TRAIN, "--run-dir", "thesis"),
    ),
    Case(
        "a run folder that is a file",
        {"table.csv": TABLE, "thesis.txt": _protected},
        Fails(["thesis.txt: is a file", "choose another --run-dir"]),
        config=SMALL,
        words=(*TRAIN, "--run-dir", "thesis.txt"),
    ),
    Case(
        "the folder of runs is a file",
        {"table.csv": TABLE, "runs": _protected},
        Fails(["runs: cannot be written"], plain=True),
        config=SMALL,
        words=TRAIN,
        posix=True,
    ),
    Case(
        "a table without a target",
        TABLE,
        Fails(["table.csv: which column is to be predicted?", "--target COLUMN", "perhaps: --target y"]),
        words=("train", "table.csv"),
    ),
    Case(
        "a table with a target that is not there",
        TABLE,
        Fails(["table.csv has no column 'price'", "known: x, z, y"]),
        words=("train", "table.csv", "--target", "price"),
    ),
    Case(
        "a start from a run that is not there",
        TABLE,
        Fails(["training.initial_weights: nosuch: there is no such run"]),
        config={"training": {"initial_weights": "nosuch"}},
        words=TRAIN,
    ),
    Case(
        "a dry run of a bad table",
        TABLE + "abc,1,a\n",
        Fails(["column 'x'", "'abc' (line 26)"]),
        words=("train", "config.yaml", "--dry-run"),
    ),
    Case(
        "a starting config",
        TABLE,
        Works(written={"my.yaml": ["target: y", "task: binary", "path: table.csv"]}),
        words=("init", "table.csv", "--target", "y", "-o", "my.yaml"),
    ),
    Case(
        "a starting config for a file with an awkward name and names",
        {"数据 表.csv": TABLE.replace("x", '"a: #b"', 1).replace("z", "no", 1)},
        Works(written={"my.yaml": ["a: #b", "数据 表.csv"]}),
        words=("init", "数据 表.csv", "--target", "y", "-o", "my.yaml"),
    ),
    Case(
        "a starting config that is there already",
        {"table.csv": TABLE, "my.yaml": "precious: 1\n"},
        Fails(["my.yaml is there already", "delete it"]),
        words=("init", "table.csv", "--target", "y", "-o", "my.yaml"),
    ),
    Case(
        "a starting config for a table with bad cells",
        TABLE + "abc,1,a\n",
        Fails(["column 'x'", "'abc' (line 26)"]),
        words=("init", "table.csv", "--target", "y", "-o", "my.yaml"),
    ),
    Case(
        "a starting config in a folder that is not there",
        TABLE,
        Fails(["nowhere/my.yaml: cannot be written: No such file or directory"], plain=True),
        words=("init", "table.csv", "--target", "y", "-o", "nowhere/my.yaml"),
    ),
    Case(
        "a starting config for nothing",
        TABLE,
        Fails(["nosuch.csv", "there is no such file"]),
        words=("init", "nosuch.csv", "--target", "y"),
    ),
]
