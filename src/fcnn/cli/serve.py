"""``fcnn serve``."""

import logging
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional, Tuple

import click

from fcnn.cli.output import show_line, show_problem
from fcnn.errors import ExitCode, Problem
from fcnn.serve.settings import Settings
from fcnn.wording import say

if TYPE_CHECKING:
    from fcnn.serve.server import Server

TOKEN = "FCNN_TOKEN"
SHORTEST_TOKEN = 16
"""Characters that nobody guesses."""


@click.command("serve", short_help="Answer over HTTP: a JSON API and a page.")
@click.argument("runs", nargs=-1, required=True, metavar="RUN...")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on; the default is for this machine alone.",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 takes any that is free."
)
@click.option(
    "--token-file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="File with a token that each request must bring; or the variable FCNN_TOKEN.",
)
@click.option(
    "--lang",
    "language",
    type=click.Choice(["auto", "en", "zh"]),
    default="auto",
    show_default=True,
    help="Of the page and of errors; auto is what each browser asks for.",
)
@click.option("--max-rows", type=click.IntRange(1), default=100_000, show_default=True, help="Most rows of a request.")
@click.option(
    "--max-bytes", type=click.IntRange(1024), default=16 << 20, show_default=True, help="Most bytes of a request."
)
@click.option(
    "--time-limit",
    type=click.FloatRange(0.1),
    default=30.0,
    show_default=True,
    help="Seconds that a request may be worked on.",
)
def serve(
    runs: Tuple[str, ...],
    host: str,
    port: int,
    token_file: Optional[Path],
    language: str,
    max_rows: int,
    max_bytes: int,
    time_limit: float,
) -> int:
    """Answer over HTTP with the predictions of runs: a JSON API, and a page to try them by hand; until Ctrl-C.

    RUN is a run folder, its name below runs/, or `latest`; NAME=RUN gives it another name in the addresses. The first
    one is at /predict, each at /runs/NAME/predict; /openapi.json describes all of it. The address is printed when the
    server is ready. Ctrl-C or SIGTERM ends it when the requests under way are answered.
    """
    token = _token(token_file)
    settings = Settings(host, port, token, language, max_rows, max_bytes, time_limit)
    from fcnn.serve.served import open_runs  # late: NumPy, Flask

    served = open_runs(runs)
    from fcnn.serve.app import create_app
    from fcnn.serve.server import Server

    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s")
    server = Server(create_app(served, settings), settings)
    if not settings.is_local:
        show_problem(_warning(settings))
    if len(served) > 1:
        for name in served:
            show_line(say("{name}: {address}", name=name, address=f"{server.address}runs/{name}/"))
    before = _until_a_signal(server)
    try:
        click.echo(server.address)
        if server.run():
            return int(ExitCode.DONE)
        show_line(say("stopped before every request was answered"))
        return int(ExitCode.INTERRUPTED)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _until_a_signal(server: "Server") -> Any:
    """Have the first signal stop the server and the second one end it; the handlers that were there before."""
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.getsignal(number) for number in numbers}

    def stop(number: int, frame: Any) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        server.stop()

    for number in numbers:
        signal.signal(number, stop)
    return before


def _token(file: Optional[Path]) -> str:
    """The token of a file or of the variable; empty where there is none. A command line could be read by others."""
    if file is None:
        token, place = os.environ.get(TOKEN, ""), TOKEN
        if TOKEN not in os.environ:
            return ""
    else:
        place = str(file)
        try:
            token = file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise click.UsageError(say("{path} cannot be read: {reason}", path=file, reason=reason)) from None
    if len(token) < SHORTEST_TOKEN or not token.isascii() or not token.isprintable() or " " in token:
        message = say(
            "{place}: a token has {count} characters or more, without blanks", place=place, count=SHORTEST_TOKEN
        )
        raise click.UsageError(message)
    return token


def _warning(settings: Settings) -> Problem:
    """What there is to know of a server that others can reach."""
    if settings.token:
        message = say("other machines can reach it, and what they send and get is not encrypted")
        hint = say("let a proxy in front of it speak HTTPS")
    else:
        message = say("everybody who reaches this machine can use it, and read what is sent: there is no token")
        hint = say("--token-file FILE, and a proxy in front of it that speaks HTTPS")
    return Problem(message, f"--host {settings.host}", hint=hint, severity="warning")
