"""Routes for inviting colleagues."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from ninja import Router, Status

from lotse.accounts.auth import needs
from lotse.accounts.models import Person
from lotse.accounts.roles import Role
from lotse.centres.invitations import Place, check_may_invite, invite
from lotse.centres.models import Centre, Invitation, Organisation
from lotse.core.problems import Problem
from lotse.desk.people import person_behind
from lotse.desk.schemas import CentresOut, InvitationsOut, LinkOut, NewInvitation

MAX_INVITATIONS = 200

router = Router(auth=needs("invite"))


@router.get("/centres", response=CentresOut)
def list_centres(request: HttpRequest) -> CentresOut:
    return CentresOut.model_validate({"centres": list(_centres(person_behind(request)))})


@router.get("/invitations", response=InvitationsOut)
def list_invitations(request: HttpRequest) -> InvitationsOut:
    """The newest invitations, without their links, which were shown once."""
    person = person_behind(request)
    shown = Invitation.objects.select_related("centre", "organisation", "made_by__coordinator")
    found = shown.order_by("-expires_at")
    if person.role != Role.ADMINISTRATOR:
        # Filtered by the coordinator's own row. If the organisation were looked up first, it could
        # be None and match invitations without an organisation.
        found = found.filter(
            Q(organisation__coordinators__person=person)
            | Q(centre__organisation__coordinators__person=person)
        )
    return InvitationsOut.model_validate({"invitations": list(found[:MAX_INVITATIONS])})


@router.post("/invitations", response={201: LinkOut})
def make_invitation(request: HttpRequest, body: NewInvitation) -> Status[LinkOut]:
    person = person_behind(request)
    place = _place(person, body)
    check_may_invite(person, body.role, place)
    try:
        _, link = invite(body.role, place, note=body.note, made_by=person)
    except ValueError:
        # A counsellor needs a centre, and an administrator must not have one.
        field = {"at": ["body", "centre"], "what": "role"}
        raise Problem("invalid", extra={"fields": [field]}) from None
    return Status(201, LinkOut(link=link))


def _place(person: Person, body: NewInvitation) -> Place:
    if body.centre:
        centre = _centres(person).filter(pk=body.centre).first()
        if centre is None:
            raise Problem("not-found")
        return centre
    return _organisation(person) if body.role == Role.COORDINATOR else None


def _centres(person: Person) -> QuerySet[Centre]:
    if person.role == Role.ADMINISTRATOR:
        return Centre.objects.all()
    return Centre.objects.filter(organisation__coordinators__person=person)


def _organisation(person: Person) -> Organisation | None:
    return Organisation.objects.filter(coordinators__person=person).first()
