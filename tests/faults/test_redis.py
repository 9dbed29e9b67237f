"""Redis is killed and comes back while two hosts share the load: nobody who posts notices."""

import time

import pytest
from pytest_django import DjangoDbBlocker

from tests.faults.check import check
from tests.support.load import under_load
from tests.support.redis import OwnRedis
from tests.support.server import Server
from tests.support.visitor import beside


@pytest.mark.timeout(900)
@pytest.mark.parametrize("kills", [2, pytest.param(20, marks=pytest.mark.long)])
def test_redis_is_killed_and_comes_back(
    two_hosts: tuple[Server, Server],
    redis: OwnRedis,
    django_db_blocker: DjangoDbBlocker,
    kills: int,
) -> None:
    first, second = two_hosts
    with beside(first, django_db_blocker), under_load(first, reading=second) as load:
        for _ in range(kills):
            time.sleep(2)
            redis.kill()
            time.sleep(4)
            redis.start()
        load.finish()
        messages = check(load)
        assert {reader.connects for reader in load.readers} == {1}
    assert not load.troubles
    print(f"{kills} kills of Redis: {messages} messages")
