"""Writing a trained network in a form that needs no fcnn."""

from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Callable, Iterator, List, Mapping, Sequence, Tuple

from fcnn.data.findings import column_place
from fcnn.environment import judge, read_facts
from fcnn.errors import Problem, RunError, UnsupportedEnvironmentError
from fcnn.jobs.backend import load_backend
from fcnn.runs.folder import not_writable
from fcnn.runs.receipt import read_receipt
from fcnn.runs.run import Run, load
from fcnn.wording import say

if TYPE_CHECKING:
    from fcnn.export.script import Lesson
    from fcnn.export.subject import Subject

NEEDS_TENSORFLOW = ("keras", "savedmodel", "script")
TOGETHER = ("savedmodel", "onnx", "numpy")
"""Formats that hold several networks, and what is made of probabilities."""
COMPANIONS = {"numpy": ".npz", "script": ".parts.txt"}
"""What may lie beside a file, by format."""


@dataclass(frozen=True)
class Exported:
    """What was written."""

    paths: Tuple[Path, ...]
    """The file or folder itself, then what lies beside it."""
    findings: Tuple[Problem, ...]


def export_run(run_name: str, kind: str, output: Path) -> Exported:
    """Write a run in another form; everything is there afterwards, or nothing.

    Args:
        run_name: a run folder, its name, or ``latest``.
        kind: ``keras``, ``savedmodel``, ``onnx``, ``numpy`` or ``script``.
        output: the file, or of ``savedmodel`` the folder, to be made.

    Raises:
        RunError: there is no such run, it has something that the format cannot hold, or the place is taken.
        DataError: the script needs the table of the run, and it is not what it was.
        UnsupportedEnvironmentError: TensorFlow or onnx cannot be imported.
    """
    from fcnn.export.subject import subject_of

    _check_free(output, kind)
    run = load(run_name)
    subject = subject_of(run)
    if kind in NEEDS_TENSORFLOW:
        load_backend()
    write, findings = _writer(kind, subject)
    _check_ending(kind, output)
    with _into_place(output) as place:
        write(place)
    paths = [output, *(path for path in _companions(output, kind) if path.exists())]
    return Exported(tuple(paths), tuple(findings))


def _writer(kind: str, subject: "Subject") -> Tuple[Callable[[Path], None], List[Problem]]:
    """What writes a run into a place, and what is to be told of it.

    Raises:
        RunError: with a problem for each column that the format cannot hold.
    """
    if len(subject.networks) > 1 and kind not in TOGETHER:
        message = say(
            "{format} holds one network, and this run predicts with {count}", format=kind, count=len(subject.networks)
        )
        hint = say("formats that can: {others}", others=", ".join(TOGETHER))
        raise RunError(Problem(message, str(subject.run.folder), hint=hint))
    if subject.target.is_decided and kind not in TOGETHER:
        message = say("{format} has no place for the temperature or the threshold of this run", format=kind)
        hint = say("formats that can: {others}", others=", ".join(TOGETHER))
        raise RunError(Problem(message, str(subject.run.folder), hint=hint))
    if kind == "onnx":
        return _onnx_writer(subject)
    if kind == "savedmodel":
        from fcnn.export.saved_model import why_no_graph, write_saved_model

        _refuse(why_no_graph(subject.columns), ["keras", "numpy"])
        return lambda place: write_saved_model(place, subject), []
    if kind == "keras":
        from fcnn.export.keras_file import why_no_keras, write_keras
        from fcnn.export.steps import is_bent

        without_onnx = any(map(is_bent, subject.columns))  # which cannot do all of what Keras cannot
        others = ["savedmodel", *([] if without_onnx else ["onnx"]), "numpy"]
        if subject.embeds_numbers:
            hint = say("formats that can: {others}", others=", ".join(others))
            reason = say("Keras has no layers of its own that embed numbers")
            raise RunError(Problem(reason, str(subject.run.folder), hint=hint))
        _refuse(why_no_keras(subject), others)
        message = say("Keras has no layers for text: the file takes the encoded columns that fcnn.json in it lists")
        hint = say("--format savedmodel or onnx takes the columns of the table as they are")
        return lambda place: write_keras(place, subject), [Problem(message, severity="note", hint=hint)]
    if kind == "numpy":
        from fcnn.export.numpy_file import write_numpy

        return lambda place: write_numpy(place, subject), []
    from fcnn.export.script import write_script

    lesson = _lesson(subject.run, subject)
    return lambda place: write_script(place, lesson), _other_stack(subject.run)


def _onnx_writer(subject: "Subject") -> Tuple[Callable[[Path], None], List[Problem]]:
    if find_spec("onnx") is None:
        hint = 'pip install "fcnn[onnx]"'
        raise UnsupportedEnvironmentError(Problem(say("the package onnx is needed to write this format"), hint=hint))
    from fcnn.export.onnx_file import why_no_onnx, write_onnx

    dates = [column.name for column in subject.columns if column.kind == "date"]
    texts = [column.name for column in subject.columns if column.kind in ("boolean", "category")]
    _refuse(why_no_onnx(subject), ["savedmodel", "numpy"])
    notes = []
    if dates:
        message = say("ONNX cannot read dates: give days since 1970-01-01, as numbers, of {names}", names=_named(dates))
        notes.append(Problem(message, severity="note"))
    if texts:
        message = say(
            "ONNX cannot take blanks away: give text without blanks around it of {names}", names=_named(texts)
        )
        notes.append(Problem(message, severity="note"))
    return lambda place: write_onnx(place, replace(subject, is_date_text=False)), notes


def _lesson(run: Run, subject: "Subject") -> "Lesson":
    """The run with the rows that it was trained on, its table being read again."""
    from fcnn.export.script import Lesson
    from fcnn.jobs.prepare import prepare_job, read_request
    from fcnn.jobs.unchanged import check_unchanged
    from fcnn.runs.folder import CONFIG

    check_unchanged(run.record.files)
    prepared = prepare_job(read_request(run.folder / CONFIG))
    dataset = prepared.dataset
    parts = {name: part.rows for name, part in dataset.parts.items()}
    return Lesson(subject, prepared.config, prepared.design, prepared.request.paths, parts, dataset.rows_read)


def _other_stack(run: Run) -> List[Problem]:
    """A note where the script cannot begin with the initial weights of the run."""
    receipt = read_receipt(run.folder)
    if receipt is None or receipt.stack == judge(read_facts()).stack:
        return []
    message = say(
        "the run was trained on the {stack} stack: Keras draws other initial weights here, and the score is near, not "
        "the same",
        stack=receipt.stack,
    )
    return [Problem(message, str(run.folder), severity="note", hint=say("write and run the script on that stack"))]


def _refuse(reasons: Mapping[str, str], others: Sequence[str]) -> None:
    """Raise where there are reasons, by column."""
    problems = [
        Problem(reason, column_place(name), hint=say("formats that can: {others}", others=", ".join(others)))
        for name, reason in reasons.items()
    ]
    if problems:
        raise RunError(*problems)


def _named(names: List[str]) -> str:
    return ", ".join(map(repr, names[:5])) + (", ..." if len(names) > 5 else "")


# --- where it goes ----------------------------------------------------------------------------------------------------


def _companions(output: Path, kind: str) -> List[Path]:
    return [output.with_suffix(COMPANIONS[kind])] if kind in COMPANIONS else []


def _check_free(output: Path, kind: str) -> None:
    taken = [path for path in (output, *_companions(output, kind)) if path.exists() or path.is_symlink()]
    hint = say("choose another with -o, or delete it")
    if taken:
        raise RunError(*(Problem(say("is there already"), str(path), hint=hint) for path in taken))


def _check_ending(kind: str, output: Path) -> None:
    """A Keras file has the ending of the Keras that writes it."""
    if kind != "keras":
        return
    ending: str = load_backend().KERAS_FILE
    if output.suffix != ending:
        message = say("this Keras writes {ending} files", ending=ending)
        raise RunError(Problem(message, str(output), received=output.suffix, hint=f"-o {output.with_suffix(ending)}"))


@contextmanager
def _into_place(output: Path) -> Iterator[Path]:
    """A place to write to; what is there when the block ends well gets its name, the file itself last."""
    try:
        with TemporaryDirectory(prefix=f".{output.name[:50]}.", suffix=".tmp", dir=str(output.parent)) as folder:
            place = Path(folder) / output.name
            yield place
            for path in sorted(place.parent.iterdir(), key=lambda path: path == place):
                path.rename(output.parent / path.name)
    except OSError as error:
        raise RunError(not_writable(output, error)) from error
