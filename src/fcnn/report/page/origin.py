"""On what data it was trained, in what environment, and how to do it again."""

from pathlib import PurePath
from typing import Any, Dict, List, Mapping, Tuple

from fcnn.data.said_again import read_back
from fcnn.report.page.facts import Facts
from fcnn.report.page.quality import PARTS
from fcnn.report.page.tables import DASH, Cell, Column, Finding, Table, number, plain_table, short
from fcnn.runs.folder import CONFIG
from fcnn.wording import say

MOST_COLUMNS = 300
"""Of the table of columns."""
TYPES = {"number": say("number"), "category": say("category"), "boolean": say("boolean"), "date": say("date")}
SEVERITIES = {"error": say("error"), "warning": say("warning"), "note": say("note")}
VERSIONS = ("tensorflow", "keras", "numpy", "pandas", "scikit-learn", "matplotlib")
KEYS = (
    ("training", "batch_size"), ("training", "loss"), ("training", "class_weight"), ("training", "clipnorm"),
    ("training", "label_smoothing"), ("training", "weight_averaging"), ("data", "weight"), ("data", "positive"),
    ("data", "scaler"), ("data", "smooth_clip"),
)  # fmt: skip
"""Keys of the config that are told where they are set."""
USUAL = (None, 0.0, "standard")
"""Values of theirs that nobody has to set."""


def data(facts: Facts) -> Dict[str, Any]:
    """The section on the table as tables and findings."""
    record = facts.record
    return {
        "tables": [_files(facts), _rows(facts), _columns(facts)],
        "findings": _findings(facts),
        "features": record.network.inputs,
        "more": max(0, len(record.columns) - MOST_COLUMNS),
    }


def environment(facts: Facts) -> Table:
    """Where it was trained."""
    found: Mapping[str, Any] = facts.environment.get("environment", {})
    packages: Mapping[str, str] = found.get("packages", {})
    rows: List[Tuple[str, str]] = [("fcnn", facts.record.fcnn)]
    rows += [(name.capitalize(), str(found[name])) for name in ("python", "system", "machine") if found.get(name)]
    rows += [(name, packages[name]) for name in VERSIONS if name in packages]
    if facts.environment.get("verdict"):
        rows.append((say("fcnn check-env says"), VERDICTS.get(facts.environment["verdict"], "")))
    return plain_table(say("Where it was trained"), (say("what"), say("version")), rows)


VERDICTS = {"ok": say("sound"), "warnings": say("sound, with warnings"), "broken": say("not sound")}


def repeating(facts: Facts) -> Dict[str, Any]:
    """The section on how to do it again: commands, and what they depend on."""
    config, repeats = facts.config, facts.record.repeats
    option = "" if repeats is None else f" --{repeats['kind']} {repeats['count']}"
    option += " --ensemble" if repeats is not None and "ensemble" in repeats else ""
    rows: List[Tuple[str, str]] = [(say("seed"), str(config["seed"]))]
    optimizer = dict(config["training"]["optimizer"])
    set_to = [optimizer.pop("name"), *(f"{key} {value:g}" for key, value in optimizer.items() if _is_number(value))]
    rows.append((say("optimizer"), ", ".join(set_to)))
    rows += [(f"{part}.{key}", str(config[part][key])) for part, key in KEYS if config[part].get(key) not in USUAL]
    rows.append(("data.split", ", ".join(f"{key} {value}" for key, value in config["data"]["split"].items() if value)))
    seconds = facts.metrics.get("seconds")
    if seconds is not None:
        rows.append((say("it took"), say("{seconds} seconds", seconds=short(seconds, 3))))
    return {
        "commands": [f"fcnn train {CONFIG}{option}", f"fcnn predict {facts.name} new.csv -o predictions.csv"],
        "table": plain_table(say("What the result depends on"), (say("what"), say("value")), rows),
    }


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _files(facts: Facts) -> Table:
    rows = [
        [
            Cell(PurePath(str(file["path"]).replace("\\", "/")).name),
            number(float(file["bytes"])),
            Cell(str(file["sha256"]), None, "code"),
        ]
        for file in facts.record.files
    ]
    return Table(say("The files"), [Column(say("file")), Column(say("bytes"), True), Column("SHA-256")], rows)


def _rows(facts: Facts) -> Table:
    rows = facts.record.rows
    used = sum(rows.get(part, 0) for part in PARTS)
    cells = [
        [Cell(PARTS[part]), number(float(rows[part])), number(100 * rows[part] / max(used, 1), 3), Cell(WHAT_FOR[part])]
        for part in PARTS
        if part in rows
    ]
    if rows.get("without_target"):
        count = float(rows["without_target"])
        cells.append([Cell(say("left out")), number(count), Cell(""), Cell(say("they have no target"))])
    titles = (say("part"), say("rows"), say("share, %"), say("what for"))
    return Table(
        say("{count:,} rows were read", count=rows["read"]),
        [Column(title, place in (1, 2)) for place, title in enumerate(titles)],
        cells,
    )


WHAT_FOR = {
    "train": say("learning the weights; fitting the preprocessing"),
    "validation": say("choosing the epoch"),
    "test": say("scored once, at the end"),
}


def _columns(facts: Facts) -> Table:
    record = facts.record
    reasons = (record.said or {}).get("columns", ())
    told = [read_back(reason) for reason in reasons] or [column.reason for column in record.columns]
    rows = []
    for column, reason in list(zip(record.columns, told))[:MOST_COLUMNS]:
        values = f"{column.lowest} {DASH} {column.highest}" if column.lowest or column.highest else ""
        if not values and column.different is not None:
            values = say("{count:,} different", count=column.different)
        rows.append(
            [
                Cell(column.name),
                Cell(TYPES[column.type]) if column.type else Cell(say("left out"), None, "miss"),
                Cell(reason),
                Cell(values),
                number(float(column.missing)),
                number(float(column.features)),
            ]
        )
    titles = [
        (say("column"), False), (say("type"), False), (say("why"), False), (say("values"), False),
        (say("missing"), True), (say("inputs"), True),
    ]  # fmt: skip
    return Table(
        say("The columns, and how many inputs of the network each became"),
        [Column(*title) for title in titles],
        rows,
        is_sortable=True,
    )


def _findings(facts: Facts) -> List[Finding]:
    """What was left out, replaced or doubtful."""
    said = (facts.record.said or {}).get("findings", ())
    found = []
    for place, finding in enumerate(facts.record.findings):
        message, hint = read_back(said[place]) if place < len(said) else (finding.message, finding.hint)
        where = say("column {name!r}", name=finding.column) if finding.column else finding.where
        found.append(Finding(finding.severity, where, message, hint))
    return found
