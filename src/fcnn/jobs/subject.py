"""A trained network together with the rows that it was made from: what is looked into."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from fcnn.data.parts import Dataset, Part
from fcnn.errors import DataError
from fcnn.evaluation.judged import judged_split
from fcnn.inference.model import Model
from fcnn.jobs.member import Member
from fcnn.jobs.prepare import Prepared, read_request
from fcnn.jobs.repeats import FOLDS, Repeats, prepare_members
from fcnn.jobs.unchanged import another_table, check_unchanged
from fcnn.report.drawings import rows_named
from fcnn.runs.run import Run


@dataclass(frozen=True)
class Subject:
    """A trained network and its rows."""

    model: Model
    dataset: Dataset
    part: str
    """That counts: test, or validation where there is none, or train."""
    seed: int

    @property
    def judged(self) -> Part:
        """The rows of that part."""
        return self.dataset.parts[self.part]

    @property
    def training(self) -> Part:
        """The training rows."""
        return self.dataset.parts["train"]

    def rows_named(self, count: int) -> str:
        """So many of the part's rows: ``the test rows``, ``5,000 of the 8,091 test rows``."""
        return rows_named(self.part, count, len(self.judged.rows))


def subject_of_member(kept: Member) -> Subject:
    """The network that a training keeps; the matrices of its rows are made again where they are gone."""
    prepared = kept.prepared.with_matrices()
    dataset, architecture = prepared.dataset, prepared.design.architecture
    model = Model(dataset.preprocessing, dataset.target, architecture, kept.fitted.arrays)
    return Subject(model, dataset, kept.part, prepared.config.seed)


def subject_of_run(run: Run) -> Subject:
    """The network of a run, its table being read again.

    Raises:
        RunError: the run is damaged.
        DataError: the table is gone, or is not what it was.
    """
    check_unchanged(run.record.files)
    dataset = _prepared(run).dataset
    if dataset.preprocessing.feature_names != run.record.feature_names:
        raise DataError(*(another_table(Path(file["path"])) for file in run.record.files))
    return Subject(run.model, dataset, judged_split(run.metrics), run.config.seed)


def _prepared(run: Run) -> Prepared:
    """The job of the run, with its matrices."""
    config, repeats = run.config, run.record.repeats
    config = msgspec.structs.replace(config, training=msgspec.structs.replace(config.training, initial_weights=None))
    here = msgspec.structs.replace(config.run, dir=str(run.folder.parent))  # where its folder came to lie
    config = msgspec.structs.replace(config, run=here)
    request = read_request(config)  # not its file: what it started from may be gone, and does not matter
    if repeats is None or repeats["kind"] != FOLDS:
        return prepare_members(request, None)[0]
    folds = prepare_members(request, Repeats(repeats["kind"], repeats["count"]))
    return folds[repeats["kept"] - 1].with_matrices()
