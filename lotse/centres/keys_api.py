"""Routes of centre keys, invitations and joining; `centres/api.py` includes them."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from lotse.accounts import sessions, throttle
from lotse.accounts.auth import needs
from lotse.centres import invitations, keys, keys_queries
from lotse.centres.join import Join, join
from lotse.centres.keys_schemas import Admit, CentreKeys, CentrePublic, Found
from lotse.keys import queries
from lotse.keys.schemas import Unlocked

router = Router(tags=["centre keys"])
_member = needs("counsel")


@router.get("/centres/{uuid:centre}/keys", response=CentrePublic)
def centre_public(request: HttpRequest, centre: UUID) -> CentrePublic:
    return keys_queries.public(centre)


@router.get("/centre-keys", auth=_member, response=CentreKeys)
def own_centre(request: HttpRequest) -> CentreKeys:
    return keys_queries.for_member(request.auth)  # type: ignore[attr-defined]


@router.post("/centre-keys/found", auth=_member, response={201: CentreKeys})
def found(request: HttpRequest, body: Found) -> CentreKeys:
    keys.found(request.auth, body)  # type: ignore[attr-defined]
    return own_centre(request)


@router.post("/centre-keys/admit", auth=_member, response={201: CentreKeys})
def admit(request: HttpRequest, body: Admit) -> CentreKeys:
    keys.admit(request.auth, body)  # type: ignore[attr-defined]
    return own_centre(request)


@router.post("/invitations/look", response=invitations.Offer)
def invitation(request: HttpRequest, body: invitations.Token) -> invitations.Offer:
    """A POST, because proxies log addresses and the token is all that somebody needs to join."""
    throttle.take_address(throttle.ADDRESS_LOOK, request)
    return invitations.offer(invitations.open_by(body.token))


@router.post("/join", response={201: Unlocked})
def accept(request: HttpRequest, body: Join) -> Unlocked:
    throttle.take_address(throttle.ADDRESS_REGISTER, request)
    person = join(body)
    return queries.unlocked(person, sessions.begin(request, person))
