"""Law: of a client who has erased their account nothing is left, and nobody else loses anything.

On both databases and both stores: SQLite with a folder, and PostgreSQL with an S3-compatible store
and Redis. The tables are read past the models, so that a new one is looked through too.
"""

import json
import secrets
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import httpx
import pytest
from django.apps import apps
from django.db import connection
from pytest_django import DjangoDbBlocker
from redis import Redis

from lotse.accounts.models import Person
from lotse.centres.models import Centre
from lotse.conversations.models import Blob, Conversation
from lotse.core.identifiers import from_text, new_id, to_text
from lotse.stream.queries import cursor
from tests.conversations.world import case_body, make_centre, make_counsellor, message_body
from tests.keys.test_races import Remote
from tests.support.redis import OwnRedis
from tests.support.s3 import OwnS3
from tests.support.server import Server
from tests.support.stores import everything_in, store_of
from tests.support.visitor import beside, visitor

HOLDING = {
    "accounts_knowndevice",
    "accounts_session",
    "accounts_person",
    "conversations_blob",
    "conversations_case",
    "conversations_chunk",
    "conversations_conversation",
    "conversations_member",
    "conversations_message",
    "keys_accountkeys",
    "keys_conversationwrap",
    "stream_event",
    "stream_mailbox",
}
"""Tables that hold something of a client. A new one belongs here and is filled by `World`."""
OF_STAFF_ONLY = {
    "centres_coordinator",
    "centres_counsellor",
    "centres_invitation",
    "keys_groupwrap",
}
"""Tables that refer to people who are never clients."""


class World:
    """Two clients of one centre, with a counsellor who has answered both."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.centre = make_centre()
        self.counsellor = make_counsellor(self.centre)
        self.colleague = make_counsellor(self.centre)
        self.staff = visitor(server, self.counsellor.person)
        self.client = Client(self, f"Amal {secrets.token_hex(4)}")
        self.neighbour = Client(self, f"Nadia {secrets.token_hex(4)}")


class Client:
    """Somebody with everything that the platform can hold of a client."""

    def __init__(self, world: World, nickname: str) -> None:
        self.world = world
        self.browser = Remote(world.server, nickname)
        self.phone = Remote.__new__(Remote)
        self.phone.__dict__ = self.browser.__dict__ | {
            "http": httpx.Client(base_url=world.server.url, timeout=60)
        }
        unlock(self.browser, "/api/accounts", self.browser.new_account())
        key = {"nickname": nickname, "sign_in_key": self.browser.keys["sign_in_key"]}
        unlock(self.phone, "/api/sign-in", key)
        self.cases = [case_body(world.centre) for _ in range(2)]
        self.messages: list[dict[str, Any]] = []
        self.blobs: list[str] = []
        for case in self.cases:
            assert self.browser.send("/api/cases", case).status_code == 201
            self._talk(case["conversation"])

    def _talk(self, conversation: str) -> None:
        http, staff = self.browser.http, self.world.staff
        assert staff.post(f"/api/desk/cases/{conversation}/take").status_code == 200
        for sender in (staff, http, staff, http):
            posted = message_body(blobs=[self._upload(conversation, sender)])
            self._done(sender.post(f"/live/conversations/{conversation}/messages", json=posted))
            self.messages.append(posted)
        last = self.messages[-2]["id"]
        self._done(staff.delete(f"/api/conversations/{conversation}/messages/{last}"))
        for reader in (staff, http):
            seen = {"delivered": 4, "read": 3}
            self._done(reader.post(f"/live/conversations/{conversation}/receipts", json=seen))

    def _upload(self, conversation: str, sender: httpx.Client) -> str:
        blob, path = str(new_id()), f"/api/conversations/{conversation}/blobs"
        self._done(sender.post(path, json={"id": blob, "chunks": 1}))
        chunk = secrets.token_bytes(500)
        self._done(sender.put(f"/live/blobs/{conversation}/{blob}/0", content=chunk))
        self.blobs.append(blob)
        return blob

    def _done(self, answer: httpx.Response) -> None:
        assert answer.is_success, answer.text

    def erase(self, **proof: str) -> httpx.Response:
        own = {"current_sign_in_key": self.browser.keys["sign_in_key"]} | proof
        return self.browser.send("/api/account/erasure", own)

    def needles(self) -> list[bytes]:
        """Whatever names or belongs to this person, as it may stand in a table or a file."""
        ids = [str(self.browser.id), *(case["conversation"] for case in self.cases), *self.blobs]
        ids += [case["message"]["id"] for case in self.cases]
        ids += [message["id"] for message in self.messages]
        secret = [value for value in self.browser.keys.values() if isinstance(value, str)]
        secret += [message["body"] for message in self.messages]
        for case in self.cases:
            keys = case["keys"]
            secret += [keys["key_id"], keys["client_wrap"], keys["centre_wrap"]]
            secret.append(case["message"]["body"])
        found = [self.browser.nickname.encode(), self.browser.nickname.casefold().encode()]
        for one in ids:
            found += [one.encode(), UUID(one).hex.encode(), UUID(one).bytes]
        for one in secret:
            # Headers of seals are alike for everybody; what comes after them is random.
            found += [one.encode(), from_text(one)[-8:]]
        return found

    def seen(self) -> dict[str, Any]:
        """All that this client and the counsellor can still get of it."""
        return {
            str(http): [
                http.get(f"/api/conversations/{case['conversation']}{rest}").json()
                for case in self.cases
                for rest in ("", "/messages")
            ]
            for http in (self.browser.http, self.world.staff)
        }


def unlock(browser: Remote, path: str, body: object) -> None:
    answer = browser.send(path, body)
    assert answer.is_success, answer.text
    browser.http.headers["Authorization"] = f"Bearer {answer.json()['unlock']}"


@pytest.fixture(scope="module")
def redis() -> Iterator[OwnRedis]:
    own = OwnRedis().start()
    yield own
    own.kill()


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def any_server(request: pytest.FixtureRequest) -> Iterator[Server]:
    shared: dict[str, str] = {}
    if request.param == "postgres":
        s3: OwnS3 = request.getfixturevalue("s3")
        redis: OwnRedis = request.getfixturevalue("redis")
        shared = s3.settings() | {"LOTSE_REDIS": redis.address}
    name = "new_server" if request.param == "sqlite" else "new_postgres_server"
    make: Callable[..., Server] = request.getfixturevalue(name)
    server = make(**shared)
    yield server
    server.stop()


@pytest.fixture
def world(any_server: Server, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with beside(any_server, django_db_blocker):
        yield World(any_server)


def test_nothing_is_left_and_nobody_else_loses_anything(world: World) -> None:
    client, neighbour = world.client, world.neighbour
    needles, before = client.needles(), neighbour.seen()
    assert tables_with(needles) == HOLDING
    kept = everything_in(store_of(world.server))

    assert client.erase().status_code == 204

    assert tables_with(needles) == set()
    gone = {UUID(blob) for blob in client.blobs}
    left = everything_in(store_of(world.server))
    assert left == {place: data for place, data in kept.items() if place[0] not in gone}
    assert neighbour.seen() == before
    for http in (client.browser.http, client.phone.http):
        assert http.get("/api/me").status_code == 401
    if address := world.server.environment.get("LOTSE_REDIS"):
        assert_nothing_in_redis(address, needles)
    else:
        assert_nothing_in_file(world.server, needles)


def tables_with(needles: list[bytes]) -> set[str]:
    tables = connection.introspection.table_names()
    return {table for table in tables if any(has(row, needles) for row in rows(table))}


def rows(table: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as db:
        db.execute(f'SELECT * FROM "{table}"')  # noqa: S608
        return list(db.fetchall())


def has(row: tuple[Any, ...], needles: list[bytes]) -> bool:
    text = b"\n".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        for value in row
    )
    return any(needle in text for needle in needles)


def assert_nothing_in_redis(address: str, needles: list[bytes]) -> None:
    redis = Redis.from_url(address)
    for key in redis.scan_iter():
        held = key + (redis.dump(key) or b"")
        assert not any(needle in held for needle in needles), key


def assert_nothing_in_file(server: Server, needles: list[bytes]) -> None:
    """Deleted rows are overwritten, and a checkpoint brings that from the log into the file."""
    with connection.cursor() as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, *_ = db.fetchone()
    assert not busy
    for file in server.data.glob("lotse.sqlite3*"):
        held = file.read_bytes()
        assert [needle for needle in needles if needle in held] == [], file


def test_every_table_of_people_or_conversations_is_looked_through() -> None:
    about = {Person, Conversation, Blob}
    referring = {
        model._meta.db_table
        for model in apps.get_models()
        if model.__module__.startswith("lotse.")
        and not model._meta.proxy
        and any(field.related_model in about for field in model._meta.concrete_fields)
    }
    assert referring - HOLDING <= OF_STAFF_ONLY


def test_everybody_at_the_centre_is_told_and_nobody_is_told_its_name_later(world: World) -> None:
    case = world.client.cases[0]["conversation"]
    everybody = [world.counsellor.person, world.colleague.person]
    streams = [Listener(visitor(world.server, person), cursor(person.pk)) for person in everybody]
    late = visitor(world.server, everybody[0])
    before = cursor(everybody[0].pk)
    assert world.client.erase().status_code == 204
    for stream in streams:
        stream.wait_for(f'event: erased\ndata: {{"conversation":"{case}"}}')
    # Whoever was away is not told which one it was: they load everything anew.
    with events(late, before) as lines:
        told = next(line for line in lines if line.startswith(("event", "data")))
        assert told == "event: reload"


class Listener:
    def __init__(self, http: httpx.Client, after: int) -> None:
        self.text, self.changed = "", threading.Condition()
        ready = threading.Event()
        threading.Thread(target=self._listen, args=(http, after, ready), daemon=True).start()
        assert ready.wait(20)

    def _listen(self, http: httpx.Client, after: int, ready: threading.Event) -> None:
        with http.stream("GET", f"/live/events?after={after}") as response:
            for piece in response.iter_text():
                with self.changed:
                    self.text += piece
                    self.changed.notify_all()
                ready.set()

    def wait_for(self, words: str) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: words in self.text, 20), self.text


@contextmanager
def events(http: httpx.Client, after: int) -> Iterator[Iterator[str]]:
    with http.stream("GET", f"/live/events?after={after}") as response:
        yield response.iter_lines()


def test_what_is_on_its_way_is_refused_and_leaves_nothing(world: World) -> None:
    client, rounds = world.client, 12
    case = client.cases[0]["conversation"]
    barrier, statuses = threading.Barrier(3), set()

    def post(http: httpx.Client) -> None:
        barrier.wait(20)
        for _ in range(rounds):
            blob = str(new_id())
            for method, path, body in (
                ("POST", f"/live/conversations/{case}/messages", message_body()),
                ("POST", f"/live/conversations/{case}/receipts", {"delivered": 9, "read": 9}),
                ("POST", f"/api/conversations/{case}/blobs", {"id": blob, "chunks": 1}),
                ("POST", "/api/cases", case_body(world.centre)),
                ("POST", f"/api/desk/cases/{case}/take", None),
            ):
                statuses.add(http.request(method, path, json=body).status_code)

    def erase() -> set[int]:
        barrier.wait(20)
        return {client.erase().status_code for _ in range(2)}

    with ThreadPoolExecutor(3) as threads:
        work = [threads.submit(post, http) for http in (client.phone.http, world.staff)]
        assert 204 in threads.submit(erase).result()
        for one in work:
            one.result()
    assert not {status for status in statuses if status >= 500 and status != 503}
    assert tables_with(client.needles()) == set()
    assert not Person.objects.filter(pk=client.browser.id).exists()


def test_two_at_once_are_one(world: World) -> None:
    with ThreadPoolExecutor(4) as threads:
        answers = [one.result() for one in [threads.submit(world.client.erase) for _ in range(4)]]
    assert {answer.status_code for answer in answers} <= {204, 401}
    assert 204 in {answer.status_code for answer in answers}
    assert tables_with(world.client.needles()) == set()


def test_staff_do_not_erase_themselves(world: World) -> None:
    answer = world.staff.post(
        "/api/account/erasure", json={"current_sign_in_key": to_text(bytes(32))}
    )
    assert (answer.status_code, json.loads(answer.text)["type"]) == (403, "/problems/forbidden")
    assert Centre.objects.filter(counsellors=world.counsellor).exists()
