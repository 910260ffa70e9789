"""Rules of libraries beside Keras 3 and ml-dtypes: known by what is installed, and by what they print."""

from fcnn.environment.rules.model import Rule

_KERAS_3_IN_TRANSFORMERS = (
    "ValueError: Your currently installed version of Keras is Keras 3, but this is not yet supported in Transformers. "
    "Please install the backwards-compatible tf-keras package with `pip install tf-keras`."
)
_NOT_A_LAYER = "ValueError: Only instances of `keras.Layer` can be added to a Sequential model."
_COMPILED_FOR_NUMPY_1 = "A module that was compiled using NumPy 1.x cannot be run in NumPy 2.x as it may crash."

LEGACY_KERAS = 'run `pip install "tf-keras=={line}.*"` and set TF_USE_LEGACY_KERAS=1 before TensorFlow is imported'
_NOT_A_LAYER = "ValueError: Only instances of `keras.Layer` can be added to a Sequential model."
_COMPILED_FOR_NUMPY_1 = "A module that was compiled using NumPy 1.x cannot be run in NumPy 2.x as it may crash."

"""How Keras 2 is kept beside TensorFlow 2.16 and later."""

LIBRARY_RULES = (
    Rule(
        id="R80",
        severity="warning",
        package="keras",
        when={"transformers": "<5", "tensorflow": ">=2.15", "keras": ">=3"},
        absent=("tf-keras",),
        why="the TensorFlow models of transformers {transformers} need Keras 2, and tf-keras, which has it, is not "
        "installed",
        symptoms=(_KERAS_3_IN_TRANSFORMERS,),
        repair=("tf-keras=={line}.*",),
        evidence="read in transformers#27377, transformers#36410",
    ),
    Rule(
        id="R81",
        severity="note",
        package="tensorflow-hub",
        when={"tensorflow-hub": "", "tensorflow": ">=2.16", "keras": ">=3", "tf-keras": ""},
        variables={"TF_USE_LEGACY_KERAS": "1"},
        why="hub.KerasLayer fits into models of tf-keras, which TF_USE_LEGACY_KERAS=1 makes tf.keras, not into those "
        "of Keras {keras}",
        symptoms=(_NOT_A_LAYER,),
        evidence="read in tensorflow#63849, hub#920",
    ),
    Rule(
        id="R81",
        severity="warning",
        package="tensorflow-hub",
        when={"tensorflow-hub": "", "tensorflow": ">=2.16", "keras": ">=3"},
        why="hub.KerasLayer is a layer of Keras 2 and does not fit into a model of Keras {keras}",
        symptoms=(_NOT_A_LAYER,),
        advice=LEGACY_KERAS,
        evidence="read in tensorflow#63849, tensorflow#65419, hub#920",
    ),
    Rule(
        id="R84",
        severity="error",
        package="ml-dtypes",
        when={"tensorflow": ">=2.14,<2.15", "ml-dtypes": ">=0.3"},
        why="TensorFlow {tensorflow} uses a name that ml-dtypes removed in 0.3; {ml-dtypes} is there",
        symptoms=(
            "AttributeError: module 'ml_dtypes' has no attribute 'float8_e4m3b11'",
            "TypeError: Unable to convert function return value to a Python type! The signature was () -> handle",
        ),
        repair=("ml-dtypes",),
        evidence="measured: TensorFlow 2.14.1 with ml-dtypes 0.3.2, 0.4.1, 0.5.4 fails, with 0.2.0 works, and 2.13.1 "
        "works with 0.2.0, 0.3.2, 0.4.1 (0.5.4 not tried); ml_dtypes#101",
    ),
)
