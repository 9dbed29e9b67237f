"""Somebody signed in at a real server: over HTTP, with the session put into its database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from pytest_django import DjangoDbBlocker

from lotse.accounts.models import Person
from tests.support.database import switched
from tests.support.server import Server


def session_cookie(person: Person) -> tuple[str, str]:
    """In the database that this process is on."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return settings.SESSION_COOKIE_NAME, str(session.session_key)


@contextmanager
def beside(server: Server, blocker: DjangoDbBlocker) -> Iterator[None]:
    """This process on the server's database."""
    with blocker.unblock(), switched(server.environment["LOTSE_DATABASE"]):
        yield


def visitor(server: Server, person: Person | None = None, **options: Any) -> httpx.Client:
    cookies = dict([session_cookie(person)]) if person else {}
    return httpx.Client(base_url=server.url, cookies=cookies, timeout=30, **options)
