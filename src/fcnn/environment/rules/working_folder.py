"""Rules of files in the working folder that Python imports in place of the modules they are named like."""

from typing import NamedTuple, Tuple

from fcnn.environment.rules.model import Rule


class Shadow(NamedTuple):
    """A module that a file of its name hides, and what comes of it."""

    module: str
    symptoms: Tuple[str, ...]
    """Last lines of what was printed with an empty file of that name."""
    protobuf: str = ""
    """The versions of protobuf with which it strikes; any if empty."""


_FATAL = "{file} is imported in place of the module {module}, so that TensorFlow cannot be imported and trained"
_RENAME = "rename {file} and delete the folder __pycache__ beside it"
_FROM_4_ON = ">=4"
"""protobuf 3 comes with a .pth file that imports these modules before the working folder is looked into."""
_MEASURED = (
    "measured with an empty file beside the script: TensorFlow 2.4.0 on Python 3.8 and 2.21.0 on Python 3.11, import "
    "and one epoch of tf.keras"
)

_STOPPING = (
    Shadow(
        "tensorflow",
        (
            "AttributeError: module 'tensorflow' has no attribute 'keras'",
            "AttributeError: partially initialized module 'tensorflow' has no attribute 'keras' (most likely due to a "
            "circular import)",
        ),
    ),
    Shadow(
        "numpy",
        (
            "AttributeError: module 'numpy' has no attribute 'integer'",
            "ImportError: cannot import name 'typing' from 'numpy'",
            "ModuleNotFoundError: No module named 'numpy.core'; 'numpy' is not a package",
            "ImportError: initialization failed",
        ),
    ),
    Shadow("pandas", ("AttributeError: module 'pandas' has no attribute 'Series'",)),
    Shadow(
        "six",
        (
            "ModuleNotFoundError: No module named 'six.moves'; 'six' is not a package",
            "AttributeError: module 'six' has no attribute 'text_type'",
        ),
    ),
    Shadow(
        "absl",
        ("ImportError: cannot import name 'logging' from 'absl'", "ImportError: cannot import name 'app' from 'absl'"),
    ),
    Shadow("wrapt", ("AttributeError: module 'wrapt' has no attribute 'ObjectProxy'",)),
    Shadow("gast", ("AttributeError: module 'gast' has no attribute 'NodeTransformer'",)),
    Shadow(
        "google", ("ModuleNotFoundError: No module named 'google.protobuf'; 'google' is not a package",), _FROM_4_ON
    ),
    Shadow(
        "ast",
        (
            "ImportError: cannot import name 'boolop' from 'ast'",
            "AttributeError: module 'ast' has no attribute 'NodeVisitor'",
        ),
    ),
    Shadow("base64", ("ImportError: cannot import name 'b64encode' from 'base64'",)),
    Shadow("bisect", ("ImportError: cannot import name 'bisect' from 'bisect'",)),
    Shadow(
        "calendar",
        (
            "AttributeError: module 'calendar' has no attribute 'day_abbr'",
            "ImportError: cannot import name 'timegm' from 'calendar'",
        ),
    ),
    Shadow("collections", ("ImportError: cannot import name 'deque' from 'collections'",), _FROM_4_ON),
    Shadow(
        "copy",
        (
            "AttributeError: module 'copy' has no attribute 'copy'",
            "AttributeError: module 'copy' has no attribute 'deepcopy'",
        ),
    ),
    Shadow(
        "ctypes",
        (
            "AttributeError: module 'ctypes' has no attribute 'RTLD_LOCAL'",
            "AttributeError: module 'ctypes' has no attribute 'RTLD_GLOBAL'",
        ),
    ),
    Shadow("dataclasses", ("AttributeError: module 'dataclasses' has no attribute 'dataclass'",)),
    Shadow("datetime", ("AttributeError: module 'datetime' has no attribute 'datetime_CAPI'",)),
    Shadow("decimal", ("ImportError: cannot import name 'Decimal' from 'decimal'",)),
    Shadow("dis", ("AttributeError: module 'dis' has no attribute 'COMPILER_FLAG_NAMES'",)),
    Shadow(
        "email",
        (
            "ModuleNotFoundError: No module named 'email.parser'; 'email' is not a package",
            "ModuleNotFoundError: No module named 'email.message'; 'email' is not a package",
        ),
    ),
    Shadow(
        "enum",
        (
            "AttributeError: module 'enum' has no attribute 'IntFlag'",
            "ImportError: cannot import name 'IntEnum' from 'enum'",
        ),
    ),
    Shadow("http", ("ModuleNotFoundError: No module named 'http.client'; 'http' is not a package",)),
    Shadow(
        "inspect",
        (
            "AttributeError: module 'inspect' has no attribute 'ArgSpec'",
            "AttributeError: module 'inspect' has no attribute 'FullArgSpec'",
        ),
    ),
    Shadow(
        "json",
        (
            "AttributeError: module 'json' has no attribute 'loads'",
            "AttributeError: module 'json' has no attribute 'load'",
        ),
    ),
    Shadow(
        "logging",
        (
            "AttributeError: module 'logging' has no attribute 'CRITICAL'",
            "ImportError: cannot import name 'DEBUG' from 'logging'",
        ),
    ),
    Shadow(
        "multiprocessing",
        ("ModuleNotFoundError: No module named 'multiprocessing.dummy'; 'multiprocessing' is not a package",),
    ),
    Shadow("numbers", ("AttributeError: module 'numbers' has no attribute 'Integral'",)),
    Shadow("operator", ("ImportError: cannot import name 'eq' from 'operator'",), _FROM_4_ON),
    Shadow(
        "pickle",
        (
            "SystemError: initialization of _message raised unreported exception",
            "AttributeError: module 'pickle' has no attribute 'Pickler'",
        ),
    ),
    Shadow(
        "platform",
        (
            "AttributeError: module 'platform' has no attribute 'python_implementation'",
            "AttributeError: module 'platform' has no attribute 'system'",
        ),
    ),
    Shadow("queue", ("ImportError: cannot import name 'Queue' from 'queue'",)),
    Shadow(
        "random",
        (
            "ImportError: cannot import name SystemRandom",
            "ImportError: cannot import name 'Random' from 'random'",
            "AttributeError: partially initialized module 'random' has no attribute 'randint' (most likely due to a "
            "circular import)",
        ),
    ),
    Shadow("re", ("AttributeError: module 're' has no attribute 'compile'",)),
    Shadow(
        "socket",
        (
            "AttributeError: module 'socket' has no attribute 'socket'",
            "AttributeError: module 'socket' has no attribute 'AF_UNSPEC'",
        ),
    ),
    Shadow(
        "ssl",
        (
            "AttributeError: module 'ssl' has no attribute 'OPENSSL_VERSION'",
            "AttributeError: module 'ssl' has no attribute 'SSLWantReadError'",
        ),
    ),
    Shadow("string", ("ImportError: cannot import name 'Template' from 'string'",)),
    Shadow(
        "struct",
        (
            "AttributeError: module 'struct' has no attribute 'Struct'",
            "ImportError: cannot import name 'calcsize' from 'struct'",
        ),
    ),
    Shadow(
        "subprocess",
        (
            "AttributeError: module 'subprocess' has no attribute 'CalledProcessError'",
            "AttributeError: module 'subprocess' has no attribute 'PIPE'",
        ),
    ),
    Shadow(
        "tempfile",
        (
            "ImportError: cannot import name 'HTTPError' from 'six.moves.urllib.error'",
            "AttributeError: module 'tempfile' has no attribute '_TemporaryFileWrapper'",
        ),
    ),
    Shadow("textwrap", ("AttributeError: module 'textwrap' has no attribute 'dedent'",)),
    Shadow("threading", ("AttributeError: module 'threading' has no attribute '_shutdown'",)),
    Shadow("token", ("ImportError: cannot import name 'EXACT_TOKEN_TYPES' from 'token'",)),
    Shadow(
        "tokenize",
        (
            "AttributeError: module 'tokenize' has no attribute 'Name'",
            "AttributeError: module 'tokenize' has no attribute 'open'",
        ),
    ),
    Shadow("traceback", ("AttributeError: module 'traceback' has no attribute 'extract_stack'",)),
    Shadow("types", ("ImportError: cannot import name 'GenericAlias' from 'types'",), _FROM_4_ON),
    Shadow("typing", ("ImportError: cannot import name 'Any' from 'typing'",)),
    Shadow("weakref", ("AttributeError: module 'weakref' has no attribute 'WeakSet'",)),
)
# Not among them, because many Pythons have them built in, so that no file hides them: array, math, select.
# An empty csv.py, html.py, test.py, time.py or statistics.py stops nothing.

SHADOW_RULES = (
    *(
        Rule(
            id="R45",
            severity="error",
            package="working folder",
            when={"tensorflow": "", **({"protobuf": shadow.protobuf} if shadow.protobuf else {})},
            condition=f"a file hides {shadow.module}",
            why=_FATAL,
            symptoms=shadow.symptoms,
            advice=_RENAME,
            evidence=_MEASURED,
        )
        for shadow in _STOPPING
    ),
    Rule(
        id="R45",
        severity="error",
        package="working folder",
        when={"tensorflow": ">=2.6"},
        condition="a file hides keras",
        why=_FATAL,
        symptoms=(
            "AttributeError: module 'keras' has no attribute '__version__'",
            "ModuleNotFoundError: No module named 'keras.api'; 'keras' is not a package",
            "ModuleNotFoundError: No module named 'keras.models'; 'keras' is not a package",
        ),
        advice=_RENAME,
        evidence=f"{_MEASURED}; 2.10.1 on Python 3.8",
    ),
    Rule(
        id="R45",
        severity="warning",
        package="working folder",
        when={"tensorflow": "<2.6"},
        condition="a file hides keras",
        why="{file} is imported in place of the module {module}: `import keras` fails, and only tf.keras works",
        symptoms=("ModuleNotFoundError: No module named 'keras.models'; 'keras' is not a package",),
        advice=_RENAME,
        evidence=_MEASURED,
    ),
    Rule(
        id="R45",
        severity="error",
        package="working folder",
        when={"tensorflow": ""},
        condition="a file hides code",
        why="{file} is imported in place of Python's own module {module} while TensorFlow is being imported; if it "
        "imports TensorFlow itself, that goes in a circle and fails",
        symptoms=(
            "ImportError: cannot import name 'constant' from partially initialized module "
            "'tensorflow.python.framework.constant_op'",
            "ImportError: cannot import name 'keras' from partially initialized module 'tensorflow' (most likely due "
            "to a circular import)",
            "AttributeError: partially initialized module 'tensorflow' has no attribute 'keras' (most likely due to a "
            "circular import)",
        ),
        advice=_RENAME,
        evidence="measured with a code.py that imports TensorFlow: 2.4.0 on Python 3.8 and 2.21.0 on Python 3.11; an "
        "empty one stops nothing",
    ),
    *(
        Rule(
            id="R45",
            severity="warning",
            package="working folder",
            when={"tensorflow": "", package: ""},
            condition=f"a file hides {module}",
            why="{file} is imported in place of the module {module}: TensorFlow works, what needs {module} does not",
            symptoms=(symptom,),
            advice=_RENAME,
            evidence=_MEASURED,
        )
        for module, package, symptom in (
            ("h5py", "h5py", "AttributeError: module 'h5py' has no attribute 'File'"),
            (
                "matplotlib",
                "matplotlib",
                "ModuleNotFoundError: No module named 'matplotlib.pyplot'; 'matplotlib' is not a package",
            ),
            ("scipy", "scipy", "ImportError: cannot import name 'linalg' from 'scipy'"),
            (
                "sklearn",
                "scikit-learn",
                "ModuleNotFoundError: No module named 'sklearn.model_selection'; 'sklearn' is not a package",
            ),
        )
    ),
)
