"""What an explanation says: which rule, where it was seen, what repairs it, and when it is silent."""

import random
import string
import time
from typing import List, Optional

import pytest

from fcnn.environment import Facts
from fcnn.environment.explaining.told import told_versions
from fcnn.environment.explanation import REPORT, Explanation, Line, decode_pasted, explain

PACKAGES = "/home/me/.venv/lib/python3.8/site-packages/"
NO_OBJECT = "AttributeError: module 'numpy' has no attribute 'object'."
NO_BOOL = "AttributeError: module 'numpy' has no attribute 'bool'."
DESCRIPTORS = "TypeError: Descriptors cannot be created directly.\nIf this call came from a _pb2.py file, your code is"
SIZE_CHANGED = (
    "ValueError: numpy.dtype size changed, may indicate binary incompatibility. Expected 96 from C header, got 88 from "
    "PyObject"
)
NDARRAY_CHANGED = SIZE_CHANGED.replace("numpy.dtype", "numpy.ndarray")


def traceback(*files: str, error: str) -> str:
    """A traceback through files; those that are no paths lie in site-packages."""
    lines = ["Traceback (most recent call last):"]
    for number, file in enumerate(files, 1):
        path = file if file[:1] in "/.C~" else PACKAGES + file
        lines += [f'  File "{path}", line {number}, in <module>', "    anything()"]
    return "\n".join([*lines, error])


def rules_of(text: str, facts: Optional[Facts] = None) -> List[str]:
    return [finding.rule for finding in explain(text, facts).findings]


# --- silence ---

UNRELATED = (
    traceback("./train.py", error="KeyError: 'species'"),
    traceback("./train.py", "pandas/core/indexes/base.py", error="KeyError: 'Survived'"),
    traceback("./train.py", error="ModuleNotFoundError: No module named 'foo'"),
    traceback("./train.py", error="AttributeError: 'str' object has no attribute 'decode'"),
    '  File "a.py", line 1\n    print "x"\nSyntaxError: Missing parentheses in call to \'print\'.',
    "tensorflow.python.framework.errors_impl.ResourceExhaustedError: OOM when allocating tensor with shape[64,1024]",
    "RuntimeError: CUDA out of memory. Tried to allocate 20.00 MiB (GPU 0; 4.00 GiB total capacity)",
    "ValueError: could not convert string to float: 'male'",
    "ValueError: Input 0 of layer sequential is incompatible with the layer: expected axis -1 of input shape to have 4",
    "AttributeError: module 'numpy' has no attribute 'foo'",
    "AttributeError: module 'tensorflow' has no attribute 'foo'",
    "AttributeError: module 'keras' has no attribute 'foo'",
    "AttributeError: 'NoneType' object has no attribute 'decode'",
    "AttributeError: 'DataFrame' object has no attribute 'append'",
    "AttributeError: 'Sequential' object has no attribute 'predict_classes'",
    "ImportError: cannot import name 'foo' from 'bar'",
    "ModuleNotFoundError: No module named 'keras_tuner'",
    "ModuleNotFoundError: No module named 'tensorflow_datasets'",
    "ModuleNotFoundError: No module named 'torch'",
    "ModuleNotFoundError: No module named 'sklearn.model'",
    "ERROR: No matching distribution found for foo",
    "ERROR: No matching distribution found for tensorflow-text==2.4.0",
    "ERROR: Could not find a version that satisfies the requirement tensorflow_hub (from versions: none)",
    "SystemError: <built-in function imread> returned a result with an error set",
    "ImportError: DLL load failed while importing win32api: 找不到指定的模块。",
    "ImportError: DLL load failed while importing cv2: The specified module could not be found.",
    "ValueError: initialization failed",
    "the initialization failed",
    "FileNotFoundError: [Errno 2] No such file or directory: 'data.csv'",
    "UnicodeDecodeError: 'gbk' codec can't decode byte 0x80 in position 0: illegal multibyte sequence",
    "The TensorFlow library wasn't compiled to use AVX instructions, but these are available on your machine and could",
    "WARNING:tensorflow:AutoGraph could not transform <bound method> and will run it as-is.\n"
    "Please report this to the TensorFlow team. Cause: could not parse the source code",
    "numpy\npandas\ntensorflow\nkeras\n",
    "numpy==1.19.5\ntensorflow==2.4.0\nprotobuf==3.20.3\n",
    "import tensorflow as tf\nfrom tensorflow import keras\nmodel = tf.keras.Sequential()\n",
    "hello world",
    "",
    " \n\n\t",
)


@pytest.mark.parametrize("text", UNRELATED, ids=range(len(UNRELATED)))
def test_an_unrelated_text_is_unknown(text: str) -> None:
    explanation = explain(text)
    assert explanation.findings == ()
    assert explanation.unknown
    assert not explanation.confirmed


def test_an_unknown_text_says_what_to_report() -> None:
    explanation = explain("a\r\nKeyError: 'x'\r\nValueError: bad\r\n\r\nC:\\>")
    assert explanation.last_error == Line(3, "ValueError: bad")
    assert REPORT == "fcnn check-env --report"


def test_a_text_without_an_error_has_no_last_error() -> None:
    assert explain("hello world").last_error is None


# --- the same text in different places ---


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        pytest.param(
            traceback("./a.py", "tensorflow/python/framework/dtypes.py", "numpy/__init__.py", error=NO_OBJECT),
            ["R01"],
            id="np.object in TensorFlow's dtypes.py",
        ),
        pytest.param(
            traceback("./a.py", "tensorflow/python/ops/ragged/ragged_tensor.py", "numpy/__init__.py", error=NO_OBJECT),
            ["R04"],
            id="np.object in ragged_tensor.py",
        ),
        pytest.param(
            traceback("./a.py", "keras/utils/conv_utils.py", "numpy/__init__.py", error=NO_BOOL),
            ["R04"],
            id="np.bool in conv_utils.py",
        ),
        pytest.param(traceback("C:/course/a.py", error=NO_OBJECT), ["R83"], id="np.object in one's own script"),
        pytest.param(traceback("./a.py", "skimage/x.py", error=NO_OBJECT), ["R83"], id="np.object in another package"),
        pytest.param(NO_OBJECT, ["R01", "R04", "R83"], id="np.object nowhere"),
        pytest.param(
            traceback(
                "./a.py",
                "tensorflow/core/framework/tensor_shape_pb2.py",
                "google/protobuf/descriptor.py",
                error=DESCRIPTORS,
            ),
            ["R07"],
            id="descriptors of TensorFlow",
        ),
        pytest.param(
            traceback(
                "./a.py",
                "tensorflow/__init__.py",
                "keras/protobuf/versions_pb2.py",
                "google/protobuf/descriptor.py",
                error=DESCRIPTORS,
            ),
            ["R16"],
            id="descriptors of Keras",
        ),
        pytest.param(
            traceback("./a.py", "onnx/onnx_ml_pb2.py", "google/protobuf/descriptor.py", error=DESCRIPTORS),
            ["R93"],
            id="descriptors of another package",
        ),
        pytest.param(DESCRIPTORS, ["R07", "R16"], id="descriptors of nobody"),
        pytest.param(
            traceback(
                "./a.py",
                "tensorflow/python/keras/saving/hdf5_format.py",
                error="AttributeError: 'str' object has no attribute 'decode'",
            ),
            ["R22"],
            id="decode in hdf5_format.py",
        ),
        pytest.param(traceback("./a.py", "sklearn/x.py", error=SIZE_CHANGED), ["R37"], id="size of dtype in sklearn"),
        pytest.param(traceback("./a.py", "gensim/x.py", error=SIZE_CHANGED), ["R94"], id="size of dtype in gensim"),
        pytest.param(traceback("./a.py", "gensim/x.py", error=NDARRAY_CHANGED), ["R94"], id="size of ndarray"),
        pytest.param(
            traceback(
                "./a.py", "matplotlib/transforms.py", error="ImportError: numpy.core.multiarray failed to import"
            ),
            ["R38"],
            id="multiarray in matplotlib",
        ),
        pytest.param(
            traceback("./a.py", "cv2/__init__.py", error="ImportError: numpy.core.multiarray failed to import"),
            ["R94"],
            id="multiarray in cv2",
        ),
        pytest.param("ModuleNotFoundError: No module named 'keras'", ["R17"], id="keras"),
        pytest.param("ModuleNotFoundError: No module named 'keras.api'", ["R16"], id="keras.api"),
        pytest.param("ModuleNotFoundError: No module named 'keras.api._v2'", ["R14"], id="keras.api._v2"),
        pytest.param(
            "ModuleNotFoundError: No module named 'keras.models'; 'keras' is not a package", ["R45"], id="no package"
        ),
        pytest.param(
            "ModuleNotFoundError: No module named 'keras.api'; 'keras' is not a package", ["R45"], id="no package, api"
        ),
        pytest.param(
            traceback("C:/course/train.py", "C:/course/numpy.py", error="ImportError: initialization failed"),
            ["R45"],
            id="a numpy.py of one's own",
        ),
    ],
)
def test_the_place_tells_rules_apart(text: str, rules: List[str]) -> None:
    assert rules_of(text) == rules


def test_the_package_is_that_of_the_traceback() -> None:
    explanation = explain(traceback("./a.py", "sklearn/utils/murmurhash.py", error=SIZE_CHANGED))
    assert (explanation.findings[0].package, explanation.findings[0].fix) == (
        "scikit-learn",
        'NumPy >=2: pip install "scikit-learn>=1.4.2"',
    )


def test_rules_with_one_text_say_what_tells_them_apart() -> None:
    explanation = explain("Illegal instruction (core dumped)")
    assert [finding.rule for finding in explanation.findings] == ["R32", "R31"]
    assert [explanation.tell_apart(number) for number in range(2)] == [
        "it is this one if the processor has no AVX, or an emulator hides it",
        "it is this one if TensorFlow is 2.4.0 and the processor has AVX but no AVX2",
    ]
    assert explain("ModuleNotFoundError: No module named 'keras.api'").tell_apart(0) == ""


def test_several_tracebacks_are_all_explained_with_their_lines() -> None:
    text = "\n".join(
        [
            traceback("./a.py", "tensorflow/python/framework/dtypes.py", error=NO_OBJECT),
            "",
            "$ python b.py",
            traceback(
                "./b.py", "PIL/_typing.py", error="AttributeError: module 'numpy.typing' has no attribute 'NDArray'"
            ),
        ]
    )
    explanation = explain(text)
    seen = {finding.rule: lines for finding, lines in zip(explanation.findings, explanation.evidence)}
    assert seen == {
        "R01": (Line(6, NO_OBJECT),),
        "R36": (Line(14, "AttributeError: module 'numpy.typing' has no attribute 'NDArray'"),),
    }


def test_evidence_over_a_wrapped_line_names_both_lines() -> None:
    explanation = explain("a\nTypeError: Descriptors can\r\nnot be created directly.\nb")
    assert explanation.evidence[0] == (Line(2, "TypeError: Descriptors can"), Line(3, "not be created directly."))


# --- versions and repairs ---


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        pytest.param(NO_OBJECT, 'TensorFlow <2.7: pip install "numpy==1.19.5"', id="one range"),
        pytest.param(
            "RuntimeError: module compiled against API version 0xf but this version of numpy is 0xd",
            'TensorFlow >=2.12,<2.14: pip install "numpy==1.24.3"',
            id="the number tells the range",
        ),
        pytest.param(
            "tensorflow==2.10.0\nImportError: initialization failed",
            'Python <3.8: pip install "numpy==1.21.6"\npip install "numpy==1.23.5"',
            id="TensorFlow is told",
        ),
        pytest.param(
            "TensorFlow version: 2.10.0\nPython 3.8.10 (default, Nov 22 2023)\nImportError: initialization failed",
            'pip install "numpy==1.23.5"',
            id="Python is told, too",
        ),
        pytest.param(
            "tensorflow 2.9.1\nModuleNotFoundError: No module named 'keras'",
            'pip install "keras==2.9.*"',
            id="Keras follows TensorFlow",
        ),
        pytest.param(
            "ModuleNotFoundError: No module named 'tensorflow.python.trackable'",
            'TensorFlow >=2.9,<2.10: pip install "keras==2.9.*"',
            id="the rule is of one line",
        ),
        pytest.param(
            "AttributeError: module 'keras.utils.generic_utils' has no attribute 'populate_dict_with_module_objects'",
            'pip uninstall -y keras keras-nightly && pip install "keras-nightly==2.5.0.dev2021032900"',
            id="the same for all",
        ),
        pytest.param(
            "ImportError: Matplotlib requires numpy>=1.20; you have 1.19.5",
            'pip install "matplotlib<3.7"',
            id="NumPy is told",
        ),
    ],
)
def test_the_fix_is_one_for_each_range_that_is_not_known(text: str, fix: str) -> None:
    assert explain(text).findings[0].fix == fix


def test_keras_of_an_unknown_tensorflow_is_said_to_be_of_its_line() -> None:
    finding = explain(
        "AttributeError: module 'tensorflow.compat.v2.__internal__' has no attribute 'anything'"
    ).findings[0]
    assert (finding.rule, finding.wanted) == ("R14", "")
    assert 'TensorFlow X.Y >=2.7,<2.13: pip install "keras==X.Y.*"' in finding.fix.splitlines()


def test_the_sentence_has_the_versions_that_are_told_and_ranges_for_the_others() -> None:
    text = "tensorflow==2.4.0\n" + NO_OBJECT
    assert explain(text).findings[0].why == (
        "TensorFlow 2.4.0 uses np.object while it is imported, and NumPy removed that name in 1.24"
    )
    assert explain(NO_OBJECT).findings[0].why.startswith("TensorFlow <2.7 uses np.object")


@pytest.mark.parametrize(
    ("text", "versions"),
    [
        pytest.param("tensorflow-cpu==2.4.0", {"tensorflow-cpu": "2.4.0"}, id="pin"),
        pytest.param(
            "Your numpy version is 1.19.5. Please upgrade numpy to >= 1.20.3", {"numpy": "1.19.5"}, id="pandas"
        ),
        pytest.param("Matplotlib requires numpy>=1.20; you have 1.19.5", {"numpy": "1.19.5"}, id="matplotlib"),
        pytest.param("cannot be run in\nNumPy 2.0.2 as it may crash", {"numpy": "2.0.2"}, id="NumPy 2"),
        pytest.param("gencode 6.31.1 runtime 5.29.6. Runtime", {"protobuf": "5.29.6"}, id="protobuf"),
        pytest.param("TensorFlow version: 2.4.0", {"tensorflow": "2.4.0"}, id="issue template"),
        pytest.param(">>> tf.__version__\n'2.4.0'", {"tensorflow": "2.4.0"}, id="prompt"),
        pytest.param(
            "numpy                1.24.4\nKeras       2.4.3  pypi_0 pypi\n",
            {"numpy": "1.24.4", "keras": "2.4.3"},
            id="list",
        ),
        pytest.param(
            "tensorflow 2.4.0 requires numpy~=1.19.2, but you have numpy 1.24.4 which is incompatible.",
            {"tensorflow": "2.4.0", "numpy": "1.24.4"},
            id="pip complains",
        ),
        pytest.param(
            "Found existing installation: numpy 1.24.4\nSuccessfully installed numpy-1.19.5 tensorflow-2.4.0",
            {"numpy": "1.19.5", "tensorflow": "2.4.0"},
            id="pip installs",
        ),
        pytest.param('File "/usr/lib/python3.8/site-packages/x.py"', {"python": "3.8"}, id="path of Linux"),
        pytest.param(
            'File "C:\\Users\\me\\Python311\\Lib\\site-packages\\x.py"', {"python": "3.11"}, id="path of Windows"
        ),
        pytest.param("Python 3.8.10 (default, Nov 22 2023) [GCC 9.4.0] on linux", {"python": "3.8.10"}, id="banner"),
        pytest.param("WARNING: .../site-packages/numpy-1.24.4.dist-info", {"numpy": "1.24.4"}, id="metadata folder"),
        pytest.param("deprecated in NumPy 1.20; for more details", {}, id="a version that is not the user's"),
        pytest.param("Please upgrade numpy to >= 2.0.2", {}, id="a version that is asked for"),
        pytest.param("my-tensorflow==2.4.0 and tensorflow-gpu-x==1.0", {}, id="other packages"),
    ],
)
def test_versions_are_taken_from_the_text(text: str, versions: dict) -> None:
    assert told_versions(text) == versions


# --- beside an environment ---

BROKEN = {"tensorflow": "2.4.0", "numpy": "1.24.4", "protobuf": "3.20.3"}


def test_a_rule_that_the_environment_confirms_is_told_with_what_is_there() -> None:
    facts = Facts(packages=BROKEN, complete=False)
    explanation = explain(NO_OBJECT, facts)
    finding = explanation.findings[0]
    assert explanation.confirmed
    assert (finding.rule, finding.found, finding.wanted, finding.fix) == (
        "R01",
        "1.24.4",
        "numpy==1.19.5",
        'pip install "numpy==1.19.5"',
    )


def test_what_is_confirmed_comes_first() -> None:
    facts = Facts(packages={"tensorflow": "2.8.4", "numpy": "1.24.4"}, complete=False)
    assert rules_of(NO_OBJECT, facts) == ["R04", "R01", "R83"]


def test_a_healthy_environment_confirms_nothing() -> None:
    explanation = explain(NO_OBJECT, Facts(packages={**BROKEN, "numpy": "1.19.5"}, complete=False))
    assert not explanation.confirmed
    assert explanation.findings[0].fix == 'TensorFlow <2.7: pip install "numpy==1.19.5"'


def test_a_text_of_another_environment_is_not_confirmed() -> None:
    facts = Facts(packages=BROKEN, complete=False)
    assert not explain("tensorflow==2.6.0\n" + NO_OBJECT, facts).confirmed
    assert not explain("Python 3.9.7\n" + NO_OBJECT, facts).confirmed
    assert explain("Python 3.8.10\ntensorflow==2.4.0\n" + NO_OBJECT, facts).confirmed is False
    assert explain("python3.8/site-packages\ntensorflow==2.4.0\n" + NO_OBJECT, facts).confirmed


# --- robustness ---

CHINESE = "ImportError: DLL load failed while importing _pywrap_tensorflow_internal: 找不到指定的模块。"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(CHINESE.encode(), id="utf-8"),
        pytest.param(CHINESE.encode("utf-8-sig"), id="utf-8 with a mark"),
        pytest.param(CHINESE.encode("utf-16"), id="utf-16 with a mark"),
        pytest.param(CHINESE.encode("utf-16-le"), id="utf-16 without"),
        pytest.param(CHINESE.encode("utf-16-be"), id="utf-16, big-endian"),
        pytest.param(CHINESE.encode("utf-32"), id="utf-32"),
        pytest.param(CHINESE.encode("gbk"), id="gbk"),
    ],
)
def test_pasted_bytes_are_decoded(data: bytes) -> None:
    assert decode_pasted(data) == CHINESE


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"\xff", b"\x00\x00\x00\x00\x00", bytes(range(256))])
def test_any_bytes_are_decoded_somehow(data: bytes) -> None:
    assert isinstance(explain(decode_pasted(data)), Explanation)


def test_any_text_is_explained_somehow() -> None:
    generator = random.Random(7)
    words = [
        NO_OBJECT,
        DESCRIPTORS,
        "Traceback (most recent call last):",
        'File "',
        ".py",
        "line 1",
        "0x",
        "at 0x7f",
        "1.",
        "...",
        "{",
        "}",
        "{numpy}",
        "\x1b[",
        "\r",
        "\n",
        "'",
        "\u2028",
        "\ud800",
        "#",
        "\\",
        "/",
    ]
    for _ in range(150):
        pieces = [
            generator.choice(words)
            if generator.random() < 0.5
            else "".join(generator.choices(string.printable, k=generator.randrange(12)))
            for _ in range(40)
        ]
        text = "".join(pieces)
        explanation = explain(text[generator.randrange(5) :])
        assert len(explanation.findings) == len(explanation.evidence) == len(explanation.apart)


def test_a_long_log_is_explained_in_time() -> None:
    line = (
        "2026-01-01 12:00:00.123456: W tensorflow/core/framework/op.cc:60] module 'numpy' has no attribute, named 'x'\n"
    )
    text = line * 20_000 + traceback("./a.py", "tensorflow/python/framework/dtypes.py", error=NO_OBJECT) + "\n" + line
    began = time.process_time()
    explanation = explain(text)
    assert time.process_time() - began < 20
    assert [finding.rule for finding in explanation.findings] == ["R01"]
    assert explanation.evidence[0] == (Line(20_006, NO_OBJECT),)


def test_a_harmless_message_of_cuda_comes_after_the_error_below_it() -> None:
    cuda = (
        "2026-01-01 12:00:00.123456: W tensorflow/stream_executor/platform/default/dso_loader.cc:60] Could not load "
        "dynamic library 'libcudart.so.11.0'; dlerror: libcudart.so.11.0: cannot open shared object file: No such file "
        "or directory\n"
    )
    error = "ImportError: cannot import name 'get_config' from 'tensorflow.python.eager.context'"
    text = cuda + traceback("./main.py", "keras/backend.py", error=error)
    assert [finding.rule for finding in explain(text).findings] == ["R18", "R47"]
    assert [finding.rule for finding in explain(cuda).findings] == ["R47"]


def test_a_compiled_module_is_of_the_package_that_imports_it() -> None:
    text = traceback("./main.py", "pandas/_libs/__init__.py", error='  File "interval.pyx", line 1, in init pandas')
    assert [finding.rule for finding in explain(f"{text}\n{SIZE_CHANGED}").findings] == ["R37"]
    other = text.replace("pandas", "gensim")
    assert [finding.rule for finding in explain(f"{other}\n{SIZE_CHANGED}").findings] == ["R94"]


# --- pip's own words ---


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        pytest.param(
            "tensorflow 2.4.0 requires numpy~=1.19.2, but you have numpy 1.24.4 which is incompatible.",
            "R01",
            id="requires",
        ),
        pytest.param(
            "tensorflow 2.4.0 has requirement numpy~=1.19.2, but you have numpy 1.24.4.", "R01", id="an older pip"
        ),
        pytest.param(
            "tensorflow-intel 2.11.0 requires protobuf<3.20,>=3.9.2, but you have protobuf 4.25.3 which is "
            "incompatible.",
            "R07",
            id="the part for Windows",
        ),
    ],
)
def test_the_versions_that_pip_names_are_judged(text: str, rule: str) -> None:
    explanation = explain("Collecting numpy\n" + text)
    assert explanation.findings[0].rule == rule
    assert explanation.evidence[0] == (Line(2, text),)
    assert len(explanation.findings) == len(explanation.evidence) == len(explanation.apart)


def test_a_conflict_of_packages_that_no_rule_knows_is_unknown() -> None:
    assert explain("foo 1.0 requires bar<2, but you have bar 3.0 which is incompatible.").unknown


# --- odd input ---


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("'" * 100_000, id="quotation marks"),
        pytest.param("((" * 50_000 + "'" * 50_000, id="brackets, then quotation marks"),
        pytest.param("x" + " " * 100_000 + "y", id="spaces"),
        pytest.param("." * 100_000 + "x", id="full stops"),
        pytest.param("installed " * 20_000, id="a word of a pattern"),
    ],
)
def test_the_time_grows_no_faster_than_the_text(text: str) -> None:
    before = time.process_time()
    explain(text)
    assert time.process_time() - before < 10
