"""The JSON API: every room's routes, and errors as problem details."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

from lotse import __version__
from lotse.core.problems import CONTENT_TYPE, Problem

api = NinjaAPI(title="Lotse", version=__version__, docs_url=None, openapi_url="/openapi.json")

api.add_router("", "lotse.keys.api.router")
api.add_router("", "lotse.centres.api.router")
api.add_router("", "lotse.conversations.api.router")
api.add_router("/desk", "lotse.desk.api.router")


def _answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    response = api.create_response(request, problem.body(), status=problem.status)
    response["Content-Type"] = CONTENT_TYPE
    for header, value in problem.headers().items():
        response[header] = value
    return response


@api.exception_handler(Problem)
def on_problem(request: HttpRequest, problem: Problem | type[Problem]) -> HttpResponse:
    assert isinstance(problem, Problem)  # noqa: S101 - ninja's types also allow the class
    return _answer(request, problem)


@api.exception_handler(ValidationError)
def on_invalid(
    request: HttpRequest, error: ValidationError | type[ValidationError]
) -> HttpResponse:
    # Where and what, but never the input: it may be what somebody wrote.
    fields: list[dict[str, Any]] = [
        {"at": [str(step) for step in entry.get("loc", ())], "what": entry.get("type", "")}
        for entry in getattr(error, "errors", [])
    ]
    return _answer(request, Problem("invalid", extra={"fields": fields}))


@api.exception_handler(AuthenticationError)
def on_signed_out(request: HttpRequest, error: Any) -> HttpResponse:
    return _answer(request, Problem("signed-out"))


@api.exception_handler(Http404)
def on_not_found(request: HttpRequest, error: Any) -> HttpResponse:
    return _answer(request, Problem("not-found"))
