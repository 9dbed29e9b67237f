"""The form of a counsellor."""

from typing import Any

import pytest
from django.test import Client

from lotse.accounts.models import Person
from lotse.centres.models import Counsellor
from tests.centres.staff import make_centre, make_counsellor
from tests.office.pages import page, save

pytestmark = pytest.mark.django_db


def counsellor_form(**changes: Any) -> dict[str, Any]:
    days = {f"hours_{day}": "" for day in range(7)}
    return {
        "name": "Amira",
        "slug": "amira",
        "languages": ["ar"],
        "topics": ["work"],
        "gender": "",
        "about": "",
        **days,
        "hours_0": "9-12, 13:00–17.30",
        "capacity": "20",
        "takes_new": "on",
        "may_sign_in": "on",
        **changes,
    }


def test_a_counsellor(admin: Client) -> None:
    counsellor = make_counsellor("Alt", make_centre(), "de")
    path = f"counsellors/edit/{counsellor.pk}/"
    assert "09:00–17:00" in page(admin, path)
    other = make_centre("Haus Ost")
    assert not save(admin, path, **counsellor_form(centre=other.pk))
    kept = Counsellor.objects.get()
    assert (kept.name, kept.centre.name, kept.capacity) == ("Amira", "Haus Nord", 20)
    assert kept.hours == {"1": [["09:00", "12:00"], ["13:00", "17:30"]]}
    assert {language.code for language in kept.languages.all()} == {"ar"}


@pytest.mark.parametrize("wrong", ["", "9 to 5", "17-9", "9-12, 11-14", "25:00-26:00", "9-"])
def test_hours_that_cannot_be(admin: Client, wrong: str) -> None:
    counsellor = make_counsellor("Alt", make_centre(), "de")
    path = f"counsellors/edit/{counsellor.pk}/"
    assert "error-message" in save(admin, path, **counsellor_form(hours_0=wrong))


def test_who_leaves_is_signed_out(admin: Client) -> None:
    counsellor = make_counsellor("Alt", make_centre(), "de")
    away = counsellor_form()
    del away["may_sign_in"]
    assert not save(admin, f"counsellors/edit/{counsellor.pk}/", **away)
    assert not Person.objects.get(pk=counsellor.person_id).is_active


def test_counsellors_are_neither_made_nor_deleted_here(admin: Client) -> None:
    counsellor = make_counsellor("Alt", make_centre(), "de")
    page(admin, "counsellors/new/", 302)
    page(admin, f"counsellors/delete/{counsellor.pk}/", 302)
    assert not admin.post(f"/office/counsellors/delete/{counsellor.pk}/").content
    assert Counsellor.objects.exists()
