"""The experiments of `fcnn lab`: what each claims is measured, and what is said of it is what was measured."""

import csv
import json
import math
import re
from pathlib import Path
from typing import Any, Callable, Dict, List, Mapping

import pytest

from fcnn.chinese import TEXTS
from fcnn.errors import RunError
from fcnn.jobs.lab.catalogue import SHOWS, find_experiment
from fcnn.jobs.lab.perform import CONFIG, DATA, FIGURE, FILES, RESULT, TABLE, Performed, check_folder, perform
from fcnn.jobs.prepare import prepare_job, read_request
from fcnn.jobs.reporter import Reporter
from fcnn.wording import translated

Lab = Callable[[str], Performed]


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Lab:
    """`lab("linear")` performs an experiment, once. Nobody may change its folder."""
    folder, done = tmp_path_factory.mktemp("lab"), {}

    def get(name: str) -> Performed:
        if name not in done:
            done[name] = perform(name, folder / name)
        return done[name]

    return get


def by(performed: Performed, column: str) -> Dict[Any, Mapping[str, Any]]:
    return {row[column]: row for row in performed.rows}


# --- what is claimed is there -----------------------------------------------------------------------------------------


def test_the_gradient_of_ten_sigmoid_layers_vanishes_and_that_of_relu_does_not(lab: Lab) -> None:
    rows = {(row["activation"], row["hidden layers"]): row for row in lab("vanishing").rows}
    ratios = {key: row["first / last"] for key, row in rows.items()}
    assert [depth for activation, depth in rows if activation == "sigmoid"] == [2, 4, 6, 8, 10]
    sigmoid = [ratios["sigmoid", depth] for depth in (2, 4, 6, 8, 10)]
    assert sigmoid == sorted(sigmoid, reverse=True)
    assert ratios["sigmoid", 10] < 1e-3
    assert ratios["relu", 10] > 1e-2
    assert ratios["tanh", 10] > 1e-2
    assert rows["sigmoid", 10]["test accuracy"] < 0.2
    assert min(rows["relu", 10]["test accuracy"], rows["tanh", 10]["test accuracy"]) > 0.8
    assert rows["sigmoid", 2]["test accuracy"] is None


def test_the_outputs_of_tanh_are_centred_and_it_is_sooner_at_the_goal_than_sigmoid(lab: Lab) -> None:
    rows = lab("zero-centred").rows
    sigmoid, tanh = ([row for row in rows if row["activation"] == name] for name in ("sigmoid", "tanh"))
    assert abs(tanh[0]["mean output"]) < 0.05
    assert sigmoid[0]["mean output"] == pytest.approx(0.5, abs=0.05)
    assert sigmoid[0]["pulled alike"] > 0.8 > 0.65 > tanh[0]["pulled alike"] >= 0.5
    soonest = [min(row["epochs to the goal"] or math.inf for row in own) for own in (sigmoid, tanh)]
    assert soonest[1] < soonest[0]


def test_a_unit_that_is_dead_has_no_gradient_and_stays_where_it_is(lab: Lab) -> None:
    rates = by(lab("dead-relu"), "learning rate")
    assert rates[0.1]["dead in layer 1"] == 0
    high = rates[8.0]
    assert high["of these at the end"] == high["dead in layer 1 after epoch 1"] > 0
    assert (high["their gradient"], high["moved since"]) == (0.0, 0.0)
    assert rates[0.1]["test accuracy"] > 0.9 > high["test accuracy"]


def test_a_stack_without_activations_is_one_layer(lab: Lab) -> None:
    rows = by(lab("linear"), "network")
    deep, flat, bent = (rows[name] for name in ("3 linear layers", "no hidden layer", "3 relu layers"))
    assert deep["weights"] == (2 + 1) * 32 + 2 * (32 + 1) * 32 + (32 + 1)
    assert deep["weights multiplied out"] == flat["weights"] == 3
    assert deep["largest difference"] < 1e-5
    assert bent["largest difference"] > 0.1
    assert abs(deep["test accuracy"] - flat["test accuracy"]) < 0.05
    assert bent["test accuracy"] > deep["test accuracy"] + 0.05


def test_one_sigmoid_unit_finds_the_weights_of_logistic_regression(lab: Lab) -> None:
    *weights, probabilities = lab("neuron").rows
    assert [row["weight"] for row in weights] == ["mean_radius", "mean_texture", "bias"]
    for row in weights:
        assert row["fcnn"] == pytest.approx(row["scikit-learn"], abs=1e-3)
        assert row["difference"] == abs(row["fcnn"] - row["scikit-learn"])
    assert probabilities["difference"] < 1e-3


def test_sigmoid_and_softmax_are_the_same_for_two_classes_and_not_for_three(lab: Lab) -> None:
    rows = by(lab("two-or-many"), "output layer")
    assert rows["softmax of 2"]["difference from 1 sigmoid"] < 1e-3
    assert [rows[name]["weights"] for name in ("1 sigmoid", "softmax of 2", "3 sigmoids", "softmax of 3")] == [
        3,
        6,
        9,
        9,
    ]
    assert rows["softmax of 3"]["lowest sum"] == pytest.approx(1, abs=1e-6)
    assert rows["softmax of 3"]["highest sum"] == pytest.approx(1, abs=1e-6)
    assert rows["3 sigmoids"]["lowest sum"] < 0.7 < 1.3 < rows["3 sigmoids"]["highest sum"]


def test_the_start_of_the_weights_decides_what_is_learnt(lab: Lab) -> None:
    rows = by(lab("init"), "initializer")
    assert [rows[name]["different units in layer 2"] for name in ("zeros", "ones", "he_normal")] == [1, 1, 64]
    assert rows["he_normal"]["spread after layer 6"] > rows["he_normal"]["spread after layer 1"] / 2
    assert rows["random_normal"]["spread after layer 6"] < rows["random_normal"]["spread after layer 1"] / 100
    assert rows["he_normal"]["test accuracy"] > 0.8
    assert rows["zeros"]["test accuracy"] < 0.2


def test_a_learning_rate_can_be_too_small_and_too_large(lab: Lab) -> None:
    rates = by(lab("learning-rate"), "learning rate")
    assert rates[1e-4]["epochs to the goal"] is None
    assert rates[1e-2]["epochs to the goal"] < rates[1e-3]["epochs to the goal"]
    assert rates[1.0]["not finite in epoch"] is not None
    assert rates[1.0]["test r2"] is None
    assert rates[1e-2]["test r2"] > 0.3 > rates[1e-4]["test r2"]


def test_a_network_with_few_rows_learns_them_by_heart(lab: Lab) -> None:
    rows = by(lab("overfit"), "network")
    heart, kept = rows["last epoch"], rows["best epoch"]
    assert kept["training rows"] == 100
    assert kept["epoch"] < heart["epoch"] == 120
    assert heart["train loss"] < kept["train loss"]
    assert heart["validation loss"] > 1.2 * kept["validation loss"]
    assert heart["test loss"] > 1.1 * kept["test loss"]
    for helped in (rows["dropout 0.5, last epoch"], rows["5 times the rows, last epoch"]):
        assert helped["epoch"] == heart["epoch"], "trained as long, or it would be no help"
        assert helped["test loss"] < heart["test loss"]
    assert rows["5 times the rows, last epoch"]["training rows"] == 500


# --- what is said is what was measured --------------------------------------------------------------------------------

DERIVED = {
    "vanishing": {"depth", "few"},
    "zero-centred": {"batch", "goal"},
    "dead-relu": {"dead", "units", "few"},
    "init": {"layers", "units", "count", "learnt"},
    "learning-rate": {"goal"},
    "two-or-many": {"off"},
}
"""Values of sentences that are no cells of the table: what the experiment is made of, and what is counted in it."""


@pytest.mark.parametrize("name", SHOWS)
def test_three_sentences_say_the_numbers_of_the_table(lab: Lab, name: str) -> None:
    performed = lab(name)
    cells = [value for row in performed.rows for value in row.values()]
    assert len(performed.sentences) == 3
    for sentence in performed.sentences:
        values = {key: value for key, value in sentence.values.items() if key not in DERIVED.get(name, ())}
        assert values
        assert [value for value in values.values() if not isinstance(value, str) and value not in cells] == []
        assert re.search(r"\d", sentence)
        assert ": here" not in sentence
        assert "nan" not in sentence


@pytest.mark.parametrize("name", SHOWS)
def test_the_sentences_have_the_same_numbers_in_chinese(lab: Lab, name: str) -> None:
    for sentence in (*lab(name).sentences, SHOWS[name]):
        chinese = translated(sentence, TEXTS)
        assert re.search("[\u4e00-\u9fff]", chinese)
        assert set(re.findall(r"\d+\.\d+", chinese)) == set(re.findall(r"\d+\.\d+", sentence))


Rows = List[Dict[str, Any]]


def changed(**columns: Any) -> Callable[[Rows], Rows]:
    """Each row with other values in some columns; underscores stand for blanks, `_per_` for ` / `."""
    names = {key.replace("_per_", " / ").replace("_", " "): value for key, value in columns.items()}
    return lambda rows: [{**row, **names} for row in rows]


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        pytest.param("vanishing", changed(first_per_last=0.5), [0, "here it does not vanish"], id="nothing vanishes"),
        pytest.param("vanishing", changed(first_per_last=1e-5), [1, "do not carry the gradient through"], id="all do"),
        pytest.param("vanishing", changed(test_accuracy=0.9), [2, "0.900 with relu: here"], id="and all learn"),
        pytest.param("zero-centred", changed(mean_output=0.5), [0, "here that is no difference"], id="same means"),
        pytest.param("zero-centred", changed(pulled_alike=0.6), [1, "here the sign"], id="pulled alike"),
        pytest.param("zero-centred", changed(epochs_to_the_goal=None), [2, "in epoch none: here it"], id="never there"),
        pytest.param("dead-relu", changed(**{"dead_in_layer_1": 3}), [0, "it is 5: too large"], id="other counts"),
        pytest.param("dead-relu", changed(dead_in_layer_1=0, dead_in_layer_2=0), [0, "kills no more"], id="none dead"),
        pytest.param("dead-relu", changed(of_these_at_the_end=0), [1, "none of them stays dead"], id="none stays dead"),
        pytest.param("dead-relu", changed(test_accuracy=0.9), [2, "units that are left are enough"], id="no harm"),
        pytest.param(
            "linear", changed(largest_difference=0.5), [0, "here that is more than rounding"], id="no collapse"
        ),
        pytest.param("linear", lambda rows: [{**rows[0], "test accuracy": 1.0}, *rows[1:]], [1, "and yet"], id="depth"),
        pytest.param("linear", changed(test_accuracy=0.9), [2, "no better here"], id="relu gains nothing"),
        pytest.param("neuron", changed(difference=0.5), [1, "has not found"], id="other weights"),
        pytest.param("neuron", changed(difference=0.5), [2, "do not say the same"], id="other probabilities"),
        pytest.param(
            "two-or-many", changed(difference_from_1_sigmoid=0.5), [0, "not quite the same"], id="not the same"
        ),
        pytest.param("two-or-many", changed(lowest_sum=1.0, highest_sum=1.0), [1, "here that is no"], id="sums of 1"),
        pytest.param(
            "two-or-many",
            lambda rows: [*rows[:3], {**rows[3], "test accuracy": 0.5}],
            [2, "here it matters"],
            id="names",
        ),
        pytest.param("init", changed(different_units_in_layer_2=7), [0, "here an equal start"], id="all differ"),
        pytest.param("init", changed(spread_after_layer_6=0.1), [1, "here it does not fade"], id="nothing fades"),
        pytest.param("init", changed(test_accuracy=0.9), [2, "of the 5 initializers 5 learn"], id="all learn"),
        pytest.param("init", changed(test_accuracy=None), [2, "of the 5 initializers 0 learn"], id="none ends"),
        pytest.param("learning-rate", changed(epochs_to_the_goal=2), [0, "here even the smallest"], id="none is small"),
        pytest.param(
            "learning-rate",
            changed(not_finite_in_epoch=None, last_training_loss=0.5, lowest_validation_loss=0.6, test_r2=0.2),
            [1, "ends at 0.500: here even the largest"],
            id="none is large",
        ),
        pytest.param("overfit", changed(validation_loss=0.3), [0, "here nothing is learnt by heart"], id="no rise"),
        pytest.param("overfit", changed(test_loss=0.3), [2, "not all that is said to help"], id="no help"),
    ],
)
def test_where_the_numbers_do_not_show_it_the_sentence_says_so(lab: Lab, name: str, change, said) -> None:
    rows = change([dict(row) for row in lab(name).rows])
    position, words = said
    sentence = find_experiment(name).conclude(rows)[position]
    assert words in sentence
    assert sentence != lab(name).sentences[position]
    assert sentence.template in TEXTS


# --- the folder -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHOWS)
def test_the_folder_holds_table_and_picture_and_the_config_that_was_trained(lab: Lab, name: str) -> None:
    performed = lab(name)
    folder = performed.folder
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    with (folder / TABLE).open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    assert read == [{k: "" if v is None else str(v) for k, v in row.items()} for row in performed.rows]
    document = json.loads((folder / RESULT).read_text(encoding="utf-8"))
    assert document["table"] == [dict(row) for row in performed.rows]
    assert document["sentences"] == [str(sentence) for sentence in performed.sentences]
    assert (folder / FIGURE).read_bytes().startswith(b"\x89PNG")
    assert f"# fcnn lab {name}: {SHOWS[name]}\n" in (folder / CONFIG).read_text(encoding="utf-8")
    job = prepare_job(read_request(folder / CONFIG))  # from where it lies now, it is all that a training needs
    assert job.config.seed == 42
    assert job.config.data.path == str(folder / DATA)


def test_another_seed_starts_elsewhere_and_finds_the_same_weights(lab: Lab, tmp_path: Path) -> None:
    tmp_path.joinpath("empty").mkdir()
    other = perform("neuron", tmp_path / "empty", seed=7)
    assert (tmp_path / "empty" / CONFIG).read_text(encoding="utf-8").endswith("\nseed: 7\n")
    for row, usual in zip(other.rows[:-1], lab("neuron").rows):
        assert row["fcnn"] != usual["fcnn"]
        assert row["fcnn"] == pytest.approx(usual["fcnn"], abs=1e-3)


@pytest.fixture
def ours(lab: Lab, tmp_path: Path) -> Path:
    """A copy of an experiment's folder."""
    folder = tmp_path / "neuron"
    folder.mkdir()
    for path in lab("neuron").folder.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


@pytest.mark.parametrize(
    ("name", "file", "content", "received"),
    [
        pytest.param("neuron", "notes.txt", b"mine", "notes.txt", id="a file of the user"),
        pytest.param("neuron", CONFIG, b"mine", CONFIG, id="a config that was changed"),
        pytest.param("neuron", DATA, b"mine", DATA, id="a table that was changed"),
        pytest.param("linear", None, b"", "config.yaml, data.csv, figure.png, table.csv", id="another experiment"),
        pytest.param("neuron", RESULT, b"[]", "config.yaml, data.csv, figure.png, lab.json, table.csv", id="a list"),
        pytest.param("neuron", RESULT, b"{", "config.yaml, data.csv, figure.png, lab.json, table.csv", id="no JSON"),
    ],
)
def test_what_others_have_written_is_not_taken_away(ours: Path, name: str, file, content, received) -> None:
    if file:
        (ours / file).write_bytes(content)
    before = {path.name: path.read_bytes() for path in ours.iterdir()}
    with pytest.raises(RunError) as error:
        perform(name, ours)
    (problem,) = error.value.problems
    assert (problem.where, problem.received) == (str(ours), received)
    assert problem.hint == "choose another folder with -o"
    assert {path.name: path.read_bytes() for path in ours.iterdir()} == before


def test_it_is_the_same_every_time_and_an_untouched_folder_is_written_again(ours: Path) -> None:
    first = {path.name: path.read_bytes() for path in ours.iterdir()}
    inodes = {path.stat().st_ino for path in ours.iterdir()}
    perform("neuron", ours)
    assert {path.name: path.read_bytes() for path in ours.iterdir()} == first
    assert sorted(first) == sorted(FILES)
    assert not inodes & {path.stat().st_ino for path in ours.iterdir()}
    assert [path.name for path in ours.parent.iterdir()] == [ours.name]


def test_the_untouched_folder_of_an_earlier_time_is_no_obstacle(ours: Path) -> None:
    check_folder("neuron", ours)
    (ours / FIGURE).unlink()
    check_folder("neuron", ours)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for path, words in ((tmp_path / "file", "is a file"), (tmp_path / "file" / "below", "cannot be written")):
        with pytest.raises(RunError, match=words):
            perform("neuron", path)
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["full", "Ctrl-C"])
def test_nothing_half_written_is_left(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: BaseException) -> None:
    from fcnn.report import style

    def fail(*_: Any) -> None:
        raise error

    monkeypatch.setattr(style, "save", fail)
    with pytest.raises((RunError, KeyboardInterrupt)):
        perform("neuron", tmp_path / "lab", reporter=Reporter())
    assert list(tmp_path.iterdir()) == []


# --- the documentation ------------------------------------------------------------------------------------------------

ROOT = Path(__file__).resolve().parents[2]
NUMBER = r"[+-]?\d[\d,]*(?:\.\d+)?(?:e[+-]\d+)?"


@pytest.mark.parametrize("page", ["docs/lab.md", "docs/zh/lab.md"])
@pytest.mark.parametrize("name", SHOWS)
def test_the_pages_say_what_the_experiments_say_but_for_the_numbers(lab: Lab, name: str, page: str) -> None:
    texts = TEXTS if "zh" in page else {}
    text = (ROOT / page).read_text(encoding="utf-8")
    section = text.partition(f"\n## fcnn lab {name}\n")[2].partition("\n## ")[0]
    picture = re.search(r"!\[.+\]\((.+)\)", section)
    assert picture is not None, "run scripts/make-docs --pictures"
    assert (ROOT / page).parent.joinpath(picture.group(1)).is_file()
    assert translated(SHOWS[name], texts) in section

    def shape(sentence: str) -> str:
        return re.sub(NUMBER, "N", sentence)

    said = [shape(line[2:]) for line in section.splitlines() if line.startswith("- ")]
    assert said == [shape(translated(sentence, texts)) for sentence in lab(name).sentences]
    assert section.count("\n| ") == 1 + len(lab(name).rows)
