"""One attempt at a job, in its own thread with its own database connections."""

import logging
import threading
from time import monotonic

from django.db import connections

from lotse.core import metrics
from lotse.jobs import registry
from lotse.jobs.models import ERROR, Job

log = logging.getLogger(__name__)


class Attempt(threading.Thread):
    def __init__(self, job: Job) -> None:
        # Python cannot end a thread. A daemon thread does not keep the process from ending.
        super().__init__(name="job", daemon=True)
        self._job, self._task = job, registry.named(job.name)
        self._error = "unfinished"

    def run(self) -> None:
        began = monotonic()
        try:
            self._work()
            self._error = ""
        except Exception as error:
            log.exception("job %s failed, attempt %s", self._job.name, self._job.attempts)
            self._error = type(error).__qualname__[:ERROR]
        finally:
            connections.close_all()
        outcome = "failed" if self._error else "done"
        metrics.JOB.labels(self._job.name, outcome).observe(monotonic() - began)

    def _work(self) -> None:
        if self._job.attempts_exhausted:
            raise WorkerEnded
        if self._task is None:
            raise LookupError(self._job.name)
        positional, named = self._job.arguments or ([], {})
        self._task.work(*positional, **named)

    def record(self) -> None:
        """Call this once, after the thread has ended."""
        next_at = self._task.next_at() if self._task else None
        if self._error:
            self._job.failed(self._error, next_at)
        else:
            self._job.done(next_at)


class WorkerEnded(Exception):
    """The worker ended in the middle of this job each time: the job may be what kills it."""
