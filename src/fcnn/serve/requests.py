"""What a request says, read and judged before anything is computed."""

import re
from http import HTTPStatus
from typing import Dict, List, Mapping, Sequence, Tuple, Union

import msgspec
from flask import Request
from msgspec import UNSET, Struct, UnsetType

from fcnn.data.states import Date, Number
from fcnn.errors import Problem, did_you_mean, nearest_name
from fcnn.serve.openapi import ENCODINGS
from fcnn.serve.problems import Refusal, check_count, wrong
from fcnn.serve.rows import Cell
from fcnn.serve.served import Served
from fcnn.serve.settings import MOST_EXPLAINED, Settings
from fcnn.wording import say

MOST_TOLD = 20
"""Problems of rows that are told at once."""
MOST_COMPARED = 100
"""Other columns of a row that a missing one may be: to compare with thousands takes its time."""
MISTAKE = re.compile(r"Expected `(?P<expected>.+?)`, got `(?P<received>.+?)`(?: - at `\$\.?(?P<where>.+)`)?$")
"""What msgspec says of a value of another type."""


class Body(Struct, frozen=True, forbid_unknown_fields=True):
    """Of ``/predict``: one row, or several."""

    row: Union[Dict[str, Cell], UnsetType] = UNSET
    rows: Union[List[Dict[str, Cell]], UnsetType] = UNSET
    strict: bool = False
    explain: bool = False


class Options(Struct, frozen=True):
    """Of ``/predict.csv``: its parameters."""

    strict: bool
    fill: bool
    identifiers: Tuple[str, ...]
    encoding: str


def read_body(request: Request, served: Served, settings: Settings) -> Tuple[Sequence[Mapping[str, Cell]], Body]:
    """The rows of a request to ``/predict``, each with all columns, and what else it says.

    Raises:
        Refusal: it cannot be read, is of another type, too long, or lacks something.
    """
    check_parameters(request)
    _check_type(request, ("application/json",), say("rows as JSON; a CSV goes to predict.csv"))
    try:
        body = msgspec.json.decode(request.get_data(), type=Body)
    except msgspec.ValidationError as error:
        raise _of_another_type(str(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        message = say("the body is no JSON: {error}", error=str(error))
        raise Refusal(HTTPStatus.BAD_REQUEST, Problem(message, hint=_shape())) from error
    if (body.row is UNSET) == (body.rows is UNSET):
        raise wrong(say("the body needs either `row` or `rows`"), hint=_shape())
    rows: Sequence[Mapping[str, Cell]] = [body.row] if isinstance(body.row, dict) else body.rows or []
    if not rows:
        raise wrong(say("there is no row"), "rows", hint=_shape())
    check_count(len(rows), settings.most_rows)
    if body.explain and len(rows) > MOST_EXPLAINED:
        message = say("not so many rows can be explained at once")
        raise wrong(message, "explain", say("at most {count:,}", count=MOST_EXPLAINED), f"{len(rows):,}")
    _check_cells(served, rows, "row" if isinstance(body.row, dict) else "rows")
    return rows, body


def _shape() -> str:
    code = '{"row": {"COLUMN": 1.5, ...}}', '{"rows": [...]}'
    return say("a row is an object by column: {one} or {several}; schema has an example", one=code[0], several=code[1])


def _of_another_type(text: str) -> Refusal:
    found = MISTAKE.match(text)
    if found is None:
        return wrong(say("the body is not what it should be: {error}", error=text), hint=_shape())
    return wrong(say("is of another type"), found["where"] or "", found["expected"], found["received"], _shape())


def _check_cells(served: Served, rows: Sequence[Mapping[str, Cell]], place: str) -> None:
    """Raise a Refusal where rows lack columns, or truth values stand for numbers."""
    names = [state.name for state in served.columns]
    needed = frozenset(names)
    no_truths = [state.name for state in served.columns if isinstance(state, (Number, Date))]
    problems: List[Problem] = []
    for position, row in enumerate(rows):
        where = place if place == "row" else f"rows[{position}]"
        if not row.keys() >= needed:
            others = [name for name in row if name not in needed][:MOST_COMPARED]
            missing = [name for name in names if name not in row][:MOST_TOLD]
            problems += [_has_no(name, where, others) for name in missing]
        problems += [_no_number(f"{where}.{name}", row[name]) for name in no_truths if isinstance(row.get(name), bool)]
        if len(problems) >= MOST_TOLD:
            break
    if problems:
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, *problems[:MOST_TOLD])


def _has_no(name: str, where: str, others: Sequence[str]) -> Problem:
    nearest = nearest_name(name, others)
    meant = say("did you mean `{name}`?", name=nearest)
    hint = say("null stands for a missing value") if nearest is None else meant
    return Problem(say("has no {name!r}", name=name), where, hint=hint)


def _no_number(where: str, cell: Cell) -> Problem:
    return Problem(say("is a truth value"), where, say("a number or a text"), str(cell).lower())


def read_options(request: Request) -> Options:
    """The parameters of a request to ``/predict.csv``.

    Raises:
        Refusal: one that is not known, twice there, or has another value; or the body is of another type.
    """
    check_parameters(request, ("strict", "fill", "encoding"), ("id",))
    accepted = ("text/csv", "text/tab-separated-values", "application/csv", "application/vnd.ms-excel")
    _check_type(request, accepted, say("a table as text/csv; rows as JSON go to predict"))
    truths = {"true": "true", "false": "false"}
    return Options(
        bool(_chosen(request, "strict", truths, "false") == "true"),
        bool(_chosen(request, "fill", truths, "false") == "true"),
        tuple(request.args.getlist("id")),
        _chosen(request, "encoding", {name: name for name in ENCODINGS}, ENCODINGS[0]),
    )


def check_parameters(request: Request, known: Sequence[str] = (), several: Sequence[str] = ()) -> None:
    """Raise a Refusal where the address has a parameter that means nothing here, or one twice.

    Args:
        request: what was asked.
        known: what may be there once.
        several: what may be there more often.
    """
    for name in request.args:
        if name not in known and name not in several:
            hint = did_you_mean(name, [*known, *several])
            raise wrong(say("there is no parameter {name!r}", name=name), "?", hint=hint)
        if name in known and len(request.args.getlist(name)) > 1:
            raise wrong(say("is there more than once"), f"?{name}")


def _chosen(request: Request, name: str, values: Mapping[str, str], usual: str) -> str:
    given = request.args.get(name, usual, str)
    if given not in values:
        raise wrong(say("has another value"), f"?{name}", ", ".join(values), repr(given))
    return values[given]


def _check_type(request: Request, accepted: Sequence[str], expected: str) -> None:
    if request.mimetype not in accepted:
        problem = Problem(
            say("the content is of another type"),
            "Content-Type",
            expected,
            request.mimetype or say("none"),
            f"Content-Type: {accepted[0]}",
        )
        raise Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, problem)
    encoding = request.headers.get("Content-Encoding", "identity").lower()
    if encoding != "identity":
        message = say("the content is packed")
        raise Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, Problem(message, "Content-Encoding", "identity", encoding))
