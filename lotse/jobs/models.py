"""Jobs in the database, so that none is lost: claimed, renewed, done, tried again, failed."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils import timezone

LEASE = timedelta(seconds=60)
"""How long a worker has a job without renewing; then its next attempt is another's."""
LEAVING = timedelta(seconds=5)
"""What a worker needs at most to be gone, once it has handed back."""
PAUSES = [timedelta(seconds=10)] + [timedelta(minutes=m) for m in (1, 5, 30, 120, 480)]
"""Before the second attempt, the third and so on; one more than pauses are made."""

ERROR = 100


class Job(models.Model):
    """Deleted when it is done. What recurs has one row for ever, which is due again instead.

    `due_at` is in the future also while a worker has the job, so whoever asks for what is due
    finds what a killed worker left behind. It is None where nobody will try again.
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
        """The job that is due for longest, ours for a LEASE; None where nothing is due."""
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
        """Whoever made the last attempt did not live to tell: the job may be what kills."""
        return self.attempts > len(PAUSES) + 1

    def renew(self) -> bool:
        """False where the job is no longer ours."""
        return self._change(due_at=timezone.now() + LEASE)

    def hand_back(self) -> None:
        """Unfinished, and through no fault of its own."""
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
            # What recurs more often than that need not wait for so long.
            self._change(due_at=min(again_at, next_at or again_at), error=error)

    def _change(self, due_at: datetime | None, **values: Any) -> bool:
        changed = self._ours().update(due_at=due_at, **values) == 1
        if changed:
            self.due_at = due_at
        return changed

    def _ours(self) -> "QuerySet[Job]":
        # Whoever claims or renews changes `due_at`: as long as it is what we saw or wrote, nobody
        # has come in between. A worker that slept through its lease writes nothing.
        return Job.objects.filter(pk=self.pk, due_at=self.due_at)
