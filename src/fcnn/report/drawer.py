"""The process that draws pictures for another one, :class:`fcnn.report.pictures.PicturesBeside`.

It reads the paths of task files, a line each, draws what they say and answers with the number of each task that is
done. It ends at an empty line, when the other process is gone, or where a picture cannot be drawn: then the other one
draws what is left, and meets what went wrong.
"""

import os
from pathlib import Path
from typing import IO, Callable


def main() -> None:
    """Draw until there is no more."""
    with open(0, encoding="utf-8", closefd=False) as asked, open(os.dup(1), "w", encoding="utf-8") as answers:  # noqa: PTH123
        os.dup2(2, 1)  # what a library prints is no answer
        serve(asked, answers)


def serve(asked: IO[str], answers: IO[str]) -> None:
    """Draw what each line asks for.

    Args:
        asked: lines with the path of a task file; an empty one is the last.
        answers: gets the number of each task that is done.
    """
    from fcnn.report import plots
    from fcnn.report.pictures import read_task

    for number, line in enumerate(asked):
        if not line.strip():
            return
        kind, arguments = read_task(Path(line.rstrip("\n")))
        picture: Callable[..., None] = getattr(plots, kind)
        try:
            picture(**arguments)
        except Exception:
            return  # the first process will say it
        answers.write(f"{number}\n")
        answers.flush()
