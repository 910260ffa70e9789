"""Rules of environment variables that change which Keras or protobuf is used."""

from fcnn.environment.rules.model import Rule

_NO_KERAS = "ImportError: Keras cannot be imported. Check that it is installed."

VARIABLE_RULES = (
    Rule(
        id="R72",
        severity="error",
        package="keras",
        when={"tensorflow": "", "keras": ">=3"},
        condition="Keras without its backend",
        why="the environment variable KERAS_BACKEND is {value}, and what Keras {keras} needs for that is not there: it "
        "cannot be imported",
        symptoms=(_NO_KERAS, "ValueError: Unable to import backend : theano"),
        advice="remove the environment variable KERAS_BACKEND, or set it to tensorflow",
        evidence="measured: TensorFlow 2.21.0 and Keras 3.15 with jax, torch, numpy, openvino, theano and TensorFlow "
        "as its value, none of which was installed",
    ),
    Rule(
        id="R72",
        severity="warning",
        package="keras",
        when={"tensorflow": "", "keras": ">=3"},
        condition="Keras on another backend",
        why="the environment variable KERAS_BACKEND is {value}: Keras {keras} does not compute with TensorFlow",
        advice="remove the environment variable KERAS_BACKEND, or set it to tensorflow",
        evidence="read in Keras's documentation of its backends",
    ),
    Rule(
        id="R73",
        severity="error",
        package="tf-keras",
        when={"tensorflow": ">=2.16"},
        absent=("tf-keras",),
        condition="legacy Keras",
        why="the environment variable TF_USE_LEGACY_KERAS is {value}, and the tf-keras that it asks for is not "
        "installed: tf.keras cannot be imported",
        symptoms=(_NO_KERAS, "ModuleNotFoundError: No module named 'tf_keras'"),
        repair=("tf-keras=={line}.*",),
        evidence="measured: TensorFlow 2.18.1 and 2.21.0 with 1, true and True as its value; any other changes nothing",
    ),
    Rule(
        id="R74",
        severity="error",
        package="protobuf",
        when={"tensorflow": "", "protobuf": ">=4"},
        condition="protobuf's cpp",
        why="the environment variable PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION is {value}, which protobuf {protobuf} "
        "does not have: it cannot be imported",
        symptoms=(
            "ImportError: cannot import name '_message' from 'google.protobuf.pyext'",
            "is not supported. Please set to 'python', 'cpp' or 'upb'.",
        ),
        advice="remove the environment variable PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION",
        evidence="measured: protobuf 5.29.6 with TensorFlow 2.18.1, 7.36.2 with 2.21.0",
    ),
    *(
        Rule(
            id="R74",
            severity="note",
            package="protobuf",
            when=when,
            variables={"PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION": "python"},
            why="the environment variable PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION makes protobuf {protobuf} slow, and "
            "nothing here needs it",
            advice="remove the environment variable PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION",
            evidence="measured: works with protobuf 3.20.3, 5.29.6 and 7.36.2",
        )
        for when in ({"tensorflow": "", "protobuf": "<4"}, {"tensorflow": ">=2.12", "protobuf": ""})
    ),
    Rule(
        id="R48",
        severity="note",
        package="scipy",
        when={"tensorflow": ""},
        absent=("scipy",),
        why="without SciPy, which TensorFlow does not bring along, Keras's ImageDataGenerator cannot transform images",
        symptoms=("ImportError: Image transformations require SciPy. Install SciPy.",),
        repair=("scipy",),
        evidence="measured: TensorFlow 2.7.4 and 2.8.4",
    ),
)
