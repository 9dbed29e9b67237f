"""Files must not take the place of messages: neither on the disk nor on the line."""

import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from pytest_django import DjangoDbBlocker

from lotse.conversations.blobs import asgi
from lotse.conversations.blobs.room import (
    MAX_ARRIVING_PER_ACCOUNT,
    MAX_ARRIVING_PER_ADDRESS,
    arriving,
)
from lotse.conversations.daily import DailyBytes
from lotse.core.identifiers import new_id
from lotse.core.problems import Problem
from tests.conversations.scene import Scene
from tests.conversations.world import make_centre, make_person, message_body, opened
from tests.support.installation import faults
from tests.support.server import Server
from tests.support.visitor import beside, visitor

MORE_THAN_ANY_DISK = str(2**33)
"""MiB."""


@pytest.fixture(scope="module")
def full(new_server: Callable[..., Server]) -> Iterator[Server]:
    """The disk has less left than what is kept for messages."""
    server = new_server(LOTSE_DISK_RESERVE=MORE_THAN_ANY_DISK)
    yield server
    server.stop()


def told(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"]


def test_what_is_left_of_the_disk_is_for_messages(
    full: Server, django_db_blocker: DjangoDbBlocker
) -> None:
    with beside(full, django_db_blocker):
        person = make_person()
        case = opened(person, make_centre()).pk
        client = visitor(full, person)
    begun = client.post(f"/api/conversations/{case}/blobs", json={"id": str(new_id()), "chunks": 1})
    assert told(begun) == (507, "/problems/no-room")
    chunk = client.put(f"/live/blobs/{case}/{new_id()}/0", content=secrets.token_bytes(300))
    assert told(chunk) == (507, "/problems/no-room")
    posted = client.post(f"/live/conversations/{case}/messages", json=message_body())
    assert posted.status_code == 201


def test_readiness_and_doctor_say_so(full: Server) -> None:
    ready = httpx.get(f"{full.url}/readyz")
    assert (ready.status_code, ready.json()) == (200, {"ready": True, "lacking": ["room"]})
    assert "files are refused" in faults(full)


def test_chunks_at_once_are_bounded(server: Server, django_db_blocker: DjangoDbBlocker) -> None:
    with beside(server, django_db_blocker):
        person = make_person()
        case = opened(person, make_centre()).pk
        client = visitor(server, person)
    blob, chunks = str(new_id()), MAX_ARRIVING_PER_ACCOUNT + 2
    begin = {"id": blob, "chunks": chunks}
    assert client.post(f"/api/conversations/{case}/blobs", json=begin).status_code == 201
    arrived = [False] * chunks

    def send(index: int) -> int:
        def pieces() -> Iterator[bytes]:
            yield bytes(1000)
            # The others have been answered, or are on their way as this one is.
            while sum(arrived) < chunks - MAX_ARRIVING_PER_ACCOUNT:
                yield bytes(10)

        answer = client.put(f"/live/blobs/{case}/{blob}/{index}", content=pieces())
        arrived[index] = True
        return answer.status_code

    with ThreadPoolExecutor(chunks) as threads:
        statuses = list(threads.map(send, range(chunks)))
    assert statuses.count(429) == chunks - MAX_ARRIVING_PER_ACCOUNT


def test_many_accounts_at_one_address_share_its_places() -> None:
    with ExitStack() as sending:
        for _ in range(MAX_ARRIVING_PER_ADDRESS):
            sending.enter_context(arriving(new_id(), "192.0.2.1"))
        with pytest.raises(Problem), arriving(new_id(), "192.0.2.1"):
            pass
        with arriving(new_id(), "192.0.2.2"):
            pass
    with arriving(new_id(), "192.0.2.1"):
        pass


@pytest.mark.usefixtures("any_database")
def test_many_accounts_at_one_address_share_its_day(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.BLOBS = tmp_path / "blobs"
    monkeypatch.setattr(asgi, "_sent", DailyBytes())
    monkeypatch.setattr(asgi, "MAX_DAILY_BYTES_PER_ADDRESS", 500)

    def send() -> int:
        scene, blob = Scene(), str(new_id())
        scene.client.told("POST", f"{scene.path}/blobs", {"id": blob, "chunks": 1}, 201)
        path = f"/live/blobs/{scene.case.pk}/{blob}/0"
        return int(scene.client("PUT", path, bytes(300)).status_code)

    assert [send(), send()] == [204, 429]
