"""GET /live/events: a person's mailbox as server-sent events."""

import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Protocol
from urllib.parse import parse_qs
from uuid import UUID

from django.db import DatabaseError

from lotse.core.addresses import address_of_scope
from lotse.core.asgi_helpers import (
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
from lotse.core.logs import about
from lotse.core.problems import Problem
from lotse.stream import limits, queries
from lotse.stream.connection import Batch, Connection
from lotse.stream.frames import RELOAD, frame
from lotse.stream.models import Event
from lotse.stream.queries import BATCH

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
Elsewhere = Callable[[UUID, int, int], list[Event]]
"""Like queries.between(), for events that no mailbox stores. Runs in a database thread."""
View = Callable[[UUID, list[Event]], Iterable[Event]]
"""The events that the person may still see, with their content. Runs in a database thread."""


def events(person_of: PersonOf, elsewhere: Elsewhere, view: View) -> Application:
    """`?after=` or Last-Event-ID: the cursor. `?once`: ends after the first notification."""

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            connection = await _opened(scope, send, person_of, elsewhere, view)
        except Problem as problem:
            await refuse(send, problem)
        except DatabaseError:
            log.exception("the database is away", extra=about(scope, "/live/events", 503))
            await refuse(send, Problem("unavailable", retry_after=10))
        else:
            with limits.counted(address_of_scope(scope)):
                await start(send, 200, HEADERS)
                await (connection.run(receive) if connection else finish(send, RELOAD))

    return application


async def _opened(
    scope: Scope, send: Send, person_of: PersonOf, elsewhere: Elsewhere, view: View
) -> Connection | None:
    """None if the browser has to load its state anew."""
    if scope["method"] != "GET":
        raise Problem("method-not-allowed")
    limits.check(address_of_scope(scope))
    known = await person_of(scope)
    if known is None:
        raise Problem("signed-out")
    query = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    cursor = _cursor(header(scope, b"last-event-id") or query.get("after", [""])[-1])
    if cursor is None:
        return None
    least, most = await in_thread(queries.span, known.id)
    if not least <= cursor <= most:
        return None
    source = Mailbox(known.id, scope, person_of, elsewhere, view)
    return Connection(source, cursor, send, once="once" in query)


def _cursor(text: str) -> int | None:
    # Every database's integer holds 18 digits.
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


@dataclass(slots=True)
class Mailbox:
    """A person's mailbox, as one request reads it."""

    person: UUID
    scope: Scope
    person_of: PersonOf
    elsewhere: Elsewhere
    view: View

    async def is_welcome(self) -> bool:
        try:
            known = await self.person_of(self.scope)
        except Problem:
            return False
        return known is not None and known.id == self.person

    async def read(self, cursor: int) -> Batch:
        return await in_thread(self._batch, cursor)

    def _batch(self, cursor: int) -> Batch:
        # Read this first: what is committed later has a higher number, wherever it is stored.
        _, last = queries.span(self.person)
        if cursor == last:
            return Batch(b"", cursor, False)
        found = [
            event
            for look in (queries.between, self.elsewhere)
            for event in look(self.person, cursor, last)
        ]
        # Read this afterwards, to notice what was pruned meanwhile.
        pruned_to, _ = queries.span(self.person)
        if not pruned_to <= cursor <= last:
            return Batch(b"", None, False)
        found.sort(key=attrgetter("number"))
        end = last
        if len(found) >= BATCH:
            # Never end between two events of one number, nor where the other place may have more.
            end = found[BATCH - 1].number - 1
            found = [event for event in found if event.number <= end]
            if not found:
                return Batch(b"", None, False)
        return Batch(_frames(list(self.view(self.person, found))), end, end < last)


def _frames(events: list[Event]) -> bytes:
    """Of events that share a number only the last carries it, so that a browser misses none."""
    following = [event.number for event in events[1:]] + [0]
    return b"".join(
        frame(event.kind, event.payload, event.number if event.number != after else 0)
        for event, after in zip(events, following, strict=True)
    )
