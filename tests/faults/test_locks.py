"""A host hangs in the middle of a transaction: it holds up one mailbox for a while, nobody else."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from pytest_django import DjangoDbBlocker

from tests.faults.check import check
from tests.support.load import under_load
from tests.support.server import ROOT, Server
from tests.support.visitor import beside

HOLD = """
import time
from django.db import transaction
from lotse.stream.models import Mailbox
with transaction.atomic():
    Mailbox.objects.select_for_update().get(person="{}")
    print("held", flush=True)
    time.sleep(600)
"""


@contextmanager
def hung(server: Server, person: UUID) -> Iterator[None]:
    """A process that says nothing any more, but whose connection stays."""
    command = [sys.executable, "-m", "lotse.cli", "shell", "-v0", "-c", HOLD.format(person)]
    process = subprocess.Popen(
        command, env=server.environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        process.kill()
        process.wait(10)


def test_who_hangs_holds_up_no_others(
    new_postgres_server: Callable[..., Server], django_db_blocker: DjangoDbBlocker
) -> None:
    server = new_postgres_server()
    with beside(server, django_db_blocker), under_load(server, pairs=4) as load:
        held, _, *others = load.outboxes
        load.wait_until(lambda: all(one.numbers for one in load.outboxes), 30)
        with hung(server, held.person):
            began = time.monotonic()
            waiting = len(held.numbers)
            load.wait_until(lambda: len(held.numbers) > waiting + 1, 60)
        took = time.monotonic() - began
        load.finish()
        messages = check(load)
    longest = max(seconds for one in others for at, seconds in one.delays if at > began - 1)
    assert longest < 12
    assert took < 45
    assert set(load.troubles) <= {"503 unavailable"}
    server.stop()
    print(f"one mailbox held: {took:.0f} s, the others waited {longest:.1f} s, {messages} messages")
