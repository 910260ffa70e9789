"""``fcnn activations``."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, Iterator, Optional, Sequence, Tuple

import click

from fcnn.cli.output import show_json, show_line, show_problems, show_table
from fcnn.wording import say, say_many

if TYPE_CHECKING:
    from fcnn.insight.activation_facts import ActivationFacts
    from fcnn.jobs.activations import LayerLife, Portraits


@click.command("activations", short_help="Draw activations and their derivatives.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    default="activations",
    show_default=True,
    help="Draw into this folder.",
)
@click.option("--run", metavar="RUN", help="Draw also where the z of each layer of a run lie.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def activations(names: Tuple[str, ...], output: Path, run: Optional[str], as_json: bool) -> None:
    """Draw activations and their derivatives, a picture each: all that fcnn knows, or those that are named.

    The table has formula, range, the largest derivative and where the activation is saturated: where less than a
    hundredth of a gradient passes. Each derivative is compared with the one that TensorFlow finds by itself; without
    TensorFlow that column is empty, and all else works.

    With --run the picture of the layers shows how often each z occurs below the curve of its activation, for at most
    2,000 rows of the run's table; where no NAME is given, the activations are those of its network. RUN is a run
    folder, its name below runs/, or `latest`.
    """
    from fcnn.config.activation_names import activation_names
    from fcnn.runs.folder import find_run

    # A mistake is answered here, before NumPy, pandas and TensorFlow are imported.
    chosen = activation_names(names) if names or run is None else []
    folder = None if run is None else find_run(run)
    from fcnn.cli.quiet import screen
    from fcnn.jobs.activations import portray
    from fcnn.runs.run import Run

    with screen() as terminal:
        terminal.redirect(Path(os.devnull))
        try:
            found = portray(chosen, output, None if folder is None else Run(folder))
        finally:
            terminal.release()
    show_problems(found.findings)
    if as_json:
        show_json(_document(found))
    else:
        _show(found)
        pictures = say_many(len(found.files), "1 picture in {folder}", "{count:,} pictures in {folder}", folder=output)
        show_line(pictures)


def _show(found: "Portraits") -> None:
    headings = ("g", "g(z)", say("range"), "max |g'|", say("saturated"), say("TensorFlow's g'"))
    show_table(
        headings,
        [
            (
                each.facts.activation["name"],
                each.facts.formula,
                each.facts.range,
                "inf" if each.facts.largest_derivative is None else f"{each.facts.largest_derivative:.4g}",
                _zones(each.facts),
                "" if each.difference is None else say("differs by {difference:.0e}", difference=each.difference),
            )
            for each in found.portraits
        ],
        left=3,
    )
    if found.layers:
        columns = ("#", "g", say("number of units"), *map(_percent, _shares()), say("saturated"))
        show_table(columns, [_row(layer, found.layers) for layer in found.layers], left=2)
        show_line(say("z of {rows:,} rows of the table that {run} was trained on", rows=found.rows, run=found.run))


def _zones(facts: "ActivationFacts") -> str:
    below, above = facts.saturated_below, facts.saturated_above
    zones = ["" if below is None else f"z < {below:.4g}", "" if above is None else f"z > {above:.4g}"]
    return ", ".join(zone for zone in zones if zone)


def _shares() -> Sequence[float]:
    from fcnn.jobs.activations import SHARES

    return SHARES


def _percent(share: float) -> str:
    return say("z ({percent:g} %)", percent=100 * share)


def _row(layer: "LayerLife", layers: "Sequence[LayerLife]") -> Sequence[str]:
    import numpy as np

    name = say("output layer") if layer is layers[-1] else str(layer.number)
    quantiles = (f"{value:.3g}" for value in np.quantile(layer.z, _shares()))
    return (name, layer.facts.activation["name"], f"{layer.units:,}", *quantiles, f"{100 * layer.saturated:.1f} %")


def _document(found: "Portraits") -> Dict[str, Any]:
    from fcnn.insight.activation_facts import SATURATED

    return {
        "saturated_where_derivative_below": SATURATED,
        "activations": [
            {**_facts(each.facts), "tensorflow_difference": each.difference, "picture": str(each.file)}
            for each in found.portraits
        ],
        **({} if found.run is None else {"run": str(found.run), "rows": found.rows, "layers": list(_layers(found))}),
        "pictures": [str(file) for file in found.files],
    }


def _facts(facts: "ActivationFacts") -> Dict[str, Any]:
    return {
        **facts.activation,
        "formula": facts.formula,
        "derivative": facts.derivative,
        "range": facts.range,
        "largest_derivative": facts.largest_derivative,
        "saturated_below": facts.saturated_below,
        "saturated_above": facts.saturated_above,
    }


def _layers(found: "Portraits") -> Iterator[Dict[str, Any]]:
    import numpy as np

    for layer in found.layers:
        quantiles = np.quantile(layer.z, _shares())
        counts, edges = np.histogram(layer.z, bins=20)
        yield {
            "layer": layer.number,
            "activation": layer.facts.activation,
            "units": layer.units,
            "z_quantiles": {f"{share:g}": float(value) for share, value in zip(_shares(), quantiles)},
            "z_histogram": {"edges": edges.tolist(), "counts": counts.tolist()},
            "saturated_share": layer.saturated,
        }
