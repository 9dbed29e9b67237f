"""The routes of places, centres and counsellors that everybody may call."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from lotse.core.identifiers import new_id
from tests.centres.staff import make_absence, make_centre, make_counsellor, today

pytestmark = pytest.mark.django_db


def get(path: str, status: int = 200) -> Any:
    response = Client().get(f"/api{path}")
    assert response.status_code == status
    return response.json()


def test_places() -> None:
    assert get("/places?q=10115")[0] == {"postcode": "10115", "place": "Berlin", "state": "BE"}
    assert get("/places?q=Muenchen")[0] == {"postcode": "", "place": "München", "state": "BY"}
    assert get("/places") == []
    assert get("/places?q=" + "x" * 121, 422)["type"] == "/problems/invalid"


def test_a_counsellors_card() -> None:
    counsellor = make_counsellor("Amira", make_centre(), "ar de", "work", gender="female")
    make_absence(counsellor, today(), today() + timedelta(days=60))
    card = get(f"/counsellors/{counsellor.pk}")
    assert card["answer_by"] > f"{today() + timedelta(days=60)}"
    assert card["absent_until"] >= f"{today() + timedelta(days=60)}"
    del card["answer_by"], card["absent_until"]
    assert card == {
        "id": str(counsellor.pk),
        "name": "Amira",
        "centre": {"id": str(counsellor.centre_id), "name": "Haus Nord"},
        "languages": ["ar", "de"],
        "topics": ["work"],
        "about": "",
        "gender": "female",
    }


def test_a_centres_card() -> None:
    centre = make_centre()
    make_counsellor("Amira", centre, "ar de")
    make_counsellor("Olga", centre, "ru de")
    card = get(f"/centres/{centre.pk}")
    assert card.pop("answer_by")
    assert card == {
        "id": str(centre.pk),
        "name": "Haus Nord",
        "organisation": "Verband",
        "languages": ["ar", "de", "ru"],
    }


def test_who_left_has_no_card() -> None:
    counsellor = make_counsellor("Weg", make_centre())
    counsellor.person.is_active = False
    counsellor.person.save()
    assert get(f"/counsellors/{counsellor.pk}", 404)["type"] == "/problems/not-found"


@pytest.mark.parametrize("kind", ["counsellors", "centres"])
def test_nobody(kind: str) -> None:
    assert get(f"/{kind}/{new_id()}", 404)["type"] == "/problems/not-found"
    assert get(f"/{kind}/nonsense", 404)["type"] == "/problems/not-found"
