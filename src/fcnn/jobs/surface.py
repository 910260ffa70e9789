"""Drawing what a network answers, and what its units do, on a plane through the table."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

import numpy as np

from fcnn.data.states import Number
from fcnn.errors import ConfigError, Problem, RunError, did_you_mean
from fcnn.insight.neurons import neuron_maps
from fcnn.insight.plane import Plane, column_plane, component_plane, two_columns
from fcnn.jobs.importance import Measured, measure_importance
from fcnn.jobs.labels import notes_on_labels, texts_of_labels
from fcnn.jobs.score import Sample, Scored, rows_to_score
from fcnn.jobs.subject import Subject, subject_of_run
from fcnn.runs.folder import PLOTS, not_writable
from fcnn.runs.members import notes_on_member
from fcnn.runs.receipt import renew_receipt
from fcnn.runs.run import load
from fcnn.wording import say, say_list

TRAINING_ROWS = 5_000
"""Of which the ends of the axes and the most frequent values are those of."""
DOTS = 500
"""Rows that are drawn at most."""
NEURON_ROWS = 2_000
"""Rows over which the variance of a unit's activation is that of."""
STRIDE = 2
"""The maps of units have every second point of the plane."""
NAMED = 10
"""Numeric columns that an error names."""


class Drawn(NamedTuple):
    """What was drawn."""

    files: List[Path]
    notes: List[Problem]
    """What to tell of it."""


@dataclass(frozen=True)
class Survey:
    """A trained network on a plane."""

    subject: Subject
    plane: Plane
    sample: Sample
    """The rows that are drawn as dots."""

    def picture(self) -> Dict[str, Any]:
        """What :func:`fcnn.report.plots.decision_surface` draws."""
        target = self.subject.model.target
        on_grid, on_rows = self._answers(self.plane.x), self._answers(self.sample.x)
        return {
            "plane": self._without_grid(),
            "answers": on_grid.predicted if target.task == "regression" else on_grid.probabilities,
            "rows": (self.subject.rows_named(len(self.sample.x)), self.sample.y_raw, on_rows.predicted),
            "target": target.name,
            "classes": target.classes,
        }

    def picture_of_neurons(self) -> Dict[str, Any]:
        """What :func:`fcnn.report.plots.neurons` draws."""
        model, side = self.subject.model, len(self.plane.up.values)
        grid = self.plane.x.reshape(side, side, -1)[::STRIDE, ::STRIDE]
        rows = rows_to_score(self.subject.training, self.subject.seed, NEURON_ROWS).x
        return {
            "plane": self._without_grid(),
            "layers": neuron_maps(model.architecture, model.arrays, grid.reshape(-1, grid.shape[-1]), rows),
            "shape": grid.shape[:2],
            "outputs": model.target.classes or [model.target.name],
        }

    def _without_grid(self) -> Plane:
        return self.plane._replace(x=np.empty((0, 0), np.float32))

    def _answers(self, x: np.ndarray) -> Scored:
        return Scored(self.subject.model.target, np.empty(0), self.subject.model.output(x))


def survey(subject: Subject, columns: Optional[Tuple[str, str]]) -> Optional[Survey]:
    """Lay a plane through the table.

    Args:
        subject: the network and its rows.
        columns: two numeric columns; None for the two leading principal components.

    Returns:
        None where the table has fewer than two components.
    """
    preprocessing = subject.dataset.preprocessing
    training = rows_to_score(subject.training, subject.seed, TRAINING_ROWS).x
    sample = rows_to_score(subject.judged, subject.seed, DOTS)
    if columns is not None:
        return Survey(subject, column_plane(preprocessing, training, sample.x, columns), sample)
    plane = component_plane(preprocessing, training, sample.x)
    return None if plane is None else Survey(subject, plane, sample)


def columns_to_draw(subject: Subject, measured: Optional[Measured]) -> Optional[Tuple[str, str]]:
    """The two columns of a plane, where they say enough; see :func:`fcnn.insight.plane.two_columns`."""
    if measured is None:
        return None
    importance = measured.importance
    return two_columns(subject.dataset.preprocessing, importance.names, importance.means, measured.alike)


def draw_surface(
    run_name: str, columns: Optional[Tuple[str, str]] = None, components: bool = False, output: Optional[Path] = None
) -> Drawn:
    """Draw the surface of a run, and what its units do.

    Args:
        run_name: a run folder, its name, or ``latest``.
        columns: two numeric columns; by default chosen as at the end of a training.
        components: the two leading principal components instead.
        output: the folder to draw into, which is made where it is not there; by default that of the run's pictures.

    Returns:
        The files written, and what to tell of them.

    Raises:
        ConfigError: the run has no such columns of numbers.
        RunError: there is no such run, its table has no plane, or the pictures cannot be written.
        DataError: the table is gone, or is not what it was.
    """
    run = load(run_name)
    numbers = [state.name for state in run.record.preprocessing.columns if isinstance(state, Number)]
    if columns is not None:
        _check_columns(columns, numbers)
    subject = subject_of_run(run)
    if columns is None and not components:
        columns = columns_to_draw(subject, measure_importance(subject))
    surveyed = survey(subject, columns)
    if surveyed is None:
        message = say("the network has one input: there is no plane to draw it on")
        raise RunError(Problem(message, str(run.folder)))
    from fcnn.report import plots, style  # late: matplotlib

    folder, texts = output or run.folder / PLOTS, texts_of_labels(run.config.report.language)
    files = [folder / "decision_surface.png", folder / "neurons.png"]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with style.speaking(texts):
            plots.decision_surface(**surveyed.picture(), path=files[0])
            plots.neurons(**surveyed.picture_of_neurons(), path=files[1])
        if output is None:
            renew_receipt(run.folder, [f"{PLOTS}/{path.name}" for path in files])
    except OSError as error:
        raise RunError(not_writable(folder, error)) from error
    return Drawn(files, [*notes_on_labels(texts), *notes_on_member(run.record.repeats, PLOTS)])


def _check_columns(columns: Tuple[str, str], numbers: List[str]) -> None:
    place = "--columns"
    expected = say_list(map(repr, numbers[:NAMED]), more=len(numbers) > NAMED)
    problems = [
        Problem(
            say("the run learnt from no column of numbers {name!r}", name=name),
            place,
            expected or say("a run that has columns of numbers"),
            hint=did_you_mean(name, numbers) if numbers else "--components",
        )
        for name in dict.fromkeys(columns)
        if name not in numbers
    ]
    if not problems and columns[0] == columns[1]:
        problems.append(Problem(say("a plane needs two different columns"), place, expected, repr(columns[0])))
    if problems:
        raise ConfigError(*problems)
