"""Rules of what TensorFlow is built on: h5py, gast, six, wrapt, ml-dtypes, ..."""

from fcnn.environment.rules.model import Rule

DEPENDENCY_RULES = (
    Rule(
        id="R22",
        severity="warning",
        package="h5py",
        when={"tensorflow": "<2.5", "h5py": ">=3"},
        why="TensorFlow {tensorflow} saves .h5 models with h5py {h5py} but cannot load them",
        symptoms=("AttributeError: 'str' object has no attribute 'decode'",),
        repair=("h5py",),
        evidence="measured: TensorFlow 2.4.0 with h5py 3.1.0, 3.11.0; tensorflow#44467",
    ),
    Rule(
        id="R23",
        severity="error",
        package="h5py",
        when={"h5py": "<3", "numpy": ">=1.24", "tensorflow": "<2.5"},
        why="h5py {h5py} uses np.typeDict, which NumPy removed in 1.24, and TensorFlow imports h5py",
        symptoms=("AttributeError: module 'numpy' has no attribute 'typeDict'",),
        repair=("numpy",),
        evidence="measured: h5py 2.10.0 with NumPy 1.24.4",
    ),
    Rule(
        id="R23",
        severity="error",
        package="h5py",
        when={"h5py": "<3", "numpy": ">=1.24"},
        why="h5py {h5py} uses np.typeDict, which NumPy removed in 1.24, and TensorFlow imports h5py",
        symptoms=("AttributeError: module 'numpy' has no attribute 'typeDict'",),
        repair=("h5py",),
        evidence="measured: h5py 2.10.0 with NumPy 1.24.4, alone and under TensorFlow 2.9.3",
    ),
    Rule(
        id="R35",
        severity="note",
        package="h5py",
        when={"h5py": "<3", "numpy": ">=1.20,<1.24"},
        why="h5py {h5py} may warn beside NumPy {numpy} that numpy.ndarray changed its size; that does no harm",
        symptoms=(
            "RuntimeWarning: numpy.ndarray size changed, may indicate binary incompatibility. Expected 80 from C "
            "header, got 88 from PyObject",
        ),
        evidence="measured: h5py 2.10.0 with NumPy 1.20.3, 1.21.6, 1.22.4, 1.23.5; on NumPy 1.19.5 SciPy 1.5.4 to "
        "1.10.1, scikit-learn 0.24.2 to 1.3.2 and h5py 2.10 to 3.11 say nothing at all",
    ),
    Rule(
        id="R24",
        severity="warning",
        package="gast",
        when={"tensorflow": ">=2.4,<2.5", "gast": ">=0.4"},
        why="AutoGraph of TensorFlow {tensorflow} cannot read gast {gast}: loops and conditions on tensors "
        "in a tf.function fail; Keras's own fit works",
        symptoms=(
            "WARNING:tensorflow:AutoGraph could not transform ... Cause: module 'gast' has no attribute 'Index'",
            "OperatorNotAllowedInGraphError: iterating over `tf.Tensor` is not allowed",
        ),
        repair=("gast",),
        evidence="measured: TensorFlow 2.4.0 with gast 0.4.0, 0.5.5, 0.7.0",
    ),
    *(
        Rule(
            id="R28",
            severity="warning",
            package="wrapt",
            when={"tensorflow": versions, "typing-extensions": ">=4.6", "wrapt": "<2.2"},
            scope=scope,
            why="TensorFlow {tensorflow} with wrapt {wrapt} and typing-extensions {typing-extensions} "
            "cannot return a module with a dictionary in it from a tf.function",
            symptoms=("TypeError: this __dict__ descriptor does not support '_DictWrapper' objects",),
            repair=(repair,),
            evidence="measured: TensorFlow 2.14.1 (Python 3.9, 3.11), 2.15.1, 2.16.2 (3.10, 3.11), 2.18.1, 2.20.0, "
            "2.21.0 with typing-extensions 4.16.0 and wrapt 1.14.2 or 1.17.3, 2.14.1 and 2.21.0 with wrapt 2.0.1, "
            "2.21.0 with 2.1.2; wrapt 2.2.0 and 2.5.2 work, the latter with 2.14.1 and 2.15.1, too, whose "
            "typing-extensions must be newer than 4.5.0 for grpcio; 2.9.3, 2.12.1, 2.13.1 work with any; "
            "tensorflow#60687, tensorflow#62217",
        )
        for versions, scope, repair in (
            # installers refuse a list with wrapt 2 beside 2.14 or 2.15, and find an older grpcio for it
            (">=2.14,<2.16", "plan", "typing-extensions"),
            (">=2.14", "any", "wrapt"),
        )
    ),
    Rule(
        id="R24",
        severity="warning",
        package="gast",
        when={"tensorflow": ">=2.5", "gast": ">=0.5,<0.5.3"},
        why="AutoGraph of TensorFlow {tensorflow} cannot read gast {gast}: loops and conditions on tensors "
        "in a tf.function fail; Keras's own fit works",
        symptoms=(
            "OperatorNotAllowedInGraphError: Iterating over a symbolic `tf.Tensor` is not allowed",
            "OperatorNotAllowedInGraphError: iterating over `tf.Tensor` is not allowed",
        ),
        repair=("gast",),
        evidence="measured: TensorFlow 2.8.4, 2.13.1, 2.14.1 with gast 0.5.1; 0.4.0, 0.5.5 and 0.7.0 work",
    ),
    *(
        Rule(
            id="R25",
            severity="note",
            package="gast",
            when={"tensorflow": tensorflow, "gast": gast},
            why="TensorFlow {tensorflow} asks for another gast than {gast}; it works all the same",
            evidence="measured: TensorFlow 2.5.3 with gast 0.5.5, 2.6.5 with 0.3.3, 0.5.5, 2.10.1, 2.13.1 with 0.7.0",
        )
        for tensorflow, gast in (
            (">=2.5,<2.7", "<0.4.0"),
            (">=2.5,<2.7", ">0.4.0"),
            (">=2.7,<2.8", ">=0.5"),
            (">=2.9,<2.14", ">0.4.0"),
        )
    ),
    Rule(
        id="R29",
        severity="warning",
        package="setuptools",
        when={"setuptools": ">=82", "tensorboard": "<2.21"},
        why="the `tensorboard` command needs pkg_resources, which setuptools removed in 82; TensorFlow itself works",
        symptoms=("ModuleNotFoundError: No module named 'pkg_resources'",),
        repair=("setuptools",),
        evidence="measured: tensorboard 2.15.2, 2.19.0, 2.20.0 with setuptools 84.2.1; 81.0.0 works; tensorboard#7107",
    ),
    *(
        Rule(
            id="R30",
            severity="error",
            package="ml-dtypes",
            when={"ml-dtypes": ">=0.6", "numpy": "<1.25", **more},
            why="ml-dtypes {ml-dtypes}, which TensorFlow imports, uses numpy.exceptions, and NumPy {numpy} does not "
            "have that yet",
            symptoms=("AttributeError: module 'numpy' has no attribute 'exceptions'",),
            repair=(repair,),
            evidence="measured: ml-dtypes 0.6.0 with NumPy 1.23.5, 1.24.4 under TensorFlow 2.16.2, 2.18.1, 2.20.0, "
            "2.21.0; 0.4.1, 0.5.1 and 0.5.4 work with them",
        )
        for more, repair in (({"tensorflow": ">=2.14"}, "numpy"), ({"tensorflow": "<2.14"}, "ml-dtypes"))
    ),
    *(
        Rule(
            id="R30",
            severity="error",
            package="ml-dtypes",
            when=when,
            why="TensorFlow {tensorflow} needs a newer ml-dtypes than {ml-dtypes}",
            symptoms=(symptom,),
            repair=("ml-dtypes",),
            evidence=evidence,
        )
        for when, symptom, evidence in (
            (
                {"tensorflow": ">=2.20,<2.21", "ml-dtypes": "<0.5"},
                "AttributeError: module 'ml_dtypes' has no attribute 'int2'",
                "measured: TensorFlow 2.20.0 with ml-dtypes 0.4.1",
            ),
            (
                {"tensorflow": ">=2.21", "ml-dtypes": "<0.5"},
                "AttributeError: module 'ml_dtypes' has no attribute 'float4_e2m1fn'",
                "measured: TensorFlow 2.21.0 with ml-dtypes 0.4.1",
            ),
            (
                {"tensorflow": ">=2.15,<2.20", "ml-dtypes": "<0.2"},
                "AttributeError: module 'ml_dtypes' has no attribute 'float8_e4m3b11fnuz'",
                "measured: TensorFlow 2.16.2 with ml-dtypes 0.1.0, 2.15.1 with 0.2.0 works; 2.15 to 2.19 use that name",
            ),
            (
                {"tensorflow": ">=2.18,<2.20", "ml-dtypes": "<0.4", "numpy": ">=2"},
                "ImportError: numpy.core.umath failed to import",
                "measured: TensorFlow 2.18.1 with ml-dtypes 0.3.2 and NumPy 2.0.2",
            ),
        )
    ),
)
