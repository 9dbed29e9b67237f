"""Moves all threads of this process to another database, on SQLite or PostgreSQL."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from pytest_django import DjangoDbBlocker

from lotse.core import asgi_helpers
from lotse.databases import aliases
from tests.support.postgres import Postgres


@contextmanager
def switched(address: str) -> Iterator[None]:
    before = {alias: connections.settings[alias] for alias in connections}
    _use(_configured(address))
    try:
        yield
    finally:
        _use(before)


def _configured(address: str) -> dict[str, Any]:
    """As in production, but without the pool, which would outlive its database."""
    databases = aliases(address)
    databases["default"]["OPTIONS"].pop("pool", None)
    databases["default"]["CONN_MAX_AGE"] = 600
    configured: dict[str, Any] = connections.configure_settings(databases)
    return configured


def _use(databases: dict[str, Any]) -> None:
    for alias, database in databases.items():
        connections[alias].close()
        connections.settings[alias] = database
        del connections[alias]
    # The threads of live routes keep their connections, so replace the threads.
    for name, count in (("_threads", 4), ("_writer", 1)):
        getattr(asgi_helpers, name).shutdown()
        setattr(asgi_helpers, name, asgi_helpers.live_threads(count, name))


def closing_connections(work: Any) -> Any:
    """Django closes the connections of requests, but not those of the tests' own threads."""

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
    """A new database for each test module, on both kinds; "sqlite" or "postgres"."""
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
