"""Several trainings of one config: with several seeds, and on the folds of a cross-validation."""

import gc
from pathlib import Path
from statistics import mean, stdev

import numpy as np
import pytest

import fcnn
from fcnn.config.fit import auto_batch_size
from fcnn.data.dataset import prepare_folds
from fcnn.data.parts import Part
from fcnn.errors import ConfigError, DataError, TrainingError
from fcnn.files import read_json
from fcnn.jobs.prepare import read_request
from fcnn.jobs.repeats import Repeats, findings_of, prepare_members, repeats_of
from fcnn.jobs.reporter import Reporter

PENGUINS = Path(__file__).parents[2] / "configs" / "penguins.yaml"
QUICK = ["training.epochs=4", "training.early_stopping=null", "run.plots=false"]
PARTS = ("train", "validation", "test")


def train(folder, overrides=(), **options):
    return fcnn.train(PENGUINS, [*QUICK, *overrides], run_dir=folder, **options)


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Folder of the runs that are only looked at."""
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="module")
def plain(runs):
    """One training with the config's own seed."""
    return train(runs / "plain")


@pytest.fixture(scope="module")
def seeds(runs):
    """Three trainings with the seeds 42, 43 and 44."""
    return train(runs / "seeds", seeds=3)


@pytest.fixture(scope="module")
def folds(runs):
    """Four trainings, one for each fold."""
    return train(runs / "folds", ["data.split.test=0.25"], folds=4)


def test_seeds_follow_that_of_the_config_and_the_rows_stay_the_same(seeds, plain) -> None:
    members = seeds.metrics["repeats"]["members"]
    assert [member["seed"] for member in members] == [42, 43, 44]
    assert [member["rows"] for member in members] == [{"train": 240, "validation": 52, "test": 52}] * 3
    assert seeds.record.preprocessing == plain.record.preprocessing
    assert seeds.metrics["baselines"] == plain.metrics["baselines"]


def test_the_first_of_several_seeds_is_the_training_without_the_option(seeds, plain) -> None:
    first, second, third = seeds.metrics["repeats"]["members"]
    assert {part: first[part] for part in PARTS} == {part: plain.metrics[part] for part in PARTS}
    assert len({member["loss"] for member in (first, second, third)}) == 3


def test_another_run_of_the_same_is_the_same_bit_for_bit(seeds, tmp_path) -> None:
    again = train(tmp_path / "again", seeds=3)
    assert (again.folder / "weights.npz").read_bytes() == (seeds.folder / "weights.npz").read_bytes()
    assert again.metrics["repeats"] == seeds.metrics["repeats"]


@pytest.mark.parametrize("name", ["seeds", "folds"])
def test_mean_and_sample_standard_deviation_are_those_of_the_members(name, request) -> None:
    repeats = request.getfixturevalue(name).metrics["repeats"]
    for part in PARTS:
        assert {"accuracy", "log_loss", "roc_auc"} <= set(repeats["mean"][part]) == set(repeats["std"][part])
        for metric, value in repeats["mean"][part].items():
            values = [member[part][metric] for member in repeats["members"]]
            assert (value, repeats["std"][part][metric]) == (mean(values), stdev(values))


def test_the_seed_with_the_lowest_validation_loss_is_kept(seeds) -> None:
    repeats = seeds.metrics["repeats"]
    losses = [member["loss"] for member in repeats["members"]]
    kept = repeats["members"][repeats["kept"] - 1]
    assert kept["loss"] == min(losses) == min(seeds.history["val_loss"])
    assert {part: seeds.metrics[part] for part in PARTS} == {part: kept[part] for part in PARTS}
    assert read_json(seeds.folder / "data.json")["repeats"] == {"kind": "seeds", "count": 3, "kept": repeats["kept"]}


def test_of_folds_the_one_in_the_middle_is_kept(folds) -> None:
    repeats = folds.metrics["repeats"]
    losses = [member["loss"] for member in repeats["members"]]
    kept = repeats["members"][repeats["kept"] - 1]
    assert kept["loss"] == sorted(losses)[1]
    assert {part: folds.metrics[part] for part in PARTS} == {part: kept[part] for part in PARTS}
    assert {part: folds.record.rows[part] for part in PARTS} == kept["rows"]


def test_every_row_but_those_of_the_test_part_is_held_out_once() -> None:
    members = prepare_members(read_request(PENGUINS, QUICK), Repeats("folds", 4))
    parts = [member.dataset.parts for member in members]
    rows = np.concatenate([part["validation"].rows for part in parts])
    assert sorted([*rows, *parts[0]["test"].rows]) == list(range(344))
    assert {tuple(part["test"].rows) for part in parts} == {tuple(parts[0]["test"].rows)}
    single = prepare_members(read_request(PENGUINS, QUICK), Repeats("seeds", 2))[0].dataset.parts
    assert parts[0]["test"].rows.tolist() == single["test"].rows.tolist()


def test_each_fold_is_standardised_by_its_own_training_rows() -> None:
    members = prepare_members(read_request(PENGUINS, QUICK), Repeats("folds", 4))
    means = []
    for member in members:
        position = member.dataset.preprocessing.feature_names.index("body_mass_g")
        (state,) = (state for state in member.dataset.preprocessing.columns if state.name == "body_mass_g")
        means.append(state.mean)
        parts = member.with_matrices().dataset.parts
        training, held_out = (parts[part].x[:, position].mean() for part in ("train", "validation"))
        assert abs(training) < 1e-6 < 1e-4 < abs(held_out)
    assert len(set(means)) == 4


def test_the_configs_of_the_members_differ_in_the_seed_alone(rare) -> None:
    rare["data"]["split"] = {"method": "time", "column": "b"}
    folds = prepare_members(read_request(rare), Repeats("folds", 8))
    assert len({str(member.config) for member in folds}) == 1
    rows = [len(member.dataset.parts["train"].rows) for member in folds]
    assert [auto_batch_size(count) for count in (rows[0], rows[-1])] == [8, 16]
    assert folds[0].config.training.batch_size == 16
    seeds = prepare_members(read_request(rare, ["seed=2147483647"]), Repeats("seeds", 3))
    assert [member.config.seed for member in seeds] == [2147483647, 0, 1]


def test_out_of_fold_scores_are_those_of_all_rows_together(folds) -> None:
    repeats = folds.metrics["repeats"]
    rows = [member["rows"]["validation"] for member in repeats["members"]]
    hits = sum(member["validation"]["accuracy"] * count for member, count in zip(repeats["members"], rows))
    assert sum(rows) == 344 - 86
    assert repeats["out_of_fold"]["accuracy"] == pytest.approx(hits / sum(rows), abs=1e-12)


def test_out_of_fold_scores_of_a_quantity_are_in_its_own_unit(rare) -> None:
    rare["data"].update(target="b", task="regression", split={"test": 0})
    repeats = fcnn.train(rare, ["training.epochs=2"], folds=2).metrics["repeats"]
    squares = [member["validation"]["rmse"] ** 2 for member in repeats["members"]]
    assert repeats["out_of_fold"]["rmse"] == pytest.approx(mean(squares) ** 0.5, rel=1e-9)
    assert sorted(repeats["members"][0]["rows"]) == ["train", "validation"]


def test_out_of_fold_scores_count_sample_weights(rare) -> None:
    lines = Path("rare.csv").read_text(encoding="utf-8").splitlines()
    weighted = [f"{lines[0]},w", *(f"{line},{2 if row % 3 else 0}" for row, line in enumerate(lines[1:]))]
    Path("rare.csv").write_text("\n".join([*weighted, ""]), encoding="utf-8")
    rare["data"]["weight"] = "w"
    run = fcnn.train(rare, ["training.epochs=1"], folds=2)
    repeats = run.metrics["repeats"]
    low, high = sorted(member["validation"]["accuracy"] for member in repeats["members"])
    assert low <= repeats["out_of_fold"]["accuracy"] <= high


def test_the_baselines_are_means_over_the_same_rows(folds, seeds) -> None:
    several, one = (each["baselines"]["majority"] for each in (folds.metrics["repeats"], folds.metrics))
    assert several["test"]["accuracy"] == one["test"]["accuracy"]
    assert several["test"]["log_loss"] != one["test"]["log_loss"]
    assert seeds.metrics["repeats"]["baselines"] == seeds.metrics["baselines"]


def test_the_config_of_the_run_folder_repeats_it(folds, tmp_path) -> None:
    again = fcnn.train(folds.folder / "config.yaml", run_dir=tmp_path / "again", folds=4)
    assert again.metrics["repeats"] == folds.metrics["repeats"]
    assert (again.folder / "weights.npz").read_bytes() == (folds.folder / "weights.npz").read_bytes()


LAYERS = {
    "plain": [8],
    "dropout and batch normalization": [{"units": 8, "dropout": 0.3, "batch_normalization": True}],
}


@pytest.mark.parametrize(("layers", "mode"), [*zip(LAYERS.values(), ("xla", "graph"))], ids=LAYERS)
def test_a_later_training_is_what_it_would_be_alone(rare, layers, mode) -> None:
    lines = Path("rare.csv").read_text(encoding="utf-8").splitlines()
    words = ["part", *(["train", "train", "validation", "test"] * 50)]  # a split that no seed changes
    Path("rare.csv").write_text("\n".join(map(",".join, zip(lines, words))) + "\n", encoding="utf-8")
    rare["data"]["split"] = {"method": "column", "column": "part"}
    rare["network"]["layers"] = layers
    options = ["training.epochs=3", f"training.compile={mode}"]
    alone = fcnn.train(rare, [*options, "seed=8"]).metrics
    later = fcnn.train(rare, [*options, "seed=7"], seeds=2).metrics["repeats"]["members"][1]
    assert later["seed"] == 8
    assert {part: later[part] for part in PARTS} == {part: alone[part] for part in PARTS}


def test_without_validation_rows_the_training_loss_decides_which_seed_is_kept(rare) -> None:
    rare["data"]["split"] = {"validation": 0}
    run = fcnn.train(rare, ["training.epochs=2"], seeds=3)
    losses = [member["loss"] for member in run.metrics["repeats"]["members"]]
    assert losses[run.metrics["repeats"]["kept"] - 1] == min(losses) == min(run.history["loss"])


def test_callbacks_see_each_training(rare) -> None:
    from tensorflow import keras

    begun = []
    callback = keras.callbacks.LambdaCallback(on_train_begin=lambda logs: begun.append(1))
    fcnn.train(rare, ["training.epochs=1"], seeds=3, callbacks=[callback])
    assert len(begun) == 3


def test_a_loss_that_explodes_says_in_which_training(rare) -> None:
    rare["training"]["optimizer"] = {"name": "sgd", "learning_rate": 1e6}
    rare["network"]["layers"] = [8, 8]
    rare["data"].update(target="b", task="regression")
    with pytest.raises(TrainingError) as raised:
        fcnn.train(rare, folds=2)
    assert str(raised.value).startswith("training in fold 1: ")


def test_the_share_of_validation_is_not_needed_where_there_are_folds(rare) -> None:
    Path("rare.csv").write_text("a,y\n" + "".join(f"{row},{'abc'[row % 3]}\n" for row in range(12)), encoding="utf-8")
    rare["data"]["split"] = {"validation": 0.1, "test": 0.25}
    members = prepare_members(read_request(rare), Repeats("folds", 3))
    assert [len(member.dataset.parts["validation"].rows) for member in members] == [3, 3, 3]
    with pytest.raises(DataError, match="1 validation row cannot hold each of 3 classes"):
        prepare_members(read_request(rare), Repeats("seeds", 3))


@pytest.mark.parametrize("method", ["random", "stratified", "group", "time"])
def test_the_test_rows_of_folds_are_those_of_a_single_training(rare, method) -> None:
    rare["data"]["split"] = {"method": method, **({"column": "b"} if method in ("group", "time") else {})}
    single, folds = (
        prepare_members(read_request(rare), Repeats(kind, 2))[0].dataset.parts["test"] for kind in ("seeds", "folds")
    )
    assert folds.rows.tolist() == single.rows.tolist()


def test_of_folds_by_time_the_last_is_kept(rare) -> None:
    rare["data"]["split"] = {"method": "time", "column": "a", "test": 0.2}
    repeats = fcnn.train(rare, ["training.epochs=1"], folds=3).metrics["repeats"]
    assert repeats["kept"] == 3
    rows = [member["rows"]["train"] for member in repeats["members"]]
    assert rows == sorted(rows)


def test_rows_that_a_column_wants_for_validation_are_in_the_folds_and_that_is_said(rare) -> None:
    lines = Path("rare.csv").read_text(encoding="utf-8").splitlines()
    words = ["part", *(["train", "train", "validation", "test"] * 50)]
    Path("rare.csv").write_text("\n".join(map(",".join, zip(lines, words))) + "\n", encoding="utf-8")
    rare["data"]["split"] = {"method": "column", "column": "part"}
    members = prepare_members(read_request(rare), Repeats("folds", 3))
    assert [len(member.dataset.parts["validation"].rows) for member in members] == [50, 50, 50]
    assert [len(member.dataset.parts["test"].rows) for member in members] == [50, 50, 50]
    notes = [str(note) for note in findings_of(members, Repeats("folds", 3)) if note.where == "--folds"]
    assert notes == ["--folds: the rows that are for validation are shared out to the folds, too"]


def test_a_finding_is_told_once_and_one_of_another_fold_with_its_fold(rare) -> None:
    lines = Path("rare.csv").read_text(encoding="utf-8").splitlines()
    cells = ["c", *("0" if row != 150 else "1" for row in range(200))]  # the same in all rows but one
    Path("rare.csv").write_text("\n".join(map(",".join, zip(lines, cells))) + "\n", encoding="utf-8")
    rare["data"]["split"] = {"test": 0}
    members = prepare_members(read_request(rare), Repeats("folds", 4))
    held_out = next(n for n, member in enumerate(members, 1) if 150 in member.dataset.parts["validation"].rows)
    told = [each for each in findings_of(members, Repeats("folds", 4)) if getattr(each, "kind", "") == "constant"]
    assert [str(each.where) for each in told] == ["column 'c'" if held_out == 1 else f"column 'c' in fold {held_out}"]
    widths = [member.dataset.parts["train"].x.shape[1] for member in members]
    assert sorted(widths) == [2, 3, 3, 3]


def test_a_table_without_a_config_gets_the_same_layers_for_each_fold(rare) -> None:
    from fcnn.jobs.starter import starter_request

    members = prepare_members(starter_request(Path("rare.csv"), "y"), Repeats("folds", 3))
    assert len({str(member.design.architecture.layers) for member in members}) == 1
    assert [layer.units for layer in members[0].design.architecture.layers[:-1]] == [256, 256, 256]


@pytest.mark.parametrize(
    ("kind", "count", "split", "mode"),
    [
        ("seeds", 2, {}, "graph"),
        ("seeds", 9, {}, "xla"),
        ("folds", 10, {"test": 0}, "xla"),
        ("folds", 8, {"method": "time", "column": "b"}, "graph"),
    ],
    ids=["few seeds", "many seeds", "folds of equal size", "folds by time, each of another size"],
)
def test_what_is_compiled_once_pays_for_all_trainings_with_as_many_rows(rare, kind, count, split, mode) -> None:
    rare["data"]["split"] = split
    request = read_request(rare, ["training.batch_size=8", "training.epochs=150"])
    modes = {member.config.training.compile for member in prepare_members(request, Repeats(kind, count))}
    assert modes == {mode}
    assert prepare_members(request, Repeats("seeds", 2))[0].config.training.compile == "graph"


class Counting(Reporter):
    """Counts the parts of datasets whose matrices came into memory, while a training goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.counts = []

    def epoch(self, row, best_epoch) -> None:
        gc.collect()
        parts = [each for each in gc.get_objects() if type(each) is Part and len(each.x)]
        self.counts.append(len([part for part in parts if part.x.shape[1] == 2]))


@pytest.fixture
def _frozen():
    """Objects of other tests are out of sight of the collector: it need not go through millions of them."""
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("_frozen")
def test_the_matrices_of_one_fold_at_a_time_are_in_memory(rare) -> None:
    reporter = Counting()
    fcnn.train(rare, ["training.epochs=1"], folds=4, reporter=reporter)
    assert reporter.counts == [3] * 4


def test_matrices_that_are_made_again_are_those_that_were_checked(rare) -> None:
    for fold in prepare_folds(*_arguments(rare), 3):
        first = fold.fitted()
        again = fold.encoded(first.without_matrices())
        assert {name: part.x.tobytes() for name, part in again.parts.items()} == {
            name: part.x.tobytes() for name, part in first.parts.items()
        }
        assert [len(part.x) for part in first.without_matrices().parts.values()] == [0, 0, 0]


def _arguments(config):
    request = read_request(config)
    return request.config.data, request.paths, request.roles, request.config.seed


WRONG = {
    "one seed": ({"seeds": 1}, "--seeds: mean and spread need several trainings\n"
                 "  expected: a whole number, 2 or more\n  received: 1"),
    "no fold": ({"folds": 0}, "--folds: mean and spread need several trainings\n"
                "  expected: a whole number, 2 or more\n  received: 0"),
    "a text": ({"folds": "5"}, "--folds: mean and spread need several trainings\n"
               "  expected: a whole number, 2 or more\n  received: '5'"),
    "a truth": ({"seeds": True}, "--seeds: mean and spread need several trainings\n"
                "  expected: a whole number, 2 or more\n  received: True"),
    "both": ({"seeds": 3, "folds": 3}, "--seeds, --folds: a training is repeated with several seeds or on several "
             "folds, not both\n  hint: leave one of them out"),
}  # fmt: skip


@pytest.mark.parametrize(("options", "said"), WRONG.values(), ids=WRONG)
def test_what_is_no_number_of_trainings_is_an_error(options, said) -> None:
    with pytest.raises(ConfigError) as raised:
        fcnn.train(PENGUINS, **options)
    assert str(raised.value) == said
    assert repeats_of(None, None) is None


def test_more_folds_than_a_class_has_rows_is_an_error_before_any_training(rare) -> None:
    with pytest.raises(DataError, match="a class has too few rows to be in each of 30 folds"):
        fcnn.train(rare, folds=30)
    assert not Path("runs").exists()
