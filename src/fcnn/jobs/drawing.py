"""The pictures of a run: of the training, of what the network gets right, of what it answers."""

from pathlib import Path
from typing import List, Optional

from fcnn.errors import Problem
from fcnn.jobs.importance import Measured
from fcnn.jobs.labels import notes_on_labels, texts_of_labels
from fcnn.jobs.member import Member
from fcnn.jobs.subject import Subject
from fcnn.jobs.surface import columns_to_draw, survey
from fcnn.report.drawings import draw_training
from fcnn.report.pictures import Pictures
from fcnn.runs.diagnostics import figures_by_layer

DRAWABLE = 0x250
"""The first character that the font which comes with matplotlib may lack; it has all of the Latin ones before."""


def draw_network(pictures: Pictures, folder: Path, kept: Member) -> None:
    """Draw how a network was trained, what it is, and how good.

    Args:
        pictures: draws them, at the latest when it is finished.
        folder: of the pictures; it is made.
        kept: the network.
    """
    trained, target, architecture = kept.fitted.trained, kept.prepared.dataset.target, kept.prepared.design.architecture
    measured = kept.fitted.measured
    diagnostics = figures_by_layer(measured, architecture) if measured else {}
    draw_training(pictures, folder, trained.history, trained.best_epoch, diagnostics, architecture, target)
    kept.scored[kept.part].draw(pictures, folder, kept.part)


def draw_insight(pictures: Pictures, folder: Path, subject: Subject, measured: Optional[Measured]) -> None:
    """Draw which columns matter, and what the network answers on a plane through the table.

    Args:
        pictures: draws them, at the latest when it is finished.
        folder: of the pictures.
        subject: the network with its rows.
        measured: the importance of its columns, where it was measured.
    """
    if measured is not None:
        pictures.draw("importance", **measured.picture(), path=folder / "importance.png")
    surveyed = survey(subject, columns_to_draw(subject, measured))
    if surveyed is not None:
        pictures.draw("decision_surface", **surveyed.picture(), path=folder / "decision_surface.png")


def fonts_lacking(kept: Member) -> List[Problem]:
    """Notes about characters that the pictures of a network cannot show, for want of a font."""
    target = kept.prepared.dataset.target
    texts = texts_of_labels(kept.prepared.config.report.language)
    columns = [state.name for state in kept.prepared.dataset.preprocessing.columns]
    names = [target.name, *target.classes, *columns]
    if not texts and all(ord(letter) < DRAWABLE for name in names for letter in name):
        return []
    from fcnn.report.names import missing_font_note  # late: it imports matplotlib, which this process may not need else

    notes = notes_on_labels(texts)
    note = missing_font_note(names)
    if note:
        notes.append(Problem(note, "plots", severity="note"))
    return notes
