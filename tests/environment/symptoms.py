"""Every error text that was measured, or is much asked for, literally as it is printed, with the rule that knows it.

The class of the exception, the place and the text are written as Python prints them; where several rules share a
text, the one that is named need not come first.
"""

from typing import NamedTuple


class Told(NamedTuple):
    """An error text and the rule that knows it."""

    rule: str
    text: str
    first: bool = True
    """Whether that rule must come first."""


TOLD = (
    # --- the table of rules ---
    Told("R01", "FutureWarning: In the future `np.object` will be defined as the corresponding NumPy scalar."),
    Told("R01", "AttributeError: module 'numpy' has no attribute 'object'."),
    Told(
        "R02",
        "NotImplementedError: Cannot convert a symbolic Tensor (lstm/strided_slice:0) to a numpy array. This error may "
        "indicate that you're trying to pass a Tensor to a NumPy call, which is not supported",
    ),
    Told("R03", "RuntimeError: module compiled against API version 0xe but this version of numpy is 0xd"),
    Told("R03", "RuntimeError: module compiled against API version 0xf but this version of numpy is 0xd"),
    Told("R03", "ImportError: initialization failed"),
    Told(
        "R03",
        "ImportError: SystemError: <built-in method __contains__ of dict object at 0x7f4b25326cc0> returned a result "
        "with an error set",
    ),
    Told("R04", "AttributeError: module 'numpy' has no attribute 'object'", first=False),
    Told("R04", "AttributeError: module 'numpy' has no attribute 'bool'"),
    Told(
        "R05",
        "A module that was compiled using NumPy 1.x cannot be run in NumPy 2.0.2 as it may crash. To support both 1.x "
        "and 2.x versions of NumPy, modules must be compiled with NumPy 2.0.",
    ),
    Told("R05", "AttributeError: _ARRAY_API not found"),
    Told(
        "R05",
        "TypeError: Unable to convert function return value to a Python type! The signature was () -> handle",
        first=False,
    ),
    Told("R05", "ImportError: numpy.core.umath failed to import"),
    Told("R05", "SystemError: initialization of _pywrap_checkpoint_reader raised unreported exception"),
    Told("R07", "TypeError: Descriptors cannot be created directly."),
    Told("R07", "TypeError: Descriptors cannot not be created directly."),
    Told("R09", "ImportError: cannot import name 'builder' from 'google.protobuf.internal'"),
    Told("R10", "ImportError: cannot import name 'runtime_version' from 'google.protobuf'"),
    Told(
        "R11",
        "google.protobuf.runtime_version.VersionError: Detected incompatible Protobuf Gencode/Runtime versions when "
        "loading tensorflow/core/framework/attr_value.proto: gencode 6.31.1 runtime 5.29.6. Runtime version cannot be "
        "older than the linked gencode version.",
    ),
    Told("R12", "AttributeError: 'MessageFactory' object has no attribute 'GetPrototype'"),
    Told("R14", "AlreadyExistsError: Another metric with the same name already exists."),
    Told("R14", "ImportError: cannot import name 'dtensor' from 'tensorflow.compat.v2.experimental'"),
    Told("R14", "ModuleNotFoundError: No module named 'tensorflow.python.trackable'"),
    Told(
        "R14",
        "AttributeError: module 'tensorflow.compat.v2.__internal__' has no attribute 'register_load_context_function'",
    ),
    Told("R14", "ImportError: cannot import name 'type_spec_registry' from 'tensorflow.python.framework'"),
    Told(
        "R14",
        "TypeError: _variable_v1_call() got an unexpected keyword argument 'experimental_enable_variable_lifting'",
    ),
    Told("R14", "SymbolAlreadyExposedError: Symbol Zeros is already exposed as ()."),
    Told(
        "R14",
        "AttributeError: module 'tensorflow.compat.v2.__internal__.distribute' has no attribute "
        "'strategy_supports_no_merge_call'",
    ),
    Told(
        "R16",
        "AttributeError: module 'tensorflow.compat.v2.__internal__.tracking' has no attribute 'TrackableSaver'",
    ),
    Told("R16", "TypeError: Descriptors cannot be created directly.", first=False),
    Told("R16", "ModuleNotFoundError: No module named 'keras.api'"),
    Told(
        "R16",
        "ImportError: Keras requires TensorFlow 2.2 or higher. Install TensorFlow via `pip install tensorflow`",
    ),
    Told("R17", "ModuleNotFoundError: No module named 'keras'"),
    Told("R18", "ImportError: cannot import name 'get_config' from 'tensorflow.python.eager.context'"),
    Told("R18", "AttributeError: module 'tensorflow.compat.v2.__internal__' has no attribute 'dispatch'"),
    Told(
        "R19",
        "AttributeError: module 'keras.utils.generic_utils' has no attribute 'populate_dict_with_module_objects'",
    ),
    Told(
        "R19",
        "AttributeError: module 'tensorflow.compat.v2.__internal__' has no attribute 'register_clear_session_function'",
    ),
    Told(
        "R20",
        "AttributeError: module 'tensorflow._api.v2.compat.v2.__internal__' has no attribute "
        "'register_load_context_function'",
    ),
    Told("R22", "AttributeError: 'str' object has no attribute 'decode'"),
    Told("R23", "AttributeError: module 'numpy' has no attribute 'typeDict'"),
    Told("R24", "AttributeError: module 'gast' has no attribute 'Index'"),
    Told(
        "R24",
        "WARNING:tensorflow:AutoGraph could not transform <function f at 0x7f1b2c3d4e50> and will run it as-is. Cause: "
        "module 'gast' has no attribute 'Index'",
    ),
    Told("R24", "OperatorNotAllowedInGraphError: iterating over `tf.Tensor` is not allowed"),
    Told("R27", "ModuleNotFoundError: No module named 'six'"),
    Told("R27", "AttributeError: module 'tensorflow' has no attribute 'keras'", first=False),
    Told("R27", "ImportError: `save_model` requires h5py."),
    Told("R28", "TypeError: this __dict__ descriptor does not support '_DictWrapper' objects"),
    Told("R29", "ModuleNotFoundError: No module named 'pkg_resources'"),
    Told("R30", "AttributeError: module 'ml_dtypes' has no attribute 'int2'"),
    Told("R30", "AttributeError: module 'ml_dtypes' has no attribute 'float4_e2m1fn'"),
    Told("R30", "ImportError: numpy.core.umath failed to import", first=False),
    Told("R31", "Illegal instruction (core dumped)", first=False),
    Told("R32", "Illegal instruction (core dumped)", first=False),
    Told(
        "R33",
        "ImportError: this version of pandas is incompatible with numpy < 1.20.3 your numpy version is 1.19.5. Please "
        "upgrade numpy to >= 1.20.3 to use this pandas version",
    ),
    Told("R34", "ImportError: Matplotlib requires numpy>=1.20; you have 1.19.5"),
    Told("R36", "AttributeError: module 'numpy.typing' has no attribute 'NDArray'"),
    Told(
        "R37",
        "ValueError: numpy.dtype size changed, may indicate binary incompatibility. Expected 96 from C header, got 88 "
        "from PyObject",
    ),
    Told("R38", "ImportError: numpy.core.multiarray failed to import"),
    Told("R39", "ImportError: C extension: None not built. If you want to import pandas from the source directory"),
    Told(
        "R39",
        "ImportError: Please upgrade numpy to >= 2.0.2 to use this pandas version. Your numpy version is 1.26.4.",
    ),
    Told("R40", "ModuleNotFoundError: No module named 'numpy.exceptions'"),
    Told("R40", "ImportError: Matplotlib requires numpy>=1.25; you have 1.24.4"),
    Told(
        "R41",
        "The 'sklearn' PyPI package is deprecated, use 'scikit-learn' rather than 'sklearn' for pip commands.",
    ),
    Told("R41", "ModuleNotFoundError: No module named 'sklearn'", first=False),
    Told("R43", "AttributeError: module 'tensorflow' has no attribute '__version__'", first=False),
    Told("R43", "ModuleNotFoundError: No module named 'tensorflow.keras'"),
    Told("R43", "ImportError: Keras requires TensorFlow 2.2 or higher.", first=False),
    Told("R44", "WARNING: Ignoring invalid distribution -ensorflow (/srv/.venv/lib/python3.8/site-packages)"),
    Told(
        "R46",
        "ERROR: Could not find a version that satisfies the requirement tensorflow==2.4.0 (from versions: 2.8.0rc0)",
    ),
    Told("R46", "ERROR: No matching distribution found for tensorflow==2.4.0"),
    Told(
        "R47",
        "W tensorflow/stream_executor/platform/default/dso_loader.cc:60] Could not load dynamic library "
        "'libcudart.so.11.0'; dlerror: libcudart.so.11.0: cannot open shared object file",
    ),
    Told("R47", "Ignore above cudart dlerror if you do not have a GPU set up on your machine."),
    Told("R48", "ImportError: Image transformations require SciPy. Install SciPy."),
    # --- files that hide a module ---
    Told(
        "R45",
        "AttributeError: partially initialized module 'tensorflow' has no attribute 'keras' (most likely due to a "
        "circular import)",
    ),
    Told("R45", "AttributeError: module 'tensorflow' has no attribute 'keras'", first=False),
    Told("R45", "ModuleNotFoundError: No module named 'keras.models'; 'keras' is not a package"),
    Told("R45", "ModuleNotFoundError: No module named 'keras.api'; 'keras' is not a package"),
    Told("R45", "AttributeError: module 'keras' has no attribute '__version__'"),
    Told("R45", "AttributeError: module 'numpy' has no attribute 'integer'"),
    Told("R45", "ImportError: initialization failed", first=False),
    Told("R45", "ImportError: cannot import name 'typing' from 'numpy' (/home/me/course/numpy.py)"),
    Told("R45", "ImportError: cannot import name SystemRandom"),
    Told("R45", "ImportError: cannot import name 'Random' from 'random' (/home/me/course/random.py)"),
    Told(
        "R45",
        "AttributeError: partially initialized module 'random' has no attribute 'randint' (most likely due to a "
        "circular import)",
    ),
    Told(
        "R45",
        "ImportError: cannot import name 'constant' from partially initialized module "
        "'tensorflow.python.framework.constant_op' (most likely due to a circular import)",
    ),
    Told(
        "R45",
        "ImportError: cannot import name 'keras' from partially initialized module 'tensorflow' (most likely due to a "
        "circular import)",
    ),
    Told("R45", "ModuleNotFoundError: No module named 'six.moves'; 'six' is not a package"),
    Told("R45", "AttributeError: module 'six' has no attribute 'text_type'"),
    Told("R45", "AttributeError: module 'logging' has no attribute 'CRITICAL'"),
    Told("R45", "ImportError: cannot import name 'DEBUG' from 'logging'"),
    Told("R45", "AttributeError: module 'inspect' has no attribute 'ArgSpec'"),
    Told("R45", "ImportError: cannot import name 'GenericAlias' from 'types'"),
    # --- other errors that many ask about ---
    Told("R46", "ERROR: No matching distribution found for tensorflow"),
    Told("R18", "AttributeError: module 'tensorflow.compat.v2.__internal__' has no attribute 'tf2'", first=False),
    Told(
        "R80",
        "ValueError: Your currently installed version of Keras is Keras 3, but this is not yet supported in "
        "Transformers. Please install the backwards-compatible tf-keras package with `pip install tf-keras`.",
    ),
    Told(
        "R81",
        "ValueError: Only instances of `keras.Layer` can be added to a Sequential model. Received: "
        "<tensorflow_hub.keras_layer.KerasLayer object at 0x7b1e7c0b5d20> (of type <class "
        "'tensorflow_hub.keras_layer.KerasLayer'>)",
    ),
    Told("R81", "ValueError: Only instances of keras.Layer can be added to a Sequential model"),
    Told("R83", "AttributeError: module 'numpy' has no attribute 'int'."),
    Told("R84", "AttributeError: module 'ml_dtypes' has no attribute 'float8_e4m3b11'"),
    Told("R85", "ValueError: Unrecognized keyword arguments: ['batch_shape']"),
    Told("R86", "ModuleNotFoundError: No module named 'tensorflow.keras.layers.experimental'"),
    Told("R86", "ModuleNotFoundError: No module named 'tensorflow.python.keras.preprocessing'"),
    Told("R86", "ImportError: cannot import name 'Adam' from 'keras.optimizers'"),
    Told("R86", "ModuleNotFoundError: No module named 'keras.wrappers'"),
    Told("R87", "AttributeError: module 'tensorflow' has no attribute 'placeholder'"),
    Told("R87", "AttributeError: module 'tensorflow' has no attribute 'Session'"),
    Told("R87", "AttributeError: module 'tensorflow' has no attribute 'contrib'"),
    Told(
        "R88",
        "ImportError: DLL load failed while importing _pywrap_tensorflow_internal: A dynamic link library (DLL) "
        "initialization routine failed.",
    ),
    Told("R88", "ImportError: DLL load failed while importing _pywrap_tensorflow_internal: 找不到指定的模块。"),
    Told(
        "R88",
        "ImportError: DLL load failed while importing _pywrap_tensorflow_internal: 动态链接库(DLL)初始化例程失败。",
    ),
    Told("R88", "ImportError: Could not find the DLL(s) 'msvcp140_1.dll'. TensorFlow requires that these DLLs be"),
    Told("R92", "ModuleNotFoundError: No module named 'tensorflow.python.framework'"),
    Told(
        "R32",
        "2021-11-21 10:00:00.123456: F tensorflow/core/platform/cpu_feature_guard.cc:37] The TensorFlow library was "
        "compiled to use AVX instructions, but these aren't available on your machine.",
    ),
    Told("R50", "ModuleNotFoundError: No module named 'tensorflow'"),
    # --- in other words ---
    Told(
        "R94",
        "ValueError: numpy.ndarray size changed, may indicate binary incompatibility. Expected 88 from C header, got "
        "80 from PyObject",
        first=False,
    ),
    Told("R31", "Process finished with exit code 132 (interrupted by signal 4: SIGILL)", first=False),
    Told("R86", "ImportError: cannot import name 'ImageDataGenerator' from 'keras.preprocessing.image'"),
    Told("R86", "ModuleNotFoundError: No module named 'keras.engine'"),
    Told("R83", "AttributeError: `np.unicode_` was removed in the NumPy 2.0 release.", first=False),
)
