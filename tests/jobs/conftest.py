import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from lotse.core.identifiers import new_id
from tests.jobs.place import Place
from tests.support.database import any_database
from tests.support.postgres import Postgres
from tests.support.server import Server
from tests.support.visitor import beside

__all__ = ["any_database"]


@pytest.fixture(params=["sqlite", "postgres"])
def place(
    request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> Iterator[Place]:
    """Its workers end with the test; this process is on its database."""
    address = ""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated"), tmp_path / "lotse.sqlite3")
    else:
        postgres: Postgres = request.getfixturevalue("postgres")
        template = request.getfixturevalue("migrated_postgres")
        address = postgres.create(f"jobs_{new_id().hex[:12]}", template)
    server = Server(tmp_path, address, DJANGO_SETTINGS_MODULE="tests.jobs.settings")
    place = Place(server)
    with beside(server, django_db_blocker):
        yield place
    for worker in place.workers:
        if worker.process.poll() is None:
            worker.process.kill()
            worker.process.wait(10)
