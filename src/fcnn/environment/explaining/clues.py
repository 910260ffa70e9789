"""What tells rules apart that share a text: the files in which the error arises, and more texts they are known by."""

from dataclasses import dataclass
from typing import Mapping, Tuple


@dataclass(frozen=True)
class Clue:
    """What is known of the errors of one rule beyond its symptoms."""

    sites: Tuple[str, ...] = ()
    """Parts of the paths of the files in which the error arises."""
    only_there: bool = False
    """Whether a traceback that ends elsewhere means something else."""
    not_at: Tuple[str, ...] = ()
    """Parts of paths: a traceback that ends there means something else."""
    with_traceback: bool = False
    """Whether it is known only where the text names the files that were passed."""
    alone: Tuple[str, ...] = ()
    """Symptoms that no other rule has: it is known by them wherever they stand."""
    rare: bool = False
    """Whether another rule with the same text is mostly the one."""
    mentions: str = ""
    """What must occur in a text that holds more than the message, or it means something else."""
    ignored: Tuple[str, ...] = ()
    """Symptoms that are printed for much else, too."""
    somewhere: str = ""
    """What should occur somewhere in a text with a traceback, or it is less likely."""
    texts: Tuple[str, ...] = ()
    """Further texts by which it is known, less telling than its symptoms."""
    why: str = ""
    """What goes wrong, where the rule's own sentence tells what only the environment knows."""
    advice: str = ""
    """What to do, likewise."""
    apart: str = ""
    """What must be so, where it is not versions that decide: ends the sentence ``it is this one if ...``."""


_OF_INTERNAL = (
    "AttributeError: module 'tensorflow.compat.v2.__internal__' has no attribute 'tf2'",
    "AttributeError: module 'tensorflow.compat.v2.__internal__' has no attribute ...",
)
_KILLED_BY_ILLEGAL_INSTRUCTION = (
    "非法指令",
    "interrupted by signal 4: SIGILL",
    "Process finished with exit code -1073741795",
)

CLUES: Mapping[str, Clue] = {
    "R01": Clue(
        sites=("tensorflow/python/framework/dtypes.py", "tensorflow/__init__.py", "tensorflow/python/__init__.py"),
        only_there=True,
        texts=("np.object,",),
    ),
    "R02": Clue(
        sites=("tensorflow/python/framework/ops.py",),
        texts=("NotImplementedError: Cannot convert a symbolic Tensor ... to a numpy array",),
    ),
    "R03": Clue(
        sites=("tensorflow/python/",),
        somewhere="tensorflow",
        texts=(
            "ImportError: numpy.core.multiarray failed to import",
            "SystemError: <built-in method __contains__ of dict object> returned a result with an error set",
        ),
    ),
    "R04": Clue(
        # Keras cuts its own files out of a traceback, all but the last
        sites=(
            "ragged_tensor.py",
            "keras/utils/conv_utils.py",
            "keras/layers/local.py",
            "keras/utils/traceback_utils.py",
        ),
        only_there=True,
    ),
    "R05": Clue(
        sites=("tensorflow/", "ml_dtypes/"),
        somewhere="tensorflow",
        texts=(
            "AttributeError: `np.bool8` was removed in the NumPy 2.0 release.",
            "ImportError: numpy.core.multiarray failed to import",
        ),
    ),
    "R07": Clue(
        sites=("tensorflow/core/", "tensorflow/python/", "tensorboard/"),
        not_at=("packages/keras/",),
        somewhere="tensorflow",
    ),
    "R11": Clue(
        texts=(
            "VersionError: Detected incompatible Protobuf Gencode/Runtime versions when loading tensorflow/... Runtime "
            "version cannot be older than the linked gencode version.",
            "VersionError: Detected incompatible Protobuf Gencode/Runtime versions when loading ...",
        ),
    ),
    "R16": Clue(
        texts=("ModuleNotFoundError: No module named 'tensorflow.keras'",),
        sites=("keras/protobuf/",),
        not_at=("tensorflow/",),
    ),
    "R18": Clue(texts=_OF_INTERNAL),
    "R19": Clue(texts=_OF_INTERNAL),
    "R22": Clue(
        sites=("hdf5_format.py", "h5py"),
        only_there=True,
        apart="the traceback ends in hdf5_format.py; elsewhere some code calls decode() on what is a str already",
    ),
    "R23": Clue(sites=("h5py/",)),
    "R24": Clue(texts=("AttributeError: module 'gast' has no attribute 'Index'",)),
    "R27": Clue(sites=("tensorflow/", "astunparse", "keras_preprocessing"), somewhere="tensorflow"),
    "R29": Clue(sites=("tensorboard/",)),
    "R30": Clue(
        sites=("tensorflow/", "ml_dtypes/"),
        texts=(
            "A module that was compiled using NumPy 1.x cannot be run in NumPy 2.x as it may crash.",
            "AttributeError: _ARRAY_API not found",
        ),
    ),
    "R31": Clue(
        texts=(
            "Illegal instruction",
            "illegal hardware instruction",
            *_KILLED_BY_ILLEGAL_INSTRUCTION,
        ),
        apart="TensorFlow is 2.4.0 and the processor has AVX but no AVX2",
    ),
    "R32": Clue(
        texts=(
            "Illegal instruction",
            "illegal hardware instruction",
            "ImportError: DLL load failed with error code -1073741795",
            *_KILLED_BY_ILLEGAL_INSTRUCTION,
        ),
        apart="the processor has no AVX, or an emulator hides it",
    ),
    "R33": Clue(texts=("Please upgrade numpy to >= 1.20.3 to use this pandas version",)),
    "R37": Clue(
        sites=("/pandas/", "/sklearn/", "/scipy/", "/h5py/"),
        only_there=True,
        texts=("ValueError: numpy.dtype size changed, may indicate binary incompatibility",),
    ),
    "R38": Clue(sites=("/matplotlib/",), only_there=True),
    "R41": Clue(ignored=("error: metadata-generation-failed",)),
    "R42": Clue(
        why="two packages bring the module `tensorflow`, such as tensorflow and tensorflow-cpu: uninstalling either "
        "takes files of both",
        advice="uninstall both, then install one of them again; `fcnn check-env` tells which there are",
        apart="two packages such as tensorflow and tensorflow-cpu are installed",
    ),
    "R43": Clue(
        why="files of TensorFlow are gone from the disk although pip still lists it",
        advice='unpack it once more with `pip install --force-reinstall --no-deps "tensorflow==X.Y.Z"`, in the version '
        "that `pip show tensorflow` tells",
        apart="pip lists TensorFlow, and files of it are gone",
    ),
    "R44": Clue(
        texts=("WARNING: Ignoring invalid distribution ...",),
        why="pip was interrupted while it replaced a package, and left a folder behind whose name begins with `~`",
        advice="delete the folders in site-packages whose names begin with `~`",
    ),
    "R45": Clue(
        sites=("tensorflow/python/client/",),  # a numpy.py stops there as a NumPy that is too old does
        apart="a file or folder with the name of that module lies in the working folder or beside the script",
    ),
    "R46": Clue(
        texts=(
            "tensorflow ... is not a supported wheel on this platform",
            "Because only tensorflow>=2.16.0 is available",
            "tensorflow ... can't be installed because it doesn't have a source distribution or wheel for the current "
            "platform",
        ),
        why="no wheel of this TensorFlow was published for this Python on this system",
        advice="`fcnn check-env --requirements FILE --python-version X.Y` tells for which Pythons there are wheels; "
        "make an environment with one of them",
        apart="this Python is a 64-bit program on a system that TensorFlow is published for",
    ),
    "R50": Clue(
        why="TensorFlow is not installed in the environment whose Python ran",
        advice="`fcnn check-env` tells which TensorFlow that environment can have, and how it is installed",
        apart="TensorFlow is not installed in the environment whose Python ran",
    ),
    "R60": Clue(
        why="conda and pip both installed a package, one over the other: its files are a mixture of both",
        advice="remove the package with pip and with conda, then install it with one of them",
    ),
    "R64": Clue(
        why="PYTHONHOME is set: every Python that starts looks for its standard library there",
        advice="remove the environment variable PYTHONHOME",
    ),
    "R65": Clue(rare=True, apart="this Python is a 32-bit program"),
    "R66": Clue(rare=True, apart="this is a Linux without glibc, such as Alpine"),
    "R67": Clue(
        why="TensorFlow needs a newer C library (glibc) than this Linux has",
        advice="use a newer Linux, or a TensorFlow that is published for an older one",
        mentions="tensorflow",
    ),
    "R68": Clue(apart="this is an Apple silicon Mac with a Python made for Intel's processors"),
    "R70": Clue(
        why="TensorFlow does not find the CUDA and cuDNN libraries that it needs to use an NVIDIA GPU; without "
        "such a GPU that is harmless",
        advice="to use a GPU install the CUDA and cuDNN of this TensorFlow; `fcnn check-env` tells which",
    ),
    "R72": Clue(
        why="the environment variable KERAS_BACKEND asks for a backend that is not there",
        advice="remove the environment variable KERAS_BACKEND, or set it to tensorflow",
        apart="the environment variable KERAS_BACKEND is set",
    ),
    "R73": Clue(
        why="the environment variable TF_USE_LEGACY_KERAS asks for the package tf-keras, which is not installed",
        advice='run `pip install "tf-keras=={line}.*"`, or remove the environment variable TF_USE_LEGACY_KERAS',
        apart="the environment variable TF_USE_LEGACY_KERAS is set",
    ),
    "R74": Clue(
        why="the environment variable PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION asks for what this protobuf does not have",
        advice="remove the environment variable PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION",
    ),
    "R75": Clue(
        why="CUDA_VISIBLE_DEVICES hides the GPU from TensorFlow, or there is none",
        advice="to use the GPU, remove the environment variable CUDA_VISIBLE_DEVICES",
    ),
    "R83": Clue(apart="the traceback ends in your own code or in a package other than TensorFlow"),
    "R84": Clue(sites=("tensorflow/", "ml_dtypes/")),
    "R85": Clue(texts=("Note that the legacy SavedModel format is not supported by `load_model()` in Keras 3.",)),
    "R88": Clue(mentions="tensor", texts=("Failed to load the native TensorFlow runtime.",)),
    "R92": Clue(apart="parts of TensorFlow are missing or belong to another version"),
    "R93": Clue(
        sites=("_pb2.py",), only_there=True, not_at=("tensorflow/", "/keras/", "tensorboard/"), with_traceback=True
    ),
    "R94": Clue(
        not_at=("tensorflow/", "/pandas/", "/sklearn/", "/scipy/", "/h5py/", "/matplotlib/", "ml_dtypes/"),
        with_traceback=True,
        alone=(
            "ValueError: numpy.ndarray size changed, may indicate binary incompatibility. Expected 96 from C header, "
            "got 88 from PyObject",
            "ValueError: numpy.ufunc size changed, may indicate binary incompatibility. Expected 216 from C header, "
            "got 192 from PyObject",
        ),
    ),
}
"""By the rule's id."""
