"""Who is behind a request of a live route (plain ASGI, beside Django)."""

from types import SimpleNamespace
from typing import cast

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.http.cookie import parse_cookie

from lotse.accounts.models import Person
from lotse.core.plain import Scope, in_thread


async def person_of(scope: Scope) -> Person | None:
    """Asks the database each time: an ended session or a revoked person is refused at once."""
    cookies = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
    session_key = parse_cookie(cookies.decode("latin-1")).get(settings.SESSION_COOKIE_NAME)
    return await in_thread(_person_of, session_key) if session_key else None


def _person_of(session_key: str) -> Person | None:
    # Django's own check (hash of the password, activity) needs no more of a request than this.
    request = cast(HttpRequest, SimpleNamespace(session=SessionStore(session_key)))
    person = get_user(request)
    return person if isinstance(person, Person) and person.is_active else None
