"""What is told of a request that is refused, in the form of RFC 9457 (``application/problem+json``)."""

from http import HTTPStatus
from typing import Any, Dict, List, Mapping, Optional, Sequence

from fcnn.errors import Problem
from fcnn.wording import say, told, translated

MEDIA_TYPE = "application/problem+json"


class Refusal(Exception):
    """A request is not answered."""

    def __init__(self, status: HTTPStatus, *problems: Problem, headers: Optional[Mapping[str, str]] = None) -> None:
        """Keep the reasons; at least one is expected."""
        super().__init__(str(status))
        self.status = status
        self.problems = problems
        self.headers = dict(headers or {})


def wrong(message: str, where: str = "", expected: str = "", received: str = "", hint: str = "") -> Refusal:
    """The refusal of a request that can be read and is not what was to be sent."""
    return Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, Problem(message, where, expected, received, hint))


def too_late() -> Refusal:
    """The refusal of a request that takes too long."""
    problem = Problem(say("the request takes longer than it may"), hint=say("send fewer rows at a time"))
    return Refusal(HTTPStatus.SERVICE_UNAVAILABLE, problem)


def check_count(rows: int, most: int) -> None:
    """Raise a Refusal where a request has more rows than it may."""
    if rows > most:
        hint = say("send fewer rows at a time, or start it with a larger --max-rows")
        expected = say("at most {count:,}", count=most)
        problem = Problem(say("there are too many rows"), expected=expected, received=f"{rows:,}", hint=hint)
        raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, problem)


def check_unpacked(kind: str) -> None:
    """Raise a Refusal where a table is no text: a small archive can be very large unpacked.

    Args:
        kind: as of :func:`fcnn.data.source.kind_of`.
    """
    if kind != "text":
        problem = Problem(say("the table is no text"), expected="CSV", received=kind, hint=say("send it as a CSV"))
        raise Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, problem)


def document(status: int, problems: Sequence[Problem], texts: Mapping[str, str]) -> Dict[str, Any]:
    """The body of such an answer, in the language of `texts`."""
    found = told_problems(problems, texts)
    return {"type": "about:blank", "title": found[0]["message"], "status": int(status), "problems": found}


def told_problems(problems: Sequence[Problem], texts: Mapping[str, str]) -> List[Dict[str, str]]:
    """Problems as plain data; what has nothing to say is left out."""
    return [_told(problem, texts) for problem in problems]


def _told(problem: Problem, texts: Mapping[str, str]) -> Dict[str, str]:
    words = {
        "message": translated(problem.message, texts),
        "where": told(problem.where, texts),
        "expected": translated(problem.expected, texts),
        "received": told(problem.received, texts),
        "hint": translated(problem.hint, texts),
    }
    found = {name: _in_words_of_the_api(str(text)) for name, text in words.items() if text}
    return {"severity": problem.severity, **found}


def _in_words_of_the_api(text: str) -> str:
    """A remark about an option of the command line, as one about the parameter that does the same."""
    return text.replace("--fill", "?fill=true").replace("--id", "?id=")
