"""docs/activations.md and docs/trace.md: tables and formulas come from the program, the words from scripts/pages."""

from pathlib import Path

import numpy as np

from fcnn.config.activation_names import activation_names
from fcnn.inference.activations import parameters_of
from fcnn.inference.network import Architecture, DenseLayer
from fcnn.insight.activation_facts import SATURATED, activation_facts
from fcnn.insight.derivatives import softmax_jacobian
from fcnn.insight.formulas import backward_lines, forward_lines, loss_lines, strongest_unit
from fcnn.insight.linear import collapse
from fcnn.insight.losses import losses
from fcnn.insight.numeric_check import STEP
from fcnn.insight.passes import backward_pass, forward_pass
from fcnn.jobs.activations import MOST_ROWS

ROOT = Path(__file__).resolve().parent.parent


def activations_page() -> str:
    """The page of the activations."""
    rows = []
    for name in activation_names([]):
        facts = activation_facts(parameters_of(name))
        largest = "grows without end" if facts.largest_derivative is None else f"{facts.largest_derivative:.4g}"
        ends = (("<", facts.saturated_below), (">", facts.saturated_above))
        zones = ", ".join(f"z {sign} {end:.4g}" for sign, end in ends if end is not None) or "nowhere"
        cells = (f"`{name}`", code(facts.formula), code(facts.derivative), facts.range, largest, zones)
        rows.append(f"| {' | '.join(cells)} |")
    g = np.array([[0.7, 0.2, 0.1]])
    return template("activations.md").format(
        table="\n".join(rows),
        saturated=SATURATED,
        rows=MOST_ROWS,
        example=", ".join(f"{value:g}" for value in g[0]),
        jacobian=matrix(softmax_jacobian(g)[0]),
    )


def trace_page() -> str:
    """The page of the trace of a row."""

    def layer(units: int, activation: str) -> DenseLayer:
        return DenseLayer(units=units, activation=parameters_of(activation))

    architecture = Architecture(inputs=2, layers=(layer(2, "tanh"), layer(3, "softmax")))
    arrays = {
        "00/kernel": np.array([[0.5, -1.0], [0.25, 0.75]]),
        "00/bias": np.array([0.1, 0.0]),
        "01/kernel": np.array([[1.0, -0.5, 0.0], [0.5, 1.5, -1.0]]),
        "01/bias": np.array([0.0, 0.2, -0.2]),
    }
    y, loss = np.array([0]), "categorical_crossentropy"
    passes = forward_pass(architecture, arrays, np.array([[1.2, -0.4]]))
    gradients = backward_pass(architecture, arrays, passes, y, loss)
    units = [strongest_unit(each) for each in gradients]
    value = float(losses(loss, y, passes[-1].a)[0])
    forwards = [line for index in (0, 1) for line in forward_lines(architecture, arrays, passes, index, units[index])]
    backwards = [
        line
        for index in (1, 0)
        for line in backward_lines(architecture, arrays, passes, gradients, index, units[index], loss, 0)
    ]
    linear = Architecture(inputs=2, layers=(layer(2, "linear"), layer(1, "linear")))
    two = {"00/kernel": [[1, 2], [3, 4]], "00/bias": [1, -1], "01/kernel": [[10], [100]], "01/bias": [5]}
    _, one = collapse(linear, {name: np.array(array, np.float32) for name, array in two.items()})
    return template("trace.md").format(
        forward="\n".join(forwards),
        loss="\n".join(loss_lines(loss, 0, passes[-1], 2, value)),
        backward="\n".join(backwards),
        step=STEP,
        kernel=one["00/kernel"].ravel().astype(int).tolist(),
        bias=int(one["00/bias"][0]),
    )


def template(name: str) -> str:
    """The page with places for what is computed, from scripts/pages."""
    return (ROOT / "scripts" / "pages" / name).read_text(encoding="utf-8")


def code(formula: str) -> str:
    """A formula in a cell of a table."""
    return f"`{formula}`".replace("|", "\\|")


def matrix(values: np.ndarray) -> str:
    """A small matrix as text."""
    return "\n".join("  ".join(f"{value:6.2f}" for value in row) for row in values)


PAGES = {"activations.md": activations_page, "trace.md": trace_page}
"""By file in docs/."""


def write() -> None:
    """Write the pages."""
    for name, page in PAGES.items():
        (ROOT / "docs" / name).write_text(page(), encoding="utf-8")
