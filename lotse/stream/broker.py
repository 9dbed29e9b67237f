"""Notifies open streams that something has happened. Only a hint: the database is the truth.

Other modules use `current()`, which is the Redis broker where several processes share one.
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

from lotse import env
from lotse.core import metrics


class Notification(NamedTuple):
    """For a person: an event, a signal that is stored nowhere, or a reason to check the session.

    Streams read an event without a `frame` from the database. `after` is the number of the
    previous event in this person's mailbox.
    """

    person: UUID
    kind: Literal["event", "signal", "recheck"]
    number: int = 0
    frame: bytes = b""
    after: int = 0


class Subscriber(Protocol):
    """An open stream. Its methods belong to its own event loop and return at once."""

    loop: asyncio.AbstractEventLoop
    person: UUID

    def take(self, notification: Notification) -> None: ...
    def end(self) -> None: ...


class Broker(Protocol):
    """Every method may be called from any thread and, but for `finish`, returns at once."""

    complete_since: float
    """From when on (monotonic) no notification was missed; infinity while some may be missed."""

    def publish(self, notifications: list[Notification]) -> None: ...
    def subscribe(self, subscriber: Subscriber) -> None: ...
    def unsubscribe(self, subscriber: Subscriber) -> None: ...
    def close_all(self) -> None: ...
    def finish(self) -> None:
        """Waits a moment, before the process ends, until all notifications are on their way."""


class InProcessBroker:
    complete_since = 0.0

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._subscribers: dict[UUID, list[Subscriber]] = {}

    def publish(self, notifications: list[Notification]) -> None:
        for one in notifications:
            if one.kind == "recheck":
                _forget(one.person)
        with self._lock:
            heard = [
                (subscriber, one)
                for one in notifications
                for subscriber in self._subscribers.get(one.person, ())
            ]
        by_loop = defaultdict(list)
        for subscriber, one in heard:
            by_loop[subscriber.loop].append((subscriber, one))
        now = monotonic()
        for loop, pairs in by_loop.items():
            _call(loop, _take_all, pairs, now)

    def subscribe(self, subscriber: Subscriber) -> None:
        with self._lock:
            subscribers = self._subscribers.setdefault(subscriber.person, [])
            subscribers.append(subscriber)
            # The oldest stream ends: it is probably dead, as happens on bad connections.
            surplus = subscribers[: -env.MAX_STREAMS_PER_ACCOUNT]
        metrics.STREAMS.inc()
        _end(surplus)

    def unsubscribe(self, subscriber: Subscriber) -> None:
        with self._lock:
            subscribers = self._subscribers.get(subscriber.person, [])
            if subscriber in subscribers:
                subscribers.remove(subscriber)
                metrics.STREAMS.dec()
            if not subscribers:
                self._subscribers.pop(subscriber.person, None)

    def close_all(self) -> None:
        with self._lock:
            everyone = [
                subscriber
                for subscribers in self._subscribers.values()
                for subscriber in subscribers
            ]
        _end(everyone)

    def finish(self) -> None:
        """Does nothing: all subscribers end with the process."""


def _take_all(pairs: list[tuple[Subscriber, Notification]], since: float) -> None:
    metrics.NOTIFY.observe(monotonic() - since)
    for subscriber, notification in pairs:
        subscriber.take(notification)


def _end(subscribers: Iterable[Subscriber]) -> None:
    for subscriber in subscribers:
        _call(subscriber.loop, subscriber.end)


def _call(loop: asyncio.AbstractEventLoop, what: Callable[..., None], *arguments: object) -> None:
    # A loop that has just stopped has no streams left.
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(what, *arguments)


_watchers: list[Callable[[UUID], None]] = []


def on_recheck(watcher: Callable[[UUID], None]) -> None:
    """Calls `watcher` with the person before any stream hears of it, in the publishing thread."""
    _watchers.append(watcher)


def _forget(person: UUID) -> None:
    for watcher in _watchers:
        watcher(person)


@functools.cache
def current() -> Broker:
    if not settings.REDIS:
        return InProcessBroker()
    from lotse.stream.redis_broker import RedisBroker  # noqa: PLC0415 - which builds on this module

    return RedisBroker(settings.REDIS)
