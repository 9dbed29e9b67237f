"""Bounds what one connection may cost before any route sees a request, and closes slow ones.

uvicorn itself limits neither the size of a request's head, nor the time that a head or a body may
take, nor the number of requests that a client sends before it has an answer.
"""

import functools
import resource
from asyncio import AbstractEventLoop, BaseTransport, TimerHandle
from collections.abc import Collection
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from lotse import env
from lotse.core.asgi_helpers import Head, refusal
from lotse.core.problems import Problem

MAX_HEAD_BYTES = 64 * 1024
"""Bounds a request's first line and headers, and also the framing of a chunked body."""
MAX_HEADERS = 100
MAX_SENT_AHEAD = 32
"""Requests on one connection that wait for answers to earlier ones. Browsers never send ahead."""
SILENCE_TIMEOUT = 20
"""Seconds without a byte of a request that has begun, and seconds that a head may take in all."""
MIN_BODY_RATE = 256
"""Bytes a second that a body needs on average after SILENCE_TIMEOUT."""
SWEEP_INTERVAL = 5
"""Seconds between checks of all connections, which cost less than a timer for every request."""
OTHER_DESCRIPTORS = 200
"""For files, databases and Redis, in addition to the connections."""
_WITHOUT_BODY = {b"GET", b"HEAD", b"OPTIONS"}


@functools.cache
def max_connections() -> int:
    """The setting, or fewer if the process may not open so many descriptors (operate/server.py)."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return env.MAX_CONNECTIONS
    return min(env.MAX_CONNECTIONS, max(1, soft - OTHER_DESCRIPTORS))


class Refused(Exception):
    """Stops the parser. The server reads nothing more from this connection."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.slug)
        self.problem = problem


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's protocol with bounds for each connection."""

    _sweeping: ClassVar[TimerHandle | None] = None
    _refused: Problem | None = None
    _is_body_due = False
    _received = 0
    """Bytes received of the head, or of the body with its framing, whichever is being read."""
    _body_bytes = 0
    _waits_since = 0.0
    """When the connection was made, the last answer ended, or a body began, whichever is latest."""
    _heard_at = 0.0

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)  # type: ignore[arg-type]
        self._waits_since = self.loop.time()
        if BoundedProtocol._sweeping is None:
            _sweep(self.loop, self.connections)
        if len(self.connections) > max_connections():
            self._end(Problem("unavailable", retry_after=10))

    def data_received(self, data: bytes) -> None:
        self._received += len(data)
        super().data_received(data)
        if self._received <= MAX_HEAD_BYTES or self.transport.is_closing():
            return
        if not self._is_body_due:
            self._end(Problem("head-too-large"))
        elif self._received > MAX_HEAD_BYTES + 8 * self._body_bytes:
            # An attacker may send endless trailers or chunk extensions, which are not body.
            self._end(Problem("malformed"))

    def on_header(self, name: bytes, value: bytes) -> None:
        # After the head, these are trailers of a body. uvicorn would add them to the headers, so
        # that a client could replace a cookie, origin or address that a proxy has checked.
        if not self._is_body_due:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._head_arrived()
        super().on_headers_complete()

    def _head_arrived(self) -> None:
        if len(self.headers) > MAX_HEADERS or (
            self._received > MAX_HEAD_BYTES and self._head_bytes() > MAX_HEAD_BYTES
        ):
            self._refuse(Problem("head-too-large"))
        is_ambiguous = sum(name == b"host" for name, _ in self.headers) > 1
        if is_ambiguous or len(self.pipeline) >= MAX_SENT_AHEAD or self._has_unexpected_body():
            self._refuse(Problem("malformed"))
        self._is_body_due, self._received, self._body_bytes = True, 0, 0
        self._waits_since = self._heard_at = self.loop.time()

    def _head_bytes(self) -> int:
        lines = sum(len(name) + len(value) + 4 for name, value in self.headers)
        return len(self.url) + lines

    def _has_unexpected_body(self) -> bool:
        """Streams and other routes that expect no body would never finish reading one."""
        return self.parser.get_method() in _WITHOUT_BODY and any(
            name == b"transfer-encoding" or (name == b"content-length" and value != b"0")
            for name, value in self.headers
        )

    def on_body(self, body: bytes) -> None:
        self._body_bytes += len(body)
        self._heard_at = self.loop.time()
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._body_arrived()
        super().on_message_complete()

    def _body_arrived(self) -> None:
        self._is_body_due, self._received = False, 0

    def on_response_complete(self) -> None:
        self._waits_since = self.loop.time()
        super().on_response_complete()

    def _refuse(self, problem: Problem) -> None:
        """Raises, because the parser calls this and would otherwise go on to the next byte."""
        self._refused = problem
        raise Refused(problem)

    def send_400_response(self, msg: str) -> None:
        self._end(self._refused or Problem("malformed"))

    def _end(self, problem: Problem) -> None:
        """Answers first, unless the client could take this for part of an unfinished answer."""
        if self._is_free():
            status, head, body = refusal(problem)
            lines = as_lines([*head, (b"connection", b"close")])
            self.transport.write(b"%b%b\r\n%b" % (STATUS_LINE[status], lines, body))
        self.transport.close()

    def _is_free(self) -> bool:
        """Whether no answer is being sent or awaited."""
        return self.cycle is None or self.cycle.response_complete

    def _is_overdue(self, now: float) -> bool:
        waited = now - self._waits_since
        if not self._is_body_due:
            return self._is_free() and waited > SILENCE_TIMEOUT
        if self.flow.read_paused:
            # The route has not yet read what arrived, so the sender cannot go on.
            self._heard_at = self._waits_since = now
            return False
        is_slow = waited > SILENCE_TIMEOUT and self._received < MIN_BODY_RATE * waited
        return is_slow or now - self._heard_at > SILENCE_TIMEOUT


def as_lines(head: Head) -> bytes:
    return b"".join([b"%b: %b\r\n" % line for line in head])


def _sweep(loop: AbstractEventLoop, connections: Collection[Any]) -> None:
    now = loop.time()
    for connection in [each for each in connections if each._is_overdue(now)]:
        connection.transport.close()
    BoundedProtocol._sweeping = loop.call_later(SWEEP_INTERVAL, _sweep, loop, connections)
