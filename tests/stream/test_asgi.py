"""What GET /live/events promises, seen from a browser."""

from uuid import UUID

import pytest
from django.db import OperationalError, connections

from lotse import env
from lotse.stream import connection, queries
from lotse.stream.actions import recheck
from lotse.stream.broker import current
from lotse.stream.models import Event, Mailbox
from tests.stream.line import Line, Loop
from tests.stream.mailbox import signed_in, tell, told

pytestmark = pytest.mark.usefixtures("any_database")


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
    Mailbox.objects.filter(person=line.cookie).update(pruned_to=1)
    Event.objects.filter(mailbox__person=UUID(line.cookie), number=1).delete()
    line.connect()
    line.wait(lambda line: line.ended)
    assert [one.kind for one in line.heard] == ["reload"]


def test_a_gap_while_reading_is_told_to_load_again(line: Line) -> None:
    """Pruned under a stream that has read nothing for a month."""
    line.connect()
    line.wait(lambda line: line.status == 200)
    tell(line, 1)
    line.wait(lambda line: len(line.got) == 1)
    Mailbox.objects.filter(person=line.cookie).update(last=5, pruned_to=5)
    tell(line, 7)
    line.wait(lambda line: line.ended)
    assert [one.kind for one in line.heard] == ["reload"]


def test_what_is_pruned_while_it_is_read_is_told_to_load_again(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = queries.between

    def late(person: UUID, cursor: int, last: int) -> list[Event]:
        Event.objects.filter(mailbox__person=person, number=1).delete()
        Mailbox.objects.filter(person=person).update(pruned_to=1)
        return read(person, cursor, last)

    tell(line, 1, 2)
    monkeypatch.setattr(queries, "between", late)
    line.connect()
    line.wait(lambda line: line.ended)
    assert [one.kind for one in line.heard] == ["reload"]
    assert not line.got


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


def test_without_a_database_the_browser_is_told_to_come_again(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> bool:
        raise OperationalError

    tell(line, "kept")
    monkeypatch.setattr(queries, "between", away)
    line.connect()
    line.wait(lambda line: line.ended)
    assert line.status == 200
    assert not line.got
    monkeypatch.undo()
    line.connect()
    line.wait(lambda line: told(line) == ["kept"])


def test_nothing_is_left_of_a_stream_that_went(line: Line) -> None:
    line.connect()
    line.wait(lambda line: line.status == 200)
    tell(line, 1)
    line.wait(lambda line: len(line.got) == 1)
    line.cut()
    assert UUID(line.cookie) not in current()._subscribers  # type: ignore[attr-defined]


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
    monkeypatch.setattr(connection, "HEARTBEAT_INTERVAL", 0.02)
    line.connect(query_string=b"once=1")
    line.wait(lambda line: line.ended)
    assert told(line) == [1, 2, 3]


def test_idle_streams_hold_no_connection(line: Line, loop: Loop) -> None:
    """Many wait on few threads: the database sees as many connections as there are threads."""
    lines = [Line(line.application, loop, line.cookie) for _ in range(env.MAX_STREAMS_PER_ACCOUNT)]
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


def test_who_signs_out_while_the_stream_is_being_opened_is_not_told(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody listens for this stream yet when that is told."""
    span = queries.span

    def meanwhile(person: UUID) -> tuple[int, int]:
        if line.cookie in signed_in:
            signed_in.discard(line.cookie)
            recheck(person)
        return span(person)

    monkeypatch.setattr(queries, "span", meanwhile)
    line.connect()
    line.wait(lambda line: line.ended, 5)
    assert not line.got
