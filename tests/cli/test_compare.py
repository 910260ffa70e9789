"""`fcnn compare`, on run folders that are made by hand: no TensorFlow, no training."""

# ruff: noqa: RUF001
# (Chinese punctuation is meant)

import csv
import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.image import imread

from fcnn.config import config_from_mapping
from fcnn.config.render import resolved_yaml
from fcnn.data.column import table_of
from fcnn.data.missing import USUALLY
from fcnn.data.preprocessing import fit_preprocessing
from fcnn.data.target import Target
from fcnn.evaluation.metrics import classification_metrics, regression_metrics
from fcnn.files import write_json
from fcnn.inference.network import Architecture, DenseLayer
from fcnn.report import names
from fcnn.report.comparison.words import aligned
from fcnn.runs.record import FORMAT, Record, write_history, write_record

CLASSES = ("no", "yes")
ROWS = np.arange(100)
TRUTH = ROWS % 2
HISTORY = {"epoch": [1.0, 2.0], "loss": [0.9, 0.5], "val_loss": [0.8, 0.6], "seconds": [0.5, 0.25]}


def make_run(
    name, wrong=(), *, rows=ROWS, sha="a" * 64, classes=CLASSES, part="test", target="y", file="t.csv",
    predictions=True, truth=None, weight=None, changes=None, epochs=2,
):  # fmt: skip
    """A run of two classes that answers some rows wrongly, below `runs`."""
    folder = Path("runs", name)
    folder.mkdir(parents=True)
    frame = pd.DataFrame({"a": [1.0, 2.0, 3.0]})
    preprocessing, _ = fit_preprocessing(table_of(frame, ["a"], USUALLY), {"a": "number"}, {})
    record = Record(
        format=FORMAT, fcnn="0.1.0", target=Target(name=target, task="binary", classes=classes),
        preprocessing=preprocessing,
        network=Architecture(inputs=1, layers=(DenseLayer(units=1, activation={"name": "sigmoid"}),)),
        feature_names=["a"], rows={"read": 200, "without_target": 0, "train": 100, part: len(rows)},
        files=({"path": file, "bytes": 1, "sha256": sha},),
    )  # fmt: skip
    write_record(folder, record)
    write_history(folder, HISTORY)
    names = np.asarray(CLASSES, dtype=object)[TRUTH[rows] if truth is None else truth]
    codes = np.array([classes.index(each) for each in names])
    answers = np.where(np.isin(rows, list(wrong)), 1 - codes, codes)
    shares = np.full((len(rows), 2), 0.2)
    shares[np.arange(len(rows)), answers] = 0.8
    if predictions:
        with (folder / "predictions.csv").open("w", encoding="utf-8", newline="") as opened:
            writer = csv.writer(opened)
            extra = [] if weight is None else ["weight"]
            writer.writerow(
                ["row", "line", "truth", "prediction", *(f"probability_{each}" for each in classes), *extra]
            )
            for place, row in enumerate(rows):
                own = [] if weight is None else [float(weight[place])]
                writer.writerow(
                    [row, row + 2, names[place], classes[answers[place]], *map(float, shares[place]), *own]
                )  # fmt: skip
    metrics = classification_metrics(codes, shares, classes, weight)
    content = {
        "task": "binary", "train": metrics, part: metrics, "baselines": {}, "verdicts": [], "parameters": 3331,
        "epochs": epochs, "best_epoch": 2, "stopped": "finished", "seconds": 1.5,
    }  # fmt: skip
    write_json(folder / "metrics.json", content)
    config = {"data": {"path": file, "target": target}, "network": {"layers": [8]}, **(changes or {})}
    (folder / "config.yaml").write_text(resolved_yaml(config_from_mapping(config).config), encoding="utf-8")
    return folder


def tables(text):
    """Heading of the first column and cells, row by row, of each table."""
    found = []
    for block in re.split(r"^┏.*$", text, flags=re.MULTILINE)[1:]:
        lines = block.splitlines()
        heading = next(line for line in lines if line.startswith("┃")).split("┃")[1:-1]
        cells = [[cell.strip() for cell in line.split("│")[1:-1]] for line in lines if line.startswith("│")]
        found.append(([cell.strip() for cell in heading], cells))
    return found


def table(text, *heading):
    """The cells of the first table whose heading begins so."""
    return next(cells for headings, cells in tables(text) if tuple(headings[: len(heading)]) == heading)


def sentences(answer):
    return [line for line in answer.out.splitlines() if line.startswith(("run ", "of 20", "the runs"))]


# --- what is shown ----------------------------------------------------------------------------------------------------


def test_two_runs_are_shown_side_by_side(console) -> None:
    make_run("first", wrong=range(30), changes={"seed": 7})
    make_run("second", wrong=range(5), changes={"training": {"epochs": 12}}, epochs=12)
    answer = console("compare", "first", "second")
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[:2] == [f"A  {Path('runs', 'first')}", f"B  {Path('runs', 'second')}"]
    assert table(answer.out, "config") == [["training.epochs", "200", "12"], ["seed", "7", "42"]]
    scores = {name: cells for name, *cells in table(answer.out, "test")}
    assert scores["accuracy"] == ["0.7000", "0.9500 *"]
    assert scores["log_loss"] == ["0.6390", "0.2925 *"]
    assert list(scores) == [
        "accuracy", "balanced_accuracy", "f1_macro", "log_loss", "roc_auc", "average_precision",
    ]  # fmt: skip
    assert table(answer.out, "training")[:2] == [["parameters", "3,331", "3,331"], ["epochs", "2", "12"]]
    assert sentences(answer) == [
        "run B's accuracy is 0.250 higher than run A's (95 % interval 0.160 to 0.330, 100 common test rows): "
        "more than noise",
        "run B: more than noise: balanced_accuracy, f1_macro, log_loss, roc_auc, average_precision",
    ]
    assert table(answer.out, "test", "B - A")[0] == ["accuracy", "+0.250", "+0.160", "+0.330", "yes"]
    assert "\nB - A on 100 common test rows; from, to: 95 % interval by a paired bootstrap\n" in answer.out


def test_numbers_of_a_row_stand_below_each_other(console) -> None:
    make_run("first", wrong=range(30))
    make_run("second", wrong=range(5))
    out = console("compare", "first", "second").out
    lines = [line for line in out[: out.index("┃ training")].splitlines() if line.startswith("│ ")]
    points = {line.index(".") for line in lines if re.match(r"│ (accuracy|f1_macro|balanced|roc)", line)}
    assert len(points) == 1
    assert len({len(line) for line in lines if "*" in line}) == 1


def test_a_small_difference_is_no_more_than_noise(console) -> None:
    make_run("first", wrong=range(10))
    make_run("second", wrong=range(1, 12))
    assert sentences(console("compare", "first", "second")) == [
        "run B's accuracy is 0.0100 lower than run A's (95 % interval -0.0200 to 0.0400, 100 common test rows): "
        "no more than noise"
    ]


def test_equal_runs_are_said_to_be_equal_and_no_number_is_marked(console) -> None:
    make_run("first", wrong=range(10))
    make_run("second", wrong=range(10))
    answer = console("compare", "first", "second")
    assert "the configs are the same\n" in answer.out
    assert "*" not in answer.out
    assert sentences(answer) == [
        "run B's accuracy is that of run A (95 % interval 0.00 to 0.00, 100 common test rows): no more than noise"
    ]


def test_only_common_rows_count_wherever_the_file_lies(console) -> None:
    make_run("first", wrong=range(10), rows=ROWS[:60], file="here/t.csv")
    make_run("second", wrong=range(40, 60), rows=ROWS[40:], file="there/copy.csv")
    found = json.loads(console("compare", "first", "second", "--json").out)
    (paired,) = found["paired"]
    assert paired["common_rows"] == 20
    assert paired["metrics"]["accuracy"]["first"] == 1.0
    assert paired["metrics"]["accuracy"]["second"] == 0.0
    assert paired["note"] == "it and run A were judged by up to 60 rows each, of which 20 are common"
    assert found["config"]["data.path"]["A"].endswith("here/t.csv")


def test_classes_in_another_order_are_the_same_classes(console) -> None:
    make_run("first", wrong=range(10))
    make_run("second", wrong=range(10), classes=("yes", "no"))
    (paired,) = json.loads(console("compare", "first", "second", "--json").out)["paired"]
    assert paired["common_rows"] == 100
    assert {name: score["difference"] for name, score in paired["metrics"].items()} == dict.fromkeys(
        paired["metrics"], 0.0
    )


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ({"predictions": False}, {}, "run A has no predictions.csv; a new training writes it"),
        ({}, {"predictions": False}, "run B has no predictions.csv; a new training writes it"),
        ({}, {"sha": "b" * 64}, "no common test rows"),
        ({"rows": ROWS[:50]}, {"rows": ROWS[50:]}, "no common test rows"),
        ({"rows": ROWS[:50]}, {"rows": ROWS[49:]}, "1 common test row is too few"),
        ({"rows": ROWS[:50]}, {"rows": ROWS[46:]}, "4 common test rows are too few"),
        ({}, {"part": "validation"}, "run A is judged by its test rows, run B by its validation rows"),
        ({}, {"truth": 1 - TRUTH}, "the same rows have other targets in run B"),
    ],
    ids=["old", "old too", "other file", "other rows", "one row", "four rows", "other part", "other truth"],
)
def test_what_cannot_be_said_is_said_to_be_so_and_why(console, first, second, reason) -> None:
    make_run("first", wrong=range(10), **first)
    make_run("second", wrong=range(12), **second)
    answer = console("compare", "first", "second")
    assert answer.code == 0
    assert sentences(answer)[0] == f"run B beside run A: cannot be said: {reason}"
    assert "accuracy" in answer.out
    assert ("*" in answer.out) is ("part" not in second)


def test_weights_count_where_both_have_the_same(console) -> None:
    weight = 1.0 + (ROWS < 10) * 9
    make_run("first", wrong=range(10), weight=weight)
    make_run("second", wrong=range(10, 20), weight=weight)
    make_run("third", wrong=range(10, 20), weight=weight[::-1])
    two, three = json.loads(console("compare", "first", "second", "third", "--json").out)["paired"]
    assert two["metrics"]["accuracy"]["first"] == pytest.approx(90 / 190)
    assert (two["note"], three["note"]) == ("", "the weights of the rows differ: each counts once here")
    assert three["metrics"]["accuracy"]["first"] == pytest.approx(0.9)


def test_many_runs_are_each_compared_with_the_first_and_chance_is_named(console) -> None:
    for place in range(5):
        make_run(f"run{place}", wrong=range(10 * place))
    answer = console("compare", *(f"run{place}" for place in range(5)))
    said = sentences(answer)
    assert [line[:16] for line in said if "accuracy is" in line] == [f"run {letter}'s accuracy" for letter in "BCDE"]
    assert said[-1] == (
        "of 20 differences that are noise, about 1 looks like more: look twice where many runs are compared"
    )
    headings = [heading for heading, _ in tables(answer.out)]
    assert headings[1:] == [
        ["training", *"ABCDE"],
        *(["test", f"{letter} - A", "from", "to", "more than noise"] for letter in "BCDE"),
    ]


def test_the_document_has_all_of_it_and_is_the_same_every_time(console) -> None:
    make_run("first", wrong=range(30), changes={"seed": 7})
    make_run("second", wrong=range(5))
    answer = console("compare", "first", "second", "--json")
    assert console("compare", "first", "second", "--json").out == answer.out
    found = json.loads(answer.out)
    assert list(found) == ["runs", "config", "best", "paired", "sentences"]
    assert found["runs"][1]["run"] == str(Path("runs", "second"))
    assert found["config"] == {"seed": {"A": "7", "B": "42"}}
    assert found["best"]["log_loss"] == found["best"]["accuracy"] == ["B"]
    accuracy = found["paired"][0]["metrics"]["accuracy"]
    assert (accuracy["first"], accuracy["second"], accuracy["more_than_noise"]) == (0.7, 0.95, True)
    assert accuracy["interval"] == pytest.approx([0.16, 0.33])


def test_a_narrow_terminal_has_all_of_it_and_long_values_keep_their_ends(console, monkeypatch) -> None:
    long = "/".join(["folder"] * 20)
    make_run("first", wrong=range(30), file=f"{long}/a.csv")
    make_run("second", wrong=range(5), file=f"{long}/b.csv")
    out = console("compare", "first", "second").out
    row = next(line for line in out.splitlines() if "data.path" in line)
    assert len(row) < 110
    assert "..." in row
    assert "/a.csv" in row
    assert "/b.csv" in row


def test_chinese_is_spoken(console, monkeypatch) -> None:
    make_run("一", wrong=range(30))
    make_run("二", wrong=range(5))
    monkeypatch.setenv("FCNN_LANG", "zh")
    answer = console("compare", "一", "latest")
    assert (
        "运行 B 的 accuracy 比运行 A 高 0.250（95 % 区间 0.160 到 0.330，100 行共同的测试数据）：超出随机波动\n"
        in answer.out
    )
    assert "配置相同\n" in answer.out


def test_a_trained_run_is_compared_by_what_it_wrote_itself(beside, trained, tmp_path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(str(trained.folder), str(copy))
    answer = beside("compare", "latest", copy)
    assert answer.code == 0
    (said,) = sentences(answer)
    assert said.startswith("run B's accuracy is that of run A (95 % interval ")
    assert said.endswith(", 52 common test rows): no more than noise")


# --- pictures and pages -----------------------------------------------------------------------------------------------


def test_the_curves_are_drawn_into_a_folder(console) -> None:
    make_run("first")
    make_run("second")
    answer = console("compare", "first", "second", "-o", "new/folder")
    assert answer.code == 0
    assert answer.err == f"{Path('new', 'folder', 'learning_curves.png')} is written\n"
    assert imread("new/folder/learning_curves.png")[..., :3].std() > 0.02
    assert [path.name for path in Path("new/folder").iterdir()] == ["learning_curves.png"]


class Page(HTMLParser):
    """What a page is made of."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.words, self.open = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open[-1:] != ["style"]:
            self.words.append(data.strip())

    def named(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


def test_the_page_stands_by_itself_and_escapes_what_users_wrote(console) -> None:
    pytest.importorskip("jinja2")
    make_run("<b>first & x", wrong=range(30), target="<i>y", changes={"seed": 7})
    make_run("second", wrong=range(5), target="<i>y")
    answer = console("compare", "<b>first & x", "second", "--html", "new/page.html")
    assert (answer.code, answer.err) == (0, f"{Path('new', 'page.html')} is written\n")
    text = Path("new/page.html").read_text(encoding="utf-8")
    page = Page(text)
    assert page.open == []
    assert not page.named("b")
    assert not page.named("i")
    assert not page.named("script")
    assert "<b>first & x" in page.words
    assert any(word.startswith("run B's accuracy is 0.250 higher") for word in page.words)
    assert not re.search(r"(src|href)=\"(?!data:)", text)
    assert not re.search(r"url\(|@import|https?:", text)
    (image,) = page.named("img")
    assert image["alt"].startswith("Loss of each run")
    assert image["src"].startswith("data:image/png;base64,iVBOR")
    assert page.named("html") == [{"lang": "en"}]
    assert len(page.named("caption")) == len(page.named("table")) == 4
    assert all(each["scope"] in ("col", "row") for each in page.named("th"))
    assert page.words.count("(best)") >= 5
    assert len(text) < 3_000_000


def test_the_page_speaks_chinese(console, monkeypatch) -> None:
    pytest.importorskip("jinja2")
    make_run("first", wrong=range(30))
    make_run("second", wrong=range(5))
    monkeypatch.setenv("FCNN_LANG", "zh")
    monkeypatch.setattr(names, "_wide_fonts", list)
    answer = console("compare", "first", "second", "--html", "page.html")
    assert "没有安装带中文的字体" in answer.err  # for the labels of the picture; the page's are the browser's
    page = Page(Path("page.html").read_text(encoding="utf-8"))
    assert page.named("html") == [{"lang": "zh-CN"}]
    assert "2 次运行的比较" in page.words
    assert "评分" in page.words
    assert "配置相同" in page.words


@pytest.mark.parametrize("option", ["-o", "--html"])
def test_a_place_that_cannot_be_written_is_a_clear_error(console, option) -> None:
    pytest.importorskip("jinja2")
    make_run("first")
    make_run("second")
    Path("file").write_text("", encoding="utf-8")
    answer = console("compare", "first", "second", option, "file/below")
    assert answer.code == 2
    assert "file" in answer.err
    assert "Traceback" not in answer.err


# --- what cannot be compared ------------------------------------------------------------------------------------------


def test_a_run_given_twice_is_an_error_whatever_it_is_called(console) -> None:
    make_run("first")
    answer = console("compare", "first", Path("runs", "first"))
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == f"error: {Path('runs', 'first')}: is given twice, as run A and run B\n"
    assert console("compare", "latest", "first").code == 2


def test_runs_of_different_targets_are_an_error_that_names_both(console) -> None:
    make_run("first")
    make_run("second", target="z")
    answer = console("compare", "first", "second")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        f"error: {Path('runs', 'second')}: the runs predict different things: only runs of one target and task can be "
        "compared\n"
        f"  expected: 'y' (binary), as {Path('runs', 'first')}\n"
        f"  received: 'z' (binary), as {Path('runs', 'second')}\n"
    )


def test_all_problems_are_told_at_once(console) -> None:
    make_run("first")
    (make_run("broken") / "metrics.json").write_text("{", encoding="utf-8")
    (make_run("half") / "data.json").unlink()
    answer = console("compare", "first", "frist", "broken", "half")
    assert answer.code == 2
    assert "frist: there is no such run\n  hint: did you mean `first`?" in answer.err
    assert f"{Path('runs', 'broken', 'metrics.json')}: cannot be read: " in answer.err
    assert f"{Path('runs', 'half')}: is no complete run" in answer.err
    assert answer.err.endswith("3 errors.\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "error: Missing argument 'RUN RUN ...'"),
        (["first"], "error: first: a comparison takes at least two runs\n  hint: fcnn compare latest RUN\n"),
        (["first"] * 27, "error: at most 26 runs can be compared\n  received: 27\n"),
    ],
    ids=["none", "one", "27"],
)
def test_the_number_of_runs_is_checked_first(console, words, message) -> None:
    answer = console("compare", *words)
    assert answer.code == 2
    assert answer.err.startswith(message)


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("predictions.csv", "row,line,truth\n1,2,no\n", "is damaged"),
        (
            "predictions.csv",
            "row,line,truth,prediction,probability_no,probability_yes\n1,2,no,no,x,1\n",
            "cannot be read",
        ),
        ("history.csv", "epoch,loss\n1,x\n", "cannot be read"),
        ("config.yaml", "data: {path: t.csv}\n", ""),
        ("metrics.json", '{"task": "binary"}', "is damaged"),
    ],
    ids=["no predictions", "no number", "history", "config", "metrics"],
)
def test_a_damaged_file_of_a_run_is_named(console, file, content, message) -> None:
    make_run("first")
    folder = make_run("second")
    (folder / file).write_text(content, encoding="utf-8")
    answer = console("compare", "first", "second")
    assert answer.code == 2
    assert str(folder / file) in answer.err
    assert message in answer.err


# --- numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "sign", "texts"),
    [
        ([0.0211, 0.004, 0.0384], "", ["0.0211", "0.0040", "0.0384"]),
        ([0.25, 0.17, 0.338], "+", ["+0.250", "+0.170", "+0.338"]),
        ([-0.0001, 0.5], "+", ["0.000", "+0.500"]),
        ([0.0, 0.0], "+", ["0.00", "0.00"]),
        ([53940.4, 12.0], "", ["53,940", "12"]),
        ([1.5, 12.25], "", ["1.5", "12.2"]),
        ([3e-12, 0.0], "", ["3e-12", "0"]),
        ([3e12, 1.0], "", ["3e+12", "1"]),
        ([], "", []),
    ],
    ids=str,
)
def test_numbers_beside_each_other_have_as_many_decimals(values, sign, texts) -> None:
    assert aligned(values, 3, sign) == texts


def test_regressions_are_compared_by_their_errors(console) -> None:
    """The prices of 60 rows; the second run halves the errors."""
    truth = np.arange(60.0) * 1000
    noise = np.where(np.arange(60) % 2, 300.0, -200.0)
    for name, guess in (("first", truth + noise), ("second", truth + noise / 2)):
        folder = make_run(name, rows=np.arange(60))
        record = json.loads((folder / "data.json").read_text(encoding="utf-8"))
        record["target"].update(task="regression", classes=[])
        write_json(folder / "data.json", record)
        metrics = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
        metrics.update(task="regression", test=regression_metrics(truth, guess))
        write_json(folder / "metrics.json", metrics)
        rows = "".join(f"{row},{row + 2},{truth[row]},{guess[row]}\n" for row in range(60))
        (folder / "predictions.csv").write_text(f"row,line,truth,prediction\n{rows}", encoding="utf-8")
    answer = console("compare", "first", "second")
    assert {name: cells for name, *cells in table(answer.out, "test")}["mae"] == ["250.0", "125.0 *"]
    said, others = sentences(answer)
    assert others.startswith("run B: more than noise: mae, ")
    assert said.startswith("run B's rmse is 127 lower than run A's (95 % interval 1")
    assert said.endswith(", 60 common test rows): more than noise")
