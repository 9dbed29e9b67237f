"""Law, at a real server that is killed in the middle: nothing is lost, nothing comes twice."""

import signal
import time
from dataclasses import dataclass
from uuid import UUID

import pytest
from pytest_django import DjangoDbBlocker

from lotse.accounts.models import Person
from lotse.conversations.actions.cases import take
from lotse.stream import queries
from tests.conversations.world import make_centre, make_counsellor, make_person, opened
from tests.laws.browsers import Listener, Outbox
from tests.support.server import Server
from tests.support.visitor import beside, visitor

CLIENTS = 3
MESSAGES = 15


@dataclass
class Member:
    person: Person
    outboxes: list[Outbox]
    listener: Listener
    conversations: set[str]


def cast(server: Server) -> list[Member]:
    """Clients with a case each, and one counsellor who has them all."""
    centre = make_centre()
    counsellor = make_counsellor(centre)
    cases = [opened(make_person(), centre) for _ in range(CLIENTS)]
    for case in cases:
        take(counsellor.person, case.pk)
    clients = [member(server, case.client, [case.pk], seed) for seed, case in enumerate(cases)]
    return [*clients, member(server, counsellor.person, [case.pk for case in cases], 99)]


def member(server: Server, person: Person, conversations: list[UUID], seed: int) -> Member:
    posting = visitor(server, person)
    return Member(
        person,
        [Outbox(posting, conversation, MESSAGES) for conversation in conversations],
        Listener(visitor(server, person), queries.cursor(person.pk), seed),
        {str(conversation) for conversation in conversations},
    )


@pytest.mark.timeout(300)
@pytest.mark.parametrize("kills", [0, 2])
def test_nothing_is_lost_and_nothing_comes_twice(
    any_server: Server, django_db_blocker: DjangoDbBlocker, kills: int
) -> None:
    with beside(any_server, django_db_blocker):
        members = cast(any_server)
        outboxes = [outbox for one in members for outbox in one.outboxes]
        started = [one.listener.cursor for one in members]
        for thread in [*outboxes, *(one.listener for one in members)]:
            thread.start()
        for _ in range(kills):
            time.sleep(1)
            any_server.stop(signal.SIGKILL)
            any_server.start()
        for outbox in outboxes:
            outbox.join(200)
            assert not outbox.is_alive()
        for one, begun in zip(members, started, strict=True):
            check(one, begun, outboxes)
    assert not kills or any(outbox.failures for outbox in outboxes)


def check(one: Member, begun: int, outboxes: list[Outbox]) -> None:
    last = queries.cursor(one.person.pk)
    limit = time.monotonic() + 30
    while one.listener.cursor < last and time.monotonic() < limit:
        time.sleep(0.05)
    one.listener.stop()
    assert one.listener.reloads == 0
    assert [number for number, _, _ in one.listener.got] == list(range(begun + 1, last + 1))
    messages = [data for _, kind, data in one.listener.got if kind == "message"]
    for conversation in one.conversations:
        mine = [data["message"] for data in messages if data["conversation"] == conversation]
        sent = {
            message["id"]: message["body"]
            for outbox in outboxes
            if conversation in outbox.path
            for message in outbox.wanted
        }
        assert [one["number"] for one in mine] == list(range(2, len(sent) + 2))
        assert {one["id"]: one["body"] for one in mine} == sent
    answered = {answer["id"]: answer["number"] for o in one.outboxes for answer in o.answers}
    assert (
        answered.items()
        <= {data["message"]["id"]: data["message"]["number"] for data in messages}.items()
    )


def test_a_stream_ends_at_sign_out_and_when_the_server_stops(
    any_server: Server, django_db_blocker: DjangoDbBlocker
) -> None:
    with beside(any_server, django_db_blocker):
        person = make_person()
        client = visitor(any_server, person)
        with client.stream("GET", "/live/events?after=0") as answer:
            assert answer.status_code == 200
            begun = time.monotonic()
            assert client.post("/api/sign-out").status_code == 204
            assert not [line for line in answer.iter_lines() if line.startswith("data")]
            assert time.monotonic() - begun < 3
        assert visitor(any_server, None).get("/live/events?after=0").status_code == 401
        client = visitor(any_server, person)
        with client.stream("GET", "/live/events?after=0") as answer:
            assert answer.status_code == 200
            begun = time.monotonic()
            any_server.stop()
            assert time.monotonic() - begun < 2.5
        any_server.start()
