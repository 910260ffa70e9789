"""What a repair does to an environment, told by the printed commands alone and not by fcnn's own account of them."""

import shlex
from dataclasses import replace
from typing import Dict, Sequence

from packaging.requirements import Requirement
from packaging.version import Version

from fcnn.environment import Facts

_PUBLISHED = """
tensorflow: 2.4.0 2.4.4 2.5.3 2.6.5 2.7.4 2.8.4 2.10.1 2.11.1 2.12.1 2.13.1 2.15.1 2.16.2 2.17.1 2.18.1 2.20.0 2.21.0
numpy: 1.17.3 1.19.5 1.20.3 1.21.6 1.22.4 1.23.5 1.24.3 1.24.4 1.26.4 2.0.0 2.0.2 2.1.3 2.2.6 2.4.6
protobuf: 3.9.2 3.17.3 3.19.6 3.20.3 4.21.12 4.25.8 5.28.0 5.29.6 6.31.1 6.33.0 7.36.2
keras: 2.4.3 2.6.0 2.7.0 2.8.0 2.9.0 2.10.0 2.11.0 2.12.0 2.13.1 2.14.0 2.15.0 3.5.0 3.10.0 3.12.0 3.15.1
keras-nightly: 2.5.0.dev2021032900
h5py: 2.10.0 3.1.0 3.6.0 3.10.0 3.11.0 3.14.0 3.16.0
gast: 0.3.3 0.4.0 0.5.3 0.5.5 0.7.0
ml-dtypes: 0.1.0 0.2.0 0.3.1 0.3.2 0.4.0 0.4.1 0.5.1 0.6.0
typing-extensions: 3.7.4 3.7.4.3 4.5.0 4.6.0 4.13.2 4.16.0
wrapt: 1.11.0 1.12.1 1.14.2 1.17.3 2.0.1 2.2.0 2.5.2
setuptools: 57.0.0 75.3.4 81.0.0 84.2.1
tensorboard: 2.4.1 2.6.0 2.7.0 2.8.0 2.9.0 2.10.1 2.11.2 2.12.3 2.13.0 2.14.0 2.15.2 2.16.2 2.17.1 2.18.0 2.19.0 2.20.0
pandas: 1.3.5 1.4.4 1.5.3 2.0.3 2.1.4 2.2.2 2.3.3 3.1.1
matplotlib: 3.4.2 3.6.3 3.7.5 3.8.3 3.8.4 3.10.3 3.11.2
scipy: 1.5.4 1.9.3 1.10.1 1.12.0 1.13.1 1.15.3 1.17.1
scikit-learn: 0.24.2 1.3.2 1.4.2 1.9.1
pillow: 9.5.0 10.4.0 13.0.0
six: 1.15.0 1.17.0
keras-preprocessing: 1.1.2
sklearn: 0.0
click: 7.1.2 8.1.8
flask: 2.3.3 3.0.3
waitress: 2.1.2 3.0.0
charset-normalizer: 2.1.1 3.5.2
jinja2: 2.11.3 3.1.6
msgspec: 0.18.6 0.22.0
optuna: 3.6.1 4.5.0
psutil: 5.8.0 7.2.2
packaging: 21.0 23.0 26.2
pyyaml: 5.4 6.0.3
rich: 12.6.0 14.3.4
absl-py: 0.15.0 1.0.0 2.3.1 2.5.1
astunparse: 1.6.3
flatbuffers: 1.12 2.0.7 23.5.26 24.3.25 25.9.23 25.12.19
grpcio: 1.32.0 1.34.1 1.48.2 1.70.0 1.85.1
opt-einsum: 3.3.0 3.4.0
requests: 2.32.5
tensorflow-estimator: 2.4.0 2.5.0 2.6.0 2.10.0 2.13.0 2.15.0
termcolor: 1.1.0 2.4.0
joblib: 1.4.2
cycler: 0.12.1
kiwisolver: 1.4.7
pyparsing: 3.1.4
contourpy: 1.1.1
optree: 0.13.1
pytz: 2025.2
threadpoolctl: 3.5.0
python-dateutil: 2.9.0
narwhals: 2.0.1
dm-tree: 0.1.9
"""

PUBLISHED = {
    name: versions.split() for name, _, versions in (line.partition(": ") for line in _PUBLISHED.split("\n") if line)
}
"""Some versions of each package that were really published, the oldest first."""


BRINGS = {
    "keras": ("optree", "rich"),
    "matplotlib": ("contourpy", "cycler", "kiwisolver", "packaging", "pyparsing", "python-dateutil"),
    "pandas": ("python-dateutil", "pytz"),
    "scikit-learn": ("joblib", "narwhals", "threadpoolctl"),
}
"""What installers install along with a package where it is missing, as far as rules ask for it."""


def repaired(facts: Facts, commands: Sequence[str], newest: bool) -> Facts:
    """The environment after the commands, where the installer takes the newest (or the oldest) that they allow."""
    packages: Dict[str, str] = dict(facts.packages)
    # A row without TensorFlow tells a few packages only: with what an installer brings it would look like a whole list
    complete = facts.complete and any(name.startswith("tensorflow") for name in packages)
    for command in commands:
        words = shlex.split(command)
        if words[:2] == ["pip", "uninstall"]:
            for name in words[3:]:
                packages.pop(name)
        elif words[:2] == ["pip", "install"]:
            for requirement in map(Requirement, words[2:]):
                if requirement.name == "tensorflow" and "tensorflow" not in packages:
                    complete = False  # it brings its dependencies with it
                name = "tensorflow" if requirement.name.startswith("tensorflow-") else requirement.name
                fitting = [item for item in PUBLISHED[name] if requirement.specifier.contains(item, prereleases=True)]
                assert fitting, f"nothing that was published fits {requirement}"
                packages[requirement.name] = (max if newest else min)(fitting, key=Version)
                for brought in BRINGS.get(requirement.name, ()):
                    packages.setdefault(brought, PUBLISHED[brought][-1])
    return replace(facts, packages=packages, complete=complete)
