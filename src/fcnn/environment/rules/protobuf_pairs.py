"""Rules of TensorFlow beside protobuf."""

from fcnn.environment.rules.model import Rule

PROTOBUF_RULES = (
    Rule(
        id="R07",
        severity="warning",
        package="protobuf",
        when={"tensorflow": "<2.12", "protobuf": ">=4,<5"},
        variables={"PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION": "python"},
        why="protobuf {protobuf} works beside TensorFlow {tensorflow} only as long as "
        "PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION=python is set, and slowly",
        symptoms=("TypeError: Descriptors cannot be created directly.",),
        repair=("protobuf",),
        evidence="measured: TensorFlow 2.4.0 with protobuf 4.21.12 and that variable; 5.29.6 fails even so",
    ),
    Rule(
        id="R07",
        severity="error",
        package="protobuf",
        when={"tensorflow": "<2.12", "protobuf": ">=4,<4.22"},
        why="protobuf 4 and later refuse the generated code that TensorFlow {tensorflow} brings",
        symptoms=("TypeError: Descriptors cannot not be created directly.",),
        repair=("protobuf",),
        evidence="measured: TensorFlow 2.4.0 to 2.11.1 with protobuf 4.21.12 (it says `not` twice); tensorflow#56266",
    ),
    Rule(
        id="R07",
        severity="error",
        package="protobuf",
        when={"tensorflow": "<2.12", "protobuf": ">=4"},
        why="protobuf 4 and later refuse the generated code that TensorFlow {tensorflow} brings",
        symptoms=("TypeError: Descriptors cannot be created directly.",),
        repair=("protobuf",),
        evidence="measured: TensorFlow 2.4.0 to 2.11.1 with protobuf 4.25 and 5.29.6; the fix too",
    ),
    Rule(
        id="R08",
        severity="note",
        package="protobuf",
        when={"tensorflow": ">=2.6.5,<2.12", "protobuf": ">=3.20,<4"},
        why="TensorFlow {tensorflow} asks for protobuf below 3.20; {protobuf} works all the same",
        evidence="measured: TensorFlow 2.6.5 to 2.11.1 with protobuf 3.20.3",
    ),
    Rule(
        id="R09",
        severity="error",
        package="protobuf",
        when={"tensorflow": ">=2.12,<2.20", "protobuf": "<3.20"},
        why="TensorFlow {tensorflow} needs a module that protobuf {protobuf} does not have yet",
        symptoms=("ImportError: cannot import name 'builder' from 'google.protobuf.internal'",),
        repair=("protobuf",),
        evidence="measured: TensorFlow 2.12.1, 2.13.1 with protobuf 3.19.6",
    ),
    Rule(
        id="R09",
        severity="error",
        package="protobuf",
        when={"tensorflow": "<2.12", "protobuf": "<3.7"},
        why="TensorFlow {tensorflow} calls what protobuf {protobuf} does not have yet, at the first fit",
        symptoms=("AttributeError: 'RepeatedCompositeFieldContainer' object has no attribute 'append'",),
        repair=("protobuf",),
        evidence="measured: TensorFlow 2.4.0 with protobuf 3.6.1; 3.9.2 works",
    ),
    Rule(
        id="R10",
        severity="error",
        package="protobuf",
        when={"tensorflow": ">=2.20,<2.21", "protobuf": "<5.27"},
        why="TensorFlow {tensorflow} needs a module that protobuf {protobuf} does not have yet",
        symptoms=("ImportError: cannot import name 'runtime_version' from 'google.protobuf'",),
        repair=("protobuf",),
        evidence="measured: TensorFlow 2.20.0 with protobuf 3.20.3, 4.25.8, 5.26.1; 5.29.6 to 7.36.2 work",
    ),
    Rule(
        id="R11",
        severity="error",
        package="protobuf",
        when={"tensorflow": ">=2.21", "protobuf": "<5.27"},
        why="TensorFlow {tensorflow} brings code generated for protobuf 6.31.1; protobuf {protobuf} is older",
        symptoms=("ImportError: cannot import name 'runtime_version' from 'google.protobuf'",),
        repair=("protobuf",),
        evidence="measured: TensorFlow 2.21.0 with protobuf 4.25.8",
    ),
    Rule(
        id="R11",
        severity="error",
        package="protobuf",
        when={"tensorflow": ">=2.21", "protobuf": "<6.31.1"},
        why="TensorFlow {tensorflow} brings code generated for protobuf 6.31.1; protobuf {protobuf} is older",
        symptoms=(
            "google.protobuf.runtime_version.VersionError: Detected incompatible Protobuf Gencode/Runtime "
            "versions when loading tensorflow/core/framework/attr_value.proto: gencode 6.31.1 runtime "
            "5.29.6. Runtime version cannot be older than the linked gencode version.",
        ),
        repair=("protobuf",),
        evidence="measured: TensorFlow 2.21.0 with protobuf 5.29.6, 6.30.2, 6.31.0; 6.33.0 and 7.36.2 work",
    ),
    Rule(
        id="R11",
        severity="error",
        package="protobuf",
        when={"tensorflow": ">=2.20,<2.21", "protobuf": ">=5.27,<5.28"},
        why="TensorFlow {tensorflow} brings code generated for protobuf 5.28.3; protobuf {protobuf} is older",
        symptoms=(
            "google.protobuf.runtime_version.VersionError: Detected incompatible Protobuf Gencode/Runtime "
            "versions when loading tensorflow/core/framework/attr_value.proto: gencode 5.28.3 runtime "
            "5.27.5. Runtime version cannot be older than the linked gencode version.",
        ),
        repair=("protobuf",),
        evidence="measured: TensorFlow 2.20.0 with protobuf 5.27.5",
    ),
    Rule(
        id="R12",
        severity="note",
        package="protobuf",
        when={"tensorflow": ">=2.14,<2.20", "protobuf": ">=6"},
        why="protobuf {protobuf} makes TensorFlow {tensorflow} print a harmless message on import",
        symptoms=("AttributeError: 'MessageFactory' object has no attribute 'GetPrototype'",),
        repair=("protobuf",),
        evidence="measured: TensorFlow 2.14.1, 2.16.2, 2.17.1, 2.18.1, 2.19.1 with protobuf 6.33.0, 2.15.1, 2.18.1 "
        "with 7.36.2; tensorflow#109469",
    ),
    Rule(
        id="R13",
        severity="note",
        package="protobuf",
        when={"tensorflow": ">=2.12,<2.18", "protobuf": ">=5,<6"},
        why="TensorFlow {tensorflow} asks for protobuf below 5; {protobuf} works all the same",
        evidence="measured: TensorFlow 2.12.1, 2.13.1, 2.15.1, 2.17.1 with protobuf 5.29.6",
    ),
)
