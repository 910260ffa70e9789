"""Rules of TensorFlow beside NumPy."""

from fcnn.environment.rules.model import Rule

NUMPY_RULES = (
    Rule(
        id="R01",
        severity="error",
        package="numpy",
        when={"tensorflow": "<2.7", "numpy": ">=1.24"},
        why="TensorFlow {tensorflow} uses np.object while it is imported, and NumPy removed that name in 1.24",
        symptoms=(
            "AttributeError: module 'numpy' has no attribute 'object'.",
            "FutureWarning: In the future `np.object` will be defined as the corresponding NumPy scalar.",
        ),
        repair=("numpy",),
        evidence="measured: TensorFlow 2.4.0, 2.5.3, 2.6.0, 2.6.5 with NumPy 1.24.4; the fix too",
    ),
    Rule(
        id="R02",
        severity="warning",
        package="numpy",
        when={"tensorflow": ">=2.4,<2.6", "numpy": ">=1.20,<1.24"},
        why="TensorFlow {tensorflow} builds no LSTM (nor other recurrent layer) with NumPy 1.20 or later; "
        "dense networks work",
        symptoms=(
            "NotImplementedError: Cannot convert a symbolic Tensor (lstm/strided_slice:0) to a numpy array. "
            "This error may indicate that you're trying to pass a Tensor to a NumPy call, which is not "
            "supported",
        ),
        repair=("numpy",),
        evidence="measured: TensorFlow 2.4.0, 2.5.3 with NumPy 1.20.3, 1.23.5; 1.19.5 works; tensorflow#47087",
    ),
    Rule(
        id="R03",
        severity="error",
        package="numpy",
        when={"tensorflow": ">=2.12,<2.14", "numpy": "<1.22"},
        why="TensorFlow {tensorflow} was compiled for the interface of NumPy 1.22, which NumPy {numpy} does not have",
        symptoms=(
            "ImportError: initialization failed",
            "RuntimeError: module compiled against API version 0xf but this version of numpy is 0xd",
        ),
        repair=("numpy",),
        evidence="measured: TensorFlow 2.12.1, 2.13.1 with NumPy 1.19.5 and 2.12.1 with 1.21.6 fail, with 1.22.4 work",
    ),
    Rule(
        id="R03",
        severity="error",
        package="numpy",
        when={"tensorflow": ">=2.8,<2.9", "numpy": "<1.20"},
        why="TensorFlow {tensorflow} was compiled for the interface of NumPy 1.20, which NumPy {numpy} does not have",
        symptoms=(
            "ImportError: SystemError: <built-in method __contains__ of dict object> returned a result with "
            "an error set",
            "RuntimeError: module compiled against API version 0xe but this version of numpy is 0xd",
        ),
        repair=("numpy",),
        evidence="measured: TensorFlow 2.8.4 with NumPy 1.19.5; the fix too",
    ),
    Rule(
        id="R03",
        severity="error",
        package="numpy",
        when={"tensorflow": ">=2.8", "numpy": "<1.20"},
        why="TensorFlow {tensorflow} was compiled for the interface of NumPy 1.20, which NumPy {numpy} does not have",
        symptoms=(
            "ImportError: initialization failed",
            "RuntimeError: module compiled against API version 0xe but this version of numpy is 0xd",
        ),
        repair=("numpy",),
        evidence="measured: TensorFlow 2.9.3, 2.10.1, 2.11.1 with NumPy 1.19.5 (2.7.4 works with it); the fixes too",
    ),
    Rule(
        id="R03",
        severity="error",
        package="numpy",
        when={"tensorflow": ">=2.14,<2.18", "numpy": ">=1.20,<1.23"},
        why="TensorFlow {tensorflow} was compiled for the interface of NumPy 1.23, which NumPy {numpy} does not have",
        symptoms=(
            "TypeError: Unable to convert function return value to a Python type! The signature was () -> handle",
        ),
        repair=("numpy",),
        evidence="measured: TensorFlow 2.14.1 with NumPy 1.21.6, 1.22.4; TensorFlow 2.15 to 2.17 ask for 1.23.5 too",
    ),
    Rule(
        id="R03",
        severity="error",
        package="numpy",
        when={"tensorflow": ">=2.20", "numpy": ">=1.20,<1.25"},
        why="TensorFlow {tensorflow} asks NumPy for names that came with 1.25; {numpy} is there",
        symptoms=("AttributeError: module 'numpy' has no attribute 'dtypes'",),
        repair=("numpy",),
        evidence="measured: TensorFlow 2.20.0, 2.21.0 with NumPy 1.24.4, not 2.21.0 with 1.25.2 nor 2.18.1 with 1.24.4",
    ),
    Rule(
        id="R04",
        severity="warning",
        package="numpy",
        when={"tensorflow": ">=2.7,<2.9", "numpy": ">=1.24,<2"},
        why="TensorFlow {tensorflow} still uses names that NumPy removed in 1.24: RaggedTensor.numpy() and "
        "LocallyConnected1D/2D(implementation=2) fail; dense networks work",
        symptoms=(
            "AttributeError: module 'numpy' has no attribute 'object'",
            "AttributeError: module 'numpy' has no attribute 'bool'",
        ),
        repair=("numpy",),
        evidence="measured: TensorFlow 2.7.4, 2.8.4 with NumPy 1.24.4; the fix too",
    ),
    Rule(
        id="R04",
        severity="warning",
        package="numpy",
        when={"tensorflow": ">=2.9,<2.12", "numpy": ">=1.24,<2"},
        why="TensorFlow {tensorflow} still uses a name that NumPy removed in 1.24: "
        "LocallyConnected1D/2D(implementation=2) fails; dense networks work",
        symptoms=("AttributeError: module 'numpy' has no attribute 'bool'",),
        repair=("numpy",),
        evidence="measured: TensorFlow 2.9.3, 2.10.1, 2.11.1 with NumPy 1.24.4, not 2.12.1; the fix too",
    ),
    *(
        Rule(
            id="R05",
            severity="error",
            package="numpy",
            when={"tensorflow": versions, "numpy": ">=2"},
            why="TensorFlow {tensorflow} was compiled for NumPy 1 and cannot be loaded by NumPy {numpy}",
            symptoms=(
                symptom,
                "A module that was compiled using NumPy 1.x cannot be run in NumPy 2.x as it may crash.",
                "AttributeError: _ARRAY_API not found",
            ),
            repair=("numpy",),
            evidence=evidence,
        )
        for versions, symptom, evidence in (
            (
                ">=2.7,<2.14",
                "TypeError: Unable to convert function return value to a Python type! The signature was () -> handle",
                "measured: TensorFlow 2.9.3, 2.12.1 with NumPy 2.0.2; 2.7 to 2.11 use np.bool8, gone in 2.0",
            ),
            (
                ">=2.14,<2.15",
                "TypeError: Unable to convert function return value to a Python type! The signature was () -> handle",
                "measured: TensorFlow 2.14.1 with NumPy 2.0.2",
            ),
            (
                ">=2.15,<2.17",
                "ImportError: numpy.core.umath failed to import",
                "measured: TensorFlow 2.15.1, 2.16.2 with NumPy 2.0.2",
            ),
            (
                ">=2.17,<2.18",
                "SystemError: initialization of _pywrap_checkpoint_reader raised unreported exception",
                "measured: TensorFlow 2.17.1 with NumPy 2.2.6",
            ),
        )
    ),
    *(
        Rule(
            id="R06",
            severity="note",
            package="numpy",
            when={"tensorflow": tensorflow, "numpy": numpy},
            why="NumPy {numpy} is newer than TensorFlow {tensorflow} says it allows; it works all the same, "
            "whatever `pip check` says",
            evidence="measured: TensorFlow 2.12.1, 2.13.1 with NumPy 1.24.4, 2.12.1 with 1.26.4, 2.18.1 "
            "with 2.2.6, 2.19.1 with 2.3.5",
        )
        for tensorflow, numpy in (
            (">=2.12,<2.14", ">1.24.3,<2"),
            (">=2.18,<2.19", ">=2.1"),
            (">=2.19,<2.20", ">=2.2"),
        )
    ),
)
