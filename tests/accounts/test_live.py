import asyncio
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import close_old_connections, connections

from lotse.accounts.live import person_of
from lotse.accounts.models import Person
from lotse.core.plain import in_thread
from lotse.keys.actions import set_password
from lotse.keys.schemas import NewPassword
from tests.accounts.people import Browser, registered
from tests.support.loop import run

pytestmark = pytest.mark.django_db(transaction=True)


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


def scope(*cookies: str) -> Any:
    return {"type": "http", "headers": [(b"cookie", one.encode()) for one in cookies]}


def ask(*cookies: str) -> Person | None:
    return run(person_of(scope(*cookies)))


def cookie(browser: Browser) -> str:
    return f"session={browser.session}"


def test_who_is_signed_in() -> None:
    amal = registered("amal")
    assert ask(cookie(amal)) == amal.person
    assert ask("language=ar; a=b", cookie(amal)) == amal.person


def test_nobody_without_a_proper_cookie() -> None:
    registered("amal")
    for cookies in ([], [""], ["session="], ["session=x"], ["session=\xff\0;;;="], ["other=1"]):
        assert ask(*cookies) is None


def test_ended_sessions_are_refused() -> None:
    amal = registered("amal")
    phone = amal.elsewhere()
    used = cookie(amal)
    amal.post("/api/sign-out")
    assert ask(used) is None
    assert ask(cookie(phone)) == amal.person
    new = amal.new_password()
    set_password(amal.id, NewPassword.model_validate(new))
    assert ask(cookie(phone)) is None


def test_a_revoked_person_is_refused() -> None:
    amal = registered("amal")
    Person.objects.filter(pk=amal.id).update(is_active=False)
    assert ask(cookie(amal)) is None


def test_the_loop_goes_on_meanwhile() -> None:
    amal = registered("amal")

    async def both() -> int:
        asked = asyncio.create_task(person_of(scope(cookie(amal))))
        turns = 0
        while not asked.done():
            await asyncio.sleep(0)
            turns += 1
        return turns

    assert run(both()) > 1
