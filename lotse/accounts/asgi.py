"""Who is behind a request of a live route (plain ASGI, beside Django)."""

from collections.abc import Hashable
from hashlib import blake2b
from time import monotonic
from types import SimpleNamespace
from typing import NamedTuple, cast
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.http.cookie import parse_cookie

from lotse.accounts import roles
from lotse.accounts.models import Person
from lotse.core.addresses import address_of_scope
from lotse.core.asgi_helpers import Scope, in_thread
from lotse.stream.remembered import Remembered


class Visitor(NamedTuple):
    id: UUID
    role: str

    def may(self, permission: str) -> bool:
        return roles.may(self.role, permission)


_known: Remembered[bytes, Visitor] = Remembered()
"""By a digest of a request's cookies, which may be as long as somebody likes."""


def remembered(cookies: bytes) -> Visitor | None:
    """Who sends them, if the database has said so a moment ago."""
    return _known.get(_digest(cookies))


def lane_of(scope: Scope) -> Hashable:
    """Who waits together where views are busy: a person's requests, or an address's."""
    visitor = remembered(_cookies(scope))
    return visitor.id if visitor else address_of_scope(scope)


async def person_of(scope: Scope) -> Visitor | None:
    """None for ended sessions and revoked people, from the moment of sign-out or revocation."""
    cookies = _cookies(scope)
    if known := remembered(cookies):
        return known
    session_key = parse_cookie(cookies.decode("latin-1")).get(settings.SESSION_COOKIE_NAME)
    if not session_key:
        return None
    asked_at = monotonic()
    visitor = await in_thread(_load, session_key)
    if visitor:
        _known.put(_digest(cookies), visitor, (visitor.id,), asked_at)
    return visitor


def _cookies(scope: Scope) -> bytes:
    return b"; ".join([value for name, value in scope["headers"] if name == b"cookie"])


def _digest(cookies: bytes) -> bytes:
    return blake2b(cookies, digest_size=16).digest()


def _load(session_key: str) -> Visitor | None:
    # Django's own check (hash of the password, activity) needs no more of a request than this.
    request = cast(HttpRequest, SimpleNamespace(session=SessionStore(session_key)))
    person = get_user(request)
    if not isinstance(person, Person) or not person.is_active:
        return None
    return Visitor(person.id, person.role)
