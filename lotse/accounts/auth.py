"""Who may call a route of the API."""

from collections.abc import Callable

from django.http import HttpRequest

from lotse.accounts.models import Person
from lotse.core.problems import Problem


def signed_in(request: HttpRequest) -> Person:
    """For ninja's `auth`: the person becomes `request.auth`. Revoked people are signed out."""
    # `request.user` compares the session with the password hash: ended sessions are nobody.
    person = request.user
    if not isinstance(person, Person) or not person.is_active:
        raise Problem("signed-out")
    return person


def needs(permission: str) -> Callable[[HttpRequest], Person]:
    """For ninja's `auth`: signed in, and the role (roles.py) has the permission."""

    def allowed(request: HttpRequest) -> Person:
        person = signed_in(request)
        if not person.may(permission):
            raise Problem("forbidden")
        return person

    return allowed
