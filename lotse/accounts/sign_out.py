"""Ending a session, everywhere at once."""

from django.contrib.auth import logout
from django.http import HttpRequest

from lotse.stream.actions import recheck


def sign_out(request: HttpRequest) -> None:
    """Streams of the session in other tabs end too, which logout() alone would leave open."""
    person = request.user.pk
    logout(request)
    if person is not None:
        recheck(person)
