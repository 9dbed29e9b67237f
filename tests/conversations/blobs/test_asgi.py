"""Sealed files through a real server: whole, resumed, and everything that must be refused.

On both stores: a folder beside SQLite, and an S3-compatible store beside PostgreSQL.
"""

import secrets
import socket
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import httpx
import pytest
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from lotse.conversations.actions.files import MAX_DAILY_CHUNKS
from lotse.conversations.jobs import prune_blobs
from lotse.conversations.models import Blob, Member
from lotse.core.identifiers import new_id
from lotse.core.limits import CHUNK_BYTES, TAG_BYTES
from tests.conversations.world import (
    make_centre,
    make_counsellor,
    make_person,
    message_body,
    opened,
)
from tests.support.s3 import OwnS3
from tests.support.server import Server
from tests.support.stores import everything_in, keep, store_of
from tests.support.visitor import beside, lines, shown, visitor
from tests.support.worker import run_now

WHOLE = secrets.token_bytes(CHUNK_BYTES + TAG_BYTES)
LAST = secrets.token_bytes(1000)


class Scene:
    def __init__(self, server: Server) -> None:
        self.server = server
        self.centre = make_centre()
        self.person = make_person()
        self.conversation = opened(self.person, self.centre).pk
        self.client = visitor(server, self.person)

    def begin(self, chunks: int = 2, client: httpx.Client | None = None) -> str:
        blob = str(new_id())
        path = f"/api/conversations/{self.conversation}/blobs"
        answer = (client or self.client).post(path, json={"id": blob, "chunks": chunks})
        assert answer.status_code == 201, answer.text
        return blob

    def path(self, blob: str, index: object) -> str:
        return f"/live/blobs/{self.conversation}/{blob}/{index}"

    def post(self, blob: str) -> str:
        new = message_body(blobs=[blob])
        answer = self.client.post(f"/live/conversations/{self.conversation}/messages", json=new)
        assert answer.status_code == 201, answer.text
        return str(new["id"])

    def kept(self) -> set[str]:
        return {str(blob) for blob, _ in store_of(self.server).chunks()}

    def arriving(self) -> list[Path]:
        return list((self.server.data / "blobs" / "new").glob("*"))


@pytest.fixture(scope="module", params=["folder", "s3"])
def any_server(request: pytest.FixtureRequest) -> Iterator[Server]:
    settings: dict[str, str] = {}
    name = "new_server"
    if request.param == "s3":
        s3: OwnS3 = request.getfixturevalue("s3")
        settings, name = s3.settings(), "new_postgres_server"
    make: Callable[..., Server] = request.getfixturevalue(name)
    server = make(**settings)
    yield server
    # With a bucket, nothing of a file is ever in the data folder.
    assert (server.data / "blobs").exists() == (request.param == "folder")
    server.stop()


@pytest.fixture
def scene(any_server: Server, django_db_blocker: DjangoDbBlocker) -> Iterator[Scene]:
    with beside(any_server, django_db_blocker):
        yield Scene(any_server)


def slug(answer: httpx.Response) -> str:
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    assert answer.json()["status"] == answer.status_code
    return str(answer.json()["type"]).removeprefix("/problems/")


def test_a_file_goes_up_and_comes_down(scene: Scene) -> None:
    blob = scene.begin()
    for index, chunk in ((1, LAST), (0, WHOLE)):
        assert scene.client.put(scene.path(blob, index), content=chunk).status_code == 204
    scene.post(blob)
    counsellor = make_counsellor(scene.centre)
    staff = visitor(scene.server, counsellor.person)
    staff.post(f"/api/desk/cases/{scene.conversation}/join")
    got = staff.get(scene.path(blob, 0))
    assert got.content == WHOLE
    assert "private" in got.headers["cache-control"]
    assert "immutable" in got.headers["cache-control"]
    assert got.headers["x-content-type-options"] == "nosniff"
    assert staff.get(scene.path(blob, 1)).content == LAST


def test_a_repeated_chunk_is_kept_once(scene: Scene) -> None:
    blob = scene.begin(1)
    for _ in range(2):
        assert scene.client.put(scene.path(blob, 0), content=LAST).status_code == 204
    path = f"/api/conversations/{scene.conversation}/blobs"
    again = scene.client.post(path, json={"id": blob, "chunks": 1})
    assert again.json()["arrived"] == [0]
    assert scene.client.get(scene.path(blob, 0)).content == LAST


def test_no_more_in_a_day_than_anybody_needs(scene: Scene) -> None:
    first = scene.begin(1)
    Blob.objects.filter(id=first).update(chunks=MAX_DAILY_CHUNKS - 1)
    scene.begin(1)
    path = f"/api/conversations/{scene.conversation}/blobs"
    new = {"id": str(new_id()), "chunks": 1}
    refused = scene.client.post(path, json=new)
    assert slug(refused) == "too-many-attempts"
    assert refused.headers["retry-after"] == "3600"
    yesterday = timezone.now() - timedelta(hours=25)
    Blob.objects.filter(id=first).update(made_at=yesterday)
    assert scene.client.post(path, json=new).status_code == 201


def test_sizes_that_cannot_be(scene: Scene) -> None:
    blob = scene.begin(2)
    put = scene.client.put
    assert slug(put(scene.path(blob, 0), content=LAST)) == "invalid"
    assert slug(put(scene.path(blob, 1), content=b"x" * 15)) == "invalid"
    assert slug(put(scene.path(blob, 1), content=b"")) == "invalid"
    assert slug(put(scene.path(blob, 1), content=WHOLE + b"x")) == "too-large"
    # Without a length said before: counted while it comes.
    pieces = iter([WHOLE, b"x" * 70_000])
    assert slug(put(scene.path(blob, 1), content=pieces)) == "too-large"
    assert blob not in scene.kept()
    assert not scene.arriving()


def test_addresses_that_cannot_be(scene: Scene) -> None:
    blob = scene.begin(1)
    put = scene.client.put
    for path in (
        scene.path(blob, 1),
        scene.path(blob, 99),
        scene.path(blob, "x"),
        scene.path(str(new_id()), 0),
        scene.path(blob.upper(), 0),
        f"/live/blobs/{new_id()}/{blob}/0",
        f"/live/blobs/{scene.conversation}/../0",
        f"/live/blobs/{scene.conversation}/%2e%2e%2f/0",
        "/live/blobs/",
    ):
        assert slug(put(path, content=LAST)) == "not-found"


def test_others_may_neither_put_nor_get(scene: Scene) -> None:
    blob = scene.begin(1)
    scene.client.put(scene.path(blob, 0), content=LAST)
    staff = visitor(scene.server, make_counsellor(scene.centre).person)
    staff.post(f"/api/desk/cases/{scene.conversation}/join")
    stranger = visitor(scene.server, make_person())
    nobody = visitor(scene.server)
    assert slug(staff.put(scene.path(blob, 0), content=LAST)) == "not-found"
    # Without its message it is the sender's alone.
    assert slug(staff.get(scene.path(blob, 0))) == "not-found"
    scene.post(blob)
    assert staff.get(scene.path(blob, 0)).status_code == 200
    for method in ("GET", "PUT"):
        assert slug(stranger.request(method, scene.path(blob, 0))) == "not-found"
        assert slug(nobody.request(method, scene.path(blob, 0))) == "signed-out"
    Member.objects.exclude(person=scene.person).update(left_at=timezone.now())
    assert slug(staff.get(scene.path(blob, 0))) == "not-found"


def test_other_methods_and_origins(scene: Scene) -> None:
    blob = scene.begin(1)
    path = scene.path(blob, 0)
    for method in ("POST", "DELETE", "PATCH"):
        assert slug(scene.client.request(method, path)) == "method-not-allowed"
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = scene.client.put(path, content=LAST, headers=headers)
        assert slug(answer) == "foreign-origin"
    own = {"Origin": scene.server.url, "Sec-Fetch-Site": "same-origin"}
    assert scene.client.put(path, content=LAST, headers=own).status_code == 204


def raw(scene: Scene, path: str, length: object, body: bytes, hang_up: bool = False) -> bytes:
    """A request as no honest browser makes it, and what came back."""
    address = urlsplit(scene.server.url)
    head = (
        f"PUT {path} HTTP/1.1\r\nHost: {address.netloc}\r\n{lines(shown(scene.client))}\r\n"
        f"Content-Length: {length}\r\nConnection: close\r\n\r\n"
    )
    with socket.create_connection(("localhost", address.port or 80)) as line:
        line.sendall(head.encode() + body)
        line.settimeout(10)
        if hang_up:
            line.shutdown(socket.SHUT_WR)
        got = b""
        while piece := line.recv(65536):
            got += piece
    return got


def test_lies_about_the_length(scene: Scene) -> None:
    blob = scene.begin(1)
    path = scene.path(blob, 0)
    # Less than said: the browser has hung up, nobody waits for an answer.
    assert raw(scene, path, 2000, LAST, hang_up=True) == b""
    assert b" 413 " in raw(scene, path, 10**12, LAST)
    assert b" 400 " in raw(scene, path, "-5", LAST)
    assert b" 400 " in raw(scene, path, "many", LAST)
    # More than said: the rest is no part of this request.
    assert b" 204 " in raw(scene, path, len(LAST), LAST + b"rest")
    assert scene.client.get(path).content == LAST
    time.sleep(0.3)
    assert not scene.arriving()


def test_a_withdrawn_message_takes_its_file_along(scene: Scene) -> None:
    blob = scene.begin(1)
    scene.client.put(scene.path(blob, 0), content=LAST)
    message = scene.post(blob)
    path = f"/api/conversations/{scene.conversation}/messages/{message}"
    assert scene.client.delete(path).status_code == 204
    assert slug(scene.client.get(scene.path(blob, 0))) == "not-found"
    assert blob not in scene.kept()


def test_abandoned_files_are_pruned(scene: Scene) -> None:
    old, young, kept = scene.begin(1), scene.begin(1), scene.begin(1)
    for blob in (old, young, kept):
        scene.client.put(scene.path(blob, 0), content=LAST)
    scene.post(kept)
    long_ago = timezone.now() - timedelta(days=2)
    Blob.objects.filter(id__in=[old, kept]).update(made_at=long_ago)
    run_now(prune_blobs)
    assert [Blob.objects.filter(id=UUID(one)).exists() for one in (old, young, kept)] == [
        False,
        True,
        True,
    ]
    assert old not in scene.kept()
    assert slug(scene.client.get(scene.path(old, 0))) == "not-found"
    assert scene.client.get(scene.path(kept, 0)).content == LAST


def test_strays_are_pruned(scene: Scene) -> None:
    kept, stray = scene.begin(1), new_id()
    scene.client.put(scene.path(kept, 0), content=LAST)
    scene.post(kept)
    keep(store_of(scene.server), stray, 0)
    run_now(prune_blobs)
    assert {kept, str(stray)} <= scene.kept()
    # A store's clock cannot be set back, so that "older than a day" is asked an hour ahead.
    scene.server.manage(
        "shell", "-c",
        "from datetime import timedelta; from django.utils import timezone;"
        "from lotse.conversations.actions.files import prune;"
        "prune(timezone.now() + timedelta(hours=1))",
    )  # fmt: skip
    assert kept in scene.kept()
    assert str(stray) not in scene.kept()
    assert everything_in(store_of(scene.server))[UUID(kept), 0] == LAST


def test_uploads_leave_memory_flat(scene: Scene) -> None:
    blob = scene.begin(25)
    scene.client.put(scene.path(blob, 0), content=WHOLE)
    before = scene.server.resident()
    for index in range(1, 24):
        assert scene.client.put(scene.path(blob, index), content=WHOLE).status_code == 204
    assert scene.server.resident() - before < 8 * 1024
