"""Requests and answers of the desk's API. browser/desk/wire.ts has the same types."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Schema

from lotse.accounts.roles import Role
from lotse.centres.hours import Hours
from lotse.centres.invitations import is_maker_entitled
from lotse.centres.models import Invitation
from lotse.conversations.schemas import ConversationOut, Named, Slug
from lotse.core.schema import Line, Strict

MAX_CASES = 500
"""Cases in one answer, which is more than any counsellor has."""


class Filter(Strict):
    state: Literal["new", "mine", "centre", "closed"]
    language: Slug | None = None
    topic: Slug | None = None
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    limit: Annotated[int, Field(ge=1, le=MAX_CASES)] = MAX_CASES


class CasesOut(Schema):
    """`more` says whether there are cases beyond `offset + limit`."""

    cases: list[ConversationOut]
    more: bool


class LanguageChoice(Schema):
    code: str
    name: str


class TopicChoice(Schema):
    slug: str
    name: str


class Choices(Schema):
    languages: list[LanguageChoice]
    topics: list[TopicChoice]


class CentresOut(Schema):
    centres: list[Named]


class LinkOut(Schema):
    link: str


class NewInvitation(Strict):
    centre: UUID | None
    role: Role
    note: Annotated[Line, Field(max_length=120)] = ""


class InvitationOut(Schema):
    id: UUID
    role: str
    centre: Named | None
    note: str
    expires_at: datetime
    used_at: datetime | None
    has_ended: bool
    """The maker may no longer invite here, so the link opens nothing."""

    @staticmethod
    def resolve_has_ended(invitation: Invitation) -> bool:
        return not is_maker_entitled(invitation)


class InvitationsOut(Schema):
    invitations: list[InvitationOut]


class OwnProfile(Schema):
    """The saved profile; changes come as `centres.schemas.Profile`.

    `link` is the counsellor's own page, and `qr` the path of its QR code.
    """

    name: str
    languages: list[str]
    topics: list[str]
    gender: str
    about: str
    hours: Hours
    capacity: int
    takes_new: bool
    slug: str
    link: str
    qr: str


class NewAbsence(Strict):
    first_day: date
    last_day: date


class AbsenceOut(Schema):
    id: UUID
    first_day: date
    last_day: date


class AbsencesOut(Schema):
    absences: list[AbsenceOut]
