"""``fcnn runs``."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Tuple

import click

from fcnn.cli.output import show_json, show_line, show_problems, show_table
from fcnn.cli.scores import with_spread
from fcnn.config.paths import shell_word
from fcnn.errors import Problem, RunError
from fcnn.evaluation.judged import judged_split
from fcnn.runs.documents import is_ensemble, read_metrics
from fcnn.runs.folder import list_runs
from fcnn.runs.lock import is_locked
from fcnn.runs.unfinished import can_go_on, final_of, list_partial
from fcnn.wording import say

MAIN_METRICS = ("roc_auc", "accuracy", "r2", "rmse")
"""The first of these that a run has stands for it."""


@click.command("runs", short_help="List the runs there are, the newest last.")
@click.option("--dir", "folder", type=click.Path(path_type=Path), default="runs", show_default=True, help="Where.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def runs(folder: Path, as_json: bool) -> None:
    """List the runs there are, the newest last; then those that are not finished, and how to go on with them."""
    found: List[Tuple[Path, Mapping[str, Any]]] = []
    damaged: List[Problem] = []
    for run in list_runs(folder):
        try:
            found.append((run, read_metrics(run)))
        except RunError as error:  # noqa: PERF203 - a damaged run does not hide the others
            damaged += [Problem(each.message, each.where, severity="warning") for each in error.problems]
    show_problems(damaged)
    unfinished = [_Unfinished.of(partial) for partial in list_partial(folder)]
    if as_json:
        complete = [{"run": str(run), **metrics} for run, metrics in found]
        show_json([*complete, *(each.document() for each in unfinished)])
    elif found or unfinished:
        rows = [_row(run.name, metrics) for run, metrics in found]
        show_table(("run", "task", "epoch", "score"), [*rows, *(each.row() for each in unfinished)])
    else:
        show_line(say("no runs in {folder}", folder=folder))


@dataclass(frozen=True)
class _Unfinished:
    """A run that is being written, or was killed."""

    partial: Path
    is_written_now: bool
    run: Optional[str]
    """The word for ``--resume``; None where nothing was kept, or another process is at it."""

    @classmethod
    def of(cls, partial: Path) -> "_Unfinished":
        """See how it stands."""
        is_written_now = is_locked(partial)
        goes_on = not is_written_now and can_go_on(partial)
        return cls(partial, is_written_now, shell_word(str(final_of(partial))) if goes_on else None)

    def document(self) -> Dict[str, Any]:
        """For ``--json``."""
        state = "running" if self.is_written_now else "killed"
        command = None if self.run is None else " ".join(["fcnn", "train", "--resume", self.run])
        return {"run": str(final_of(self.partial)), "unfinished": state, "resume": command}

    def row(self) -> Tuple[str, str, str, str]:
        """For the table."""
        said = say("not finished, and nothing kept of it: delete {folder}", folder=shell_word(str(self.partial)))
        if self.is_written_now:
            said = say("being written now")
        elif self.run is not None:
            said = say("not finished; to go on with it: fcnn train --resume {run}", run=self.run)
        return final_of(self.partial).name, "", "", said


def _row(name: str, metrics: Mapping[str, Any]) -> Tuple[str, str, str, str]:
    part = judged_split(metrics)
    repeats = metrics.get("repeats")
    scores, spread = metrics[part], {}
    if repeats is not None and not is_ensemble(metrics):
        scores, spread = repeats["mean"][part], repeats["std"].get(part, {})
    main = next((metric for metric in MAIN_METRICS if metric in scores), None)
    score = f"{part} {main} {with_spread(scores[main], spread.get(main))}" if main else ""
    return name, metrics["task"], f"{metrics['best_epoch']}/{metrics['epochs']}", score
