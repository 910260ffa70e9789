"""How problems and results look in a terminal."""

import json
import sys
from typing import Any, Iterable, Mapping, Sequence

import click

from fcnn.errors import FcnnError, Problem

COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}


def show_error(error: FcnnError) -> None:
    """Print all problems of an error to stderr."""
    for problem in error.problems:
        show_problem(problem)
    errors = sum(problem.severity == "error" for problem in error.problems)
    if errors > 1:
        click.echo(f"{errors} errors.", err=True)


def show_problem(problem: Problem) -> None:
    """Print a problem to stderr: ``error: place: message`` and what was expected, received and can be done."""
    label = click.style(f"{problem.severity}:", fg=COLOURS[problem.severity], bold=True)
    click.echo(f"{label} {problem}", err=True)


def show_json(value: Any) -> None:
    """Print exactly one JSON document to stdout."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=_is_narrow(), allow_nan=False))


def _is_narrow() -> bool:
    """Whether stdout's encoding cannot hold every character."""
    return (sys.stdout.encoding or "ascii").lower().replace("-", "") not in ("utf8", "utf8sig")


def show_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table to stdout: the first column to the left, the others to the right."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, title_justify="left", title_style="bold", header_style="")
    for position, name in enumerate(columns):
        table.add_column(name, justify="right" if position else "left", no_wrap=not position, overflow="fold")
    for row in rows:
        table.add_row(*(text.replace("[", "\\[") for text in row))
    width = None if sys.stdout.isatty() else 100
    Console(width=width, highlight=False).print(table)


def metrics_rows(scores: Mapping[str, float], baselines: Mapping[str, Mapping[str, float]]) -> Iterable[Sequence[str]]:
    """A row a metric: its name, the network's figure, the baselines' figures."""
    for name, value in scores.items():
        yield (
            name,
            number(value),
            *(number(figures[name]) if name in figures else "" for figures in baselines.values()),
        )


def number(value: float) -> str:
    """Four significant digits, with thousands separated."""
    return f"{value:,.0f}" if abs(value) >= 10_000 else f"{value:.4g}"


def show_metrics(metrics: Mapping[str, Any]) -> None:
    """Print what ``metrics.json`` says of the part that was judged, beside the baselines on the same rows."""
    part = next(name for name in ("test", "validation", "train") if name in metrics)
    baselines = {name: figures[part] for name, figures in metrics["baselines"].items() if part in figures}
    columns = [part, "network", *(name.replace("_", " ") for name in baselines)]
    show_table("", columns, metrics_rows(metrics[part], baselines))
