"""Requirements files and what `pip freeze` and `pip list` write, as facts."""

# ruff: noqa: RUF001
# (full-width letters are meant)

import os
import sys
from pathlib import Path
from typing import Dict

import pytest

from fcnn.environment.listed import read_list, read_list_text
from fcnn.errors import ListingError

from . import listing


@pytest.fixture(autouse=True)
def on_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    listing.on(monkeypatch, listing.LINUX)


def test_a_list_of_what_is_to_be_installed() -> None:
    facts = listing.plan("tensorflow==2.4.0\nscikit-learn\npandas>=1.3,<2  # tables\n\n# the end\n")
    assert facts.packages == {"tensorflow": "2.4.0"}
    assert facts.ranges == {"scikit-learn": "", "pandas": "<2,>=1.3"}
    assert facts.lines == {
        "tensorflow": "requirements.txt:1",
        "scikit-learn": "requirements.txt:2",
        "pandas": "requirements.txt:3",
    }
    assert (facts.kind, facts.complete, facts.for_fcnn, facts.source) == (
        "requirements",
        False,
        False,
        "requirements.txt",
    )
    assert (facts.python, facts.python_from) == ("3.8", "as --python-version says")
    assert (facts.system, facts.machine) == ("Linux", "x86_64")


def test_a_complete_list() -> None:
    facts = read_list_text("numpy==1.19.5\n", "stdin", complete=True)
    assert (facts.kind, facts.complete) == ("freeze", True)
    assert (facts.python, facts.python_from) == ("3.11.7", "the one that runs this check; the list names none")


@pytest.mark.parametrize(
    ("line", "packages", "ranges"),
    [
        pytest.param("Keras_Preprocessing==1.1.2", {"keras-preprocessing": "1.1.2"}, {}, id="spelling of the name"),
        pytest.param("numpy == 1.19.5", {"numpy": "1.19.5"}, {}, id="spaces"),
        pytest.param("numpy===1.19.5", {"numpy": "1.19.5"}, {}, id="exactly the same text"),
        pytest.param("numpy==1.19.*", {}, {"numpy": "==1.19.*"}, id="a line of versions is no pin"),
        pytest.param("numpy~=1.19.2", {}, {"numpy": "~=1.19.2"}, id="compatible"),
        pytest.param("numpy (>=1.19)", {}, {"numpy": ">=1.19"}, id="in brackets"),
        pytest.param("numpy==1.19.5,>=1.19", {"numpy": "1.19.5"}, {}, id="a pin beside a range"),
        pytest.param("tensorflow[and-cuda]==2.15.1", {"tensorflow": "2.15.1"}, {}, id="extras"),
        pytest.param("numpy==1.19.5 --hash=sha256:0 --hash=sha256:1", {"numpy": "1.19.5"}, {}, id="hashes"),
        pytest.param("numpy==1.19.5 \\\n    --hash=sha256:0", {"numpy": "1.19.5"}, {}, id="continued"),
        pytest.param("numpy==1.19.5 ; python_version < '3.9'", {"numpy": "1.19.5"}, {}, id="marker that holds"),
        pytest.param("six\nnumpy; python_version >= '3.9'", {}, {"six": ""}, id="marker that does not"),
        pytest.param("six; python_full_version >= '3.8.1'", {}, {"six": ""}, id="the newest 3.8 is meant"),
        pytest.param("six\npywin32; sys_platform == 'win32'", {}, {"six": ""}, id="for another system"),
        pytest.param("six\nx; platform_machine == 'arm64' or extra == 'a'", {}, {"six": ""}, id="for another machine"),
        pytest.param("numpy @ file:///C:/ci/numpy_16037/work", {}, {"numpy": ""}, id="conda's build"),
        pytest.param(
            "h5py @ https://x.example/h5py-2.10.0-cp38-cp38-linux_x86_64.whl", {"h5py": "2.10.0"}, {}, id="wheel"
        ),
        pytest.param("./wheels/h5py-2.10.0-cp38-cp38-win_amd64.whl", {"h5py": "2.10.0"}, {}, id="wheel in a folder"),
        pytest.param("C:\\wheels\\h5py-2.10.0-cp38-cp38-win_amd64.whl", {"h5py": "2.10.0"}, {}, id="on Windows"),
        pytest.param("https://x.example/gast-0.3.3.tar.gz#sha256=0", {"gast": "0.3.3"}, {}, id="source archive"),
        pytest.param("-e git+https://x.example/a/b.git@v1#egg=foo_bar", {}, {"foo-bar": ""}, id="editable"),
        pytest.param("git+https://x.example/keras.git#egg=keras&subdirectory=a", {}, {"keras": ""}, id="repository"),
        pytest.param("six\n-e .\n./folder\n--editable=../other[extra]", {}, {"six": ""}, id="folders tell no name"),
        pytest.param(
            "-i https://x.example/simple --trusted-host x\n--pre\n-f wheels\nsix", {}, {"six": ""}, id="options"
        ),
        pytest.param("numpy>=1.19\nnumpy<1.20", {}, {"numpy": ">=1.19,<1.20"}, id="two lines together"),
        pytest.param("numpy==1.19.5\nNumPy>=1.19", {"numpy": "1.19.5"}, {}, id="a pin and a range that holds it"),
        pytest.param("numpy==1.19\nnumpy==1.19.0", {"numpy": "1.19"}, {}, id="the same version"),
        pytest.param(
            "numpy==1.19.5; python_version < '3.9'\nnumpy==2.0.2; python_version >= '3.9'",
            {"numpy": "1.19.5"},
            {},
            id="one for each Python",
        ),
    ],
)
def test_a_line(line: str, packages: Dict[str, str], ranges: Dict[str, str]) -> None:
    facts = listing.plan(line)
    assert (facts.packages, facts.ranges) == (packages, ranges)


def test_markers_are_of_the_judged_python_on_this_system(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "colorama==0.4.6; sys_platform == 'win32' and platform_machine == 'AMD64'\nsix==1.15.0; os_name == 'posix'\n"
    assert listing.plan(text).packages == {"six": "1.15.0"}
    listing.on(monkeypatch, listing.WINDOWS)
    assert listing.plan(text).packages == {"colorama": "0.4.6"}


@pytest.mark.parametrize(
    ("data", "name"),
    [
        pytest.param("numpy==1.19.5\r\n".encode("utf-16"), "requirements.txt", id="PowerShell"),
        pytest.param("numpy==1.19.5\r\n".encode("utf-16-le"), "requirements.txt", id="UTF-16 without a mark"),
        pytest.param("numpy==1.19.5\n".encode("utf-16-be").join([b"\xfe\xff", b""]), "r.txt", id="big-endian"),
        pytest.param("numpy==1.19.5  # 数组\n".encode("gbk"), "requirements.txt", id="GBK"),
        pytest.param("numpy==1.19.5  # 数组\n".encode(), "requirements.txt", id="UTF-8"),
        pytest.param(b"\xef\xbb\xbfnumpy==1.19.5", "requirements.txt", id="byte order mark"),
        pytest.param(b"numpy==1.19.5  # \xff\xfe\x80\n", "requirements.txt", id="in no encoding"),
        pytest.param(b"# a\r# b\rnumpy==1.19.5\r", "requirements.txt", id="old Mac"),
        pytest.param(b"\n\n\tnumpy==1.19.5\t\n", "requirements.txt", id="tabs"),
    ],
)
def test_encodings(data: bytes, name: str) -> None:
    assert listing.plan(data, name).packages == {"numpy": "1.19.5"}


def test_a_mistake_in_gbk_is_quoted_as_it_was_typed() -> None:
    with pytest.raises(ListingError) as caught:
        listing.plan("six\n数组 库\n".encode("gbk"))
    assert caught.value.problems[0].received == "数组 库"


# --- nested files ---


def test_nested_files_are_read_relative_to_the_file_that_names_them(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "requirements.txt").write_text("-r parts/base.txt\nsix\n", encoding="utf-8")
    (tmp_path / "parts" / "base.txt").write_text("--requirement=more.txt\nnumpy==1.19.5\n", encoding="utf-8")
    (tmp_path / "parts" / "more.txt").write_text("-r ../requirements.txt\n\nkeras==2.4.3\n", encoding="utf-8")
    facts = read_list(str(tmp_path / "requirements.txt"), complete=False)
    assert facts.packages == {"numpy": "1.19.5", "keras": "2.4.3"}
    assert facts.ranges == {"six": ""}
    assert facts.lines["keras"] == f"{tmp_path / 'parts' / 'more.txt'}:3"
    assert facts.source == str(tmp_path / "requirements.txt")


def test_constraints_count_for_what_is_asked_for_alone(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("-c limits.txt\ntensorflow==2.4.0\npandas\n", encoding="utf-8")
    (tmp_path / "limits.txt").write_text("pandas==1.3.5\nprotobuf==3.20.3\nseaborn==0.11.2\n", encoding="utf-8")
    facts = read_list(str(tmp_path / "requirements.txt"), complete=False, python="3.8")
    # TensorFlow asks for protobuf, nobody for seaborn
    assert facts.packages == {"tensorflow": "2.4.0", "pandas": "1.3.5", "protobuf": "3.20.3"}


def test_a_nested_file_that_is_not_there_is_told_where_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "base.txt").write_text("six\n", encoding="utf-8")
    path = tmp_path / "requirements.txt"
    path.write_text("six\n-r bose.txt\n-r https://x.example/r.txt\n-r\n", encoding="utf-8")
    with pytest.raises(ListingError) as caught:
        read_list(str(path), complete=False)
    missing, address, empty = caught.value.problems
    assert (missing.where, missing.message) == (f"{path}:2", "there is no such list")
    assert missing.received == str(tmp_path / "bose.txt")
    assert missing.hint == f"did you mean `{tmp_path / 'base.txt'}`?"
    assert (address.where, address.message) == (f"{path}:3", "a list at an address is not fetched")
    assert (empty.where, empty.message) == (f"{path}:4", "the name of the file to include is missing")


# --- what pip prints ---


def test_what_pip_freeze_writes() -> None:
    text = (
        "absl-py==0.15.0\n"
        "# Editable install with no version control (fcnn==0.1.0)\n"
        "-e /home/x/fcnn\n"
        "# Editable Git install with no remote (other==2.0)\n"
        "-e git+https://x.example/other@0#egg=another\n"
        "-e git+https://x.example/third@0#egg=third\n"
        "numpy @ file:///C:/ci/numpy_1603483703303/work\n"
        "old==2004d-dirty\n"
    )
    facts = read_list_text(text, "freeze.txt", complete=True, python="3.8")
    assert facts.packages == {"absl-py": "0.15.0", "fcnn": "0.1.0", "other": "2.0", "old": "2004d-dirty"}
    assert facts.ranges == {"third": "", "numpy": ""}


def test_what_pip_list_prints() -> None:
    text = (
        "Package         Version      Editable project location\n"
        "--------------- ------------ -------------------------\n"
        "absl-py         0.15.0\n"
        "fcnn            0.1.0        /home/x/fcnn\n"
        "\n"
        "[notice] A new release of pip is available: 23.0.1 -> 25.0.1\n"
    )
    facts = read_list_text(text, "stdin", complete=True)
    assert facts.packages == {"absl-py": "0.15.0", "fcnn": "0.1.0"}
    assert facts.lines["fcnn"] == "stdin:4"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('[{"name": "numpy", "version": "1.19.5"}]', id="pip list"),
        pytest.param(
            '{"version": "1", "installed": [{"metadata": {"name": "numpy", "version": "1.19.5"}}]}', id="inspect"
        ),
        pytest.param('{"install": [{"metadata": {"name": "numpy", "version": "1.19.5"}}]}', id="report"),
    ],
)
def test_what_pip_writes_as_json(text: str) -> None:
    assert read_list_text(text, "stdin", complete=True).packages == {"numpy": "1.19.5"}


# --- mistakes ---


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        pytest.param("numpy=1.19.5", "did you mean `numpy==1.19.5`?", id="conda's sign"),
        pytest.param("numpy=1.19.5=py38_0", "did you mean `numpy==1.19.5`?", id="conda's build"),
        pytest.param("numpy 1.19.5", "did you mean `numpy==1.19.5`?", id="no sign"),
        pytest.param("numpy: 1.19.5", "did you mean `numpy==1.19.5`?", id="colon"),
        pytest.param("numpy = = 1.19.5", "did you mean `numpy == 1.19.5`?", id="spaces between"),
        pytest.param("numpy＝＝1.19.5", "did you mean `numpy==1.19.5`?", id="full width"),
        pytest.param("numpy==1。19。5", "did you mean `numpy==1.19.5`?", id="Chinese full stop"),
        pytest.param("numpy=>1.19", "did you mean `numpy>=1.19`?", id="turned round"),
        pytest.param("numpy>1.19<1.20", "did you mean `numpy>1.19,<1.20`?", id="comma missing"),
        pytest.param("numpy==1.x", "did you mean `numpy==1.*`?", id="x"),
        pytest.param('"numpy==1.19.5",', "did you mean `numpy==1.19.5`?", id="out of a program"),
        pytest.param("pip install numpy", "did you mean `numpy`?", id="command"),
        pytest.param("!pip install -U numpy", "did you mean `numpy`?", id="notebook"),
        pytest.param(
            "numpy==1.19.5 keras==2.4.3",
            "did you mean `numpy==1.19.5` and `keras==2.4.3`, each on a line of its own?",
            id="two on a line",
        ),
        pytest.param("a b c", "", id="nothing near"),
    ],
)
def test_a_line_that_is_no_requirement(line: str, hint: str) -> None:
    with pytest.raises(ListingError) as caught:
        listing.plan(f"six\n{line}\n")
    (problem,) = caught.value.problems
    assert problem.where == "requirements.txt:2"
    assert problem.message == "this is no requirement"
    assert problem.expected == "a requirement such as `numpy==1.19.5`"
    assert problem.received == line
    assert problem.hint == hint


def test_all_bad_lines_are_told_at_once() -> None:
    with pytest.raises(ListingError) as caught:
        listing.plan("six\na b\nnumpy=1\n--pree\nx; platform_release > nothing\nkeras; extra < 1\n")
    assert [problem.where for problem in caught.value.problems] == [
        f"requirements.txt:{line}" for line in (2, 3, 4, 5, 6)
    ]
    assert caught.value.problems[2].hint == "did you mean `--pre`?"


def test_many_bad_lines_are_told_in_part() -> None:
    with pytest.raises(ListingError) as caught:
        listing.plan("\n".join(f"numpy=1.{number}" for number in range(30)))
    assert len(caught.value.problems) == 21
    assert caught.value.problems[-1].message == "10 more lines are wrong"


def test_prose_is_no_list() -> None:
    with pytest.raises(ListingError) as caught:
        listing.plan("A title\n\n" + "and a line of text\n" * 9)
    (problem,) = caught.value.problems
    assert (problem.where, problem.message) == ("requirements.txt:1", "this is no list of packages")
    assert problem.expected.startswith("requirements.txt, the output of `pip freeze`")


@pytest.mark.parametrize(
    ("text", "where", "expected", "received"),
    [
        pytest.param(
            "numpy==1.19.5\nsix\nnumpy>=1.20",
            "requirements.txt:3",
            "numpy==1.19.5, as in requirements.txt:1",
            "numpy>=1.20",
            id="pin and range",
        ),
        pytest.param(
            "keras==2.4.3\nKeras==2.6.0",
            "requirements.txt:2",
            "keras==2.4.3, as in requirements.txt:1",
            "keras==2.6.0",
            id="two pins",
        ),
        pytest.param(
            "pandas>=2\npandas<1",
            "requirements.txt:2",
            "pandas>=2, as in requirements.txt:1",
            "pandas<1",
            id="two ranges",
        ),
        pytest.param("numpy==1.19.5,>=1.20", "requirements.txt:1", "", "numpy==1.19.5,>=1.20", id="in one line"),
    ],
)
def test_lines_that_contradict_each_other(text: str, where: str, expected: str, received: str) -> None:
    with pytest.raises(ListingError) as caught:
        listing.plan(text)
    (problem,) = caught.value.problems
    assert (problem.where, problem.expected, problem.received) == (where, expected, received)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"", "the list names no package", id="empty"),
        pytest.param(b"# nothing yet\n-i https://x.example/simple\n", "the list names no package", id="comments"),
        pytest.param(b"-e .\n", "the list names no package", id="a folder alone"),
        pytest.param(b"\x7fELF\x02\x01\x01\x00\x00", "this is no text", id="binary"),
        pytest.param(b"numpy\x00==1.19.5\n" * 9, "this is no text", id="null bytes"),
        pytest.param(b"#" * ((1 << 25) + 1), "the file is too large to be a list of packages", id="enormous"),
        pytest.param(b"six\n" * 20_001, "the list names more than 20000 packages", id="long"),
        pytest.param(b"a b\n" * 2_000_000, "this is no list of packages", id="many mistakes"),
        pytest.param(b'{"a": 1}', "this JSON is no list of packages", id="other JSON"),
        pytest.param(
            b"numpy; python_version > '3.9'\n",
            "the list names no package for Python 3.8 on Linux x86_64",
            id="other Python",
        ),
    ],
)
def test_a_file_that_is_no_list(content: bytes, message: str) -> None:
    with pytest.raises(ListingError) as caught:
        listing.plan(content)
    (problem,) = caught.value.problems
    assert problem.message == message


def test_a_file_that_is_not_there_and_a_folder(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("six\n", encoding="utf-8")
    with pytest.raises(ListingError) as caught:
        read_list(str(tmp_path / "requirement.txt"), complete=False)
    assert caught.value.problems[0].where == str(tmp_path / "requirement.txt")
    assert caught.value.problems[0].hint == f"did you mean `{tmp_path / 'requirements.txt'}`?"
    with pytest.raises(ListingError) as caught:
        read_list(str(tmp_path), complete=False)
    assert caught.value.problems[0].message == "this is a folder, not a list of packages"
    assert caught.value.problems[0].hint == f"in it is `{tmp_path / 'requirements.txt'}`"
    assert caught.value.exit_code == 2


@pytest.mark.skipif(sys.platform == "win32" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_a_file_that_is_not_ours_to_read(tmp_path: Path) -> None:
    path = tmp_path / "requirements.txt"
    path.write_text("six\n", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(ListingError, match="Permission denied"):
        read_list(str(path), complete=False)


def test_a_name_with_a_null_byte() -> None:
    with pytest.raises(ListingError, match="the list cannot be read"):
        read_list("requirements\0.txt", complete=False)


@pytest.mark.parametrize("name", ["setup.py", "notebook.ipynb"])
def test_a_program_is_no_list(name: str) -> None:
    with pytest.raises(ListingError) as caught:
        listing.plan("import numpy\n", name)
    assert caught.value.problems[0].message == "this is a program, not a list of packages"


@pytest.mark.parametrize("python", ["3", "3.8.x", "cpython"])
def test_what_is_no_version_of_python(python: str) -> None:
    with pytest.raises(ListingError) as caught:
        listing.plan("six\n", python=python)
    assert (caught.value.problems[0].where, caught.value.problems[0].received) == ("--python-version", python)
