"""`request.user`: whoever has unlocked this page, and in the office whoever has lately."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from lotse.accounts import sessions
from lotse.accounts.models import Person
from lotse.accounts.secret import secret_in
from lotse.core.headers import OFFICE


class Visitors:
    """In place of Django's, for which the cookie alone would do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(lambda: _user(request))  # type: ignore[assignment]
        return self.get_response(request)


def _user(request: HttpRequest) -> Person | AnonymousUser:
    session = sessions.current(request)
    if session is None or session.person is None:
        return AnonymousUser()
    if request.path_info.startswith(OFFICE):
        unlock = session.unlocked_for_office()
    else:
        unlock = session.unlocked_by(secret_in(request.headers.get("Authorization", "")))
    if unlock is None:
        return AnonymousUser()
    unlock.note_use()
    return session.person
