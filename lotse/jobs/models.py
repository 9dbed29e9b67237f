"""Jobs in the database, so that none is lost: claimed, renewed, done, retried, failed."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils import timezone

LEASE = timedelta(seconds=60)
"""How long a worker keeps a job without renewing it. After that another worker may claim it."""
LEAVING = timedelta(seconds=5)
"""The longest time between handing a job back and the end of the worker."""
PAUSES = [timedelta(seconds=10)] + [timedelta(minutes=m) for m in (1, 5, 30, 120, 480)]
"""Pauses before the second attempt, the third and so on. There is one attempt more than pauses."""

ERROR = 100


class Job(models.Model):
    """The row of a job that is done is deleted. A recurring job keeps its row, which becomes due.

    While a worker has the job, `due_at` is in the future: it is when the lease ends. A query for
    due jobs therefore also finds those of killed workers. It is None if nobody will try again.
    """

    name = models.CharField(max_length=100)
    arguments = models.JSONField(default=list)
    recurs = models.BooleanField(default=False)
    due_at = models.DateTimeField(null=True, default=timezone.now, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=ERROR, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=Q(recurs=True), name="one_row_for_what_recurs"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def claim(cls) -> "Job | None":
        """Claims the job that has been due longest, for one LEASE. None if no job is due."""
        while job := cls.objects.filter(due_at__lte=timezone.now()).order_by("due_at").first():
            until = timezone.now() + LEASE
            if job._change(due_at=until, attempts=F("attempts") + 1):
                job.attempts += 1
                return job
        return None

    @property
    def was_last_attempt(self) -> bool:
        return self.attempts > len(PAUSES)

    @property
    def attempts_exhausted(self) -> bool:
        """The worker of the last attempt ended without a result: the job may be what kills it."""
        return self.attempts > len(PAUSES) + 1

    def renew(self) -> bool:
        """False if another worker has claimed the job."""
        return self._change(due_at=timezone.now() + LEASE)

    def hand_back(self) -> None:
        """Returns an unfinished job whose worker has to stop. This does not count as an attempt."""
        self._change(due_at=timezone.now() + LEAVING, attempts=F("attempts") - 1)

    def done(self, next_at: datetime | None) -> None:
        if next_at:
            self._change(due_at=next_at, attempts=0, failed_at=None, error="")
        else:
            self._ours().delete()

    def failed(self, error: str, next_at: datetime | None) -> None:
        if self.was_last_attempt:
            self._change(due_at=next_at, attempts=0, failed_at=timezone.now(), error=error)
        else:
            again_at = timezone.now() + PAUSES[self.attempts - 1]
            # A job that recurs sooner than that pause does not wait for it.
            self._change(due_at=min(again_at, next_at or again_at), error=error)

    def _change(self, due_at: datetime | None, **values: Any) -> bool:
        changed = self._ours().update(due_at=due_at, **values) == 1
        if changed:
            self.due_at = due_at
        return changed

    def _ours(self) -> "QuerySet[Job]":
        # Claiming and renewing change `due_at`. If it still has the value that we last read or
        # wrote, the job is ours. A worker that overslept its lease changes nothing.
        return Job.objects.filter(pk=self.pk, due_at=self.due_at)
