"""An open stream: who may go on, what is only a hint, and who reads slowly."""

import asyncio
import re
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from lotse import env
from lotse.core.asgi_helpers import in_thread
from lotse.stream import connection
from lotse.stream.actions import Entry, append, recheck, signal
from lotse.stream.broker import Notification, current
from lotse.stream.connection import MAX_QUEUED
from lotse.stream.frames import frame
from lotse.stream.queries import BATCH
from tests.stream.line import Line, Loop
from tests.stream.mailbox import signed_in, tell, told

pytestmark = pytest.mark.usefixtures("any_database")


def test_a_revoked_person_hears_nothing_more(line: Line) -> None:
    line.connect()
    line.wait(lambda line: line.status == 200)
    signed_in.discard(line.cookie)
    recheck(UUID(line.cookie))
    tell(line, "secret")
    line.wait(lambda line: line.ended, 3)
    assert not line.got


def test_a_revocation_that_nobody_told_is_found(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "HEARTBEAT_INTERVAL", 0.02)
    monkeypatch.setattr(connection, "CHECK_INTERVAL", 0.1)
    line.connect()
    line.wait(lambda line: line.beats > 0)
    signed_in.discard(line.cookie)
    line.wait(lambda line: line.ended, 3)


def test_a_lost_notification_costs_time_but_no_event(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "HEARTBEAT_INTERVAL", 0.02)
    monkeypatch.setattr(connection, "CHECK_INTERVAL", 0.1)
    line.connect()
    line.wait(lambda line: line.status == 200)
    monkeypatch.setattr(type(current()), "publish", lambda self, notifications: None)
    tell(line, "late")
    line.wait(lambda line: told(line) == ["late"], 3)


def test_signals_are_heard_and_forgotten(line: Line) -> None:
    signal(UUID(line.cookie), "typing", {"n": 0})
    line.connect()
    tell(line, "there")
    line.wait(lambda line: len(line.got) == 1)
    signal(UUID(line.cookie), "typing", {"n": 1})
    line.wait(lambda line: len(line.heard) == 1)
    assert (line.heard[0].kind, line.heard[0].data) == ("typing", {"n": 1})
    assert line.cursor == 1


def test_the_server_stops_at_once(line: Line) -> None:
    line.connect()
    line.wait(lambda line: line.status == 200)
    current().close_all()
    line.wait(lambda line: line.ended, 2)


def test_the_oldest_of_too_many_streams_gives_way(line: Line, loop: Loop) -> None:
    line.connect()
    line.wait(lambda line: line.status == 200)
    tell(line, "first")
    line.wait(lambda line: len(line.got) == 1)
    others = [
        Line(line.application, loop, line.cookie).connect()
        for _ in range(env.MAX_STREAMS_PER_ACCOUNT)
    ]
    line.wait(lambda line: line.ended)
    assert not any(other.ended for other in others)
    for other in others:
        other.cut()


def test_a_slow_reader_holds_one_batch_and_no_database(line: Line, loop: Loop) -> None:
    """Its `send` waits; meanwhile nothing more is read, and what is kept for it is bounded."""
    tell(line, *range(10 * BATCH))
    person, read, heard = UUID(line.cookie), [0], list[int]()
    held = asyncio.Event()

    async def send(message: Any) -> None:
        body = message.get("body", b"")
        read.append(body.count(b"\nevent: case"))
        heard.extend(int(number) for number in re.findall(rb"^id: (\d+)", body, re.MULTILINE))
        if read[-1]:
            await held.wait()

    async def listen() -> None:
        gone = asyncio.Event()

        async def receive() -> Any:
            await gone.wait()
            return {"type": "http.disconnect"}

        stream = asyncio.create_task(line.application(line._scope(), receive, send))
        for _ in range(10 * MAX_QUEUED):
            await asyncio.sleep(0.002)
            signal(person, "typing", {})
        assert 0 < sum(read) <= BATCH
        (subscriber,) = current()._subscribers[person]  # type: ignore[attr-defined]
        assert len(subscriber._waiting) == MAX_QUEUED
        await in_thread(tell, line, "meanwhile")
        held.set()
        while not heard or heard[-1] != 10 * BATCH + 1:
            await asyncio.sleep(0.01)
        assert heard == list(range(1, 10 * BATCH + 2))
        gone.set()
        await asyncio.wait_for(stream, 3)

    loop.run(listen())


def test_news_is_only_a_hint(line: Line) -> None:
    """What is not the very next event, or was seen already, is not believed."""
    person = UUID(line.cookie)
    line.connect()
    tell(line, 1)
    line.wait_for(1)
    forged = frame("case", {"n": "forged"}, 1)
    current().publish(
        [Notification(person, "event", 1, forged), Notification(person, "event", 9, forged, 8)]
    )
    tell(line, 2)
    line.wait_for(2)
    assert told(line) == [1, 2]


def test_what_is_shown_goes_out_as_it_is(line: Line) -> None:
    line.connect()
    tell(line, 1)
    line.wait_for(1)
    with transaction.atomic():
        append([Entry([UUID(line.cookie)], "case", {"n": "kept"}, b'{"n":"shown"}')])
    line.wait_for(2)
    assert told(line) == [1, "shown"]
