"""What conda calls packages that the package index has under another name."""

from fcnn.environment.facts import normalised
from fcnn.environment.listed.model import Listing, PythonHint
from fcnn.environment.listed.versions import Wanted

NAMES = {
    "matplotlib-base": "matplotlib",
    "numpy-base": "numpy",
    "keras-base": "keras",
    "keras-gpu": "keras",
    "tensorflow-base": "tensorflow",
    "python-flatbuffers": "flatbuffers",
    "pytorch": "torch",
}
"""conda's name to the index's. Conda's own `tensorflow` and the like beside a `-base` are the same version."""
NOT_PYTHON = ("flatbuffers",)
"""Names under which conda has a library of C++ and the index a package of Python."""


def add_conda(listing: Listing, name: str, wanted: Wanted, where: str, text: str) -> None:
    """Take in what conda installs; Python itself is a hint at the Python."""
    name = normalised(name)
    if name == "python":
        listing.pythons.append(PythonHint(wanted.pin or wanted.versions, where, text))
    elif name not in NOT_PYTHON and name[:1].isalnum():  # not _libgcc_mutex
        listing.add(NAMES.get(name, name), where, *wanted, conda=True)
