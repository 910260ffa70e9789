"""``fcnn reproduce``."""

import math
from dataclasses import replace
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional, Sequence, Tuple

import click

from fcnn.cli.output import show_json, show_line, show_result, show_table
from fcnn.cli.scores import number
from fcnn.errors import ExitCode
from fcnn.wording import say, say_many

SHOWN = ("tensorflow", "keras", "numpy", "pandas", "scikit-learn", "scipy")
"""Packages that are named where they differ; the others are counted, and named by --json."""
PACKAGE = "package "
LONGEST = 60
"""Characters of something that differs."""


@click.command("reproduce", short_help="Train a run again and say whether it is the same, bit for bit.")
@click.argument("run")
@click.argument("moved", nargs=-1, metavar="[KEY=VALUE]...")
@click.option(
    "--run-dir",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write the second run here, and keep it; default: beside RUN, kept where it differs.",
)
@click.option("--quiet", is_flag=True, help="Print nothing but errors and the answer.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def reproduce(run: str, moved: Tuple[str, ...], run_dir: Optional[Path], quiet: bool, as_json: bool) -> None:
    """Train again what RUN was trained on, and compare weights, history, predictions and metrics bit by bit.

    RUN is a run folder, its name below runs/, or `latest`. Says "identical", or from which epoch on and by how much it
    differs, and what is different in the environment; the exit code is 0 or 1. Where bits cannot be the same, on the
    other stack for one, the metrics stand side by side.

    The table must be what it was, which its hash tells. KEY=VALUE says where it is now, if it was moved:
    data.path=FILE. A run that was stopped is stopped after the same epoch.
    """
    from fcnn.runs.folder import check_free, find_run

    # A mistake is answered here, before NumPy and TensorFlow are imported.
    folder = find_run(run)
    if run_dir is not None:
        check_free(run_dir)
    from fcnn.jobs.reproduce import read_again

    again = read_again(folder, moved)
    from fcnn.environment import require_tensorflow

    warnings = require_tensorflow()
    from fcnn.cli.progress import ConsoleReporter
    from fcnn.cli.quiet import screen
    from fcnn.jobs.receipt import origin
    from fcnn.jobs.reproduce import reproduce as train_again
    from fcnn.training.stop import Stop

    stop, again = Stop(), replace(again, request=replace(again.request, origin=origin(click.get_current_context().obj)))
    with screen() as terminal:
        reporter = ConsoleReporter(terminal, quiet, stop)
        for warning in warnings:
            reporter.problem(warning)
        try:
            done = train_again(again, run_dir, reporter, stop)
        finally:
            reporter.closed()
    if done.repetition is None:
        show_line(say("interrupted: nothing was compared"))
        raise click.exceptions.Exit(int(ExitCode.INTERRUPTED))
    if as_json:
        show_json(_document(done))
    else:
        _show(done)
    if not done.repetition.identical:
        raise click.exceptions.Exit(int(ExitCode.FAILED))


def _show(done: Any) -> None:
    """The answer in the terminal."""
    found = done.repetition
    if found.identical:
        show_result(
            say(
                "identical: {epochs} epochs, weights, predictions and metrics are the same, bit for bit",
                epochs=found.epochs[0],
            )
        )
    else:
        _show_differences(found)
    if found.rivals:
        show_result(say("baselines, which are not the network's: {count} numbers differ", count=len(found.rivals)))
    _show_places(found.places)
    if done.folder is not None:
        click.echo(str(done.folder))


def _show_differences(found: Any) -> None:
    """Where the second run differs, and by how much."""
    if found.first_epoch is None:
        show_result(say("not identical: the history is the same, and what came of it is not"))
    else:
        show_result(say("not identical: it differs from epoch {epoch} on", epoch=found.first_epoch))
    if found.epochs[0] != found.epochs[1]:
        show_result(say("epochs: {then} then, {now} now", then=found.epochs[0], now=found.epochs[1]))
    if found.history:
        headings = (
            say("column"), say("from epoch"), say("then"), say("now"), say("largest difference"),
        )  # fmt: skip
        rows = [
            (name, str(cell.epoch), f"{cell.then:.9g}", f"{cell.now:.9g}", f"{cell.largest:.2g}")
            for name, cell in found.history.items()
        ]
        show_table(headings, rows)
    if found.weights:
        largest = _largest(found.weights)
        if largest is None:
            show_result(say("weights: arrays of other shapes"))
        else:
            size, name = largest
            show_result(say("weights: the largest difference is {size:.2g}, in {name}", size=size, name=name))
    if found.predictions is not None:
        _show_answers(found.predictions)
    if found.metrics:
        count, (name, (then, now)) = len(found.metrics), next(iter(found.metrics.items()))
        message = say(
            "metrics: {count} numbers differ; {name}: {then} then, {now} now",
            count=count,
            name=name,
            then=then,
            now=now,
        )
        show_result(message)
    rows = [
        (score.name, number(score.then), number(score.now), _interval(score.interval), _within(score.within))
        for score in found.scores
    ]
    show_table((found.part, say("then"), say("now"), say("95 % then"), say("within")), rows)
    judged = [score.within for score in found.scores if score.within is not None]
    if judged:
        inside, count = sum(judged), len(judged)
        show_result(say("metrics within the noise of the first run: {inside} of {count}", inside=inside, count=count))


def _show_answers(answers: Any) -> None:
    if answers.largest is None:
        show_result(say("predictions: other rows are held out"))
        return
    if answers.other_class is None:
        show_result(say("predictions: the largest difference is {size:.2g}", size=answers.largest))
        return
    show_result(
        say(
            "predictions: the largest difference is {size:.2g}; {other} of {rows} rows get another class",
            size=answers.largest,
            other=answers.other_class,
            rows=answers.rows,
        )
    )


def _show_places(places: Sequence[Any]) -> None:
    """What is different where the two were trained."""
    packages = [place for place in places if place.name.startswith(PACKAGE)]
    named = [place for place in packages if place.name[len(PACKAGE) :] in SHOWN]
    others = [place for place in places if place not in packages]
    if others or named:
        rows = [(place.name, _told(place.then), _told(place.now)) for place in (*others, *named)]
        show_table((say("different here"), say("then"), say("now")), rows, left=3)
    if len(packages) > len(named):
        show_result(say_many(len(packages) - len(named), "1 other package differs", "{count} other packages differ"))


def _told(value: Any) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else "-" if value in (None, "") else str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."


def _interval(interval: Optional[Tuple[float, float]]) -> str:
    return "" if interval is None else f"{number(interval[0])} - {number(interval[1])}"


def _within(within: Optional[bool]) -> str:
    return "" if within is None else say("yes") if within else say("no")


def _largest(weights: Dict[str, Optional[float]]) -> Optional[Tuple[float, str]]:
    """The largest difference and its array; None where shapes differ."""
    if any(size is None for size in weights.values()):
        return None
    return max((size, name) for name, size in weights.items() if size is not None)


def _document(done: Any) -> Dict[str, Any]:
    """The answer for programs."""
    found = done.repetition
    answers = found.predictions
    return {
        "run": str(done.again.folder),
        "again": None if done.folder is None else str(done.folder),
        "identical": found.identical,
        "obstacles": [str(problem.message) for problem in done.again.obstacles],
        "epochs": list(found.epochs),
        "first_epoch": found.first_epoch,
        "history": {
            name: {
                "epoch": cell.epoch,
                "then": _finite(cell.then),
                "now": _finite(cell.now),
                "largest": _finite(cell.largest),
            }
            for name, cell in found.history.items()
        },
        "weights": found.weights,
        "predictions": None
        if answers is None
        else {"rows": answers.rows, "other_class": answers.other_class, "largest": answers.largest},
        "metrics": {name: list(pair) for name, pair in found.metrics.items()},
        "baselines": {name: list(pair) for name, pair in found.rivals.items()},
        "scores": {found.part: {score.name: dict(_score(score)) for score in found.scores}},
        "environment": [{"name": place.name, "then": place.then, "now": place.now} for place in found.places],
    }


def _score(score: Any) -> Iterator[Tuple[str, Any]]:
    interval: Optional[List[float]] = None if score.interval is None else list(score.interval)
    yield from (("then", score.then), ("now", score.now), ("interval", interval), ("within", score.within))


def _finite(value: float) -> Optional[float]:
    return value if math.isfinite(value) else None
