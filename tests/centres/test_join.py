from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lotse.accounts.models import Person
from lotse.accounts.roles import Role
from lotse.centres.models import Coordinator, Counsellor, Invitation, Organisation
from lotse.core.identifiers import from_text, to_text
from lotse.stream.models import Event
from tests.accounts.people import Browser, me_in, problem, registered, told
from tests.centres.members import centre_called, counsellor_at, joining, token_for

pytestmark = pytest.mark.django_db


def test_an_invitation_says_to_where() -> None:
    centre = centre_called("Haus Nord")
    offered: list[tuple[str, Any, str]] = [
        (Role.COUNSELLOR, centre, "Verband"),
        (Role.COORDINATOR, centre.organisation, "Verband"),
        (Role.ADMINISTRATOR, None, ""),
    ]
    for role, place, organisation in offered:
        said = told(Browser("new").post("/api/invitations/look", {"token": token_for(role, place)}))
        assert (said["role"], said["organisation_name"]) == (role, organisation)
        is_counsellor = role == Role.COUNSELLOR
        centre_said = {"id": str(centre.pk), "name": "Haus Nord"} if is_counsellor else None
        assert said["centre"] == centre_said
        assert ("de" in said["languages"]) == is_counsellor


def test_the_database_does_not_hold_the_token() -> None:
    token = from_text(token_for(Role.ADMINISTRATOR))
    assert len(token) == 32
    assert bytes(Invitation.objects.get().token_hash) != token


def test_a_counsellor_joins() -> None:
    centre = centre_called("Haus Nord")
    anna = counsellor_at(centre, "anna")
    me = told(anna.get("/api/me"))
    own = Counsellor.objects.get(person=anna.id)
    assert (me["role"], me["keys"]["memory_kib"], me["keys"]["passes"]) == ("counsellor", 65536, 3)
    assert me["counsellor"] == {
        "id": str(own.pk),
        "name": "Anna",
        "centre": str(centre.pk),
        "centre_name": "Haus Nord",
    }
    assert (own.slug, [one.code for one in own.languages.all()]) == ("anna", ["de"])
    assert not anna.person.is_superuser


def test_colleagues_hear_of_whoever_waits() -> None:
    centre = centre_called("Haus Nord")
    anna = counsellor_at(centre, "anna")
    before = Event.objects.filter(mailbox__person=anna.id).count()
    counsellor_at(centre, "bert")
    event = Event.objects.filter(mailbox__person=anna.id).order_by("-number")[0]
    assert (event.number, event.kind) == (before + 1, "keys")
    assert event.payload == {"centre": str(centre.pk)}


def test_a_coordinator_joins() -> None:
    organisation = Organisation.objects.create(name="Verband")
    cora = Browser("cora", Role.COORDINATOR)
    token = token_for(Role.COORDINATOR, organisation)
    assert cora.post("/api/join", joining(cora, token, languages=[], name="")).status_code == 201
    assert Coordinator.objects.get(person=cora.id).organisation == organisation
    me = told(cora.get("/api/me"))
    assert (me["role"], me["counsellor"]) == ("coordinator", None)
    assert not cora.person.is_superuser


def enters_office(who: Browser) -> bool:
    answer = who.client.get("/office/", follow=True)
    assert answer.status_code == 200
    return bool(answer.request["PATH_INFO"].startswith("/office/"))


def test_an_administrator_joins_and_may_enter_the_office() -> None:
    adam = Browser("adam", Role.ADMINISTRATOR)
    assert adam.post("/api/join", joining(adam, token_for(Role.ADMINISTRATOR))).status_code == 201
    assert adam.person.is_superuser
    assert adam.get("/office/centres/").status_code == 200
    Person.objects.filter(pk=adam.id).update(is_active=False)
    assert adam.get("/office/").status_code == 302


def test_others_do_not_enter_the_office() -> None:
    for who in (registered("amal"), counsellor_at(centre_called("Haus Nord"), "anna")):
        assert not enters_office(who)


def test_a_link_works_once() -> None:
    centre = centre_called("Haus Nord")
    token = token_for(Role.COUNSELLOR, centre)
    anna, bert = Browser("anna", Role.COUNSELLOR), Browser("bert", Role.COUNSELLOR)
    assert anna.post("/api/join", joining(anna, token)).status_code == 201
    late = bert.post("/api/join", joining(bert, token))
    assert (late.status_code, problem(late)) == (410, "gone")
    assert problem(bert.post("/api/invitations/look", {"token": token})) == "gone"
    assert not Person.objects.filter(pk=bert.id).exists()


def test_the_same_post_again_finds_what_the_first_has_made() -> None:
    token = token_for(Role.COUNSELLOR, centre_called("Haus Nord"))
    anna = Browser("anna", Role.COUNSELLOR)
    first = anna.post("/api/join", joining(anna, token))
    anna.client = Client()
    again = anna.post("/api/join", joining(anna, token))
    assert (again.status_code, me_in(again)) == (201, me_in(first))
    assert Counsellor.objects.count() == 1


def test_an_expired_link_is_gone() -> None:
    token = token_for(Role.COUNSELLOR, centre_called("Haus Nord"))
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    anna = Browser("anna", Role.COUNSELLOR)
    assert problem(anna.post("/api/join", joining(anna, token))) == "gone"
    assert problem(anna.post("/api/invitations/look", {"token": token})) == "gone"


@pytest.mark.parametrize(
    "token", ["x", "!", to_text(bytes(32)), to_text(bytes(33)), "%00", "ä", "x" * 5000]
)
def test_other_tokens_are_gone(token: str) -> None:
    anna = Browser("anna", Role.COUNSELLOR)
    refused = "gone" if len(token) < 100 else "invalid"
    assert problem(anna.post("/api/join", joining(anna, token))) == refused
    assert problem(anna.post("/api/invitations/look", {"token": token})) == refused


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": "  "},
        {"name": "x" * 81},
        {"name": "An\0na"},
        {"languages": []},
        {"languages": ["tlh"]},
        {"languages": ["de", "\0"]},
        {"languages": "de"},
        {"role": "administrator"},
        {"nickname": "a"},
    ],
)
def test_what_does_not_fit_leaves_the_link_usable(change: dict[str, Any]) -> None:
    token = token_for(Role.COUNSELLOR, centre_called("Haus Nord"))
    anna = Browser("anna", Role.COUNSELLOR)
    assert problem(anna.post("/api/join", joining(anna, token, **change))) == "invalid"
    assert not Person.objects.exists()
    assert anna.post("/api/join", joining(anna, token)).status_code == 201


def test_a_taken_nickname_leaves_the_link_usable() -> None:
    registered("anna")
    token = token_for(Role.COUNSELLOR, centre_called("Haus Nord"))
    anna = Browser("Anna", Role.COUNSELLOR)
    assert problem(anna.post("/api/join", joining(anna, token))) == "nickname-taken"
    anna.nickname = "anna b."
    assert anna.post("/api/join", joining(anna, token)).status_code == 201


@pytest.mark.parametrize("weak", [{"memory_kib": 65535}, {"passes": 2}])
def test_staff_need_stronger_parameters(weak: dict[str, int]) -> None:
    token = token_for(Role.COUNSELLOR, centre_called("Haus Nord"))
    anna = Browser("anna", Role.COUNSELLOR)
    answer = anna.post("/api/join", joining(anna, token, keys=anna.keys | weak))
    assert problem(answer) == "invalid"
    assert told(answer)["fields"] == [{"at": list(weak), "what": "below-floor"}]


def test_own_addresses_never_collide() -> None:
    centre = centre_called("Haus Nord")
    slugs = set()
    for nickname, name in (("a1", "Anna B."), ("a2", "Anna B."), ("a3", "آنا"), ("a4", "آنا")):
        anna = Browser(nickname, Role.COUNSELLOR)
        body = joining(anna, token_for(Role.COUNSELLOR, centre), name=name)
        assert anna.post("/api/join", body).status_code == 201
        slugs.add(Counsellor.objects.get(person=anna.id).slug)
    assert len(slugs) == 4
    assert "anna-b" in slugs
