"""report.html: what it says is what the files say, and it is a whole and harmless page."""

import json
import re
from html.parser import HTMLParser

import pytest

from fcnn.chinese.report_page import PAGE_TEXTS
from fcnn.cli import main
from fcnn.errors import RunError
from fcnn.files import read_json, sha256
from fcnn.jobs.report import write_report
from fcnn.report.page.structure import MOST_DRAWN
from fcnn.runs.receipt import renew_receipt

VOID = {"meta", "link", "img", "br"}
RUNS = ("two", "many", "number", "only")


class Page(HTMLParser):
    """A page as its tags and texts; an AssertionError where a tag is not closed."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.open, self.texts = [], [], []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, text):
        if self.open and self.open[-1] not in ("style", "script"):
            self.texts.append(text.strip())

    def all(self, *names):
        return [attributes for tag, attributes in self.tags if tag in names]

    def table(self, caption):
        """The texts from a caption on."""
        return [text for text in self.texts[self.texts.index(caption) :] if text]

    def headings(self):
        return [attributes["id"] for attributes in self.all("h2")]


@pytest.mark.parametrize("name", RUNS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_is_whole_and_needs_nothing_else(name, language, page):
    text = page(name, language)
    found = Page(text)
    assert len(text.encode()) < 3_000_000
    assert text.startswith("<!doctype html>")
    assert found.all("html") == [{"lang": "zh-CN" if language == "zh" else "en"}]
    assert len(found.all("h1")) == len(found.all("main")) == len(found.all("header")) == len(found.all("nav")) == 1
    assert not re.search(r"https?://|//[a-z]+\.[a-z]+/|@import|url\(", text)
    assert all(set(attributes) == set() for attributes in found.all("script"))
    identities = [attributes["id"] for _, attributes in found.tags if "id" in attributes]
    assert len(identities) == len(set(identities))
    assert {attributes["href"][1:] for attributes in found.all("a")} <= set(identities)
    assert len(found.all("caption")) == len(found.all("table")) > 5
    assert all(attributes["scope"] in ("col", "row") for attributes in found.all("th"))
    assert all("alt" in attributes for attributes in found.all("img"))
    assert all("aria-label" in each or "aria-hidden" in each for each in found.all("svg"))


def test_the_questions_are_answered_in_order(copied, changes, page):
    run = copied("two")
    changes["measured"](run)
    found = Page(page(run))
    assert found.headings() == [
        "quality", "mistakes", "learning", "matters", "structure", "data", "environment", "repeating",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["two", "many", "number"])
def test_training_writes_the_page_that_is_written_again(name, trained, page):
    written = (trained[name] / "report.html").read_text(encoding="utf-8")
    assert page(name) == written


@pytest.mark.parametrize("language", ["en", "zh"])
def test_names_of_the_table_are_shown_and_do_nothing(language, page):
    text = page("many", language)
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    found = Page(text)
    together = "\n".join(found.texts)
    for name in (
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "企鹅的种类",
        "a & b",
        "x" * 195,
        "{{ 7*7 }}",
    ):
        assert name in together
    assert len(found.all("script")) == 1


def test_of_many_classes_the_most_frequent_mistakes_are_listed(page):
    table = Page(page("many")).table("The most frequent mistakes")
    assert table[1:5] == ["true class", "predicted as", "rows", "of the class, %"]
    counts = [int(text) for text in table[7 : 7 + 4 * 20 : 4]]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] >= 1


def test_each_of_several_trainings_is_shown(trained, page):
    table = Page(page("many")).table("Each of the 2 trainings, on its test rows")
    kept = json.loads((trained["many"] / "metrics.json").read_text(encoding="utf-8"))["repeats"]["kept"]
    assert f"seed {41 + kept} (kept)" in table
    assert f"seed {44 - kept}" in table


def test_the_confusion_matrix_is_that_of_the_metrics(trained, page):
    metrics = json.loads((trained["two"] / "metrics.json").read_text(encoding="utf-8"))
    table = Page(page("two")).table("Confusion matrix (test rows)")
    rows = [["no", *map(str, metrics["confusion_matrix"]["test"][0])]]
    rows += [["yes", *map(str, metrics["confusion_matrix"]["test"][1])]]
    assert table[1:10] == ["true class", "no", "yes", *rows[0], *rows[1]]


def test_scores_stand_beside_their_intervals_and_the_baselines(trained, page):
    metrics = json.loads((trained["two"] / "metrics.json").read_text(encoding="utf-8"))
    low, high = metrics["confidence"]["test"]["accuracy"]
    table = Page(page("two")).table("Scores on the test rows; the best of each line is marked")
    line = [text for text in table[table.index("accuracy") :] if text != "(best)"][:5]
    assert float(line[1]) == pytest.approx(metrics["test"]["accuracy"], abs=1e-4)
    assert [float(end) for end in line[2].split(" \u2013 ")] == pytest.approx([low, high], abs=1e-3)
    assert float(line[3]) == pytest.approx(metrics["baselines"]["majority"]["test"]["accuracy"], abs=1e-4)
    assert float(line[4]) == pytest.approx(metrics["baselines"]["logistic_regression"]["test"]["accuracy"], abs=1e-4)


def test_the_worst_rows_are_those_of_the_highest_loss_with_their_lines(trained, page):
    lines = (trained["two"] / "predictions.csv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split(",") for line in lines]
    worst = sorted(rows, key=lambda row: float(row[4 if row[2] == "no" else 5]))
    found = Page(page("two"))
    caption = next(text for text in found.texts if "whose true class it believes least" in text)
    table = found.table(caption)
    start = table.index("loss") + 1
    assert [table[start + 6 * place : start + 6 * place + 4] for place in range(5)] == [
        [row[1], row[0], row[2], row[3]] for row in worst[:5]
    ]


def test_the_largest_errors_of_numbers_come_first(page):
    table = Page(page("number")).table("The 20 largest errors")
    start = table.index("error, % of the true value") + 1
    errors = [abs(float(text)) for text in table[start + 4 : start + 6 * 20 : 6]]
    assert errors == sorted(errors, reverse=True)
    assert errors[0] > errors[-1]


def test_parameters_are_counted_by_hand(page):
    assert "(3+1)·4 + (4+1)·1 = 21 parameters" in Page(page("two")).texts
    linear = Page(page("number")).texts
    assert "There is no hidden layer: this is a linear model." in linear
    assert "(2+1)·1 = 3 parameters" in linear
    deep = page("only")
    assert len(Page(deep).table("The layers; each unit has a weight for every unit before it, and a bias")) > 14 * 4
    assert 'class="joints"' not in deep
    assert MOST_DRAWN < 14


PARTS = {
    "two": "On 45 test rows, which had no part in the training: ROC AUC",
    "number": "On 45 validation rows, by which the epoch was chosen (so a little too good): R²",
    "only": "On the 300 rows that it learnt from, which says little of new rows: ROC AUC",
}


@pytest.mark.parametrize(("name", "words"), PARTS.items(), ids=PARTS)
def test_the_first_sentence_says_which_rows_it_is_about(name, words, page):
    assert words in page(name)


def test_an_older_run_has_a_page_with_what_it_has(copied, changes, page):
    run = copied("two")
    changes["older"](run)
    found = Page(page(run))
    assert found.headings()[:3] == ["quality", "mistakes", "learning"]
    assert "95 % interval" not in found.texts
    assert not any("believes least" in text for text in found.texts)
    assert Page(page(run, "zh")).headings() == found.headings()


def test_a_long_history_is_thinned(copied, changes, page):
    run = copied("two")
    changes["long"](run)
    text = page(run)
    assert "Epoch 2,993 of 3,000 is kept" in text
    assert max(path.count("L") for path in re.findall(r' d="([^"]*)"', text)) < 300
    assert len(text) < 200_000


def test_what_was_measured_is_shown_and_told_in_chinese_where_it_can_be(copied, changes, page):
    run = copied("two")
    changes["measured"](run)
    english, chinese = Page(page(run)), Page(page(run, "zh"))
    assert {"Each layer in epoch 3", "Importance of each column", "training.epochs=9"} <= set(english.texts)
    assert "1 row has no target and is left out" in english.texts
    assert any("1 行没有目标" in text for text in chinese.texts)
    assert "1 row has no target and is left out" not in chinese.texts
    assert "of an older run" in chinese.texts
    assert [each["alt"] for each in english.all("img")] == ["What it answers between the rows: the decision surface"]


def test_a_chinese_page_has_no_english_sentence(page):
    texts = set(Page(page("two", "zh")).texts)
    same = {text for text, chinese in PAGE_TEXTS.items() if text == chinese}
    assert texts & (set(PAGE_TEXTS) - same) == set()
    assert "文本" not in texts
    assert any("训练集" in text and "没有值" in text for text in texts), "findings of the table"
    assert "数" in texts, "why a column is a number"


def run_command(capsys, *words):
    with pytest.raises(SystemExit) as end:
        main(list(map(str, words)))
    return (int(end.value.code or 0), *capsys.readouterr())


LANGUAGES = {
    "as the config says": ([], "zh", "en"),
    "another one": (["--lang", "zh"], "en", "zh-CN"),
    "that of the reader": (["--lang", "auto"], "zh", "zh-CN"),
}


@pytest.mark.parametrize(("options", "variable", "language"), LANGUAGES.values(), ids=LANGUAGES)
def test_the_page_is_written_again_in_a_language(options, variable, language, copied, capsys, monkeypatch):
    run = copied("two")
    (run / "report.html").unlink()
    monkeypatch.setenv("FCNN_LANG", variable)
    code, out, _ = run_command(capsys, "report", run, *options)
    assert (code, out) == (0, f"{run / 'report.html'}\n")
    assert f'<html lang="{language}">' in (run / "report.html").read_text(encoding="utf-8")
    assert not (run / "plots").exists()


@pytest.mark.parametrize("name", ["two", "number"])
def test_plots_are_drawn_again_where_the_run_wants_them(name, copied, capsys):
    run = copied(name, receipt=True)
    text = (run / "config.yaml").read_text(encoding="utf-8")
    (run / "config.yaml").write_text(text.replace("plots: false", "plots: true"), encoding="utf-8")
    renew_receipt(run, ["config.yaml"])
    assert run_command(capsys, "report", run, "--json")[:2] == (
        0, json.dumps({"run": str(run), "report": str(run / "report.html")}, indent=2, ensure_ascii=False) + "\n",
    )  # fmt: skip
    every = ["diagnostics", "importance", "learning_curves", "network"]
    expected = {
        "two": sorted([*every, "confusion_matrix", "precision_recall", "roc"]),
        "number": [*every, "predicted_against_true", "residuals"],
    }
    assert sorted(path.stem for path in (run / "plots").iterdir()) == expected[name]
    files = read_json(run / "receipt.json")["files"]
    written = ["report.html", *(f"plots/{stem}.png" for stem in expected[name])]
    assert {name: files[name] for name in written} == {name: sha256(run / name) for name in written}


def test_pictures_that_take_the_table_stay_and_are_named(copied, capsys, monkeypatch):
    monkeypatch.setenv("FCNN_LANG", "en")
    run = copied("two")
    text = (run / "config.yaml").read_text(encoding="utf-8")
    (run / "config.yaml").write_text(text.replace("plots: false", "plots: true"), encoding="utf-8")
    (run / "plots").mkdir()
    (run / "plots" / "decision_surface.png").write_bytes(b"as before")
    lines = (run / "predictions.csv").read_text(encoding="utf-8").splitlines()
    (run / "predictions.csv").write_text("\n".join([*lines[:-1], ""]), encoding="utf-8")
    code, _, err = run_command(capsys, "report", run)
    assert code == 0
    assert "note: plots: decision_surface.png as before: to draw it takes rows of the table" in err
    assert f"hint: to draw it: fcnn surface {run}" in err.replace("\n    ", " ")
    assert f"predictions.csv has {len(lines) - 2} of the {len(lines) - 1} rows that were scored" in err
    assert (run / "plots" / "decision_surface.png").read_bytes() == b"as before"
    assert not (run / "plots" / "roc.png").exists()


DAMAGES = ("metrics.json", "data.json", "history.csv", "predictions.csv", "environment.json")


@pytest.mark.parametrize("file", DAMAGES)
def test_a_damaged_file_is_named_and_the_page_stays_as_it_was(file, copied, capsys, monkeypatch):
    monkeypatch.setenv("FCNN_LANG", "en")
    run = copied("two")
    before = (run / "report.html").read_bytes()
    (run / file).write_text('{"x\n1', encoding="utf-8")
    code, out, err = run_command(capsys, "report", run)
    assert (code, out) == (2, "")
    assert file in err
    assert "Traceback" not in err
    assert (run / "report.html").read_bytes() == before


def test_mistakes_of_the_command_line_are_told(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FCNN_LANG", "en")
    assert "there is no such run" in run_command(capsys, "report", "nothing")[2]
    assert run_command(capsys, "report")[0] == run_command(capsys, "report", "latest", "--lang", "fr")[0] == 2


def test_a_damaged_measurement_is_an_error_too(copied, changes):
    run = copied("two")
    changes["measured"](run)
    (run / "importance.csv").write_bytes(b'a,"b\n1')
    with pytest.raises(RunError, match=r"importance\.csv"):
        write_report(run, "en")
