"""Rows a second of training, beside Keras's model.fit and others.

The same network, initial weights, batch size, optimizer (Adam) and number of epochs, with metrics and validation, for
all of them; each in a process of its own, an epoch in turn, so that a busy moment meets all. The first epoch, with
everything that has to be done once, stands apart. rows/s: training rows by the median of the later epochs, in which
the validation rows have been measured, too. GFLOP/s: 6 operations for each parameter and training row; its share is
that of a large float32 product in TensorFlow, measured in the same turns. What `training.compile: auto` would be in a
training of 200 epochs is marked so.
"""

import argparse
from statistics import median
from typing import Any, Dict, List, Sequence

from cases import CASES, ROWS, VALIDATION_ROWS, Case, make_data
from machine import described, markdown
from trainers import FIT, TRAINERS, available, chosen, large_product
from turns import Turns, Worker, in_turns

PEAK = "a large product"
NOISE = 0.01
"""How far, relatively, another order of the rows may take the loss of training from that of `model.fit`."""

PACKAGES = {"PyTorch, eager": "torch", "scikit-learn, MLPClassifier": "scikit-learn"}
"""What trainers need beside TensorFlow."""

Found = Dict[str, List[Dict[str, Any]]]


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be chosen on the command line."""
    parser.add_argument("--case", nargs="+", choices=CASES, default=list(CASES), help="networks, each with its batch")
    parser.add_argument(
        "--trainer", nargs="+", choices=available(), default=list(available()), help="what is measured beside model.fit"
    )


def work(name: str, case: str, epochs: str) -> None:
    """In a process of its own: train in turns."""
    trainer = large_product if name == PEAK else TRAINERS[name]
    trainer(CASES[case], make_data(CASES[case]), int(epochs), Turns())


def run(options: argparse.Namespace) -> int:
    """Measure the cases, and say whether all trainers came to the same loss."""
    trainers = [name for name in available() if name in (FIT, *options.trainer)]
    packages = [package for name, package in PACKAGES.items() if name in trainers]
    rows = f"{ROWS:,} rows and {VALIDATION_ROWS:,} of validation, Adam, float32"
    print(f"{described('tensorflow', 'numpy', *packages)}; {rows}")
    found: Dict[str, Found] = {}
    for name in options.case:
        found[name] = measure(name, trainers, options.repeats)
        print(f"\n{name}: {CASES[name].parameters:,} parameters\n\n{case_table(CASES[name], found[name])}")
        print(f"\nLosses within {farthest_loss(found[name]):.2%} of model.fit's", flush=True)
    if len(found) > 1:
        print(f"\nThousand rows/s, in brackets the ratio to model.fit\n\n{summary(found)}")
    return int(max(map(farthest_loss, found.values())) > NOISE)


def measure(name: str, trainers: Sequence[str], repeats: int) -> Found:
    """What the trainers, and the large product, told of the first epoch and of `repeats` more."""
    epochs = repeats + 1
    workers: Dict[str, Worker] = {}
    try:
        for trainer in (PEAK, *trainers):
            workers[trainer] = Worker("speed", trainer, name, str(epochs))
        return in_turns(workers, epochs)
    finally:
        for worker in workers.values():
            worker.close()


def seconds(runs: Sequence[Dict[str, Any]]) -> float:
    """Of a usual epoch: the first one is not counted."""
    return median(each["seconds"] for each in runs[1:])


def peak(found: Found) -> float:
    """GFLOP/s of the large product."""
    return median(each["gflops"] for each in found[PEAK][1:])


def farthest_loss(found: Found) -> float:
    """The largest relative distance of a last loss of training from that of `model.fit`."""
    last = {name: runs[-1]["loss"] for name, runs in found.items() if name != PEAK}
    return max(abs(loss / last[FIT] - 1) for loss in last.values())


def case_table(case: Case, found: Found) -> str:
    """One network, a row for each trainer."""
    rows = []
    for name, runs in found.items():
        if name == PEAK:
            continue
        usual = seconds(runs)
        gflops = case.operations * ROWS / usual / 1e9
        rows.append(
            [
                f"{name} (auto)" if name == chosen(case) else name,
                f"{ROWS / usual:,.0f}",
                f"{seconds(found[FIT]) / usual:.2f}",
                f"{runs[0]['seconds']:.2f}",
                f"{gflops:.1f}",
                f"{gflops / peak(found):.0%}",
                f"{runs[-1]['loss']:.4f}",
                f"{runs[-1]['val_loss']:.4f}",
            ]
        )
    rows.append([PEAK, "", "", "", f"{peak(found):.0f}", "100%", "", ""])
    head = ["", "rows/s", "ratio", "first epoch, s", "GFLOP/s", "of the peak", "loss", "validation loss"]
    return markdown(head, rows)


def summary(found: Dict[str, Found]) -> str:
    """All networks, a column for each trainer; in brackets the ratio to `model.fit`."""
    names = [name for name in next(iter(found.values())) if name != PEAK]
    rows = []
    for case, runs in found.items():
        usual = {name: seconds(runs[name]) for name in names}
        cells = (f"{ROWS / usual[name] / 1e3:,.0f} ({usual[FIT] / usual[name]:.2g})" for name in names)
        share = CASES[case].operations * ROWS / min(usual.values()) / 1e9 / peak(runs)
        rows.append([case, *cells, f"{share:.0%}"])
    return markdown(["network@batch", *names, "the fastest, of the peak"], rows)
