"""Profile, absences, choices and invitations over the API."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from lotse.accounts.roles import Role
from lotse.centres.models import Coordinator, Invitation
from lotse.core.identifiers import new_id
from tests.conversations.world import Caller, make_centre, make_counsellor, make_person

pytestmark = pytest.mark.usefixtures("any_database")


@pytest.fixture
def caller() -> Caller:
    return Caller(make_counsellor(make_centre()).person)


PROFILE: dict[str, Any] = {
    "name": "Amal",
    "languages": ["ar"],
    "topics": [],
    "gender": "female",
    "about": "Ich berate seit 2019.\nمرحبا",
    "hours": {"1": [["09:00", "12:00"]]},
    "capacity": 20,
    "takes_new": False,
}


def test_a_profile_is_kept(caller: Caller) -> None:
    caller("PUT", "/api/desk/profile", PROFILE)
    own = caller.told("GET", "/api/desk/profile")
    assert {name: own[name] for name in PROFILE} == PROFILE
    assert own["link"].endswith(f"/c/{own['slug']}/")
    assert own["qr"] == f"/c/{own['slug']}/qr.svg"


@pytest.mark.parametrize(
    "changed",
    [
        {"name": ""},
        {"languages": []},
        {"languages": ["xx"]},
        {"topics": ["xx"]},
        {"hours": {}},
        {"hours": {"9": []}},
        {"hours": {"1": [["12:00", "09:00"]]}},
        {"gender": "x"},
        {"about": "\x00"},
        {"capacity": -1},
        {"slug": "x"},
    ],
)
def test_a_profile_that_cannot_be(caller: Caller, changed: dict[str, Any]) -> None:
    assert caller.refused("PUT", "/api/desk/profile", PROFILE | changed) == "invalid"


def test_absences(caller: Caller) -> None:
    today = timezone.localdate()
    days = {"first_day": str(today), "last_day": str(today + timedelta(days=3))}
    absence = caller.told("POST", "/api/desk/absences", days, 201)
    assert caller.told("GET", "/api/desk/absences")["absences"] == [absence]
    other = Caller(make_counsellor(make_centre()).person)
    assert other.refused("DELETE", f"/api/desk/absences/{absence['id']}") == "not-found"
    caller.told("DELETE", f"/api/desk/absences/{absence['id']}", status=204)
    assert caller.told("GET", "/api/desk/absences")["absences"] == []
    backwards = {"first_day": days["last_day"], "last_day": days["first_day"]}
    assert caller.refused("POST", "/api/desk/absences", backwards) == "invalid"


def test_choices_are_named(caller: Caller) -> None:
    choices = caller.told("GET", "/api/desk/choices")
    assert {"code": "ar", "name": "Arabisch"} in choices["languages"]


class Association:
    def __init__(self) -> None:
        self.centre = make_centre()
        self.coordinator = make_person(Role.COORDINATOR)
        Coordinator.objects.create(person=self.coordinator, organisation=self.centre.organisation)
        self.caller = Caller(self.coordinator)


def test_a_coordinator_invites_for_the_own_organisation() -> None:
    own, other = Association(), Association()
    listed = own.caller.told("GET", "/api/desk/centres")["centres"]
    assert listed == [{"id": str(own.centre.pk), "name": own.centre.name}]
    wanted = {"centre": str(own.centre.pk), "role": "counsellor", "note": "Amal"}
    link = own.caller.told("POST", "/api/desk/invitations", wanted, 201)["link"]
    assert "/join/#" in link
    (made,) = own.caller.told("GET", "/api/desk/invitations")["invitations"]
    assert (made["note"], made["role"], made["used_at"]) == ("Amal", "counsellor", None)
    assert made["centre"]["name"] == own.centre.name
    assert other.caller.told("GET", "/api/desk/invitations")["invitations"] == []
    assert other.caller.refused("POST", "/api/desk/invitations", wanted) == "not-found"


def test_a_coordinator_invites_a_coordinator() -> None:
    own = Association()
    wanted = {"centre": None, "role": "coordinator", "note": ""}
    own.caller.told("POST", "/api/desk/invitations", wanted, 201)
    assert Invitation.objects.filter(organisation=own.centre.organisation).count() == 1


@pytest.mark.parametrize(
    ("changed", "slug"),
    [
        ({"role": "administrator", "centre": None}, "forbidden"),
        ({"role": "counsellor", "centre": None}, "forbidden"),
        ({"role": "coordinator"}, "invalid"),
        ({"role": "client"}, "forbidden"),
        ({"role": "king"}, "invalid"),
        ({"centre": str(new_id())}, "not-found"),
        ({"note": "\x00"}, "invalid"),
        ({"note": "x" * 121}, "invalid"),
    ],
)
def test_invitations_that_cannot_be(changed: dict[str, Any], slug: str) -> None:
    own = Association()
    wanted = {"centre": str(own.centre.pk), "role": "counsellor", "note": ""} | changed
    assert own.caller.refused("POST", "/api/desk/invitations", wanted) == slug
