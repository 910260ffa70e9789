"""Versions that a pasted text itself tells: paths, banners, lists of packages, what pip and other messages say."""

import re
from typing import Dict

from fcnn.environment.facts import normalised
from fcnn.environment.matching import TENSORFLOW_NAMES

_PACKAGES = (
    *TENSORFLOW_NAMES,
    "absl-py",
    "gast",
    "grpcio",
    "h5py",
    "jax",
    "keras",
    "keras-nightly",
    "keras-preprocessing",
    "matplotlib",
    "ml-dtypes",
    "numpy",
    "pandas",
    "pillow",
    "protobuf",
    "scikit-learn",
    "scipy",
    "setuptools",
    "six",
    "sklearn",
    "tensorboard",
    "tensorflow-hub",
    "tf-keras",
    "transformers",
    "typing-extensions",
    "wrapt",
)
_NAME = "(?P<name>{})".format(
    "|".join(sorted((name.replace("-", "[-_]") for name in _PACKAGES), key=len, reverse=True))
)
_VERSION = r"v?(?P<version>\d+\.\d+(?:\.\d+)*(?:(?:rc|a|b)\d+|\.dev\d+|\.post\d+)?)"
_NOTHING_BEFORE = r"(?<![\w./-])"
_NOTHING_AFTER = r"(?![\w-]|\.\w)"

_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        # numpy==1.19.5; what pip asks for counts where nothing else is told, so it comes first
        rf"{_NOTHING_BEFORE}{_NAME}(?:\[[\w,-]+\])?\s?===?\s?{_VERSION}{_NOTHING_AFTER}",
        # a line of `pip list` or `conda list`
        rf"^[ \t#>|]*{_NAME}[ \t]+{_VERSION}(?=[ \t]*$|[ \t]+\S)",
        # tensorflow 2.4.0 requires ..., but you have numpy 1.24.4; Found existing installation: numpy 1.24.4
        rf"{_NOTHING_BEFORE}{_NAME} {_VERSION} (?:requires|has requirement)",
        rf"(?:you(?:'ll)? have|existing installation:) {_NAME} {_VERSION}{_NOTHING_AFTER}",
        # Your numpy version is 1.19.5; TensorFlow version: 2.4.0; tf.__version__ 2.4.0
        rf"{_NOTHING_BEFORE}{_NAME}(?:'s)?[ \t]*(?:\(?version\)?|ver\.?)[ \t]*(?:is|:|=)?[ \t]*{_VERSION}",
        rf"{_NOTHING_BEFORE}{_NAME}(?:\.__version__|[ \t]*:)\W{{0,8}}{_VERSION}",
        # tensorflow-2.4.0.dist-info; Successfully installed numpy-1.19.5
        rf"(?:[\\/]|installed:?\s){_NAME}-{_VERSION}(?=\.dist-info|\.egg-info|-py\d|\s|$)",
    )
)
_OTHERS = tuple(
    (name, re.compile(pattern, re.IGNORECASE | re.DOTALL))
    for name, pattern in (
        ("numpy", rf"cannot\s+be\s+run\s+in\s+NumPy\s+{_VERSION}"),
        ("numpy", rf"requires\s+numpy\s*>=[\d.]+;\s+you\s+have\s+{_VERSION}"),
        ("protobuf", rf"gencode\s+[\d.]+\s+runtime\s+{_VERSION}"),
        ("tensorflow", rf"\btf\.(?:__version__|version\.VERSION)\W{{0,8}}{_VERSION}"),
        ("python", rf"\bpython\s+(?:version\s*)?:?\s*{_VERSION}"),
        ("python", r"[\\/]python(?P<version>3\.\d+)[\\/]"),
        ("python", r"[\\/]python(?P<version>3\d{1,2})[\\/]"),
    )
)
_INSTALLED = re.compile(r"Successfully installed (?P<list>[^\n]+)", re.IGNORECASE)


def told_versions(text: str) -> Dict[str, str]:
    """Versions by normalised name, ``python`` among them; of several for one package the last, which is the newest."""
    found: Dict[str, str] = {}
    for name, pattern in _OTHERS:
        for match in pattern.finditer(text):
            found[name] = _dotted(match.group("version"))
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            found[normalised(match.group("name"))] = match.group("version").rstrip(".")
    for match in _INSTALLED.finditer(text):
        for item in match.group("list").split():
            name, _, version = item.rpartition("-")
            if normalised(name) in _PACKAGES and re.match(r"\d", version):
                found[normalised(name)] = version
    return found


def _dotted(version: str) -> str:
    """Python's version out of a folder's name: 38 -> 3.8."""
    return version if "." in version else f"{version[0]}.{version[1:]}"
