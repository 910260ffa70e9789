"""Rules of compiled parts that cannot be loaded, or are not all there: known by their text alone."""

from fcnn.environment.rules.model import Rule

_COMPILED_FOR_NUMPY_1 = "A module that was compiled using NumPy 1.x cannot be run in NumPy 2.x as it may crash."


COMPILED_RULES = (
    Rule(
        id="R88",
        severity="error",
        package="tensorflow",
        scope="text",
        why="Windows cannot load TensorFlow's library: the Visual C++ runtime is missing or too old, or the processor "
        "lacks what TensorFlow needs",
        symptoms=(
            "ImportError: DLL load failed while importing _pywrap_tensorflow_internal: The specified module could not "
            "be found.",
            "ImportError: DLL load failed while importing _pywrap_tensorflow_internal: A dynamic link library (DLL) "
            "initialization routine failed.",
            "ImportError: DLL load failed while importing _pywrap_tensorflow_internal: 找不到指定的模块。",
            "ImportError: DLL load failed while importing _pywrap_tensorflow_internal: 动态链接库(DLL)初始化例程失败。",
            "ImportError: DLL load failed while importing _pywrap_tensorflow_internal",
            "ImportError: Could not find the DLL(s) 'msvcp140_1.dll'.",
            "ImportError: Could not find the DLL(s) 'msvcp140.dll or msvcp140_1.dll'.",
            "ModuleNotFoundError: No module named '_pywrap_tensorflow_internal'",
            "ImportError: DLL load failed: The specified module could not be found.",
            "ImportError: DLL load failed: 找不到指定的模块。",
            "ImportError: DLL load failed: A dynamic link library (DLL) initialization routine failed.",
            "ImportError: DLL load failed: 动态链接库(DLL)初始化例程失败。",
        ),
        advice="install the newest Microsoft Visual C++ Redistributable (2015-2022, x64) and start Windows again; if "
        "that does not help, see with `fcnn check-env` whether the processor has AVX",
        evidence="read in tensorflow#35618, tensorflow#50955, tensorflow#63082, tensorflow#77016",
    ),
    Rule(
        id="R92",
        severity="error",
        package="tensorflow",
        scope="text",
        why="parts of TensorFlow are missing or of another version: files of two installations are mixed, or a folder "
        "`tensorflow` of your own is in the way",
        symptoms=(
            "ModuleNotFoundError: No module named 'tensorflow.python'",
            "ModuleNotFoundError: No module named 'tensorflow.python.framework'",
            "ModuleNotFoundError: No module named 'tensorflow.python.tools'",
            "ModuleNotFoundError: No module named 'tensorflow.core.framework'",
            "ImportError: cannot import name 'LayerNormalization' from 'tensorflow.python.keras.layers.normalization'",
        ),
        advice="run `pip uninstall -y tensorflow tensorflow-cpu tensorflow-gpu tensorflow-intel`, delete what is left "
        "of the folder `tensorflow` in site-packages, and install TensorFlow again",
        evidence="read in tensorflow#25224, tensorflow#54401, keras-tcn#219",
    ),
    Rule(
        id="R93",
        severity="error",
        package="protobuf",
        when={"protobuf": ">=4"},
        scope="text",
        why="a package brings code generated for protobuf 3, which protobuf 4 and later refuse; TensorFlow is not the "
        "one to blame here",
        symptoms=(
            "TypeError: Descriptors cannot be created directly.",
            "TypeError: Descriptors cannot not be created directly.",
        ),
        advice="install a newer version of the package whose file (`..._pb2.py`) ends the traceback, or, where "
        'TensorFlow allows it (2.19 or earlier), run `pip install "protobuf==3.20.3"`',
        evidence="read in tensorflow#60460 and protobuf's news of 2022-05-06",
    ),
    *(
        Rule(
            id="R94",
            severity="error",
            package="numpy",
            when=when,
            scope="text",
            why=why,
            symptoms=symptoms,
            advice=advice,
            evidence=evidence,
        )
        for when, why, symptoms, advice, evidence in (
            (
                {"numpy": ">=2"},
                "a package that was compiled for NumPy 1 is loaded by NumPy 2",
                (
                    _COMPILED_FOR_NUMPY_1,
                    "AttributeError: _ARRAY_API not found",
                    "ValueError: numpy.dtype size changed, may indicate binary incompatibility. Expected 96 from C "
                    "header, got 88 from PyObject",
                    "ImportError: numpy.core.multiarray failed to import",
                ),
                "install a newer version of the package that the traceback ends in, or "
                '`pip install "numpy<2"` where the other packages allow it',
                "read in NumPy's own message and its migration guide for 2.0",
            ),
            (
                {"numpy": "<2"},
                "a package was compiled for a newer NumPy than the one that loads it",
                (
                    "ValueError: numpy.ndarray size changed, may indicate binary incompatibility. Expected 96 from C "
                    "header, got 88 from PyObject",
                    "ValueError: numpy.ufunc size changed, may indicate binary incompatibility. Expected 216 from C "
                    "header, got 192 from PyObject",
                ),
                "install a version of that package from the time of your NumPy, or, where TensorFlow allows it, a "
                "newer NumPy; then restart Python",
                "read in scikit-image#5270, recommenders#1562",
            ),
        )
    ),
)
