"""HTTP as browsers speak it, in asyncio, and small enough for thousands of connections."""

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping
from typing import Any, NamedTuple

RESPONSE_TIMEOUT = 30
"""Seconds for an answer, and for the next piece of a stream: heartbeats come every 20."""


class Broken(Exception):
    """The connection was refused or closed, or was silent for too long."""


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def name(self) -> str:
        """The status, with the problem's slug if the answer has one."""
        if self.headers.get("content-type") != "application/problem+json":
            return str(self.status)
        return f"{self.status} {self.json()['type'].removeprefix('/problems/')}"

    def json(self) -> Any:
        return json.loads(self.content)


class Refused(Exception):
    """The server refused a request; `name` has the status and the problem."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.name, answer.content)
        self.name = answer.name


class Line:
    """One connection, opened at the first use and kept until it breaks."""

    def __init__(self, port: int, headers: Mapping[str, str], once: bool = False) -> None:
        """With `once`, each request opens a new connection."""
        self.port, self.headers, self.once = port, headers, once
        self._open: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: Any = b"") -> Answer:
        """Sends `body` as JSON, unless it is bytes. Raises Broken."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        if self._open and self._open[0].at_eof():
            # The server closes idle connections. Browsers also connect again.
            self.close()
        try:
            async with asyncio.timeout(RESPONSE_TIMEOUT):
                status, headers, reader = await self._asked(method, path, content)
                length = int(headers.get("content-length", 0))
                answer = Answer(status, headers, await reader.readexactly(length))
        except (OSError, EOFError) as error:
            self.close()
            raise Broken from error
        if self.once or headers.get("connection") == "close":
            self.close()
        return answer

    async def listen(self, path: str) -> AsyncGenerator[bytes, None]:
        """The pieces of an endless answer. Raises Broken and Refused."""
        try:
            async with asyncio.timeout(RESPONSE_TIMEOUT):
                status, headers, reader = await self._asked("GET", path)
                if status != 200:
                    length = int(headers.get("content-length", 0))
                    raise Refused(Answer(status, headers, await reader.readexactly(length)))
            while piece := await _chunk(reader):
                yield piece
        except (OSError, EOFError) as error:
            raise Broken from error
        finally:
            self.close()

    async def _asked(
        self, method: str, path: str, content: bytes = b""
    ) -> tuple[int, dict[str, str], asyncio.StreamReader]:
        if self._open is None:
            self._open = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._open
        connection = "close" if self.once else "keep-alive"
        shown = "".join(f"{name}: {value}\r\n" for name, value in self.headers.items())
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: localhost:{self.port}\r\n{shown}"
            f"Connection: {connection}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(content)}\r\n\r\n"
        )
        writer.write(head.encode() + content)
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().strip().split("\r\n")
        pairs = (line.split(": ", 1) for line in lines)
        return int(first.split()[1]), {name.lower(): value for name, value in pairs}, reader

    def close(self) -> None:
        if self._open:
            self._open[1].close()
            self._open = None


async def _chunk(reader: asyncio.StreamReader) -> bytes:
    """The next chunk (RFC 9112, 7.1), empty at the end."""
    # Not wait_for, which may lose a cancellation in Python 3.11.
    async with asyncio.timeout(RESPONSE_TIMEOUT):
        length = int(await reader.readuntil(b"\r\n"), 16)
        return (await reader.readexactly(length + 2))[:-2]
