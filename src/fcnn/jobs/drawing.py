"""The pictures of a run: of the training, of what the network gets right, of what it answers."""

from pathlib import Path
from typing import Any, List, Mapping, Optional

import msgspec

from fcnn.errors import Problem
from fcnn.jobs.importance import Measured
from fcnn.jobs.labels import texts_of_labels
from fcnn.jobs.member import Member
from fcnn.jobs.repeats import FOLDS
from fcnn.jobs.subject import Subject
from fcnn.jobs.surface import columns_to_draw, survey
from fcnn.report.pictures import Pictures
from fcnn.runs.diagnostics import figures_by_layer
from fcnn.wording import say

DRAWABLE = 0x250
"""The first character that the font which comes with matplotlib may lack; it has all of the Latin ones before."""


def draw_network(pictures: Pictures, folder: Path, kept: Member) -> None:
    """Draw how a network was trained, what it is, and how good.

    Args:
        pictures: draws them, at the latest when it is finished.
        folder: of the pictures; it is made.
        kept: the network.
    """
    folder.mkdir(exist_ok=True)  # a process that was killed may have begun
    trained, target, design = kept.fitted.trained, kept.prepared.dataset.target, kept.prepared.design
    best = trained.best_epoch
    pictures.draw("learning_curves", history=trained.history, best_epoch=best, path=folder / "learning_curves.png")
    if kept.fitted.measured:
        columns = figures_by_layer(kept.fitted.measured, design.architecture)
        pictures.draw("layer_diagnostics", columns=columns, best_epoch=best, path=folder / "diagnostics.png")
    architecture = msgspec.to_builtins(design.architecture)
    outputs = list(target.classes) or [target.name]
    pictures.draw("network_diagram", **architecture, output_names=outputs, path=folder / "network.png")
    kept.scored[kept.part].draw(pictures, folder, kept.part)


def draw_answers(pictures: Pictures, folder: Path, subject: Subject, measured: Optional[Measured]) -> None:
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


def draw_members(pictures: Pictures, folder: Path, kept: Member, repeated: Mapping[str, Any]) -> None:
    """Draw the scores of several trainings.

    Args:
        pictures: draws them, at the latest when it is finished.
        folder: of the pictures.
        kept: the network that is kept.
        repeated: what ``metrics.json`` has as ``repeats``.
    """
    part = "validation" if repeated["kind"] == FOLDS else kept.part
    pictures.draw("member_scores", repeats=repeated, part=part, path=folder / "members.png")


def fonts_lacking(kept: Member) -> List[Problem]:
    """Notes about characters that the pictures of a network cannot show, for want of a font."""
    target, notes = kept.prepared.dataset.target, []
    texts = texts_of_labels(kept.prepared.config.report.language)
    columns = [state.name for state in kept.prepared.dataset.preprocessing.columns]
    names = [target.name, *target.classes, *columns]
    if not texts and all(ord(letter) < DRAWABLE for name in names for letter in name):
        return []
    from fcnn.report import names as fonts  # late: it imports matplotlib, which this process may not need else
    from fcnn.report.language import letters_of

    if not fonts.can_draw(letters_of(texts)):
        message = say("no installed font has Chinese letters: the labels of the pictures are English")
        hint = say("for Chinese labels install one (`apt-get install fonts-noto-cjk` on Debian or Ubuntu)")
        notes.append(Problem(message, "plots", hint=hint, severity="note"))
    note = fonts.missing_font_note(names)
    if note:
        notes.append(Problem(note, "plots", severity="note"))
    return notes
