"""Runs due jobs, one after the other. Any number of workers may run on one database."""

import logging
import threading
from collections.abc import Callable
from math import inf
from time import monotonic
from typing import TypeVar

from django.db import DatabaseError, connection

from lotse.jobs import models, registry
from lotse.jobs.attempt import Attempt
from lotse.jobs.models import Job

POLL_INTERVAL = 1.0
"""Seconds between two looks at the database while no job is due."""
SCHEDULE_INTERVAL = 60.0
"""Seconds between two calls of `ensure_schedule`."""
ATTEMPT_POLL_INTERVAL = 0.5
"""Seconds between two looks at a running job."""
STOP_TIMEOUT = 10.0
"""Seconds that a running job may take to finish when the process has to end."""

log = logging.getLogger(__name__)

T = TypeVar("T")


class Worker(threading.Thread):
    def __init__(self) -> None:
        super().__init__(name="jobs", daemon=True)
        self._ending = threading.Event()
        registry.load()

    def end(self) -> None:
        """Returns when the running job is finished or handed back."""
        self._ending.set()
        self.join(STOP_TIMEOUT + 5)

    def run(self) -> None:
        schedule_at = -inf
        while not self._ending.is_set():
            if monotonic() > schedule_at:
                self._surely(registry.ensure_schedule)
                schedule_at = monotonic() + SCHEDULE_INTERVAL
            if job := self._surely(Job.claim):
                self._attend(job)
            else:
                self._ending.wait(POLL_INTERVAL)
        connection.close()

    def _attend(self, job: Job) -> None:
        attempt = Attempt(job)
        attempt.start()
        renew_at, give_up_at = monotonic() + _beat(), inf
        while attempt.is_alive():
            attempt.join(ATTEMPT_POLL_INTERVAL)
            if self._ending.is_set():
                give_up_at = min(give_up_at, monotonic() + STOP_TIMEOUT)
            if monotonic() > give_up_at:
                _try(job.hand_back)
                return
            if monotonic() > renew_at:
                _try(lambda: _renew(job))
                renew_at = monotonic() + _beat()
        # Even if the database was away meanwhile: until another worker claims the job, it is ours.
        self._surely(attempt.record)

    def _surely(self, work: Callable[[], T]) -> T | None:
        """Retries while the database is away. None if the process has to end meanwhile."""
        is_told = False
        while True:
            try:
                return work()
            except DatabaseError:
                connection.close()
                if not is_told:
                    log.exception("the database does not answer; jobs wait")
                is_told = True
            if self._ending.wait(POLL_INTERVAL):
                return None


def _try(work: Callable[[], object]) -> None:
    """If this fails, the lease runs out and another worker takes the job."""
    try:
        work()
    except DatabaseError:
        connection.close()


def _renew(job: Job) -> None:
    if not job.renew():
        # Python cannot end a thread: both run on, and only the other worker's result counts.
        log.warning("another worker has claimed job %s meanwhile: do the clocks agree?", job.name)


def _beat() -> float:
    return models.LEASE.total_seconds() / 4
