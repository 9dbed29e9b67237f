"""No room for database and files: refused with a clear error, nothing damaged, and it recovers."""

import secrets
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from lotse.core.identifiers import new_id
from lotse.core.limits import CHUNK_BYTES, TAG_BYTES
from tests.conversations.world import make_centre, make_person, message_body, opened
from tests.faults.check import check
from tests.support.load import under_load
from tests.support.server import Server
from tests.support.visitor import beside, visitor

CHUNKS = [secrets.token_bytes(CHUNK_BYTES + TAG_BYTES), secrets.token_bytes(1000)]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Needs root: elsewhere this fails, rather than proving nothing."""
    folder = tmp_path / "small"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", folder], check=True)
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.fixture
def server(small_disk: Path, migrated: Path, tmp_path: Path) -> Iterator[Server]:
    shutil.copy(migrated, small_disk / "lotse.sqlite3")
    # What is tried here is a disk without any room, also for messages.
    server = Server(small_disk, LOTSE_DISK_RESERVE="0")
    server.log = tmp_path / "server.log"
    yield server.start()
    server.stop()


def fill(folder: Path) -> Path:
    """To the last byte; what to delete again."""
    ballast = folder / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    return ballast


def is_unavailable(answer: httpx.Response) -> bool:
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return answer.json()["type"] == "/problems/unavailable" and "retry-after" in answer.headers


def test_a_full_disk_under_load(server: Server, django_db_blocker: DjangoDbBlocker) -> None:
    with beside(server, django_db_blocker), under_load(server) as load:
        for _ in range(3):
            time.sleep(1)
            ballast = fill(server.data)
            time.sleep(1)
            before = sum(len(outbox.numbers) for outbox in load.outboxes)
            time.sleep(1)
            assert sum(len(outbox.numbers) for outbox in load.outboxes) == before
            assert httpx.get(f"{server.url}/healthz").status_code == 200
            ready = httpx.get(f"{server.url}/readyz")
            assert (ready.status_code, ready.json()["lacking"]) == (503, ["disk"])
            ballast.unlink()
        assert httpx.get(f"{server.url}/readyz").status_code == 200
        load.finish()
        messages = check(load)
        assert {reader.connects for reader in load.readers} == {1}
        assert is_whole()
    assert set(load.troubles) == {"503 unavailable"}
    assert "SQLITE_FULL" in server.log.read_text()
    print(f"full disk: {messages} messages, {dict(load.troubles)}")


def test_what_works_on_a_full_disk(server: Server, django_db_blocker: DjangoDbBlocker) -> None:
    with beside(server, django_db_blocker):
        person = make_person()
        case = opened(person, make_centre()).pk
        client = visitor(server, person)
        blobs, blob = f"/api/conversations/{case}/blobs", str(new_id())
        assert client.post(blobs, json={"id": blob, "chunks": 2}).status_code == 201
        chunk, path = f"/live/blobs/{case}/{blob}", f"/live/conversations/{case}/messages"
        ballast = fill(server.data)
        for _ in range(3):
            for index, content in enumerate(CHUNKS):
                assert is_unavailable(client.put(f"{chunk}/{index}", content=content))
            assert is_unavailable(client.post(path, json=message_body()))
            assert is_unavailable(client.post(blobs, json={"id": str(new_id()), "chunks": 1}))
            assert client.get("/api/conversations").status_code == 200
        assert not list((server.data / "blobs" / "new").iterdir())
        ballast.unlink()
        for index, content in enumerate(CHUNKS):
            assert client.put(f"{chunk}/{index}", content=content).status_code == 204
        assert client.post(path, json=message_body(blobs=[blob])).status_code == 201
        assert client.get(f"{chunk}/0").content == CHUNKS[0]
        assert is_whole()
    assert "ENOSPC" in server.log.read_text()


def is_whole() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        return bool(cursor.fetchone() == ("ok",))
