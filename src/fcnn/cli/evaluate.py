"""``fcnn evaluate``."""

from pathlib import Path
from typing import Optional

import click

from fcnn.cli.output import show_json, show_problems, show_table
from fcnn.cli.scores import metrics_rows
from fcnn.cli.table_file import TABLE, fill_option, say_that_it_reads_the_terminal, strict_option


@click.command("evaluate", short_help="Score a run on a labelled CSV.")
@click.argument("run")
@click.argument("csv", type=TABLE)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--plots", type=click.Path(path_type=Path), metavar="DIR", help="Draw the plots of the task into DIR.")
@fill_option
@strict_option
def evaluate(run: str, csv: Path, as_json: bool, plots: Optional[Path], fill: bool, strict: bool) -> None:
    """Score a run on a labelled CSV.

    RUN is a run folder, its name below runs/, or `latest`. The CSV, or what stands in standard input where it is `-`,
    needs the target beside the columns that the run was trained on.
    """
    say_that_it_reads_the_terminal(csv)
    from fcnn.jobs.evaluate import evaluate as evaluate_job

    result = evaluate_job(run, csv, plots, fill=fill, strict=strict)
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
