"""`fcnn validate` and `fcnn schema`."""

# ruff: noqa: E501 - messages are written out as they are printed
import json

import pytest

from fcnn.config import load_config

LINE = "regression: 20 train, 10 validation, 10 test rows; network 2 -> 4 relu -> 1 linear, 17 parameters"


def test_a_valid_config_is_said_to_be_so(console, small) -> None:
    answer = console("validate", "small.yaml")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.endswith(f"\n{LINE}\nsmall.yaml is valid\n")


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


# --- schema -----------------------------------------------------------------------------------------------------------


def test_the_schema_is_one_json_document_and_the_shipped_one(console, root) -> None:
    printed = console("schema").out
    assert json.loads(printed)["title"]
    assert printed == (root / "configs" / "fcnn.schema.json").read_text(encoding="utf-8")
