"""Lists a person's sessions and ends them."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status

from lotse.accounts import sessions
from lotse.accounts.auth import signed_in
from lotse.accounts.models import Session

router = Router(tags=["accounts"], auth=signed_in)


class SessionOut(Schema):
    """`device` is rough, such as "Firefox phone". There is no address and no time of day."""

    id: UUID
    device: str
    made_on: date
    is_here: bool


class SessionsOut(Schema):
    sessions: list[SessionOut]


@router.get("/sessions", response=SessionsOut)
def list_sessions(request: HttpRequest) -> SessionsOut:
    here = _session(request)
    return SessionsOut(
        sessions=[
            SessionOut(id=one.pk, device=one.device, made_on=one.made_on, is_here=one == here)
            for one in sessions.of_same_person(here)
        ]
    )


@router.delete("/sessions", response={204: None})
def end_other_sessions(request: HttpRequest) -> Status[None]:
    sessions.end_others(_session(request))
    return Status(204, None)


@router.delete("/sessions/{uuid:session}", response={204: None})
def end_session(request: HttpRequest, session: UUID) -> Status[None]:
    sessions.end_other(_session(request), session)
    return Status(204, None)


def _session(request: HttpRequest) -> Session:
    session = sessions.current(request)
    assert session  # noqa: S101 - as this request is signed in
    return session
