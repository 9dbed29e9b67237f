"""What GET /live/events promises, seen from a browser."""

import asyncio
import re
from collections.abc import Iterable, Iterator
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.db import OperationalError, connections, transaction

from lotse.core.identifiers import new_id
from lotse.core.plain import Scope, in_thread
from lotse.stream import connection, live, queries
from lotse.stream.actions import Entry, append, recheck, signal
from lotse.stream.connection import WAITING
from lotse.stream.frames import frame
from lotse.stream.models import Event, Mailbox
from lotse.stream.wake import STREAMS, News, current
from tests.stream.line import Line, Loop

pytestmark = pytest.mark.usefixtures("any_database")

signed_in: set[str] = set()


async def person_of(scope: Scope) -> Any:
    cookie = dict(scope["headers"])[b"cookie"].decode()
    return SimpleNamespace(id=UUID(cookie)) if cookie in signed_in else None


def everything(person: UUID, events: list[Event]) -> Iterable[Event]:
    return events


@pytest.fixture(scope="module")
def loop() -> Iterator[Loop]:
    loop = Loop()
    yield loop
    loop.close()


@pytest.fixture
def line(loop: Loop) -> Iterator[Line]:
    person = str(new_id())
    signed_in.add(person)
    line = Line(live.events(person_of, everything), loop, person)
    yield line
    line.cut()


def tell(line: Line, *payloads: object) -> None:
    with transaction.atomic():
        append(Entry(UUID(line.cookie), "case", {"n": payload}) for payload in payloads)


def told(line: Line) -> list[object]:
    return [one.data["n"] for one in line.got]


def test_events_come_with_number_kind_and_data(line: Line) -> None:
    line.connect()
    tell(line, "one")
    line.wait(lambda line: len(line.got) == 1)
    assert (line.got[0].id, line.got[0].kind, line.got[0].data) == (1, "case", {"n": "one"})
    assert line.headers["content-type"].startswith("text/event-stream")
    assert "no-cache" in line.headers["cache-control"]
    assert line.headers["x-accel-buffering"] == "no"


def test_what_was_missed_comes_first_in_order_and_once(line: Line) -> None:
    tell(line, *range(100))
    line.connect()
    line.wait(lambda line: len(line.got) == 100)
    line.cut()
    tell(line, *range(100, 150))
    line.connect()
    tell(line, 150)
    line.wait(lambda line: len(line.got) == 151)
    assert told(line) == list(range(151))


def test_last_event_id_wins_over_the_address(line: Line) -> None:
    tell(line, *range(5))
    line.cursor = 3
    line.connect(query_string=b"after=1")
    line.wait(lambda line: len(line.got) == 2)
    assert told(line) == [3, 4]


@pytest.mark.parametrize("cursor", [99, "x", "-1", "", "9" * 30, "1e3", "٣"])
def test_an_impossible_cursor_is_told_to_load_again(line: Line, cursor: int | str) -> None:
    tell(line, 1)
    line.cursor = cursor
    line.connect()
    line.wait(lambda line: line.ended)
    assert [one.kind for one in line.heard] == ["reload"]
    assert not line.got


def test_a_cursor_older_than_what_is_kept_is_told_to_load_again(line: Line) -> None:
    tell(line, 1, 2)
    Mailbox.objects.filter(id=line.cookie).update(pruned_to=1)
    Event.objects.filter(mailbox=UUID(line.cookie), number=1).delete()
    line.connect()
    line.wait(lambda line: line.ended)
    assert [one.kind for one in line.heard] == ["reload"]


def test_a_gap_while_reading_is_told_to_load_again(line: Line) -> None:
    """Pruned under a stream that has read nothing for a month."""
    line.connect()
    line.wait(lambda line: line.status == 200)
    tell(line, 1)
    line.wait(lambda line: len(line.got) == 1)
    Mailbox.objects.filter(id=line.cookie).update(last=5)
    tell(line, 7)
    line.wait(lambda line: line.ended)
    assert [one.kind for one in line.heard] == ["reload"]


def test_who_is_signed_out_gets_a_problem(line: Line) -> None:
    signed_in.discard(line.cookie)
    line.connect()
    line.wait(lambda line: line.ended)
    assert line.status == 401
    assert line.headers["content-type"] == "application/problem+json"


def test_other_methods_get_a_problem(line: Line) -> None:
    line.connect(method="POST")
    line.wait(lambda line: line.ended)
    assert line.status == 405


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
    monkeypatch.setattr(connection, "HEARTBEAT", 0.02)
    monkeypatch.setattr(connection, "CHECK", 0.1)
    line.connect()
    line.wait(lambda line: line.beats > 0)
    signed_in.discard(line.cookie)
    line.wait(lambda line: line.ended, 3)


def test_a_lost_wake_costs_time_but_no_event(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "HEARTBEAT", 0.02)
    monkeypatch.setattr(connection, "CHECK", 0.1)
    line.connect()
    line.wait(lambda line: line.status == 200)
    monkeypatch.setattr(type(current()), "tell", lambda self, news: None)
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
    current().end_all()
    line.wait(lambda line: line.ended, 2)


def test_the_oldest_of_too_many_streams_gives_way(line: Line, loop: Loop) -> None:
    line.connect()
    line.wait(lambda line: line.status == 200)
    tell(line, "first")
    line.wait(lambda line: len(line.got) == 1)
    others = [Line(line.application, loop, line.cookie).connect() for _ in range(STREAMS)]
    line.wait(lambda line: line.ended)
    assert not any(other.ended for other in others)
    for other in others:
        other.cut()


def test_without_a_database_the_browser_is_told_to_come_again(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> bool:
        raise OperationalError

    line.connect()
    line.wait(lambda line: line.status == 200)
    monkeypatch.setattr(queries, "after", away)
    tell(line, "kept")
    line.wait(lambda line: line.ended)
    monkeypatch.undo()
    line.connect()
    line.wait(lambda line: told(line) == ["kept"])


def test_nothing_is_left_of_a_stream_that_went(line: Line) -> None:
    line.connect()
    line.wait(lambda line: line.status == 200)
    tell(line, 1)
    line.wait(lambda line: len(line.got) == 1)
    line.cut()
    assert UUID(line.cookie) not in current()._ears  # type: ignore[attr-defined]


def test_a_slow_reader_holds_one_batch_and_no_database(line: Line, loop: Loop) -> None:
    """Its `send` waits; meanwhile nothing more is read, and what is kept for it is bounded."""
    tell(line, *range(10 * live.BATCH))
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
        for _ in range(10 * WAITING):
            await asyncio.sleep(0.002)
            signal(person, "typing", {})
        assert sum(read) == live.BATCH
        (ear,) = current()._ears[person]  # type: ignore[attr-defined]
        assert len(ear._waiting) == WAITING
        await in_thread(tell, line, "meanwhile")
        held.set()
        while not heard or heard[-1] != 10 * live.BATCH + 1:
            await asyncio.sleep(0.01)
        assert heard == list(range(1, 10 * live.BATCH + 2))
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
    current().tell([News(person, "event", 1, forged), News(person, "event", 9, forged)])
    tell(line, 2)
    line.wait_for(2)
    assert told(line) == [1, 2]


def test_what_is_shown_goes_out_as_it_is(line: Line) -> None:
    line.connect()
    tell(line, 1)
    line.wait_for(1)
    with transaction.atomic():
        append([Entry(UUID(line.cookie), "case", {"n": "kept"}, b'{"n":"shown"}')])
    line.wait_for(2)
    assert told(line) == [1, "shown"]


def test_once_ends_with_the_first_news(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """For browsers behind a proxy that holds an answer back until it is whole."""
    tell(line, 1, 2)
    line.connect(query_string=b"once=1")
    line.wait(lambda line: line.ended)
    assert told(line) == [1, 2]
    line.connect(query_string=b"once=1")
    tell(line, 3)
    line.wait(lambda line: line.ended)
    assert told(line) == [1, 2, 3]
    monkeypatch.setattr(connection, "HEARTBEAT", 0.02)
    line.connect(query_string=b"once=1")
    line.wait(lambda line: line.ended)
    assert told(line) == [1, 2, 3]


def test_idle_streams_hold_no_connection(line: Line, loop: Loop) -> None:
    """Many wait on few threads: the database sees as many connections as there are threads."""
    lines = [Line(line.application, loop, line.cookie) for _ in range(STREAMS)]
    for one in lines:
        one.connect()
    tell(line, 1)
    for one in lines:
        one.wait(lambda line: len(line.got) == 1)
    vendor = connections["default"].vendor
    if vendor == "postgresql":
        with connections["default"].cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            )
            assert cursor.fetchone()[0] <= 1 + 4
    for one in lines:
        one.cut()
