"""A real `lotse worker` for tests, and functions that wait for its work."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from lotse.jobs.models import Job
from lotse.jobs.registry import Task
from tests.support.server import ROOT, Server


class Worker:
    """Uses the data and settings of a server, which need not run."""

    def __init__(self, server: Server, *options: str) -> None:
        self.log = server.data / "worker.log"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "lotse.cli", "worker", *options],
                env=server.environment,
                cwd=ROOT,
                stdout=log,
                stderr=log,
            )

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """The exit code."""
        self.process.send_signal(how)
        return self.process.wait(30)


def until(happened: Callable[[], object], timeout: float = 120) -> None:
    deadline = time.monotonic() + timeout
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def run_now(task: Task[Any]) -> None:
    """Waits until a running worker has done a recurring task in this process's database."""
    row = Job.objects.filter(name=task.name)
    until(lambda: row.filter(due_at__gt=timezone.now(), attempts=0).exists())
    row.update(due_at=timezone.now())
    until(lambda: row.filter(due_at__gt=timezone.now(), attempts=0).exists())
