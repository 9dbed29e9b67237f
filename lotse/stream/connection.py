"""One browser's open connection to its mailbox.

An idle connection is one waiting coroutine and a timer. A task runs only while something has to be
sent.
"""

import asyncio
import logging
from collections import deque
from math import inf
from time import monotonic
from typing import NamedTuple, Protocol
from uuid import UUID

from lotse.core.asgi_helpers import Receive, Send, finish
from lotse.core.fast_path import write_now
from lotse.stream.broker import Notification, current
from lotse.stream.frames import BEAT, RELOAD, RETRY

HEARTBEAT_INTERVAL = 20.0
CHECK_INTERVAL = 60.0
"""Seconds between two checks of session and mailbox when no notification comes."""
MAX_QUEUED = 16
"""Notifications kept for one connection. Events beyond that are read from the database; signals
beyond that are lost."""

log = logging.getLogger(__name__)


class Batch(NamedTuple):
    """Data to send, the cursor after it (None: events are missing), and whether there is more."""

    data: bytes
    cursor: int | None
    more: bool


class Source(Protocol):
    person: UUID

    async def is_welcome(self) -> bool:
        """Whether the session is still valid."""

    async def read(self, cursor: int) -> Batch:
        """What comes after the cursor."""


class Connection:
    """`once` ends it after the first notification: for browsers behind a buffering proxy."""

    __slots__ = (
        "_beat_due",
        "_behind",
        "_checked",
        "_cursor",
        "_ending",
        "_once",
        "_pump",
        "_send",
        "_source",
        "_timer",
        "_waiting",
        "loop",
        "person",
    )

    def __init__(self, source: Source, cursor: int, send: Send, once: bool = False) -> None:
        self.loop, self.person = asyncio.get_running_loop(), source.person
        self._source, self._cursor, self._send, self._once = source, cursor, send, once
        self._waiting: deque[Notification] = deque(maxlen=MAX_QUEUED)
        self._behind, self._beat_due, self._ending = True, False, False
        # A sign-out while the stream was being opened would have gone unnoticed.
        self._checked = -inf
        self._pump: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None

    async def run(self, receive: Receive) -> None:
        """Runs until the browser leaves or we end the connection."""
        # Subscribe before the first look at the database, so that nothing in between is missed.
        current().subscribe(self)
        self._timer = self.loop.call_later(HEARTBEAT_INTERVAL, self._beat)
        try:
            await self._send({"type": "http.response.body", "body": RETRY, "more_body": True})
            self._wake()
            while (await receive())["type"] != "http.disconnect":
                pass
        finally:
            current().unsubscribe(self)
            for waiting in (self._timer, self._pump):
                if waiting:
                    waiting.cancel()

    def take(self, notification: Notification) -> None:
        if self._is_all(notification) and write_now(self._send, notification.frame):
            self._cursor = notification.number
            return
        if notification.kind == "recheck":
            self._checked = -inf
        elif len(self._waiting) == MAX_QUEUED:
            # The browser reads too slowly: it gets the rest from the database.
            self._behind = True
        else:
            self._waiting.append(notification)
        self._wake()

    def _is_all(self, notification: Notification) -> bool:
        """Whether the frame can go at once: nothing else is being sent, and no check is due."""
        return (
            self._pump is None
            and not (self._behind or self._once)
            and bool(notification.frame)
            and notification.after <= self._cursor < notification.number
            and monotonic() - self._checked <= CHECK_INTERVAL
        )

    def end(self) -> None:
        self._ending = True
        self._wake()

    def _beat(self) -> None:
        self._beat_due = True
        self._timer = self.loop.call_later(HEARTBEAT_INTERVAL, self._beat)
        self._wake()

    def _wake(self) -> None:
        if self._pump is None:
            self._pump = self.loop.create_task(self._run())

    async def _run(self) -> None:
        try:
            while await self._step():
                pass
        except Exception:
            log.exception("a stream failed; its browser reconnects")
            self._ending = True
        if self._ending:
            await finish(self._send)
        else:
            self._pump = None

    async def _step(self) -> bool:
        """Does one thing; whether there may be more to do."""
        if monotonic() - self._checked > CHECK_INTERVAL:
            self._checked, self._behind = monotonic(), True
            self._ending = self._ending or not await self._source.is_welcome()
        if self._ending:
            return False
        if self._behind:
            await self._catch_up()
        elif self._waiting:
            await self._pass_on(self._waiting.popleft())
        elif self._beat_due:
            self._beat_due = False
            await self._write(BEAT)
        else:
            return False
        return True

    async def _catch_up(self) -> None:
        # Set this before reading, because notifications may overflow meanwhile.
        self._behind = False
        data, cursor, more = await self._source.read(self._cursor)
        if cursor is None:
            self._ending = True
            await self._write(RELOAD)
            return
        self._cursor, self._behind = cursor, self._behind or more
        if data:
            await self._write(data)

    async def _pass_on(self, notification: Notification) -> None:
        if notification.kind == "signal":
            await self._write(notification.frame)
        elif notification.frame and notification.after <= self._cursor < notification.number:
            self._cursor = notification.number
            await self._write(notification.frame)
        elif notification.number > self._cursor:
            self._behind = True

    async def _write(self, data: bytes) -> None:
        # This waits while the browser reads slowly. Meanwhile events stay in the database.
        await self._send({"type": "http.response.body", "body": data, "more_body": True})
        if self._once:
            self._ending = True
