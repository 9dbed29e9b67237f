"""The form of a centre."""

from typing import Any

import pytest
from django.test import Client

from lotse.centres.models import Centre, Organisation
from tests.office.pages import page, save

pytestmark = pytest.mark.django_db
CENTRE = {
    "name": "Haus Süd",
    "slug": "",
    "address": "",
    "postcode": "80331",
    "place": "München",
    "state": "",
    "latitude": "",
    "longitude": "",
    "phone": "",
    "email": "",
    "languages": ["de", "ar"],
    "topics": ["work"],
    "answer_days": "2",
    "is_open": "on",
}


def test_a_centre_and_what_follows_from_its_postcode(admin: Client) -> None:
    values = CENTRE | {"organisation": Organisation.objects.create(name="Werk").pk}
    page(admin, "centres/new/")
    assert not save(admin, "centres/new/", **values)
    centre = Centre.objects.get()
    assert (centre.slug, centre.state) == ("haus-sued", "BY")
    assert centre.latitude == pytest.approx(48.1, abs=0.1)
    assert {language.code for language in centre.languages.all()} == {"ar", "de"}
    path = f"centres/edit/{centre.pk}/"
    page(admin, path)
    moved = values | {
        "slug": centre.slug,
        "state": "BY",
        "latitude": str(centre.latitude),
        "longitude": str(centre.longitude),
        "postcode": "10115",
        "place": "Berlin",
    }
    assert not save(admin, path, **moved)
    centre.refresh_from_db()
    assert (centre.state, centre.slug) == ("BE", "haus-sued")
    assert centre.latitude == pytest.approx(52.5, abs=0.1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"postcode": "1234"},
        {"latitude": "52"},
        {"latitude": "nan", "longitude": "13"},
        {"answer_days": "21"},
        {"languages": ["xx"]},
        {"email": "@"},
    ],
)
def test_a_wrong_centre_is_not_saved(admin: Client, wrong: dict[str, Any]) -> None:
    values = CENTRE | {"organisation": Organisation.objects.create(name="Werk").pk} | wrong
    assert "error-message" in save(admin, "centres/new/", **values)
    assert not Centre.objects.exists()
