"""What the public API says about places, centres and counsellors, and what a profile may hold."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Schema

from lotse.core.schema import Line, Strict

Code = Annotated[str, Field(max_length=40)]


class PlaceOut(Schema):
    """`postcode` is empty for a town with many codes."""

    postcode: str
    place: str
    state: str


class CentreName(Schema):
    id: UUID
    name: str


class CounsellorCard(Schema):
    """`answer_by`: the promise to a client who asks now; null if away for a year."""

    id: UUID
    name: str
    centre: CentreName
    languages: list[str]
    topics: list[str]
    about: str
    gender: str
    answer_by: datetime | None
    absent_until: date | None


class CentreCard(Schema):
    id: UUID
    name: str
    organisation: str
    languages: list[str]
    answer_by: datetime | None


class Profile(Strict):
    """What counsellors say about themselves. `hours`: centres/hours.py."""

    name: Annotated[Line, Field(min_length=1, max_length=80)]
    languages: Annotated[list[Code], Field(min_length=1, max_length=50)]
    topics: Annotated[list[Code], Field(max_length=50)]
    gender: Literal["", "female", "male", "other"]
    about: Annotated[str, Field(max_length=1000)]
    hours: dict[str, Any]
    capacity: Annotated[int, Field(ge=0, le=1000)]
    takes_new: bool
