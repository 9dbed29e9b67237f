"""Where the access of coordinators and administrators ends."""

import pytest
from django.test import Client

from lotse.accounts.models import Person
from lotse.accounts.roles import Role
from tests.office.pages import page, save
from tests.support.visitor import let_in

pytestmark = pytest.mark.django_db


def person(nickname: str, role: str) -> Person:
    return Person.objects.create(nickname=nickname, role=role)


def test_a_coordinator_who_leaves_is_signed_out(admin: Client) -> None:
    kim, leaving = person("kim", Role.COORDINATOR), Client()
    let_in(leaving, kim)
    assert leaving.get("/api/desk/centres").status_code != 401
    assert not save(admin, f"colleagues/edit/{kim.pk}/")
    assert leaving.get("/api/desk/centres").status_code == 401


def test_the_last_administrator_stays(admin: Client) -> None:
    last = Person.objects.get(role=Role.ADMINISTRATOR)
    path = f"colleagues/edit/{last.pk}/"
    assert "Somebody must remain" in save(admin, path)
    assert Person.objects.get(pk=last.pk).is_active
    person("second", Role.ADMINISTRATOR)
    assert not save(admin, path)


@pytest.mark.parametrize("role", [Role.CLIENT, Role.COUNSELLOR])
def test_nobody_else_is_found_here(admin: Client, role: str) -> None:
    somebody = person("somebody", role)
    assert "somebody" not in page(admin, "colleagues/")
    page(admin, f"colleagues/edit/{somebody.pk}/", 404)


def test_nobody_is_made_or_deleted_here(admin: Client) -> None:
    kim = person("kim", Role.COORDINATOR)
    page(admin, "colleagues/new/", 302)
    assert not admin.post(f"/office/colleagues/delete/{kim.pk}/").content
    assert Person.objects.filter(pk=kim.pk).exists()
