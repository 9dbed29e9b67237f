"""Errors of the API as RFC 9457 problem details with a stable `type`."""

from dataclasses import dataclass
from typing import Any

from django.db import DataError, Error, IntegrityError
from pydantic import ValidationError

CONTENT_TYPE = "application/problem+json"

TITLES = {
    "malformed": (400, "The request is not well-formed."),
    "invalid": (422, "The request does not have the expected form."),
    "signed-out": (401, "Sign in first."),
    "locked": (401, "The session goes on; the password unlocks it."),
    "wrong-credentials": (401, "Nickname and password do not fit together."),
    "wrong-recovery-code": (401, "Nickname and recovery code do not fit together."),
    "forbidden": (403, "This is not yours to do."),
    "foreign-origin": (403, "The request comes from another site."),
    "not-found": (404, "There is nothing here for you."),
    "method-not-allowed": (405, "This address does not know that method."),
    "nickname-taken": (409, "Someone else uses this nickname."),
    "conflict": (409, "Something else was already done here."),
    "stale-keys": (409, "The keys have changed meanwhile; load them again."),
    "gone": (410, "This link was used or has expired."),
    "too-large": (413, "This is too large."),
    "head-too-large": (431, "The head of the request is too large."),
    "too-many-attempts": (429, "Too many attempts; wait a little."),
    "unavailable": (503, "This works again in a moment."),
    "no-room": (507, "There is no room for files at the moment; messages still go."),
    "internal": (500, "Something broke on our side."),
}


@dataclass
class Problem(Exception):
    """Code below a view may raise this. `slug` is a key of TITLES; `extra` members are public."""

    slug: str
    detail: str = ""
    retry_after: int | None = None
    extra: dict[str, Any] | None = None

    @property
    def status(self) -> int:
        return TITLES[self.slug][0]

    def body(self) -> dict[str, Any]:
        status, title = TITLES[self.slug]
        body: dict[str, Any] = {"type": f"/problems/{self.slug}", "title": title, "status": status}
        if self.detail:
            body["detail"] = self.detail
        return body | (self.extra or {})

    def headers(self) -> dict[str, str]:
        return {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}


def of_database(error: Error) -> Problem:
    """For a value that no database can store, a row that ours refuses, or a database that is away.

    A refused row means that our code is wrong, or older than the database. The verbs themselves
    detect conflicts between two requests (core/conflicts.py).
    """
    if isinstance(error, IntegrityError):
        return Problem("internal")
    if isinstance(error, DataError):
        return Problem("invalid")
    return Problem("unavailable", retry_after=5)


def of_exception(error: Exception) -> Problem:
    """The answer to the sender of a write that failed."""
    if isinstance(error, Problem):
        return error
    return of_database(error) if isinstance(error, Error) else Problem("internal")


def of_validation(error: ValidationError) -> Problem:
    """For a body that pydantic has refused."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    if any(one["type"] == "json_invalid" for one in found):
        return Problem("malformed")
    fields = [field_of({**one, "loc": ("body", *one["loc"])}) for one in found]
    return Problem("invalid", extra={"fields": fields})


def field_of(error: dict[str, Any]) -> dict[str, Any]:
    """The place and kind of the error, but never the input, which may be what a person wrote."""
    at, what = [str(step) for step in error.get("loc", ())], error.get("type", "")
    # The name of an unknown field is input, too.
    return {"at": at[:-1] if what == "extra_forbidden" else at, "what": what}
