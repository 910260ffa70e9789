"""Rules of code and of saved models that were made for other versions: known by their text alone."""

from fcnn.environment.rules.libraries import LEGACY_KERAS
from fcnn.environment.rules.model import Rule

CODE_RULES = (
    *(
        Rule(
            id="R83",
            severity="error",
            package="numpy",
            when={"numpy": numpy},
            scope="text",
            why=why,
            symptoms=symptoms,
            advice=advice,
            evidence=evidence,
        )
        for numpy, why, symptoms, advice, evidence in (
            (
                ">=1.24",
                "the code uses a name such as np.object or np.int, which NumPy removed in 1.24",
                (
                    *(
                        f"AttributeError: module 'numpy' has no attribute '{name}'"
                        for name in ("object", "bool", "int", "float", "complex", "str")
                    ),
                    "FutureWarning: In the future `np.bool` will be defined as the corresponding NumPy scalar.",
                ),
                "in your own code write object, bool, int, float, complex or str without `np.`; where it is the code "
                "of a package, install a newer version of that package",
                "read in NumPy's release notes for 1.20 and 1.24",
            ),
            (
                ">=2",
                "the code uses a name that NumPy removed in 2.0",
                (
                    "AttributeError: `np.float_` was removed in the NumPy 2.0 release.",
                    "AttributeError: `np.unicode_` was removed in the NumPy 2.0 release.",
                    "AttributeError: `np.sctypes` was removed in the NumPy 2.0 release.",
                    "AttributeError: module 'numpy' has no attribute 'product'",
                ),
                "in your own code write what the message proposes; where it is the code of a package, install a newer "
                "version of that package",
                "read in NumPy's migration guide for 2.0",
            ),
        )
    ),
    *(
        Rule(
            id="R85",
            severity="error",
            package="keras",
            when={"keras": keras},
            scope="text",
            why=why,
            symptoms=symptoms,
            advice=advice,
            evidence=evidence,
        )
        for keras, why, symptoms, advice, evidence in (
            (
                "<3",
                "the model was saved by Keras 3 and is loaded by Keras 2, which does not know its form",
                (
                    "ValueError: Unrecognized keyword arguments: ['batch_shape']",
                    "TypeError: Could not deserialize class 'Functional' because its parent module "
                    "keras.src.models.functional cannot be imported.",
                    "TypeError: Could not deserialize class 'Sequential' because its parent module "
                    "keras.src.models.sequential cannot be imported.",
                ),
                "load it with the Keras that saved it (TensorFlow 2.16 or later), or save there only the weights, and "
                "build the model by code here",
                "read in tensorflow#64685, tensorflow#66381",
            ),
            (
                ">=3",
                "the model was saved by Keras 2 and is loaded by Keras 3, which does not read all of it",
                (
                    "TypeError: Could not deserialize class 'Functional' because its parent module "
                    "keras.src.engine.functional cannot be imported.",
                    "TypeError: Could not deserialize class 'Sequential' because its parent module "
                    "keras.src.engine.sequential cannot be imported.",
                    "ValueError: Unrecognized keyword arguments passed to DepthwiseConv2D: {'groups': 1}",
                    "Keras 3 only supports V3 `.keras` files and legacy H5 format files (`.h5` extension).",
                ),
                LEGACY_KERAS + ", or load it with the TensorFlow that saved it (2.15 or earlier)",
                "read in keras#19089, keras#19151",
            ),
        )
    ),
    *(
        Rule(
            id="R86",
            severity="error",
            package="tensorflow",
            scope="text",
            when=when,
            why=why,
            symptoms=symptoms,
            advice=advice,
            evidence=evidence,
        )
        for when, why, symptoms, advice, evidence in (
            (
                {"tensorflow": ">=2.16"},
                "the layers of tensorflow.keras.layers.experimental have moved: TensorFlow 2.16 and later no longer "
                "have that module",
                (
                    "ModuleNotFoundError: No module named 'tensorflow.keras.layers.experimental'",
                    "ModuleNotFoundError: No module named 'keras.layers.experimental'",
                    "ModuleNotFoundError: No module named 'keras.layers.preprocessing'",
                ),
                "import the layers from tensorflow.keras.layers (`from tensorflow.keras.layers import Rescaling`); "
                "where it is the code of a package, install a newer version of it",
                "read in autokeras#1904, tensorflow#64349",
            ),
            (
                {"tensorflow": ">=2.8"},
                "the code imports from tensorflow.python.keras, an inner copy that TensorFlow cut down in 2.8",
                (
                    "ModuleNotFoundError: No module named 'tensorflow.python.keras.preprocessing'",
                    "ModuleNotFoundError: No module named 'tensorflow.python.keras'",
                ),
                "write tensorflow.keras in place of tensorflow.python.keras",
                "read in colabtools#2623",
            ),
            (
                {},
                "the code imports from the package keras a name that is not there in this version of it",
                (
                    "ImportError: cannot import name 'Adam' from 'keras.optimizers'",
                    "ImportError: cannot import name 'to_categorical' from 'keras.utils'",
                    "ImportError: cannot import name 'np_utils' from 'keras.utils'",
                    "ModuleNotFoundError: No module named 'keras.utils.np_utils'",
                    "ModuleNotFoundError: No module named 'keras_preprocessing'",
                    "ImportError: cannot import name 'ImageDataGenerator' from 'keras.preprocessing.image'",
                    "ImportError: cannot import name 'pad_sequences' from 'keras.preprocessing.sequence'",
                    "ModuleNotFoundError: No module named 'keras.preprocessing.image'",
                    "ModuleNotFoundError: No module named 'keras.engine'",
                    "ModuleNotFoundError: No module named 'keras.layers.core'",
                ),
                "import it from tensorflow.keras (`from tensorflow.keras.optimizers import Adam`, "
                "`from tensorflow.keras.utils import to_categorical`)",
                "read in ssd-keras#22, ml-class#76, keras#18363",
            ),
            (
                {},
                "the wrappers for scikit-learn were removed from Keras; they live on in the package scikeras",
                (
                    "ModuleNotFoundError: No module named 'keras.wrappers'",
                    "ModuleNotFoundError: No module named 'tensorflow.keras.wrappers'",
                    "ModuleNotFoundError: No module named 'keras.wrappers.scikit_learn'",
                    "ModuleNotFoundError: No module named 'tensorflow.keras.wrappers.scikit_learn'",
                ),
                "run `pip install scikeras` and write `from scikeras.wrappers import KerasClassifier`",
                "read in keras#19747, adapt#118",
            ),
        )
    ),
    Rule(
        id="R87",
        severity="error",
        package="tensorflow",
        when={"tensorflow": ">=2"},
        scope="text",
        why="the code was written for TensorFlow 1 and uses what TensorFlow 2 no longer has under that name",
        symptoms=(
            *(
                f"AttributeError: module 'tensorflow' has no attribute '{name}'"
                for name in (
                    "placeholder",
                    "Session",
                    "contrib",
                    "get_default_graph",
                    "global_variables_initializer",
                    "ConfigProto",
                    "InteractiveSession",
                    "get_variable",
                    "variable_scope",
                    "reset_default_graph",
                    "set_random_seed",
                    "app",
                    "flags",
                    "layers",
                    "log",
                )
            ),
            "ModuleNotFoundError: No module named 'tensorflow.contrib'",
            "ModuleNotFoundError: No module named 'tensorflow.examples'",
            "RuntimeError: tf.placeholder() is not compatible with eager execution.",
        ),
        advice="write `import tensorflow.compat.v1 as tf` and `tf.disable_v2_behavior()` in place of `import "
        "tensorflow as tf`, or rewrite the code for TensorFlow 2; tf.contrib is gone for good",
        evidence="read in tensorflow#28512, models#7036",
    ),
)
