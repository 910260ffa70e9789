"""Files of a run folder about the network that is kept, once it is trained; ``metrics.json`` is not among them."""

from pathlib import Path
from typing import Any, Mapping, Optional

import msgspec

import fcnn
from fcnn.data.findings import report_findings
from fcnn.environment import judge, read_facts
from fcnn.environment.rendering import as_document
from fcnn.errors import Problem
from fcnn.files import write_json
from fcnn.jobs.member import Member
from fcnn.jobs.repeats import FOLDS, Repeats
from fcnn.jobs.reporter import Reporter
from fcnn.report.pictures import Pictures
from fcnn.runs.folder import ENVIRONMENT
from fcnn.runs.record import FORMAT, Record, write_history, write_record, write_weights

MATPLOTLIB_FONT = 0x250
"""The first character that the font which comes with matplotlib may lack; it has all of the Latin ones before."""


def write_network(partial: Path, kept: Member, repeats: Optional[Repeats], position: int) -> None:
    """Write the files about the network that is kept, and where it was trained.

    Args:
        partial: the run folder.
        kept: the network.
        repeats: how the training was repeated, where it was.
        position: of the network among those trainings.
    """
    dataset, architecture = kept.prepared.dataset, kept.prepared.design.architecture
    write_record(
        partial,
        Record(
            format=FORMAT,
            fcnn=fcnn.__version__,
            target=dataset.target,
            preprocessing=dataset.preprocessing,
            network=architecture,
            feature_names=dataset.preprocessing.feature_names,
            rows=dataset.rows,
            files=dataset.files,
            columns=dataset.columns,
            findings=report_findings(kept.prepared.findings),
            repeats=None if repeats is None else {"kind": repeats.kind, "count": repeats.count, "kept": position + 1},
        ),
    )
    write_weights(partial, kept.fitted.arrays)
    write_history(partial, kept.fitted.trained.history)
    facts = read_facts()
    write_json(partial / ENVIRONMENT, as_document(judge(facts), facts))


def draw(pictures: Pictures, folder: Path, kept: Member, reporter: Reporter) -> None:
    """Draw the pictures of the network that is kept.

    Args:
        pictures: draws them, at the latest when it is finished.
        folder: of the pictures; it is made.
        kept: the network.
        reporter: is told where the pictures lack a font.
    """
    folder.mkdir(exist_ok=True)  # a process that was killed may have begun
    trained, target = kept.fitted.trained, kept.prepared.dataset.target
    curves = folder / "learning_curves.png"
    pictures.draw("learning_curves", history=trained.history, best_epoch=trained.best_epoch, path=curves)
    architecture = msgspec.to_builtins(kept.prepared.design.architecture)
    outputs = list(target.classes) or [target.name]
    pictures.draw("network_diagram", **architecture, output_names=outputs, path=folder / "network.png")
    kept.scored[kept.part].draw(pictures, folder)
    names = [target.name, *target.classes]
    if max(map(ord, "".join(names)), default=0) >= MATPLOTLIB_FONT:
        from fcnn.report.names import missing_font_note  # late: matplotlib, which this process may not need

        note = missing_font_note(names)
        if note:
            reporter.problem(Problem(note, "plots", severity="note"))


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
