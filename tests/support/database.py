"""This process on another database, in all its threads: SQLite and PostgreSQL alike."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dj_database_url
import pytest
from django.conf import settings
from django.db import connections
from pytest_django import DjangoDbBlocker

from lotse.core import asgi_helpers
from tests.support.postgres import Postgres

SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}


@contextmanager
def switched(address: str) -> Iterator[None]:
    before = connections.settings["default"]
    _use(_configured(address))
    try:
        yield
    finally:
        _use(before)


def _configured(address: str) -> dict[str, Any]:
    database: dict[str, Any] = dict(dj_database_url.parse(address, conn_max_age=600))
    if "sqlite" in database["ENGINE"]:
        database["OPTIONS"] = SQLITE
    configured: dict[str, Any] = connections.configure_settings({"default": database})["default"]
    return configured


def _use(database: dict[str, Any]) -> None:
    connections["default"].close()
    connections.settings["default"] = database
    del connections["default"]
    # The threads of live routes keep their connection; new ones open another.
    for name, threads in (("_threads", 4), ("_writer", 1)):
        getattr(asgi_helpers, name).shutdown()
        setattr(asgi_helpers, name, ThreadPoolExecutor(threads))


def closing_connections(work: Any) -> Any:
    """For threads of the tests: Django closes what a request opened, not what a thread did."""

    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return work(*args, **kwargs)
        finally:
            connections.close_all()

    return run


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def any_database(
    request: pytest.FixtureRequest,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """A fresh database a test module, on each of the two; its name."""
    folder = tmp_path_factory.mktemp("database")
    if request.param == "sqlite":
        migrated: Path = request.getfixturevalue("migrated")
        shutil.copy(migrated, folder / "lotse.sqlite3")
        address = f"sqlite:///{folder / 'lotse.sqlite3'}"
    else:
        postgres: Postgres = request.getfixturevalue("postgres")
        template: str = request.getfixturevalue("migrated_postgres")
        address = postgres.create(f"here_{folder.name}", template)
    blobs, settings.BLOBS = settings.BLOBS, folder / "blobs"
    with django_db_blocker.unblock(), switched(address):
        yield str(request.param)
    settings.BLOBS = blobs
