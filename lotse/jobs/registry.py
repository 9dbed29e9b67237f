"""Registers functions to run later: `@job` and `@every(…)` in a room's `jobs.py`.

A job runs at least once. It must be safe to run again, as its worker may be killed just before
the end.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, ParamSpec

from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from lotse.jobs import models
from lotse.jobs.models import Job

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

P = ParamSpec("P")


@dataclass(frozen=True)
class Task(Generic[P]):
    """`name` is stored in the database. If you rename the function, migrate the waiting jobs."""

    name: str
    work: Callable[P, object]
    every: timedelta | None = None

    def enqueue(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Call this in the transaction that causes the job. Arguments must be JSON (TypeError)."""
        Job.objects.create(name=self.name, arguments=[args, kwargs])

    def next_at(self) -> datetime | None:
        """The next whole multiple of `every` in UTC, the same for all workers. None: runs once."""
        if self.every is None:
            return None
        return EPOCH + ((timezone.now() - EPOCH) // self.every + 1) * self.every


_tasks: dict[str, Task[Any]] = {}


def job(work: Callable[P, object]) -> Task[P]:
    return _register(work, None)


def every(**units: float) -> Callable[[Callable[[], object]], Task[[]]]:
    """`@every(minutes=5)`, with the units of timedelta. Missed runs are made up for by one run."""
    return lambda work: _register(work, timedelta(**units))


def _register(work: Callable[P, object], interval: timedelta | None) -> Task[P]:
    task = Task(f"{work.__module__}.{work.__name__}", work, interval)
    _tasks[task.name] = task
    return task


def load() -> None:
    """Imports the jobs of every room."""
    autodiscover_modules("jobs")


def named(name: str) -> Task[Any] | None:
    """None if an older or newer version wrote the job."""
    return _tasks.get(name)


def ensure_schedule() -> None:
    """Makes a row for each recurring job, due at once, if there is none yet.

    A job that is due later than its interval allows was written while a clock was far ahead. It
    becomes due at once, too.
    """
    recurring = [Job(name=task.name, recurs=True) for task in _tasks.values() if task.every]
    Job.objects.bulk_create(recurring, ignore_conflicts=True)
    now = timezone.now()
    for task in _tasks.values():
        latest = now + (task.every or models.PAUSES[-1]) + models.LEASE
        Job.objects.filter(name=task.name, due_at__gt=latest).update(due_at=now)
