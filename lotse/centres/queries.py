"""Centres and counsellors as other rooms read them."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from lotse.accounts.roles import PERMISSIONS
from lotse.centres.models import Centre, Counsellor
from lotse.core.problems import Problem
from lotse.keys.models import GroupEpoch, GroupWrap

COUNSELLING_ROLES = [role for role, allowed in PERMISSIONS.items() if "counsel" in allowed]


def employed() -> QuerySet[Counsellor]:
    """Counsellors whose account is active and whose role fits."""
    return Counsellor.objects.filter(person__is_active=True, person__role__in=COUNSELLING_ROLES)


def admitted() -> QuerySet[Counsellor]:
    """Counsellors who may also see cases, as they hold their centre's key."""
    return employed().filter(holds_key("person", "centre"))


def holds_key(person: str, centre: str) -> Exists:
    """Whether a centre's newest key was given to the person; both are named as a query sees them.

    Older keys do not count: a colleague who is not admitted to the newest has been left out.
    """
    newer = GroupEpoch.objects.filter(
        group=OuterRef("epoch__group"), number__gt=OuterRef("epoch__number")
    )
    wraps = GroupWrap.objects.filter(person=OuterRef(person), epoch__group=OuterRef(centre))
    return Exists(wraps.filter(~Exists(newer)))


def askable() -> QuerySet[Counsellor]:
    """Counsellors whom a new client can be sent to."""
    return admitted().filter(takes_new=True, centre__is_open=True)


def counsellor(id_: UUID) -> Counsellor:
    """With all that its card and its promise need; Problem "not-found"."""
    found = whole_counsellors().filter(pk=id_).first()
    if found is None:
        raise Problem("not-found")
    return found


def centre(id_: UUID) -> Centre:
    """With all that its card and its promise need; Problem "not-found"."""
    found = whole_centres().filter(pk=id_).first()
    if found is None:
        raise Problem("not-found")
    return found


def whole_counsellors() -> QuerySet[Counsellor]:
    related = admitted().select_related("centre__organisation")
    return related.prefetch_related("languages", "topics", "absences")


def whole_centres() -> QuerySet[Centre]:
    people = Prefetch("counsellors", admitted().prefetch_related("absences", "languages"))
    return Centre.objects.select_related("organisation").prefetch_related("languages", people)
