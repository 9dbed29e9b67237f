"""The JSON API, with the routes of every room, and errors as problem details."""

import logging
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DataError, IntegrityError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from lotse import __version__
from lotse.accounts.models import Person
from lotse.core.conflicts import is_erased
from lotse.core.problems import CONTENT_TYPE, TITLES, Problem, field_of, of_database
from lotse.keys.models import AccountKeys

logger = logging.getLogger(__name__)

_PROBLEM = {
    "description": "Problem details (RFC 9457) with a stable `type`.",
    "content": {
        CONTENT_TYPE: {
            "schema": {
                "type": "object",
                "required": ["type", "title", "status"],
                "properties": {
                    "type": {"enum": [f"/problems/{slug}" for slug in TITLES]},
                    "title": {"type": "string"},
                    "status": {"type": "integer"},
                },
            }
        }
    },
}


class Api(NinjaAPI):
    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Adds the problem answer to every route, as any of them may send one."""
        schema = super().get_openapi_schema(**options)
        for operations in schema["paths"].values():
            for operation in operations.values():
                operation["responses"]["default"] = _PROBLEM
        return schema


api = Api(title="Lotse", version=__version__, docs_url=None, openapi_url="/openapi.json")

api.add_router("", "lotse.keys.api.router")
api.add_router("", "lotse.keys.sessions_api.router")
api.add_router("", "lotse.centres.api.router")
api.add_router("", "lotse.conversations.api.router")
api.add_router("/desk", "lotse.desk.api.router")


@api.get("/", include_in_schema=False)
def root(request: HttpRequest) -> None:
    # Replaces ninja's route, which redirects to documentation that is not served.
    raise Problem("not-found")


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
    fields = [field_of(entry) for entry in getattr(error, "errors", [])]
    return _answer(request, Problem("invalid", extra={"fields": fields}))


@api.exception_handler(AuthenticationError)
@api.exception_handler(Person.DoesNotExist)
@api.exception_handler(AccountKeys.DoesNotExist)
def on_signed_out(request: HttpRequest, error: Any) -> HttpResponse:
    """Also for a person whose account is erased during the request."""
    return _answer(request, Problem("signed-out"))


@api.exception_handler(HttpError)
def on_malformed(request: HttpRequest, error: Any) -> HttpResponse:
    """Ninja raises this for a body that is not JSON. Nothing else that we use raises it."""
    return _answer(request, Problem("malformed"))


@api.exception_handler(SuspiciousOperation)
def on_suspicious(request: HttpRequest, error: Any) -> HttpResponse:
    too_big = isinstance(error, RequestDataTooBig)
    return _answer(request, Problem("too-large" if too_big else "malformed"))


@api.exception_handler(Http404)
def on_not_found(request: HttpRequest, error: Any) -> HttpResponse:
    return _answer(request, Problem("not-found"))


@api.exception_handler(DataError)
@api.exception_handler(InterfaceError)
@api.exception_handler(OperationalError)
def on_database(request: HttpRequest, error: Any) -> HttpResponse:
    problem = of_database(error)
    if problem.slug == "unavailable":
        _log(request, problem, error)
    return _answer(request, problem)


@api.exception_handler(IntegrityError)
def on_refused_row(request: HttpRequest, error: Any) -> HttpResponse:
    """A row may refer to a row that has just been erased. Any other reason is our own fault."""
    return on_not_found(request, error) if is_erased(error) else on_unexpected(request, error)


@api.exception_handler(Exception)
def on_unexpected(request: HttpRequest, error: Any) -> HttpResponse:
    problem = Problem("internal")
    _log(request, problem, error)
    return _answer(request, problem)


def _log(request: HttpRequest, problem: Problem, error: Exception) -> None:
    about = {"request": request, "status_code": problem.status}
    logger.error("failed: %s", problem.slug, exc_info=error, extra=about)
