"""Files of a run folder about the network that is kept, once it is trained; ``metrics.json`` is not among them."""

from pathlib import Path
from typing import Any, Dict, Optional, Sequence

import fcnn
from fcnn.data.columns import ColumnReport
from fcnn.data.findings import report_findings, single_findings
from fcnn.data.said_again import plain
from fcnn.environment import judge, read_facts
from fcnn.environment.rendering import as_document
from fcnn.errors import Problem
from fcnn.files import write_json
from fcnn.jobs.member import Member
from fcnn.jobs.repeats import Repeats
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
            said=_said(kept.prepared.findings, dataset.columns),
            repeats=None if repeats is None else {"kind": repeats.kind, "count": repeats.count, "kept": position + 1},
        ),
    )
    write_weights(partial, kept.fitted.arrays)
    write_history(partial, kept.fitted.trained.history)
    if kept.fitted.measured:
        write_diagnostics(partial, figures_by_layer(kept.fitted.measured, architecture))
    facts = read_facts()
    write_json(partial / ENVIRONMENT, as_document(judge(facts), facts))


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
