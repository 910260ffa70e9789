"""A study as one self-contained HTML file."""

import base64
import io
from pathlib import Path
from typing import Any, Callable, Dict, List, Mapping, Sequence, Union

from markupsafe import Markup

import fcnn
from fcnn.files import atomic_write
from fcnn.report.study.facts import COMPLETE, FAILED, INTERRUPTED, PRUNED, RUNNING, Study, Trial
from fcnn.report.study.pictures import draw_history_into, draw_importance_into, draw_slices_into
from fcnn.report.templates import environment_of, read
from fcnn.wording import Said, say

PACKAGE = "fcnn.report.study"
MOST_ROWS = 500
"""Trials in the table, the best ones."""
STATES = {
    COMPLETE: say("complete"),
    PRUNED: say("pruned"),
    FAILED: say("failed"),
    INTERRUPTED: say("interrupted"),
    RUNNING: say("under way"),
}
ORDER = (COMPLETE, PRUNED, FAILED, RUNNING, INTERRUPTED)


def write_page(study: Study, path: Union[str, Path], texts: Mapping[str, str]) -> None:
    """Write the page.

    Args:
        study: what was tried.
        path: of the file.
        texts: English templates and what they are in the page's language; empty for English.

    Raises:
        OSError: it cannot be written.
    """
    page = render(study, texts)
    with atomic_write(path) as file:
        file.write(page)


def render(study: Study, texts: Mapping[str, str]) -> str:
    """The page as HTML, in the style of the report; whatever comes from a config is escaped."""
    best = study.best
    shown = sorted(study.trials, key=_rank)[:MOST_ROWS]
    return (
        environment_of(PACKAGE, texts)
        .get_template("study.html")
        .render(
            words=_words(study),
            language="zh" if texts else "en",
            version=fcnn.__version__,
            style=Markup(read(PACKAGE, "style.css")),
            tiles=_tiles(study),
            best=None if best is None else _values(best),
            pictures=_pictures(study, texts),
            keys=[(key.name, key.space) for key in study.keys],
            columns=[key.name for key in study.keys],
            trials=[_row(trial, study) for trial in shown],
        )
    )


def _words(study: Study) -> Dict[str, Said]:
    """What the template says."""
    return {
        "title": say("Search {name}", name=study.name),
        "lead": say(
            "Configs that predict {target!r}, compared by their loss on the validation rows. The test rows have no "
            "part in it; the run that the best config became is scored on them.",
            target=study.target,
        ),
        "best": say("The best config"),
        "as_it_is": say("The config as it is: no trial was better."),
        "train": say(
            "It is in best.yaml beside this page, every value spelled out; {code} trains it.",
            code="fcnn train best.yaml",
        ),
        "none": say("No trial has come to its end."),
        "pictures": say("What was found"),
        "space": say("What was searched"),
        "trials": say("The trials"),
        "shown": say(
            "The best {shown:,} of {count:,}. The first trial is the config as it is.",
            shown=min(MOST_ROWS, len(study.trials)),
            count=len(study.trials),
        ),
        "key": say("key"),
        "value": say("value"),
        "values": say("range or choices"),
        "number": say("trial"),
        "state": say("state"),
        "loss": say("validation loss"),
        "epoch": say("kept epoch"),
        "parameters": say("parameters"),
        "seconds": say("seconds"),
    }


def _tiles(study: Study) -> List[Any]:
    """Figures with their names."""
    count = {state: sum(trial.state == state for trial in study.trials) for state in STATES}
    best = study.best
    tiles: List[Any] = (
        [] if best is None else [(say("lowest validation loss"), f"{best.loss:.4g}"), (say("its trial"), best.number)]
    )
    tiles.append((say("trials"), len(study.trials) - count[INTERRUPTED]))
    tiles += [(STATES[state], count[state]) for state in (PRUNED, FAILED) if count[state]]
    return tiles


def _values(trial: Trial) -> Sequence[Any]:
    return list(trial.values.items())


def _row(trial: Trial, study: Study) -> Dict[str, Any]:
    """A trial in the table."""
    is_best = study.best is not None and trial.number == study.best.number
    return {
        "number": trial.number,
        "state": STATES[trial.state],
        "reason": trial.reason,
        "best": is_best,
        "loss": "" if trial.loss is None else f"{trial.loss:.5g}",
        "epoch": f"{trial.best_epoch} / {trial.epochs}" if trial.epochs else "",
        "parameters": f"{trial.parameters:,}" if trial.parameters else "",
        "seconds": f"{trial.seconds:.1f}" if trial.seconds else "",
        "values": [trial.values.get(key.name, "") for key in study.keys],
    }


def _rank(trial: Trial) -> Any:
    return ORDER.index(trial.state), float("inf") if trial.loss is None else trial.loss, trial.number


def _pictures(study: Study, texts: Mapping[str, str]) -> List[Any]:
    """Each with what it shows."""
    if study.best is None:
        return []
    made = [(draw_history_into, say("The loss of each trial, and the best one so far; the numbers are in the table"))]
    if study.importance:
        remark = say("How much of the differences between complete trials each key accounts for (functional ANOVA)")
        made.append((draw_importance_into, remark))
    made.append((draw_slices_into, say("The loss of each trial along each key; the best one has a ring")))
    return [(_drawn(draw, study, texts), remark) for draw, remark in made]


def _drawn(draw: Callable[..., None], study: Study, texts: Mapping[str, str]) -> str:
    file = io.BytesIO()
    draw(study, file, texts)
    return base64.b64encode(file.getvalue()).decode("ascii")
