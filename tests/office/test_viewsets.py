"""Every list and form opens and saves."""

import pytest
from django.test import Client

from lotse.accounts.roles import Role
from lotse.centres import invitations
from lotse.centres.models import Centre, Language, Organisation, Topic
from tests.centres.staff import make_centre, make_counsellor
from tests.office.pages import page, save

LISTS = ("organisations", "centres", "counsellors", "topics", "languages", "invitations")
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("language", ["de", "en"])
def test_lists_open_and_search(admin: Client, name: str, language: str) -> None:
    make_counsellor("Amira", make_centre(), "ar de", "work")
    invitations.invite(Role.ADMINISTRATOR, note="for Kim")
    headers = {"accept-language": language}
    for query, status in (("", 200), ("?q=a", 200), ("?q=%00", 400), ("?ordering=name", 200)):
        assert admin.get(f"/office/{name}/{query}", headers=headers).status_code == status
    assert admin.get(f"/office/{name}/?p=99", headers=headers).status_code in {200, 404}
    menu = "Beratung" if language == "de" else "Counselling"
    assert menu in admin.get(f"/office/{name}/", headers=headers).content.decode()


def test_filters(admin: Client) -> None:
    make_centre("Haus Nord", organisation="A", state="HH")
    make_centre("Haus Ost", organisation="B", state="SN")
    found = page(admin, "centres/?state=SN")
    assert "Haus Ost" in found
    assert "Haus Nord" not in found


def test_an_organisation(admin: Client) -> None:
    assert "website" in page(admin, "organisations/new/").lower()
    assert not save(admin, "organisations/new/", name="Werk", website="https://example.org")
    organisation = Organisation.objects.get()
    page(admin, f"organisations/edit/{organisation.pk}/")
    assert not save(admin, f"organisations/edit/{organisation.pk}/", name="Bund", website="")
    assert Organisation.objects.get().name == "Bund"
    page(admin, f"organisations/history/{organisation.pk}/")


def test_an_organisation_with_centres_stays(admin: Client) -> None:
    organisation = make_centre().organisation
    path = f"organisations/delete/{organisation.pk}/"
    page(admin, path)
    response = admin.post(f"/office/{path}", follow=True)
    assert "is still in use" in response.content.decode()
    assert Organisation.objects.exists()
    Centre.objects.all().delete()
    admin.post(f"/office/{path}")
    assert not Organisation.objects.exists()


def test_a_topic_has_one_field_for_each_language(admin: Client) -> None:
    values = {"slug": "school", "order": "5", "name_de": "Schule", "name_en": "School"}
    page(admin, "topics/new/")
    assert "error-message" in save(admin, "topics/new/", **values | {"name_de": ""})
    assert not save(admin, "topics/new/", **values)
    assert Topic.objects.get(slug="school").names == {"de": "Schule", "en": "School"}
    assert "Wohnen" in page(admin, "topics/edit/housing/")
    changed = {"slug": "x", "order": "1", "name_de": "Wohnung", "name_ar": "سكن"}
    assert not save(admin, "topics/edit/housing/", **changed)
    names = Topic.objects.get(slug="housing").names
    assert names == {"de": "Wohnung", "ar": "سكن", "uk": "Житло", "tr": "Konut"}
    admin.post("/office/topics/delete/housing/")
    assert not Topic.objects.filter(slug="housing").exists()


def test_a_language_from_the_list_of_languages(admin: Client) -> None:
    assert "Swahili" in page(admin, "languages/new/")
    assert not save(admin, "languages/new/", code="sw")
    assert Language.objects.filter(code="sw").exists()
    for code in ("sw", "nonsense", ""):
        assert "error-message" in save(admin, "languages/new/", code=code)
    response = admin.post("/office/languages/delete/sw/", follow=True)
    assert "Kiswahili" in response.content.decode()
    assert not Language.objects.filter(code="sw").exists()


def test_nobody_is_found_by_a_nonsense_id(admin: Client) -> None:
    for path in ("centres/edit/1/", "centres/edit/00000000-0000-4000-8000-000000000000/"):
        page(admin, path, 404)
    page(admin, "topics/edit/nonsense/", 404)
