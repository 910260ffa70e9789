"""What people do wrong, and what they read then."""

# ruff: noqa: E501 - messages are written out as they are printed
import sys
from pathlib import Path

import pytest


@pytest.fixture
def wrong(console, small):
    """Run a command that must fail with 2, say nothing on stdout and leave nothing behind; its stderr."""

    def run(*words):
        before = sorted(small.parent.rglob("*"))
        answer = console(*words)
        assert (answer.code, answer.out) == (2, "")
        assert "Traceback" not in answer.err
        assert sorted(small.parent.rglob("*")) == before
        return answer.err

    return run


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(
            ["tarin"],
            "error: there is no command 'tarin': did you mean `train`?\n  hint: fcnn --help\n",
            id="mistyped command",
        ),
        pytest.param(
            ["small.yaml"],
            "error: there is no command 'small.yaml': `fcnn train` takes a config\n  hint: fcnn --help\n",
            id="a config for a command",
        ),
        pytest.param(["train"], "error: Missing argument 'CONFIG'\n  hint: fcnn train --help\n", id="no config"),
        pytest.param(
            ["train", "small.yaml", "--dryrun"],
            "error: there is no option --dryrun\n  hint: did you mean `--dry-run`?\n",
            id="mistyped option",
        ),
        pytest.param(
            ["train", "small.yaml", "--training.epochs=5"],
            "error: there is no option --training.epochs\n"
            "  hint: to change a value of the config, leave the dashes out: training.epochs=VALUE\n",
            id="an override with dashes",
        ),
        pytest.param(
            ["train", "table.csv"],
            "error: table.csv: which column is to be predicted?\n  expected: --target COLUMN\n"
            "  received: no --target; there are the columns a, b, y\n  hint: perhaps: --target y\n",
            id="a table without a target",
        ),
        pytest.param(
            ["train", "small.yaml", "--target", "y"],
            "error: --target goes with a CSV; for a config say data.target=y\n  hint: fcnn train --help\n",
            id="a config with a target",
        ),
        pytest.param(
            ["train", "smal.yaml"],
            "error: smal.yaml: there is no such config file\n  hint: did you mean small.yaml?\n",
            id="mistyped config",
        ),
        pytest.param(
            ["train", "table.csv", "--target", "Y"],
            "error: data.target: table.csv has no column 'Y'\n  hint: did you mean `y`?\n",
            id="mistyped target",
        ),
        pytest.param(
            ["train", "tabel.csv", "--target", "y"],
            "error: data.path: there is no such file\n  received: {cwd}/tabel.csv\n  hint: did you mean `table.csv`?\n",
            id="mistyped table",
        ),
        pytest.param(
            ["train", "small.yaml", "epochs"],
            "error: override 'epochs': this is no override\n"
            "  expected: key=value, such as training.epochs=50\n"
            "  hint: write training.epochs=VALUE\n",
            id="no override",
        ),
        pytest.param(
            ["train", "small.yaml", "--run-dir", "."],
            "error: {cwd}: is there already and not empty\n  hint: choose another --run-dir\n",
            id="the current folder",
        ),
        pytest.param(
            ["train", "small.yaml", "--run-dir", "small.yaml"],
            "error: {cwd}/small.yaml: is a file\n  expected: a folder\n  hint: choose another --run-dir\n",
            id="a file for the run folder",
        ),
        pytest.param(
            ["train", "small.yaml", "--run-dir", Path(Path.cwd().anchor)],
            "error: /: is no folder that a run can be\n  hint: choose another --run-dir\n",
            id="the root of the file system",
        ),
        pytest.param(
            ["train", "small.yaml", "--run-dir", "small.yaml/run"],
            "error: {cwd}/small.yaml: cannot be written: Not a directory\n",
            id="a run folder below a file",
        ),
        pytest.param(
            ["train", "small.yaml", "run.dir=table.csv"],
            "error: {cwd}/table.csv: cannot be written: Not a directory\n",
            id="a file for the folder of runs",
        ),
        pytest.param(
            ["train", "small.yaml", "training.initial_weights=nosuch"],
            "error: override 'training.initial_weights=nosuch': nosuch: there is no such run\n  hint: known: latest\n",
            id="no run to start from",
        ),
        pytest.param(
            ["show", "latest"], "error: runs: there is no run yet\n  hint: fcnn train CONFIG\n", id="no run yet"
        ),
        pytest.param(["show", "nosuch"], "error: nosuch: there is no such run\n  hint: known: latest\n", id="no run"),
        pytest.param(
            ["predict", ".", "table.csv"],
            "error: .: is no complete run\n  received: no metrics.json and no data.json in it\n",
            id="no run folder",
        ),
        pytest.param(
            ["predict", "table.csv"], "error: Missing argument 'CSV'\n  hint: fcnn predict --help\n", id="no run named"
        ),
        pytest.param(
            ["predict", "latest", "table.csv", "--engine", "torch"],
            "error: Invalid value for '--engine': 'torch' is not one of 'numpy', 'keras'\n  hint: fcnn predict --help\n",
            id="mistyped engine",
        ),
        pytest.param(
            ["validate", "table.csv"],
            "error: table.csv: this is a table, not a config\n"
            "  expected: a YAML file\n"
            "  hint: to train on a table without a config: fcnn train table.csv --target COLUMN\n",
            id="a table to validate",
        ),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="the words and paths of POSIX")
def test_a_mistake_on_the_command_line(wrong, small, words, message) -> None:
    assert wrong(*words) == message.format(cwd=small.parent)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param(
            "epochs: 3",
            "epoch: 3",
            "error: small.yaml:3:12 training.epoch: unknown key `epoch`\n  hint: did you mean `epochs`?\n",
            id="mistyped key",
        ),
        pytest.param(
            "target: y,",
            "target: z, drop: [c],",
            "error: small.yaml:1:33 data.target: table.csv has no column 'z'\n  hint: known: a, b, y\n"
            "error: small.yaml:1:43 data.drop[0]: table.csv has no column 'c'\n  hint: known: a, b, y\n"
            "2 errors.\n",
            id="two wrong columns",
        ),
        pytest.param(
            "layers: [4]",
            "layers: [{units: 4, activation: rellu}, 0]",
            "error: small.yaml:2:43 network.layers[0].activation: unknown activation `rellu`\n"
            "  expected: one of elu, exponential, gelu, hard_sigmoid, leaky_relu, linear, mish, relu, selu, sigmoid, "
            "silu, softmax, softplus, softsign, swish, tanh, or a mapping with `name`\n"
            "  hint: did you mean `relu`?\n"
            "error: small.yaml:2:51 network.layers[1]: 0 is too small\n"
            "  expected: a whole number >= 1\n"
            "2 errors.\n",
            id="two wrong values",
        ),
        pytest.param(
            "path: table.csv",
            "path: tables.csv",
            "error: small.yaml:1:14 data.path: there is no such file\n"
            "  received: {cwd}/tables.csv\n"
            "  hint: did you mean `table.csv`?\n",
            id="mistyped table",
        ),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="the paths of POSIX")
def test_a_mistake_in_the_config(wrong, small, old, new, message) -> None:
    text = small.read_text(encoding="utf-8")
    assert old in text
    small.write_text(text.replace(old, new), encoding="utf-8")
    assert wrong("train", "small.yaml") == message.format(cwd=small.parent)


@pytest.mark.parametrize(
    ("content", "start"),
    [
        pytest.param(b"", "error: {cwd}/table.csv: the file is empty\n", id="empty"),
        pytest.param(b"a,b,y\n", "error: {cwd}/table.csv: there is a header and not one row below it\n", id="no rows"),
        pytest.param(
            b"a,b,y\n1,2,3\n1,2,3\n4,5,3\n",
            "error: column 'y': the target is the same in every row that has one\n",
            id="constant",
        ),
        pytest.param(
            b"a,b,y\n1,2,3.5\n4,5,6\n", "error: data.split: 2 usable rows are too few to split\n", id="few rows"
        ),
        pytest.param(
            b"a,b,y\n\x81 ,1,2\n", "error: {cwd}/table.csv: the file is not UTF-8 text\n", id="no known encoding"
        ),
        pytest.param(
            b"a,b,y\n1,2,3\n4,5,6,7\n",
            "error: {cwd}/table.csv: 1 row has too many fields\n"
            "  expected: 3 fields in each, as the header has\n"
            "  received: line 3 has 4\n",
            id="long row",
        ),
        pytest.param(b"a,b,y\n1,2,3\n4,5\n", "error: {cwd}/table.csv: 1 row has too few fields\n", id="short row"),
        pytest.param(b'a,b,y\n1,2,3\n4,"5,6\n', "error: {cwd}/table.csv:3: a record that does not end\n", id="quote"),
        pytest.param(b"\x00\x01\x02\xff", "error: {cwd}/table.csv:1: there is a NUL character: ", id="no text"),
        pytest.param(
            b"\x1f\x8b\x08\x00rubbish", "error: {cwd}/table.csv: cannot be unpacked: ", id="a damaged gzip file"
        ),
        pytest.param(
            b"a,b,y\n1,2,3.5\n4,x,5\n6,7,8\n9,9,9\n1,5,1\n",
            "error: column 'b': is numeric, but 1 cell is no number\n"
            "  expected: numbers such as 1400.5\n"
            "  received: 'x' (line 3)\n"
            "  hint: correct the file, or say what to do: data.columns.b.bad_values=missing (count them as missing), "
            "data.columns.b.type=category (take it as text)\n",
            id="a cell that is no number",
        ),
        pytest.param(
            b"a,b,y,y\n1,2,3,4\n", "error: {cwd}/table.csv: the column name 'y' appears 2 times", id="name twice"
        ),
    ],
)
@pytest.mark.parametrize(
    "words", [["train", "small.yaml"], ["init", "table.csv", "--target", "y"]], ids=["train", "init"]
)
@pytest.mark.skipif(sys.platform == "win32", reason="the paths of POSIX")
def test_a_table_that_cannot_be_used(wrong, small, words, content, start) -> None:
    (small.parent / "table.csv").write_bytes(content)
    assert wrong(*words).startswith(start.format(cwd=small.parent))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(
            lambda folder: (folder / "full").mkdir() or (folder / "full" / "x").write_text("", encoding="utf-8"),
            "error: {cwd}/full: is there already and not empty\n  hint: choose another --run-dir\n",
            id="a full folder",
        ),
        pytest.param(
            lambda folder: (folder / "full.partial").mkdir(),
            "error: {cwd}/full.partial: another run is writing it, or was killed\n"
            "  hint: delete {cwd}/full.partial if that run is no longer going\n",
            id="a partial run",
        ),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="the paths of POSIX")
def test_a_run_folder_in_the_way(wrong, small, make, message) -> None:
    make(small.parent)
    assert wrong("train", "small.yaml", "--run-dir", "full") == message.format(cwd=small.parent)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that even root cannot write to")
def test_a_folder_that_cannot_be_written_is_a_clear_error(wrong) -> None:
    assert wrong("train", "small.yaml", "run.dir=/proc/nosuch") == (
        "error: /proc/nosuch: cannot be written: No such file or directory\n"
    )


def test_no_permission_names_the_remedy_for_containers(wrong, small, monkeypatch) -> None:
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    runs = small.parent / "runs"
    assert wrong("train", "small.yaml") == (
        f"error: {runs}: cannot be written: Permission denied\n"
        '  hint: in a container, run it as yourself: docker run --user "$(id -u):$(id -g)" ...\n'
    )


def test_a_disk_that_is_full_leaves_what_was_trained(console, small, monkeypatch) -> None:
    from fcnn.jobs import results
    from fcnn.training import saving

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(results, "write_history", full)
    monkeypatch.setattr(saving, "PAUSE", 0)
    answer = console("train", "small.yaml")
    assert (answer.code, answer.out) == (1, "")
    assert ".partial: cannot be written: No space left on device\n" in answer.err
    (partial,) = (small.parent / "runs").iterdir()
    final = partial.with_suffix("")
    assert answer.err.splitlines()[-1] == f"  hint: to go on with it: fcnn train --resume {final}"
    monkeypatch.undo()
    assert console("train", "--resume", str(final)).code == 0
    assert list((small.parent / "runs").iterdir()) == [final]
