"""The server restarts, and everybody comes back at the same moment."""

import time

import pytest
from django.db import connections, transaction
from pytest_django import DjangoDbBlocker

from lotse.stream.actions import Entry, append
from tests.conversations.world import make_person
from tests.faults.check import check
from tests.support.clients import Pause, Reader, as_browsers
from tests.support.load import Load, under_load
from tests.support.server import Server
from tests.support.visitor import beside

RESPONSE_TIMEOUT = 300
"""Seconds until all are connected, on a machine that has much else to do."""


def together(failures: int) -> float:
    return 1.0


@pytest.mark.timeout(900)
@pytest.mark.parametrize("pause", [as_browsers, together])
@pytest.mark.parametrize("count", [200, pytest.param(2000, marks=pytest.mark.long)])
def test_all_come_back_at_once(
    any_server: Server, django_db_blocker: DjangoDbBlocker, count: int, pause: Pause
) -> None:
    any_server.stop()
    any_server.environment["LOTSE_MAX_STREAMS_PER_ADDRESS"] = "3000"
    any_server.start()
    with beside(any_server, django_db_blocker), under_load(any_server, every=0.1) as load:
        idle = crowd(load, count, pause)
        load.wait_for_streams(RESPONSE_TIMEOUT)
        any_server.stop()
        missed(idle)
        any_server.start()
        began = time.monotonic()
        load.wait_until(lambda: all(one.cursor for one in idle), RESPONSE_TIMEOUT)
        back = time.monotonic()
        load.finish()
        check(load)
    assert all(one.connects == 2 for one in idle)
    for troubles in (load.troubles, *(one.troubles for one in idle)):
        assert set(troubles) <= {"broken", "503 unavailable"}
    slowest = percentile(load, 0.99, began, back)
    print(f"{count}, {pause.__name__}: back in {back - began:.1f} s, posts p99 {slowest:.2f} s")


def crowd(load: Load, count: int, pause: Pause) -> list[Reader]:
    with transaction.atomic():
        people = [make_person() for _ in range(count)]
        idle = [Reader(load.line(one), one.pk, 0, pause) for one in people]
    connections.close_all()
    load.add_readers(idle)
    return idle


def missed(idle: list[Reader]) -> None:
    """Something that each of them has to catch up with."""
    with transaction.atomic():
        append([Entry([one.person for one in idle], "keys", {})])
    connections.close_all()


def percentile(load: Load, share: float, began: float, ended: float) -> float:
    """Of the seconds until a post was answered, among those first tried in this time."""
    delays = sorted(
        delay for one in load.outboxes for at, delay in one.delays if began <= at <= ended
    )
    return delays[int(len(delays) * share)] if delays else 0.0
