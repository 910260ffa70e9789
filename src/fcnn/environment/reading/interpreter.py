"""The facts of the running interpreter."""

# ruff: noqa: PTH112, PTH118
# (no pathlib: see packages.py)

import os
import sys
from typing import Any, Dict

from fcnn.environment.facts import RELEVANT_VARIABLES, Facts
from fcnn.environment.reading.installing import installer_of, own_install_command, shell_of
from fcnn.environment.reading.machine import machine_facts
from fcnn.environment.reading.packages import Packages, read_packages
from fcnn.environment.reading.safely import printable


def read_facts() -> Facts:
    """Read the facts of the running interpreter that every start needs.

    Takes a few milliseconds and never raises.
    """
    return facts_with(read_packages(sys.path))


def facts_with(packages: Packages) -> Facts:
    """The facts of the running interpreter, with `packages` on its import path."""
    installer = installer_of(packages, sys.prefix)
    machine: Dict[str, Any] = machine_facts()
    executable = sys.executable or "python"
    return Facts(
        packages=dict(sorted(packages.versions.items())),
        python="{}.{}.{}".format(*sys.version_info[:3]),
        implementation={"cpython": "CPython", "pypy": "PyPy"}.get(sys.implementation.name, sys.implementation.name),
        for_fcnn=True,
        in_virtual_environment=sys.prefix != sys.base_prefix or os.path.isdir(os.path.join(sys.prefix, "conda-meta")),
        prefix=printable(sys.prefix),
        executable=printable(sys.executable or ""),
        installer=installer,
        install_command=own_install_command(installer, "pip" in packages.versions, executable, sys.prefix),
        shell=shell_of(str(machine["system"])),
        variables=relevant_variables(),
        places=packages.places,
        duplicates=packages.duplicates,
        leftovers=packages.leftovers,
        hidden=packages.hidden,
        **machine,
    )


def relevant_variables() -> Dict[str, str]:
    """Those environment variables that change what is imported or how TensorFlow runs."""
    return {name: printable(os.environ[name]) for name in RELEVANT_VARIABLES if name in os.environ}
