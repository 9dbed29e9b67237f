"""What browsers load ahead of time, and what only asks for headers, does nothing to anybody."""

import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from lotse.accounts.models import Session
from lotse.conversations.models import Member
from tests.conversations.scene import Scene
from tests.conversations.world import Caller, make_counsellor, make_person
from tests.support.database import any_database
from tests.support.visitor import let_in

__all__ = ["any_database"]
pytestmark = pytest.mark.usefixtures("any_database")

AHEAD = [{"Purpose": "prefetch"}, {"Sec-Purpose": "prefetch"}, {}]


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("headers", AHEAD)
def test_nobody_is_signed_out(method: str, headers: dict[str, str]) -> None:
    client, person = Client(), make_person()
    let_in(client, person)
    answer = getattr(client, method)("/leave/", headers=headers)
    assert answer.status_code == 405
    assert Session.objects.filter(person=person).exists()


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("headers", AHEAD)
def test_nobodys_language_changes(method: str, headers: dict[str, str]) -> None:
    for address in ("/language/?language=ar", "/?language=ar"):
        answer = getattr(Client(), method)(address, headers=headers)
        assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies


def test_a_counsellor_who_looks_at_a_case_has_not_joined_it() -> None:
    scene = Scene()
    colleague = Caller(make_counsellor(scene.centre).person)
    assert colleague.refused("GET", scene.path) == "not-found"
    colleague.told("GET", f"/api/desk/cases/{scene.new['conversation']}")
    assert Member.objects.filter(conversation=scene.new["conversation"]).count() == 1
    colleague.told("POST", scene.join)
    assert Member.objects.filter(conversation=scene.new["conversation"]).count() == 2


@pytest.mark.parametrize("path", ["/leave/", "/language/", "/api/sign-out"])
@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}]
)
def test_no_form_of_another_site_signs_out_or_changes_the_language(
    path: str, headers: dict[str, Any]
) -> None:
    client, person = Client(enforce_csrf_checks=True), make_person()
    let_in(client, person)
    answer = client.post(path, {"language": "ar"}, headers=headers)
    assert json.loads(answer.content)["type"] == "/problems/foreign-origin"
    assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies
    assert Session.objects.filter(person=person).exists()
