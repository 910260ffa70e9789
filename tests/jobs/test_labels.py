"""The language of the labels in a run's pictures."""

from pathlib import Path

import pytest

import fcnn
from fcnn.chinese.plots import TEXTS
from fcnn.cli import main
from fcnn.jobs.activations import portray
from fcnn.jobs.labels import texts_of_labels
from fcnn.jobs.reporter import Reporter
from fcnn.jobs.surface import draw_surface
from fcnn.report import language, names, style

ONCE = ["run.plots=true", "training.epochs=1"]


class Listening(Reporter):
    """Keeps what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.problems = []

    def problem(self, problem) -> None:
        self.problems.append(problem)


@pytest.fixture
def no_wide_fonts(monkeypatch):
    monkeypatch.setattr(names, "_wide_fonts", list)


@pytest.mark.parametrize(
    ("wanted", "system", "texts"),
    [("zh", "en", TEXTS), ("en", "zh", {}), ("auto", "zh", TEXTS), ("auto", "en", {})],
    ids=["chinese", "english", "a chinese system", "an english system"],
)
def test_the_config_says_it_and_else_the_system(wanted, system, texts, monkeypatch) -> None:
    monkeypatch.setenv("FCNN_LANG", system)
    assert texts_of_labels(wanted) == texts


def test_without_a_font_the_labels_are_english_and_a_column_cannot_be_drawn_and_that_is_said(
    rare, no_wide_fonts, tmp_path
) -> None:
    table = tmp_path / "rare.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("a,b,y", "面积,b,y"), encoding="utf-8")
    reporter = Listening()
    run = fcnn.train(rare, [*ONCE, "report.language=zh"], reporter=reporter)
    said = sorted(str(problem.message) for problem in reporter.problems if problem.where == "plots")
    assert len(said) == 2
    assert said[0].startswith("no installed font can draw 积面: ")
    assert said[1] == "no installed font has Chinese letters: the labels of the pictures are English"
    assert (run.folder / "plots" / "roc.png").exists()


def test_every_picture_of_a_training_is_drawn_in_the_language_of_its_report(rare, monkeypatch) -> None:
    """Where a font is there; which one is not looked at, as the pictures are not drawn here."""
    spoken = []
    monkeypatch.setattr(style, "can_draw", lambda letters: True)
    monkeypatch.setattr(style, "save", lambda picture, path: spoken.append(language.label("Loss")))
    fcnn.train(rare, [*ONCE, "report.language=zh"])
    assert set(spoken) == {"损失"}
    assert len(spoken) == 8


def empty(path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    path.touch()


def test_without_a_font_pictures_that_are_drawn_later_are_english_and_that_is_said(
    rare, no_wide_fonts, monkeypatch, tmp_path, capsys
) -> None:
    monkeypatch.setattr(style, "save", lambda picture, path: empty(path))
    run = fcnn.train(rare, ["training.epochs=1", "report.language=zh"])
    monkeypatch.setenv("FCNN_LANG", "zh")
    message = "no installed font has Chinese letters: the labels of the pictures are English"
    for found in (draw_surface(str(run.folder)).notes, portray(["relu"], tmp_path).findings):
        assert [str(problem.message) for problem in found if problem.where == "plots"] == [message]
    with pytest.raises(SystemExit):
        main(["surface", str(run.folder)])
    assert "没有安装带中文的字体" in capsys.readouterr().err


@pytest.mark.parametrize(("wanted", "word"), [("zh", "损失"), ("en", "Loss")])
def test_pictures_of_a_run_that_are_drawn_later_are_in_the_language_of_its_report(
    rare, monkeypatch, wanted, word
) -> None:
    spoken = []
    monkeypatch.setattr(style, "can_draw", lambda letters: True)
    monkeypatch.setattr(style, "save", lambda picture, path: [spoken.append(language.label("Loss")), empty(path)])
    run = fcnn.train(rare, ["training.epochs=1", f"report.language={wanted}"])
    draw_surface(str(run.folder))
    assert spoken == [word] * 2


@pytest.mark.parametrize(("system", "word"), [("zh", "损失"), ("en", "Loss")])
def test_pictures_of_activations_are_in_the_language_of_the_system(tmp_path, monkeypatch, system, word) -> None:
    spoken = []
    monkeypatch.setenv("FCNN_LANG", system)
    monkeypatch.setattr(style, "can_draw", lambda letters: True)
    monkeypatch.setattr(style, "save", lambda picture, path: spoken.append(language.label("Loss")))
    portray(["relu", "tanh"], tmp_path / "drawn")
    assert spoken == [word] * 2
