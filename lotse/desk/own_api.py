"""Routes for a counsellor's own profile and absences."""

from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Router, Status

from lotse import env
from lotse.accounts.auth import needs
from lotse.centres.actions import add_absence, remove_absence, update_profile
from lotse.centres.models import Counsellor
from lotse.centres.schemas import Profile
from lotse.desk.people import counsellor_behind
from lotse.desk.schemas import AbsenceOut, AbsencesOut, NewAbsence, OwnProfile

router = Router(auth=needs("counsel"))


@router.get("/profile", response=OwnProfile)
def get_profile(request: HttpRequest) -> OwnProfile:
    return _profile(counsellor_behind(request))


@router.put("/profile", response=OwnProfile)
def put_profile(request: HttpRequest, body: Profile) -> OwnProfile:
    counsellor = counsellor_behind(request)
    update_profile(counsellor, body)
    return _profile(counsellor)


def _profile(counsellor: Counsellor) -> OwnProfile:
    return OwnProfile(
        name=counsellor.name,
        languages=[language.pk for language in counsellor.languages.all()],
        topics=[topic.pk for topic in counsellor.topics.all()],
        gender=counsellor.gender,
        about=counsellor.about,
        hours=counsellor.hours,
        capacity=counsellor.capacity,
        takes_new=counsellor.takes_new,
        slug=counsellor.slug,
        link=env.ORIGIN + reverse("ask:counsellor", args=[counsellor.slug]),
        qr=reverse("ask:counsellor-code", args=[counsellor.slug]),
    )


@router.get("/absences", response=AbsencesOut)
def list_absences(request: HttpRequest) -> AbsencesOut:
    """Current and future absences."""
    coming = counsellor_behind(request).absences.filter(last_day__gte=timezone.localdate())
    return AbsencesOut(absences=[AbsenceOut.from_orm(absence) for absence in coming])


@router.post("/absences", response={201: AbsenceOut})
def post_absence(request: HttpRequest, body: NewAbsence) -> Status[AbsenceOut]:
    absence = add_absence(counsellor_behind(request), body.first_day, body.last_day)
    return Status(201, AbsenceOut.from_orm(absence))


@router.delete("/absences/{uuid:absence}", response={204: None})
def delete_absence(request: HttpRequest, absence: UUID) -> Status[None]:
    remove_absence(counsellor_behind(request), absence)
    return Status(204, None)
