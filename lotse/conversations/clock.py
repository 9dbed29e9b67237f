"""By when a client may expect an answer, and whether the counsellor is away."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.utils import timezone

from lotse.centres.answer_time import Worker, absent_until, answer_by, centre_answer_by
from lotse.centres.models import Centre, Counsellor
from lotse.centres.queries import whole_centres
from lotse.conversations.models import Case


def promised(centre: Centre, counsellor: Counsellor | None, asked: datetime) -> datetime | None:
    if counsellor:
        return answer_by(counsellor, asked)
    return centre_answer_by(whole_centres().get(pk=centre.pk), asked)


def absences(cases: Iterable[Case]) -> dict[UUID, date | None]:
    """Until when who answers is away, by counsellor; one query for all cases."""
    responsible = {
        counsellor.id: (counsellor, case.centre.state)
        for case in cases
        if (counsellor := case.counsellor or case.wished)
    }
    prefetch_related_objects([one for one, _ in responsible.values()], "absences")
    today = timezone.localdate()
    return {
        counsellor.id: absent_until(Worker.of(counsellor, counsellor.absences.all()), state, today)
        for counsellor, state in responsible.values()
    }
