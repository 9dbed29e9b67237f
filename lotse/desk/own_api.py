"""One's own profile and absences over the API."""

from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Router, Status

from lotse import env
from lotse.accounts.auth import needs
from lotse.centres.actions import add_absence, remove_absence, update_profile
from lotse.centres.models import Absence
from lotse.centres.schemas import Profile
from lotse.desk.people import counsellor_behind
from lotse.desk.schemas import AbsenceOut, AbsencesOut, NewAbsence, OwnProfile

router = Router(auth=needs("counsel"))


@router.get("/profile", response=OwnProfile)
def get_profile(request: HttpRequest) -> OwnProfile:
    own = counsellor_behind(request)
    return OwnProfile(
        name=own.name,
        languages=[language.pk for language in own.languages.all()],
        topics=[topic.pk for topic in own.topics.all()],
        gender=own.gender,
        about=own.about,
        hours=own.hours,
        capacity=own.capacity,
        takes_new=own.takes_new,
        slug=own.slug,
        link=f"{env.ORIGIN}{reverse('counsellor', args=[own.slug])}",
        qr=reverse("counsellor-code", args=[own.slug]),
    )


@router.put("/profile", response={204: None})
def put_profile(request: HttpRequest, body: Profile) -> Status[None]:
    update_profile(counsellor_behind(request), body)
    return Status(204, None)


@router.get("/absences", response=AbsencesOut)
def list_absences(request: HttpRequest) -> AbsencesOut:
    """The present and coming ones."""
    own = counsellor_behind(request).absences.filter(last_day__gte=timezone.localdate())
    return AbsencesOut(absences=[_shown(absence) for absence in own])


@router.post("/absences", response={201: AbsenceOut})
def post_absence(request: HttpRequest, body: NewAbsence) -> Status[AbsenceOut]:
    added = add_absence(counsellor_behind(request), body.first_day, body.last_day)
    return Status(201, _shown(added))


@router.delete("/absences/{uuid:absence}", response={204: None})
def delete_absence(request: HttpRequest, absence: UUID) -> Status[None]:
    remove_absence(counsellor_behind(request), absence)
    return Status(204, None)


def _shown(absence: Absence) -> AbsenceOut:
    return AbsenceOut(id=absence.pk, first_day=absence.first_day, last_day=absence.last_day)
