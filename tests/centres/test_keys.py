import json
from typing import Any

import pytest
from django.test import Client

from lotse.accounts.models import Person
from lotse.accounts.roles import Role
from lotse.core.identifiers import from_text, new_id, to_text
from lotse.demo import crypto
from lotse.demo.crypto.centre import sign_manifest
from lotse.keys.models import GroupEpoch, GroupWrap, Manifest
from lotse.stream.models import Event
from tests.accounts.people import Browser, problem, registered, told
from tests.centres.members import admission, centre_called, counsellor_at, found, opened

pytestmark = pytest.mark.django_db


class Place:
    """A centre with a founder and a colleague who waits."""

    def __init__(self) -> None:
        self.centre = centre_called("Haus Nord")
        self.anna, self.bert = (
            counsellor_at(self.centre, "anna"),
            counsellor_at(self.centre, "bert"),
        )

    def found(self) -> Any:
        return self.anna.post("/api/centre-keys/found", found(self.anna, self.centre))

    def admit(self, **changed: Any) -> Any:
        body = admission(self.anna, self.bert)
        return self.anna.post("/api/centre-keys/admit", body | changed)


@pytest.fixture
def place() -> Place:
    return Place()


@pytest.fixture
def founded(place: Place) -> Place:
    assert place.found().status_code == 201
    return place


def heard(browser: Browser) -> int:
    return Event.objects.filter(mailbox__person=browser.id, kind="keys").count()


def test_before_the_first_key(place: Place) -> None:
    assert problem(Client().get(f"/api/centres/{place.centre.pk}/keys")) == "not-found"
    wire = told(place.anna.get("/api/centre-keys"))
    assert (wire["manifests"], wire["epochs"], wire["wraps"]) == ([], [], [])
    assert wire["me_lead"] is False
    assert [one["person"] for one in wire["waiting"]] == [str(place.bert.id)]


def test_founding(place: Place) -> None:
    before = heard(place.bert)
    assert place.found().status_code == 201
    wire = told(place.anna.get("/api/centre-keys"))
    assert wire["me_lead"] is True
    assert opened(place.anna).manifest.fields["members"][0]["person"] == str(place.anna.id)
    assert (heard(place.bert), heard(place.anna) > 0) == (before + 1, True)


def test_everyone_may_know_the_public_part(founded: Place) -> None:
    public = told(Client().get(f"/api/centres/{founded.centre.pk}/keys"))
    assert set(public) == {"centre", "manifests", "epochs"}
    manifest = crypto.verify_manifests(str(founded.centre.pk), public["manifests"])
    assert public["epochs"] == [
        {
            "number": 1,
            "key_id": to_text(manifest.box.id),
            "box_public": to_text(manifest.box.public),
        }
    ]
    assert problem(Client().get(f"/api/centres/{new_id()}/keys")) == "not-found"
    assert problem(Client().get("/api/centres/haus-nord/keys")) == "not-found"


def test_only_once(founded: Place) -> None:
    again = founded.bert.post("/api/centre-keys/found", found(founded.bert, founded.centre))
    assert (again.status_code, problem(again)) == (409, "conflict")
    assert problem(founded.found()) == "conflict"
    assert Manifest.objects.count() == 1


def test_a_colleague_is_let_in(founded: Place) -> None:
    wire = told(founded.bert.get("/api/centre-keys"))
    assert (wire["wraps"], wire["waiting"], wire["me_lead"]) == ([], [], False)
    assert wire["leads"] == ["Anna"]
    before = heard(founded.bert)
    answer = founded.admit()
    assert (answer.status_code, told(answer)) == (201, told(founded.anna.get("/api/centre-keys")))
    mine = opened(founded.bert)
    assert mine.boxes[1].public == opened(founded.anna).boxes[1].public
    assert told(founded.anna.get("/api/centre-keys"))["waiting"] == []
    assert heard(founded.bert) == before + 1


def test_who_waits_is_shown_with_the_signed_box(founded: Place) -> None:
    waiting = told(founded.anna.get("/api/centre-keys"))["waiting"]
    keys = {name: founded.bert.keys[name] for name in waiting[0] if name in founded.bert.keys}
    assert waiting == [{"person": str(founded.bert.id), "name": "Bert"} | keys]
    Person.objects.filter(pk=founded.bert.id).update(is_active=False)
    assert told(founded.anna.get("/api/centre-keys"))["waiting"] == []


def test_of_two_leads_at_once_the_second_is_told_to_load_again(founded: Place) -> None:
    carla = counsellor_at(founded.centre, "carla")
    late = admission(founded.anna, carla)
    assert founded.admit().status_code == 201
    answer = founded.anna.post("/api/centre-keys/admit", late)
    assert (answer.status_code, problem(answer)) == (409, "stale-keys")
    assert (
        founded.anna.post("/api/centre-keys/admit", admission(founded.anna, carla)).status_code
        == 201
    )
    assert len(opened(carla).manifest.fields["members"]) == 3


def test_nobody_is_let_in_twice(founded: Place) -> None:
    founded.admit()
    assert problem(founded.admit()) == "stale-keys"


def test_only_a_lead_lets_in(founded: Place) -> None:
    founded.admit()
    carla = counsellor_at(founded.centre, "carla")
    by_member = founded.bert.post("/api/centre-keys/admit", admission(founded.bert, carla))
    assert (by_member.status_code, problem(by_member)) == (403, "forbidden")
    body = admission(founded.anna, carla)
    assert problem(carla.post("/api/centre-keys/admit", body)) == "forbidden"


def test_nothing_to_admit_to(place: Place) -> None:
    body = found(place.anna, place.centre)
    wrap = {"epoch": 1, "wrapped": body["wrapped"]}
    admit = {"person": str(place.bert.id), "wraps": [wrap], "manifest": body["manifest"]}
    assert problem(place.anna.post("/api/centre-keys/admit", admit)) == "stale-keys"


def test_people_of_other_centres_and_clients_are_kept_out(founded: Place) -> None:
    south = centre_called("Haus Süd")
    dora = counsellor_at(south, "dora")
    assert told(dora.get("/api/centre-keys"))["centre"] == str(south.pk)
    # Neither can she found for another centre, nor can she be let in there.
    assert problem(dora.post("/api/centre-keys/found", found(dora, founded.centre))) == "invalid"
    stranger = founded.anna.post("/api/centre-keys/admit", admission(founded.anna, dora))
    assert problem(stranger) == "not-found"
    client = registered("amal")
    outsider = founded.anna.post("/api/centre-keys/admit", admission(founded.anna, client))
    assert problem(outsider) == "not-found"
    for person, slug in ((client, "forbidden"), (Browser("nobody"), "signed-out")):
        assert problem(person.get("/api/centre-keys")) == slug
        for path in ("found", "admit"):
            assert problem(person.post(f"/api/centre-keys/{path}", {})) == slug


def test_a_revoked_colleague_can_neither_let_in_nor_be_let_in(founded: Place) -> None:
    body = admission(founded.anna, founded.bert)
    Person.objects.filter(pk=founded.bert.id).update(is_active=False)
    assert problem(founded.anna.post("/api/centre-keys/admit", body)) == "not-found"
    Person.objects.filter(pk=founded.bert.id).update(is_active=True)
    Person.objects.filter(pk=founded.anna.id).update(is_active=False)
    assert problem(founded.anna.post("/api/centre-keys/admit", body)) == "signed-out"


def resigned(browser: Browser, body: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """The same request with other words in the manifest, properly signed."""
    fields = json.loads(from_text(body["manifest"]["body"])) | changed
    return body | {"manifest": sign_manifest(browser.account, fields)}


FORGED: list[dict[str, Any]] = [
    {"suite": 2},
    {"centre": "11111111-1111-4111-8111-111111111111"},
    {"previous": ""},
    {"previous": to_text(bytes(32))},
    {"epoch": 2},
    {"key_id": to_text(bytes(8))},
    {"box": to_text(bytes(1216))},
    {"members": []},
    {"more": 1},
]


@pytest.mark.parametrize("forged", FORGED)
def test_a_manifest_says_nothing_but_what_it_must(founded: Place, forged: dict[str, Any]) -> None:
    body = resigned(founded.anna, admission(founded.anna, founded.bert), **forged)
    answer = founded.anna.post("/api/centre-keys/admit", body)
    assert (answer.status_code, problem(answer)) == (422, "invalid")
    assert Manifest.objects.count() == 1


def test_members_are_those_before_and_the_new_one(founded: Place) -> None:
    anna, bert = founded.anna, founded.bert
    body = admission(anna, bert)
    first, second = json.loads(from_text(body["manifest"]["body"]))["members"]
    mallory = to_text(bytes(32))
    for members in (
        [second, first],
        [second],
        [first],
        [first, second, second],
        [first | {"lead": False}, second],
        [first, second | {"identity": mallory}],
        [first | {"identity": mallory}, second],
        [first, second | {"person": str(new_id())}],
        [first, second | {"lead": 1}],
    ):
        forged = resigned(anna, body, members=members)
        assert problem(anna.post("/api/centre-keys/admit", forged)) == "invalid"
    leading = resigned(anna, body, members=[first, second | {"lead": True}])
    assert anna.post("/api/centre-keys/admit", leading).status_code == 201
    assert told(bert.get("/api/centre-keys"))["me_lead"] is True


def test_the_manifest_is_signed_by_who_sends_it(founded: Place) -> None:
    body = admission(founded.anna, founded.bert)
    by_bert = resigned(founded.bert, body)
    unsigned = body | {"manifest": body["manifest"] | {"signature": to_text(bytes(64))}}
    for forged in (by_bert, unsigned):
        assert problem(founded.anna.post("/api/centre-keys/admit", forged)) == "invalid"


def test_wraps_are_for_every_epoch_and_for_the_new_one_only(founded: Place) -> None:
    anna, body = founded.anna, admission(founded.anna, founded.bert)
    own = GroupWrap.objects.get(person=anna.id)
    wrap = body["wraps"][0]
    for wraps in (
        [],
        [wrap, wrap],
        [wrap, wrap | {"epoch": 2}],
        [wrap | {"epoch": 2}],
        [wrap | {"wrapped": to_text(own.wrapped)}],
        [wrap | {"wrapped": wrap["wrapped"][:-4]}],
        [wrap | {"epoch": 0}],
        [wrap | {"epoch": 2**40}],
        [wrap] * 101,
    ):
        answer = anna.post("/api/centre-keys/admit", body | {"wraps": wraps})
        assert problem(answer) == "invalid"
    assert GroupWrap.objects.count() == 1


@pytest.mark.parametrize("forged", [*FORGED[:2], *FORGED[3:]])
def test_founding_is_checked_as_strictly(place: Place, forged: dict[str, Any]) -> None:
    body = resigned(place.anna, found(place.anna, place.centre), **forged)
    assert problem(place.anna.post("/api/centre-keys/found", body)) == "invalid"
    assert not GroupEpoch.objects.exists()


def test_founding_for_somebody_else_is_refused(place: Place) -> None:
    for body in (
        found(place.bert, place.centre),
        resigned(place.bert, found(place.anna, place.centre)),
        found(place.anna, place.centre) | {"wrapped": found(place.bert, place.centre)["wrapped"]},
    ):
        assert problem(place.anna.post("/api/centre-keys/found", body)) == "invalid"
    assert not GroupEpoch.objects.exists()


def test_a_counsellor_without_a_centre_is_refused() -> None:
    assert problem(registered("erik", Role.COUNSELLOR).get("/api/centre-keys")) == "forbidden"
