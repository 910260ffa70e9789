"""Findings as plain data, and many as one."""

import msgspec

from fcnn.data.findings import FindingReport, Noticed, report_findings, together
from fcnn.errors import Problem
from fcnn.wording import say


def constant(name):
    return Noticed(
        say("is constant"), f"column {name!r}", "", "", say("drop {name}", name=name), "note",
        kind="constant", column=name, count=9, examples=("line 2",),
    )  # fmt: skip


def test_few_findings_stand_alone():
    found = {name: constant(name) for name in "abc"}
    assert together(found, "are constant") == list(found.values())


def test_many_findings_are_one_that_knows_them_all():
    found = {name: constant(name) for name in "abcd"}
    (one,) = together(found, say("are constant"))
    assert (one.message, one.where, one.hint) == ("4 columns are constant: 'a', 'b', 'c', ...", "", "drop a")
    assert (one.kind, one.column, one.count, one.examples) == ("constant", None, 4, ())
    assert one.each == tuple(found.values())


def test_each_of_many_is_a_record_of_its_own():
    records = report_findings(together({name: constant(name) for name in "abcd"}, "are constant"))
    assert [(record.column, record.hint) for record in records] == [(name, f"drop {name}") for name in "abcd"]


def test_a_record_is_plain_data():
    (record,) = report_findings([constant("a")])
    assert record == FindingReport(
        severity="note", kind="constant", column="a", where="column 'a'", message="is constant", hint="drop a",
        count=9, examples=("line 2",),
    )  # fmt: skip
    assert type(record.message) is type(record.hint) is type(record.where) is str
    assert msgspec.json.decode(msgspec.json.encode(record), type=FindingReport) == record


def test_what_is_said_of_the_config_is_a_record_too():
    (record,) = report_findings([Problem("is odd", "c.yaml:3:1 seed", "1", "2", "try 1", "warning")])
    assert record == FindingReport(
        severity="warning", kind="config", where="c.yaml:3:1 seed", message="is odd", expected="1", received="2",
        hint="try 1",
    )  # fmt: skip
