"""Rules of what TensorFlow, Keras and the scientific stack import themselves, and what stops where one is missing."""

from fcnn.environment.rules.model import Rule

_SMALL = "metadata: small packages are told"
_TINY = "metadata: tiny packages are told"
_ALL = "measured: TensorFlow 2.4.0, 2.10.1, 2.15.1, 2.21.0 without it"

_IMPORTED = (
    # package, module, TensorFlow, when it can be told, evidence
    ("absl-py", "absl", ">=2.4", _SMALL, _ALL),
    ("astunparse", "astunparse", ">=2.4", _TINY, _ALL),
    ("flatbuffers", "flatbuffers", ">=2.4", _SMALL, _ALL),
    ("gast", "gast", ">=2.4", _SMALL, _ALL),
    ("ml-dtypes", "ml_dtypes", ">=2.14", _SMALL, "measured: TensorFlow 2.15.1, 2.21.0 without it"),
    ("numpy", "numpy", ">=2.4", _SMALL, _ALL),
    ("opt-einsum", "opt_einsum", ">=2.4", _TINY, _ALL),
    # Up to 2.20 a setuptools that is there helps out with its own copy
    ("packaging", "packaging", ">=2.21", _TINY, "measured: TensorFlow 2.21.0 without it; 2.10.1 and 2.15.1 work"),
    ("requests", "requests", ">=2.9", _TINY, "measured: TensorFlow 2.10.1, 2.13.1, 2.21.0 without it"),
    ("six", "six", ">=2.4,<2.5", "", "measured: TensorFlow 2.4.0 without it"),
    ("six", "six", ">=2.5", _SMALL, _ALL),
    ("termcolor", "termcolor", ">=2.4", _TINY, _ALL),
    # Likewise up to 2.13
    ("typing-extensions", "typing_extensions", ">=2.14", _SMALL, "measured: TensorFlow 2.15.1, 2.21.0; 2.10.1 works"),
    ("wrapt", "wrapt", ">=2.4", _SMALL, _ALL),
)

_BY_SCIENCE = (
    # who imports it, its versions, package, module
    ("scikit-learn", "", "scipy", "scipy"),
    ("scikit-learn", "", "joblib", "joblib"),
    ("pandas", "", "python-dateutil", "dateutil"),
    ("pandas", "<3", "pytz", "pytz"),
    ("matplotlib", "", "cycler", "cycler"),
    ("matplotlib", "", "kiwisolver", "kiwisolver"),
    ("matplotlib", "", "pillow", "PIL"),
    ("matplotlib", "", "pyparsing", "pyparsing"),
    ("matplotlib", "", "python-dateutil", "dateutil"),
    ("matplotlib", ">=3.5", "packaging", "packaging"),
    ("matplotlib", ">=3.6", "contourpy", "contourpy"),
    ("python-dateutil", "<4", "six", "six"),
    ("scikit-learn", ">=1.9", "narwhals", "narwhals"),
)

MISSING_RULES = (
    *(
        Rule(
            id="R27",
            severity="error",
            package=package,
            when={requirer: versions},
            absent=(package,),
            condition="metadata: what science needs is told",
            why=f"{requirer} {{{requirer}}} imports {package}, which is not installed",
            symptoms=(
                f"ModuleNotFoundError: No module named '{module}'",
                *(("ImportError: Unable to import required dependencies:",) if requirer == "pandas" else ()),
            ),
            repair=(package,),
            evidence="measured: pandas 1.3.5, scikit-learn 0.24.2, 1.9.1, matplotlib 3.4.2, 3.6.3, 3.7.5 and "
            "python-dateutil 3.0.0 without it",
        )
        for requirer, versions, package, module in _BY_SCIENCE
    ),
    *(
        Rule(
            id="R27",
            severity="error",
            package=package,
            when={"tensorflow": ">=2.16", "keras": keras},
            absent=(package,),
            condition="metadata: what Keras needs is told",
            why=f"Keras {{keras}} imports {package}, which is not installed",
            symptoms=(
                f"ModuleNotFoundError: No module named '{module}'",
                "ImportError: Keras cannot be imported. Check that it is installed.",
            ),
            repair=(package,),
            evidence=f"measured: TensorFlow 2.21.0 with Keras {tried} without it",
        )
        for package, module, keras, tried in (
            ("rich", "rich", ">=3", "3.15.1"),
            ("optree", "optree", ">=3.4", "3.15.1"),
            ("dm-tree", "tree", ">=3,<3.1", "3.0.5"),
        )
    ),
    *(
        Rule(
            id="R27",
            severity="error",
            package=package,
            when={"tensorflow": tensorflow},
            absent=(package,),
            condition=condition,
            why=f"TensorFlow {{tensorflow}} imports {package}, which is not installed",
            symptoms=(f"ModuleNotFoundError: No module named '{module}'",),
            repair=(package,),
            evidence=evidence,
        )
        for package, module, tensorflow, condition, evidence in _IMPORTED
    ),
    Rule(
        id="R27",
        severity="error",
        package="protobuf",
        when={"tensorflow": ">=2.4"},
        absent=("protobuf",),
        condition=_SMALL,
        why="TensorFlow {tensorflow} imports protobuf, which is not installed",
        symptoms=(
            "ModuleNotFoundError: No module named 'google'",
            "ModuleNotFoundError: No module named 'google.protobuf'",
        ),
        repair=("protobuf",),
        evidence=_ALL,
    ),
    Rule(
        id="R27",
        severity="error",
        package="keras-preprocessing",
        when={"tensorflow": ">=2.4,<2.6"},
        absent=("keras-preprocessing",),
        why="without keras-preprocessing TensorFlow {tensorflow} can be imported but has no tf.keras",
        symptoms=("AttributeError: module 'tensorflow' has no attribute 'keras'",),
        repair=("keras-preprocessing",),
        evidence="measured: TensorFlow 2.4.0 and 2.5.3 without it",
    ),
    Rule(
        id="R27",
        severity="error",
        package="keras-preprocessing",
        when={"tensorflow": ">=2.6,<2.9"},
        absent=("keras-preprocessing",),
        condition=_SMALL,
        why="Keras of TensorFlow {tensorflow} imports keras-preprocessing, which is not installed",
        symptoms=("ModuleNotFoundError: No module named 'keras_preprocessing'",),
        repair=("keras-preprocessing",),
        evidence="measured: TensorFlow 2.6.5, 2.7.4, 2.8.4 without it; 2.10.1 works",
    ),
    *(
        Rule(
            id="R27",
            severity="warning",
            package="h5py",
            when={"tensorflow": tensorflow},
            absent=("h5py",),
            condition=condition,
            why="without h5py TensorFlow {tensorflow} neither saves nor loads .h5 models",
            symptoms=(symptom,),
            repair=("h5py",),
            evidence="measured: TensorFlow 2.4.0, 2.10.1, 2.15.1, 2.21.0 without it",
        )
        for tensorflow, condition, symptom in (
            (">=2.4,<2.5", "", "ImportError: `save_model` requires h5py."),
            (">=2.5", _SMALL, "ImportError: `save_model()` using h5 format requires h5py. Could not import h5py."),
        )
    ),
    Rule(
        id="R27",
        severity="warning",
        package="tensorboard",
        when={"tensorflow": ">=2.7,<2.21"},
        absent=("tensorboard",),
        condition=_SMALL,
        why="without tensorboard Keras's TensorBoard callback fails in TensorFlow {tensorflow}; all else works",
        symptoms=(
            "AttributeError: module 'tensorflow._api.v2.compat.v2.summary' has no attribute 'scalar'",
            "AttributeError: module 'tensorflow.compat.v2.summary' has no attribute 'scalar'",
        ),
        repair=("tensorboard",),
        evidence="measured: TensorFlow 2.10.1, 2.15.1 without it; 2.4.0 works",
    ),
)
