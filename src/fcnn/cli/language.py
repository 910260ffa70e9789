"""The language in which the command line speaks: that of ``FCNN_LANG``, or of the system."""

import os
from typing import IO, Mapping


def texts_for(stream: IO[str]) -> Mapping[str, str]:
    """What turns our sentences into the language of the reader, for :func:`fcnn.wording.translated`.

    Args:
        stream: what is written on; where its encoding has no Chinese, it gets English.

    Returns:
        English templates and those of the other language; empty where English is spoken.
    """
    return texts_in(getattr(stream, "encoding", None) or "ascii")


def texts_in(encoding: str) -> Mapping[str, str]:
    """The same for what is written in an encoding: a file of UTF-8 has Chinese whatever the console is.

    Args:
        encoding: its name, as Python knows it.
    """
    # Here, since most commands have nothing to say and start without it.
    from fcnn.environment.rendering.console import spoken_in
    from fcnn.environment.rendering.language import choose_language

    if spoken_in(encoding, choose_language("auto", os.environ)) != "zh":
        return {}
    from fcnn.chinese import TEXTS

    return TEXTS
