"""Jobs that write a line as they begin and one as they end."""

import os
import time
from datetime import timedelta

from lotse import env
from lotse.jobs import models, worker
from lotse.jobs.registry import every, job

LEASE = 8.0
STOP_TIMEOUT = 4.0

if os.environ.get("DJANGO_SETTINGS_MODULE") == "tests.jobs.settings":
    worker.SCHEDULE_INTERVAL = 2.0
    worker.STOP_TIMEOUT = STOP_TIMEOUT
    models.LEASE = timedelta(seconds=LEASE)
    models.PAUSES[:] = [timedelta(seconds=seconds) for seconds in (0.2, 0.4, 0.8)]


def note(*words: object) -> None:
    line = " ".join(str(word) for word in (time.time(), os.getpid(), *words)) + "\n"
    # One write to a file that is appended to: lines of several processes do not mix.
    with (env.DATA / "notes").open("a") as file:
        file.write(line)


@job
def write(text: str, *, seconds: float = 0) -> None:
    note("begin", text)
    time.sleep(seconds)
    note("end", text)


@job
def fail(text: str) -> None:
    note("begin", text)
    raise RuntimeError(text)


@job
def kill(text: str) -> None:
    note("begin", text)
    os._exit(9)


@every(days=1)
def daily() -> None:
    note("begin", "daily")
    time.sleep(0.5)
    note("end", "daily")
