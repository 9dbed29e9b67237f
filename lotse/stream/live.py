"""GET /live/events: a person's mailbox as server-sent events."""

import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import parse_qs
from uuid import UUID

from django.db import DatabaseError

from lotse.core.logs import about
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
from lotse.stream.connection import Batch, Connection
from lotse.stream.frames import RELOAD, frame
from lotse.stream.models import Event

BATCH = 16
"""Events in memory at once for one stream: one MiB where each carries the longest message."""
HEADERS = {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-cache, no-store",
    "X-Accel-Buffering": "no",
}

log = logging.getLogger(__name__)


class Known(Protocol):
    @property
    def id(self) -> UUID: ...


PersonOf = Callable[[Scope], Awaitable[Known | None]]
View = Callable[[UUID, list[Event]], Iterable[Event]]
"""What of these events the person may still see, made complete. Runs in a database thread."""


def events(person_of: PersonOf, view: View) -> Application:
    """`?after=` or Last-Event-ID: the cursor. `?once`: answers with the first news and ends."""

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            connection = await _opened(scope, send, person_of, view)
        except Problem as problem:
            await refuse(send, problem)
        except DatabaseError:
            log.exception("the database is away", extra=about(scope, "/live/events", 503))
            await refuse(send, Problem("unavailable", retry_after=10))
        else:
            await start(send, 200, HEADERS)
            await (connection.run(receive) if connection else finish(send, RELOAD))

    return application


async def _opened(scope: Scope, send: Send, person_of: PersonOf, view: View) -> Connection | None:
    """None where only loading anew misses nothing."""
    if scope["method"] != "GET":
        raise Problem("method-not-allowed")
    known = await person_of(scope)
    if known is None:
        raise Problem("signed-out")
    query = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    cursor = _cursor(header(scope, b"last-event-id") or query.get("after", [""])[-1])
    if cursor is None or not await in_thread(queries.is_possible, known.id, cursor):
        return None
    source = Mailbox(known.id, scope, person_of, view)
    return Connection(source, cursor, send, once="once" in query)


def _cursor(text: str) -> int | None:
    # 18 digits fit every database's integer.
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


@dataclass(slots=True)
class Mailbox:
    """A person's, as it is read for one request of theirs."""

    person: UUID
    scope: Scope
    person_of: PersonOf
    view: View

    async def is_welcome(self) -> bool:
        known = await self.person_of(self.scope)
        return known is not None and known.id == self.person

    async def read(self, cursor: int) -> Batch:
        return await in_thread(self._batch, cursor)

    def _batch(self, cursor: int) -> Batch:
        found = queries.after(self.person, cursor, BATCH)
        if not found:
            return Batch(b"", cursor, False)
        if found[0].number != cursor + 1:
            return Batch(b"", None, False)
        shown = self.view(self.person, found)
        data = b"".join(frame(event.kind, event.payload, event.number) for event in shown)
        return Batch(data, found[-1].number, len(found) == BATCH)
