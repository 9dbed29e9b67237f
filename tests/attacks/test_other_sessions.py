"""Attack: listing or ending sessions that are not one's own, or going on in one that was ended."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from lotse.accounts.models import Session
from lotse.core.identifiers import new_id
from tests.accounts.people import Browser, problem, registered, told
from tests.stream.line import Line
from tests.support.streams import unconnected
from tests.support.visitor import unlocked

pytestmark = pytest.mark.usefixtures("any_database")


@pytest.fixture
def line() -> Iterator[Line]:
    with unconnected() as line:
        yield line


def listed(browser: Browser) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = told(browser.get("/api/sessions"))["sessions"]
    return found


def name() -> str:
    return f"amal {new_id()}"[:30]


def test_everybody_sees_their_own_and_which_one_is_here() -> None:
    amal, _ = registered(name()), registered(name())
    phone = amal.elsewhere()
    here, there = listed(amal), listed(phone)
    assert {one["id"] for one in here} == {one["id"] for one in there}
    assert [one["id"] for one in here if one["is_here"]] != [
        one["id"] for one in there if one["is_here"]
    ]
    assert len(here) == Session.objects.filter(person=amal.id).count() == 2


def test_a_cookie_alone_lists_and_ends_nothing() -> None:
    amal = registered(name())
    phone = amal.elsewhere()
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = amal.session
    other = next(one["id"] for one in listed(amal) if not one["is_here"])
    assert problem(thief.get("/api/sessions")) == "locked"
    assert problem(thief.delete(f"/api/sessions/{other}")) == "locked"
    assert problem(thief.delete("/api/sessions")) == "locked"
    assert phone.get("/api/me").status_code == 200


def test_somebody_elses_session_cannot_be_ended() -> None:
    amal, zoe = registered(name()), registered(name())
    theirs = listed(amal)[0]["id"]
    for unknown in (theirs, new_id()):
        assert problem(zoe.client.delete(f"/api/sessions/{unknown}")) == "not-found"
    assert zoe.client.delete("/api/sessions").status_code == 204
    assert amal.get("/api/me").status_code == 200


@pytest.mark.parametrize("all_others", [True, False])
def test_an_ended_session_ends_its_streams_and_unlocks_at_once(
    line: Line, all_others: bool
) -> None:
    amal = registered(name())
    line.show(unlocked(amal.person))
    line.connect()
    line.wait(lambda line: line.status == 200)
    other = next(one["id"] for one in listed(amal) if not one["is_here"])
    path = "/api/sessions" if all_others else f"/api/sessions/{other}"
    assert amal.client.delete(path).status_code == 204
    line.wait(lambda line: line.ended)
    line.connect()
    line.wait(lambda line: line.ended)
    assert line.status == 401
    assert [one["is_here"] for one in listed(amal)] == [True]
