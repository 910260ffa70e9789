"""scripts/benchmark: its arguments and what it makes of measurements; nothing is measured here."""

import json
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts" / "benchmarks"

sys.path.append(str(SCRIPTS))
import cases  # noqa: E402
import machine  # noqa: E402
import memory  # noqa: E402
import predict  # noqa: E402
import quality  # noqa: E402
import reading  # noqa: E402
import repeat  # noqa: E402
import scale  # noqa: E402
import serve  # noqa: E402, F401 - found while its folder is known
import sharing  # noqa: E402
import speed  # noqa: E402
import startup  # noqa: E402

sys.path.remove(str(SCRIPTS))

MAIN = runpy.run_path(str(SCRIPTS / "__main__.py"))["main"]
SMALL = "20-64-64-5@128"


@pytest.fixture
def asked(monkeypatch):
    """What the benchmarks are asked for, instead of measuring."""
    options = []
    for module in (memory, predict, quality, reading, repeat, scale, sharing, speed, startup):
        monkeypatch.setattr(module, "run", lambda given: options.append(vars(given)) or 0)
    return options


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        (["reading"], {"kind": "reading", "rows": 300_000, "repeats": 5}),
        (["reading", "--rows", "150000", "--repeats", "3"], {"kind": "reading", "rows": 150_000, "repeats": 3}),
        (
            ["speed", "--case", SMALL, "--trainer", "fcnn, xla"],
            {"kind": "speed", "case": [SMALL], "trainer": ["fcnn, xla"], "repeats": 5},
        ),
        (["predict"], {"kind": "predict", "rows": 1_000_000, "table_rows": 300_000, "repeats": 5}),
        (
            ["predict", "--rows", "10000000", "--table-rows", "7"],
            {"kind": "predict", "rows": 10_000_000, "table_rows": 7, "repeats": 5},
        ),
        (
            ["memory", "--rows", "1000", "--only-disk", "--repeats", "1"],
            {"kind": "memory", "rows": 1000, "memory": "500MB", "table": None, "only_disk": True, "repeats": 1},
        ),
        (["scale", "--repeats", "3"], {"kind": "scale", "case": list(scale.CASES), "repeats": 3}),
        (
            ["sharing", "--workers", "1", "2", "4"],
            {"kind": "sharing", "rows": 1_000_000, "workers": [1, 2, 4], "memory": "100MB", "repeats": 5},
        ),
        (
            ["repeat", "iris.yaml", "training.epochs=3", "--other", "python3"],
            {
                "kind": "repeat",
                "config": "iris.yaml",
                "overrides": ["training.epochs=3"],
                "other": "python3",
                "repeats": 5,
            },
        ),
        (["startup", "--table", "penguins"], {"kind": "startup", "table": ["penguins"], "repeats": 5}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_benchmark_gets_what_it_was_asked_for(asked, arguments, options):
    assert MAIN(arguments) == 0
    assert asked == [options]


def test_without_a_choice_everything_that_is_here_is_measured_on_five_networks(asked):
    MAIN(["speed"])
    assert len(asked[0]["case"]) == 5
    assert {"model.fit", "fcnn, graph", "fcnn, xla", "scikit-learn, MLPClassifier"} < set(asked[0]["trainer"])


@pytest.mark.parametrize(
    "arguments",
    [[], ["sped"], ["speed", "--case", "20-64@128"], ["speed", "--trainer", "x"], ["startup", "--table", "iris"]],
)
def test_what_there_is_not_is_refused(asked, arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        MAIN(arguments)
    assert caught.value.code == 2
    assert asked == []


def test_a_network_counts_weights_and_biases():
    case = cases.CASES[SMALL]
    assert case.parameters == 21 * 64 + 65 * 64 + 65 * 5
    assert case.operations == 6 * 5829


def test_the_data_are_the_same_each_time_and_a_tenth_is_for_validation():
    case = cases.CASES[SMALL]
    once, again = cases.make_data(case), cases.make_data(case)
    assert (once.x == again.x).all()
    assert (once.y == again.y).all()
    assert once.x.shape == (54_000, 20)
    assert once.validation[0].shape == (6_000, 20)
    assert set(once.y) == {0, 1, 2, 3, 4}


def test_the_initial_weights_fit_the_network():
    assert [array.shape for array in cases.initial_weights(cases.CASES[SMALL])] == [
        (20, 64), (64,), (64, 64), (64,), (64, 5), (5,)
    ]  # fmt: skip


def told(*seconds, loss=1.0):
    return [{"seconds": each, "loss": loss, "val_loss": 1.25} for each in seconds]


FOUND = {
    speed.PEAK: [{"seconds": 1.0, "gflops": gflops} for gflops in (1.0, 100.0, 80.0, 90.0)],
    "model.fit": told(3.0, 0.5, 0.6, 0.54),
    "fcnn, graph": told(1.0, 0.054, 0.054, 9.0, loss=1.005),
}


@pytest.fixture(autouse=True)
def graph_is_chosen(monkeypatch):
    monkeypatch.setattr(speed, "chosen", lambda case: "fcnn, graph")


def test_the_first_epoch_stands_apart_and_the_others_give_the_median():
    assert speed.case_table(cases.CASES[SMALL], FOUND).splitlines() == [
        "|  | rows/s | ratio | first epoch, s | GFLOP/s | of the peak | loss | validation loss |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        "| model.fit | 100,000 | 1.00 | 3.00 | 3.5 | 4% | 1.0000 | 1.2500 |",
        "| fcnn, graph (auto) | 1,000,000 | 10.00 | 1.00 | 35.0 | 39% | 1.0050 | 1.2500 |",
        "| a large product |  |  |  | 90 | 100% |  |  |",
    ]


def test_the_summary_has_a_row_for_each_network_and_the_ratio_in_brackets():
    assert speed.summary({SMALL: FOUND}).splitlines() == [
        "| network@batch | model.fit | fcnn, graph | the fastest, of the peak |",
        "| --- | ---: | ---: | ---: |",
        f"| {SMALL} | 100 (1) | 1,000 (10) | 39% |",
    ]


@pytest.mark.parametrize(("loss", "code"), [(1.005, 0), (0.98, 1)], ids=["within the noise", "another loss"])
def test_another_loss_than_that_of_fit_is_a_failure(monkeypatch, capsys, loss, code):
    found = {**FOUND, "fcnn, graph": told(1.0, 0.1, 0.1, 0.1, loss=loss)}
    monkeypatch.setattr(speed, "measure", lambda name, trainers, repeats: found)
    assert MAIN(["speed", "--case", SMALL, "--repeats", "3"]) == code
    assert f"Losses within {abs(loss - 1):.2%} of model.fit's" in capsys.readouterr().out


def test_start_up_compares_medians_without_the_first_run():
    spent = {
        ("iris", "fcnn"): [startup.Spent(9, 9), startup.Spent(1, 3), startup.Spent(2, 3), startup.Spent(8, 3)],
        ("iris", "plain"): [startup.Spent(9, 9), startup.Spent(4, 5), startup.Spent(4, 5), startup.Spent(4, 5)],
    }
    assert startup.comparison(spent, ["iris"]).splitlines()[-1] == "| iris | 2.00 | 4.00 | 0.50 | 3.00 | 5.00 |"


def test_time_is_told_where_it_is_spent_and_not_on_the_way_there():
    tree = {("run", "train"): 1.0, ("run", "train", "fit"): 3.0, ("run", "draw"): 0.1, ("start",): 0.01}
    assert list(startup._below(tree, 0.05, 0)) == [
        "   4.00  train",
        "   3.00      fit",
        "   0.10  draw",
    ]


def test_fcnn_is_looked_at_while_it_works(tmp_path):
    answer, config = tmp_path / "answer.json", SCRIPTS.parents[1] / "configs" / "iris.yaml"
    subprocess.run(
        [sys.executable, "-I", str(SCRIPTS / "phases.py"), str(answer), "validate", str(config)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    looks = json.loads(answer.read_text())
    assert "import pandas" in looks["seconds"]
    assert any("jobs.prepare.prepare_job" in path.split("/") for path in looks["seconds"])


def test_a_table_is_markdown():
    assert machine.markdown(["", "a"], [["x", "1"]]) == "|  | a |\n| --- | ---: |\n| x | 1 |"


PREDICTED = {
    predict.NUMPY: [
        {"seconds": seconds, "processor": 2.0, "rows": 1000, "peak": 3_000_000, "first": [[0.25, 0.75]]}
        for seconds in (9.0, 0.5, 0.1, 0.4)
    ],
    predict.KERAS: [
        {"seconds": seconds, "processor": 1.0, "rows": 100, "peak": 50_000_000, "first": [[0.5, 0.5]]}
        for seconds in (9.0, 0.2, 0.2, 0.2)
    ],
}


def test_rows_a_second_count_the_rows_of_each_and_not_the_first_turn():
    assert predict.forward_table(PREDICTED).splitlines()[2:] == [
        "| fcnn, NumPy | 2,500 | 1.00 | 2000.00 | 3 |",
        "| Keras's predict | 500 | 5.00 | 10000.00 | 50 |",
    ]
    assert predict.farthest(PREDICTED) == 0.25


def test_the_command_is_told_in_one_row():
    runs = [{"seconds": seconds, "rows": 1000, "bytes": 4e6, "processor": 0.5, "peak": 2e8} for seconds in (1, 2, 9)]
    assert predict.command_table(runs).splitlines()[2:] == ["| fcnn predict | 2.00 | 500 | 2 | 500.00 | 200 |"]


def test_two_workers_are_compared_with_one():
    case = scale.CASES["20-64-64-5@256"]  # 211 steps an epoch
    line = scale.compared(case, scale.Spent(1.0, 2.11), [scale.Spent(2.0, 1.0), scale.Spent(2.5, 1.11)])
    assert line == ("20-64-64-5@256", "5,829", "2.50", "10.00", "5.00", "0.50")


@pytest.mark.parametrize(("mode", "other"), [("graph", "xla"), ("xla", "graph")])
def test_a_run_is_repeated_with_one_thing_changed_each_time(mode, other):
    found = repeat.variants(["iris.yaml"], mode, "python3.8")
    assert found["nothing"] == {}
    assert found[f"training.compile={other}"] == {"more": [f"training.compile={other}"]}
    assert found["the other stack"] == {"python": "python3.8"}
    assert "the other stack" not in repeat.variants(["iris.yaml"], mode, None)
