"""The command line of check_env.py: argparse in the place of Click, and a console."""

import argparse
import os
import shutil
import signal
import sys
from typing import Any, List, NoReturn, Optional

from fcnn import __version__
from fcnn.environment.command import Console, answer
from fcnn.environment.options import DESCRIPTION, SUMMARY, TABLE, Options, examples
from fcnn.errors import ExitCode, FcnnError, Problem

PROGRAM = "python check_env.py"


def main(arguments: Optional[List[str]] = None) -> int:
    """Judge as the arguments say (sys.argv's, where there are none); the exit code."""
    _prepare_streams()
    if arguments is None:  # it is the whole process
        signal.signal(signal.SIGTERM, _terminated)
    try:
        values = vars(parser().parse_args(arguments))
        return answer(Options(**values), _console())
    except SystemExit as end:  # argparse has shown the help, or what is wrong
        return int(end.code or 0)
    except FcnnError as error:
        for problem in error.problems:
            _show_problem(problem)
        return int(error.exit_code)
    except KeyboardInterrupt:
        _write_error("interrupted")
        return int(ExitCode.INTERRUPTED)
    except BrokenPipeError:  # `check_env.py --list | head`: nobody reads any more
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - Python flushes it at its end
        return int(ExitCode.FAILED)


class Parser(argparse.ArgumentParser):
    """Tells of wrong usage in fcnn's form."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and end with exit code 2."""
        _show_problem(Problem(message, hint=f"{PROGRAM} --help"))
        raise SystemExit(int(ExitCode.WRONG_INPUT))


def parser() -> Parser:
    """The parser, made from the table of options."""
    made = Parser(
        prog=PROGRAM,
        description="\n\n".join([SUMMARY, *(_wrapped(text) for text in DESCRIPTION)]),
        epilog="\n".join(["Examples:", *(f"  {line}" for line in examples(PROGRAM))]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        add_help=False,
    )
    groups = {option.group: made.add_argument_group(option.group) for option in TABLE}
    for option in TABLE:
        kind: Any = {"metavar": option.metavar} if option.metavar else {"action": "store_true"}
        default = Options.__dataclass_fields__[option.name].default
        groups[option.group].add_argument(
            option.flag, dest=option.name, default=default, help=option.help.replace("%", "%%"), **kind
        )
    last = groups[TABLE[-1].group]
    version = f"check_env.py of fcnn {__version__}"
    last.add_argument("--version", action="version", version=version, help="Show version.")
    last.add_argument("-h", "--help", action="help", help="Show this message and exit.")
    return made


def _wrapped(text: str) -> str:
    import textwrap

    return textwrap.fill(text.format(environment="the one of this Python"), 80)


def _console() -> Console:
    terminal = sys.stdout.isatty()
    coloured = terminal and os.name != "nt" and not os.environ.get("NO_COLOR")
    return Console(
        write=_write,
        write_error=_write_error,
        ask=_ask,
        read_input=lambda: sys.stdin.buffer.read() if sys.stdin else b"",
        style=_coloured if coloured else _plain,
        interactive=sys.stdin is not None and sys.stdin.isatty(),
        encoding=getattr(sys.stdout, "encoding", None) or "ascii",
        width=min(shutil.get_terminal_size().columns, 100) if terminal else 80,
        program=PROGRAM,
        for_fcnn=False,
    )


def _prepare_streams() -> None:
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # pythonw has none
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - it stays open
        stream = getattr(sys, name)
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console in GBK has no tick and must not end in a traceback


def _write(text: str) -> None:
    print(text, flush=True)


def _write_error(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _show_problem(problem: Problem) -> None:
    _write_error(f"{problem.severity}: {problem}")


def _ask(question: str) -> str:
    print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline()


def _plain(text: str, **_: object) -> str:
    return text


_COLOURS = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")


def _coloured(text: str, fg: Optional[str] = None, bold: bool = False, dim: bool = False) -> str:
    codes = [1] * bold + [2] * dim + ([30 + _COLOURS.index(fg)] if fg else [])
    return "".join(f"\033[{code}m" for code in codes) + text + ("\033[0m" if codes else "")


def _terminated(number: int, frame: object) -> None:
    raise KeyboardInterrupt
