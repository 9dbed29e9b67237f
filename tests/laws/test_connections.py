"""Law: requests share a few connections, come to them again, and wait for none for long."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import httpx
import psycopg
import pytest
from pytest_django import DjangoDbBlocker

from tests.conversations.world import make_person
from tests.support.postgres import Postgres
from tests.support.server import Server
from tests.support.visitor import beside, visitor

MOST = 10 + 5
"""Of one process: the views' pool, and what the threads of the live routes keep."""


@pytest.fixture(scope="module")
def server(new_postgres_server: Callable[..., Server]) -> Iterator[Server]:
    server = new_postgres_server()
    yield server
    server.stop()


def ask(server: Server, count: int, at_once: int = 8) -> list[int]:
    def one(number: int) -> int:
        answer = httpx.post(
            f"{server.url}/api/prelogin", json={"nickname": f"n{number}"}, timeout=60
        )
        return answer.status_code

    with ThreadPoolExecutor(at_once) as threads:
        return list(threads.map(one, range(count)))


def asked(server: Server, question: str) -> int:
    with psycopg.connect(server.environment["LOTSE_DATABASE"]) as connection:
        row = connection.execute(f"{question} WHERE datname = current_database()").fetchone()
    assert row
    return int(row[0])


def test_requests_share_connections(server: Server) -> None:
    assert set(ask(server, 150)) == {200}
    assert asked(server, "SELECT count(*) - 1 FROM pg_stat_activity") <= MOST
    # Sessions that there ever were, the start's and this one's among them.
    assert asked(server, "SELECT sessions FROM pg_stat_database") <= MOST + 5


def test_who_waits_too_long_is_told_so(server: Server) -> None:
    locked, done = Event(), Event()

    def lock() -> None:
        with psycopg.connect(server.environment["LOTSE_DATABASE"]) as connection:
            connection.execute("LOCK TABLE accounts_person")
            locked.set()
            done.wait(60)

    with ThreadPoolExecutor(1) as thread:
        thread.submit(lock)
        assert locked.wait(10)
        with ThreadPoolExecutor(1) as asking:
            answers = asking.submit(ask, server, 14, 14)
            time.sleep(8)
            done.set()
            told = answers.result()
    # On a busy machine fewer than ten come to a connection in time.
    assert set(told) == {200, 503}
    assert told.count(503) >= 4


def test_a_restart_of_postgresql_costs_no_answer(
    server: Server, postgres: Postgres, django_db_blocker: DjangoDbBlocker
) -> None:
    with beside(server, django_db_blocker):
        listening = visitor(server, make_person())
    assert set(ask(server, 40)) == {200}
    postgres.stop("fast")
    postgres.boot()
    assert set(ask(server, 40)) == {200}
    postgres.stop("fast")
    began = time.monotonic()
    assert set(ask(server, 8)) == {503}
    # The live routes' threads wait for none: all of them together answer at once.
    assert {listening.get("/live/events?after=0").status_code for _ in range(20)} == {503}
    assert time.monotonic() - began < 20
    time.sleep(8)
    postgres.boot()
    assert set(ask(server, 8)) == {200}
    live = [httpx.get(f"{server.url}/readyz").status_code for _ in range(8)]
    assert live[-4:] == [200] * 4


def test_connections_end_with_the_server(server: Server) -> None:
    assert set(ask(server, 8)) == {200}
    server.stop()
    time.sleep(1)
    assert asked(server, "SELECT count(*) - 1 FROM pg_stat_activity") == 0
