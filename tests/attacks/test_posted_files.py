"""What was posted cannot be exchanged: not by its sender, and not by a race.

On both stores: a folder beside SQLite, and an S3-compatible store beside PostgreSQL.
"""

import hashlib
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

from lotse.conversations.models import Chunk
from tests.conversations.blobs import test_asgi
from tests.conversations.blobs.test_asgi import LAST, Scene, slug
from tests.support.stores import everything_in, store_of

any_server, scene = test_asgi.any_server, test_asgi.scene
OTHER = os.urandom(len(LAST))


def test_the_sender_cannot_exchange_a_posted_chunk(scene: Scene) -> None:
    blob = scene.begin(1)
    path = scene.path(blob, 0)
    assert scene.client.put(path, content=LAST).status_code == 204
    scene.post(blob)
    for content in (OTHER, LAST):
        assert slug(scene.client.put(path, content=content)) == "conflict"
    assert scene.client.get(path).content == LAST
    assert everything_in(store_of(scene.server))[UUID(blob), 0] == LAST


def test_a_chunk_is_written_once(scene: Scene) -> None:
    blob = scene.begin(1)
    path = scene.path(blob, 0)
    for content, status in ((LAST, 204), (OTHER, 409), (LAST, 204), (LAST[:-1], 409)):
        assert scene.client.put(path, content=content).status_code == status
    assert scene.client.get(path).content == LAST


def test_of_two_uploads_at_the_same_moment_one_wins(scene: Scene) -> None:
    for _ in range(5):
        blob = scene.begin(1)
        barrier = Barrier(2)

        def halves(content: bytes, both: Barrier = barrier) -> Iterator[bytes]:
            yield content[:500]
            both.wait(20)
            yield content[500:]

        def put(content: bytes, path: str = scene.path(blob, 0)) -> int:
            return scene.client.put(path, content=halves(content)).status_code

        with ThreadPoolExecutor(2) as threads:
            statuses = list(threads.map(put, (LAST, OTHER)))
        assert sorted(statuses) == [204, 409]
        winner = LAST if statuses[0] == 204 else OTHER
        assert everything_in(store_of(scene.server))[UUID(blob), 0] == winner
        assert bytes(Chunk.objects.get(blob=UUID(blob)).digest) == hashlib.sha256(winner).digest()


def test_what_a_crash_left_between_row_and_store_is_completed(scene: Scene) -> None:
    blob = scene.begin(1)
    digest = hashlib.sha256(LAST).digest()
    Chunk.objects.create(blob_id=blob, index=0, size=len(LAST), digest=digest)
    path = scene.path(blob, 0)
    assert slug(scene.client.get(path)) == "not-found"
    assert slug(scene.client.put(path, content=OTHER)) == "conflict"
    begun = {"id": blob, "chunks": 1}
    begin = f"/api/conversations/{scene.conversation}/blobs"
    assert scene.client.post(begin, json=begun).json()["arrived"] == []
    assert scene.client.put(path, content=LAST).status_code == 204
    assert scene.client.post(begin, json=begun).json()["arrived"] == [0]
    assert scene.client.get(path).content == LAST
