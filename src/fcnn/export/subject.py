"""What is exported: a run as every format needs it, and how it is described inside the exports."""

import json
from dataclasses import dataclass
from typing import Any, Dict, List, Tuple

import fcnn
from fcnn.data.target import Target
from fcnn.export.graph import PREDICTION, PROBABILITIES, Network
from fcnn.export.steps import ColumnSteps, Levels, steps_of
from fcnn.files import sha256
from fcnn.inference.ensemble import Ensemble
from fcnn.inference.front import embedding_of
from fcnn.inference.model import Model
from fcnn.inference.network import folded_layers
from fcnn.runs.folder import WEIGHTS
from fcnn.runs.members import members_of
from fcnn.runs.run import Run


@dataclass(frozen=True)
class Subject:
    """A run, ready to be written in another form."""

    run: Run
    columns: Tuple[ColumnSteps, ...]
    """What goes in; of an ensemble as all of its networks together know it."""
    networks: Tuple[Network, ...]
    """Several of an ensemble."""
    is_date_text: bool = True
    """Whether dates are given as text; else as days since 1970."""

    @property
    def target(self) -> Target:
        """What is predicted, with the temperature and the threshold that the run has."""
        return self.run.record.target

    @property
    def embeds_numbers(self) -> bool:
        """Whether something that is not linear stands before the layers."""
        return any(network.embedding is not None for network in self.networks)

    @property
    def features(self) -> List[str]:
        """The names of the columns of the matrix."""
        return [name for column in self.columns for name in column.features]

    def schema(self) -> Dict[str, Any]:
        """The export as plain data: where it comes from, what goes in, what comes out."""
        run, weights = self.run, self._weights()
        reasons = {report.name: report.reason for report in run.record.columns}
        return {
            "made_by": f"fcnn {fcnn.__version__}",
            "run": run.folder.name,
            "weights_sha256": weights if len(weights) > 1 else weights[0],
            "task": self.target.task,
            "target": self.target.name,
            "classes": list(self.target.classes),
            "columns": [self._column(column, reasons.get(column.name, "")) for column in self.columns],
            "outputs": self._outputs(),
        }

    def schema_text(self) -> str:
        """The same as JSON."""
        return json.dumps(self.schema(), indent=2, ensure_ascii=False) + "\n"

    def readme(self) -> str:
        """The same for people."""
        found, count = self.schema(), len(self.networks)
        what = "A network that predicts" if count == 1 else f"{count} networks whose mean predicts"
        lines = [
            f"{what} {found['target']}, exported by {found['made_by']} from the run {found['run']}.",
            f"SHA-256 of {'its' if count == 1 else 'their'} weights: {', '.join(self._weights())}",
            "",
            "Inputs, each (rows,):",
            *(f"  {column['name']!r}: {column['given_as']}" for column in found["columns"]),
            "",
            "Outputs:",
            *(f"  {name}: {meaning}" for name, meaning in found["outputs"].items()),
            "",
            "A row whose values cannot be used (an infinite number, a date that is none) has NaN for every number and",
            "an empty class name. schema.json says the same to programs.",
        ]
        return "\n".join(lines) + "\n"

    def _weights(self) -> List[str]:
        """The SHA-256 of the file, or of the file of each network of an ensemble."""
        places = members_of(self.run.record) or [""]
        return [sha256(self.run.folder / f"{place}{WEIGHTS}") for place in places]

    def _column(self, column: ColumnSteps, reason: str) -> Dict[str, Any]:
        described: Dict[str, Any] = {
            "name": column.name,
            "type": column.kind,
            "taken_for_it_because": reason,
            "given_as": _given_as(column, self.is_date_text),
            "missing": list(column.missing),
        }
        levels = [list(step.levels) for step in column.steps if isinstance(step, Levels)]
        if levels:
            described["levels"] = levels[0]
        if column.kind == "boolean":
            described["false"], described["true"] = map(list, column.words)
        if column.kind == "date":
            described["format"] = column.format
        return described

    def _outputs(self) -> Dict[str, str]:
        if not self.target.classes:
            return {PREDICTION: "(rows,) float64, in the target's own unit"}
        return {
            PREDICTION: "(rows,) string, the class",
            PROBABILITIES: f"(rows, {len(self.target.classes)}) float64, in the order of the classes: "
            + ", ".join(map(repr, self.target.classes)),
        }


def _given_as(column: ColumnSteps, is_date_text: bool) -> str:
    if column.kind == "number":
        return "float64, NaN where it is missing"
    if column.kind == "date" and not is_date_text:
        return "float64, days since 1970-01-01 00:00, NaN where it is missing"
    if column.kind == "date":
        return f"string, written {column.format}, empty where it is missing"
    return "string, empty where it is missing"


def subject_of(run: Run) -> Subject:
    """A run to be exported.

    Raises:
        RunError: it is damaged.
    """
    predictor = run.predictor
    models = predictor.members if isinstance(predictor, Ensemble) else [run.model]
    return Subject(run, steps_of(predictor.preprocessing), tuple(map(_network, models)))


def _network(model: Model) -> Network:
    architecture, arrays = model.architecture, model.arrays
    embedding = embedding_of(architecture.front, arrays)
    return Network(steps_of(model.preprocessing), tuple(folded_layers(architecture, arrays)), model.target, embedding)
