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
from fcnn.runs.diagnostics import figures_by_layer, write_diagnostics
from fcnn.runs.folder import ENVIRONMENT
from fcnn.runs.record import FORMAT, Record, write_history, write_record, write_weights


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
    if kept.fitted.measured:
        write_diagnostics(partial, figures_by_layer(kept.fitted.measured, architecture))
    facts = read_facts()
    write_json(partial / ENVIRONMENT, as_document(judge(facts), facts))


def draw(folder: Path, kept: Member, repeated: Optional[Mapping[str, Any]], reporter: Reporter) -> None:
    """Draw the pictures of the network that is kept.

    Args:
        folder: of the pictures; it is made.
        kept: the network.
        repeated: what ``metrics.json`` has as ``repeats``, where there is that.
        reporter: is told where the pictures lack a font.
    """
    from fcnn.report import plots

    folder.mkdir(exist_ok=True)  # a process that was killed may have begun
    trained, target = kept.fitted.trained, kept.prepared.dataset.target
    plots.learning_curves(trained.history, trained.best_epoch, folder / "learning_curves.png")
    if kept.fitted.measured:
        columns = figures_by_layer(kept.fitted.measured, kept.prepared.design.architecture)
        plots.layer_diagnostics(columns, trained.best_epoch, folder / "diagnostics.png")
    architecture = msgspec.to_builtins(kept.prepared.design.architecture)
    outputs = list(target.classes) or [target.name]
    plots.network_diagram(architecture["inputs"], architecture["layers"], outputs, folder / "network.png")
    kept.scored[kept.part].plots(folder)
    if repeated is not None:
        part = "validation" if repeated["kind"] == FOLDS else kept.part
        plots.member_scores(repeated, part, folder / "members.png")
    note = plots.missing_font_note([target.name, *target.classes])
    if note:
        reporter.problem(Problem(note, "plots", severity="note"))
