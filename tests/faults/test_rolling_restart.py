"""The processes of a service are replaced one after the other, and no request fails."""

import signal
import time
from pathlib import Path

from pytest_django import DjangoDbBlocker

from tests.faults.check import check
from tests.support.load import under_load
from tests.support.server import Server
from tests.support.visitor import beside


def test_a_rolling_restart_fails_no_request(
    two_processes: Server, django_db_blocker: DjangoDbBlocker
) -> None:
    server = two_processes
    with beside(server, django_db_blocker), under_load(server, pairs=1) as load:
        for outbox in load.outboxes:
            outbox.line.once = True
        before = workers(server)
        assert server.process
        server.process.send_signal(signal.SIGHUP)
        deadline = time.monotonic() + 120
        while workers(server) & before and time.monotonic() < deadline:
            time.sleep(0.2)
        assert not workers(server) & before
        assert len(workers(server)) == 2
        # A connection that is taken in the very moment of closing has to be made once more.
        assert load.troubles.total() <= 1
        load.finish()
        assert check(load) > 50


def workers(server: Server) -> set[str]:
    assert server.process
    pid = server.process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    # Beside them runs a helper of Python's own.
    return {one for one in children if "spawn_main" in Path(f"/proc/{one}/cmdline").read_text()}
