"""What every test may use: real databases, real server processes, a real browser."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.support import chromium
from tests.support.postgres import Postgres
from tests.support.server import Server

# Playwright's synchronous interface runs a loop in this thread; Django would take it for its own.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    cluster = Postgres().start()
    yield cluster
    cluster.remove()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty, migrated SQLite database to copy: migrating takes longer than most tests."""
    data = tmp_path_factory.mktemp("migrated")
    Server(data).manage("migrate", "--verbosity", "0")
    return data / "lotse.sqlite3"


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> str:
    data = tmp_path_factory.mktemp("migrated-postgres")
    Server(data, postgres.create("migrated")).manage("migrate", "--verbosity", "0")
    return "migrated"


@pytest.fixture(scope="session")
def new_server(
    migrated: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Server]]:
    """Makes servers on SQLite, each with an empty database; they end with the tests."""
    made: list[Server] = []

    def make(**extra: str) -> Server:
        data = tmp_path_factory.mktemp("data")
        shutil.copy(migrated, data / "lotse.sqlite3")
        made.append(Server(data, **extra))
        return made[-1].start()

    yield make
    for server in made:
        server.stop()


@pytest.fixture(scope="session")
def new_postgres_server(
    postgres: Postgres, migrated_postgres: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Server]]:
    made: list[Server] = []

    def make(**extra: str) -> Server:
        address = postgres.create(f"lotse_{len(made)}", migrated_postgres)
        made.append(Server(tmp_path_factory.mktemp("data"), address, **extra))
        return made[-1].start()

    yield make
    for server in made:
        server.stop()


@pytest.fixture(scope="module")
def server(new_server: Callable[..., Server]) -> Server:
    """One fresh server a test module, on SQLite."""
    return new_server()


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def any_server(request: pytest.FixtureRequest) -> Server:
    """One fresh server a test module and database."""
    name = "new_server" if request.param == "sqlite" else "new_postgres_server"
    make: Callable[..., Server] = request.getfixturevalue(name)
    return make()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.PATH, args=chromium.ARGUMENTS, headless=True
        )
        yield browser
        browser.close()
