"""GET /live/events: a person's mailbox as server-sent events, and how it ends."""

import asyncio
import contextlib
import json
import logging
from collections.abc import Awaitable, Callable, Iterable
from time import monotonic
from typing import Protocol
from urllib.parse import parse_qs
from uuid import UUID

from django.db import DatabaseError

from lotse.core.plain import (
    Application,
    Receive,
    Scope,
    Send,
    finish,
    header,
    in_thread,
    refuse,
    start,
)
from lotse.core.problems import Problem
from lotse.stream import queries
from lotse.stream.models import Event
from lotse.stream.wake import Listener, Signal, current

HEARTBEAT = 20.0
CHECK = 60.0
"""Seconds between looks at session and mailbox without a wake; with one it happens at once."""
BATCH = 16
"""Events in memory at once for one stream: one MiB where each carries the longest message."""
HEADERS = {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-cache, no-store",
    "X-Accel-Buffering": "no",
}
RELOAD = b"event: reload\ndata: {}\n\n"


log = logging.getLogger(__name__)


class Known(Protocol):
    @property
    def id(self) -> UUID: ...


PersonOf = Callable[[Scope], Awaitable[Known | None]]
View = Callable[[UUID, list[Event]], Iterable[Event]]
"""What of these events the person may still see, made complete. Runs in a database thread."""


def events(person_of: PersonOf, view: View) -> Application:
    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            person = await _admitted(scope, person_of)
        except Problem as problem:
            await refuse(send, problem)
            return
        except DatabaseError:
            log.exception("the database is away")
            await refuse(send, Problem("unavailable", retry_after=10))
            return
        stream = Stream(scope, send, person_of, view, person)
        await stream.run(receive)

    return application


async def _admitted(scope: Scope, person_of: PersonOf) -> UUID:
    if scope["method"] != "GET":
        raise Problem("method-not-allowed")
    person = await person_of(scope)
    if person is None:
        raise Problem("signed-out")
    return person.id


def asked_cursor(scope: Scope) -> int | None:
    """None where it says nothing usable: then only loading anew misses nothing."""
    query = parse_qs(scope["query_string"].decode("latin-1"))
    text = header(scope, b"last-event-id") or query.get("after", [""])[-1]
    # 18 digits fit every database's integer.
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


class Stream:
    def __init__(
        self, scope: Scope, send: Send, person_of: PersonOf, view: View, person: UUID
    ) -> None:
        self.scope, self.send, self.person_of, self.view = scope, send, person_of, view
        self.person = person
        self.checked = monotonic()

    async def run(self, receive: Receive) -> None:
        """Until browser or session ends, the cursor turns out impossible or the server stops."""
        await start(self.send, 200, HEADERS)
        try:
            async with asyncio.timeout(None) as life:
                await self._listen(receive, life)
        except TimeoutError:
            pass
        except DatabaseError:
            log.exception("the database is away; the browser comes again")
        # Whoever reads nothing any more must not hold up a server that stops.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(1):
                await finish(self.send)

    async def _listen(self, receive: Receive, life: asyncio.Timeout) -> None:
        listener = Listener(lambda: _expire(life))
        hang_up = asyncio.create_task(_when_gone(receive, listener.end))
        # Before the first look at the database, or what comes in between would go unheard.
        current().listen(self.person, listener)
        try:
            await self._pump(listener)
        finally:
            current().leave(self.person, listener)
            hang_up.cancel()

    async def _pump(self, listener: Listener) -> None:
        cursor = asked_cursor(self.scope)
        if cursor is None or not await in_thread(queries.is_possible, self.person, cursor):
            await self._write(RELOAD)
            return
        await self._write(b"retry: 2000\n\n")
        while cursor is not None and await self._is_welcome(listener):
            while listener.signals:
                await self._write(_signal(listener.signals.popleft()))
            cursor, more = await self._read_on(cursor)
            if not more:
                await self._pause(listener)

    async def _read_on(self, cursor: int) -> tuple[int | None, bool]:
        """The next cursor, None after a gap; and whether there is more already."""
        batch, shown = await in_thread(self._batch, cursor)
        if not batch:
            return cursor, False
        if batch[0].number != cursor + 1:
            await self._write(RELOAD)
            return None, True
        await self._write(shown)
        return batch[-1].number, len(batch) == BATCH

    def _batch(self, cursor: int) -> tuple[list[Event], bytes]:
        batch = queries.after(self.person, cursor, BATCH)
        return batch, b"".join(map(_frame, self.view(self.person, batch))) if batch else b""

    async def _pause(self, listener: Listener) -> None:
        """Until there may be something to read or the session is to be checked."""
        while not await listener.wait(HEARTBEAT):
            await self._write(b":\n\n")
            if monotonic() - self.checked > CHECK:
                return

    async def _is_welcome(self, listener: Listener) -> bool:
        if listener.recheck or monotonic() - self.checked > CHECK:
            listener.recheck = False
            self.checked = monotonic()
            known = await self.person_of(self.scope)
            return known is not None and known.id == self.person
        return True

    async def _write(self, data: bytes) -> None:
        # Waits while the browser reads slowly; meanwhile events stay in the database.
        if data:
            await self.send({"type": "http.response.body", "body": data, "more_body": True})


def _expire(life: asyncio.Timeout) -> None:
    with contextlib.suppress(RuntimeError):  # it has ended already
        life.reschedule(asyncio.get_running_loop().time())


async def _when_gone(receive: Receive, end: Callable[[], None]) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    end()


def _frame(event: Event) -> bytes:
    data = json.dumps(event.payload, separators=(",", ":"))
    return f"id: {event.number}\nevent: {event.kind}\ndata: {data}\n\n".encode()


def _signal(signal: Signal) -> bytes:
    kind, payload = signal
    return f"event: {kind}\ndata: {json.dumps(payload, separators=(',', ':'))}\n\n".encode()
