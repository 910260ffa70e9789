"""Trains every shipped config with some seeds (1 2 3) and prints the mean test scores as a Markdown table.

Exit code 1 where a mean is below its floor. For diabetes, the floor is R2 of ridge regression on the same rows - 0.05.
"""

import sys
import tempfile
from pathlib import Path
from typing import Dict, List, NamedTuple

import fcnn

CONFIGS = Path(__file__).resolve().parent.parent / "configs"


class Goal(NamedTuple):
    """What a config must reach."""

    metric: str
    floor: float
    below_linear: bool = False
    """The floor is a difference to the linear baseline on the same rows."""


GOALS: Dict[str, Goal] = {
    "iris": Goal("accuracy", 0.93),
    "penguins": Goal("accuracy", 0.96),
    "breast_cancer": Goal("accuracy", 0.95),
    "digits": Goal("accuracy", 0.96),
    "bank": Goal("roc_auc", 0.88),
    "diabetes": Goal("r2", -0.05, below_linear=True),
    "diamonds": Goal("r2", 0.975),
}


def main(seeds: List[int]) -> int:
    """Train and print; the number of goals missed."""
    missed = 0
    print("| config | test metric | network, mean (lowest to highest) | linear model | test rows |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as runs:
        for name, goal in GOALS.items():
            own, linear, rows = [], [], 0
            for seed in seeds:
                overrides = [f"seed={seed}", f"run.dir={runs}", "run.plots=false"]
                run = fcnn.train(CONFIGS / f"{name}.yaml", overrides)
                own.append(run.metrics["test"][goal.metric])
                baseline = "ridge" if goal.metric == "r2" else "logistic_regression"
                linear.append(run.metrics["baselines"][baseline]["test"][goal.metric])
                rows = run.record.rows["test"]
            mean, straight = sum(own) / len(own), sum(linear) / len(linear)
            figures = f"{mean:.3f} ({min(own):.3f} to {max(own):.3f})"
            print(f"| {name} | {goal.metric} | {figures} | {straight:.3f} | {rows:,} |", flush=True)
            if mean - (straight if goal.below_linear else 0) < goal.floor:
                print(f"{name}: below its floor of {goal.floor}", file=sys.stderr)
                missed += 1
    return missed


if __name__ == "__main__":
    sys.exit(min(1, main([int(seed) for seed in sys.argv[1:]] or [1, 2, 3])))
