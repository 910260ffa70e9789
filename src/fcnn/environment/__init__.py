"""The doctor: whether a Python environment can run TensorFlow, and the command that repairs it.

Facts (what is installed) -> rules (data) -> verdict (a pure function) -> rendering. It works where TensorFlow
does not: nothing here imports a package that it judges. :mod:`fcnn.environment.rendering` is imported by who tells
something; the guard of every command does not need it.
"""

from fcnn.environment.facts import Facts
from fcnn.environment.guard import require_tensorflow
from fcnn.environment.reading import read_facts
from fcnn.environment.verdict import Finding, Verdict, judge

__all__ = [
    "Facts",
    "Finding",
    "Verdict",
    "judge",
    "read_facts",
    "require_tensorflow",
]
