"""A centre's cases by state, with the client who has waited longest first."""

from django.db.models import F, QuerySet

from lotse.centres.models import Counsellor
from lotse.centres.queries import admitted
from lotse.conversations.models import Case
from lotse.desk.schemas import Filter

_LONGEST_WAITING = (F("waiting_since").asc(nulls_last=True), "-made_at", "pk")


def cases(counsellor: Counsellor, wanted: Filter) -> QuerySet[Case]:
    # No centre matches for a counsellor who does not have the centre's key yet.
    centre = admitted().filter(pk=counsellor.pk).values("centre")
    found = Case.objects.filter(centre__in=centre)
    if wanted.topic:
        found = found.filter(topic=wanted.topic)
    if wanted.language:
        found = found.filter(language=wanted.language)
    match wanted.state:
        case "new":
            found = found.filter(counsellor=None, closed_at=None)
        case "mine":
            found = found.filter(counsellor=counsellor, closed_at=None)
        case "centre":
            others = found.exclude(counsellor=None).exclude(counsellor=counsellor)
            found = others.filter(closed_at=None)
        case "closed":
            return found.exclude(closed_at=None).order_by("-closed_at", "pk")
    return found.order_by(*_LONGEST_WAITING)
