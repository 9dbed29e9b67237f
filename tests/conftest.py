"""Fixtures for all tests: real databases, real server processes, a real browser."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.apps import apps
from playwright.sync_api import Browser, sync_playwright
from pytest_django import DjangoDbBlocker

from lotse.accounts import counters
from tests.support import chromium, inside, order
from tests.support.database import switched
from tests.support.postgres import Postgres
from tests.support.s3 import OwnS3
from tests.support.server import Server

# Playwright's loop runs in this thread, so Django would refuse to use the database in it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    order.arrange(items)


def pytest_xdist_auto_num_workers() -> int:
    """One more than the cores, as tests often wait, and at most four."""
    return min(4, len(os.sched_getaffinity(0)) + 1)


@pytest.fixture(scope="session", autouse=True)
def _unblocking(django_db_blocker: DjangoDbBlocker) -> None:
    inside.blockers[:] = [django_db_blocker]


@pytest.fixture(scope="session")
def django_db_setup(
    migrated: Path, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Replaces pytest-django's fixture, which migrates again in each run."""
    copy = shutil.copy(migrated, tmp_path_factory.mktemp("here") / "lotse.sqlite3")
    with django_db_blocker.unblock(), switched(f"sqlite:///{copy}"):
        yield


@pytest.fixture(autouse=True)
def no_attempt_is_remembered() -> Iterator[None]:
    """Forgets the sign-in attempts that this process has counted."""
    yield
    counters.counter.cache_clear()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    cluster = Postgres().start()
    yield cluster
    cluster.remove()


@pytest.fixture(scope="session")
def s3() -> Iterator[OwnS3]:
    store = OwnS3().start()
    yield store
    store.remove()


@pytest.fixture(scope="session")
def migrated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty, migrated SQLite database to copy: migrating takes longer than most tests."""
    kept = _kept(request, "lotse.sqlite3")
    with _by_one_process(kept) as missing:
        if missing:
            data = tmp_path_factory.mktemp("migrated")
            Server(data).manage("migrate", "--verbosity", "0")
            shutil.copy(data / "lotse.sqlite3", kept.with_suffix(".new"))
            kept.with_suffix(".new").replace(kept)
    return kept


@pytest.fixture(scope="session")
def migrated_postgres(
    request: pytest.FixtureRequest, postgres: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> str:
    kept = _kept(request, "lotse.sql")
    address = postgres.create("migrated")
    with _by_one_process(kept) as missing:
        if missing:
            data = tmp_path_factory.mktemp("migrated-postgres")
            Server(data, address).manage("migrate", "--verbosity", "0")
            postgres.dump("migrated", kept)
    if not missing:
        postgres.load("migrated", kept)
    return "migrated"


def _kept(request: pytest.FixtureRequest, name: str) -> Path:
    """A file that is kept between runs until a migration changes."""
    digest = hashlib.sha256()
    for app in sorted(apps.get_app_configs(), key=lambda app: app.name):
        for migration in sorted(Path(app.path).glob("migrations/*.py")):
            digest.update(migration.read_bytes())
    return request.config.cache.mkdir(f"migrated-{digest.hexdigest()[:16]}") / name


@contextmanager
def _by_one_process(kept: Path) -> Iterator[bool]:
    """Whether `kept` is missing. Other processes wait until this one has made it."""
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield not kept.exists()


@pytest.fixture(scope="session")
def new_server(
    migrated: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Server]]:
    """Starts servers on SQLite, each with an empty database. They end with the tests."""
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
def server(new_server: Callable[..., Server]) -> Iterator[Server]:
    """A new server on SQLite for each test module."""
    server = new_server()
    yield server
    server.stop()


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def any_server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A new server for each test module, on both kinds of database."""
    name = "new_server" if request.param == "sqlite" else "new_postgres_server"
    make: Callable[..., Server] = request.getfixturevalue(name)
    server = make()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.PATH, args=chromium.ARGUMENTS, headless=True
        )
        yield browser
        browser.close()
