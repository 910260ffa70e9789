"""The facts that take longer than every start may: what the metadata says, and whether the files are there."""

import sys
from dataclasses import replace
from typing import Tuple

from fcnn.environment.facts import Facts
from fcnn.environment.reading.files import read_files
from fcnn.environment.reading.gpu import read_gpu
from fcnn.environment.reading.installing import read_conda_packages
from fcnn.environment.reading.interpreter import facts_with
from fcnn.environment.reading.metadata import read_metadata
from fcnn.environment.reading.packages import Packages, read_packages
from fcnn.environment.reading.working_folder import read_shadows


def examine(working_folder: str = "") -> Facts:
    """Read everything about the running interpreter, and what the files of `working_folder` hide from it.

    Takes well under 0.15 seconds and never raises.
    """
    packages = read_packages(sys.path)
    facts = with_details(facts_with(packages), packages, sys.prefix)
    facts = replace(facts, gpu=read_gpu(site_folders(packages)))
    if not working_folder:
        return facts
    return replace(facts, working_folder=working_folder, shadows=read_shadows(working_folder))


def with_details(facts: Facts, packages: Packages, prefix: str) -> Facts:
    """Facts with what the metadata and RECORDs of the environment's packages say."""
    metadata = read_metadata(packages.folders)
    files = read_files(packages.folders)
    return replace(
        facts,
        conda_packages=read_conda_packages(prefix),
        requires=metadata.requires,
        installers=metadata.installers,
        unreadable=metadata.unreadable,
        missing_files=files.missing,
        owners=files.owners,
    )


def site_folders(packages: Packages) -> Tuple[str, ...]:
    """The folders in which packages lie."""
    return tuple(dict.fromkeys(packages.places.values()))
