"""HTTP clients of signed-in people. The sessions are written straight into the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from django.conf import settings
from django.test import Client
from pytest_django import DjangoDbBlocker

from lotse.accounts.models import Person
from lotse.accounts.session_store import SessionStore
from tests.support.database import switched
from tests.support.server import Server

Headers = dict[str, str]


def unlocked(person: Person, is_kept: bool = False) -> Headers:
    """Begins a session; the headers that a browser sends with it, a cookie and a secret."""
    store = SessionStore()
    secret = store.begin(person, "Firefox computer", is_kept).unlock()
    cookie = f"{settings.SESSION_COOKIE_NAME}={store.session_key}"
    return {"Cookie": cookie, "Authorization": f"Bearer {secret}"}


def let_in(client: Client, person: Person) -> None:
    """Use this instead of `force_login`, which sends no secret."""
    headers = unlocked(person)
    name, value = headers["Cookie"].split("=")
    client.cookies[name] = value
    client.defaults["HTTP_AUTHORIZATION"] = headers["Authorization"]


@contextmanager
def beside(server: Server, blocker: DjangoDbBlocker) -> Iterator[None]:
    """Uses the server's database in this process."""
    with blocker.unblock(), switched(server.environment["LOTSE_DATABASE"]):
        yield


def visitor(server: Server, person: Person | None = None, **options: Any) -> httpx.Client:
    client = httpx.Client(base_url=server.url, timeout=30, **options)
    if person:
        headers = unlocked(person)
        client.cookies.set(*headers.pop("Cookie").split("="))
        client.headers.update(headers)
    return client


def shown(client: httpx.Client) -> Headers:
    """The headers that `visitor` sends, for requests that a test writes itself."""
    cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    return {"Cookie": cookie, "Authorization": client.headers["Authorization"]}


def lines(headers: Headers) -> str:
    """The headers as they are sent, without the last line break."""
    return "\r\n".join(f"{name}: {value}" for name, value in headers.items())
