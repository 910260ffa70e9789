"""The OpenAPI document of the runs that are served: ``/openapi.json``."""

from typing import Any, Dict, List, Mapping, Optional
from urllib.parse import quote

import fcnn
from fcnn.serve.description import describe
from fcnn.serve.problems import MEDIA_TYPE
from fcnn.serve.served import Served
from fcnn.serve.settings import Settings

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030")
"""Of a CSV that is sent back: each has every character; the second is what Excel opens correctly."""
REASONS = {
    400: "The request cannot be read.",
    401: "The bearer token is missing or wrong.",
    413: "The request has more bytes or rows than it may.",
    415: "The content is of another type.",
    421: "The request is for another host.",
    422: "The request can be read and is not what was to be sent.",
    503: "The request takes longer than it may.",
}


def openapi(runs: Mapping[str, Served], settings: Settings) -> Dict[str, Any]:
    """The document, made from the columns of each run; the first one is answered without its name, too."""
    paths: Dict[str, Any] = {
        "/health": {"get": _get("health", "Whether it answers", {"$ref": "#/components/schemas/Health"}, [])},
        "/runs": {
            "get": _get("runs", "The runs that are served", {"$ref": "#/components/schemas/Runs"}, _asked(settings))
        },
        "/openapi.json": {"get": _get("openapi", "This document", {"type": "object"}, _asked(settings))},
    }
    schemas: Dict[str, Any] = {**_SCHEMAS}
    for number, (name, served) in enumerate(runs.items()):
        key = f"run{number + 1}"
        schemas.update(_schemas_of(key, served, settings))
        own = f"/runs/{quote(name)}"
        for prefix, operation in ((own, key), *([("", "first")] if number == 0 else [])):
            paths[f"{prefix}/schema"] = {
                "get": _get(f"{operation}_schema", f"The columns of {name}", _SCHEMA, _asked(settings))
            }
            paths[f"{prefix}/predict"] = {"post": _predict(operation, name, key, settings)}
            paths[f"{prefix}/predict.csv"] = {"post": _predict_csv(operation, name, served, settings)}
    components: Dict[str, Any] = {"schemas": schemas}
    document: Dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {
            "title": "fcnn serve",
            "version": fcnn.__version__,
            "description": "Predictions of runs, the same as those of `fcnn predict`. Sentences are in English, or in "
            "Chinese where Accept-Language prefers it.",
        },
        "paths": paths,
        "components": components,
    }
    if settings.token:
        components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        document["security"] = [{"token": []}]
        paths["/health"]["get"]["security"] = []
    return document


def _asked(settings: Settings) -> List[int]:
    """How any request can be refused."""
    return [401] if settings.token else []


def _answers(schema: Any, refusals: List[int], media_type: str = "application/json") -> Dict[str, Any]:
    refused = {"$ref": "#/components/schemas/Refusal"}
    return {
        "200": {"description": "The answer.", "content": {media_type: {"schema": schema}}},
        **{
            str(status): {"description": REASONS[status], "content": {MEDIA_TYPE: {"schema": refused}}}
            for status in sorted({400, 421, 422, *refusals})
        },
    }


def _get(operation: str, summary: str, schema: Any, refusals: List[int]) -> Dict[str, Any]:
    return {"operationId": operation, "summary": summary, "responses": _answers(schema, refusals)}


def _predict(operation: str, name: str, key: str, settings: Settings) -> Dict[str, Any]:
    body = {"$ref": f"#/components/schemas/{key}_request"}
    answer = {"$ref": f"#/components/schemas/{key}_answer"}
    return {
        "operationId": f"{operation}_predict",
        "summary": f"Predict rows with {name}",
        "description": "What cannot be read of a row is told in its place, and the others are predicted. A text means "
        "what it means in a cell of a CSV; null is a missing value.",
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": _answers(answer, [*_asked(settings), 413, 415, 503]),
    }


def _predict_csv(operation: str, name: str, served: Served, settings: Settings) -> Dict[str, Any]:
    def choice(parameter: str, description: str) -> Dict[str, Any]:
        schema = {"type": "string", "enum": ["true", "false"], "default": "false"}
        return {"name": parameter, "in": "query", "description": description, "schema": schema}

    header = ",".join(_quoted(state.name) for state in served.columns)
    return {
        "operationId": f"{operation}_predict_csv",
        "summary": f"Predict a CSV with {name}",
        "description": "Answers with what `fcnn predict` writes for the file: a row for each row. A file that cannot "
        "be used is refused as a whole, with the lines.",
        "parameters": [
            choice("strict", "Refuse values that training did not have."),
            choice("fill", "Count columns that the table lacks as missing, if training had rows without them."),
            {
                "name": "id",
                "in": "query",
                "description": "Columns to carry into the result: these, or others of the table; may be repeated.",
                "schema": {"type": "array", "items": {"type": "string", "enum": [s.name for s in served.columns]}},
            },
            {
                "name": "encoding",
                "in": "query",
                "description": "Of the result.",
                "schema": {"type": "string", "enum": list(ENCODINGS), "default": ENCODINGS[0]},
            },
        ],
        "requestBody": {
            "required": True,
            "content": {"text/csv": {"schema": {"type": "string", "description": f"Columns: {header}"}}},
        },
        "responses": _answers({"type": "string"}, [*_asked(settings), 413, 415, 503], "text/csv"),
    }


def _quoted(name: str) -> str:
    return '"{}"'.format(name.replace('"', '""')) if set(name) & set('",\r\n') else name


def _schemas_of(key: str, served: Served, settings: Settings) -> Dict[str, Any]:
    about = describe(served, settings)
    row = {
        "type": "object",
        "properties": {column["name"]: _cell(column) for column in about["columns"]},
        "required": [column["name"] for column in about["columns"]],
        "additionalProperties": {"type": ["string", "number", "boolean", "null"]},
        "example": about["example"],
    }
    rows = {
        "type": "array",
        "items": {"$ref": f"#/components/schemas/{key}_row"},
        "minItems": 1,
        "maxItems": settings.most_rows,
    }
    options = {"strict": {"type": "boolean", "default": False}, "explain": {"type": "boolean", "default": False}}
    request = {
        "oneOf": [
            _object({"row": {"$ref": f"#/components/schemas/{key}_row"}, **options}, ["row"]),
            _object({"rows": rows, **options}, ["rows"]),
        ]
    }
    return {f"{key}_row": row, f"{key}_request": request, f"{key}_answer": _answer(key, about)}


def _cell(column: Mapping[str, Any]) -> Dict[str, Any]:
    """The schema of a cell; what training had is described and no law."""
    kind = column["type"]
    types = ["string", "number", "null"] if kind in ("number", "date") else ["string", "number", "boolean", "null"]
    told = {
        "number": "A number; training had {minimum} to {maximum}.",
        "date": "A date, written {format}; training had {first} to {last}.",
        "boolean": "One of {levels}.",
        "category": "One of {levels}.",
    }[kind]
    levels = ", ".join(column.get("levels", ())[:100])
    return {"type": types, "description": told.format(**{**column, "levels": levels})}


def _answer(key: str, about: Mapping[str, Any]) -> Dict[str, Any]:
    classes = about["classes"]
    prediction: Dict[str, Any] = {"type": "string", "enum": classes} if classes else {"type": "number"}
    probability = {"type": "number", "minimum": 0, "maximum": 1}
    probabilities = _object(dict.fromkeys(classes, probability), classes)
    predicted = _object(
        {
            "prediction": prediction,
            **({"probabilities": probabilities} if classes else {}),
            "influence": {"type": "array", "items": {"$ref": "#/components/schemas/Influence"}},
        },
        ["prediction", *(["probabilities"] if classes else [])],
    )
    problems = {"type": "array", "items": {"$ref": "#/components/schemas/Problem"}}
    refused = _object({"problems": {**problems, "minItems": 1}}, ["problems"])
    properties = {
        "run": {"type": "string"},
        "predictions": {"type": "array", "items": {"oneOf": [predicted, refused]}},
        "refused": {"type": "integer", "minimum": 0},
        "warnings": problems,
    }
    return _object(properties, list(properties))


def _object(properties: Mapping[str, Any], required: Optional[List[str]] = None) -> Dict[str, Any]:
    """The schema of an object with these properties and no others."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties) if required is None else required,
        "additionalProperties": False,
    }


_TEXT = {"type": "string"}
_SCHEMA = {"$ref": "#/components/schemas/Schema"}
_PROBLEM = _object(
    dict.fromkeys(("severity", "message", "where", "expected", "received", "hint"), _TEXT), ["severity", "message"]
)
_SCHEMAS: Dict[str, Any] = {
    "Health": _object({"status": {"type": "string", "enum": ["ok"]}}),
    "Runs": _object(
        {
            "runs": {
                "type": "array",
                "items": _object(dict.fromkeys(("name", "target", "task", "predict", "schema"), _TEXT)),
            }
        }
    ),
    "Schema": _object(
        {
            "run": _TEXT,
            "target": _TEXT,
            "task": {"type": "string", "enum": ["binary", "multiclass", "regression"]},
            "classes": {"type": "array", "items": _TEXT},
            "columns": {
                "type": "array",
                "items": {"type": "object", "required": ["name", "type", "missing", "typical"]},
            },
            "example": {"type": "object"},
            "limits": {"type": "object"},
        }
    ),
    "Influence": _object(
        {
            "column": _TEXT,
            "value": {"description": "Of the row."},
            "typical": {"description": "The median, or the most frequent value, that it was replaced by."},
            "with_typical": {"type": "number"},
            "change": {"type": "number"},
        }
    ),
    "Problem": _PROBLEM,
    "Refusal": _object(
        {
            "type": _TEXT,
            "title": _TEXT,
            "status": {"type": "integer"},
            "problems": {"type": "array", "items": {"$ref": "#/components/schemas/Problem"}, "minItems": 1},
        }
    ),
}
