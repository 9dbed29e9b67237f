"""python -m bench.floods.clients KIND FILE PORT SECONDS: sends a flood, or requests during a flood.

Prints one JSON line: the number of answers by status, and the milliseconds that they took.
"""

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Any

import uvloop

from bench.live.load import BODY
from lotse.core.identifiers import new_id, to_text
from tests.support.wire import Broken, Line

PAGES_AT_ONCE = 1000
SIGN_INS = 40
REFUSED_POSTS = 100
LISTS = 20
"""The last three are requests a second."""


class Asking:
    def __init__(self, port: int, pairs: list[dict[str, Any]], seconds: float) -> None:
        self.port, self.pairs, self.seconds = port, pairs, seconds
        self.statuses: Counter[str] = Counter()
        self.delays: list[float] = []
        self.stop = perf_counter() + seconds

    async def ask(self, line: Line, method: str, path: str, body: Any = b"") -> None:
        began = perf_counter()
        try:
            status = str((await line.ask(method, path, body)).status)
        except (Broken, TimeoutError):
            status = "broken"
        self.statuses[status] += 1
        self.delays.append(perf_counter() - began)

    async def pages(self) -> None:
        """Requests pages on many connections, on each as fast as the answers come."""

        async def one() -> None:
            line = Line(self.port, {})
            while perf_counter() < self.stop:
                await self.ask(line, "GET", "/ask/")

        await asyncio.gather(*(one() for _ in range(PAGES_AT_ONCE)))

    async def sign_ins(self) -> None:
        key = to_text(bytes(32))

        async def one(number: int) -> None:
            body = {"nickname": f"nobody-{number % 500}", "door": "client", "sign_in_key": key}
            await self.ask(Line(self.port, {}, once=True), "POST", "/api/sign-in", body)

        await self._steadily(SIGN_INS, one)

    async def refused_posts(self) -> None:
        pair = self.pairs[-1]
        path = f"/live/conversations/{pair['conversation']}/messages"
        lines = [Line(self.port, _headers(pair["sender"])) for _ in range(10)]

        async def one(number: int) -> None:
            line = lines[number % len(lines)]
            async with busy[number % len(lines)]:
                body = {"id": str(new_id()), "epoch": 1, "body": BODY.decode()}
                await self.ask(line, "POST", path, body | {"blobs": [str(new_id())]})

        busy = [asyncio.Lock() for _ in lines]
        await self._steadily(REFUSED_POSTS, one)

    async def lists(self) -> None:
        async def one(number: int) -> None:
            headers = _headers(self.pairs[number % len(self.pairs)]["reader"])
            await self.ask(Line(self.port, headers, once=True), "GET", "/api/conversations")

        await self._steadily(LISTS, one)

    async def _steadily(self, rate: float, one: Callable[[int], Awaitable[None]]) -> None:
        """Does not wait for answers, as real floods do not."""
        began, tasks = perf_counter(), []
        for number in count():
            due = began + number / rate
            if due > self.stop:
                break
            await asyncio.sleep(max(0.0, due - perf_counter()))
            tasks.append(asyncio.ensure_future(one(number)))
        await asyncio.gather(*tasks)

    def report(self) -> None:
        delays = sorted(self.delays) or [0.0]
        found = {
            "statuses": dict(self.statuses),
            "p50_ms": round(1e3 * delays[len(delays) // 2], 1),
            "p99_ms": round(1e3 * delays[int(len(delays) * 0.99)], 1),
        }
        sys.stdout.write(json.dumps(found) + "\n")


def _headers(lines: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in lines.splitlines() if line)


async def main(kind: str, path: Path, port: int, seconds: float) -> None:
    asking = Asking(port, json.loads(path.read_text())["pairs"], seconds)
    await getattr(asking, kind)()
    asking.report()


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])))
