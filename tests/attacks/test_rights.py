"""Rights end with what they come from: a maker, a centre's key, an organisation."""

from typing import Any

import pytest

from lotse.accounts.models import Person
from lotse.accounts.roles import Role
from lotse.centres.invitations import Place, invite, open_by
from lotse.centres.models import Centre, Coordinator, Counsellor, Organisation
from lotse.conversations.delivery import deliverable
from lotse.conversations.models import Member
from lotse.core.problems import Problem
from lotse.keys.models import GroupEpoch, GroupWrap
from lotse.stream.models import Event
from tests.conversations.scene import Scene
from tests.conversations.world import (
    Caller,
    case_body,
    make_centre,
    make_counsellor,
    make_person,
    message_body,
)
from tests.support.database import any_database
from tests.support.mailboxes import kinds

__all__ = ["any_database"]
pytestmark = pytest.mark.usefixtures("any_database")


def coordinator_of(centre: Centre) -> Person:
    person = make_person(Role.COORDINATOR)
    Coordinator.objects.create(person=person, organisation=centre.organisation)
    return person


def token(role: str, place: Place, maker: Person | None) -> str:
    return invite(role, place, made_by=maker)[1].partition("#")[2]


def is_gone(token: str) -> bool:
    answer = Caller(None)("POST", "/api/invitations/look", {"token": token})
    try:
        open_by(token)
    except Problem as problem:
        assert (problem.slug, answer.status_code) == ("gone", 410)
        return True
    assert answer.status_code == 200
    return False


def revoke(person: Person) -> None:
    person.is_active = False
    person.save()


def demote(person: Person) -> None:
    person.role = Role.COUNSELLOR
    person.save()


def move(person: Person) -> None:
    Coordinator.objects.filter(person=person).update(organisation=make_centre().organisation)


def orphan(person: Person) -> None:
    Coordinator.objects.filter(person=person).delete()


@pytest.mark.parametrize("lose", [revoke, demote, move, orphan, Person.delete])
def test_an_invitation_ends_with_its_makers_right(lose: Any) -> None:
    centre = make_centre()
    maker = coordinator_of(centre)
    tokens = [
        token(Role.COUNSELLOR, centre, maker),
        token(Role.COORDINATOR, centre.organisation, maker),
    ]
    assert not any(is_gone(one) for one in tokens)
    lose(maker)
    assert all(is_gone(one) for one in tokens)


@pytest.mark.parametrize("lose", [revoke, demote, move, orphan])
def test_colleagues_see_that_an_invitation_has_ended(lose: Any) -> None:
    centre = make_centre()
    makers = coordinator_of(centre), coordinator_of(centre)
    for note, maker in enumerate(makers):
        invite(Role.COUNSELLOR, centre, note=str(note), made_by=maker)
        invite(Role.COORDINATOR, centre.organisation, note=str(note), made_by=maker)
    lose(makers[0])
    shown = Caller(makers[1]).told("GET", "/api/desk/invitations")["invitations"]
    assert sorted((one["note"], one["has_ended"]) for one in shown) == [
        ("0", True),
        ("0", True),
        ("1", False),
        ("1", False),
    ]


def test_a_centre_that_changes_hands_takes_no_invitation_along() -> None:
    centre = make_centre()
    made = token(Role.COUNSELLOR, centre, coordinator_of(centre))
    Centre.objects.filter(pk=centre.pk).update(organisation=make_centre().organisation)
    assert is_gone(made)


def test_an_administrators_invitation_ends_with_the_administrator() -> None:
    maker = make_person(Role.ADMINISTRATOR)
    made = token(Role.ADMINISTRATOR, None, maker)
    assert not is_gone(made)
    revoke(maker)
    assert is_gone(made)


def test_the_command_lines_invitation_stays() -> None:
    assert not is_gone(token(Role.COUNSELLOR, make_centre(), None))


def test_a_coordinator_without_an_organisation_sees_and_invites_nobody() -> None:
    centre, other = make_centre(), Organisation.objects.create(name="Ohne Haus")
    invite(Role.ADMINISTRATOR, None, note="for nobody's organisation")
    invite(Role.COUNSELLOR, centre, note="for somebody's")
    person = make_person(Role.COORDINATOR)
    Coordinator.objects.create(person=person, organisation=other)
    other.delete()
    caller = Caller(person)
    assert caller.told("GET", "/api/desk/invitations") == {"invitations": []}
    assert caller.told("GET", "/api/desk/centres") == {"centres": []}
    for role, place in (
        ("counsellor", str(centre.pk)),
        ("coordinator", None),
        ("counsellor", None),
    ):
        new = {"centre": place, "role": role}
        assert caller.refused("POST", "/api/desk/invitations", new) in {"forbidden", "not-found"}


class Waiting:
    """A counsellor who has joined the scene's centre, and whom nobody has admitted to its key."""

    def __init__(self) -> None:
        self.scene = Scene()
        self.counsellor = make_counsellor(self.scene.centre, is_admitted=False)
        self.person = self.counsellor.person
        self.caller = Caller(self.person)
        self.desk = f"/api/desk/cases/{self.scene.case.pk}"

    def check_nothing_is_seen(self) -> None:
        scene, caller = self.scene, self.caller
        for state in ("new", "mine", "centre", "closed"):
            assert caller.told("GET", f"/api/desk/cases?state={state}")["cases"] == []
        assert caller.told("GET", "/api/conversations")["conversations"] == []
        for method, path, body in [
            ("GET", self.desk, None),
            ("POST", f"{self.desk}/join", None),
            ("POST", f"{self.desk}/take", None),
            ("POST", f"{self.desk}/close", None),
            ("GET", scene.path, None),
            ("GET", f"{scene.path}/messages", None),
            ("POST", f"{scene.path}/typing", None),
            ("POST", f"{scene.live}/messages", message_body()),
            ("POST", f"{scene.live}/receipts", {"read": 1}),
        ]:
            assert caller.refused(method, path, body) == "not-found", path
        told = [
            Event(number=1, kind="queue", payload={"centre": str(scene.centre.pk)}),
            Event(number=2, kind="case", payload={"conversation": str(scene.case.pk)}),
        ]
        assert list(deliverable(self.person.pk, told)) == []


def test_a_counsellor_without_the_centres_key_sees_and_takes_no_case() -> None:
    waiting = Waiting()
    waiting.check_nothing_is_seen()
    waiting.scene.client.told("POST", "/api/cases", case_body(waiting.scene.centre), 201)
    assert "queue" not in kinds(waiting.person.pk)
    keys = Event(number=1, kind="keys", payload={"centre": str(waiting.scene.centre.pk)})
    assert list(deliverable(waiting.person.pk, [keys])) == [keys]
    waiting.caller.told("GET", "/api/desk/profile")


def test_a_counsellor_without_the_centres_key_is_not_asked() -> None:
    waiting = Waiting()
    new = case_body(waiting.scene.centre, counsellor=str(waiting.counsellor.pk))
    assert waiting.scene.client.refused("POST", "/api/cases", new) == "not-found"
    card = f"/api/counsellors/{waiting.counsellor.pk}"
    assert waiting.caller.refused("GET", card) == "not-found"
    assert waiting.caller("GET", f"/c/{waiting.counsellor.slug}/").status_code == 404
    assert waiting.caller("GET", f"/centre/{waiting.scene.centre.slug}/").status_code == 200


def test_a_member_who_is_left_out_of_a_newer_key_reads_no_further() -> None:
    waiting = Waiting()
    scene = waiting.scene
    scene.staff.told("POST", scene.join)
    assert scene.staff.told("GET", f"{scene.path}/messages")["messages"]
    GroupEpoch.objects.create(group=scene.centre.pk, number=2, key_id=b"", box_public=b"")
    waiting.caller, waiting.person = scene.staff, scene.counsellor.person
    waiting.check_nothing_is_seen()


def test_whoever_is_admitted_sees_cases() -> None:
    waiting = Waiting()
    epoch = GroupEpoch.objects.get(group=waiting.scene.centre.pk)
    GroupWrap.objects.create(epoch=epoch, person=waiting.person, wrapped=b"")
    assert len(waiting.caller.told("GET", "/api/desk/cases?state=new")["cases"]) == 1
    waiting.caller.told("POST", f"{waiting.desk}/join")
    assert Member.objects.filter(person=waiting.person).count() == 1
    # Not even as a member after a move to another centre.
    Counsellor.objects.filter(person=waiting.person).update(centre=make_centre())
    waiting.check_nothing_is_seen()


def test_the_key_of_another_centre_opens_nothing_here() -> None:
    waiting = Waiting()
    epoch = GroupEpoch.objects.get(group=make_centre().pk)
    GroupWrap.objects.create(epoch=epoch, person=waiting.person, wrapped=b"")
    waiting.check_nothing_is_seen()
