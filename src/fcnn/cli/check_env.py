"""`fcnn check-env`: whether a Python environment is sound, and the command that repairs it."""

import os
import shutil
import sys
from typing import Any, Dict, List, Tuple

import click

from fcnn.environment.options import DESCRIPTION, SUMMARY, TABLE, Options, examples

PROGRAM = "fcnn check-env"


class GroupedCommand(click.Command):
    """Shows the options of the table under its headings, and the examples as they are."""

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, those that Click adds among the last."""
        groups = {option.name: option.group for option in TABLE}
        last = TABLE[-1].group
        sections: Dict[str, List[Tuple[str, str]]] = {option.group: [] for option in TABLE}
        for parameter in self.get_params(context):
            record = parameter.get_help_record(context)
            if record is not None:
                sections[groups.get(parameter.name or "", last)].append(record)
        for title, records in sections.items():
            with formatter.section(title):
                formatter.write_dl(records)

    def format_epilog(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        with formatter.section("Examples"):
            for line in examples(PROGRAM):
                formatter.write(f"{'':{formatter.current_indent}}{line}\n")


def _answer(**values: Any) -> None:
    from fcnn.environment.command import answer

    click.get_current_context().exit(answer(Options(**values), _console()))


def _console() -> Any:
    from fcnn.environment.command import Console

    coloured = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return Console(
        write=click.echo,
        write_error=lambda text: click.echo(text, err=True),
        ask=_ask,
        read_input=lambda: sys.stdin.buffer.read() if sys.stdin else b"",
        style=click.style if coloured else _plain,
        interactive=sys.stdin is not None and sys.stdin.isatty(),
        encoding=getattr(sys.stdout, "encoding", None) or "ascii",
        width=min(shutil.get_terminal_size().columns, 100) if sys.stdout.isatty() else 80,
        program=PROGRAM,
        for_fcnn=True,
    )


def _plain(text: str, **_: object) -> str:
    return text


def _ask(question: str) -> str:
    click.echo(question, nl=False, err=True)
    return sys.stdin.readline()


check_env = GroupedCommand(
    "check-env",
    callback=_answer,
    help="\n\n".join([SUMMARY, *(text.format(environment="the one fcnn runs in") for text in DESCRIPTION)]),
    short_help=SUMMARY,
    epilog="Examples",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    params=[
        click.Option(
            [option.flag, option.name],
            is_flag=not option.metavar,
            metavar=option.metavar or None,
            default=None if option.metavar else False,
            help=option.help,
        )
        for option in TABLE
    ],
)
"""The command, made from the table of options."""
