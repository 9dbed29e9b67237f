"""Ten minutes of everything at once: memory, descriptors and threads do not grow."""

import asyncio
import functools
import itertools
import secrets
import statistics
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.db import connections, transaction
from pytest_django import DjangoDbBlocker

from lotse.core.identifiers import new_id
from tests.conversations.world import make_person
from tests.faults.check import check
from tests.support.clients import Outbox, Reader
from tests.support.load import Load, under_load
from tests.support.server import Server
from tests.support.visitor import beside
from tests.support.wire import Answer, Line, Refused

WARM, WHOLE = 120, 600
"""Seconds until the first look at what is used, and until the last."""
PRUNING = 45
"""Seconds between looks for old events: whoever is away at that moment loads anew."""
PRUNE = """
from django.utils import timezone
from lotse.stream.actions import prune
prune(timezone.now())
"""
VISITORS, LANES = 200, 10
FILE = secrets.token_bytes(200_000)


class Use(NamedTuple):
    memory: int
    """Resident, in KiB."""
    files: int
    threads: int


@pytest.mark.long
@pytest.mark.timeout(WHOLE + 300)
def test_ten_minutes(new_server: Callable[..., Server], django_db_blocker: DjangoDbBlocker) -> None:
    server = new_server()
    with beside(server, django_db_blocker), under_load(server, pairs=12, every=0.1) as load:
        for reader in load.readers:
            reader.restless = 0.01
        busy(load)
        begun = time.monotonic()
        early = used_until(server, begun + WARM)
        while time.monotonic() < begun + WHOLE - 2 * PRUNING:
            server.manage("shell", "-c", PRUNE)
            time.sleep(PRUNING)
        late = used_until(server, begun + WHOLE)
        load.finish()
        messages = check(load)
        reloads = sum(reader.reloads for reader in load.readers)
    server.stop()
    print(f"{messages} messages, {reloads} reloads, {dict(load.troubles)}; {early} -> {late}")
    assert not load.troubles
    assert late.memory < 1.05 * early.memory
    assert late.files <= early.files + 2
    assert late.threads <= early.threads


def busy(load: Load) -> None:
    """Beside the pairs' words: files, receipts, and people who come for a moment."""
    for outbox, reader in zip(load.outboxes, load.readers, strict=True):
        outbox.files = functools.partial(a_file, outbox)
        load.add(receipts(reader, load))
    with transaction.atomic():
        people = [make_person() for _ in range(VISITORS)]
        visitors = [Reader(load.line(one), one.pk, 0) for one in people]
    connections.close_all()
    for lane in range(LANES):
        load.add(visits(visitors[lane::LANES]))


async def a_file(outbox: Outbox) -> list[str]:
    """With every fiftieth message, read again at once."""
    if len(outbox.sent) % 50 != 25:
        return []
    blob, there = str(new_id()), outbox.conversation
    begun, chunk = {"id": blob, "chunks": 1}, f"/live/blobs/{there}/{blob}/0"
    await told(outbox.line, "POST", f"/api/conversations/{there}/blobs", begun)
    await told(outbox.line, "PUT", chunk, FILE)
    assert (await told(outbox.line, "GET", chunk)).content == FILE
    return [blob]


async def receipts(reader: Reader, load: Load) -> None:
    """Everything that came is read, twice a second."""
    line = Line(reader.line.port, reader.line.headers)
    while not load.stop.is_set():
        await asyncio.sleep(0.5)
        for conversation, seen in reader.messages.items():
            path = f"/live/conversations/{conversation}/receipts"
            await told(line, "POST", path, {"read": seen[-1][0]})


async def told(line: Line, method: str, path: str, body: Any = b"") -> Answer:
    answer = await line.ask(method, path, body)
    if answer.status >= 300:
        raise Refused(answer)
    return answer


async def visits(readers: list[Reader]) -> None:
    """One after the other, for a moment each."""
    for reader in itertools.cycle(readers):
        with suppress(TimeoutError):
            async with asyncio.timeout(0.5):
                await reader.run()


def used_until(server: Server, moment: float) -> Use:
    """The middle of what was seen in the last 20 seconds before it."""
    time.sleep(max(0, moment - 20 - time.monotonic()))
    seen = []
    while time.monotonic() < moment:
        seen.append(used(server))
        time.sleep(1)
    return Use(*(int(statistics.median(values)) for values in zip(*seen, strict=True)))


def used(server: Server) -> Use:
    assert server.process
    there = Path(f"/proc/{server.process.pid}")
    status = dict(line.split(":\t", 1) for line in (there / "status").read_text().splitlines())
    memory = int(status["VmRSS"].split()[0])
    return Use(memory, len(list((there / "fd").iterdir())), int(status["Threads"]))
