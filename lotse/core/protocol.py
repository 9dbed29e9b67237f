"""Lets posts and events bypass ASGI, by means of uvicorn's internals.

By ASGI, a request needs a task, an event, a scope and messages back: a quarter of the cost of
storing and delivering a message (docs/performance.md). All other requests go by ASGI.
core/fast_path.py says which version of uvicorn fits, and whether the fast path is used.
"""

from asyncio import Future
from collections.abc import Callable
from typing import Any

from uvicorn.protocols.http.flow_control import HIGH_WATER_LIMIT
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle

from lotse.core.asgi_helpers import JSON, Send, refusal
from lotse.core.bounded_protocol import BoundedProtocol, as_lines
from lotse.core.problems import Problem

Take = Callable[[bytes, "Exchange"], None]
"""Receives a request's whole body, and answers exactly once, now or later."""
Begin = Callable[[bytes, dict[bytes, bytes]], Take | None]
"""Receives a POST's address and headers (the last of repeated ones). None leaves it to ASGI."""


class FastPathProtocol(BoundedProtocol):
    """uvicorn's protocol, except that `begin` may take small POSTs."""

    begin: Begin
    _exchange: "Exchange | None" = None

    def on_headers_complete(self) -> None:
        self._exchange = self._begun()
        if self._exchange is None:
            super().on_headers_complete()
        else:
            self._head_arrived()
            # uvicorn treats the exchange like any other request in progress.
            self.cycle = self._exchange  # type: ignore[assignment]

    def _begun(self) -> "Exchange | None":
        is_busy = self.cycle is not None and not self.cycle.response_complete
        # A browser that does not read its answers has to wait, and only ASGI can make it wait.
        if is_busy or self.flow.write_paused or self.expect_100_continue:
            return None
        if self.parser.get_method() != b"POST" or self.parser.should_upgrade():
            return None
        headers = dict(self.headers)
        length = headers.get(b"content-length", b"")
        if not length.isdigit() or len(length) > 5 or int(length) > HIGH_WATER_LIMIT:
            return None
        take = self.begin(self.url, headers)
        return take and Exchange(self, take)

    def on_body(self, body: bytes) -> None:
        if self._exchange is None:
            super().on_body(body)
        else:
            self._heard_at = self.loop.time()
            self._exchange.body += body

    def on_message_complete(self) -> None:
        if self._exchange is None:
            super().on_message_complete()
        else:
            self._body_arrived()
            self._exchange.take()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        # Otherwise protocol and exchange would keep each other until the garbage collector runs.
        self.cycle = self._exchange = None  # type: ignore[assignment]
        self.pipeline.clear()


_JSON = as_lines(JSON)


class _Ignored:
    """Replaces the event that uvicorn sets when the browser has gone: no exchange waits for it."""

    def set(self) -> None: ...


class Exchange:
    """A request and its answer. uvicorn's protocol treats it as a cycle, its server as a task."""

    __slots__ = (
        "_protocol",
        "_take",
        "body",
        "disconnected",
        "keep_alive",
        "response_complete",
        "work",
    )
    message_event = _Ignored()
    work: Future[None]
    """The task that makes the answer, if any. Without a reference, Python may collect the task."""

    def __init__(self, protocol: FastPathProtocol, take: Take) -> None:
        self._protocol, self._take = protocol, take
        self.body = b""
        parser = protocol.parser
        self.keep_alive = parser.get_http_version() != "1.0" and parser.should_keep_alive()
        self.response_complete = self.disconnected = False

    def take(self) -> None:
        self._protocol.tasks.add(self)  # type: ignore[arg-type]
        self._take(self.body, self)

    def answer(self, status: int, body: bytes) -> None:
        """Sends `body` as JSON, or nothing if the status is 204."""
        length = b"" if status == 204 else b"content-length: %d\r\n" % len(body)
        self._write(status, _JSON + length, body)

    def refuse(self, problem: Problem) -> None:
        self.keep_alive = False
        status, head, body = refusal(problem)
        self._write(status, as_lines(head), body)

    def cancel(self, msg: Any = None) -> None:
        """The server stops without waiting. A retry is safe, because an id is stored only once."""
        # Later, because uvicorn is iterating over its tasks now.
        self._protocol.loop.call_soon(self.refuse, Problem("unavailable", retry_after=2))

    def _write(self, status: int, head: bytes, body: bytes) -> None:
        protocol = self._protocol
        protocol.tasks.discard(self)
        if self.response_complete or protocol.transport.is_closing():
            return
        head += as_lines(protocol.server_state.default_headers)
        if not self.keep_alive:
            head += b"connection: close\r\n"
        protocol.transport.write(b"%b%b\r\n%b" % (STATUS_LINE[status], head, body))
        # A request after a final answer must not be carried out, as it could not be answered.
        self.response_complete = self.keep_alive
        if not self.keep_alive:
            protocol.transport.close()
        protocol.on_response_complete()


def write_now(send: Send, data: bytes) -> bool:
    """Writes the next part of a body; False, without writing, if only `send` can do so now."""
    cycle = getattr(send, "__self__", None)
    if (
        not isinstance(cycle, RequestResponseCycle)
        or not cycle.response_started
        or not cycle.chunked_encoding
        or cycle.response_complete
        or cycle.flow.write_paused
        or cycle.transport.is_closing()
    ):
        return False
    cycle.transport.write(b"%x\r\n%b\r\n" % (len(data), data))
    return True
