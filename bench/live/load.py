"""python -m bench.live.load FILE PORT FIRST PAIRS SECONDS WINDOW [RATE]: A posts, B reads.

Prints one JSON line like the peers' load clients: the times from A's first byte until B has the
event on a real stream. RATE bounds the messages a second of all pairs together. Without it, each
sender posts as fast as its window allows. FIRST is the index of the first pair in FILE (world.py).
"""

import asyncio
import base64
import functools
import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, time
from typing import Any

import uvloop

BODY = base64.urlsafe_b64encode(b"\x01" + os.urandom(36 + 3 * 256)).rstrip(b"=")
"""805 bytes of ciphertext, for a text of up to 760 bytes."""
SEEN = re.compile(rb'"message":\{"id":"([0-9a-f-]{36})"')


class Reader(asyncio.Protocol):
    """B's event stream. `session` has the header lines of B's session."""

    def __init__(self, session: str, cursor: int, port: int, seen: Callable[[bytes], None]) -> None:
        self.seen, self.rest = seen, b""
        self.open = asyncio.get_running_loop().create_future()
        self.ask = (
            f"GET /live/events?after={cursor} HTTP/1.1\r\nHost: localhost:{port}\r\n"
            f"{session}\r\nAccept: text/event-stream\r\n\r\n"
        ).encode()

    def connection_made(self, transport: Any) -> None:
        transport.write(self.ask)

    def data_received(self, data: bytes) -> None:
        if not self.open.done():
            assert data.startswith(b"HTTP/1.1 200"), data
            self.open.set_result(None)
        data = self.rest + data
        end = 0
        for match in SEEN.finditer(data):
            self.seen(match[1])
            end = match.end()
        self.rest = data[max(end, len(data) - 60) :]


class Sender(asyncio.Protocol):
    """A, who posts one message after the other over one connection, as a browser does."""

    def __init__(self, number: int, pair: dict[str, Any], port: int, window: int) -> None:
        self.number, self.window = number, window
        self.sent = 0
        self.at: dict[bytes, float] = {}
        self.delays: list[float] = []
        self.answered = True
        self.stop = 0.0
        self.failures = 0
        length = len(self._body(b"0" * 36))
        self.head = (
            f"POST /live/conversations/{pair['conversation']}/messages HTTP/1.1\r\n"
            f"Host: localhost:{port}\r\n{pair['sender']}\r\nOrigin: http://localhost:{port}\r\n"
            f"Sec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\n"
            f"Content-Length: {length}\r\n\r\n"
        ).encode()

    def _body(self, name: bytes) -> bytes:
        return b'{"id":"%s","epoch":1,"body":"%s","blobs":[]}' % (name, BODY)

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        # Each answer fits in one segment, so every answer begins with a head.
        if data.startswith(b"HTTP/1.1 "):
            self.failures += not data.startswith(b"HTTP/1.1 201")
            self.answered = True
            self.go()

    def seen(self, name: bytes) -> None:
        if (at := self.at.pop(name, None)) is not None:
            self.delays.append(perf_counter() - at)
            self.go()

    def go(self) -> None:
        if self.answered and len(self.at) < self.window and perf_counter() < self.stop:
            self.post()

    def post(self) -> None:
        # Ids as browsers make them, with the time first (RFC 9562, version 7).
        now = f"{int(time() * 1000):012x}"
        name = f"{now[:8]}-{now[8:]}-7{self.number:03x}-8000-{self.sent:012x}".encode()
        self.answered = False
        self.sent += 1
        self.at[name] = perf_counter()
        self.transport.write(self.head + self._body(name))


@dataclass
class Load:
    path: Path
    port: int
    first: int
    pairs: int
    seconds: float
    window: int
    rate: float = 0

    async def run(self) -> None:
        world = json.loads(self.path.read_text())
        pairs = world["pairs"][self.first : self.first + self.pairs]
        senders = [await self._connected(number, pair) for number, pair in enumerate(pairs)]
        await asyncio.sleep(0.5)
        stop = perf_counter() + self.seconds
        if self.rate:
            await _steady(senders, stop, self.rate)
        else:
            for sender in senders:
                sender.stop = stop
                sender.go()
            await asyncio.sleep(self.seconds)
        await asyncio.sleep(1)
        report(senders, self.seconds, pairs=self.pairs, window=self.window)

    async def _connected(self, number: int, pair: dict[str, Any]) -> Sender:
        connect = functools.partial(asyncio.get_running_loop().create_connection, port=self.port)
        _, sender = await connect(
            lambda: Sender(number, pair, self.port, self.window), host="127.0.0.1"
        )
        _, reader = await connect(
            lambda: Reader(pair["reader"], pair["cursor"], self.port, sender.seen),
            host="127.0.0.1",
        )
        await reader.open
        return sender


def report(senders: Sequence[Sender], seconds: float, **about: int) -> None:
    delays = sorted(delay for sender in senders for delay in sender.delays)
    found = {
        "sent_per_s": round(len(delays) / seconds, 1),
        "sent": sum(sender.sent for sender in senders),
        "received": len(delays),
        "failures": sum(sender.failures for sender in senders),
        "p50_ms": round(1e3 * delays[len(delays) // 2], 1),
        "p99_ms": round(1e3 * delays[int(len(delays) * 0.99)], 1),
    }
    sys.stdout.write(json.dumps(about | found) + "\n")


async def _steady(senders: list[Sender], stop: float, rate: float) -> None:
    due, turn = perf_counter(), 0
    while perf_counter() < stop:
        while due <= perf_counter():
            sender = senders[turn % len(senders)]
            if sender.answered:
                sender.post()
            turn, due = turn + 1, due + 1 / rate
        await asyncio.sleep(0.001)


if __name__ == "__main__":
    path, port, first, pairs, seconds, window, *rate = sys.argv[1:]
    load = Load(Path(path), int(port), int(first), int(pairs), float(seconds), int(window))
    load.rate = float(rate[0]) if rate else 0
    uvloop.run(load.run())
