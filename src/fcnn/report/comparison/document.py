"""A comparison as one JSON document."""

from typing import Any, Dict

from fcnn.report.comparison.facts import Comparison
from fcnn.report.comparison.words import sentences


def document_of(comparison: Comparison) -> Dict[str, Any]:
    """Plain data: ``runs``, ``config``, ``best``, ``paired``, ``sentences``."""
    return {
        "runs": [
            {
                "letter": each.letter,
                "run": str(each.run.folder),
                "part": each.part,
                "metrics": dict(each.scores),
                **{name: each.number(name) for name in ("parameters", "epochs", "best_epoch", "stopped", "seconds")},
            }
            for each in comparison.runs
        ],
        "config": {
            each.key: {run.letter: value for run, value in zip(comparison.runs, each.values)}
            for each in comparison.config
        },
        "best": {name: [comparison.runs[place].letter for place in places] for name, places in comparison.best.items()},
        "paired": [
            {
                "letter": paired.letter,
                "part": paired.part,
                "common_rows": paired.rows,
                "metrics": {
                    name: {
                        "first": difference.first,
                        "second": difference.second,
                        "difference": difference.value,
                        "interval": [difference.low, difference.high],
                        "more_than_noise": difference.is_more_than_noise,
                    }
                    for name, difference in paired.differences.items()
                },
                "reason": str(paired.reason),
                "note": str(paired.note),
            }
            for paired in comparison.paired
        ],
        "sentences": [str(sentence) for sentence in sentences(comparison)],
    }
