"""Every known error text is explained by its rule, in whatever shape it is pasted."""

from typing import Callable, List, Sequence, Tuple

import pytest

from fcnn.environment.explanation import explain

from .symptoms import TOLD, Told

WINDOWS = (
    "Traceback (most recent call last):\r\n"
    '  File "E:\\Anaconda3\\envs\\tf\\lib\\site-packages\\tensorflow\\python\\anywhere.py", line 46, in <module>\r\n'
    "    anything()\r\n"
)
LINUX = (
    "Traceback (most recent call last):\n"
    '  File "/home/me/.local/lib/python3.9/site-packages/tensorflow/python/anywhere.py", line 7, in <module>\n'
    "    anything()\n"
)
ELSEWHERE = {
    # Rules whose error arises in one file only: a traceback that ends elsewhere means another thing.
    "R01": "tensorflow\\python\\framework\\dtypes.py",
    "R04": "keras\\utils\\conv_utils.py",
    "R16": "keras\\protobuf\\versions_pb2.py",
    "R22": "tensorflow\\python\\keras\\saving\\hdf5_format.py",
    "R37": "pandas\\_libs\\interval.pyx.py",
    "R38": "matplotlib\\transforms.py",
    "R45": "course\\train.py",
    "R83": "skimage\\util.py",
}


def rules_of(text: str) -> List[str]:
    return [finding.rule for finding in explain(text).findings]


def unexplained(change: Callable[[Told], str], all_told: Sequence[Told] = TOLD) -> List[Tuple[str, str]]:
    """Those texts, changed, that are not explained by the rule that knows them."""
    changed = [(told.rule, change(told)) for told in all_told]
    return [(rule, text) for rule, text in changed if rule not in rules_of(text)]


def wrapped(text: str, width: int = 80, ending: str = "\r\n") -> str:
    """As a console shows it: cut at its edge, in the middle of words."""
    return ending.join(
        line[start : start + width] for line in text.splitlines() for start in range(0, max(1, len(line)), width)
    )


def test_a_known_text_is_explained() -> None:
    found = [(told, rules_of(told.text)) for told in TOLD]
    assert len(found) > 100
    assert [told for told, rules in found if told.rule not in rules] == []
    assert [told for told, rules in found if told.first and rules[0] != told.rule] == []
    assert [told for told, rules in found if len(rules) > len(set(rules))] == [], "a rule is there twice"


def test_a_known_text_is_explained_at_the_end_of_a_traceback_of_windows() -> None:
    def ending(told: Told) -> str:
        place = ELSEWHERE.get(told.rule, "tensorflow\\anywhere.py")
        return WINDOWS.replace("tensorflow\\python\\anywhere.py", place) + told.text

    assert unexplained(ending) == []


@pytest.mark.parametrize("indent", [0, 33, 61])
def test_a_known_text_is_explained_where_the_console_wrapped_it(indent: int) -> None:
    prefix = "2026-01-01 12:00:00.123456: W some words of a log, and this is one of them:"[:indent]
    assert unexplained(lambda told: wrapped(f"{prefix} {told.text}")) == []


def test_a_known_text_is_explained_without_the_class_of_its_exception() -> None:
    assert unexplained(lambda told: told.text.partition("Error: ")[2] or told.text) == []


@pytest.mark.parametrize(
    "shape",
    [
        pytest.param("E       {}", id="pytest"),
        pytest.param("> > {}", id="mail"),
        pytest.param("\x1b[0;31m{}\x1b[0m", id="colours"),
        pytest.param("[0;31m{}[0m", id="colours that lost their escape"),
        pytest.param("2026-01-01 12:00:00,123 - root - ERROR - {}", id="log"),
        pytest.param("web_1  | {}", id="container"),
        pytest.param("│ {} │", id="box"),
        pytest.param("I get this error: {}\nWhat can I do?", id="question"),
        pytest.param('"{}\\n",', id="notebook"),
        pytest.param("\ufeff{}\r\n\r\n(tf) C:\\course>", id="console"),
    ],
)
def test_a_known_text_is_explained_in_any_shape(shape: str) -> None:
    assert unexplained(lambda told: shape.format(told.text), [told for told in TOLD if len(told.text) > 40]) == []


@pytest.mark.parametrize(
    "quotes",
    ["\u2018\u2019", "``", '""', "\u201c\u201d", "\u300c\u300d", "  "],
    ids=["curly", "ticks", "double", "curly double", "corners", "none"],
)
def test_quotation_marks_do_not_matter(quotes: str) -> None:
    def requoted(told: Told) -> str:
        text, opens = "", True
        for letter in told.text:
            if letter in "'`":
                text, opens = text + quotes[0 if opens else 1], not opens
            else:
                text += letter
        return text

    assert unexplained(requoted) == []


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        pytest.param("R07", "> TypeError: Descriptors cannot\n> be created directly.", id="mail"),
        pytest.param("R07", "> > TypeError: Descriptors can\r\n> > not be created directly.", id="mail in a mail"),
        pytest.param(
            "R05",
            "E   A module that was compiled using NumPy 1.x cannot be run in\nE   NumPy 2.0.2 as it may crash.",
            id="pytest",
        ),
        pytest.param(
            "R07",
            "2026-01-01 12:00:00,1 TypeError: Descriptors\n2026-01-01 12:00:00,1 cannot be created directly",
            id="log",
        ),
        pytest.param(
            "R11",
            "VersionError: Detected incompatible Protobuf Gencode/Runtime versions when loading tensorflow/x.proto: "
            "gencode 6.3\n1.1 runtime 5.29\n.6. Runtime version cannot be older than the linked gencode version.",
            id="version",
        ),
        pytest.param(
            "R03",
            "ImportError: SystemError: <built-in method __contains__ of dict object at 0x7f4b\r\n"
            "25326cc0> returned a result with an error set",
            id="address",
        ),
        pytest.param(
            "R01",
            "E:\\Anaconda3\\lib\\site-packages\\tensorflow\\python\\framework\\dty\r\npes.py:511: FutureWarning: In "
            "the future `np.ob\r\nject` will be defined as the corresponding NumPy scalar.",
            id="path",
        ),
    ],
)
def test_what_begins_each_line_of_a_wrapped_text_does_not_matter(rule: str, text: str) -> None:
    assert rules_of(text)[0] == rule


PARTS = (
    ("R01", "AttributeError: module 'numpy' has no attr"),
    ("R01", "numpy' has no attribute 'object'."),
    ("R01", "In the future `np.object` will be defined as"),
    ("R01", "In the future `np.object` will be def..."),
    ("R02", "NotImplementedError: Cannot convert a symbolic Tensor (gru_1/strided_slice:0) to a numpy array"),
    ("R02", "This error may indicate that you're trying to pass a Tensor to a NumPy call, which is not supported"),
    ("R02", "Cannot convert a symbolic Tensor (bidirectional/forward_lstm/strided_slice:0) to a numpy array."),
    ("R03", "module compiled against API version 0xe but this ver"),
    ("R03", "against API version 0x10 but this version of numpy is 0xf"),
    ("R05", "A module that was compiled using NumPy 1.x cannot be run in"),
    ("R05", "compiled using NumPy 1.x cannot be run in\nNumPy 2.1.3 as it may crash."),
    ("R07", "TypeError: Descriptors cannot be cr"),
    ("R07", "scriptors cannot not be created directly."),
    ("R11", "Detected incompatible Protobuf Gencode/Runtime versions when loading"),
    ("R11", "gencode 6.31.1 runtime 5.28.0. Runtime version cannot be older than the linked gencode version."),
    ("R14", "cannot import name 'dtensor' from 'tensorflow.compat.v2"),
    ("R14", "dtensor' from 'tensorflow.compat.v2.experimental'"),
    ("R18", "name 'get_config' from 'tensorflow.python.eager.context'"),
    ("R20", ".__internal__' has no attribute 'register_load_context_function'"),
    ("R28", "descriptor does not support '_DictWrapper' objects"),
    ("R33", "this version of pandas is incompatible with numpy < 1.22.4"),
    ("R33", "is incompatible with numpy < 1.20.3\nyour numpy version is 1.19.5."),
    ("R34", "Matplotlib requires numpy>=1.21; you"),
    ("R37", "numpy.dtype size changed, may indicate binary incomp"),
    ("R39", "C extension: None not built. If you want to import"),
    ("R41", "is deprecated, use 'scikit-learn' rather than 'sklearn'"),
    ("R80", "Please install the backwards-compatible tf-keras package with `pip install tf-keras`."),
    ("R81", "Only instances of keras.Layer can be added to"),
    ("R88", "DLL load failed while importing _pywrap_tensor"),
)


@pytest.mark.parametrize(("rule", "part"), PARTS, ids=[f"{number}-{rule}" for number, (rule, _) in enumerate(PARTS)])
def test_a_part_of_a_text_is_explained(rule: str, part: str) -> None:
    assert rule in rules_of(part)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        pytest.param("R11", "google.protobuf.runtime_version.VersionError: {}", id="with its module"),
        pytest.param("R11", "VersionError: {}", id="without"),
        pytest.param("R11", "tensorflow.errors.SomethingError: {}", id="another class"),
    ],
)
def test_the_class_may_have_any_prefix(rule: str, text: str) -> None:
    message = (
        "Detected incompatible Protobuf Gencode/Runtime versions when loading tensorflow/core/x.proto: gencode 6.31.1 "
        "runtime 5.29.6. Runtime version cannot be older than the linked gencode version."
    )
    assert rules_of(text.format(message))[:1] == [rule]


def test_the_class_of_tensorflow_may_be_qualified() -> None:
    text = (
        "tensorflow.python.framework.errors_impl.AlreadyExistsError: Another metric with the same name already exists."
    )
    assert rules_of(text) == ["R14"]


COURSE = (
    "E:\\Anaconda3\\envs\\tf\\lib\\site-packages\\tensorflow\\python\\framework\\dtypes.py:513: FutureWarning: In the "
    "future `np.object` will be defined as the corresponding NumPy scalar.",
    "  np.object,",
    "AttributeError: module 'numpy' has no attribute 'object'.",
)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\n".join(COURSE[:2]), id="the two lines"),
        pytest.param("\r\n".join(COURSE), id="with the error"),
        *(pytest.param(line, id=f"line {number}") for number, line in enumerate(COURSE, 1)),
        pytest.param(wrapped("\n".join(COURSE)), id="wrapped"),
    ],
)
def test_the_lines_of_the_course_are_explained(text: str) -> None:
    explanation = explain(text)
    assert explanation.findings[0].rule == "R01"
    assert explanation.findings[0].fix == 'TensorFlow <2.7: pip install "numpy==1.19.5"'
