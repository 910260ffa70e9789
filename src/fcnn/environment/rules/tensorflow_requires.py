"""What each TensorFlow itself asks for (Requires-Dist of its wheels), for lists that name TensorFlow alone."""

from typing import Dict, Tuple

from packaging.version import InvalidVersion, Version

REQUIRES: Tuple[Tuple[str, str, str], ...] = (
    # the first TensorFlow, the first without again, its requirements
    ("2.4", "2.5", "numpy~=1.19.2 protobuf>=3.9.2 h5py~=2.10.0 typing-extensions~=3.7.4 wrapt~=1.12.1 gast==0.3.3 "
     "six~=1.15.0 absl-py~=0.10 flatbuffers~=1.12.0 grpcio~=1.32.0 keras-preprocessing~=1.1.2"),
    ("2.5", "2.6", "numpy~=1.19.2 protobuf>=3.9.2 h5py~=3.1.0 typing-extensions~=3.7.4 wrapt~=1.12.1 gast==0.4.0 "
     "keras-nightly~=2.5.0.dev0 grpcio~=1.34.0"),
    ("2.6", "2.6.3", "numpy~=1.19.2 keras~=2.6 protobuf>=3.9.2 typing-extensions~=3.7.4 wrapt~=1.12.1 gast==0.4.0"),
    ("2.6.3", "2.6.4", "numpy~=1.19.2 keras>=2.6,<2.7 protobuf>=3.9.2 typing-extensions>=3.7,<3.11 wrapt~=1.12.1 "
     "gast==0.4.0"),
    ("2.6.4", "2.7", "numpy~=1.19.2 keras>=2.6,<2.7 protobuf>=3.9.2,<3.20 h5py~=3.1.0 typing-extensions>=3.7,<3.11 "
     "wrapt~=1.12.1 gast==0.4.0"),
    ("2.7", "2.7.3", "numpy>=1.14.5 keras>=2.7rc0,<2.8 protobuf>=3.9.2 typing-extensions>=3.6.6 wrapt>=1.11 "
     "gast>=0.2.1,<0.5"),
    ("2.7.3", "2.8", "numpy>=1.14.5 keras>=2.7rc0,<2.8 protobuf>=3.9.2,<3.20 h5py>=2.9.0 typing-extensions>=3.6.6 "
     "wrapt>=1.11 gast>=0.2.1,<0.5 flatbuffers>=1.12,<3"),
    ("2.8", "2.8.2", "numpy>=1.20 keras>=2.8rc0,<2.9 protobuf>=3.9.2 typing-extensions>=3.6.6 wrapt>=1.11 gast>=0.2.1"),
    ("2.8.2", "2.9", "numpy>=1.20 keras>=2.8rc0,<2.9 protobuf>=3.9.2,<3.20 h5py>=2.9.0 typing-extensions>=3.6.6 "
     "wrapt>=1.11 gast>=0.2.1"),
    ("2.9", "2.9.1", "numpy>=1.20 keras>=2.9rc0,<2.10 protobuf>=3.9.2 typing-extensions>=3.6.6 wrapt>=1.11 "
     "gast>=0.2.1,<=0.4.0"),
    ("2.9.1", "2.10", "numpy>=1.20 keras>=2.9rc0,<2.10 protobuf>=3.9.2,<3.20 h5py>=2.9.0 typing-extensions>=3.6.6 "
     "wrapt>=1.11 gast>=0.2.1,<=0.4.0 flatbuffers>=1.12,<2"),
    ("2.10", "2.12", "numpy>=1.20 keras>={line},<{next_line} protobuf>=3.9.2,<3.20 h5py>=2.9.0 "
     "typing-extensions>=3.6.6 wrapt>=1.11 gast>=0.2.1,<=0.4.0 flatbuffers>=2.0"),
    ("2.12", "2.12.1", "numpy>=1.22,<1.24 keras>=2.12,<2.13 protobuf>=3.20.3,<5 h5py>=2.9.0 "
     "typing-extensions>=3.6.6 wrapt>=1.11,<1.15 gast>=0.2.1,<=0.4.0"),
    ("2.12.1", "2.13", "numpy>=1.22,<=1.24.3 keras>=2.12,<2.13 protobuf>=3.20.3,<5 h5py>=2.9.0 "
     "typing-extensions>=3.6.6,<4.6 wrapt>=1.11,<1.15 gast>=0.2.1,<=0.4.0"),
    ("2.13", "2.14", "numpy>=1.22,<=1.24.3 keras>=2.13.1,<2.14 protobuf>=3.20.3,<5 h5py>=2.9.0 "
     "typing-extensions>=3.6.6,<4.6 wrapt>=1.11 gast>=0.2.1,<=0.4.0"),
    ("2.14", "2.15", "numpy>=1.23.5,<2 keras>=2.14,<2.15 protobuf>=3.20.3,<5 h5py>=2.9.0 typing-extensions>=3.6.6 "
     "wrapt>=1.11,<1.15 ml-dtypes==0.2.0"),
    ("2.15", "2.16", "numpy>=1.23.5,<2 keras>=2.15,<2.16 protobuf>=3.20.3,<5 h5py>=2.9.0 typing-extensions>=3.6.6 "
     "wrapt>=1.11,<1.15 ml-dtypes~=0.3.1"),
    ("2.16", "2.17", "numpy>=1.23.5,<2 keras>=3.0.0 protobuf>=3.20.3,<5 h5py>=3.10.0 typing-extensions>=3.6.6 "
     "wrapt>=1.11 ml-dtypes~=0.3.1"),
    ("2.17", "2.18", "numpy>=1.23.5,<2 keras>=3.2.0 protobuf>=3.20.3,<5 h5py>=3.10.0 typing-extensions>=3.6.6 "
     "wrapt>=1.11 ml-dtypes>=0.3.1,<0.5"),
    ("2.18", "2.19", "numpy>=1.26,<2.1 keras>=3.5.0 protobuf>=3.20.3,<6 h5py>=3.11.0 typing-extensions>=3.6.6 "
     "wrapt>=1.11 ml-dtypes>=0.4,<1"),
    ("2.19", "2.20", "numpy>=1.26,<2.2 keras>=3.5.0 protobuf>=3.20.3,<6 h5py>=3.11.0 typing-extensions>=3.6.6 "
     "wrapt>=1.11 ml-dtypes>=0.5.1,<1"),
    ("2.20", "2.21", "numpy>=1.26 keras>=3.10.0 protobuf>=5.28.0 h5py>=3.11.0 typing-extensions>=3.6.6 wrapt>=1.11 "
     "ml-dtypes>=0.5.1,<1"),
    ("2.21", "2.22", "numpy>=1.26 keras>=3.12.0 protobuf>=6.31.1,<8 h5py>=3.11.0,<3.15 typing-extensions>=3.6.6 "
     "wrapt>=1.11 ml-dtypes>=0.5.1,<1"),
)  # fmt: skip
"""Read from the METADATA of the wheels; a bound that holds for some Pythons only (NumPy 1.26 for 3.12) is left out."""


def required_by_tensorflow(version: str) -> Dict[str, str]:
    """What that TensorFlow brings along: normalised name to version range; empty where it is not in the table."""
    try:
        tensorflow = Version(Version(version).base_version)
    except InvalidVersion:
        return {}
    line = {
        "line": f"{tensorflow.major}.{tensorflow.minor}",
        "next_line": f"{tensorflow.major}.{tensorflow.minor + 1}",
    }
    for first, end, requirements in REQUIRES:
        if Version(first) <= tensorflow < Version(end):
            return dict(_split(requirement) for requirement in requirements.format_map(line).split())
    return {}


def _split(requirement: str) -> Tuple[str, str]:
    position = min(requirement.index(sign) for sign in "=<>~!" if sign in requirement)
    return requirement[:position], requirement[position:]
