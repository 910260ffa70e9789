"""Files of a run folder about the network that is kept, once it is trained; ``metrics.json`` is not among them."""

from pathlib import Path
from typing import Any, Dict, Optional, Sequence

import fcnn
from fcnn.data.columns import ColumnReport
from fcnn.data.findings import report_findings, single_findings
from fcnn.data.said_again import plain
from fcnn.data.target import Target
from fcnn.environment import judge, read_facts
from fcnn.environment.rendering import as_document
from fcnn.errors import Problem
from fcnn.files import write_json
from fcnn.jobs.decision import with_decision
from fcnn.jobs.member import Member
from fcnn.jobs.repeats import Repeats
from fcnn.runs.diagnostics import figures_by_layer, write_diagnostics
from fcnn.runs.folder import ENVIRONMENT
from fcnn.runs.members import inside
from fcnn.runs.record import FORMAT, NEWEST_FORMAT, Record, write_history, write_record, write_weights


def write_network(
    partial: Path, kept: Member, repeats: Optional[Repeats], position: int, members: Sequence[Member], target: Target
) -> None:
    """Write the files about the network that is kept, about the members of an ensemble, and where they were trained.

    Args:
        partial: the run folder.
        kept: the network.
        repeats: how the training was repeated, where it was.
        position: of the network among those trainings.
        members: all that are finished.
        target: of what predicts, with the temperature and the threshold that it has.
    """
    together = members if repeats is not None and repeats.ensemble else ()
    own = with_decision(kept.prepared.dataset.target, target)
    _write_files(partial, kept, own, repeats, position + 1, len(together))
    for number, member in enumerate(together, 1):
        (partial / inside(number)).mkdir(parents=True, exist_ok=True)
        _write_files(partial / inside(number), member, member.prepared.dataset.target, repeats, number)
    if kept.fitted.measured:
        architecture = kept.prepared.design.architecture
        write_diagnostics(partial, figures_by_layer(kept.fitted.measured, architecture))
    facts = read_facts()
    write_json(partial / ENVIRONMENT, as_document(judge(facts), facts))


def _write_files(
    folder: Path, member: Member, target: Target, repeats: Optional[Repeats], number: int, ensemble: int = 0
) -> None:
    """Write ``data.json``, ``weights.npz`` and ``history.csv`` of the training of that number, from 1."""
    dataset, architecture, findings = (
        member.prepared.dataset,
        member.prepared.design.architecture,
        member.prepared.findings,
    )
    write_record(
        folder,
        Record(
            format=NEWEST_FORMAT if ensemble or target.is_decided else FORMAT,
            fcnn=fcnn.__version__,
            target=target,
            preprocessing=dataset.preprocessing,
            network=architecture,
            feature_names=dataset.preprocessing.feature_names,
            rows=dataset.rows,
            files=dataset.files,
            columns=dataset.columns,
            findings=report_findings(findings),
            said=_said(findings, dataset.columns),
            repeats=None if repeats is None else repeats.record(number, ensemble),
        ),
    )
    write_weights(folder, member.fitted.arrays)
    write_history(folder, member.fitted.trained.history)


def _said(findings: Sequence[Problem], columns: Sequence[ColumnReport]) -> Dict[str, Any]:
    """The sentences of ``data.json``, so that they can be told in another language, too."""
    return {
        "findings": [[_plain(each.message), _plain(each.hint)] for each in single_findings(findings)],
        "columns": [_plain(column.reason) for column in columns],
    }


def _plain(sentence: str) -> Any:
    """A sentence as JSON; one whose values JSON does not know (a place in the config, for one) as it is in English."""
    try:
        return plain(sentence)
    except TypeError:
        return str(sentence)
