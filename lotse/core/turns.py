"""Shares a few places among many requests, which wait in turn and for a limited time."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Hashable, Iterable
from contextlib import asynccontextmanager
from typing import Generic, TypeVar

from lotse.core.problems import Problem

MAX_WAITING = 2_000
"""Requests. Each costs memory for a coroutine and a body. Any further request is refused."""
WAIT_TIMEOUT = 5.0
"""Seconds. A flood has to wait that long for its refusals, and so cannot retry at once."""
RETRY_AFTER = 10

Place = TypeVar("Place")


class Turns(Generic[Place]):
    """Waiting requests queue in lanes, such as one for each address, and the lanes take turns.

    If one lane is flooded, another lane waits for one request and not for the whole flood.
    """

    def __init__(self, places: Iterable[Place]) -> None:
        self._free = list(places)
        self._lanes: dict[Hashable, deque[asyncio.Future[Place]]] = {}
        self._waiting = 0

    @asynccontextmanager
    async def place(self, lane: Hashable) -> AsyncIterator[Place]:
        """Raises Problem "unavailable"."""
        place = self._free.pop() if self._free else await self._next(lane)
        try:
            yield place
        finally:
            self._pass_on(place)

    async def _next(self, lane: Hashable) -> Place:
        if self._waiting >= MAX_WAITING:
            raise Problem("unavailable", retry_after=RETRY_AFTER)
        turn: asyncio.Future[Place] = asyncio.get_running_loop().create_future()
        self._lanes.setdefault(lane, deque()).append(turn)
        self._waiting += 1
        try:
            async with asyncio.timeout(WAIT_TIMEOUT):
                return await turn
        except BaseException as error:
            self._leave(lane, turn)
            if isinstance(error, TimeoutError):
                raise Problem("unavailable", retry_after=RETRY_AFTER) from error
            raise
        finally:
            self._waiting -= 1

    def _leave(self, lane: Hashable, turn: asyncio.Future[Place]) -> None:
        if turn.done() and not turn.cancelled():
            # The request got its place at the moment of the timeout, and gives the place back.
            self._pass_on(turn.result())
        elif turn in (queue := self._lanes.get(lane, deque())):
            queue.remove(turn)
            if not queue:
                del self._lanes[lane]

    def _pass_on(self, place: Place) -> None:
        while self._lanes:
            lane = next(iter(self._lanes))
            queue = self._lanes.pop(lane)
            turn = queue.popleft()
            if queue:
                self._lanes[lane] = queue
            if not turn.done():
                turn.set_result(place)
                return
        self._free.append(place)
