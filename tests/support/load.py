"""Pairs of people who write to each other and read while the server has faults."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any
from uuid import UUID

from django.db import connections, transaction

from lotse.accounts.models import Person
from lotse.conversations.actions.cases import take
from lotse.conversations.models import Message
from lotse.stream import queries
from tests.conversations.world import make_centre, make_counsellor, make_person, opened
from tests.stream.line import Loop
from tests.support.clients import Outbox, Reader
from tests.support.server import Server
from tests.support.visitor import unlocked
from tests.support.wire import Line

OPENING = 60
"""Seconds in which all readers must have their first stream."""


class Load:
    def __init__(
        self, server: Server, pairs: int, every: float, reading: Server | None = None
    ) -> None:
        self.server, self.every, self.reading = server, every, reading or server
        # The load warms up the server, so nothing else has to.
        server.first = "/readyz"
        self.loop = Loop()
        self.outboxes: list[Outbox] = []
        self.readers: list[Reader] = []
        self.tasks: list[asyncio.Task[None]] = []
        self.stop = asyncio.Event()
        with transaction.atomic():
            for _ in range(pairs):
                self._pair()

    def _pair(self) -> None:
        centre = make_centre()
        counsellor = make_counsellor(centre).person
        case = opened(make_person(), centre)
        take(counsellor, case.pk)
        # Counsellors post less often, so that most posts do not change whose turn it is.
        for person, every in ((case.client, self.every), (counsellor, 20 * self.every)):
            self.outboxes.append(Outbox(self.line(person), person.pk, case.pk, every))
            self._reader(person, case.pk)

    def _reader(self, person: Person, conversation: UUID) -> None:
        line = self.line(person, self.reading)
        reader = Reader(line, person.pk, queries.cursor(person.pk))
        question = Message.objects.get(conversation__id=conversation)
        reader.messages[str(conversation)].append((question.number, str(question.pk)))
        self.readers.append(reader)

    def line(self, person: Person, to: Server | None = None) -> Line:
        return Line((to or self.server).port, unlocked(person))

    def begin(self) -> None:
        # Faults of the database break this process's connections, too.
        connections.close_all()
        self.loop.run(self._begin())
        self.wait_for_streams(OPENING)

    async def _begin(self) -> None:
        posting = [one.run(self.stop) for one in self.outboxes]
        reading = [one.run() for one in self.readers]
        self.tasks = [asyncio.create_task(one) for one in (*posting, *reading)]

    def add_readers(self, readers: list[Reader]) -> None:
        self.readers += readers
        for one in readers:
            self.add(one.run())

    def add(self, work: Coroutine[Any, Any, None]) -> None:
        """Runs until `close`."""
        self.loop.loop.call_soon_threadsafe(lambda: self.tasks.append(asyncio.ensure_future(work)))

    def wait_for_streams(self, timeout: float) -> None:
        self.wait_until(lambda: all(one.live_since for one in self.readers), timeout)

    def wait_until(self, holds: Callable[[], bool], timeout: float) -> None:
        self.loop.run(self._until(holds, timeout), timeout + 5)

    def finish(self, timeout: float = 60) -> None:
        """Waits until all posts are answered and every reader has the whole mailbox."""
        self.loop.run(self._answered(timeout), timeout + 5)
        last = dict(queries.newest([one.person for one in self.readers]))
        self.wait_until(
            lambda: all(one.cursor >= last.get(one.person, 0) for one in self.readers), timeout
        )

    async def _answered(self, timeout: float) -> None:
        self.stop.set()
        posting = self.tasks[: len(self.outboxes)]
        await asyncio.wait_for(asyncio.gather(*posting), timeout)

    async def _until(self, holds: Callable[[], bool], timeout: float) -> None:
        limit = monotonic() + timeout
        while not holds():
            for task in self.tasks:
                if task.done() and not task.cancelled():
                    task.result()
            assert monotonic() < limit
            await asyncio.sleep(0.02)

    def close(self) -> None:
        self.loop.run(self._end())
        self.loop.close()

    async def _end(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    @property
    def troubles(self) -> Counter[str]:
        """Counts the failures of all outboxes by their names."""
        return sum((one.troubles for one in self.outboxes), Counter())


@contextmanager
def under_load(
    server: Server, pairs: int = 4, every: float = 0.01, reading: Server | None = None
) -> Iterator[Load]:
    """Use this inside the server's database. A client posts every `every` seconds.

    The streams are at the server `reading`, if it is given.
    """
    load = Load(server, pairs, every, reading)
    try:
        load.begin()
        yield load
    finally:
        load.close()
