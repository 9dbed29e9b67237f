"""Who is behind a request of a live route (plain ASGI, beside Django)."""

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
from lotse.core.plain import Scope, in_thread
from lotse.stream import wake

KEPT = 60.0
"""Seconds for which an answer of the database holds, unless something is told before."""
MOST = 50_000


class Visitor(NamedTuple):
    id: UUID
    role: str

    def may(self, permission: str) -> bool:
        return roles.may(self.role, permission)


async def person_of(scope: Scope) -> Visitor | None:
    """None for ended sessions and revoked people, from the moment of sign-out or revocation."""
    cookies = b"; ".join([value for name, value in scope["headers"] if name == b"cookie"])
    if known := _answers.get(cookies):
        return known
    session_key = parse_cookie(cookies.decode("latin-1")).get(settings.SESSION_COOKIE_NAME)
    if not session_key:
        return None
    # Before the question: what is told while the database answers counts as later.
    asked_at = monotonic()
    visitor = await in_thread(_load, session_key)
    if visitor:
        _answers.put(cookies, visitor, asked_at)
    return visitor


def _load(session_key: str) -> Visitor | None:
    # Django's own check (hash of the password, activity) needs no more of a request than this.
    request = cast(HttpRequest, SimpleNamespace(session=SessionStore(session_key)))
    person = get_user(request)
    if not isinstance(person, Person) or not person.is_active:
        return None
    return Visitor(person.id, person.role)


class _Answers:
    """Good ones only, by all cookies of the request; called from any thread."""

    def __init__(self) -> None:
        self._answers: dict[bytes, tuple[Visitor, float]] = {}
        self._changes: dict[UUID, float] = {}
        self._begun_at = 0.0

    def get(self, cookies: bytes) -> Visitor | None:
        visitor, asked_at = self._answers.get(cookies, (None, 0.0))
        if visitor is None or monotonic() - asked_at > KEPT:
            return None
        whole_since = max(self._begun_at, wake.current().whole_since)
        changed_at = self._changes.get(visitor.id, whole_since)
        return visitor if max(changed_at, whole_since) < asked_at else None

    def put(self, cookies: bytes, visitor: Visitor, asked_at: float) -> None:
        if len(self._answers) >= MOST:
            self._answers = {}
        self._answers[cookies] = visitor, asked_at

    def changed(self, person: UUID) -> None:
        if len(self._changes) >= MOST:
            self._answers, self._changes, self._begun_at = {}, {}, monotonic()
        self._changes[person] = monotonic()


_answers = _Answers()
wake.on_recheck(_answers.changed)
