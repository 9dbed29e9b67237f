"""Law: several processes on one database are one service, with Redis between them and without."""

import secrets
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker
from redis import Redis

from lotse.accounts.models import Person
from lotse.accounts.session_store import SessionStore
from lotse.conversations.actions.cases import enter, take
from lotse.core.identifiers import new_id
from lotse.stream import queries
from lotse.stream.redis_broker import CHANNEL, FLUSH_TIMEOUT, POLL_INTERVAL
from tests.conversations.world import (
    make_centre,
    make_counsellor,
    make_person,
    message_body,
    opened,
)
from tests.support.clients import Reader
from tests.support.load import under_load
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
def listener(hosts: Hosts) -> Iterator[Reader]:
    with under_load(hosts.second, pairs=0) as load:
        cursor = queries.cursor(hosts.counsellor.pk)
        reader = Reader(load.line(hosts.counsellor), hosts.counsellor.pk, cursor)
        load.add_readers([reader])
        load.wait_for_streams(10)
        yield reader


def seconds_until(listener: Reader, message: str, timeout: float) -> float:
    began = time.monotonic()
    while message not in heard(listener):
        assert time.monotonic() - began < timeout
        time.sleep(0.01)
    return time.monotonic() - began


def heard(listener: Reader) -> set[str]:
    return {message for told in list(listener.messages.values()) for _, message in list(told)}


def test_what_is_posted_here_is_heard_there(hosts: Hosts, listener: Reader) -> None:
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
    there.cookies, there.headers = here.cookies, here.headers
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


def test_who_loses_a_case_here_has_lost_it_there(hosts: Hosts) -> None:
    looking = make_counsellor(hosts.counsellor.counsellor.centre).person
    conversation = opened(make_person(), hosts.counsellor.counsellor.centre).pk
    there = visitor(hosts.second, looking)
    enter(looking, conversation)
    address, receipts = f"/live/conversations/{conversation}/receipts", {"delivered": 1, "read": 1}
    assert there.post(address, json=receipts).status_code == 204
    mine = f"/api/desk/cases/{conversation}/take"
    assert visitor(hosts.first, hosts.counsellor).post(mine).status_code == 200
    assert there.post(address, json=receipts).status_code == 404


def test_what_a_command_tells_is_heard_although_it_ends_at_once(hosts: Hosts) -> None:
    for _ in range(3):
        person = make_person()
        with visitor(hosts.second, person).stream("GET", "/live/events?after=0") as stream:
            assert stream.status_code == 200
            hosts.first.manage("shell", "-c", REVOKE.format(person.pk))
            began = time.monotonic()
            assert not [line for line in stream.iter_lines() if line.startswith("data")]
            assert time.monotonic() - began < 1


def test_news_of_another_form_end_nothing(hosts: Hosts, listener: Reader) -> None:
    for other in (b"[1]", b"\xff", b'["else", [["?", "event", 1, "", 0]]]'):
        Redis.from_url(hosts.redis.address).publish(CHANNEL, other)
        seconds_until(
            listener, hosts.post(hosts.first, hosts.client).json()["id"], 2 * POLL_INTERVAL
        )


def test_whoever_has_missed_news_checks_for_itself(hosts: Hosts) -> None:
    """A process that could not say all that it had to say lets the others know."""
    there = visitor(hosts.second, hosts.client)
    assert there.post(hosts.path, json=message_body()).status_code == 201
    with there.stream("GET", f"/live/events?after={queries.cursor(hosts.client.pk)}") as stream:
        assert stream.status_code == 200
        SessionStore(there.cookies[settings.SESSION_COOKIE_NAME]).delete()
        Redis.from_url(hosts.redis.address).publish(CHANNEL, b'["another process", []]')
        began = time.monotonic()
        for _ in stream.iter_raw():
            pass
        assert time.monotonic() - began < 3
    assert there.post(hosts.path, json=message_body()).status_code == 401


def test_without_redis_a_command_still_ends(hosts: Hosts) -> None:
    hosts.redis.kill()
    last = "print('|', time.monotonic() - began)"
    timed = f"import atexit, time; began = time.monotonic(); atexit.register(lambda: {last})"
    said = hosts.first.manage("shell", "-c", timed + REVOKE.format(make_person().pk))
    assert FLUSH_TIMEOUT <= float(said.rpartition("|")[2]) < FLUSH_TIMEOUT + 3
    hosts.redis.start()


def test_without_redis_everything_goes_on(hosts: Hosts, listener: Reader) -> None:
    """Within five seconds, nothing is lost, and nobody who has signed out is believed."""
    hosts.redis.kill()
    for _ in range(3):
        posted = hosts.post(hosts.first, hosts.client)
        assert posted.status_code == 201
        seconds_until(listener, posted.json()["id"], 6)
    here = visitor(hosts.first, hosts.client)
    there = visitor(hosts.second, hosts.client)
    there.cookies, there.headers = here.cookies, here.headers
    assert there.post(hosts.path, json=message_body()).status_code == 201
    assert here.post("/api/sign-out").status_code == 204
    assert there.post(hosts.path, json=message_body()).status_code == 401
    hosts.redis.start()
    deadline = time.monotonic() + 30
    while seconds_until(listener, hosts.post(hosts.first, hosts.client).json()["id"], 6) > 0.5:
        assert time.monotonic() < deadline
    assert not listener.wrong


def test_more_processes_need_redis(migrated: Path, tmp_path: Path) -> None:
    shutil.copy(migrated, tmp_path / "lotse.sqlite3")
    said = Server(tmp_path).manage("serve", "--workers", "2", check=False)
    assert "--workers needs LOTSE_REDIS" in said
