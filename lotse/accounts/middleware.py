"""Sets `request.user` to the person who unlocked this page, or recently another one (office)."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from lotse.accounts import sessions
from lotse.accounts.models import Person
from lotse.accounts.secret import secret_in
from lotse.core.headers import OFFICE


class Visitors:
    """Replaces Django's middleware, which would accept the cookie alone."""

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
