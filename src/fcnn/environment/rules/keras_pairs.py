"""Rules of Keras beside TensorFlow: until 2.15 they must be of one line, from 2.16 on Keras 3 takes over."""

from fcnn.environment.rules.model import Rule

_ALIEN_SYMPTOMS = (
    # TensorFlow, Keras, what one sees
    (">=2.6,<2.7", ">=2.7,<2.8", "AlreadyExistsError: Another metric with the same name already exists."),
    (
        ">=2.7,<2.8",
        ">=2.8,<2.9",
        "AttributeError: module 'tensorflow.compat.v2.__internal__.distribute' has no attribute "
        "'strategy_supports_no_merge_call'",
    ),
    (
        ">=2.6,<2.9",
        ">=2.9,<3",
        "ImportError: cannot import name 'dtensor' from 'tensorflow.compat.v2.experimental'",
    ),
    (">=2.9,<2.10", ">=2.10,<2.11", "ModuleNotFoundError: No module named 'tensorflow.python.trackable'"),
    (
        ">=2.10,<2.11",
        ">=2.11,<2.12",
        "AttributeError: module 'tensorflow.compat.v2.__internal__' has no attribute 'register_load_context_function'",
    ),
    (
        ">=2.10,<2.12",
        ">=2.12,<3",
        "ImportError: cannot import name 'type_spec_registry' from 'tensorflow.python.framework'",
    ),
    (
        ">=2.12,<2.13",
        ">=2.13,<2.14",
        "TypeError: _variable_v1_call() got an unexpected keyword argument 'experimental_enable_variable_lifting'",
    ),
    (">=2.13,<2.14", ">=2.14,<3", "SymbolAlreadyExposedError: Symbol Zeros is already exposed as ()."),
)

KERAS_RULES = (
    *(
        Rule(
            id="R14",
            severity="error",
            package="keras",
            when={"tensorflow": tensorflow, "keras": keras},
            why="Keras {keras} is newer than TensorFlow {tensorflow}: tf.keras is that Keras, and calls "
            "what this TensorFlow does not have yet",
            symptoms=(symptom,),
            repair=("keras",),
            evidence="measured: one or more pairs of these lines fail at the first use of tf.keras, or on import",
        )
        for tensorflow, keras, symptom in _ALIEN_SYMPTOMS
    ),
    Rule(
        id="R14",
        severity="error",
        package="keras",
        when={"tensorflow": ">=2.6,<2.15", "keras": ">=3"},
        why="tf.keras of TensorFlow {tensorflow} is the package Keras 2, and Keras {keras} lacks what it imports",
        symptoms=("ModuleNotFoundError: No module named 'keras.api._v2'",),
        repair=("keras",),
        evidence="measured: TensorFlow 2.12.1, 2.14.1 with Keras 3.5.0",
    ),
    Rule(
        id="R14",
        severity="error",
        package="keras",
        when={"tensorflow": ">=2.6,<2.14", "keras": ">={next_line}"},
        why="Keras {keras} is newer than TensorFlow {tensorflow}: tf.keras is that Keras, and calls what this "
        "TensorFlow does not have yet",
        symptoms=("AttributeError: module 'tensorflow.compat.v2.__internal__' has no attribute ...",),
        repair=("keras",),
        evidence="every newer Keras that was measured fails (nine pairs), except 2.15 beside 2.14",
    ),
    *(
        Rule(
            id="R15",
            severity="note",
            package="keras",
            when={"tensorflow": tensorflow, "keras": keras},
            why="Keras {keras} is not of the line of TensorFlow {tensorflow}; it works, and is better aligned when "
            "convenient",
            repair=("keras",),
            evidence=evidence,
        )
        for tensorflow, keras, evidence in (
            (
                ">=2.6,<2.10",
                ">=2.6,<{line}",
                "measured: TensorFlow 2.7 with Keras 2.6, 2.8.4 with 2.7 and 2.6, 2.9.3 with 2.8, 2.7 and 2.6",
            ),
            (
                ">=2.10,<2.12",
                ">=2.9,<{line}",
                "measured: TensorFlow 2.10.1 with Keras 2.9, 2.11.1 with 2.10 and 2.9",
            ),
            (
                ">=2.12,<2.16",
                ">=2.12,<{line}",
                "measured: TensorFlow 2.13 with Keras 2.12, 2.14.1 with 2.13 and 2.12, 2.15.1 with 2.14, 2.13 and 2.12",
            ),
            (">=2.14,<2.15", ">=2.15,<3", "measured: TensorFlow 2.14.1 with Keras 2.15.0"),
        )
    ),
    *(
        Rule(
            id="R16",
            severity="error",
            package="keras",
            when={"tensorflow": tensorflow, "keras": keras},
            why="tf.keras of TensorFlow {tensorflow} is the package Keras {line}, and {keras} is too old for it",
            symptoms=(symptom,),
            repair=("keras",),
            evidence=evidence,
        )
        for tensorflow, keras, symptom, evidence in (
            (
                ">=2.6,<2.7",
                "<2.6",
                "ModuleNotFoundError: No module named 'keras.api'",
                "measured: TensorFlow 2.6.5 with Keras 2.4.3",
            ),
            (
                ">=2.7,<2.16",
                "<2.6",
                "ImportError: Keras requires TensorFlow 2.2 or higher. Install TensorFlow via `pip install tensorflow`",
                "measured: TensorFlow 2.10.1, 2.13.1 with Keras 2.4.3 (the text misleads: it is a circular import)",
            ),
            (
                ">=2.10,<2.12",
                "<2.9",
                "AttributeError: module 'tensorflow.compat.v2.__internal__.tracking' has no attribute 'TrackableSaver'",
                "measured: TensorFlow 2.10.1 with Keras 2.6.0, 2.7.0, 2.8.0",
            ),
            (
                ">=2.12,<2.16",
                "<2.12",
                "TypeError: Descriptors cannot be created directly.",
                "measured: TensorFlow 2.12.1 with Keras 2.11.0, 2.10.0, and 2.13.1 with 2.10.0, protobuf 4.25",
            ),
        )
    ),
    Rule(
        id="R17",
        severity="error",
        package="keras",
        when={"tensorflow": ">=2.6,<3"},
        absent=("keras", "keras-nightly"),
        why="tf.keras of TensorFlow {tensorflow} is the separate package Keras, which is not installed",
        symptoms=("ModuleNotFoundError: No module named 'keras'",),
        repair=("keras",),
        evidence="measured: TensorFlow 2.6.5, 2.10.1, 2.13.1 (`import tensorflow` itself works)",
    ),
    *(
        Rule(
            id="R18",
            severity="warning",
            package="keras",
            when={"tensorflow": ">=2.4,<2.5", "keras": keras},
            why="`import keras` fails: Keras {keras} needs a newer TensorFlow than {tensorflow}; tf.keras works",
            symptoms=(symptom,),
            repair=("keras",),
            evidence="measured: TensorFlow 2.4.0 with Keras 2.6.0, 2.8.0, 2.10.0, 2.13.1; Mask_RCNN#2637",
        )
        for keras, symptom in (
            (
                ">=2.5,<2.9",
                "ImportError: cannot import name 'get_config' from 'tensorflow.python.eager.context'",
            ),
            (
                ">=2.9",
                "AttributeError: module 'tensorflow.compat.v2.__internal__' has no attribute 'dispatch'",
            ),
        )
    ),
    *(
        Rule(
            id="R19",
            severity="warning",
            package="keras",
            when={"tensorflow": ">=2.5,<2.6", "keras": keras},
            why="`import keras` fails: TensorFlow {tensorflow} brings its own Keras as keras-nightly, and "
            "keras {keras} was installed over it; tf.keras works",
            symptoms=(symptom,),
            uninstall=("keras", "keras-nightly"),
            repair=("keras-nightly",),
            evidence="measured: TensorFlow 2.5.3 with keras 2.4.3, 2.10.0 (the fix was not run)",
        )
        for keras, symptom in (
            (
                "<2.5",
                "AttributeError: module 'keras.utils.generic_utils' has no attribute "
                "'populate_dict_with_module_objects'",
            ),
            (
                "",
                "AttributeError: module 'tensorflow.compat.v2.__internal__' has no attribute "
                "'register_clear_session_function'",
            ),
        )
    ),
    *(
        Rule(
            id="R20",
            severity=severity,
            package="keras",
            when={"tensorflow": ">=2.16", "keras": "<3", **more},
            variables=variables,
            why=why,
            symptoms=(
                "AttributeError: module 'tensorflow._api.v2.compat.v2.__internal__' has no attribute "
                "'register_load_context_function'",
            ),
            repair=("keras",),
            evidence="measured: TensorFlow 2.16.2, 2.17.1, 2.18.1 with Keras 2.15.0 (tf-keras only read of)",
        )
        for severity, more, variables, why in (
            (
                "note",
                {"tf-keras": ""},
                {"TF_USE_LEGACY_KERAS": "1"},
                "Keras {keras} is too old for TensorFlow {tensorflow}, but TF_USE_LEGACY_KERAS=1 makes "
                "tf-keras its tf.keras",
            ),
            (
                "error",
                {},
                {},
                "tf.keras of TensorFlow {tensorflow} is Keras 3; Keras {keras} calls what it no longer has",
            ),
        )
    ),
    *(
        Rule(
            id="R76",
            severity=severity,
            package="tf-keras",
            when={"tensorflow": ">=2.15", "tf-keras": versions},
            condition="tf_keras_pinned",
            scope=scope,
            why=why,
            repair=("tf-keras=={line}.*",),
            evidence="measured: uv refuses tf-keras 2.18.0 (tensorflow>=2.18,<2.19) beside tensorflow 2.17.0",
        )
        for severity, scope, why in (
            (
                "error",
                "plan",
                "tf-keras {tf-keras} asks for a TensorFlow of its own line, so that it cannot be installed beside "
                "TensorFlow {tensorflow}",
            ),
            ("warning", "any", "tf-keras {tf-keras} is made for a TensorFlow of its own line, not for {tensorflow}"),
        )
        for versions in (">={next_line}", "<{line}")
    ),
    Rule(
        id="R21",
        severity="warning",
        package="keras",
        when={"tensorflow": ">=2.15,<2.16", "keras": ">=3"},
        why="TensorFlow {tensorflow} works with Keras {keras}, but its tf.keras silently becomes Keras 3",
        repair=("keras",),
        evidence="measured: TensorFlow 2.15.1 with Keras 3.5.0, 3.15.1",
    ),
)
