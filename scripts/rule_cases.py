"""The environments that verify-rules builds, as data: what is installed, what then fails, and with which words."""

from typing import Dict, Mapping, NamedTuple, Tuple

PROGRAMS: Dict[str, str] = {
    "import": "import tensorflow",
    "version": "import tensorflow as tf\nprint(tf.__version__)",
    "tf.keras": "import tensorflow as tf\ntf.keras.Sequential([tf.keras.layers.Dense(1)])",
    "fit": """\
import numpy as np
import tensorflow as tf

model = tf.keras.Sequential([tf.keras.layers.Dense(8, activation="relu"), tf.keras.layers.Dense(1)])
model.compile(optimizer="adam", loss="mse")
model.fit(np.ones((32, 4), "float32"), np.ones((32, 1), "float32"), epochs=1, verbose=0)
""",
    "lstm": "import tensorflow as tf\ntf.keras.Sequential([tf.keras.layers.LSTM(4, input_shape=(3, 2))])",
    "ragged": "import tensorflow as tf\nprint(tf.ragged.constant([[1], [2, 3]]).numpy())",
    "locally connected": """\
import tensorflow as tf

layer = tf.keras.layers.LocallyConnected1D(2, 3, implementation=2)
layer(tf.ones((1, 8, 2)))
""",
    "load h5": """\
import tensorflow as tf

model = tf.keras.Sequential([tf.keras.layers.Dense(1, input_shape=(2,))])
model.compile(optimizer="adam", loss="mse")
model.save("model.h5")
tf.keras.models.load_model("model.h5")
""",
    "autograph": """\
import tensorflow as tf

@tf.function
def total(values):
    result = 0.0
    for i in tf.range(2):
        result += values[i]
    return result

print(total(tf.constant([1.0, 2.0])))
""",
    "dictionary": """\
import tensorflow as tf

class Model(tf.Module):
    def __init__(self):
        super().__init__()
        self.weights = {"w": tf.Variable(1.0)}

model = Model()

@tf.function
def returned():
    return model.weights

returned()
""",
    "image generator": """\
import numpy as np
import tensorflow as tf

generator = tf.keras.preprocessing.image.ImageDataGenerator(rotation_range=20)
next(generator.flow(np.ones((2, 8, 8, 3), "float32"), batch_size=1))
""",
    "tensorboard": """\
import runpy
import sys

sys.argv = ["tensorboard", "--help"]
runpy.run_module("tensorboard.main", run_name="__main__")
""",
    "keras": "import keras\nkeras.models.Sequential()",
    "pandas": "import pandas",
    "pyplot": "import matplotlib.pyplot",
    "scipy": "import scipy.stats",
    "sklearn": "import sklearn.linear_model",
    "h5py": "import h5py",
    "pip": """\
import subprocess
import sys

command = [sys.executable, "-m", "pip", "list", "--disable-pip-version-check"]
sys.exit(subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8").stderr or 0)
""",
}
"""Small programs, each of which shows one trouble; they end without an error where all is well."""

SMOKE = PROGRAMS["fit"]
"""What every repaired environment must be able to do."""


class Case(NamedTuple):
    """One environment to build, to see fail, to judge, to repair and to see work."""

    rule: str
    """The rule that must find what is wrong."""
    python: str
    """The version of Python: ``3.8``."""
    base: Tuple[str, ...]
    """What is installed first, with dependencies; cases of one base share it."""
    program: str
    """One of `PROGRAMS`."""
    shows: str
    """What the program must print, then at least: text of a symptom of the rule."""
    forced: Tuple[str, ...] = ()
    """What is installed over it without dependencies, as a later ``pip install`` of something else would."""
    removed: Tuple[str, ...] = ()
    """What is uninstalled then."""
    files: Mapping[str, str] = {}
    """Files in the working folder, with their content."""
    copies: Mapping[str, str] = {}
    """Folders in site-packages, by pattern, and the name that a copy of them gets there."""
    variables: Mapping[str, str] = {}
    """Environment variables that are set throughout."""

    @property
    def installed(self) -> str:
        """What was done to build it, in words."""
        parts = [" ".join(self.base)]
        parts += [f"then {' '.join(self.forced)}"] if self.forced else []
        parts += [f"without {' '.join(self.removed)}"] if self.removed else []
        parts += [f"with {name}" for name in (*self.files, *self.copies.values())]
        parts += [f"{name}={value}" for name, value in self.variables.items()]
        return ", ".join(parts)


# uv chooses a protobuf that TensorFlow 2.4 and 2.5 do not forbid and cannot use (R07): the other cases name it.
TF_2_4 = ("tensorflow==2.4.0", "protobuf==3.20.3")
TF_2_5 = ("tensorflow==2.5.3", "protobuf==3.20.3")
TF_2_7 = ("tensorflow-cpu==2.7.4",)
TF_2_8 = ("tensorflow-cpu==2.8.4", "numpy==1.23.5")
TF_2_9 = ("tensorflow-cpu==2.9.3", "numpy==1.23.5")
TF_2_10 = ("tensorflow==2.10.1", "numpy==1.23.5")
TF_2_12 = ("tensorflow-cpu==2.12.1",)
TF_2_13 = ("tensorflow-cpu==2.13.1",)
TF_2_15 = ("tensorflow-cpu==2.15.1",)
TF_2_16 = ("tensorflow-cpu==2.16.2",)
TF_2_17 = ("tensorflow-cpu==2.17.1",)
TF_2_18 = ("tensorflow-cpu==2.18.1",)
TF_2_20 = ("tensorflow-cpu==2.20.0",)
TF_2_21 = ("tensorflow-cpu==2.21.0",)

_NO_OBJECT = "AttributeError: module 'numpy' has no attribute 'object'"
_NO_BOOL = "AttributeError: module 'numpy' has no attribute 'bool'"
_DESCRIPTORS = "TypeError: Descriptors cannot be created directly."
_DICT_WRAPPER = "TypeError: this __dict__ descriptor does not support '_DictWrapper' objects"
_NO_RUNTIME_VERSION = "ImportError: cannot import name 'runtime_version' from 'google.protobuf'"
_OLD_PROTOBUF = "VersionError: Detected incompatible Protobuf Gencode/Runtime versions"
_SIZE_CHANGED = "ValueError: numpy.dtype size changed, may indicate binary incompatibility."
_UMATH = "ImportError: numpy.core.umath failed to import"
_NO_INT2 = "AttributeError: module 'ml_dtypes' has no attribute 'int2'"
_NO_FLOAT4 = "AttributeError: module 'ml_dtypes' has no attribute 'float4_e2m1fn'"
_NO_CONTEXT = (
    "AttributeError: module 'tensorflow._api.v2.compat.v2.__internal__' has no attribute "
    "'register_load_context_function'"
)

_PYTHON_3_8 = (
    # The course's own list as uv resolves it, with what a beginner adds: several troubles, one command
    Case(
        "R07",
        "3.8",
        (
            "tensorflow==2.4.0",
            "keras==2.4.3",
            "numpy==1.19.5",
            "pandas==1.3.5",
            "matplotlib==3.4.2",
            "protobuf==5.29.6",
        ),
        "import",
        _DESCRIPTORS,
        forced=("pandas==2.0.3", "h5py==3.1.0"),
    ),
    Case("R01", "3.8", TF_2_4, "import", _NO_OBJECT, forced=("numpy==1.24.4",)),
    Case("R01", "3.8", TF_2_5, "import", _NO_OBJECT, forced=("numpy==1.24.4",)),
    Case(
        "R02",
        "3.8",
        TF_2_4,
        "lstm",
        "NotImplementedError: Cannot convert a symbolic Tensor",
        forced=("numpy==1.23.5",),
    ),
    Case("R03", "3.8", TF_2_8, "import", "returned a result with an error set", forced=("numpy==1.19.5",)),
    Case("R03", "3.8", TF_2_10, "import", "ImportError: initialization failed", forced=("numpy==1.19.5",)),
    Case("R04", "3.8", TF_2_8, "ragged", _NO_OBJECT, forced=("numpy==1.24.4",)),
    Case("R04", "3.8", TF_2_10, "locally connected", _NO_BOOL, forced=("numpy==1.24.4",)),
    Case("R07", "3.8", ("tensorflow==2.4.0",), "import", _DESCRIPTORS, forced=("protobuf==5.29.6",)),
    Case(
        "R07",
        "3.8",
        TF_2_9,
        "import",
        "TypeError: Descriptors cannot not be created directly.",
        forced=("protobuf==4.21.12",),
    ),
    # What a plain `install tensorflow-cpu==2.6.0` brings today, with pip too
    Case("R07", "3.8", ("tensorflow-cpu==2.6.0",), "import", _DESCRIPTORS),
    Case(
        "R14",
        "3.8",
        TF_2_7,
        "fit",
        "'tensorflow.compat.v2.__internal__.distribute' has no attribute 'strategy_supports_no_merge_call'",
        forced=("keras==2.8.0",),
    ),
    Case(
        "R14",
        "3.8",
        TF_2_10,
        "tf.keras",
        "ImportError: cannot import name 'type_spec_registry' from 'tensorflow.python.framework'",
        forced=("keras==2.13.1",),
    ),
    Case(
        "R16",
        "3.8",
        TF_2_10,
        "tf.keras",
        "'tensorflow.compat.v2.__internal__.tracking' has no attribute 'TrackableSaver'",
        forced=("keras==2.6.0",),
    ),
    Case("R17", "3.8", TF_2_10, "tf.keras", "ModuleNotFoundError: No module named 'keras'", removed=("keras",)),
    Case(
        "R18",
        "3.8",
        TF_2_4,
        "keras",
        "ImportError: cannot import name 'get_config' from 'tensorflow.python.eager.context'",
        forced=("keras==2.6.0",),
    ),
    Case(
        "R18",
        "3.8",
        TF_2_4,
        "keras",
        "AttributeError: module 'tensorflow.compat.v2.__internal__' has no attribute 'dispatch'",
        forced=("keras==2.10.0",),
    ),
    Case(
        "R19",
        "3.8",
        TF_2_5,
        "keras",
        "'keras.utils.generic_utils' has no attribute 'populate_dict_with_module_objects'",
        forced=("keras==2.4.3",),
    ),
    Case(
        "R19",
        "3.8",
        TF_2_5,
        "keras",
        "has no attribute 'register_clear_session_function'",
        forced=("keras==2.10.0",),
    ),
    Case(
        "R22",
        "3.8",
        TF_2_4,
        "load h5",
        "AttributeError: 'str' object has no attribute 'decode'",
        forced=("h5py==3.1.0",),
    ),
    Case(
        "R23",
        "3.8",
        TF_2_9,
        "import",
        "AttributeError: module 'numpy' has no attribute 'typeDict'",
        forced=("h5py==2.10.0", "numpy==1.24.4"),
    ),
    Case("R24", "3.8", TF_2_4, "autograph", "module 'gast' has no attribute 'Index'", forced=("gast==0.5.5",)),
    Case("R27", "3.8", TF_2_4, "import", "ModuleNotFoundError: No module named 'six'", removed=("six",)),
    Case(
        "R27",
        "3.8",
        TF_2_4,
        "tf.keras",
        "AttributeError: module 'tensorflow' has no attribute 'keras'",
        removed=("keras-preprocessing",),
    ),
    Case("R27", "3.8", TF_2_4, "load h5", "ImportError: `save_model` requires h5py.", removed=("h5py",)),
    # Many at once, as after `pip install --no-deps`
    Case(
        "R27",
        "3.8",
        TF_2_10,
        "import",
        "ModuleNotFoundError: No module named 'absl'",
        removed=("absl-py", "astunparse", "flatbuffers", "gast", "opt-einsum", "termcolor", "wrapt"),
    ),
    Case(
        "R33",
        "3.8",
        (*TF_2_4, "pandas==1.3.5"),
        "pandas",
        "ImportError: this version of pandas is incompatible with numpy < 1.20.3",
        forced=("pandas==2.0.3",),
    ),
    Case(
        "R34",
        "3.8",
        (*TF_2_4, "matplotlib==3.6.3"),
        "pyplot",
        "ImportError: Matplotlib requires numpy>=1.20; you have",
        forced=("matplotlib==3.7.5",),
    ),
    Case(
        "R36",
        "3.8",
        ("tensorflow==2.10.1", "numpy==1.20.3", "matplotlib==3.5.3", "pillow==10.4.0"),
        "pyplot",
        "AttributeError: module 'numpy.typing' has no attribute 'NDArray'",
    ),
    Case("R41", "3.8", TF_2_4, "sklearn", "ModuleNotFoundError: No module named 'sklearn'", forced=("sklearn==0.0",)),
    Case(
        "R43",
        "3.8",
        TF_2_4,
        "version",
        "AttributeError: module 'tensorflow' has no attribute '__version__'",
        forced=("tensorflow-cpu==2.4.0",),
        removed=("tensorflow-cpu",),
    ),
    Case(
        "R44",
        "3.8",
        (*TF_2_4, "pip==23.3.2"),
        "pip",
        "WARNING: Ignoring invalid distribution -ensorflow",
        copies={"tensorflow-2.4.0.dist-info": "~ensorflow-2.4.0.dist-info"},
    ),
    Case(
        "R45",
        "3.8",
        TF_2_10,
        "import",
        "ImportError: initialization failed",
        files={"numpy.py": "pi = 3\n"},
    ),
    Case(
        "R48",
        "3.8",
        TF_2_8,
        "image generator",
        "ImportError: Image transformations require SciPy. Install SciPy.",
    ),
)

_PYTHON_3_11 = (
    Case("R05", "3.11", TF_2_12, "import", "Unable to convert function return value", forced=("numpy==2.0.2",)),
    Case("R05", "3.11", TF_2_15, "import", _UMATH, forced=("numpy==2.0.2",)),
    Case(
        "R09",
        "3.11",
        TF_2_13,
        "import",
        "ImportError: cannot import name 'builder' from 'google.protobuf.internal'",
        forced=("protobuf==3.19.6",),
    ),
    Case("R10", "3.11", TF_2_20, "import", _NO_RUNTIME_VERSION, forced=("protobuf==4.25.8",)),
    Case("R11", "3.11", TF_2_21, "import", _OLD_PROTOBUF, forced=("protobuf==5.29.6",)),
    Case(
        "R14",
        "3.11",
        TF_2_13,
        "import",
        "SymbolAlreadyExposedError: Symbol Zeros is already exposed as ().",
        forced=("keras==2.15.0",),
    ),
    Case(
        "R16",
        "3.11",
        TF_2_13,
        "tf.keras",
        "ImportError: Keras requires TensorFlow 2.2 or higher.",
        forced=("keras==2.4.3", "pyyaml"),
    ),
    Case("R20", "3.11", TF_2_17, "tf.keras", _NO_CONTEXT, forced=("keras==2.15.0",)),
    # What a plain `install tensorflow-cpu==2.15.1` brings today
    Case("R28", "3.11", TF_2_15, "dictionary", _DICT_WRAPPER),
    Case("R28", "3.11", TF_2_18, "dictionary", _DICT_WRAPPER, forced=("wrapt==1.17.3",)),
    Case("R29", "3.11", TF_2_20, "tensorboard", "ModuleNotFoundError: No module named 'pkg_resources'"),
    Case("R30", "3.11", TF_2_20, "import", _NO_INT2, forced=("ml-dtypes==0.4.1",)),
    Case("R30", "3.11", TF_2_18, "import", _UMATH, forced=("ml-dtypes==0.3.2",)),
    Case(
        "R84",
        "3.11",
        ("tensorflow-cpu==2.14.1",),
        "import",
        "AttributeError: module 'ml_dtypes' has no attribute 'float8_e4m3b11'",
        forced=("ml-dtypes==0.3.2",),
    ),
    Case("R37", "3.11", (*TF_2_18, "pandas==2.2.3"), "pandas", _SIZE_CHANGED, forced=("pandas==2.1.4",)),
    Case(
        "R37",
        "3.11",
        (*TF_2_20, "scikit-learn==1.5.2"),
        "sklearn",
        _SIZE_CHANGED,
        forced=("scikit-learn==1.3.2",),
    ),
    Case("R37", "3.11", TF_2_20, "h5py", _SIZE_CHANGED, forced=("h5py==3.10.0",)),
    Case(
        "R38",
        "3.11",
        (*TF_2_20, "matplotlib==3.9.4"),
        "pyplot",
        "ImportError: numpy.core.multiarray failed to import",
        forced=("matplotlib==3.8.3",),
    ),
    Case(
        "R39",
        "3.11",
        (*TF_2_15, "pandas==2.2.3"),
        "pandas",
        "ImportError: Please upgrade numpy to >= 2.0.2 to use this pandas version.",
        forced=("pandas==3.1.1",),
    ),
    Case(
        "R40",
        "3.11",
        (*TF_2_12, "scipy==1.11.4"),
        "scipy",
        "ModuleNotFoundError: No module named 'numpy.exceptions'",
        forced=("scipy==1.17.1",),
    ),
)

_PYTHON_3_12 = (
    Case("R05", "3.12", TF_2_16, "import", _UMATH, forced=("numpy==2.0.2",)),
    Case(
        "R05",
        "3.12",
        TF_2_17,
        "import",
        "SystemError: initialization of _pywrap_checkpoint_reader raised unreported exception",
        forced=("numpy==2.2.6",),
    ),
    Case("R10", "3.12", TF_2_20, "import", _NO_RUNTIME_VERSION, forced=("protobuf==4.25.8",)),
    Case("R11", "3.12", TF_2_21, "import", _OLD_PROTOBUF, forced=("protobuf==5.29.6",)),
    Case("R20", "3.12", TF_2_16, "tf.keras", _NO_CONTEXT, forced=("keras==2.15.0",)),
    Case(
        "R27",
        "3.12",
        TF_2_21,
        "import",
        "ModuleNotFoundError: No module named 'ml_dtypes'",
        removed=("flatbuffers", "gast", "ml-dtypes", "opt-einsum", "termcolor", "typing-extensions", "wrapt"),
    ),
    Case("R28", "3.12", TF_2_18, "dictionary", _DICT_WRAPPER, forced=("wrapt==1.17.3",)),
    Case("R29", "3.12", TF_2_20, "tensorboard", "ModuleNotFoundError: No module named 'pkg_resources'"),
    Case("R30", "3.12", TF_2_21, "import", _NO_FLOAT4, forced=("ml-dtypes==0.4.1",)),
    Case("R37", "3.12", (*TF_2_18, "pandas==2.2.3"), "pandas", _SIZE_CHANGED, forced=("pandas==2.1.4",)),
    Case(
        "R38",
        "3.12",
        (*TF_2_20, "matplotlib==3.9.4"),
        "pyplot",
        "ImportError: numpy.core.multiarray failed to import",
        forced=("matplotlib==3.8.3",),
    ),
)

CASES: Tuple[Case, ...] = (*_PYTHON_3_8, *_PYTHON_3_11, *_PYTHON_3_12)
"""Every case, by Python."""
