"""What the public may see of a centre or a counsellor."""

from datetime import datetime

from django.utils import timezone

from lotse.centres.answer_time import Worker, absent_until, answer_by, centre_answer_by
from lotse.centres.models import Centre, Counsellor
from lotse.centres.schemas import CentreCard, CentreName, CounsellorCard


def counsellor_card(counsellor: Counsellor, now: datetime) -> CounsellorCard:
    """Takes a counsellor from `queries.whole_counsellors`."""
    centre = counsellor.centre
    worker = Worker.of(counsellor, counsellor.absences.all())
    return CounsellorCard(
        id=counsellor.pk,
        name=counsellor.name,
        centre=CentreName(id=centre.pk, name=centre.name),
        languages=[language.code for language in counsellor.languages.all()],
        topics=[topic.slug for topic in counsellor.topics.all()],
        about=counsellor.about,
        gender=counsellor.gender,
        answer_by=answer_by(counsellor, now),
        absent_until=absent_until(worker, centre.state, timezone.localtime(now).date()),
    )


def centre_card(centre: Centre, now: datetime) -> CentreCard:
    """Takes a centre from `queries.whole_centres`. Its languages are those of its counsellors."""
    spoken = {
        language.code
        for counsellor in centre.counsellors.all()
        for language in counsellor.languages.all()
    }
    return CentreCard(
        id=centre.pk,
        name=centre.name,
        organisation=centre.organisation.name,
        languages=sorted(spoken or {language.code for language in centre.languages.all()}),
        answer_by=centre_answer_by(centre, now),
    )
