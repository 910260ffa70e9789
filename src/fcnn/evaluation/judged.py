"""Which part of a table a run is judged by."""

from typing import Any, Mapping


def judged_split(metrics: Mapping[str, Any]) -> str:
    """The split that tells most about new rows: ``test``, else ``validation``, else ``train``.

    Args:
        metrics: of a run, by split; those without any are as if they were not there.
    """
    return next((name for name in ("test", "validation") if metrics.get(name)), "train")
