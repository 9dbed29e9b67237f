"""Who runs the jobs: `lotse serve` itself, or `lotse worker` beside it."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pytest_django import DjangoDbBlocker

from lotse.accounts.jobs import prune_sessions
from lotse.jobs.models import Job
from tests.jobs.place import Place
from tests.jobs.room.jobs import write
from tests.support.postgres import free_port
from tests.support.server import Server
from tests.support.visitor import beside
from tests.support.worker import Worker, run_now, until


@pytest.fixture
def server(migrated: Path, tmp_path: Path) -> Iterator[Server]:
    shutil.copy(migrated, tmp_path / "lotse.sqlite3")
    server = Server(tmp_path, DJANGO_SETTINGS_MODULE="tests.jobs.settings")
    yield server
    server.stop()


def test_a_server_that_ends_finishes_its_job(
    server: Server, django_db_blocker: DjangoDbBlocker
) -> None:
    place = Place(server)
    server.start()
    with beside(server, django_db_blocker):
        write.enqueue("begun", seconds=2)
        until(place.has("begin", "begun"))
        server.stop()
        assert place.notes("end", "begun")
        assert not Job.objects.filter(recurs=False).exists()


def test_a_server_may_leave_jobs_to_workers(
    server: Server, django_db_blocker: DjangoDbBlocker
) -> None:
    server.environment["LOTSE_JOBS"] = "no"
    server.start()
    with beside(server, django_db_blocker):
        time.sleep(3)
        assert not Job.objects.exists()
        assert "Nobody runs the jobs" in server.manage("doctor", check=False)
        port = free_port()
        worker = Worker(server, "--metrics", str(port))
        run_now(prune_sessions)
        told = httpx.get(f"http://127.0.0.1:{port}/metrics").text
        name = "lotse.accounts.jobs.prune_sessions"
        assert f'lotse_job_seconds_count{{job="{name}",outcome="done"}} 2.0' in told
        assert worker.stop() == 0


def test_a_worker_refuses_a_database_that_is_behind(tmp_path: Path) -> None:
    assert "run `lotse migrate`" in Server(tmp_path).manage("worker", check=False)
