"""One-time links for staff."""

import hashlib
import secrets
from datetime import timedelta
from typing import Annotated
from uuid import UUID

from django.utils import timezone
from ninja import Schema
from pydantic import Field

from lotse import env
from lotse.accounts.models import Person
from lotse.accounts.roles import Role
from lotse.centres.models import Centre, Invitation, Language, Organisation
from lotse.core.identifiers import from_text, to_text
from lotse.core.problems import Problem

DAYS = 14
_TOKEN = 32
_JOINED: dict[str, type] = {
    Role.COUNSELLOR: Centre,
    Role.COORDINATOR: Organisation,
    Role.ADMINISTRATOR: type(None),
}
Place = Centre | Organisation | None


class Token(Schema):
    token: Annotated[str, Field(max_length=100)]


class OfferedCentre(Schema):
    id: UUID
    name: str


class Offer(Schema):
    role: str
    centre: OfferedCentre | None
    organisation_name: str
    languages: list[str]
    """The languages that a new counsellor can choose from."""


def invite(
    role: str,
    place: Place = None,
    *,
    note: str = "",
    made_by: Person | None = None,
    days: int = DAYS,
) -> tuple[Invitation, str]:
    """An invitation, and its link, which the database does not keep.

    Counsellors join a centre, coordinators an organisation, administrators neither; raises
    ValueError otherwise. The caller checks who may invite whom (`check_may_invite`).
    """
    if role not in _JOINED or not isinstance(place, _JOINED[role]):
        raise ValueError(f"nobody joins {type(place).__name__} as {role}")
    token = secrets.token_bytes(_TOKEN)
    invitation = Invitation.objects.create(
        token_hash=_hash(token),
        role=role,
        centre=place if isinstance(place, Centre) else None,
        organisation=place if isinstance(place, Organisation) else None,
        note=note,
        made_by=made_by,
        expires_at=timezone.now() + timedelta(days=days),
    )
    # In the fragment, so that no server and no proxy logs the token.
    return invitation, f"{env.ORIGIN}/join/#{to_text(token)}"


def check_may_invite(person: Person, role: str, place: Place) -> None:
    """Administrators may invite anybody, coordinators only colleagues of their own organisation.

    Raises Problem "forbidden".
    """
    if not person.may("invite") or role not in _JOINED:
        raise Problem("forbidden")
    if person.role == Role.ADMINISTRATOR:
        return
    organisation = place.organisation_id if isinstance(place, Centre) else place and place.pk
    own = getattr(person, "coordinator", None)
    if role == Role.ADMINISTRATOR or own is None or own.organisation_id != organisation:
        raise Problem("forbidden")


def open_by(token: str) -> Invitation:
    """Raises Problem "gone" if it is unknown, used or expired, or if its maker lost the right."""
    try:
        token_hash = _hash(from_text(token))
    except ValueError:
        raise Problem("gone") from None
    found = Invitation.objects.filter(
        token_hash=token_hash, used_at=None, expires_at__gt=timezone.now()
    ).select_related("centre__organisation", "organisation", "made_by")
    invitation = found.first()
    if invitation is None or not is_maker_entitled(invitation):
        raise Problem("gone")
    return invitation


def is_maker_entitled(invitation: Invitation) -> bool:
    """Asked as if it were made now: the account, the role or the organisation may have changed."""
    if invitation.made_by is None:
        return True
    try:
        place = invitation.centre or invitation.organisation
        check_may_invite(invitation.made_by, invitation.role, place)
    except Problem:
        return False
    return True


def use(token: str) -> Invitation:
    """Uses it up; raises Problem "gone" when somebody else has. Call it in a transaction."""
    invitation = open_by(token)
    used = Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=timezone.now())
    if not used:
        raise Problem("gone")
    return invitation


def offer(invitation: Invitation) -> Offer:
    centre = invitation.centre
    organisation = centre.organisation if centre else invitation.organisation
    return Offer(
        role=invitation.role,
        centre=OfferedCentre(id=centre.pk, name=centre.name) if centre else None,
        organisation_name=organisation.name if organisation else "",
        languages=list(Language.objects.values_list("code", flat=True)) if centre else [],
    )


def _hash(token: bytes) -> bytes:
    # Random 32 bytes need no slow hash.
    return hashlib.sha256(token).digest()
