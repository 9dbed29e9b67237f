"""The back office: every list and form opens and saves, for administrators only."""

from typing import Any

import pytest
from django.test import Client

from lotse.accounts.models import Person
from lotse.accounts.roles import Role
from lotse.centres import invitations
from lotse.centres.models import Centre, Counsellor, Invitation, Language, Organisation, Topic
from tests.centres.staff import make_centre, make_counsellor

pytestmark = pytest.mark.django_db
LISTS = ("organisations", "centres", "counsellors", "topics", "languages", "invitations")


@pytest.fixture
def admin() -> Client:
    return signed_in(Role.ADMINISTRATOR, is_superuser=True)


def signed_in(role: str, **fields: Any) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(Person.objects.create(nickname=role, role=role, **fields))
    return client


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(f"/office/{path}")
    assert response.status_code == status, response.content[:500]
    return response.content.decode()


def save(client: Client, path: str, **values: Any) -> str:
    """Posts a form; an empty answer means that it was saved."""
    response = client.post(f"/office/{path}", values)
    assert response.status_code in {200, 302}
    return response.content.decode() if response.status_code == 200 else ""


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("language", ["de", "en"])
def test_lists_open_and_search(admin: Client, name: str, language: str) -> None:
    make_counsellor("Amira", make_centre(), "ar de", "work")
    invitations.invite(Role.ADMINISTRATOR, note="for Kim")
    headers = {"accept-language": language}
    for query in ("", "?q=a", "?q=%00", "?ordering=name", "?p=99"):
        response = admin.get(f"/office/{name}/{query}", headers=headers)
        assert response.status_code in {200, 404 if "p=" in query else 200}
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


def test_an_invitation_shows_its_link_once(admin: Client) -> None:
    centre = make_centre()
    page(admin, "invitations/new/")
    values = {"role": "counsellor", "centre": centre.pk, "organisation": "", "note": "Kim"}
    shown = save(admin, "invitations/new/", **values)
    token = shown.partition("/join/#")[2][:43]
    invitation = Invitation.objects.get()
    assert invitations.open_by(token) == invitation
    assert (invitation.centre, invitation.note) == (centre, "Kim")
    assert invitation.made_by is not None
    assert token not in page(admin, "invitations/")
    admin.post(f"/office/invitations/delete/{invitation.pk}/")
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("role", "joined"),
    [
        ("counsellor", ""),
        ("coordinator", ""),
        ("coordinator", "centre"),
        ("administrator", "organisation"),
        ("client", ""),
    ],
)
def test_invitations_that_do_not_fit(admin: Client, role: str, joined: str) -> None:
    centre = make_centre()
    values = {"role": role, "centre": "", "organisation": "", "note": ""}
    ids = {"centre": centre.pk, "organisation": centre.organisation_id, "": None}
    assert "error-message" in save(
        admin, "invitations/new/", **values | {joined: ids[joined]} if joined else values
    )
    assert not Invitation.objects.exists()


def test_the_way_in(admin: Client) -> None:
    assert admin.get("/office/")["Location"] == "/office/centres/"
    stranger = Client()
    for path in ("centres/", "counsellors/", "account/"):
        response = stranger.get(f"/office/{path}")
        assert response["Location"] == f"/sign-in/?next=/office/{path}"
    assert stranger.get("/office/login/?next=/office/")["Location"] == "/sign-in/?next=/office/"
    assert stranger.post("/office/login/", {"username": "a", "password": "b"}).status_code == 302


@pytest.mark.parametrize("role", [Role.CLIENT, Role.COUNSELLOR, Role.COORDINATOR])
@pytest.mark.parametrize("path", ["centres/", "invitations/new/", "account/", "topics/edit/work/"])
def test_nobody_else_gets_in(role: str, path: str) -> None:
    assert signed_in(role).get(f"/office/{path}").status_code == 302


@pytest.mark.parametrize(
    "path",
    [
        "users/",
        "users/new/",
        "groups/",
        "failwhale/",
        "test404/",
        "password_reset/",
        "bulk/accounts/person/delete/",
    ],
)
def test_what_would_go_round_our_doors_is_closed(admin: Client, path: str) -> None:
    page(admin, path, 404)


def test_ones_own_settings(admin: Client) -> None:
    shown = page(admin, "account/")
    assert "first_name" not in shown
    saved = save(
        admin,
        "account/",
        **{
            "locale-preferred_language": "de",
            "theme-theme": "dark",
            "theme-density": "default",
            "theme-contrast": "system",
            "theme-keyboard_shortcuts": "on",
        },
    )
    assert not saved
    assert "Beratung" in page(admin, "centres/")


def test_nothing_unused_is_in_the_menu(admin: Client) -> None:
    shown = page(admin, "centres/")
    for unused in ("/office/images/", "/office/documents/", "/office/users/", "/office/reports/"):
        assert f'"{unused}' not in shown
    assert "Lotse" in shown


def test_nobody_is_found_by_a_nonsense_id(admin: Client) -> None:
    for path in ("centres/edit/1/", "centres/edit/00000000-0000-4000-8000-000000000000/"):
        page(admin, path, 404)
    page(admin, "topics/edit/nonsense/", 404)
