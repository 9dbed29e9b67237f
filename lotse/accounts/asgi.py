"""Finds the person who sent a request to a live route (plain ASGI, beside Django)."""

import asyncio
import re
from collections.abc import Hashable
from contextlib import suppress
from hashlib import blake2b
from time import monotonic
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from lotse.accounts import roles
from lotse.accounts.models import NOTE_INTERVAL, Session
from lotse.accounts.secret import secret_in
from lotse.core.addresses import address_of_scope
from lotse.core.asgi_helpers import Scope, in_thread
from lotse.core.problems import Problem
from lotse.stream.remembered import Remembered

_NAME = re.escape(settings.SESSION_COOKIE_NAME).encode()
_COOKIE = re.compile(rb"(?:^|;) *%b=([a-z0-9]+)(?=;|$)" % _NAME)


class Visitor(NamedTuple):
    id: UUID
    role: str
    noted_until: float
    """Monotonic seconds. A use after this moment has to be saved."""

    def may(self, permission: str) -> bool:
        return roles.may(self.role, permission)


class Shown(NamedTuple):
    """The parts of a request that identify its sender."""

    cookie: bytes
    authorization: bytes

    @property
    def key(self) -> bytes:
        return blake2b(b"%b %b" % self, digest_size=16).digest()


_known: Remembered[bytes, Visitor] = Remembered()
"""Visitors by a digest of the session's cookie and the page's secret."""


def shown(cookies: bytes, authorization: bytes) -> Shown | None:
    """None if there is no session cookie."""
    found = _COOKIE.findall(cookies)
    return Shown(found[-1], authorization) if found else None


def remembered(key: bytes) -> Visitor | None:
    """The visitor whose cookie and secret have this key, if the database was asked recently."""
    visitor = _known.get(key)
    return visitor if visitor and monotonic() < visitor.noted_until else None


_lookups = asyncio.Semaphore(2)


async def lane_of(scope: Scope) -> Hashable:
    """The lane in which a request waits for a view: one for each person, otherwise each address."""
    visitor = None
    # A flood of invented sessions must not keep the threads of the live routes busy.
    if not _lookups.locked():
        async with _lookups:
            with suppress(Problem, DatabaseError):
                visitor = await person_of(scope, is_use=False)
    return visitor.id if visitor else address_of_scope(scope)


async def holder_of(scope: Scope) -> Visitor | None:
    """The session's person, even if it is locked: the office works with the cookie alone."""
    given = _shown_in(scope)
    return await in_thread(_held, given.cookie) if given else None


def _held(cookie: bytes) -> Visitor | None:
    session = Session.behind(cookie.decode())
    if session is None or session.person is None or not session.is_somebodys:
        return None
    return Visitor(session.person.id, session.person.role, 0.0)


async def listener_of(scope: Scope) -> Visitor | None:
    """Like person_of(), without noting a use: an event stream would keep an idle page unlocked."""
    return await person_of(scope, is_use=False)


async def person_of(scope: Scope, is_use: bool = True) -> Visitor | None:
    """None for ended sessions and revoked people, from the moment of sign-out or revocation.

    Raises Problem "locked" if this page has not unlocked the session.
    """
    given = _shown_in(scope)
    if given is None:
        return None
    key = given.key
    if known := remembered(key) if is_use else _known.get(key):
        return known
    asked_at = monotonic()
    visitor = await in_thread(_load, given, is_use)
    if visitor:
        _known.put(key, visitor, (visitor.id,), asked_at)
    return visitor


def _shown_in(scope: Scope) -> Shown | None:
    cookies = b"; ".join([value for name, value in scope["headers"] if name == b"cookie"])
    secrets = [value for name, value in scope["headers"] if name == b"authorization"]
    return shown(cookies, secrets[-1] if secrets else b"")


def _load(given: Shown, is_use: bool) -> Visitor | None:
    session = Session.behind(given.cookie.decode())
    if session is None or session.person is None or not session.is_somebodys:
        return None
    unlock = session.unlocked_by(secret_in(given.authorization.decode("latin-1")))
    if unlock is None:
        raise Problem("locked")
    if is_use:
        unlock.note_use()
    noted = NOTE_INTERVAL - (timezone.now() - unlock.used_at)
    return Visitor(session.person.id, session.person.role, monotonic() + noted.total_seconds())
