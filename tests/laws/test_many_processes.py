"""Law: several processes on one database are one service, with Redis between them and without."""

import secrets
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from pytest_django import DjangoDbBlocker

from lotse.accounts.models import Person
from lotse.conversations.actions.cases import take
from lotse.conversations.models import Message
from lotse.core.identifiers import new_id
from lotse.stream import queries
from lotse.stream.redis_wake import LAST_WORDS
from tests.conversations.world import (
    make_centre,
    make_counsellor,
    make_person,
    message_body,
    opened,
)
from tests.laws.browsers import Listener, Outbox
from tests.support.redis import OwnRedis
from tests.support.s3 import OwnS3
from tests.support.server import Server
from tests.support.visitor import beside, visitor

REVOKE = """
from lotse.accounts.models import Person
person = Person.objects.get(pk="{}")
person.is_active = False
person.save()
"""


@dataclass
class Hosts:
    """Two processes, a client who asks at the first, a counsellor who listens at the second."""

    first: Server
    second: Server
    redis: OwnRedis
    client: Person
    counsellor: Person
    path: str

    def post(self, at: Server, who: Person) -> httpx.Response:
        return visitor(at, who).post(self.path, json=message_body())


@pytest.fixture(scope="module")
def hosts(
    new_postgres_server: Callable[..., Server],
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    s3: OwnS3,
) -> Iterator[Hosts]:
    redis = OwnRedis().start()
    shared = {"LOTSE_REDIS": redis.address} | s3.settings()
    first = new_postgres_server(**shared)
    database = first.environment["LOTSE_DATABASE"]
    folder = tmp_path_factory.mktemp("second")
    second = Server(folder, database, **shared).start()
    with beside(first, django_db_blocker):
        centre = make_centre()
        client, counsellor = make_person(), make_counsellor(centre).person
        case = opened(client, centre)
        take(counsellor, case.pk)
        path = f"/live/conversations/{case.pk}/messages"
        yield Hosts(first, second, redis, client, counsellor, path)
    second.stop()
    first.stop()
    redis.kill()


@pytest.fixture
def listener(hosts: Hosts) -> Iterator[Listener]:
    cursor = queries.cursor(hosts.counsellor.pk)
    listener = Listener(visitor(hosts.second, hosts.counsellor), cursor, 1)
    listener.start()
    time.sleep(1)
    yield listener
    listener.stop()


def seconds_until(listener: Listener, message: str, patience: float) -> float:
    began = time.monotonic()
    while message not in heard(listener):
        assert time.monotonic() - began < patience
        time.sleep(0.01)
    return time.monotonic() - began


def heard(listener: Listener) -> set[str]:
    return {data["message"]["id"] for _, kind, data in list(listener.got) if kind == "message"}


def test_what_is_posted_here_is_heard_there(hosts: Hosts, listener: Listener) -> None:
    for _ in range(5):
        posted = hosts.post(hosts.first, hosts.client)
        assert posted.status_code == 201
        assert seconds_until(listener, posted.json()["id"], 3) < 1


def test_a_file_that_arrives_here_is_read_there(hosts: Hosts) -> None:
    here, there = visitor(hosts.first, hosts.client), visitor(hosts.second, hosts.counsellor)
    conversation = hosts.path.split("/")[3]
    blob, sealed = str(new_id()), secrets.token_bytes(70_000)
    address = f"/live/blobs/{conversation}/{blob}/0"
    begun = {"id": blob, "chunks": 1}
    assert here.post(f"/api/conversations/{conversation}/blobs", json=begun).status_code == 201
    assert here.put(address, content=sealed).status_code == 204
    assert here.post(hosts.path, json=message_body(blobs=[blob])).status_code == 201
    assert there.get(address).content == sealed


def test_who_signs_out_here_is_nobody_there(hosts: Hosts) -> None:
    here, there = visitor(hosts.first, hosts.client), visitor(hosts.second, hosts.client)
    there.cookies = here.cookies
    assert there.post(hosts.path, json=message_body()).status_code == 201
    with there.stream("GET", f"/live/events?after={queries.cursor(hosts.client.pk)}") as stream:
        assert stream.status_code == 200
        ended = threading.Event()

        def read() -> None:
            for _ in stream.iter_raw():
                pass
            ended.set()

        threading.Thread(target=read, daemon=True).start()
        assert here.post("/api/sign-out").status_code == 204
        assert ended.wait(3)
    assert there.post(hosts.path, json=message_body()).status_code == 401


def test_what_a_command_tells_is_heard_although_it_ends_at_once(hosts: Hosts) -> None:
    for _ in range(3):
        person = make_person()
        with visitor(hosts.second, person).stream("GET", "/live/events?after=0") as stream:
            assert stream.status_code == 200
            hosts.first.manage("shell", "-c", REVOKE.format(person.pk))
            began = time.monotonic()
            assert not [line for line in stream.iter_lines() if line.startswith("data")]
            assert time.monotonic() - began < 1


def test_without_redis_a_command_still_ends(hosts: Hosts) -> None:
    hosts.redis.kill()
    last = "print('|', time.monotonic() - began)"
    timed = f"import atexit, time; began = time.monotonic(); atexit.register(lambda: {last})"
    said = hosts.first.manage("shell", "-c", timed + REVOKE.format(make_person().pk))
    assert LAST_WORDS <= float(said.rpartition("|")[2]) < LAST_WORDS + 3
    hosts.redis.start()


def test_without_redis_everything_goes_on(hosts: Hosts, listener: Listener) -> None:
    """Within five seconds, nothing is lost, and nobody who has signed out is believed."""
    hosts.redis.kill()
    for _ in range(3):
        posted = hosts.post(hosts.first, hosts.client)
        assert posted.status_code == 201
        seconds_until(listener, posted.json()["id"], 6)
    here = visitor(hosts.first, hosts.client)
    there = visitor(hosts.second, hosts.client)
    there.cookies = here.cookies
    assert there.post(hosts.path, json=message_body()).status_code == 201
    assert here.post("/api/sign-out").status_code == 204
    assert there.post(hosts.path, json=message_body()).status_code == 401
    hosts.redis.start()
    deadline = time.monotonic() + 30
    while seconds_until(listener, hosts.post(hosts.first, hosts.client).json()["id"], 6) > 0.5:
        assert time.monotonic() < deadline
    numbers = [number for number, _, _ in listener.got]
    assert numbers == list(range(numbers[0], numbers[-1] + 1))


def test_a_rolling_restart_fails_no_request(
    migrated: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    redis = OwnRedis().start()
    shutil.copy(migrated, tmp_path / "lotse.sqlite3")
    server = Server(tmp_path, LOTSE_REDIS=redis.address)
    server.options = ["--workers", "2"]
    server.start()
    with beside(server, django_db_blocker):
        client = make_person()
        case = opened(client, make_centre())
        sender = visitor(server, client, headers={"Connection": "close"})
        # One after the other, each again until it is answered; more than there is time for.
        outbox = Outbox(sender, case.pk, 20_000)
        outbox.start()
        before = set(server.workers())
        assert server.process
        server.process.send_signal(signal.SIGHUP)
        deadline = time.monotonic() + 120
        while before & set(server.workers()) and time.monotonic() < deadline:
            time.sleep(0.2)
        assert not before & set(server.workers())
        assert len(server.workers()) == 2
        # A connection that is taken in the very moment of closing has to be made once more.
        assert outbox.failures <= 1
        outbox.wanted.clear()
        outbox.join(30)
        assert len(outbox.answers) > 50
        assert Message.objects.filter(conversation_id=case.pk).count() == 1 + len(outbox.answers)
    server.stop()
    redis.kill()


def test_more_processes_need_redis(migrated: Path, tmp_path: Path) -> None:
    shutil.copy(migrated, tmp_path / "lotse.sqlite3")
    said = Server(tmp_path).manage("serve", "--workers", "2", check=False)
    assert "--workers needs LOTSE_REDIS" in said
