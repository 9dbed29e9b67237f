"""The server is killed in the middle, again and again: nothing is lost, nothing comes twice."""

import random
import signal
import time

import pytest
from pytest_django import DjangoDbBlocker

from tests.faults.check import check
from tests.support.load import under_load
from tests.support.server import Server
from tests.support.visitor import beside


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("kills", [3, pytest.param(50, marks=pytest.mark.long)])
def test_the_server_is_killed(
    any_server: Server, django_db_blocker: DjangoDbBlocker, kills: int
) -> None:
    with beside(any_server, django_db_blocker), under_load(any_server) as load:
        for reader in load.readers:
            reader.restless = 0.01
        for _ in range(kills):
            time.sleep(random.uniform(0.1, 3))  # noqa: S311
            any_server.stop(signal.SIGKILL)
            any_server.start()
        load.finish()
        messages = check(load)
        assert not any(reader.reloads for reader in load.readers)
    assert set(load.troubles) <= {"broken", "503 unavailable"}
    assert load.troubles["broken"] >= kills
    print(f"{kills} kills: {messages} messages, {dict(load.troubles)}")
