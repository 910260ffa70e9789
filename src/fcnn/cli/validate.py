"""``fcnn validate``."""

from typing import Any, Dict, Tuple

import click

from fcnn.cli.output import show_file, show_json, show_problems, show_result, show_table
from fcnn.errors import FcnnError
from fcnn.wording import as_plain_text, say


@click.command("validate", short_help="Say what `fcnn train` would refuse or warn of.")
@click.argument("config", type=click.Path())
@click.argument("overrides", nargs=-1, metavar="[KEY=VALUE]...")
@click.option("--resolved", is_flag=True, help="Print the config with every default written out.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON document.")
def validate(config: str, overrides: Tuple[str, ...], resolved: bool, as_json: bool) -> None:
    """Say everything that `fcnn train` would refuse or warn of, without training.

    Config and table are read and checked, and what each column was taken for is shown; exit code 2 where something
    is wrong.
    """
    from fcnn.cli.working import WorkingReporter
    from fcnn.data.findings import report_findings
    from fcnn.jobs.prepare import describe, prepare_job, read_request

    if resolved and as_json:
        raise click.UsageError(say("--resolved prints YAML: choose it or --json"))
    try:
        with WorkingReporter() as reporter:
            prepared = prepare_job(read_request(config, overrides), reporter)
    except FcnnError as error:
        if not as_json:
            raise
        show_json({"valid": False, "problems": _plain(report_findings(error.problems))})
        raise click.exceptions.Exit(int(error.exit_code)) from error
    if as_json:
        show_json({"valid": True, "problems": _plain(report_findings(prepared.findings)), "data": _data(prepared)})
    elif resolved:
        from fcnn.config import resolved_yaml

        show_problems(prepared.findings)
        show_file(resolved_yaml(prepared.config))
    else:
        _show_columns(prepared)
        show_problems(prepared.findings)
        show_result(describe(prepared))
        show_result(say("{config} is valid", config=config))


def _show_columns(prepared: Any) -> None:
    """The table of what each column was taken for."""
    from fcnn.jobs.column_lines import column_lines

    rows = [
        (line.name, line.kind, line.reason, line.values, line.missing, str(line.features or ""))
        for line in column_lines(prepared)
    ]
    columns = [say("column"), say("type"), say("why"), say("values"), say("missing"), say("features")]
    show_table(columns, rows, left=3)


def _data(prepared: Any) -> Dict[str, Any]:
    dataset, network = prepared.dataset, prepared.design.architecture
    return {
        "task": dataset.target.task,
        "target": dataset.target.name,
        "classes": list(dataset.target.classes),
        "rows": dataset.rows,
        "columns": _plain(dataset.columns),
        "features": dataset.preprocessing.feature_names,
        "parameters": network.trainable_parameters,
    }


def _plain(records: Any) -> Any:
    import msgspec

    return msgspec.to_builtins(records, enc_hook=as_plain_text)
