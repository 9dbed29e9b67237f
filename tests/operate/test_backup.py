"""A backup made while people write, restored elsewhere and compared with what was.

Of SQLite beside a folder, and of PostgreSQL beside an S3-compatible store.
"""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pyrage
import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import F
from pytest_django import DjangoDbBlocker

from lotse import __version__
from lotse.conversations.models import Conversation, Installation
from lotse.core.identifiers import new_id
from lotse.core.limits import TAG_BYTES
from lotse.core.restoring import handled
from lotse.operate import archive
from lotse.operate.version import remember
from lotse.stream.actions import AHEAD
from lotse.stream.models import Mailbox
from tests.conversations.world import make_centre, make_person, message_body, opened
from tests.support.inside import inside
from tests.support.installation import command, faults, refusal, refused
from tests.support.mailboxes import events_of
from tests.support.postgres import Postgres
from tests.support.s3 import OwnS3
from tests.support.server import Server
from tests.support.stores import everything_in, keep, store_of
from tests.support.visitor import beside, visitor

Place = Callable[..., Server]


@pytest.fixture(scope="module", params=["folder", "s3"])
def any_server(request: pytest.FixtureRequest, s3: OwnS3) -> Iterator[Server]:
    to_s3 = request.param == "s3"
    make = request.getfixturevalue("new_postgres_server" if to_s3 else "new_server")
    server: Server = make(**s3.settings() if to_s3 else {})
    yield server
    server.stop()


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The recipient, and the file with the identity as `age-keygen` writes it."""
    identity = pyrage.x25519.Identity.generate()
    path = tmp_path_factory.mktemp("key") / "lotse.key"
    path.write_text(f"# public key: {identity.to_public()}\n{identity}\n")
    return str(identity.to_public()), path


@pytest.fixture
def elsewhere(
    any_server: Server, tmp_path: Path, request: pytest.FixtureRequest, s3: OwnS3
) -> Place:
    """An installation that holds nothing, on the same kind of database."""

    def make(to_s3: bool = False) -> Server:
        folder = tmp_path / str(new_id())
        folder.mkdir(mode=0o700)
        settings = s3.settings() if to_s3 else {}
        if "sqlite" in any_server.environment["LOTSE_DATABASE"]:
            return Server(folder, **settings)
        postgres: Postgres = request.getfixturevalue("postgres")
        database = postgres.create(f"restored_{new_id().hex[:12]}", "template0")
        return Server(folder, database, **settings)

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
    """All rows of all tables but those that a restore ends, and all files."""
    with beside(server, blocker), connection.cursor() as cursor:
        rows = {}
        # A copy must not take the first one's files for its own.
        own = {model._meta.db_table for model in {Installation, Mailbox} | handled()}
        for table in set(connection.introspection.table_names()) - own:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            rows[table] = sorted(
                repr([_plain(value) for value in row]) for row in cursor.fetchall()
            )
        rows["last"] = sorted(str((one.person, one.last % AHEAD)) for one in Mailbox.objects.all())
    return {**rows, "files": everything_in(store_of(server))}


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def backup(server: Server, path: Path, recipient: str) -> Path:
    command(server, "backup", path, "--recipient", recipient)
    return path


def restore(server: Server, file: Path, identity: Path) -> None:
    command(server, "restore", file, "--identity", identity)


def test_what_was_is_there_again(
    any_server: Server,
    elsewhere: Place,
    writing: Callable[[], None],
    key: tuple[str, Path],
    django_db_blocker: DjangoDbBlocker,
) -> None:
    # By real processes; the other tests run the commands in this process.
    while_writing, afterwards = any_server.data / "first.age", any_server.data / "second.age"
    any_server.manage("backup", str(while_writing), "--recipient", key[0])
    writing()
    any_server.manage("backup", str(afterwards), "--recipient", key[0])
    # Into the other kind of store and into the same.
    first, second = elsewhere(to_s3=False), elsewhere(to_s3=True)
    first.manage("restore", str(while_writing), "--identity", str(key[1]))
    second.manage("restore", str(afterwards), "--identity", str(key[1]))
    found = everything(second, django_db_blocker)
    assert found["files"]
    assert found["conversations_message"]
    assert found == everything(any_server, django_db_blocker)
    assert everything_in(store_of(first)) == found["files"]
    with beside(first, django_db_blocker):
        check_one_moment()
    # It serves, too.
    second.start().stop()


def check_one_moment() -> None:
    """Numbers without gaps, and no message without its event in the mailboxes of all members."""
    for conversation in Conversation.objects.all():
        numbers = conversation.messages.order_by("number").values_list("number", flat=True)
        assert list(numbers) == list(range(1, conversation.last + 1))
        events = list(conversation.messages.order_by("number").values_list("event", flat=True))
        assert events == sorted(set(events))
        assert events[-1] == conversation.event
    # Whoever was told of what is lost is told to load anew.
    mailboxes = Mailbox.objects.all()
    assert {mailbox.pruned_to - mailbox.last for mailbox in mailboxes} == {0}
    Mailbox.objects.update(last=F("last") - AHEAD, pruned_to=0)
    for mailbox in mailboxes.all():
        events = [event.number for event in events_of(mailbox.person)]
        assert events == sorted(set(events))
        assert events[-1] == mailbox.last


def test_what_must_not_be_is_refused(
    any_server: Server, elsewhere: Place, key: tuple[str, Path], tmp_path: Path
) -> None:
    made = backup(any_server, tmp_path / "made.age", key[0])
    assert b"SQLite" not in made.read_bytes()
    assert "already" in refuses(any_server, made, key[1])
    other = tmp_path / "other.key"
    other.write_text(str(pyrage.x25519.Identity.generate()))
    assert "cannot be read" in refuses(elsewhere(), made, other)
    broken = tmp_path / "broken.age"
    broken.write_bytes(made.read_bytes()[:-1000])
    empty = elsewhere()
    assert "cannot be read" in refuses(empty, broken, key[1])
    other.write_text("nonsense")
    assert "Not an age identity" in refuses(empty, made, other)
    restore(empty, made, key[1])
    x = tmp_path / "x.age"
    assert "Name a recipient" in refused(any_server, "backup", x)
    wrong = refused(any_server, "backup", x, "--recipient", "age1nobody")
    assert "Not an age recipient" in wrong
    assert not list(tmp_path.glob("x.age*"))


def test_files_that_are_there_already(
    any_server: Server, elsewhere: Place, key: tuple[str, Path], tmp_path: Path
) -> None:
    ours, blob = store_of(any_server), new_id()
    sealed = keep(ours, blob, 0)
    made = backup(any_server, tmp_path / "made.age", key[0])
    server = elsewhere(to_s3=ours.shared)
    store, foreign = store_of(server), new_id()
    keep(store, foreign, 0)
    assert "files here already" in refuses(server, made, key[1])
    store.delete(foreign)
    # What an earlier try has left is no obstacle.
    keep(store, blob, 0, sealed)
    restore(server, made, key[1])
    assert everything_in(store) == everything_in(ours)


def test_what_is_deleted_meanwhile_is_left_out(
    any_server: Server,
    elsewhere: Place,
    key: tuple[str, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours, made = store_of(any_server), tmp_path / "made.age"
    keep(ours, new_id(), 0)
    listed = list(ours.chunks())
    for blob, _ in listed:
        ours.delete(blob)
    with monkeypatch.context() as patch:
        patch.setattr(type(ours), "chunks", lambda self: iter(listed))
        backup(any_server, made, key[0])
    server = elsewhere(to_s3=ours.shared)
    restore(server, made, key[1])
    assert not list(store_of(server).chunks())


def test_two_at_once_do_not_spoil_each_other(
    any_server: Server,
    elsewhere: Place,
    key: tuple[str, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    made, kind = folder / "made.age", type(store_of(any_server))
    chunks = kind.chunks

    def meanwhile(self: Any) -> Any:
        monkeypatch.undo()
        archive.backup(made, key[0])
        made.rename(folder / "first.age")
        return chunks(self)

    monkeypatch.setattr(kind, "chunks", meanwhile)
    backup(any_server, made, key[0])
    assert {one.name for one in folder.iterdir()} == {"first.age", "made.age"}
    for one in folder.iterdir():
        restore(elsewhere(), one, key[1])


def test_no_database_is_no_backup(tmp_path: Path, key: tuple[str, Path]) -> None:
    """Started in the wrong folder, every night."""
    said = refused(Server(tmp_path), "backup", tmp_path / "x.age", "--recipient", key[0])
    assert "There is no database of Lotse" in said
    assert not (tmp_path / "x.age").exists()


@pytest.mark.parametrize("any_server", ["s3"], indirect=True)
def test_a_copy_does_not_take_the_firsts_bucket(
    any_server: Server, elsewhere: Place, key: tuple[str, Path], tmp_path: Path
) -> None:
    made = backup(any_server, tmp_path / "made.age", key[0])
    copy = elsewhere(to_s3=True)
    bucket = {name: value for name, value in any_server.environment.items() if "_S3_" in name}
    copy.environment |= bucket
    restore(copy, made, key[1])
    assert "belongs to another installation" in refusal(copy)


def test_a_newer_backup_is_refused_with_both_versions(
    any_server: Server, elsewhere: Place, key: tuple[str, Path], tmp_path: Path
) -> None:
    with used_by_a_newer_version(any_server):
        made = backup(any_server, tmp_path / "made.age", key[0])
        for said in (refusal(any_server), faults(any_server)):
            assert "Lotse 99.1 (conversations.0999_to_come)" in said
            assert f"this is Lotse {__version__}" in said
    empty = elsewhere()
    said = refuses(empty, made, key[1])
    assert "Lotse 99.1 (conversations.0999_to_come)" in said
    assert f"this is Lotse {__version__}" in said
    # Nothing was put there.
    restore(empty, backup(any_server, made, key[0]), key[1])


@contextmanager
def used_by_a_newer_version(server: Server) -> Iterator[None]:
    to_come = {"app": "conversations", "name": "0999_to_come"}
    with inside(server):
        MigrationRecorder.Migration.objects.create(**to_come)
        Installation.objects.update(version="99.1")
    yield
    with inside(server):
        MigrationRecorder.Migration.objects.filter(**to_come).delete()
        remember()


def test_a_restore_that_broke_off_does_not_serve(migrated: Path, tmp_path: Path) -> None:
    """The sessions that it had to end may still be there."""
    shutil.copy(migrated, tmp_path / "lotse.sqlite3")
    (tmp_path / "restore-unfinished").touch()
    for said in (refusal(Server(tmp_path)), faults(Server(tmp_path))):
        assert "A restore is unfinished" in said


def refuses(server: Server, file: Path, identity: Path) -> str:
    """Why the file cannot be restored."""
    return refused(server, "restore", file, "--identity", identity)
