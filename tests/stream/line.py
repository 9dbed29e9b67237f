"""A browser at GET /live/events, in this process: the application under a real event loop."""

import asyncio
import json
import threading
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from time import monotonic, sleep
from typing import Any

from lotse.core.asgi_helpers import Application, Message


class Loop:
    """An event loop in a thread of its own, as a server has."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()

    def run(self, work: Coroutine[Any, Any, Any], timeout: float = 30) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout)

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()


@dataclass
class Got:
    id: int
    kind: str
    data: dict[str, Any]


@dataclass
class Line:
    """Keeps its cursor over reconnects, as a browser does."""

    application: Application
    loop: Loop
    cookie: str = ""
    authorization: str = ""
    cursor: int | str = 0
    got: list[Got] = field(default_factory=list)
    heard: list[Got] = field(default_factory=list)
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    ended: bool = True
    beats: int = 0
    _connection: "_Connection | None" = None

    def show(self, headers: Mapping[str, str]) -> None:
        """What a page shows (tests/support/visitor.py)."""
        self.cookie, self.authorization = headers["Cookie"], headers["Authorization"]

    def connect(self, **scope: Any) -> "Line":
        self._connection = _Connection(self)
        self.ended, self.status = False, 0
        self.loop.run(self._connection.open(self._scope() | scope))
        return self

    def _scope(self) -> dict[str, Any]:
        headers = [(b"cookie", self.cookie.encode()), (b"host", b"localhost")]
        headers.append((b"authorization", self.authorization.encode()))
        if self.cursor != "":
            headers.append((b"last-event-id", str(self.cursor).encode()))
        return {
            "type": "http",
            "method": "GET",
            "path": "/live/events",
            "query_string": b"",
            "headers": headers,
        }

    def cut(self) -> None:
        """The line breaks: what is still on its way is lost."""
        if self._connection:
            self._connection.line = None
            self.loop.run(self._connection.close())
            self._connection = None
        self.ended = True

    def wait(self, until: Callable[["Line"], bool], seconds: float = 15) -> None:
        limit = monotonic() + seconds
        while not until(self):
            assert monotonic() < limit, self
            sleep(0.005)

    def wait_for(self, cursor: int) -> None:
        self.wait(lambda line: line.cursor == cursor)

    def take(self, block: str) -> None:
        lines = (line.partition(": ") for line in block.split("\n"))
        fields = {name: value for name, _, value in lines}
        if ":" in fields:
            self.beats += 1
        if "data" not in fields:
            return
        one = Got(int(fields.get("id", 0)), fields["event"], json.loads(fields["data"]))
        if one.id:
            self.got.append(one)
            self.cursor = one.id
        else:
            self.heard.append(one)


class _Connection:
    def __init__(self, line: Line) -> None:
        self.line: Line | None = line

    async def open(self, scope: dict[str, Any]) -> None:
        assert self.line
        self.gone = asyncio.Event()
        self.rest = ""
        self.task = asyncio.create_task(self._run(self.line.application, scope))

    async def _run(self, application: Application, scope: dict[str, Any]) -> None:
        try:
            await application(scope, self.receive, self.send)
        finally:
            if self.line:
                self.line.ended = True

    async def receive(self) -> Message:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        await asyncio.sleep(0)
        if self.line is None:
            return
        if message["type"] == "http.response.start":
            self.line.status = message["status"]
            pairs = ((key.decode(), value.decode()) for key, value in message["headers"])
            self.line.headers = dict(pairs)
            return
        if not message.get("more_body"):
            # Whoever has ended the answer hears that the browser is gone (ASGI, "Disconnect").
            self.gone.set()
        *blocks, self.rest = (self.rest + message.get("body", b"").decode()).split("\n\n")
        for block in blocks:
            self.line.take(block)

    async def close(self) -> None:
        self.gone.set()
        await asyncio.wait_for(self.task, 5)
