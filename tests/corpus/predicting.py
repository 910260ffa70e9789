"""Tables that a finished run is to predict."""

import atexit
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Union

from .case import LABELS, Case, Fails, Works, plain

KIND = "Predicting"

COLOURS = ("red", "green", "blue")


def _rows(count: int) -> str:
    return "".join(
        f"{plain(row + 30)},{'' if row % 5 == 4 else row % 7},{COLOURS[row % 3]},2020-0{row % 9 + 1}-1{row % 10},"
        f"{LABELS[row]}\n"
        for row in range(count)
    )


TRAINED = "x,gaps,colour,day,y\n" + _rows(48)
NEW = "x,gaps,colour,day\n" + "".join(line.rpartition(",")[0] + "\n" for line in _rows(6).splitlines())


@lru_cache(maxsize=None)
def _folder() -> Path:
    import fcnn

    folder = Path(tempfile.mkdtemp(prefix="corpus"))
    atexit.register(shutil.rmtree, str(folder), ignore_errors=True)
    (folder / "table.csv").write_text(TRAINED, encoding="utf-8")
    config = {
        "data": {"path": str(folder / "table.csv"), "target": "y", "split": {"validation": 0, "test": 0}},
        "network": {"layers": [4]},
        "training": {"epochs": 2, "early_stopping": None},
        "run": {"dir": str(folder / "runs"), "plots": False},
    }
    run = fcnn.train(config)
    assert run.record.preprocessing.feature_names[:3] == ["x", "gaps", "gaps=<missing>"]
    return Path(run.folder)


def run(path: Path) -> None:
    """Put a finished run here."""
    shutil.copytree(_folder(), path)


def _case(
    id: str, text: Union[str, bytes], expect: Union[Works, Fails], *options: str, row: str = "", name: str = "new.csv"
) -> Case:
    return Case(id, {"run": run, name: text}, expect, words=("predict", "run", name, *options), row=row)


def _with(cell: str, column: int = 0) -> str:
    """The new rows, the first of which has another cell."""
    header, first, *rest = NEW.splitlines()
    cells = first.split(",")
    cells[column] = cell
    return "\n".join([header, ",".join(cells), *rest, ""])


CASES = [
    _case("rows as in training", NEW, Works(rows=6, printed=["prediction,probability_a,probability_b\n"])),
    _case(
        "columns in another order, and others beside them",
        "id,day,colour,gaps,x\n" + "".join(f"{n},2020-01-1{n},red,3,2.5\n" for n in range(6)),
        Works(rows=6),
    ),
    _case("another encoding and separator", NEW.replace(",", ";").encode("utf-16"), Works(rows=6)),
    _case(
        "a column less",
        "x,gaps,day\n1,2,2020-01-01\n",
        Fails(["new.csv: the table has no column 'colour'"]),
        row="A column less in the rows to predict",
    ),
    _case(
        "a column in another case",
        NEW.replace("colour", "Colour", 1),
        Fails(["new.csv: the table has no column 'colour'", "did you mean `Colour`?"]),
    ),
    _case(
        "a category that training did not have",
        _with("violet", 2),
        Works(rows=6, said=["column 'colour'", "not in training, such as 'violet'"]),
        row="A category in the rows to predict that training did not have",
    ),
    _case("the same with --strict", _with("violet", 2), Fails(["column 'colour'", "'violet'"], plain=True), "--strict"),
    _case("a number far beyond those of training", _with("1e6"), Works(rows=6, said=["column 'x'", "beyond"])),
    _case("a missing number where training had none", _with(""), Works(rows=6, said=["column 'x'", "missing"])),
    _case("a missing number where training had some", _with("", 1), Works(rows=6)),
    _case("a bad cell", _with("5.1cm"), Fails(["column 'x'", "1 cell is no number", "'5.1cm' (line 2)"])),
    _case(
        "a date that there is not",
        _with("2020-02-30", 3),
        Fails(["column 'day'", "1 cell is no date", "'2020-02-30' (line 2)"]),
    ),
    _case(
        "dates in another format",
        "x,gaps,colour,day\n1,2,red,17.5.2020\n2,3,red,18.5.2020\n",
        Works(rows=2, said=["note: column 'day': dates are read as %d.%m.%Y"]),
    ),
    _case("infinity", _with("inf"), Fails(["column 'x'", "1 cell is infinite", "'inf' (line 2)"])),
    _case("a row too short", NEW + "1,2\n", Fails(["new.csv: 1 row has too few fields", "line 8 has 2"])),
    _case("an empty file", "", Fails(["new.csv: the file is empty"])),
    _case("a header and no rows", "x,gaps,colour,day\n", Works(rows=0)),
    _case("a picture", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", Fails(["new.csv"], plain=True)),
    Case(
        "no such table",
        {"run": run, "new.csv": NEW},
        Fails(["news.csv: there is no such file", "did you mean `new.csv`?"]),
        words=("predict", "run", "news.csv"),
    ),
    Case("a folder", {"run": run}, Fails(["run: this is a folder", "a CSV file"]), words=("predict", "run", "run")),
    Case("no run", {"new.csv": NEW}, Fails(["run: there is no such run"]), words=("predict", "run", "new.csv")),
    Case(
        "a run of which a file is gone",
        {"run": lambda path: (run(path), (path / "weights.npz").unlink())[0], "new.csv": NEW},
        Fails(["run/weights.npz: cannot be read"], plain=True),
        words=("predict", "run", "new.csv"),
    ),
    Case(
        "a run whose weights were cut",
        {"run": lambda path: (run(path), (path / "weights.npz").write_bytes(b"PK\x03\x04"))[0], "new.csv": NEW},
        Fails(["weights.npz"], plain=True),
        words=("predict", "run", "new.csv"),
    ),
    Case(
        "a run whose data.json is none",
        {"run": lambda path: (run(path), (path / "data.json").write_text("{"))[0], "new.csv": NEW},
        Fails(["data.json"], plain=True),
        words=("predict", "run", "new.csv"),
    ),
    _case(
        "the table as its own result", NEW, Fails(["new.csv is the table itself: it would be lost"]), "-o", "new.csv"
    ),
    _case("a result in a folder that is not there", NEW, Fails(["nowhere"], plain=True), "-o", "nowhere/out.csv"),
    _case(
        "an id",
        "id,x,gaps,colour,day\n007,1,2,red,2020-01-01\n",
        Works(printed=["id,prediction,", "\n007,"]),
        "--id",
        "id",
    ),
    _case("an id that is not there", NEW, Fails(["new.csv: the table has no column 'id'"]), "--id", "id"),
    Case(
        "labelled rows are scored",
        {"run": run, "new.csv": TRAINED},
        Works(printed=["accuracy"]),
        words=("evaluate", "run", "new.csv"),
    ),
    Case(
        "rows to score without labels",
        {"run": run, "new.csv": NEW},
        Fails(["new.csv: the table has no column 'y'"]),
        words=("evaluate", "run", "new.csv"),
    ),
    Case(
        "rows to score of a class that training did not have",
        {"run": run, "new.csv": TRAINED.replace(",a\n", ",c\n", 1)},
        Fails(["column 'y'", "no class of this run", "c"]),
        words=("evaluate", "run", "new.csv"),
    ),
    Case(
        "rows to score, of which none has a label",
        {"run": run, "new.csv": NEW.replace("\n", ",\n").replace("day,", "day,y", 1)},
        Fails(["new.csv: no row has a value of 'y', the target"], plain=True),
        words=("evaluate", "run", "new.csv"),
    ),
    Case(
        "a category of 100,000 characters that training did not have",
        {"run": run, "new.csv": _with("v" * 100_000, 2)},
        Works(said=["column 'colour'", "not in training"]),
        words=("predict", "run", "new.csv"),
    ),
]
