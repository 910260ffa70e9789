"""The addresses of the server, and what each answers."""

import json
import logging
from http import HTTPStatus
from typing import Any, Dict, Mapping, Sequence
from urllib.parse import quote

import msgspec
from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException

from fcnn.errors import FcnnError, Problem, did_you_mean
from fcnn.serve.answering import Deadline, predict_rows, predict_table
from fcnn.serve.description import describe
from fcnn.serve.guard import HEADERS, NOTHING, check_host, check_token
from fcnn.serve.language import spoken, texts_of
from fcnn.serve.openapi import openapi
from fcnn.serve.page.render import render
from fcnn.serve.problems import MEDIA_TYPE, Refusal, document, told_problems
from fcnn.serve.requests import check_parameters, read_body, read_options
from fcnn.serve.served import Served
from fcnn.serve.settings import Settings
from fcnn.wording import as_plain_text, say

OPEN = ("health", "page")
"""What needs no token: the page has nothing of a run in it then, and asks for the token."""
MOST_OF_WARNINGS = 4000
"""Characters of a header."""
LOG = logging.getLogger("fcnn.serve")


def create_app(runs: Mapping[str, Served], settings: Settings) -> Flask:
    """The application, for any WSGI server.

    Args:
        runs: by name; the first is what addresses without a name mean.
        settings: limits, language and token.
    """
    app = Flask(__name__, static_folder=None, template_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = settings.most_bytes
    app.url_map.strict_slashes = app.url_map.merge_slashes = app.url_map.redirect_defaults = False
    _guard(app, settings)
    _refuse(app, settings)
    first = next(iter(runs))

    def find(name: str) -> Served:
        if name not in runs:
            problem = Problem(say("there is no run {name!r}", name=name), hint=did_you_mean(name, runs))
            raise Refusal(HTTPStatus.NOT_FOUND, problem)
        return runs[name]

    @app.get("/health")
    def health() -> Response:
        check_parameters(request)
        return _json({"status": "ok"})

    @app.get("/runs")
    def listed() -> Response:
        check_parameters(request)
        return _json({"runs": [_entry(each) for each in runs.values()]})

    @app.get("/openapi.json")
    def described() -> Response:
        check_parameters(request)
        return _json(openapi(runs, settings))

    @app.get("/schema", defaults={"name": first})
    @app.get("/runs/<name>/schema")
    def schema(name: str) -> Response:
        check_parameters(request)
        return _json(describe(find(name), settings))

    @app.post("/predict", defaults={"name": first})
    @app.post("/runs/<name>/predict")
    def predict(name: str) -> Response:
        served = find(name)
        rows, body = read_body(request, served, settings)
        found = predict_rows(served, rows, g.deadline, texts_of(g.language), strict=body.strict, explain=body.explain)
        return _json(found)

    @app.post("/predict.csv", defaults={"name": first})
    @app.post("/runs/<name>/predict.csv")
    def predict_csv(name: str) -> Response:
        served, options = find(name), read_options(request)
        text, done = predict_table(
            served,
            request.get_data(),
            g.deadline,
            settings.most_rows,
            strict=options.strict,
            fill=options.fill,
            identifiers=options.identifiers,
        )
        response = Response(text.encode(options.encoding))
        response.headers.set("Content-Type", "text/csv", charset=options.encoding.replace("-sig", ""))
        response.headers.set("Content-Disposition", "attachment", filename="predictions.csv")
        if done.findings:
            response.headers["Fcnn-Warnings"] = _header(told_problems(done.findings, texts_of(g.language)))
        return response

    @app.get("/", defaults={"name": first})
    @app.get("/runs/<name>/")
    def page(name: str) -> Response:
        check_parameters(request, ("lang",))
        names = [] if settings.token else [find(name).name, *(each for each in runs if each != name)]
        html, policy = render("/" if request.path == "/" else _prefix(name), names, g.language)
        response = Response(html, mimetype="text/html")
        response.headers["Content-Security-Policy"] = policy
        return response

    return app


def _guard(app: Flask, settings: Settings) -> None:
    """What happens before and after each request."""

    @app.before_request
    def judge() -> None:
        g.language = spoken(request, settings.language)
        g.deadline = Deadline.after(settings.seconds)
        check_host(request, settings)
        if settings.token and request.endpoint not in OPEN:
            check_token(request, settings)

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers.update(HEADERS)
        response.headers.setdefault("Content-Security-Policy", NOTHING)
        response.headers["Vary"] = "Accept-Language"
        return response


def _refuse(app: Flask, settings: Settings) -> None:
    """How each way to fail is told."""

    @app.errorhandler(Refusal)
    def refused(error: Refusal) -> Response:
        return _refusal(error.status, error.problems, error.headers)

    @app.errorhandler(FcnnError)
    def unusable(error: FcnnError) -> Response:
        return _refusal(HTTPStatus.UNPROCESSABLE_ENTITY, error.problems)

    @app.errorhandler(HTTPException)
    def not_routed(error: HTTPException) -> Response:
        headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Location")}
        return _refusal(error.code or 500, [_problem_of(error, settings)], headers)

    @app.errorhandler(Exception)
    def failed(error: Exception) -> Response:
        LOG.error("%s %s", request.method, request.path, exc_info=error)
        problem = Problem(say("the server failed"), hint=say("its log has the reason"))
        return _refusal(HTTPStatus.INTERNAL_SERVER_ERROR, [problem])


def _problem_of(error: HTTPException, settings: Settings) -> Problem:
    """What Flask refuses by itself."""
    where = f"{request.method} {request.path}"
    if error.code == HTTPStatus.NOT_FOUND:
        return Problem(say("there is nothing at this address"), where, hint=say("/openapi.json has all addresses"))
    if error.code == HTTPStatus.METHOD_NOT_ALLOWED:
        return Problem(say("this address knows other methods"), where, ", ".join(error.valid_methods or ()))  # type: ignore[attr-defined]
    if error.code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        expected = say("at most {count:,} bytes", count=settings.most_bytes)
        received = f"{request.content_length:,}" if request.content_length is not None else ""
        hint = say("send fewer rows at a time, or start it with a larger --max-bytes")
        return Problem(say("the body is too long"), where, expected, received, hint)
    return Problem(say("the request cannot be read"), where)


def _refusal(status: int, problems: Sequence[Problem], headers: Mapping[str, str] = {}) -> Response:
    response = _json(document(status, problems, texts_of(g.get("language", "en"))))
    response.status_code = int(status)
    response.content_type = MEDIA_TYPE
    response.headers.update(headers)
    return response


def _json(value: Any) -> Response:
    return Response(msgspec.json.encode(value, enc_hook=as_plain_text), mimetype="application/json")


def _prefix(name: str) -> str:
    return f"/runs/{quote(name)}/"


def _entry(served: Served) -> Dict[str, str]:
    prefix = _prefix(served.name)
    return {
        "name": served.name,
        "target": served.target.name,
        "task": served.target.task,
        "predict": f"{prefix}predict",
        "schema": f"{prefix}schema",
    }


def _header(problems: Sequence[Mapping[str, str]]) -> str:
    """Warnings as JSON in ASCII, as many as fit into a header."""
    found = list(problems)
    while found:
        text = json.dumps(found)
        if len(text) <= MOST_OF_WARNINGS:
            return text
        found.pop()
    return "[]"
