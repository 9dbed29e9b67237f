"""Tells open streams to look into their mailbox again. Only a hint: the database is the truth.

The rest uses `current()`; a wake that reaches other processes (Redis) takes its place there.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any, Protocol
from uuid import UUID

SIGNALS = 16
"""Ephemeral signals that wait for one stream; more push out the oldest, which nobody misses."""
STREAMS = 20
"""Streams of one person; the oldest gives way, as on a bad line it is probably long dead."""

Signal = tuple[str, dict[str, Any]]


class Listener:
    """One open stream's ear. All but `post` belongs to the stream's own event loop."""

    def __init__(self, end: Callable[[], None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._rung = asyncio.Event()
        self.end = end
        self.recheck = False
        self.signals: deque[Signal] = deque(maxlen=SIGNALS)

    async def wait(self, seconds: float) -> bool:
        """Whether something was heard within that time."""
        try:
            async with asyncio.timeout(seconds):
                await self._rung.wait()
        except TimeoutError:
            return False
        self._rung.clear()
        return True

    def post(self, what: Callable[["Listener"], None]) -> None:
        """From any thread; one stream that has just gone harms no other."""
        try:
            self._loop.call_soon_threadsafe(self._take, what)
        except RuntimeError:
            return

    def _take(self, what: Callable[["Listener"], None]) -> None:
        what(self)
        self._rung.set()


class Wake(Protocol):
    """Every method but `listen` and `leave` may be called from any thread and returns at once."""

    def wake(self, mailboxes: Iterable[UUID]) -> None: ...
    def signal(self, mailbox: UUID, kind: str, payload: dict[str, Any]) -> None: ...
    def recheck(self, mailbox: UUID) -> None: ...
    def listen(self, mailbox: UUID, listener: Listener) -> None: ...
    def leave(self, mailbox: UUID, listener: Listener) -> None: ...
    def end_all(self) -> None: ...


class InProcess:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: dict[UUID, list[Listener]] = {}

    def wake(self, mailboxes: Iterable[UUID]) -> None:
        for mailbox in mailboxes:
            self._post(mailbox, lambda listener: None)

    def signal(self, mailbox: UUID, kind: str, payload: dict[str, Any]) -> None:
        self._post(mailbox, lambda listener: listener.signals.append((kind, payload)))

    def recheck(self, mailbox: UUID) -> None:
        self._post(mailbox, lambda listener: setattr(listener, "recheck", True))

    def listen(self, mailbox: UUID, listener: Listener) -> None:
        with self._lock:
            ears = self._listeners.setdefault(mailbox, [])
            ears.append(listener)
            surplus = ears[:-STREAMS]
        for old in surplus:
            old.post(lambda listener: listener.end())

    def leave(self, mailbox: UUID, listener: Listener) -> None:
        with self._lock:
            ears = self._listeners.get(mailbox, [])
            if listener in ears:
                ears.remove(listener)
            if not ears:
                self._listeners.pop(mailbox, None)

    def end_all(self) -> None:
        with self._lock:
            everyone = [one for ears in self._listeners.values() for one in ears]
        for listener in everyone:
            listener.post(lambda ear: ear.end())

    def _post(self, mailbox: UUID, what: Callable[[Listener], None]) -> None:
        with self._lock:
            ears = list(self._listeners.get(mailbox, ()))
        for listener in ears:
            listener.post(what)


_current: Wake = InProcess()


def current() -> Wake:
    return _current
