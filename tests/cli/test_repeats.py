"""`fcnn train --seeds N` and `--folds K`: what is said, what is printed, and what a signal leaves."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

import json
import shutil
import signal
from pathlib import Path

import pytest

from fcnn.cli.progress import ConsoleReporter
from fcnn.cli.scores import with_spread
from fcnn.files import read_json
from fcnn.training import saving


@pytest.fixture
def signal_in(monkeypatch):
    """`signal_in(2, 3)` sends Ctrl-C to this process when the third epoch of the second training has ended."""

    def arrange(member, epoch, numbers=(signal.SIGINT,)):
        begun = []
        begin, end = ConsoleReporter.training_begins, ConsoleReporter.epoch

        def count_and_begin(self, epochs):
            begun.append(epochs)
            begin(self, epochs)

        def epoch_then_signal(self, row, best_epoch):
            end(self, row, best_epoch)
            if (len(begun), row["epoch"]) == (member, epoch):
                for number in numbers:
                    signal.raise_signal(number)

        monkeypatch.setattr(ConsoleReporter, "training_begins", count_and_begin)
        monkeypatch.setattr(ConsoleReporter, "epoch", epoch_then_signal)

    return arrange


def test_seeds_are_told_one_after_another_and_end_in_a_table(console, small) -> None:
    answer = console("train", small, "--seeds", 3, "seed=5")
    assert answer.code == 0
    lines = answer.err.splitlines()
    assert lines[0].startswith("regression: 20 train, 10 validation, 10 test rows; network 2 -> 4 relu -> 1 linear")
    assert lines[1] == "3 trainings: seeds 5 to 7"
    begins = [position for position, line in enumerate(lines) if line.startswith("seed") and line.endswith("of 3)")]
    assert [lines[position] for position in begins] == ["seed 5 (1 of 3)", "seed 6 (2 of 3)", "seed 7 (3 of 3)"]
    assert [line.split()[1] for line in lines[begins[0] + 1 : begins[0] + 4]] == ["1", "2", "3"]
    assert lines[begins[1] - 1].startswith("seed 5: epoch ")
    assert " of 3 kept; loss " in lines[begins[1] - 1]
    repeats = read_json(answer.folder / "metrics.json")["repeats"]
    seed = 4 + repeats["kept"]
    out = answer.out.splitlines()
    assert [cell.strip() for cell in out[1].split("┃")[1:-1]] == [
        "test", "mean ± std", f"seed {seed} kept", "mean", "ridge",
    ]  # fmt: skip
    assert out[3].split("│")[2].strip() == with_spread(repeats["mean"]["test"]["rmse"], repeats["std"]["test"]["rmse"])
    assert out[-2].startswith(f"3 trainings, seed {seed} kept; all epochs done; epoch ")
    log = (answer.folder / "log.txt").read_text(encoding="utf-8")
    assert all(line in log for line in lines)


def test_folds_show_the_rows_held_out_and_the_test_rows(console, small) -> None:
    answer = console("train", small, "--folds", 4)
    assert "4 trainings: each fold of 7 to 8 rows is held out once\nfold 1 of 4\n" in answer.err
    kept = read_json(answer.folder / "metrics.json")["repeats"]["kept"]
    heads = [line.split("┃") for line in answer.out.splitlines() if line.startswith("┃")]
    assert [[cell.strip() for cell in head[1:4]] for head in heads] == [
        ["validation", "mean ± std", f"fold {kept} kept"],
        ["test", "mean ± std", f"fold {kept} kept"],
    ]
    assert console("show", answer.folder).out.splitlines()[7] == f"repeats  4 trainings, fold {kept} kept"
    repeats = read_json(answer.folder / "metrics.json")["repeats"]
    score = with_spread(repeats["mean"]["test"]["r2"], repeats["std"]["test"]["r2"])
    assert f"test r2 {score}" in console("runs").out


def test_json_has_everything_in_one_document(console, small) -> None:
    answer = console("train", small, "--folds", 2, "--json", "--quiet")
    document = json.loads(answer.out)
    assert document["repeats"] == read_json(Path(document["run"]) / "metrics.json")["repeats"]
    assert sorted(document["repeats"]) == [
        "baselines", "count", "kept", "kind", "mean", "members", "out_of_fold", "std",
    ]  # fmt: skip
    assert (document["repeats"]["kind"], document["repeats"]["count"], answer.err) == ("folds", 2, "")


def test_a_dry_run_says_what_would_be_trained(console, small, tmp_path) -> None:
    answer = console("train", small, "--folds", 3, "--dry-run")
    assert answer.out.splitlines()[-1] == "3 trainings: each fold of 10 rows is held out once"
    document = json.loads(console("train", small, "--seeds", 4, "--dry-run", "--json").out)
    assert document["repeats"] == {"kind": "seeds", "count": 4}
    assert not (tmp_path / "runs").exists()


def test_there_is_a_picture_of_the_members(console, small) -> None:
    answer = console("train", small, "--seeds", 2, "run.plots=true")
    assert (answer.folder / "plots" / "members.png").stat().st_size > 5000


@pytest.mark.parametrize(
    ("options", "said"),
    [
        pytest.param(
            ["--seeds", "1"],
            "error: --seeds: mean and spread need several trainings\n"
            "  expected: a whole number, 2 or more\n  received: 1\n",
            id="one",
        ),
        pytest.param(
            ["--folds", "3", "--seeds", "3"],
            "error: --seeds, --folds: a training is repeated with several seeds or on several folds, not both\n"
            "  hint: leave one of them out\n",
            id="both",
        ),
        pytest.param(
            ["--folds", "31"],
            "error: --folds: 30 rows are too few for 31 folds\n  expected: at least 31 rows\n",
            id="more folds than rows",
        ),
    ],
)
def test_what_cannot_be_repeated_so_is_an_error(console, small, tmp_path, options, said) -> None:
    answer = console("train", small, *options)
    assert (answer.code, answer.out, answer.err) == (2, "", said)
    assert not (tmp_path / "runs").exists()


def test_in_chinese(console, small, monkeypatch) -> None:
    monkeypatch.setenv("FCNN_LANG", "zh")
    answer = console("train", small, "--folds", "2")
    assert "训练 2 次：每折 15 行，轮流留作验证集\n第 1 折，共 2 折\n" in answer.err
    assert "均值 ± 标准差" in answer.out
    answer = console("train", small, "--folds", "31")
    assert answer.err == "错误：--folds: 30 行不够分成 31 折\n  应为：至少 31 行\n"


def test_ctrl_c_keeps_the_trainings_that_are_finished(console, small, signal_in) -> None:
    signal_in(3, 2)
    before = signal.getsignal(signal.SIGINT)
    answer = console("train", small, "--seeds", 5, "training.epochs=3")
    assert answer.code == 130
    metrics = read_json(answer.folder / "metrics.json")
    assert metrics["stopped"] == "interrupted"
    assert [member["seed"] for member in metrics["repeats"]["members"]] == [42, 43]
    assert [member["stopped"] for member in metrics["repeats"]["members"]] == ["finished", "finished"]
    assert metrics["repeats"]["count"] == 5
    assert "stopping after the steps under way; the trainings that are finished are kept\n" in answer.err
    assert answer.out.splitlines()[-2].startswith("2 of 5 trainings, seed ")
    assert signal.getsignal(signal.SIGINT) is before


def test_a_signal_in_the_first_training_keeps_its_best_epoch(console, small, signal_in) -> None:
    signal_in(1, 2, [signal.SIGTERM])
    answer = console("train", small, "--folds", 3, "training.epochs=100000")
    metrics = read_json(answer.folder / "metrics.json")
    assert (answer.code, metrics["stopped"], metrics["epochs"]) == (130, "terminated", 2)
    assert (len(metrics["repeats"]["members"]), metrics["repeats"]["std"]) == (1, {})
    assert "stopping after the steps under way; the best epoch so far is kept\n" in answer.err
    assert console("show", answer.folder).out.splitlines()[7] == "repeats  1 of 3 trainings, fold 1 kept"


def test_the_second_ctrl_c_ends_all_of_them_and_leaves_what_was_trained(
    console, small, signal_in, tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr(saving, "PAUSE", 0)
    signal_in(2, 2, [signal.SIGINT, signal.SIGINT])
    answer = console("train", small, "--seeds", 3)
    assert (answer.code, answer.out) == (130, "")
    (partial,) = (tmp_path / "runs").iterdir()
    assert (partial / "checkpoints/001.npz").exists()


@pytest.mark.parametrize(
    ("mean", "std", "text"),
    [
        pytest.param(0.98276, 0.01234, "0.983 ± 0.012", id="a share"),
        pytest.param(56.53, 2.5, "56.5 ± 2.5", id="a quantity"),
        pytest.param(123456.7, 2345.6, "123,457 ± 2,346", id="a large one"),
        pytest.param(-0.4, 12.3, "0 ± 12", id="mostly spread"),
        pytest.param(1.0, 0.0, "1 ± 0", id="no spread"),
        pytest.param(0.5, 1e-9, "0.5 ± 1e-09", id="hardly any"),
        pytest.param(0.5, None, "0.5", id="one training"),
    ],
)
def test_a_mean_has_as_many_decimals_as_its_spread(mean, std, text) -> None:
    assert with_spread(mean, std) == text


def test_an_ensemble_says_what_its_scores_are_of_and_which_network_is_shown_alone(console, small) -> None:
    answer = console("train", small, "--folds", 2, "--ensemble")
    assert answer.code == 0
    metrics = read_json(answer.folder / "metrics.json")
    kept = metrics["repeats"]["kept"]
    heads = [line.split("┃") for line in answer.out.splitlines() if line.startswith("┃")]
    assert [[cell.strip() for cell in head[1:4]] for head in heads] == [
        ["validation", "mean ± std", "out of fold"],
        ["test", "mean ± std", "ensemble"],
    ]
    assert answer.out.splitlines()[-2].startswith("2 trainings, which predict together; all epochs done; ")
    assert f"shows one network of the ensemble, number {kept} of 2" in answer.err
    assert console("show", answer.folder).out.splitlines()[7] == "repeats  2 trainings, which predict together"
    assert f"test r2 {metrics['test']['r2']:.4g}" in console("runs").out
    page = (answer.folder / "report.html").read_text(encoding="utf-8")
    assert "Which networks answer together?" in page
    assert f"{metrics['repeats']['members'][1]['test']['mae']:.4g}" in page
    assert "--folds 2 --ensemble" in page
    traced = console("trace", answer.folder, "--row", 3)
    assert f"note: trace: shows one network of the ensemble, number {kept} of 2" in traced.err
    copy = shutil.copytree(str(answer.folder), str(answer.folder) + "-copy")
    assert "networks that predict together" in console("compare", answer.folder, copy).out
    document = json.loads(console("train", small, "--seeds", 2, "--ensemble", "--dry-run", "--json").out)
    assert document["repeats"] == {"kind": "seeds", "count": 2, "ensemble": True}


def test_one_training_is_no_ensemble(console, small, tmp_path) -> None:
    answer = console("train", small, "--ensemble")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        "error: --ensemble: one training makes no ensemble\n  expected: --folds K, --seeds N\n"
        "  hint: for example --folds 5 --ensemble; a run that goes on with --resume is what it was begun as\n"
    )
    assert not (tmp_path / "runs").exists()


def test_ctrl_c_keeps_the_members_that_are_finished(console, small, signal_in) -> None:
    signal_in(3, 2)
    answer = console("train", small, "--folds", 4, "--ensemble", "training.epochs=3")
    assert answer.code == 130
    repeats = read_json(answer.folder / "data.json")["repeats"]
    assert (repeats["count"], repeats["ensemble"]) == (4, 2)
    assert sorted(path.name for path in (answer.folder / "members").iterdir()) == ["01", "02"]
    assert "2 of 4 trainings, which predict together" in answer.out
