"""Centres and counsellors as other rooms read them."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from lotse.centres.models import Centre, Counsellor
from lotse.core.problems import Problem
from lotse.keys.models import GroupWrap


def askable() -> QuerySet[Counsellor]:
    """Counsellors whom a new client can be sent to.

    They take cases, their centre does, and they hold the centre's key: without it they could not
    read the question.
    """
    holds_key = GroupWrap.objects.filter(person=OuterRef("person"), epoch__group=OuterRef("centre"))
    return Counsellor.objects.filter(
        Exists(holds_key), takes_new=True, person__is_active=True, centre__is_open=True
    )


def counsellor(id_: UUID) -> Counsellor:
    """With all that its card and its promise need; Problem "not-found"."""
    found = whole_counsellors().filter(pk=id_, person__is_active=True).first()
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
    related = Counsellor.objects.select_related("centre")
    return related.prefetch_related("languages", "topics", "absences")


def whole_centres() -> QuerySet[Centre]:
    active = Counsellor.objects.filter(person__is_active=True)
    people = Prefetch("counsellors", active.prefetch_related("absences", "languages"))
    return Centre.objects.select_related("organisation").prefetch_related("languages", people)
