"""Behaves like browsers at a real server: repeats posts and connects streams again."""

import asyncio
import json
import random
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from time import monotonic
from typing import Any
from uuid import UUID

from tests.conversations.world import message_body
from tests.support.wire import Broken, Line, Refused

Pause = Callable[[int], float]
"""Seconds to wait, by the number of failures in a row."""


def at_once(failures: int) -> float:
    return 0.05


def as_browsers(failures: int) -> float:
    """As in browser/stream/events.ts: a time that doubles, or down to half of it at random."""
    return float(min(30, 2**failures)) * random.uniform(0.5, 1)  # noqa: S311


class Outbox:
    """Posts messages one after the other, each again with the same id until it is answered."""

    def __init__(self, line: Line, person: UUID, conversation: UUID, every: float = 0) -> None:
        self.line, self.person, self.conversation = line, person, conversation
        self.every = every
        self.files: Callable[[], Awaitable[list[str]]] | None = None
        """Sends the files of the next message, and returns their ids."""
        self.sent: list[dict[str, Any]] = []
        self.numbers: dict[str, int] = {}
        """The numbers that the server gave to acknowledged messages, by id."""
        self.delays: list[tuple[float, float]] = []
        """For each message the time of the first post, and the seconds until the answer."""
        self.troubles: Counter[str] = Counter()

    async def run(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            await self.post(message_body(blobs=await self.files() if self.files else []))
            await asyncio.sleep(self.every)

    async def post(self, message: dict[str, Any]) -> None:
        """Raises Refused if repeating cannot help."""
        self.sent.append(message)
        began = monotonic()
        while not await self._answered(message):
            await asyncio.sleep(at_once(0))
        self.delays.append((began, monotonic() - began))

    async def _answered(self, message: dict[str, Any]) -> bool:
        path = f"/live/conversations/{self.conversation}/messages"
        try:
            answer = await self.line.ask("POST", path, message)
        except Broken:
            self.troubles["broken"] += 1
            return False
        if answer.status == 503:
            self.troubles[answer.name] += 1
            return False
        if answer.status not in {200, 201}:
            raise Refused(answer)
        self.numbers[answer.json()["id"]] = answer.json()["number"]
        return True


class Reader:
    """A person's event stream, and the messages that it has brought."""

    def __init__(self, line: Line, person: UUID, cursor: int, pause: Pause = at_once) -> None:
        self.line, self.person, self.cursor, self.pause = line, person, cursor, pause
        self.restless = 0.0
        """The probability of hanging up after each piece."""
        self.messages: dict[str, list[tuple[int, str]]] = defaultdict(list)
        """Numbers and ids by conversation, in the order of arrival."""
        self._loaded: dict[str, int] = defaultdict(int)
        self.wrong: list[str] = []
        self.reloads = self.connects = 0
        self.live_since = 0.0
        """Zero while there is no stream, otherwise the time when it began."""
        self.troubles: Counter[str] = Counter()

    async def run(self) -> None:
        """Runs until it is cancelled."""
        failures = 0
        while True:
            try:
                await self._listen()
                failures = 0
            except Broken:
                self.troubles["broken"] += 1
            except Refused as refused:
                self.troubles[refused.name] += 1
            if self.live_since:
                self.live_since, failures = 0.0, 0
            await asyncio.sleep(self.pause(failures))
            failures += 1

    async def _listen(self) -> None:
        rest = ""
        async with aclosing(self.line.listen(f"/live/events?after={self.cursor}")) as pieces:
            async for piece in pieces:
                if not self.live_since:
                    self.live_since, self.connects = monotonic(), self.connects + 1
                *blocks, rest = (rest + piece.decode()).split("\n\n")
                for block in blocks:
                    lines = [line for line in block.split("\n") if line != ":"]
                    await self._take(dict(line.split(": ", 1) for line in lines))
                if random.random() < self.restless:  # noqa: S311
                    return

    async def _take(self, event: dict[str, str]) -> None:
        if event.get("event") == "reload":
            await self._reload()
        if "id" not in event:
            return
        if int(event["id"]) <= self.cursor:
            self.wrong.append(f"event {event['id']} after {self.cursor}")
        self.cursor = int(event["id"])
        if event["event"] == "message":
            told = json.loads(event["data"])
            self._seen(told["conversation"], told["message"])

    def _seen(self, conversation: str, message: dict[str, Any]) -> None:
        # The cursor of a loaded state may be older than the state, so messages may come twice.
        if message["number"] > self._loaded[conversation]:
            self.messages[conversation].append((message["number"], message["id"]))

    async def _reload(self) -> None:
        """Loads the state again, as browsers do, and adds only the messages not seen before."""
        self.reloads += 1
        line = Line(self.line.port, self.line.headers)
        state = (await line.ask("GET", "/api/conversations")).json()
        for one in state["conversations"]:
            seen = self.messages[one["id"]]
            while (last := seen[-1][0] if seen else 0) < one["last"]:
                path = f"/api/conversations/{one['id']}/messages?after={last}"
                for message in (await line.ask("GET", path)).json()["messages"]:
                    self._seen(one["id"], message)
            self._loaded[one["id"]] = one["last"]
        line.close()
        self.cursor = state["cursor"]
