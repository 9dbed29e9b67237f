"""A backup made while people write, restored elsewhere and compared with what was."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pyrage
import pytest
from django.db import connection
from django.db.models import Max
from pytest_django import DjangoDbBlocker

from lotse.conversations.models import Conversation, Message
from lotse.core.identifiers import new_id
from lotse.core.limits import TAG_BYTES
from lotse.stream.models import Event, Mailbox
from tests.conversations.world import make_centre, make_person, message_body, opened
from tests.support.postgres import Postgres
from tests.support.server import Server
from tests.support.visitor import beside, visitor

Place = Callable[[], Server]


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The recipient, and the file with the identity as `age-keygen` writes it."""
    identity = pyrage.x25519.Identity.generate()
    path = tmp_path_factory.mktemp("key") / "lotse.key"
    path.write_text(f"# public key: {identity.to_public()}\n{identity}\n")
    return str(identity.to_public()), path


@pytest.fixture
def elsewhere(any_server: Server, tmp_path: Path, request: pytest.FixtureRequest) -> Place:
    """An installation that holds nothing, on the same kind of database."""

    def make() -> Server:
        folder = tmp_path / str(new_id())
        folder.mkdir(mode=0o700)
        if "sqlite" in any_server.environment["LOTSE_DATABASE"]:
            return Server(folder)
        postgres: Postgres = request.getfixturevalue("postgres")
        return Server(folder, postgres.create(f"restored_{new_id().hex[:12]}", "template0"))

    return make


@pytest.fixture
def writing(any_server: Server, django_db_blocker: DjangoDbBlocker) -> Iterator[Callable[[], None]]:
    """Somebody sends a file and then one message after the other, until this is called."""
    with beside(any_server, django_db_blocker):
        person = make_person()
        conversation = opened(person, make_centre()).pk
        client = visitor(any_server, person)
    stop = threading.Event()
    thread = threading.Thread(target=write, args=(client, conversation, stop))
    thread.start()

    def end() -> None:
        stop.set()
        thread.join(30)

    yield end
    end()


def write(client: httpx.Client, conversation: UUID, stop: threading.Event) -> None:
    blob = str(new_id())
    path = f"/api/conversations/{conversation}/blobs"
    assert client.post(path, json={"id": blob, "chunks": 1}).status_code == 201
    sealed = os.urandom(5000 + TAG_BYTES)
    address = f"/live/blobs/{conversation}/{blob}/0"
    assert client.put(address, content=sealed).status_code == 204
    new = message_body(blobs=[blob])
    while not stop.is_set():
        answer = client.post(f"/live/conversations/{conversation}/messages", json=new)
        assert answer.status_code == 201
        new = message_body()


def everything(server: Server, blocker: DjangoDbBlocker) -> dict[str, Any]:
    """All rows of all tables, and all files."""
    with beside(server, blocker), connection.cursor() as cursor:
        rows = {}
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            rows[table] = sorted(
                repr([_plain(value) for value in row]) for row in cursor.fetchall()
            )
    blobs = server.data / "blobs"
    files = {
        str(path.relative_to(blobs)): path.read_bytes()
        for path in blobs.rglob("*")
        if path.is_file()
    }
    return {**rows, "files": files}


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def backup(server: Server, path: Path, recipient: str) -> Path:
    server.manage("backup", str(path), "--recipient", recipient)
    return path


def test_what_was_is_there_again(
    any_server: Server,
    elsewhere: Place,
    writing: Callable[[], None],
    key: tuple[str, Path],
    django_db_blocker: DjangoDbBlocker,
) -> None:
    while_writing = backup(any_server, any_server.data / "first.age", key[0])
    writing()
    afterwards = backup(any_server, any_server.data / "second.age", key[0])
    first, second = elsewhere(), elsewhere()
    first.manage("restore", str(while_writing), "--identity", str(key[1]))
    second.manage("restore", str(afterwards), "--identity", str(key[1]))
    found = everything(second, django_db_blocker)
    assert found["files"]
    assert found["conversations_message"]
    assert found == everything(any_server, django_db_blocker)
    with beside(first, django_db_blocker):
        check_one_moment()
    # It serves, too.
    second.start().stop()


def check_one_moment() -> None:
    """Numbers without gaps, and no message without its event."""
    for conversation in Conversation.objects.all():
        numbers = conversation.messages.order_by("number").values_list("number", flat=True)
        assert list(numbers) == list(range(1, conversation.last + 1))
    for mailbox in Mailbox.objects.all():
        newest = mailbox.events.aggregate(newest=Max("number"))["newest"] or 0
        assert newest == mailbox.last
        assert mailbox.events.count() == newest
    told = {event.payload["message"] for event in Event.objects.filter(kind="message")}
    later = Message.objects.filter(number__gt=1).values_list("id", flat=True)
    assert {str(one) for one in later} <= told


def test_what_must_not_be_is_refused(
    any_server: Server, elsewhere: Place, key: tuple[str, Path], tmp_path: Path
) -> None:
    made = backup(any_server, tmp_path / "made.age", key[0])
    assert b"SQLite" not in made.read_bytes()
    assert "already" in refused(any_server, made, key[1])
    other = tmp_path / "other.key"
    other.write_text(str(pyrage.x25519.Identity.generate()))
    assert "cannot be read" in refused(elsewhere(), made, other)
    broken = tmp_path / "broken.age"
    broken.write_bytes(made.read_bytes()[:-1000])
    empty = elsewhere()
    assert "cannot be read" in refused(empty, broken, key[1])
    assert "Not an age identity" in refused(empty, made, made.with_name("none.key"), "nonsense")
    empty.manage("restore", str(made), "--identity", str(key[1]))
    said = any_server.manage("backup", str(tmp_path / "x.age"), check=False)
    assert "To whom?" in said
    wrong = ("backup", str(tmp_path / "x.age"), "--recipient", "age1nobody")
    assert "Not an age recipient" in any_server.manage(*wrong, check=False)
    assert not list(tmp_path.glob("x.age*"))


def refused(server: Server, file: Path, identity: Path, text: str = "") -> str:
    if text:
        identity.write_text(text)
    return server.manage("restore", str(file), "--identity", str(identity), check=False)
