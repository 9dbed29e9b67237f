"""A machine vanishes: no answer, no broken connection. Nobody waits for it for long."""

import time
from collections.abc import Iterator
from operator import gt

import httpx
import pytest
from pytest_django import DjangoDbBlocker

from lotse.stream import queries
from tests.faults.check import check
from tests.support.host import Host
from tests.support.load import Load, under_load
from tests.support.postgres import Postgres
from tests.support.redis import OwnRedis
from tests.support.server import Server
from tests.support.visitor import beside
from tests.support.wire import RESPONSE_TIMEOUT

HELD = 30
"""Seconds for which PostgreSQL keeps locks of who has gone (settings.py)."""


@pytest.fixture
def host() -> Iterator[Host]:
    host = Host().start()
    yield host
    host.remove()


@pytest.fixture
def server(host: Host, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    postgres = Postgres(host).start()
    server = Server(tmp_path_factory.mktemp("data"), postgres.create("lotse"))
    try:
        server.manage("migrate", "--verbosity", "0")
        yield server.start()
    finally:
        server.stop()
        postgres.remove()


@pytest.fixture
def redis(host: Host) -> Iterator[OwnRedis]:
    redis = OwnRedis(host).start()
    yield redis
    redis.kill()


@pytest.mark.long
@pytest.mark.timeout(300)
def test_who_waits_for_a_vanished_postgres_is_told(
    host: Host, server: Server, django_db_blocker: DjangoDbBlocker
) -> None:
    with beside(server, django_db_blocker), under_load(server) as load:
        load.wait_until(lambda: all(one.numbers for one in load.outboxes), 30)
        host.vanish()
        began = time.monotonic()
        load.wait_until(lambda: all(one.troubles for one in load.outboxes), RESPONSE_TIMEOUT)
        told = time.monotonic() - began
        ready = httpx.get(f"{server.url}/readyz", timeout=RESPONSE_TIMEOUT)
        host.come_back()
        began, before = time.monotonic(), _acknowledged(load)
        load.wait_until(lambda: all(map(gt, _acknowledged(load), before)), HELD + 10)
        recovered = time.monotonic() - began
        load.finish()
        messages = check(load)
    assert set(load.troubles) == {"503 unavailable"}
    assert ready.json()["lacking"] == ["database"]
    print(f"told after {told:.0f} s, all posting {recovered:.1f} s after: {messages} messages")


@pytest.mark.long
@pytest.mark.timeout(300)
def test_without_a_vanished_redis_news_come_by_looking(
    host: Host, two_hosts: tuple[Server, Server], django_db_blocker: DjangoDbBlocker
) -> None:
    first, second = two_hosts
    with beside(first, django_db_blocker), under_load(first, reading=second) as load:
        load.wait_until(lambda: all(one.numbers for one in load.outboxes), 30)
        host.vanish()
        longest = max(_delay(load) for _ in range(5))
        host.come_back()
        load.finish()
        messages = check(load)
    assert not load.troubles
    assert longest < 5
    print(f"Redis vanished, news after {longest:.1f} s at most: {messages} messages")


def _delay(load: Load) -> float:
    """Seconds until everybody has what is there now."""
    last = dict(queries.newest([one.person for one in load.readers]))
    began = time.monotonic()
    load.wait_until(lambda: all(one.cursor >= last[one.person] for one in load.readers), 30)
    took = time.monotonic() - began
    time.sleep(1)
    return took


def _acknowledged(load: Load) -> list[int]:
    return [len(one.numbers) for one in load.outboxes]
