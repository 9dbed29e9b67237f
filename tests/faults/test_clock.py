"""The wall clock jumps, as at a bad time server: order, sessions and streams do not hang on it."""

import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest
from pytest_django import DjangoDbBlocker

from lotse.conversations.models import Message
from tests.faults.check import check
from tests.support.load import Load, under_load
from tests.support.server import Server
from tests.support.visitor import beside

LIBRARY = "/usr/$LIB/faketime/libfaketimeMT.so.1"
HOUR = 3600


class Clock:
    """The server's, as far from the true one as its file says; timers run on as they would."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "clock"
        self.environment = {
            "LD_PRELOAD": LIBRARY,
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }
        self.set(0)

    def set(self, seconds: int) -> None:
        new = self.file.with_suffix(".new")
        new.write_text(f"{seconds:+d}\n")
        new.replace(self.file)


@pytest.mark.parametrize("quiet", [0, pytest.param(130, marks=pytest.mark.long)])
def test_the_clock_jumps(
    new_server: Callable[..., Server],
    tmp_path: Path,
    django_db_blocker: DjangoDbBlocker,
    quiet: float,
) -> None:
    """`quiet`: seconds of heartbeats and looks at the session, after the last jump."""
    clock = Clock(tmp_path)
    server = new_server(**clock.environment)
    with beside(server, django_db_blocker), under_load(server) as load:
        for jump in (0, HOUR, 0, -HOUR, HOUR, 0):
            clock.set(jump)
            _wait_for_posts(load)
        load.finish()
        messages = check(load)
        clock.set(-HOUR)
        time.sleep(quiet)
        assert {reader.connects for reader in load.readers} == {1}
        assert not load.troubles
        assert jumps(load.outboxes[0].conversation) == [HOUR, -HOUR, -HOUR, 2 * HOUR, -HOUR]
    server.stop()
    print(f"clock jumps: {messages} messages")


def _wait_for_posts(load: Load) -> None:
    """Of which the last was begun after the jump."""
    known = load.outboxes[0].numbers
    wanted = len(known) + 3
    load.wait_until(lambda: len(known) >= wanted, 60)


def jumps(conversation: UUID) -> list[int]:
    """How the times of messages jump, in the order of their numbers, in seconds."""
    mine = Message.objects.filter(conversation__id=conversation, number__gt=1).order_by("number")
    times = mine.values_list("sent_at", flat=True)
    steps = [(after - before).total_seconds() for before, after in pairwise(times)]
    return [round(step / 100) * 100 for step in steps if abs(step) > 60]
