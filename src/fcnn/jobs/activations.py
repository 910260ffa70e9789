"""Activations in numbers and pictures, by themselves and where the units of a run live."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

import numpy as np

from fcnn.environment import require_tensorflow
from fcnn.errors import Problem, RunError, UnsupportedEnvironmentError
from fcnn.inference.activations import parameters_of
from fcnn.insight.activation_facts import ActivationFacts, activation_facts, zone
from fcnn.insight.derivatives import SOFTMAX
from fcnn.insight.passes import forward_pass
from fcnn.jobs.backend import load_backend
from fcnn.jobs.labels import notes_on_labels, texts_of_labels
from fcnn.jobs.run_rows import rows_of_run
from fcnn.runs.folder import not_writable
from fcnn.runs.members import notes_on_member
from fcnn.runs.run import Run
from fcnn.wording import say

MOST_ROWS = 2_000
"""Rows of a run's table whose z are looked at."""
MOST_CELLS = 4_000_000
"""Rows times units of all layers; a wide network is looked at with fewer rows."""
SHARES = (0.05, 0.5, 0.95)
"""Quantiles of z that are told."""


@dataclass(frozen=True)
class Portrait:
    """An activation, and how near its derivative is to that of automatic differentiation."""

    facts: ActivationFacts
    difference: Optional[float]
    """None where TensorFlow cannot be used."""
    file: Path
    """Its picture."""


@dataclass(frozen=True)
class LayerLife:
    """Where the z of a layer lie."""

    number: int
    """From 1; the output layer is the last."""
    units: int
    facts: ActivationFacts
    z: np.ndarray
    """(rows * units,) float64; of a softmax, of each class against the others."""
    saturated: float
    """Share of the z where the activation is saturated."""


@dataclass(frozen=True)
class Portraits:
    """Everything that was found and drawn."""

    portraits: Tuple[Portrait, ...]
    files: Tuple[Path, ...]
    """All pictures."""
    findings: Tuple[Problem, ...]
    run: Optional[Path] = None
    rows: int = 0
    """Of the run's table that were looked at."""
    layers: Tuple[LayerLife, ...] = ()


def portray(names: Sequence[str], folder: Path, run: Optional[Run] = None) -> Portraits:
    """Look at activations, and draw them.

    Args:
        names: canonical names; with a run none means those of its network, with their parameters.
        folder: of the pictures; it is made where it is not there.
        run: whose layers are looked at, too.

    Raises:
        RunError: the pictures cannot be written, or the run is damaged.
        DataError: the run's table is gone or was changed.
    """
    activations = [parameters_of(name) for name in names]
    layers: Sequence[LayerLife] = ()
    rows = 0
    if run is not None:
        rows, layers = lives(run)
        own = {str(layer.facts.activation): dict(layer.facts.activation) for layer in layers}
        activations = activations or list(own.values())
    differences, findings = _differences(activations)
    from fcnn.report import style  # late: matplotlib

    texts = texts_of_labels("auto")
    findings += notes_on_labels(texts)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with style.speaking(texts):
            portraits = _draw(activations, differences, folder)
            files = [portrait.file for portrait in portraits] + _draw_layers(layers, folder)
    except OSError as error:
        raise RunError(not_writable(folder, error)) from error
    where = None if run is None else run.folder
    findings += [] if run is None else notes_on_member(run.record.repeats, "layers.png")
    return Portraits(tuple(portraits), tuple(files), tuple(findings), where, rows, tuple(layers))


def _differences(activations: Sequence[Mapping[str, Any]]) -> Tuple[List[Optional[float]], List[Problem]]:
    """How far each derivative is from TensorFlow's; a warning where there is no TensorFlow that works."""
    try:
        found = list(require_tensorflow())
        load_backend()
    except UnsupportedEnvironmentError:
        message = say("TensorFlow cannot be used here: the derivatives are not compared with its own")
        return [None] * len(activations), [
            Problem(message, hint=say("run `fcnn check-env` to see why"), severity="warning")
        ]
    from fcnn.insight.automatic import derivative_difference

    return [derivative_difference(activation) for activation in activations], found


def _draw(
    activations: Sequence[Mapping[str, Any]], differences: Sequence[Optional[float]], folder: Path
) -> List[Portrait]:
    from fcnn.report.activation_curves import activation_curves  # late: matplotlib

    portraits: List[Portrait] = []
    for activation, difference in zip(activations, differences):
        name = activation["name"]
        same = sum(portrait.facts.activation["name"] == name for portrait in portraits)  # with other parameters
        file = folder / (f"{name}-{same + 1}.png" if same else f"{name}.png")
        facts = activation_facts(activation)
        activation_curves(facts, file)
        portraits.append(Portrait(facts, difference, file))
    return portraits


def _draw_layers(layers: Sequence[LayerLife], folder: Path) -> List[Path]:
    """Draw the z of all layers, into several pictures where they are many."""
    from fcnn.report.activation_curves import MOST_PANELS, LayerZ, layers_z

    panels = [
        LayerZ(_titled(layer, is_last=layer is layers[-1]), layer.facts, layer.z, layer.saturated) for layer in layers
    ]
    files = []
    for start in range(0, len(panels), MOST_PANELS):
        some = panels[start : start + MOST_PANELS]
        several = len(panels) > MOST_PANELS
        file = folder / (f"layers_{start + 1}-{start + len(some)}.png" if several else "layers.png")
        layers_z(some, file)
        files.append(file)
    return files


def _titled(layer: LayerLife, is_last: bool) -> str:
    what = f"{layer.units} {layer.facts.activation['name']}"
    if is_last:
        return say("output layer: {layer}", layer=what)
    return say("layer {number}: {layer}", number=layer.number, layer=what)


def lives(run: Run) -> Tuple[int, List[LayerLife]]:
    """Where the z of each layer of a run lie, for rows of its table that are chosen at random by its seed.

    Returns:
        How many rows, and the layers in order.
    """
    architecture, arrays = run.record.network, run.model.arrays
    count = run.record.rows["read"]
    most = max(1, min(MOST_ROWS, MOST_CELLS // sum(layer.units for layer in architecture.layers), count))
    chosen = np.sort(np.random.default_rng(run.config.seed).choice(count, most, replace=False))
    x = np.concatenate([run.record.preprocessing.transform(some.table)[0] for some in rows_of_run(run, chosen)])
    known: Dict[str, ActivationFacts] = {}
    found = []
    for number, (layer, each) in enumerate(zip(architecture.layers, forward_pass(architecture, arrays, x)), start=1):
        facts = known.setdefault(str(layer.activation), activation_facts(layer.activation))
        z = (against_others(each.z) if layer.activation["name"] == SOFTMAX else each.z).ravel()
        below, above = zone(facts)
        found.append(LayerLife(number, layer.units, facts, z, float(((z < below) | (z > above)).mean())))
    return len(x), found


def against_others(z: np.ndarray) -> np.ndarray:
    """What a softmax makes of z, (rows, classes), is the sigmoid of this: z_i - ln(sum of the others' e^z_j)."""
    highest = z.max(axis=1, keepdims=True)
    logarithm = z - highest - np.log(np.exp(z - highest).sum(axis=1, keepdims=True))  # ln g
    logarithm = np.minimum(logarithm, -np.finfo(np.float64).tiny)  # a share that rounds to 1
    return np.asarray(logarithm - np.log(-np.expm1(logarithm)))
