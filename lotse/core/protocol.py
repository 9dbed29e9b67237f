"""Two short ways past ASGI, and all that Lotse knows of uvicorn's insides.

A request by ASGI is a task, an event, a scope and messages back: a quarter of what it takes to keep
and tell a message (docs/performance.md). Whatever has no short way goes by ASGI as ever.
"""

from asyncio import Future
from collections.abc import Callable
from typing import Any

from uvicorn.protocols.http.flow_control import HIGH_WATER_LIMIT
from uvicorn.protocols.http.httptools_impl import (
    STATUS_LINE,
    HttpToolsProtocol,
    RequestResponseCycle,
)

from lotse.core.asgi_helpers import JSON, Head, Send, refusal
from lotse.core.problems import Problem

Take = Callable[[bytes, "Exchange"], None]
"""Gets a request's whole body, and answers now or later, once."""
Begin = Callable[[bytes, dict[bytes, bytes]], Take | None]
"""Whether a POST to this address with these headers (of repeated ones the last) goes short."""


class FastPathProtocol(HttpToolsProtocol):
    """uvicorn's protocol, but for small POSTs that `begin` takes."""

    begin: Begin
    _exchange: "Exchange | None" = None

    def on_headers_complete(self) -> None:
        self._exchange = self._begun()
        if self._exchange is None:
            super().on_headers_complete()
        else:
            # uvicorn sees it as any request in progress.
            self.cycle = self._exchange  # type: ignore[assignment]

    def _begun(self) -> "Exchange | None":
        is_busy = self.cycle is not None and not self.cycle.response_complete
        # Who does not read the answers has to wait, and only ASGI waits.
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
            self._exchange.body += body

    def on_message_complete(self) -> None:
        if self._exchange is None:
            super().on_message_complete()
        else:
            self._exchange.take()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        # Or both would hold each other until garbage is collected, while everybody waits.
        self.cycle = self._exchange = None  # type: ignore[assignment]
        self.pipeline.clear()


def _lines(head: Head) -> bytes:
    return b"".join([b"%b: %b\r\n" % line for line in head])


_JSON = _lines(JSON)


class _Nobody:
    """Whom uvicorn tells that a browser has gone: who goes short waits for nothing of it."""

    def set(self) -> None: ...


class Exchange:
    """A request and its answer. uvicorn's protocol knows it as cycle, its server as task."""

    __slots__ = (
        "_protocol",
        "_take",
        "body",
        "disconnected",
        "keep_alive",
        "response_complete",
        "work",
    )
    message_event = _Nobody()
    work: Future[None]
    """What goes on for it, if anything: only who holds a task can be sure that it is done."""

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
        """JSON, or nothing with 204."""
        length = b"" if status == 204 else b"content-length: %d\r\n" % len(body)
        self._write(status, _JSON + length, body)

    def refuse(self, problem: Problem) -> None:
        self.keep_alive = False
        status, head, body = refusal(problem)
        self._write(status, _lines(head), body)

    def cancel(self, msg: Any = None) -> None:
        """The server stops and waits no longer; what was sent may still be kept, once."""
        # Not at once: uvicorn is going through all of these.
        self._protocol.loop.call_soon(self.refuse, Problem("unavailable", retry_after=2))

    def _write(self, status: int, head: bytes, body: bytes) -> None:
        protocol = self._protocol
        protocol.tasks.discard(self)
        if self.response_complete or protocol.transport.is_closing():
            return
        head += _lines(protocol.server_state.default_headers)
        if not self.keep_alive:
            head += b"connection: close\r\n"
        protocol.transport.write(b"%b%b\r\n%b" % (STATUS_LINE[status], head, body))
        # What was sent behind a request that ends the line waits for ever: it must not be done.
        self.response_complete = self.keep_alive
        if not self.keep_alive:
            protocol.transport.close()
        protocol.on_response_complete()


def write_now(send: Send, data: bytes) -> bool:
    """Sends part of a body that has begun; False where that would wait: `send` has to be asked."""
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
