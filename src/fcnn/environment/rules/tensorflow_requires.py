"""What each TensorFlow itself asks for (Requires-Dist of its wheels), for lists, which have no metadata to read."""

from functools import lru_cache
from typing import Dict, Mapping, Tuple

from packaging.version import Version

from fcnn.environment.ranges import base_version

_NOT_4_21 = "!=4.21.0,!=4.21.1,!=4.21.2,!=4.21.3,!=4.21.4,!=4.21.5"

CHANGES: Tuple[Tuple[str, str], ...] = (
    # the first TensorFlow with it, what it asks for otherwise than the one before; `name-`: no longer asked for
    ("2.4", "absl-py~=0.10 astunparse~=1.6.3 flatbuffers~=1.12.0 gast==0.3.3 google-pasta~=0.2 grpcio~=1.32.0 "
     "h5py~=2.10.0 keras-preprocessing~=1.1.2 numpy~=1.19.2 opt-einsum~=3.3.0 protobuf>=3.9.2 six~=1.15.0 "
     "tensorboard~=2.4 tensorflow-estimator>=2.4.0rc0,<2.5 termcolor~=1.1.0 typing-extensions~=3.7.4 wheel~=0.35 "
     "wrapt~=1.12.1"),
    ("2.5", "gast==0.4.0 grpcio~=1.34.0 h5py~=3.1.0 keras-nightly~=2.5.0.dev0 tensorboard~=2.5 "
     "tensorflow-estimator>=2.5.0rc0,<2.6"),
    ("2.6", "clang~=5.0 grpcio>=1.37,<2 keras~=2.6 keras-nightly- tensorboard~=2.6 tensorflow-estimator~=2.6"),
    ("2.6.1", "tensorflow-estimator<2.7"),
    ("2.6.2", "keras>=2.6,<2.7 tensorboard>=2.6,<2.7 tensorflow-estimator>=2.6,<2.7"),
    ("2.6.3", "typing-extensions>=3.7,<3.11"),
    ("2.6.5", "protobuf>=3.9.2,<3.20"),
    ("2.7", "absl-py>=0.4 astunparse>=1.6 clang- flatbuffers>=1.12,<3 gast>=0.2.1,<0.5 google-pasta>=0.1.1 "
     "grpcio>=1.24.3,<2 h5py>=2.9 keras>=2.7rc0,<2.8 keras-preprocessing>=1.1.1 libclang>=9.0.1 numpy>=1.14.5 "
     "opt-einsum>=2.3.2 protobuf>=3.9.2 six>=1.12 tensorboard~=2.6 tensorflow-estimator>=2.7rc0,<2.8 "
     "tensorflow-io-gcs-filesystem>=0.21 termcolor>=1.1 typing-extensions>=3.6.6 wheel>=0.32,<1 wrapt>=1.11"),
    ("2.7.3", "protobuf>=3.9.2,<3.20"),
    ("2.8", "flatbuffers>=1.12 gast>=0.2.1 keras>=2.8rc0,<2.9 numpy>=1.20 protobuf>=3.9.2 setuptools "
     "tensorboard>=2.8,<2.9 tensorflow-estimator- tensorflow-io-gcs-filesystem>=0.23.1 wheel- "
     "tf-estimator-nightly==2.8.0.dev2021122109"),
    ("2.8.1", "tensorflow-estimator>=2.8,<2.9 tf-estimator-nightly-"),
    ("2.8.2", "protobuf>=3.9.2,<3.20"),
    ("2.9", "absl-py>=1 flatbuffers>=1.12,<2 gast>=0.2.1,<=0.4.0 keras>=2.9rc0,<2.10 libclang>=13 packaging "
     "protobuf>=3.9.2 tensorboard>=2.9,<2.10 tensorflow-estimator>=2.9rc0,<2.10"),
    ("2.9.1", "protobuf>=3.9.2,<3.20"),
    ("2.10", "flatbuffers>=2.0 keras>=2.10,<2.11 tensorboard>=2.10,<2.11 tensorflow-estimator>=2.10,<2.11"),
    ("2.11", "keras>=2.11,<2.12 keras-preprocessing- tensorboard>=2.11,<2.12 tensorflow-estimator>=2.11,<2.12"),
    ("2.12", f"jax>=0.3.15 keras>=2.12,<2.13 numpy>=1.22,<1.24 protobuf>=3.20.3,<5,{_NOT_4_21} "
     "tensorboard>=2.12,<2.13 tensorflow-estimator>=2.12,<2.13 wrapt>=1.11,<1.15"),
    ("2.12.1", "numpy>=1.22,<=1.24.3 typing-extensions>=3.6.6,<4.6"),
    ("2.13", "flatbuffers>=23.1.21 jax- keras>=2.13.1,<2.14 tensorboard>=2.13,<2.14 tensorflow-estimator>=2.13,<2.14 "
     "wrapt>=1.11"),
    ("2.14", "flatbuffers>=23.5.26 gast>=0.2.1,!=0.5.0,!=0.5.1,!=0.5.2 keras>=2.14,<2.15 ml-dtypes==0.2.0 "
     "numpy>=1.23.5 tensorboard>=2.14,<2.15 tensorflow-estimator>=2.14,<2.15 typing-extensions>=3.6.6 "
     "wrapt>=1.11,<1.15"),
    ("2.14.1", "numpy>=1.23.5,<2"),
    ("2.15", "keras>=2.15,<2.16 ml-dtypes~=0.2.0 tensorboard>=2.15,<2.16 tensorflow-estimator>=2.15,<2.16"),
    ("2.15.1", "ml-dtypes~=0.3.1"),
    ("2.16", "h5py>=3.10 keras>=3 requests>=2.21,<3 tensorboard>=2.16,<2.17 tensorflow-estimator- wrapt>=1.11"),
    ("2.17", "flatbuffers>=24.3.25 keras>=3.2 ml-dtypes>=0.3.1,<0.5 tensorboard>=2.17,<2.18"),
    ("2.18", f"h5py>=3.11 keras>=3.5 ml-dtypes>=0.4,<0.5 numpy>=1.26,<2.1 protobuf>=3.20.3,<6,{_NOT_4_21} "
     "tensorboard>=2.18,<2.19"),
    ("2.18.1", "ml-dtypes>=0.4,<1"),
    ("2.19", "ml-dtypes>=0.5.1,<1 numpy>=1.26,<2.2 tensorboard~=2.19.0"),
    ("2.20", "keras>=3.10 numpy>=1.26 protobuf>=5.28 tensorboard~=2.20.0 tensorflow-io-gcs-filesystem-"),
    ("2.21", "flatbuffers>=25.9.23 h5py>=3.11,<3.15 keras>=3.12 protobuf>=6.31.1,<8 tensorboard-"),
)  # fmt: skip
"""Read from the METADATA of the wheels; what holds for some Pythons or systems only (NumPy 1.26 for Python 3.12,
tensorflow-intel for Windows) is left out."""

END = Version("2.22")
"""The first TensorFlow of which the table knows nothing."""


def required_by_tensorflow(version: str) -> Mapping[str, str]:
    """What that TensorFlow brings along: normalised name to version range; empty where it is not in the table."""
    tensorflow = base_version(version)
    if tensorflow is None or tensorflow >= END:
        return {}
    return next((requires for first, requires in _by_version() if first <= tensorflow), {})


@lru_cache(maxsize=1)
def _by_version() -> Tuple[Tuple[Version, Mapping[str, str]], ...]:
    """Every row with what it asks for altogether, the newest TensorFlow first."""
    rows = []
    requires: Dict[str, str] = {}
    for first, changes in CHANGES:
        requires = dict(requires)
        for change in changes.split():
            if change.endswith("-"):
                del requires[change[:-1]]
            else:
                position = min((change.index(sign) for sign in "=<>~!" if sign in change), default=len(change))
                requires[change[:position]] = change[position:]
        rows.append((Version(first), requires))
    return tuple(reversed(rows))
