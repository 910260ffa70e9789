"""Rules of what TensorFlow is built on: h5py, gast, six, wrapt, ml-dtypes, ..., and the processor."""

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
    Rule(
        id="R27",
        severity="error",
        package="six",
        when={"tensorflow": ">=2.4,<2.5"},
        absent=("six",),
        why="TensorFlow {tensorflow} imports six, which is not installed",
        symptoms=("ModuleNotFoundError: No module named 'six'",),
        repair=("six",),
        evidence="measured: TensorFlow 2.4.0",
    ),
    Rule(
        id="R27",
        severity="error",
        package="keras-preprocessing",
        when={"tensorflow": ">=2.4,<2.5"},
        absent=("keras-preprocessing",),
        why="without keras-preprocessing TensorFlow {tensorflow} can be imported but has no tf.keras",
        symptoms=("AttributeError: module 'tensorflow' has no attribute 'keras'",),
        repair=("keras-preprocessing",),
        evidence="measured: TensorFlow 2.4.0",
    ),
    Rule(
        id="R27",
        severity="warning",
        package="h5py",
        when={"tensorflow": ">=2.4,<2.5"},
        absent=("h5py",),
        why="without h5py TensorFlow {tensorflow} neither saves nor loads .h5 models",
        symptoms=("ImportError: `save_model` requires h5py.",),
        repair=("h5py",),
        evidence="measured: TensorFlow 2.4.0",
    ),
    *(
        Rule(
            id="R28",
            severity="warning",
            package=package,
            when={"python": ">=3.11", "tensorflow": versions, "typing-extensions": ">=4.6", "wrapt": "<2"},
            why="TensorFlow {tensorflow} with wrapt {wrapt} and typing-extensions {typing-extensions} "
            "cannot return a module with a dictionary in it from a tf.function",
            symptoms=("TypeError: this __dict__ descriptor does not support '_DictWrapper' objects",),
            repair=(package,),
            evidence=evidence,
        )
        for versions, package, evidence in (
            (
                ">=2.12,<2.16",
                "typing-extensions",
                "measured: TensorFlow 2.15.1 with typing-extensions 4.16.0 and wrapt 1.14.2; 4.5.0 works; "
                "tensorflow#60687",
            ),
            (
                ">=2.16,<2.21",
                "wrapt",
                "measured: TensorFlow 2.16.2, 2.18.1, 2.20.0 with wrapt 1.17.3; 2.5.2 works; tensorflow#62217",
            ),
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
                {"tensorflow": ">=2.18,<2.20", "ml-dtypes": "<0.4", "numpy": ">=2"},
                "ImportError: numpy.core.umath failed to import",
                "measured: TensorFlow 2.18.1 with ml-dtypes 0.3.2 and NumPy 2.0.2",
            ),
        )
    ),
)

CPU_RULES = (
    Rule(
        id="R32",
        severity="error",
        package="tensorflow",
        when={"tensorflow": ""},
        lacks="avx",
        why="this processor has no AVX, which every published TensorFlow needs: Python is killed on import",
        symptoms=("Illegal instruction (core dumped)",),
        advice="use a machine whose processor has AVX, or build TensorFlow from source",
        evidence="measured in an emulator (Nehalem): TensorFlow 2.4.0, 2.5.3, 2.20.0; NumPy alone works there",
    ),
    Rule(
        id="R31",
        severity="error",
        package="tensorflow",
        when={"tensorflow": "==2.4.0"},
        lacks="avx2",
        why="TensorFlow 2.4.0 (not 2.4.1 and later) was built with AVX2, which this processor does not "
        "have: Python is killed on import",
        symptoms=("Illegal instruction (core dumped)",),
        repair=("tensorflow",),
        evidence="measured in an emulator: dies on SandyBridge, works on Haswell; 2.4.4 works on both; "
        "tensorflow#45744",
    ),
)
