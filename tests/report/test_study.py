"""The page of a study, and its pictures."""

import re

import pytest

from fcnn.chinese import TEXTS
from fcnn.report.names import Names
from fcnn.report.study.facts import COMPLETE, FAILED, INTERRUPTED, PRUNED, Key, Study, Trial
from fcnn.report.study.page import render
from fcnn.report.study.pictures import figure_of_history, figure_of_key_importance, figure_of_slices

RATE = Key("training.optimizer.learning_rate", "{low: 0.001, high: 0.1, log: true}", log=True)
LAYERS = Key('data.columns."<面积>".type', "[number, category]", ("number", "category"))
TRIALS = [
    Trial(0, COMPLETE, {}, {}, 0.5, 3, 4, 100, 1.25),
    Trial(1, COMPLETE, {RATE.name: "0.01", LAYERS.name: "number"}, {RATE.name: 0.01}, 0.25, 4, 4, 100, 1.5),
    Trial(2, INTERRUPTED, {RATE.name: "0.02", LAYERS.name: "number"}, {RATE.name: 0.02}),
    Trial(3, PRUNED, {RATE.name: "0.001", LAYERS.name: "category"}, {RATE.name: 0.001}, 0.75, 1, 1, 120, 0.5),
    Trial(4, FAILED, {RATE.name: "0.1", LAYERS.name: "number"}, {RATE.name: 0.1}, reason="the loss became <nan>"),
    Trial(5, COMPLETE, {RATE.name: "0.03", LAYERS.name: "category"}, {RATE.name: 0.03}, 0.375, 2, 4, 120, 1.0),
]
STUDY = Study("a&b", "<价格>", [RATE, LAYERS], TRIALS, {RATE.name: 0.75, LAYERS.name: 0.25})


@pytest.fixture(scope="module")
def page() -> str:
    return render(STUDY, {})


def test_the_best_trial_is_the_complete_one_with_the_lowest_loss() -> None:
    assert STUDY.best == TRIALS[1]
    assert STUDY._replace(trials=TRIALS[2:5]).best is None


def test_the_page_has_the_trials_the_best_first_and_escapes_what_is_the_users(page) -> None:
    rows = re.findall(r'<th scope="row" class="number"><bdi>(\d+)</bdi>', page)
    assert rows == ["1", "5", "0", "3", "4", "2"]
    assert "the loss became &lt;nan&gt;" in page
    assert "&lt;价格&gt;" in page
    assert "<价格>" not in page
    assert "<面积>" not in page
    assert "Search a&amp;b" in page
    assert page.count("data:image/png;base64,") == 3


def test_the_page_needs_nothing_from_elsewhere(page) -> None:
    assert re.findall(r'(?:src|href)="(?!data:)[^"]*"', page) == []


def test_the_page_speaks_chinese() -> None:
    page = render(STUDY, TEXTS)
    assert '<html lang="zh-CN">' in page
    assert "最低的验证损失" in page
    assert "提前终止" in page
    assert "The best config" not in page


def test_a_study_without_a_best_trial_says_so() -> None:
    page = render(STUDY._replace(trials=TRIALS[4:5], importance={}), {})
    assert "No trial has come to its end." in page
    assert "data:image/png" not in page


def test_the_history_has_a_dot_a_trial_and_the_best_so_far() -> None:
    axes = figure_of_history(STUDY).axes[0]
    lines = {line.get_label(): line for line in axes.get_lines()}
    assert list(lines["complete"].get_ydata()) == [0.5, 0.25, 0.375]
    assert list(lines["pruned"].get_xdata()) == [3]
    assert list(lines["best so far"].get_ydata()) == [0.5, 0.25, 0.25, 0.25]
    assert list(lines["failed"].get_xdata()) == [4]


def test_the_importance_has_a_bar_a_key() -> None:
    axes = figure_of_key_importance(STUDY).axes[0]
    assert [bar.get_width() for bar in axes.patches] == [0.75, 0.25]
    assert [text.get_text() for text in axes.get_yticklabels()] == Names([RATE.name, LAYERS.name], 34).texts


def test_the_slices_have_a_panel_a_key_and_a_ring_around_the_best() -> None:
    rate, layers = figure_of_slices(STUDY).axes
    lines = rate.get_lines()
    assert rate.get_xscale() == "log"
    assert list(lines[0].get_xdata()) == [0.01, 0.03]
    assert (list(lines[-1].get_xdata()), list(lines[-1].get_ydata())) == ([0.01], [0.25])
    assert [text.get_text() for text in layers.get_xticklabels()] == ["number", "category"]
    assert list(layers.get_lines()[1].get_xdata()) == [1.0]


def test_losses_that_differ_much_are_on_a_logarithmic_scale() -> None:
    trials = [Trial(number, COMPLETE, {}, {}, loss, 1, 1) for number, loss in enumerate([1.0, 0.5, 0.001])]
    assert figure_of_history(STUDY._replace(trials=trials)).axes[0].get_yscale() == "log"
    trials = [Trial(number, COMPLETE, {}, {}, loss, 1, 1) for number, loss in enumerate([1.0, 1.1, 1.2, 1.3, 9.0])]
    axes = figure_of_history(STUDY._replace(trials=trials)).axes[0]
    assert axes.get_yscale() == "linear"
    assert axes.get_ylim()[1] < 9.0
    assert "1 trial lies above" in [text.get_text() for text in axes.texts]
