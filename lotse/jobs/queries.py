"""The state of the jobs, for metrics and for `lotse doctor`."""

from datetime import timedelta

from django.db.models import Count, Min, QuerySet
from django.utils import timezone

from lotse.core import metrics
from lotse.jobs.models import Job


def failed() -> "QuerySet[Job]":
    """Kept until somebody retries or deletes them. Recurring jobs run again at their next time."""
    return Job.objects.filter(failed_at__isnull=False)


def failures() -> list[tuple[str, str, int]]:
    """Name, error and count."""
    counted = failed().values_list("name", "error").annotate(count=Count("pk"))
    return list(counted.order_by("name", "error"))


def waiting() -> tuple[int, timedelta]:
    """How many jobs are due, and for how long the oldest one has been."""
    now = timezone.now()
    due = Job.objects.filter(due_at__lte=now).aggregate(count=Count("pk"), since=Min("due_at"))
    return due["count"], now - (due["since"] or now)


def has_begun() -> bool:
    """Whether any worker has ever run on this database."""
    return Job.objects.filter(recurs=True).exists()


def measure() -> None:
    count, wait = waiting()
    metrics.JOBS_WAITING.set(count)
    metrics.JOBS_WAIT.set(wait.total_seconds())
    metrics.JOBS_FAILED.set(failed().count())
