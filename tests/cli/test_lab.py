"""`fcnn lab`."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

import json
import re
from pathlib import Path

import pytest

from fcnn.jobs.lab.catalogue import SHOWS


def test_without_a_name_the_experiments_are_listed(console) -> None:
    answer = console("lab")
    assert (answer.code, answer.err) == (0, "")
    for name, shows in SHOWS.items():
        assert re.search(rf"│ {name} +│ {re.escape(shows)} +│", answer.out)
    assert json.loads(console("lab", "--json").out) == [
        {"name": name, "shows": str(shows)} for name, shows in SHOWS.items()
    ]


def test_an_experiment_prints_table_sentences_and_what_to_do_next(console) -> None:
    answer = console("lab", "neuron")
    assert (answer.code, answer.err) == (0, "")
    assert re.search(r"│ mean_radius +│ +3\.72\d? │ +3\.722 │", answer.out)
    *_, first, second, third, figure, following = answer.out.splitlines()
    assert re.search(r"exp\(-\(3\.72\d mean_radius \+0\.93\d mean_texture -0\.70\d\)\)", first)
    assert second.startswith("gradient descent finds the weights that scikit-learn's solver finds")
    assert third.startswith("so both say the same of every row")
    assert figure == f"figure: {Path('lab/neuron/figure.png')}"
    words = following.partition("to go on from here: fcnn ")[2].split()
    assert console(*words, "training.epochs=1", "run.plots=false").code == 0


def test_the_document_has_all_of_it(console) -> None:
    answer = console("lab", "neuron", "--json", "-o", "elsewhere", "--seed", "3")
    assert (answer.code, answer.err) == (0, "")
    document = json.loads(answer.out)
    assert (document["experiment"], document["folder"], document["seed"]) == ("neuron", "elsewhere", 3)
    assert [row["weight"] for row in document["table"]] == ["mean_radius", "mean_texture", "bias", "probabilities"]
    assert len(document["sentences"]) == 3
    assert json.loads(Path("elsewhere/lab.json").read_text(encoding="utf-8"))["table"] == document["table"]


def test_a_process_of_its_own_speaks_chinese_and_is_silent_about_tensorflow(shell, tmp_path: Path) -> None:
    answer = shell("lab", "neuron", cwd=str(tmp_path), env={"FCNN_LANG": "zh"})
    assert answer.code == 0
    assert "梯度下降找到的权重就是 scikit-learn 的求解器找到的：最大差异是 " in answer.out
    assert "权重" in answer.out.splitlines()[1]
    assert answer.err == "" or answer.err.startswith("提示：figure.png: 图里的文字是英文\n")
    config = (tmp_path / "lab" / "neuron" / "config.yaml").read_text(encoding="utf-8")
    assert config.startswith("# fcnn lab neuron：一个 sigmoid 单元就是逻辑回归")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(["vanishng"], "there is no experiment 'vanishng': did you mean `vanishing`?", id="mistyped"),
        pytest.param(["zero-centered"], "did you mean `zero-centred`?", id="as Americans write it"),
        pytest.param(
            ["xyz"], "there is no experiment 'xyz': known: vanishing, zero-centred, dead-relu, ", id="unknown"
        ),
        pytest.param([""], "there is no experiment ''", id="empty"),
        pytest.param(["-o", "x"], "-o needs the name of an experiment", id="a folder without a name"),
        pytest.param(["linear", "--seed", "-1"], "'--seed'", id="a negative seed"),
        pytest.param(["linear", "--seed", "many"], "'--seed'", id="a seed that is no number"),
        pytest.param(["linear", "neuron"], "neuron", id="two names"),
        pytest.param(["linear", "-o", "theirs"], "theirs: is there already, and has files", id="a folder in the way"),
        pytest.param(["linear", "-o", "theirs/notes.txt"], "notes.txt: is a file", id="a file in the way"),
    ],
)
def test_what_is_mistyped_is_answered_before_anything_is_written(console, words, message) -> None:
    Path("theirs").mkdir()
    Path("theirs/notes.txt").write_text("mine", encoding="utf-8")
    answer = console("lab", *words)
    assert (answer.code, answer.out) == (2, "")
    assert message in answer.err
    assert "Traceback" not in answer.err
    assert [str(path) for path in sorted(Path().rglob("*"))] == ["theirs", str(Path("theirs/notes.txt"))]
