"""Law: requests leave no connection behind, or PostgreSQL would soon take no more."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connections
from pytest_django import DjangoDbBlocker

from tests.support.server import Server
from tests.support.visitor import beside, visitor

OPEN = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"


def test_requests_leave_no_connection(
    new_postgres_server: Callable[..., Server], django_db_blocker: DjangoDbBlocker
) -> None:
    server = new_postgres_server()
    client = visitor(server)

    def ask(number: int) -> int:
        return client.post("/api/prelogin", json={"nickname": f"n{number}"}).status_code

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(ask, range(150))) == {200}
    with beside(server, django_db_blocker), connections["default"].cursor() as cursor:
        cursor.execute(OPEN)
        assert cursor.fetchone()[0] <= 10
