"""Public routes of places, centres and counsellors, and the routes of centre keys."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router

from lotse.centres import cards, places, queries
from lotse.centres.schemas import CentreCard, CounsellorCard, PlaceOut

router = Router(tags=["centres"])
router.add_router("", "lotse.centres.keys_api.router")

Typed = Annotated[str, Query(max_length=places.QUERY_MAX)]


@router.get("/places", response=list[PlaceOut])
def suggested_places(request: HttpRequest, q: Typed = "") -> list[PlaceOut]:
    return [
        PlaceOut(postcode=place.postcode, place=place.place, state=place.state)
        for place in places.search(q)
    ]


@router.get("/counsellors/{uuid:counsellor}", response=CounsellorCard)
def counsellor_card(request: HttpRequest, counsellor: UUID) -> CounsellorCard:
    return cards.counsellor_card(queries.counsellor(counsellor), timezone.now())


@router.get("/centres/{uuid:centre}", response=CentreCard)
def centre_card(request: HttpRequest, centre: UUID) -> CentreCard:
    return cards.centre_card(queries.centre(centre), timezone.now())
