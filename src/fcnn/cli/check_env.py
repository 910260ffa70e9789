"""`fcnn check-env`: whether the Python environment underneath is sound, and the command that repairs it."""

import sys

import click

from fcnn.environment import judge, read_facts, render_json, render_text
from fcnn.errors import ExitCode


@click.command("check-env")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document instead of text.")
@click.option("--strict", is_flag=True, help="Exit with 3 for warnings too, not only for errors.")
@click.pass_context
def check_env(context: click.Context, as_json: bool, strict: bool) -> None:
    """Judge the Python environment that fcnn runs in.

    Reads what is installed without importing it, so it answers where TensorFlow itself fails. Exits with 0
    where TensorFlow can run and with 3 where it cannot.
    """
    facts = read_facts()
    verdict = judge(facts)
    if as_json:
        click.echo(render_json(verdict, facts))
    else:
        click.echo(render_text(verdict, facts, getattr(sys.stdout, "encoding", None) or "ascii"))
    if verdict.verdict == "broken" or (strict and verdict.verdict == "warnings"):
        context.exit(ExitCode.WRONG_ENVIRONMENT)
    context.exit(ExitCode.DONE)
