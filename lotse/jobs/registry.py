"""What may be done later: `@job` and `@every(…)` over a function in a room's `jobs.py`.

It runs at least once, so it must bear to run again: its worker may be killed just before the end.
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
    """`name` stands in the database: who renames the function sees to the jobs that wait."""

    name: str
    work: Callable[P, object]
    every: timedelta | None = None

    def enqueue(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """In the transaction of what causes it. Only ids, and what JSON holds (TypeError)."""
        Job.objects.create(name=self.name, arguments=[args, kwargs])

    def next_at(self) -> datetime | None:
        """Whole multiples of `every` in UTC, the same for every worker; None for what is once."""
        if self.every is None:
            return None
        return EPOCH + ((timezone.now() - EPOCH) // self.every + 1) * self.every


_tasks: dict[str, Task[Any]] = {}


def job(work: Callable[P, object]) -> Task[P]:
    return _register(work, None)


def every(**units: float) -> Callable[[Callable[[], object]], Task[[]]]:
    """`@every(minutes=5)`, by the names of timedelta. What was missed is made up for once."""
    return lambda work: _register(work, timedelta(**units))


def _register(work: Callable[P, object], interval: timedelta | None) -> Task[P]:
    task = Task(f"{work.__module__}.{work.__name__}", work, interval)
    _tasks[task.name] = task
    return task


def load() -> None:
    """Every room's jobs."""
    autodiscover_modules("jobs")


def named(name: str) -> Task[Any] | None:
    """None for what an older or newer version has written."""
    return _tasks.get(name)


def ensure_schedule() -> None:
    """A row for each that recurs, due at once where there is none yet.

    What is due later than can be was written while a clock was far ahead: it is due at once, too.
    """
    recurring = [Job(name=task.name, recurs=True) for task in _tasks.values() if task.every]
    Job.objects.bulk_create(recurring, ignore_conflicts=True)
    now = timezone.now()
    for task in _tasks.values():
        latest = now + (task.every or models.PAUSES[-1]) + models.LEASE
        Job.objects.filter(name=task.name, due_at__gt=latest).update(due_at=now)
