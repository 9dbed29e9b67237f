"""A flood of pages is answered honestly, and everybody else goes on."""

import asyncio
from collections import Counter
from pathlib import Path

import httpx
from pytest_django import DjangoDbBlocker

from lotse.core.bounded_views import VIEW_THREADS
from tests.conversations.world import make_centre, make_person, message_body, opened
from tests.support.loop import run
from tests.support.server import Server
from tests.support.visitor import beside, visitor
from tests.support.wire import Broken, Line

FLOOD = 300


async def flood(server: Server, stop: asyncio.Event, told: Counter[int]) -> None:
    async def one() -> None:
        line = Line(server.port, {})
        while not stop.is_set():
            try:
                answer = await line.ask("GET", "/ask/")
            except (Broken, TimeoutError):
                told[0] += 1
                continue
            told[answer.status] += 1
            if answer.status == 503:
                assert int(answer.headers["retry-after"]) > 0

    await asyncio.gather(*(one() for _ in range(FLOOD)))


def threads(server: Server) -> int:
    assert server.process
    return len(list(Path(f"/proc/{server.process.pid}/task").iterdir()))


def test_a_flood_of_pages_starves_nobody(
    server: Server, django_db_blocker: DjangoDbBlocker
) -> None:
    with beside(server, django_db_blocker):
        person = make_person()
        case = opened(person, make_centre()).pk
        client = visitor(server, person)
    quiet = threads(server)
    told: Counter[int] = Counter()
    others: Counter[int] = Counter()
    most = 0

    def look() -> None:
        nonlocal most
        most = max(most, threads(server))
        posted = client.post(f"/live/conversations/{case}/messages", json=message_body())
        others[posted.status_code] += 1
        # Behind the same address, but in a lane of the person's own.
        others[client.get("/api/conversations").status_code] += 1
        others[httpx.get(f"{server.url}/healthz", timeout=30).status_code] += 1

    async def both() -> None:
        stop = asyncio.Event()
        flooding = asyncio.create_task(flood(server, stop, told))
        await asyncio.sleep(1)
        for _ in range(10):
            await asyncio.to_thread(look)
        stop.set()
        await flooding

    run(both())
    assert set(told) <= {200, 503}
    assert told[200]
    assert others == {201: 10, 200: 20}
    assert most <= quiet + VIEW_THREADS + 5
