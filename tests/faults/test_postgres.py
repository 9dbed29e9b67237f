"""PostgreSQL goes and comes back under load: whoever posts meanwhile is told to come again."""

import time
from collections.abc import Callable

import pytest
from pytest_django import DjangoDbBlocker

from tests.faults.check import check
from tests.support.load import under_load
from tests.support.postgres import Postgres
from tests.support.server import Server
from tests.support.visitor import beside


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("mode", ["fast", "immediate"])
@pytest.mark.parametrize("restarts", [2, pytest.param(20, marks=pytest.mark.long)])
def test_postgres_is_restarted(
    new_postgres_server: Callable[..., Server],
    postgres: Postgres,
    django_db_blocker: DjangoDbBlocker,
    mode: str,
    restarts: int,
) -> None:
    server = new_postgres_server()
    with beside(server, django_db_blocker), under_load(server) as load:
        for _ in range(restarts):
            time.sleep(1.5)
            postgres.stop(mode)
            time.sleep(0.5)
            postgres.boot()
        load.finish()
        messages = check(load)
    server.stop()
    assert set(load.troubles) == {"503 unavailable"}
    print(f"{restarts} restarts, {mode}: {messages} messages, {dict(load.troubles)}")
