import asyncio
import time
import tracemalloc
from collections.abc import Iterator
from math import inf
from typing import Any
from uuid import UUID

import pytest
from django.db import close_old_connections, connections

from lotse.accounts import asgi
from lotse.accounts.asgi import person_of
from lotse.accounts.models import Person
from lotse.core.asgi_helpers import in_thread
from lotse.core.problems import Problem
from lotse.keys.actions import set_password
from lotse.keys.schemas import NewPassword
from lotse.stream import broker, remembered
from lotse.stream.actions import recheck
from tests.accounts.people import Browser, registered
from tests.support.loop import run

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "live"])


@pytest.fixture(autouse=True)
def no_connection_stays() -> Iterator[None]:
    """The threads of live routes keep theirs, and PostgreSQL drops no database in use."""
    yield
    run(_close())


async def _close() -> None:
    await asyncio.gather(*(in_thread(_close_here) for _ in range(8)))


def _close_here() -> None:
    time.sleep(0.05)
    connections.close_all()
    close_old_connections()


def scope(*cookies: str, secret: str = "") -> Any:
    headers = [(b"cookie", one.encode()) for one in cookies]
    return {"type": "http", "headers": [*headers, (b"authorization", f"Bearer {secret}".encode())]}


def ask(*cookies: str, secret: str = "", is_use: bool = True) -> UUID | str | None:
    """Whose the request is, or what it is refused for."""
    try:
        visitor = run(person_of(scope(*cookies, secret=secret), is_use))
    except Problem as problem:
        return problem.slug
    return visitor and visitor.id


def asked(browser: Browser, **more: Any) -> UUID | str | None:
    return ask(cookie(browser), secret=browser.secret, **more)


def cookie(browser: Browser) -> str:
    return f"session={browser.session}"


def test_who_is_signed_in() -> None:
    amal = registered("amal")
    assert asked(amal) == amal.id
    assert ask("language=ar; a=b", cookie(amal), secret=amal.secret) == amal.id


def test_nobody_without_a_proper_cookie() -> None:
    registered("amal")
    for cookies in ([], [""], ["session="], ["session=x"], ["session=\xff\0;;;="], ["other=1"]):
        assert ask(*cookies) is None


def test_ended_sessions_are_refused() -> None:
    amal = registered("amal")
    phone = amal.elsewhere()
    used = cookie(amal)
    amal.post("/api/sign-out")
    assert ask(used, secret=amal.secret) is None
    assert asked(phone) == amal.id
    new = amal.new_password()
    set_password(amal.id, NewPassword.model_validate(new))
    assert asked(phone) is None


def test_a_revoked_person_is_refused() -> None:
    amal = registered("amal")
    assert asked(amal) == amal.id
    revoke(amal)
    assert asked(amal) is None


def revoke(browser: Browser) -> None:
    person = browser.person
    person.is_active = False
    person.save()


def test_an_answer_is_kept_until_something_is_told() -> None:
    amal = registered("amal")
    assert asked(amal) == amal.id
    Person.objects.filter(pk=amal.id).update(is_active=False)
    assert asked(amal) == amal.id
    recheck(amal.id)
    assert asked(amal) is None


def test_no_answer_is_kept_for_long_or_while_news_may_be_missed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    amal = registered("amal")
    assert asked(amal) == amal.id
    Person.objects.filter(pk=amal.id).update(is_active=False)
    with monkeypatch.context() as patch:
        patch.setattr(remembered, "MAX_AGE", 0.0)
        assert asked(amal) is None
    monkeypatch.setattr(broker.current(), "complete_since", inf)
    assert asked(amal) is None


def test_long_cookies_fill_no_memory() -> None:
    amal = registered("amal")
    tracemalloc.start()
    for number in range(50):
        long = f"{number}={'x' * 50_000}"
        assert ask(cookie(amal), long, secret=amal.secret) == amal.id
    grown, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert grown < 1_000_000


def test_what_is_told_while_the_database_answers_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Signed out between the question and the answer: the answer must not be kept."""
    amal = registered("amal")
    load = asgi._load

    def late(given: asgi.Shown, is_use: bool) -> asgi.Visitor | None:
        visitor = load(given, is_use)
        revoke(amal)
        return visitor

    monkeypatch.setattr(asgi, "_load", late)
    asked(amal)
    monkeypatch.undo()
    assert asked(amal) is None


def test_the_loop_goes_on_meanwhile() -> None:
    amal = registered("amal")

    async def both() -> int:
        asking = asyncio.create_task(person_of(scope(cookie(amal), secret=amal.secret)))
        turns = 0
        while not asking.done():
            await asyncio.sleep(0)
            turns += 1
        return turns

    assert run(both()) > 1
