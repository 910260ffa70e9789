"""A process that draws pictures for another one, :class:`fcnn.report.pictures.PicturesBeside`.

It reads the names of task files, a line each, draws those that no process like it has taken, and answers with the
number of each that is done. It ends at an empty line, when the first process is gone, or where a picture cannot be
drawn: then the first one draws it, and meets what went wrong.
"""

import os
from pathlib import Path
from typing import IO

from fcnn.files import read_json


def main(folder: str) -> None:
    """Draw until there is no more; the tasks are files of a folder."""
    with open(0, encoding="utf-8", closefd=False) as asked, open(os.dup(1), "w", encoding="utf-8") as answers:  # noqa: PTH123
        os.dup2(2, 1)  # what a library prints is no answer
        serve(Path(folder), asked, answers)


def serve(folder: Path, asked: IO[str], answers: IO[str]) -> None:
    """Draw what each line asks for.

    Args:
        folder: of the tasks, and of the texts of the labels.
        asked: lines with the name of a task file; an empty one is the last.
        answers: gets the number of each task that is done.
    """
    import fcnn.report.plots  # noqa: F401 - it takes its time, and there is nothing to draw yet
    from fcnn.report.pictures import Pictures
    from fcnn.report.tasks import TEXTS, read_task

    pictures = Pictures(read_json(folder / TEXTS))
    for number, line in enumerate(asked):
        if not line.strip():
            return
        mine = folder / f"{number}.taken-by-{os.getpid()}.npz"
        try:
            (folder / line.rstrip("\n")).rename(mine)
        except OSError:  # another process was first
            continue
        try:
            kind, arguments = read_task(mine)
            pictures.draw(kind, **arguments)
        except Exception:
            return  # the first process will say it
        answers.write(f"{number}\n")
        answers.flush()
