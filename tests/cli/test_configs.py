"""`fcnn validate`, `fcnn init` and `fcnn schema`."""

# ruff: noqa: E501 - messages are written out as they are printed
import json
from pathlib import Path

import pytest

from fcnn.config import load_config

LINE = "regression: 20 train, 10 validation, 10 test rows; network 2 -> 4 relu -> 1 linear, 17 parameters"


def test_a_valid_config_is_said_to_be_so(console, small) -> None:
    answer = console("validate", "small.yaml")
    assert (answer.code, answer.out, answer.err) == (0, f"{LINE}\nsmall.yaml is valid\n", "")


def test_warnings_are_said_and_no_error(console, small) -> None:
    answer = console("validate", "small.yaml", "network.layers=[{units: 4, activation: softmax}]")
    assert (answer.code, answer.out.splitlines()[-1]) == (0, "small.yaml is valid")
    assert answer.err == (
        "warning: override 'network.layers=[{units: 4, activation: softmax}]' network.layers[0].activation: softmax in a "
        "hidden layer: its outputs sum to 1, so that few units learn at a time\n"
        "  hint: relu; softmax is for the output layer\n"
    )


@pytest.mark.parametrize("words", [["validate"], ["train"], ["train", "--dry-run"]], ids=" ".join)
def test_what_train_refuses_validate_refuses_in_the_same_words(console, small, words) -> None:
    text = small.read_text(encoding="utf-8").replace("batch_size: 8", "class_weight: {red: 2}")
    small.write_text(text, encoding="utf-8")
    answer = console(words[0], "small.yaml", *words[1:])
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        "error: small.yaml:3:59 training.class_weight: `class_weight` weights classes, and the task is regression\n"
        "  hint: delete the key; data.weight names a column of sample weights\n"
    )


def test_the_resolved_config_reads_back_to_the_same(console, small, tmp_path) -> None:
    answer = console("validate", "small.yaml", "--resolved", "seed=7")
    (tmp_path / "resolved.yaml").write_bytes(answer.out.encode("utf-8"))
    assert console("validate", "resolved.yaml", "--resolved").out == answer.out
    config = load_config("resolved.yaml").config
    assert (config.seed, config.data.task, config.training.loss) == (7, "regression", "mean_squared_error")


def test_the_resolved_config_is_utf_8_in_a_pipe_of_any_console(shell, flats, tmp_path) -> None:
    (tmp_path / "flats.yaml").write_text(
        "data: {path: 房价.csv, target: 价格等级}\nnetwork: {layers: [4]}\n", encoding="utf-8"
    )
    options = {"cwd": str(tmp_path), "env": {"PYTHONIOENCODING": "gbk"}}
    answer = shell("validate", "flats.yaml", "--resolved", **options)
    assert "  target: 价格等级\n" in answer.out


def test_a_run_to_start_from_is_checked_too(console, small) -> None:
    first = console("train", small, "training.epochs=1").folder
    text = small.read_text(encoding="utf-8").replace("epochs: 3", f"epochs: 3, initial_weights: {first.name}")
    small.write_text(text, encoding="utf-8")
    assert console("validate", "small.yaml").code == 0
    answer = console("validate", "small.yaml", "network.layers=[5]")
    assert answer.code == 2
    assert answer.err == (
        "error: small.yaml:3:40 training.initial_weights: the network of that run has other shapes than this config's\n"
        "  expected: 2 -> 5 relu -> 1 linear\n"
        "  received: 2 -> 4 relu -> 1 linear\n"
    )


# --- init -------------------------------------------------------------------------------------------------------------


def test_the_starter_config_trains_as_it_is(console, flats) -> None:
    answer = console("init", flats.name, "--target", "价格等级", "-o", "配置.yaml")
    assert (answer.code, answer.out, answer.err) == (0, "配置.yaml\n", "")
    assert (
        Path("配置.yaml").read_text(encoding="utf-8")
        == """\
# fcnn train 配置.yaml
# binary: 42 train, 9 validation, 9 test rows; network 5 -> 64 relu -> 32 relu -> 1 sigmoid, 2,497 parameters
#
# What each column was taken for; to change one: columns: {name: {type: category}}
#   面积: number
#   楼层: number
#   朝向: category of 3 levels
data:
  path: 房价.csv
  target: 价格等级
  task: binary
  drop: []  # columns to leave out
  split: {validation: 0.15, test: 0.15, method: auto}  # 42 train, 9 validation, 9 test rows
network:
  layers:  # units, activation, dropout, batch_normalization, kernel_initializer, l1, l2
    - {units: 64, activation: relu}
    - {units: 32, activation: relu}
training:
  epochs: 200  # at most; early stopping ends before
  batch_size: 8
  optimizer: {name: adam, learning_rate: 1e-3}
  early_stopping: {patience: 20}
seed: 42
"""
    )
    assert console("train", "配置.yaml", "training.epochs=1", "run.plots=false").code == 0


@pytest.mark.parametrize(
    "target",
    ["yes", "12", "1e3", "a: b", "#1", "two\nlines", "'", '"', "- x", "null", "~", "{}", " y".strip(), "价"],
    ids=ascii,
)
def test_any_name_of_a_column_survives_in_the_starter_config(console, target) -> None:
    rows = "".join(f"{row},{row % 7}.5\n" for row in range(40))
    quoted = target.replace('"', '""')
    Path("t.csv").write_text(f'"feature\nx","{quoted}"\n{rows}', encoding="utf-8")
    assert console("init", "t.csv", "--target", target).code == 0
    assert load_config("t.yaml").config.data.target == target
    assert console("validate", "t.yaml").code == 0


def test_a_table_in_gbk_is_read_by_a_guess_that_is_said(console, flats) -> None:
    Path("国标.csv").write_text(flats.read_text(encoding="utf-8"), encoding="gbk")
    guessed = console("init", "国标.csv", "--target", "价格等级")
    assert guessed.code == 0
    assert guessed.err == (
        f"warning: {Path.cwd() / '国标.csv'}: the file is no UTF-8 and is read as gb18030: '面积' and '楼层'\n"
        "  hint: if that is wrong: data.encoding=cp1252\n"
    )


def test_a_table_in_gbk_gets_a_config_that_says_so_and_its_run_reads_utf_8_as_well(console, flats) -> None:
    text = flats.read_text(encoding="utf-8")
    Path("国标.csv").write_text(text, encoding="gbk")
    words = ["data.encoding=gb18030", "data.drop=[楼层]", "data.columns.朝向.type=category"]
    assert console("init", "国标.csv", "--target", "价格等级", *words).code == 0
    config = Path("国标.yaml").read_text(encoding="utf-8")
    assert "\n  drop: [楼层]  # columns to leave out\n" in config
    assert "\n  columns: {朝向: {type: category}}\n  encoding: gb18030\n" in config
    trained = console("train", "国标.yaml", "training.epochs=1", "run.plots=false", "--run-dir", "gbk", "--quiet")
    assert trained.code == 0
    assert console("predict", "gbk", "国标.csv").out == console("predict", "gbk", flats.name).out != ""


def test_the_starter_config_changes_keys_of_data_only(console, small) -> None:
    answer = console("init", "table.csv", "--target", "y", "training.epochs=3")
    assert answer.code == 2
    assert answer.err.startswith("error: 'training.epochs=3' is not below `data`")
    assert not Path("table.yaml").exists()


def test_the_path_of_the_table_is_relative_to_the_config(console, small) -> None:
    Path("deep folder/x").mkdir(parents=True)
    console("init", "table.csv", "--target", "y", "-o", "deep folder/x/c.yaml")
    text = Path("deep folder/x/c.yaml").read_text(encoding="utf-8")
    assert text.startswith('# fcnn train "deep folder/x/c.yaml"\n')
    assert "\n  path: ../../table.csv\n" in text
    assert console("validate", "deep folder/x/c.yaml").code == 0


def test_an_existing_config_is_not_overwritten(console, small) -> None:
    Path("table.yaml").write_text("mine", encoding="utf-8")
    answer = console("init", "table.csv", "--target", "y")
    assert answer.code == 2
    assert answer.err == (
        "error: table.yaml is there already: choose another with -o, or delete it\n  hint: fcnn init --help\n"
    )
    assert Path("table.yaml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(
            ["table.csv", "--target", "z"],
            "error: data.target: table.csv has no column 'z'\n  hint: known: a, b, y\n",
            id="no such column",
        ),
        pytest.param(
            ["table.csv", "--target", "y", "-o", "nosuch/c.yaml"],
            "error: nosuch/c.yaml: cannot be written: No such file or directory\n",
            id="no folder",
        ),
        pytest.param(["table.csv"], "error: Missing option '--target'\n  hint: fcnn init --help\n", id="no target"),
    ],
)
def test_a_starter_config_that_cannot_be_made_is_a_clear_error(console, small, words, message) -> None:
    answer = console("init", *words)
    assert (answer.code, answer.out, answer.err) == (2, "", message)
    assert not list(small.parent.glob("*.tmp"))


# --- schema -----------------------------------------------------------------------------------------------------------


def test_the_schema_is_one_json_document_and_the_shipped_one(console, root) -> None:
    printed = console("schema").out
    assert json.loads(printed)["title"]
    assert printed == (root / "configs" / "fcnn.schema.json").read_text(encoding="utf-8")
