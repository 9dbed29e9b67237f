"""Several processes are measured as one."""

import json
import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest
from pytest_django import DjangoDbBlocker

from tests.conversations.world import make_centre, make_person, message_body, opened
from tests.support.redis import OwnRedis
from tests.support.server import Server
from tests.support.visitor import beside, visitor

KEY = "only-for-tests"


@pytest.fixture
def server(migrated: Path, tmp_path: Path) -> Iterator[Server]:
    redis = OwnRedis().start()
    shutil.copy(migrated, tmp_path / "lotse.sqlite3")
    (tmp_path / "tmp").mkdir()
    server = Server(
        tmp_path,
        LOTSE_REDIS=redis.address,
        LOTSE_METRICS_KEY=KEY,
        TMPDIR=str(tmp_path / "tmp"),
    )
    server.options = ["--workers", "2"]
    server.start()
    yield server
    server.stop()
    redis.kill()


@contextmanager
def only(worker: int, among: list[int]) -> Iterator[None]:
    """What is asked for meanwhile comes to this worker."""
    others = [one for one in among if one != worker]
    for other in others:
        os.kill(other, signal.SIGSTOP)
    yield
    for other in others:
        os.kill(other, signal.SIGCONT)


def measured(server: Server, name: str) -> float:
    headers = {"Authorization": f"Bearer {KEY}", "Connection": "close"}
    told = httpx.get(f"{server.url}/metrics", headers=headers, timeout=20).text
    (line,) = (line for line in told.splitlines() if line.startswith(f"{name} "))
    return float(line.split()[1])


def test_all_count_together_and_a_killed_one_takes_its_streams_along(
    server: Server, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> None:
    with beside(server, django_db_blocker), ExitStack() as streams:
        client = make_person()
        path = f"/live/conversations/{opened(client, make_centre()).pk}/messages"
        first, second = workers = server.workers()
        for worker, count in ((first, 2), (second, 3)):
            with only(worker, workers):
                asking = visitor(server, client, headers={"Connection": "close"})
                for _ in range(count):
                    assert asking.post(path, json=message_body()).status_code == 201
                    listening = visitor(server, client)
                    stream = listening.stream("GET", "/live/events?after=0")
                    assert streams.enter_context(stream).status_code == 200
        # Whichever answers.
        assert {measured(server, "lotse_streams") for _ in range(10)} == {5}
        assert {measured(server, "lotse_commit_size_sum") for _ in range(10)} == {5}
        os.kill(second, signal.SIGKILL)
        deadline = time.monotonic() + 10
        while measured(server, "lotse_streams") != 2:
            assert time.monotonic() < deadline
        assert measured(server, "lotse_commit_size_sum") == 5
    server.stop()
    assert {"INFO"} == {json.loads(line)["level"] for line in server.log.read_text().splitlines()}
    assert not list((tmp_path / "tmp").iterdir())
