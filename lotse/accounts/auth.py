"""Checks who may call a route of the API."""

from collections.abc import Callable

from django.http import HttpRequest

from lotse.accounts import sessions
from lotse.accounts.models import Person
from lotse.core.problems import Problem


def signed_in(request: HttpRequest) -> Person:
    """For ninja's `auth`: the person becomes `request.auth`. Revoked people count as signed out."""
    person = request.user
    if isinstance(person, Person) and person.is_active:
        return person
    raise Problem("locked" if sessions.current(request) else "signed-out")


def needs(permission: str) -> Callable[[HttpRequest], Person]:
    """For ninja's `auth`: the person is signed in, and the role (roles.py) has the permission."""

    def allowed(request: HttpRequest) -> Person:
        person = signed_in(request)
        if not person.may(permission):
            raise Problem("forbidden")
        return person

    return allowed
