"""What TensorFlow asks for in its metadata and was measured to do without, as data: TensorFlow, package, versions.

The smoke test behind it: import, a fit of two dense layers, a loop in a tf.function, saving and loading .h5.
"""

from typing import Mapping, Tuple

HARMLESS_VERSIONS: Tuple[Tuple[str, Mapping[str, str]], ...] = (
    # 2.4.0 with typing-extensions 4.13.2, flatbuffers 25.12.19, six 1.17.0, wrapt 1.17.3 and 2.0.1, grpcio 1.70.0,
    # absl-py 2.3.1, termcolor 2.4.0, opt-einsum 3.4.0, tensorboard 2.14.0, tensorflow-estimator 2.13.0;
    # 2.5.3 and 2.6.5 with the first five of them
    (
        ">=2.4,<2.7",
        {
            "absl-py": "",
            "flatbuffers": "",
            "grpcio": "",
            "opt-einsum": "",
            "six": "",
            "tensorboard": ">=2.4",
            "tensorflow-estimator": ">=2.4",
            "termcolor": "",
            "typing-extensions": "",
            "wheel": "",
            "wrapt": "",
        },
    ),
    # 2.4.0 with NumPy 1.17.3 and 1.18.5
    (">=2.4,<2.7", {"numpy": ">=1.17.3,<1.19.2"}),
    # 2.6.0, 2.6.5 with NumPy 1.20.3, 1.23.5
    (">=2.6,<2.7", {"numpy": ">=1.20,<1.24"}),
    # 2.6.5 with h5py 2.10.0 and 3.11.0
    (">=2.5,<2.7", {"h5py": ""}),
    # 2.9.3 with flatbuffers 25.12.19
    (">=2.7,<2.11", {"flatbuffers": ""}),
    # 2.18.1 with tensorboard 2.14.1; the estimator is only loaded when it is asked for
    (">=2.7,<2.22", {"tensorboard": ">=2.6", "tensorflow-estimator": ""}),
    # 2.13.1 with typing-extensions 4.13.2 and 4.16.0, 2.12.1 with 4.16.0
    (">=2.12,<2.14", {"typing-extensions": ""}),
    # 2.15.1 with wrapt 2.5.2
    (">=2.12,<2.16", {"wrapt": ""}),
    # 2.15.1 with ml-dtypes 0.2.0 and 0.5.4, 2.17.1 with 0.5.4; on 2.14 R84 speaks of it
    (">=2.15,<2.18", {"ml-dtypes": ">=0.2"}),
    # 2.18.1 with NumPy 1.24.4, 1.25.2 and ml-dtypes 0.3.2, 2.16.2 with Keras 3.0.5
    (">=2.16,<2.20", {"keras": ">=3"}),
    (">=2.18,<2.20", {"ml-dtypes": ">=0.3", "numpy": ">=1.23.5"}),
    # 2.21.0 with NumPy 1.25.2, Keras 3.3.3, 3.4.1, 3.5.0, 3.8.0, ml-dtypes 0.5.0, h5py 3.16.0; 2.20.0 with Keras 3.3.3
    (">=2.20,<2.22", {"keras": ">=3.3", "ml-dtypes": ">=0.5", "numpy": ">=1.25"}),
    # 2.18.1 with h5py 3.10.0
    (">=2.18,<2.21", {"h5py": ">=3.10"}),
    (">=2.21,<2.22", {"h5py": ">=3.11"}),
)
"""What works in versions that TensorFlow does not ask for."""

HARMLESS_MISSING: Tuple[Tuple[str, Mapping[str, str]], ...] = (
    # 2.4.0, 2.10.1, 2.15.1, 2.21.0 without each of those that they ask for
    (">=2.4", {"google-pasta": "", "grpcio": "", "libclang": "", "tensorflow-estimator": ""}),
    (">=2.4", {"tensorflow-io-gcs-filesystem": "", "wheel": "", "clang": "", "tf-estimator-nightly": ""}),
    # 2.4.0; 2.10.1 without setuptools; from 2.7 on R27 speaks of tensorboard
    (">=2.4,<2.7", {"tensorboard": "", "typing-extensions": ""}),
    (">=2.4,<2.12", {"setuptools": ""}),
    # 2.5.3 and 2.10.1
    (">=2.5,<2.6", {"keras-nightly": ""}),
    (">=2.9,<2.11", {"keras-preprocessing": ""}),
)
"""What TensorFlow works without."""
