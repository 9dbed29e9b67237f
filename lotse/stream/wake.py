"""Tells open streams that there is news. Only a hint: the database is the truth.

The rest uses `current()`; a wake that reaches other processes (Redis) takes its place there.
"""

import asyncio
import functools
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from time import monotonic
from typing import Literal, NamedTuple, Protocol
from uuid import UUID

from django.conf import settings

from lotse.core import measures

STREAMS = 20
"""Streams of one person; the oldest gives way, as on a bad line it is probably long dead."""


class News(NamedTuple):
    """For a person: an event, a signal that is kept nowhere, or a reason to check the session.

    An event without a `frame` is read from the database. `after` is the number of the one before
    it in this person's mailbox.
    """

    person: UUID
    kind: Literal["event", "signal", "recheck"]
    number: int = 0
    frame: bytes = b""
    after: int = 0


class Ear(Protocol):
    """An open stream. Its methods belong to its own event loop and return at once."""

    loop: asyncio.AbstractEventLoop
    person: UUID

    def take(self, news: News) -> None: ...
    def end(self) -> None: ...


class Wake(Protocol):
    """Every method may be called from any thread and, but for `finish`, returns at once."""

    whole_since: float
    """From when on (monotonic) no news was missed; infinity while some may be missed."""

    def tell(self, news: list[News]) -> None: ...
    def listen(self, ear: Ear) -> None: ...
    def leave(self, ear: Ear) -> None: ...
    def end_all(self) -> None: ...
    def finish(self) -> None:
        """Before the process ends: waits a moment until what was told is on its way."""


class InProcess:
    whole_since = 0.0

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ears: dict[UUID, list[Ear]] = {}

    def tell(self, news: list[News]) -> None:
        for one in news:
            if one.kind == "recheck":
                _forget(one.person)
        with self._lock:
            heard = [(ear, one) for one in news for ear in self._ears.get(one.person, ())]
        by_loop = defaultdict(list)
        for ear, one in heard:
            by_loop[ear.loop].append((ear, one))
        now = monotonic()
        for loop, pairs in by_loop.items():
            _call(loop, _take_all, pairs, now)

    def listen(self, ear: Ear) -> None:
        with self._lock:
            ears = self._ears.setdefault(ear.person, [])
            ears.append(ear)
            surplus = ears[:-STREAMS]
        measures.STREAMS.inc()
        _end(surplus)

    def leave(self, ear: Ear) -> None:
        with self._lock:
            ears = self._ears.get(ear.person, [])
            if ear in ears:
                ears.remove(ear)
                measures.STREAMS.dec()
            if not ears:
                self._ears.pop(ear.person, None)

    def end_all(self) -> None:
        with self._lock:
            everyone = [ear for ears in self._ears.values() for ear in ears]
        _end(everyone)

    def finish(self) -> None:
        """Whoever listens here ends with the process."""


def _take_all(pairs: list[tuple[Ear, News]], since: float) -> None:
    measures.WAKE.observe(monotonic() - since)
    for ear, news in pairs:
        ear.take(news)


def _end(ears: Iterable[Ear]) -> None:
    for ear in ears:
        _call(ear.loop, ear.end)


def _call(loop: asyncio.AbstractEventLoop, what: Callable[..., None], *arguments: object) -> None:
    # A loop that has just stopped has nobody left to tell.
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(what, *arguments)


_watchers: list[Callable[[UUID], None]] = []


def on_recheck(watcher: Callable[[UUID], None]) -> None:
    """`watcher` gets the person before any stream does, in whatever thread told it."""
    _watchers.append(watcher)


def _forget(person: UUID) -> None:
    for watcher in _watchers:
        watcher(person)


@functools.cache
def current() -> Wake:
    if not settings.REDIS:
        return InProcess()
    from lotse.stream.redis_wake import Shared  # noqa: PLC0415 - which builds on this module

    return Shared(settings.REDIS)
