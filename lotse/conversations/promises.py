"""By when a client may expect an answer, and whether the counsellor is away."""

import functools
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.utils import timezone

from lotse.centres.answer_time import Worker, absent_until, centre_answer_by, promise
from lotse.centres.hours import ends_of_work
from lotse.centres.models import Absence, Centre, Counsellor
from lotse.centres.queries import whole_centres
from lotse.conversations.models import Case
from lotse.core.bulk import Lookup

Promise = Callable[[datetime], datetime | None]
"""From the moment of asking to the moment by which an answer is promised."""

_hours = Lookup(
    lambda counsellors: Counsellor.objects.filter(id__in=counsellors).values_list(
        "id", "hours", "centre__answer_days", "centre__state"
    )
)
_absences = Lookup(
    lambda counsellors: (
        Absence.objects.filter(counsellor__in=counsellors)
        .order_by("first_day")
        .values_list("counsellor_id", "first_day", "last_day")
    )
)


def promised(centre: Centre, counsellor: Counsellor | None, asked: datetime) -> datetime | None:
    if counsellor:
        return promises([counsellor.id])[counsellor.id](asked)
    return centre_answer_by(whole_centres().get(pk=centre.pk), asked)


def promises(counsellors: Collection[UUID]) -> dict[UUID, Promise]:
    """The promises of many counsellors, with two queries."""
    away = defaultdict(list)
    for counsellor, first, last in _absences(counsellors):
        away[counsellor].append((first, last))
    return {
        counsellor: functools.partial(
            promise,
            days=days,
            state=state,
            workers=[Worker(ends_of_work(hours), tuple(away[counsellor]))],
        )
        for counsellor, hours, days, state in _hours(counsellors)
    }


def absences(cases: Iterable[Case]) -> dict[UUID, date | None]:
    """By counsellor: until when the one who is to answer is away. One query for all cases."""
    responsible = {
        counsellor.id: (counsellor, case.centre.state)
        for case in cases
        if (counsellor := case.counsellor or case.requested)
    }
    prefetch_related_objects([one for one, _ in responsible.values()], "absences")
    today = timezone.localdate()
    return {
        counsellor.id: absent_until(Worker.of(counsellor, counsellor.absences.all()), state, today)
        for counsellor, state in responsible.values()
    }
