"""Facts from where they are: the running interpreter, another environment on disk, the machine.

Nothing here imports or runs a package of the environment it reads.
"""

from fcnn.environment.reading.interpreter import read_facts

__all__ = ["read_facts"]
