"""``fcnn evaluate``."""

from pathlib import Path
from typing import Optional

import click

from fcnn.cli.output import metrics_rows, show_json, show_problems, show_table


@click.command("evaluate", short_help="Score a run on a labelled CSV.")
@click.argument("run")
@click.argument("csv", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--plots", type=click.Path(path_type=Path), metavar="DIR", help="Draw the plots of the task into DIR.")
def evaluate(run: str, csv: Path, as_json: bool, plots: Optional[Path]) -> None:
    """Score a run on a labelled CSV.

    RUN is a run folder, its name below runs/, or `latest`.
    """
    from fcnn.jobs.evaluate import evaluate as evaluate_job

    result = evaluate_job(run, csv, plots)
    show_problems(result.findings)
    if as_json:
        show_json(
            {
                "run": str(result.run),
                "csv": str(csv),
                "rows": result.rows,
                "metrics": result.metrics,
                **result.details,
            }
        )
        return
    show_table((f"{result.rows:,} rows", "network"), metrics_rows(result.metrics, {}))
