from collections.abc import Iterator
from pathlib import Path

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
def two_processes(
    redis: OwnRedis, postgres: Postgres, migrated_postgres: str, tmp_path: Path
) -> Iterator[Server]:
    address = postgres.create(tmp_path.name, migrated_postgres)
    server = Server(tmp_path, address, LOTSE_REDIS=redis.address)
    server.options = ["--workers", "2"]
    yield server.start()
    server.stop()
