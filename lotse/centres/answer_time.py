"""By when a client is promised an answer, and until when a counsellor is away."""

import functools
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

import holidays
from django.utils import timezone

from lotse.centres.hours import ends_of_work
from lotse.centres.models import Absence, Centre, Counsellor, office_hours

HORIZON = 400
"""Days that we look ahead. A counsellor who is away for longer promises nothing."""
_DAY = timedelta(days=1)


class Worker(NamedTuple):
    """`ends`: end of work from Monday to Sunday, None on free days. `away`: first and last days."""

    ends: tuple[time | None, ...]
    away: tuple[tuple[date, date], ...] = ()

    @classmethod
    def of(cls, counsellor: Counsellor, absences: Iterable[Absence]) -> "Worker":
        away = sorted((absence.first_day, absence.last_day) for absence in absences)
        return cls(ends_of_work(counsellor.hours), tuple(away))

    def end_on(self, day: date) -> time | None:
        if any(first <= day <= last for first, last in self.away):
            return None
        return self.ends[day.weekday()]


def answer_by(counsellor: Counsellor, asked: datetime) -> datetime | None:
    """What this counsellor promises. Loads her centre and absences if they are not prefetched."""
    worker = Worker.of(counsellor, counsellor.absences.all())
    return promise(asked, counsellor.centre.answer_days, counsellor.centre.state, [worker])


def centre_answer_by(centre: Centre, asked: datetime) -> datetime | None:
    """What a centre promises when any colleague may answer. Loads what is not prefetched."""
    workers = [
        Worker.of(counsellor, counsellor.absences.all()) for counsellor in centre.counsellors.all()
    ]
    return promise(asked, centre.answer_days, centre.state, workers)


def promise(asked: datetime, days: int, state: str, workers: Sequence[Worker]) -> datetime | None:
    """The end of work on the `days`-th working day after the day of asking.

    A working day is one on which at least one of the workers works: a weekday with hours, no
    public holiday of the Land `state`, not away. Without workers office hours count. With zero
    days the answer is due on the day of asking, if work has not ended. None: nobody works for a
    year.
    """
    zone = timezone.get_default_timezone()
    asked = asked.astimezone(zone)
    ends = _working_days(asked.date(), state, workers or [Worker(ends_of_work(office_hours()))])
    for day, end in ends:
        by = datetime.combine(day, end, zone)
        if by <= asked or (days and day == asked.date()):
            continue
        if days <= 1:
            return by
        days -= 1
    return None


def absent_until(worker: Worker, state: str, today: date) -> date | None:
    """The last day away, if the worker is away today. Free days next to it count as away."""
    if not any(first <= today <= last for first, last in worker.away):
        return None
    back = next(_working_days(today, state, [worker]), None)
    return back[0] - _DAY if back else max(last for _, last in worker.away)


def _working_days(
    first: date, state: str, workers: Sequence[Worker]
) -> Iterator[tuple[date, time]]:
    """Each working day from `first` on, with the time at which the last worker leaves."""
    for day in (first + _DAY * number for number in range(HORIZON)):
        ends = [end for worker in workers if (end := worker.end_on(day))]
        if ends and day not in _public_holidays(state, day.year):
            yield day, max(ends)


@functools.lru_cache(maxsize=64)
def _public_holidays(state: str, year: int) -> frozenset[date]:
    known = state in holidays.Germany.subdivisions
    return frozenset(holidays.Germany(subdiv=state if known else None, years=year))
