"""What `lotse doctor` finds, on a real installation."""

import os
import shutil
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from lotse.jobs.models import Job
from lotse.operate.archive import WORKING
from lotse.operate.doctor import MAX_BACKUP_SECONDS
from tests.support.installation import faults
from tests.support.server import Server
from tests.support.visitor import beside


@pytest.fixture
def server(migrated: Path, tmp_path: Path) -> Server:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    shutil.copy(migrated, folder / "lotse.sqlite3")
    return Server(folder)


def doctor(server: Server) -> str:
    return server.manage("doctor", check=False)


def test_all_is_well(server: Server) -> None:
    server.start()
    told = doctor(server)
    server.stop()
    parts = ("settings", "data folder", "disk", "database", "files", "jobs", "Redis", "site")
    assert [line.split(maxsplit=1) for line in told.splitlines()] == [["ok", p] for p in parts]


def test_what_is_wrong_is_said_with_what_to_do(
    server: Server, django_db_blocker: DjangoDbBlocker
) -> None:
    server.data.chmod(0o755)
    for name, age in (("old", 2 * MAX_BACKUP_SECONDS), ("new", 0)):
        working = server.data / f"{WORKING}{name}"
        working.mkdir()
        os.utime(working, (time.time() - age,) * 2)
    server.environment["LOTSE_REDIS"] = "redis://127.0.0.1:1/0"
    server.environment["LOTSE_S3_BUCKET"] = "only-this"
    with beside(server, django_db_blocker):
        long_ago = timezone.now() - timedelta(minutes=50)
        Job.objects.create(name="here.late", due_at=long_ago)
        for _ in range(2):
            Job.objects.create(name="here.broken", due_at=None, failed_at=long_ago, error="OSError")
    told = doctor(server)
    for said in (
        "chmod 700",
        f"left {WORKING}old/: delete it",
        "2 × here.broken failed (OSError): see the log, then `lotse jobs --retry`",
        "one job has waited 50 minutes",
        "LOTSE_REDIS does not answer",
        "LOTSE_S3_ENDPOINT is missing",
        "is the server running",
    ):
        assert said in told
    assert f"{WORKING}new" not in told
    assert "7 thing(s) to do" in told


def test_a_damaged_file_is_noticed(server: Server, django_db_blocker: DjangoDbBlocker) -> None:
    database = server.data / "lotse.sqlite3"
    content = bytearray(database.read_bytes())
    content[8192:40960] = b"\x7f" * (40960 - 8192)
    database.write_bytes(content)
    told = faults(server)
    assert "restore the last backup" in told or "does not answer" in told
