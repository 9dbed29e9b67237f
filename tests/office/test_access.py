"""Who gets into the office, and which doors it does not have."""

import pytest
from django.test import Client

from lotse.accounts.roles import Role
from tests.office.pages import page, save, signed_in

pytestmark = pytest.mark.django_db


def test_the_way_in(admin: Client) -> None:
    assert admin.get("/office/")["Location"] == "/office/centres/"
    stranger = Client()
    for path in ("centres/", "counsellors/", "account/"):
        response = stranger.get(f"/office/{path}")
        assert response["Location"] == f"/desk/?next=/office/{path}"
    assert stranger.get("/office/login/?next=/office/")["Location"] == "/desk/?next=/office/"
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
