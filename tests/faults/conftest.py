from collections.abc import Callable, Iterator

import pytest

from tests.support.postgres import Postgres
from tests.support.redis import OwnRedis
from tests.support.server import Server


@pytest.fixture
def redis() -> Iterator[OwnRedis]:
    redis = OwnRedis().start()
    yield redis
    redis.kill()


@pytest.fixture
def two_processes(shared: Callable[[], Server]) -> Server:
    server = shared()
    server.options = ["--workers", "2"]
    return server.start()


@pytest.fixture
def two_hosts(shared: Callable[[], Server]) -> tuple[Server, Server]:
    return shared().start(), shared().start()


@pytest.fixture
def shared(
    redis: OwnRedis,
    postgres: Postgres,
    migrated_postgres: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[], Server]]:
    """Makes servers on one database and one Redis."""
    folder = tmp_path_factory.mktemp("shared")
    address = postgres.create(folder.name, migrated_postgres)
    made: list[Server] = []

    def make() -> Server:
        made.append(Server(tmp_path_factory.mktemp("data"), address, LOTSE_REDIS=redis.address))
        return made[-1]

    yield make
    for server in made:
        server.stop()
