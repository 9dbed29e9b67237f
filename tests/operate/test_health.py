"""How a running server tells that it is well."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from lotse.accounts.jobs import prune_sessions
from lotse.jobs.models import Job
from tests.support.postgres import Postgres
from tests.support.server import Server
from tests.support.visitor import beside
from tests.support.worker import run_now

KEY = "only-for-tests"


@pytest.fixture(scope="module")
def server(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("health")
    shutil.copy(migrated, folder / "lotse.sqlite3")
    server = Server(folder, LOTSE_METRICS_KEY=KEY).start()
    yield server
    server.stop()


def test_alive_and_ready(server: Server) -> None:
    assert httpx.get(f"{server.url}/healthz").json() == {"alive": True}
    answer = httpx.get(f"{server.url}/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "lacking": []})


def test_a_database_that_is_away_is_named(
    new_postgres_server: Callable[..., Server], postgres: Postgres
) -> None:
    server = new_postgres_server()
    name = server.environment["LOTSE_DATABASE"].rsplit("/", 1)[1]
    postgres.sql(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
    connections = f"pg_stat_activity WHERE datname = '{name}'"
    postgres.sql(f"SELECT pg_terminate_backend(pid) FROM {connections}")  # noqa: S608
    answer = httpx.get(f"{server.url}/readyz", timeout=30)
    assert (answer.status_code, answer.json()["lacking"]) == (503, ["database"])
    assert httpx.get(f"{server.url}/healthz").status_code == 200
    postgres.sql(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    answers = [httpx.get(f"{server.url}/readyz").status_code for _ in range(8)]
    assert answers[-1] == 200


def test_measures_are_for_whoever_has_the_key(server: Server) -> None:
    for headers in ({}, {"Authorization": "Bearer other"}, {"Authorization": KEY}):
        assert httpx.get(f"{server.url}/metrics", headers=headers).status_code == 404
    headers = {"Authorization": f"Bearer {KEY}"}
    told = httpx.get(f"{server.url}/metrics", headers=headers).text
    for name in ("lotse_posts_waiting", "lotse_commit_seconds_bucket", "lotse_streams"):
        assert f"\n{name}" in told


def test_measures_of_jobs(server: Server, django_db_blocker: DjangoDbBlocker) -> None:
    with beside(server, django_db_blocker):
        run_now(prune_sessions)
        Job.objects.create(name="x", due_at=None, failed_at=timezone.now())
    headers = {"Authorization": f"Bearer {KEY}"}
    told = httpx.get(f"{server.url}/metrics", headers=headers).text
    for line in (
        "lotse_jobs_waiting 0.0",
        "lotse_jobs_wait_seconds 0.0",
        "lotse_jobs_failed 1.0",
        'lotse_job_seconds_count{job="lotse.accounts.jobs.prune_sessions",outcome="done"} 2.0',
    ):
        assert f"\n{line}\n" in told


def test_only_reading(server: Server) -> None:
    assert httpx.post(f"{server.url}/healthz").status_code == 405
