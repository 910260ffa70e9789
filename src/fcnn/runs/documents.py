"""The JSON files of a run as plain mappings, for what needs no more."""

from pathlib import Path
from typing import Any, Dict, Mapping

from fcnn.errors import Problem, RunError
from fcnn.files import read_json
from fcnn.runs.folder import METRICS
from fcnn.runs.receipt import whole_file
from fcnn.runs.soundness import check_metrics
from fcnn.runs.trust import check_folder
from fcnn.wording import say


def read_document(path: Path) -> Dict[str, Any]:
    """Read a JSON file of a run as a mapping.

    Raises:
        RunError: it is damaged.
    """
    try:
        content = read_json(path)
    except (OSError, ValueError) as error:
        raise RunError(Problem(say("cannot be read: {error}", error=str(error)), str(path))) from error
    if not isinstance(content, dict):
        raise RunError(Problem("is damaged", str(path), "a mapping", type(content).__name__))
    return content


def read_metrics(folder: Path) -> Dict[str, Any]:
    """Read ``metrics.json``.

    Raises:
        RunError: it is damaged, or not what fcnn writes.
    """
    path = whole_file(check_folder(folder), METRICS)
    metrics = read_document(path)
    expected = ("task", "train", "baselines", "verdicts", "parameters", "epochs", "best_epoch", "stopped")
    missing = [name for name in expected if name not in metrics]
    if missing:
        raise RunError(Problem("is damaged", str(path), received=say("no {names} in it", names=", ".join(missing))))
    check_metrics(metrics, str(path))
    return metrics


def is_ensemble(metrics: Mapping[str, Any]) -> bool:
    """Whether several networks have predicted together what ``metrics.json`` judges."""
    return "ensemble" in metrics.get("repeats", {})
