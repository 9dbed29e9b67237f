"""An S3-compatible store that dies or hangs: files wait, messages go on, and nothing is lost."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from pytest_django import DjangoDbBlocker

from lotse.conversations.blobs.room import MAX_ARRIVING_PER_ACCOUNT
from lotse.core.limits import CHUNK_BYTES, TAG_BYTES
from tests.conversations.blobs.test_asgi import LAST, WHOLE, Scene, slug
from tests.conversations.world import message_body
from tests.support.s3 import OwnS3
from tests.support.server import Server
from tests.support.visitor import beside, visitor


@pytest.fixture
def s3() -> Iterator[OwnS3]:
    """One that may be harmed."""
    store = OwnS3().start()
    yield store
    store.remove()


@pytest.fixture
def scene(
    s3: OwnS3, new_server: Callable[..., Server], django_db_blocker: DjangoDbBlocker
) -> Iterator[Scene]:
    server = new_server(**s3.settings())
    with beside(server, django_db_blocker):
        yield Scene(server)
    server.stop()


def say(scene: Scene) -> float:
    """Seconds that a message takes, of somebody whom the server does not remember yet."""
    path = f"/live/conversations/{scene.conversation}/messages"
    with visitor(scene.server, scene.person) as client:
        begin = time.monotonic()
        assert client.post(path, json=message_body()).status_code == 201
        return time.monotonic() - begin


def told_by_readyz(scene: Scene, lacking: list[str]) -> None:
    """Messages go on without files, so the server stays ready; it remembers for five seconds."""
    for _ in range(40):
        answer = scene.client.get("/readyz")
        assert (answer.status_code, answer.json()["ready"]) == (200, True)
        if answer.json()["lacking"] == lacking:
            return
        time.sleep(0.5)
    raise AssertionError(answer.json())


def check_unavailable(answer: httpx.Response) -> None:
    assert slug(answer) == "unavailable"
    assert int(answer.headers["retry-after"]) > 0


def test_it_dies_in_the_middle_and_comes_back(scene: Scene, s3: OwnS3) -> None:
    blob = scene.begin(2)
    assert scene.client.put(scene.path(blob, 0), content=WHOLE).status_code == 204
    told_by_readyz(scene, [])

    def halves() -> Iterator[bytes]:
        yield LAST[:500]
        s3.kill()
        yield LAST[500:]

    check_unavailable(scene.client.put(scene.path(blob, 1), content=halves()))
    check_unavailable(scene.client.get(scene.path(blob, 0)))
    told_by_readyz(scene, ["files"])
    say(scene)
    begun = {"id": blob, "chunks": 2}
    path = f"/api/conversations/{scene.conversation}/blobs"
    assert scene.client.post(path, json=begun).json()["arrived"] == [0]
    s3.start()
    assert scene.client.put(scene.path(blob, 1), content=LAST).status_code == 204
    scene.post(blob)
    assert scene.client.get(scene.path(blob, 0)).content == WHOLE
    assert scene.client.get(scene.path(blob, 1)).content == LAST
    told_by_readyz(scene, [])
    assert "LOTSE_S3_ENDPOINT does not answer" in scene.server.log.read_text()
    assert blob not in scene.server.log.read_text()


def test_it_hangs_and_messages_go_on(scene: Scene, s3: OwnS3) -> None:
    # As many as one person may send at a time, and as many as the store has threads.
    uploads = MAX_ARRIVING_PER_ACCOUNT
    blobs = [scene.begin(1) for _ in range(uploads)]
    sealed = os.urandom(CHUNK_BYTES + TAG_BYTES)
    alone = say(scene)
    s3.signal(signal.SIGSTOP)
    with visitor(scene.server) as patient, ThreadPoolExecutor(uploads) as threads:
        patient.cookies, patient.headers = scene.client.cookies, scene.client.headers
        patient.timeout = httpx.Timeout(200)
        put = [threads.submit(patient.put, scene.path(b, 0), content=sealed) for b in blobs]
        time.sleep(2)
        slowest = max(say(scene) for _ in range(10))
        told_by_readyz(scene, ["files"])
        assert not any(one.done() for one in put)
        for one in put:
            check_unavailable(one.result())
    s3.signal(signal.SIGCONT)
    # One after the other behind the store, they would take half a minute.
    assert slowest < alone + 5
    for blob in blobs:
        assert scene.client.put(scene.path(blob, 0), content=sealed).status_code == 204
