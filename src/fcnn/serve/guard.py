"""Who may ask, and what each answer forbids the browser that gets it."""

import hmac
from http import HTTPStatus
from typing import Dict

from flask import Request

from fcnn.errors import Problem
from fcnn.serve.problems import Refusal
from fcnn.serve.settings import Settings, is_loopback
from fcnn.wording import say

NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""The content security policy of what is no page."""
HEADERS: Dict[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
"""Of every answer."""


def check_host(request: Request, settings: Settings) -> None:
    """Raise a Refusal where a server for this machine alone is asked by another name.

    The page of a stranger could give its own name the address of this machine (DNS rebinding), and read the answers.
    """
    host = request.environ.get("HTTP_HOST", "")
    if settings.is_local and host and not is_loopback(_without_port(host)):
        expected = ", ".join((settings.host, "localhost"))
        hint = say("to answer other machines, start it with --host")
        problem = Problem(say("this server answers its own machine only"), "Host", expected, repr(host), hint)
        raise Refusal(HTTPStatus.MISDIRECTED_REQUEST, problem)


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def check_token(request: Request, settings: Settings) -> None:
    """Raise a Refusal where the token is not the one that is asked for; how long that takes does not tell how near."""
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    known = hmac.compare_digest(given.strip().encode("utf-8", "replace"), settings.token.encode("utf-8"))
    if scheme.lower() != "bearer" or not known:
        problem = Problem(say("the token is missing or wrong"), "Authorization", "Bearer TOKEN")
        raise Refusal(HTTPStatus.UNAUTHORIZED, problem, headers={"WWW-Authenticate": 'Bearer realm="fcnn"'})
