"""The networks of an ensemble in a run folder: ``members/01`` and so on, each with data.json, weights and history."""

from pathlib import Path
from typing import Any, List, Mapping, Optional

from fcnn.errors import Problem, RunError
from fcnn.inference.ensemble import ensemble_of
from fcnn.inference.model import Model, Predictor
from fcnn.runs.folder import DATA, MEMBERS
from fcnn.runs.record import Record, read_model
from fcnn.runs.soundness import damaged
from fcnn.wording import say


def inside(number: int) -> str:
    """The folder of a member in that of its run, from 1: ``members/01/``."""
    return f"{MEMBERS}/{number:02d}/"


def members_of(record: Record) -> List[str]:
    """The folders of the members of a run; none of one that is no ensemble."""
    count = 0 if record.repeats is None else record.repeats.get("ensemble", 0)
    return [inside(number) for number in range(1, count + 1)]


def read_predictor(folder: Path, record: Record, kept: Model) -> Predictor:
    """What a run predicts with: its network, or all of its members together.

    Args:
        folder: of the run.
        record: its ``data.json``.
        kept: its own network.

    Raises:
        RunError: a member is damaged, or is none of this run.
    """
    members = [_member(folder, each, record) for each in members_of(record)]
    return ensemble_of(members, record.target) if members else kept


def _member(folder: Path, place: str, record: Record) -> Model:
    model = read_model(folder, place)
    own, units = model.target, model.architecture.layers[-1].units
    if (own.name, own.task, own.classes, units) != (
        record.target.name,
        record.target.task,
        record.target.classes,
        record.network.layers[-1].units,
    ):
        raise RunError(damaged(str(folder / place / DATA), "target"))
    return model


def notes_on_member(repeats: Optional[Mapping[str, Any]], where: str) -> List[Problem]:
    """A note on which network is shown alone, of a run that is an ensemble.

    Args:
        repeats: of ``data.json``.
        where: what is shown.
    """
    if repeats is None or "ensemble" not in repeats:
        return []
    message = say(
        "shows one network of the ensemble, number {number} of {count}",
        number=repeats["kept"],
        count=repeats["ensemble"],
    )
    return [Problem(message, where, severity="note")]
