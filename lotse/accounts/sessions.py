"""Beginning and ending a session, everywhere at once."""

from uuid import UUID

from django.contrib.auth import login, logout
from django.http import HttpRequest

from lotse.accounts import known_devices
from lotse.accounts.models import Person
from lotse.stream.actions import recheck


def begin(request: HttpRequest, person: Person) -> None:
    """In place of whatever session this browser has had."""
    before = request.user.pk
    login(request, person)
    known_devices.remember(request, person)
    _tell(before)


def end(request: HttpRequest) -> None:
    before = request.user.pk
    logout(request)
    _tell(before)


def _tell(person: UUID | None) -> None:
    # Or streams of the session in other tabs would stay open for up to a minute.
    if person is not None:
        recheck(person)
