"""Names of packages that are spoken of together."""

TENSORFLOW_NAMES = (
    "tensorflow",
    "tensorflow-cpu",
    "tensorflow-gpu",
    "tensorflow-intel",
    "tensorflow-macos",
    "tensorflow-rocm",
    "tensorflow-cpu-aws",
    "tf-nightly",
    "tf-nightly-cpu",
    "tf-nightly-gpu",
    "tf-nightly-intel",
    "tf-nightly-macos",
)
"""The names under which the module `tensorflow` is installed; where several are there, the first counts."""

STACK_NAMES = (
    *TENSORFLOW_NAMES,
    "keras",
    "keras-nightly",
    "tf-keras",
    "tf-keras-nightly",
    "numpy",
    "protobuf",
    "h5py",
    "ml-dtypes",
    "wrapt",
    "gast",
    "six",
    "absl-py",
    "grpcio",
    "flatbuffers",
    "typing-extensions",
    "keras-preprocessing",
    "tensorflow-estimator",
    "tensorboard",
    "pandas",
    "scipy",
    "scikit-learn",
    "matplotlib",
    "pillow",
)
"""TensorFlow, what it is built on, and what is commonly used beside it: packages whose files are looked for."""


def line_of(python: str) -> str:
    """The line of a Python: 3.8 of 3.8.20."""
    return ".".join(python.split(".")[:2])
