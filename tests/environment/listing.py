"""Reading lists on one and the same machine, whichever runs the tests."""

from typing import Union

import pytest

from fcnn.environment import Facts
from fcnn.environment.listed import read_list_text
from fcnn.environment.listed.merging import Here

LINUX = Here("3.11.7", "Linux", "x86_64", "CPython")
WINDOWS = Here("3.11.7", "Windows", "AMD64", "CPython", "cmd")


def on(monkeypatch: pytest.MonkeyPatch, here: Here) -> None:
    """Make lists be read as on a machine."""
    monkeypatch.setattr("fcnn.environment.listed.read.running", lambda: here)


def plan(text: Union[str, bytes], name: str = "requirements.txt", python: str = "3.8") -> Facts:
    """The facts of what is still to be installed."""
    return read_list_text(text, name, complete=False, python=python)
