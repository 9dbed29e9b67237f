"""Cases and messages over the API: what is granted, and what is refused."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from lotse.accounts.models import Person
from lotse.centres.models import Centre
from lotse.conversations.models import Blob, Case, Chunk, Member, Message
from lotse.core.identifiers import new_id
from lotse.core.limits import MESSAGE_BYTES
from lotse.stream.models import Event
from tests.conversations.world import (
    Caller,
    body,
    case_body,
    make_centre,
    make_counsellor,
    make_person,
    message_body,
    sealed,
)

pytestmark = pytest.mark.usefixtures("any_database")


class Scene:
    """A client who has asked, and a counsellor of the centre."""

    def __init__(self) -> None:
        self.centre = make_centre()
        self.counsellor = make_counsellor(self.centre)
        self.person = make_person()
        self.client, self.staff = Caller(self.person), Caller(self.counsellor.person)
        self.new = case_body(self.centre)
        self.path = f"/api/conversations/{self.new['conversation']}"
        self.live = f"/live/conversations/{self.new['conversation']}"
        self.client.told("POST", "/api/cases", self.new, 201)

    @property
    def case(self) -> Any:
        return Case.objects.get(pk=self.new["conversation"])

    def take(self) -> None:
        self.staff.told("POST", f"/api/desk/cases/{self.new['conversation']}/take")

    def stranger(self) -> Caller:
        return Caller(make_person())

    def foreign_counsellor(self) -> Caller:
        return Caller(make_counsellor(make_centre()).person)


@pytest.fixture
def scene() -> Scene:
    return Scene()


def kinds(person: Person) -> list[str]:
    events = Event.objects.filter(mailbox=person.pk).order_by("number")
    return list(events.values_list("kind", flat=True))


def test_a_question_opens_a_case(scene: Scene) -> None:
    listed = scene.client.told("GET", "/api/conversations")
    (shown,) = listed["conversations"]
    assert listed["cursor"] == 1
    assert shown["id"] == scene.new["conversation"]
    assert shown["last_message"]["body"] == scene.new["message"]["body"]
    assert shown["unread"] == 0
    assert [wrap["wrapped"] for wrap in shown["wraps"]] == [scene.new["keys"]["client_wrap"]]
    case = shown["case"]
    assert case["state"] == "new"
    assert case["centre"]["name"] == scene.centre.name
    assert case["waiting_since"] < case["answer_by"]
    assert kinds(scene.person) == ["case"]
    assert kinds(scene.counsellor.person) == ["queue"]


def test_the_same_question_again_is_the_first_one(scene: Scene) -> None:
    again = scene.client.told("POST", "/api/cases", scene.new)
    assert again["id"] == scene.new["conversation"]
    assert kinds(scene.person) == ["case"]


def test_ids_of_others_are_a_conflict(scene: Scene) -> None:
    other = scene.stranger()
    assert other.refused("POST", "/api/cases", scene.new) == "conflict"
    fresh = case_body(scene.centre, message=scene.new["message"])
    assert other.refused("POST", "/api/cases", fresh) == "conflict"
    assert not Case.objects.filter(pk=fresh["conversation"]).exists()
    mine = scene.new | {"message": {"id": str(new_id()), "body": body()}}
    assert scene.client.refused("POST", "/api/cases", mine) == "conflict"


@pytest.mark.parametrize(
    ("changed", "slug"),
    [
        ({"centre": str(new_id())}, "not-found"),
        ({"counsellor": str(new_id())}, "not-found"),
        ({"language": "xx"}, "invalid"),
        ({"language": "\x00"}, "invalid"),
        ({"topic": "nothing"}, "invalid"),
        ({"place": "a\x00b"}, "invalid"),
        ({"place": "x" * 121}, "invalid"),
        ({"more": 1}, "invalid"),
        ({"conversation": "x"}, "invalid"),
        ({"message": {"id": str(new_id()), "body": sealed(37 + 255)}}, "invalid"),
        ({"message": {"id": str(new_id()), "body": sealed(37 + 256, b"\x02")}}, "invalid"),
        ({"message": {"id": str(new_id()), "body": body(200)}}, "invalid"),
    ],
)
def test_a_question_that_cannot_be(scene: Scene, changed: dict[str, Any], slug: str) -> None:
    new = case_body(scene.centre, **changed)
    assert scene.client.refused("POST", "/api/cases", new) == slug


def test_keys_that_do_not_fit(scene: Scene) -> None:
    new = case_body(scene.centre)
    new["keys"]["centre_epoch"] = 2
    assert scene.client.refused("POST", "/api/cases", new) == "stale-keys"
    new["keys"] |= {"centre_epoch": 1, "client_wrap": sealed(78)}
    assert scene.client.refused("POST", "/api/cases", new) == "invalid"


def test_a_closed_centre_takes_no_question(scene: Scene) -> None:
    Centre.objects.filter(pk=scene.centre.pk).update(is_open=False)
    assert scene.client.refused("POST", "/api/cases", case_body(scene.centre)) == "not-found"


def test_counsellors_do_not_ask_and_strangers_do_nothing(scene: Scene) -> None:
    assert scene.staff.refused("POST", "/api/cases", case_body(scene.centre)) == "forbidden"
    nobody = Caller(None)
    for method, path, content in [
        ("POST", "/api/cases", scene.new),
        ("GET", "/api/conversations", None),
        ("GET", scene.path, None),
        ("GET", f"{scene.path}/messages", None),
        ("POST", f"{scene.live}/messages", message_body()),
        ("POST", f"{scene.live}/marks", {"read": 1}),
        ("POST", f"{scene.path}/typing", None),
        ("POST", f"{scene.path}/blobs", {"id": str(new_id()), "chunks": 1}),
        ("DELETE", f"{scene.path}/messages/{scene.new['message']['id']}", None),
    ]:
        assert nobody.refused(method, path, content) == "signed-out"
        if path.startswith(scene.path):
            assert scene.stranger().refused(method, path, content) == "not-found"
            assert scene.foreign_counsellor().refused(method, path, content) == "not-found"


def test_a_message_reaches_all_members_once(scene: Scene) -> None:
    scene.take()
    new = message_body()
    first = scene.staff.told("POST", f"{scene.live}/messages", new, 201)
    assert (first["number"], first["body"]) == (2, new["body"])
    assert scene.staff.told("POST", f"{scene.live}/messages", new) == first
    assert kinds(scene.person).count("message") == 1
    assert kinds(scene.counsellor.person).count("message") == 1
    shown = scene.client.told("GET", scene.path)
    assert shown["unread"] == 1


def test_a_message_id_of_another_conversation_is_a_conflict(scene: Scene) -> None:
    other = Scene()
    taken = message_body(id=other.new["message"]["id"])
    assert scene.client.refused("POST", f"{scene.live}/messages", taken) == "conflict"
    scene.take()
    theirs = message_body(id=scene.new["message"]["id"])
    assert scene.staff.refused("POST", f"{scene.live}/messages", theirs) == "conflict"


def test_a_message_under_an_old_key_is_refused(scene: Scene) -> None:
    stale = message_body(epoch=2)
    assert scene.client.refused("POST", f"{scene.live}/messages", stale) == "stale-keys"


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b'{"id": "\\ud800"}',
        {"body": ""},
        {"body": "%%%"},
        {"body": 7},
        {"epoch": 2**40},
        {"blobs": ["00000000-0000-4000-8000-000000000000"] * 11},
    ],
    ids=str,
)
def test_a_message_that_cannot_be(scene: Scene, wrong: bytes | dict[str, Any]) -> None:
    content = wrong if isinstance(wrong, bytes) else json.dumps(message_body(**wrong)).encode()
    refused = scene.client.refused("POST", f"{scene.live}/messages", content)
    assert refused in {"invalid", "malformed"}
    assert Message.objects.filter(conversation=scene.case.pk).count() == 1


def test_the_longest_message_passes_and_a_longer_one_does_not(scene: Scene) -> None:
    most = (MESSAGE_BYTES - 37) // 256
    scene.client.told("POST", f"{scene.live}/messages", message_body(body=body(most)), 201)
    longer = message_body(body=body(most + 1))
    assert scene.client.refused("POST", f"{scene.live}/messages", longer) == "invalid"
    huge = b'{"body": "' + b"a" * 2_000_000 + b'"}'
    assert scene.client.refused("POST", f"{scene.live}/messages", huge) == "too-large"


def test_the_client_waits_until_somebody_answers(scene: Scene) -> None:
    since = scene.case.waiting_since
    scene.client.told("POST", f"{scene.live}/messages", message_body(), 201)
    assert scene.case.waiting_since == since
    scene.take()
    scene.staff.told("POST", f"{scene.live}/messages", message_body(), 201)
    assert (scene.case.waiting_since, scene.case.answer_by) == (None, None)
    scene.client.told("POST", f"{scene.live}/messages", message_body(), 201)
    assert scene.case.waiting_since > since
    assert scene.case.answer_by > timezone.now()
    event = Event.objects.filter(mailbox=scene.person.pk, kind="message").latest("number")
    assert datetime.fromisoformat(event.payload["answer_by"]) == scene.case.answer_by


def test_events_hold_no_ciphertext(scene: Scene) -> None:
    """A withdrawn message would live on in mailboxes otherwise."""
    scene.take()
    new = message_body()
    scene.client.told("POST", f"{scene.live}/messages", new, 201)
    assert not any(new["body"] in json.dumps(event.payload) for event in Event.objects.all())


def test_an_answer_takes_a_case_that_nobody_has_taken(scene: Scene) -> None:
    scene.staff.told("GET", scene.path)
    assert scene.case.counsellor is None
    scene.staff.told("POST", f"{scene.live}/messages", message_body(), 201)
    assert scene.case.counsellor == scene.counsellor


def test_a_message_reopens_a_closed_case(scene: Scene) -> None:
    scene.take()
    scene.staff.told("POST", f"/api/desk/cases/{scene.case.pk}/close", status=204)
    assert scene.case.closed_at
    assert scene.case.waiting_since is None
    scene.client.told("POST", f"{scene.live}/messages", message_body(), 201)
    assert scene.case.closed_at is None
    assert scene.case.counsellor == scene.counsellor
    assert scene.case.waiting_since


def test_who_looks_in_is_shown_to_the_client(scene: Scene) -> None:
    colleague = make_counsellor(scene.centre)
    shown = Caller(colleague.person).told("GET", scene.path)
    assert shown["me"] == {"delivered": 0, "read": 0}
    assert [wrap["recipient"] for wrap in shown["wraps"]] == [str(scene.centre.pk)]
    assert kinds(scene.person) == ["case", "case"]
    Caller(colleague.person).told("GET", scene.path)
    assert kinds(scene.person) == ["case", "case"]


def test_who_only_looked_reads_no_further_once_it_is_taken(scene: Scene) -> None:
    colleague = make_counsellor(scene.centre)
    looker = Caller(colleague.person)
    looker.told("GET", scene.path)
    scene.take()
    scene.client.told("POST", f"{scene.live}/messages", message_body(), 201)
    assert "message" not in kinds(colleague.person)
    assert looker.refused("GET", f"{scene.path}/messages") == "not-found"
    assert looker.told("GET", "/api/conversations")["conversations"] == []
    looker.told("GET", scene.path)
    assert len(looker.told("GET", f"{scene.path}/messages")["messages"]) == 2


def test_who_left_the_centre_is_a_stranger(scene: Scene) -> None:
    scene.take()
    scene.counsellor.centre = make_centre()
    scene.counsellor.save()
    assert scene.staff.refused("GET", f"{scene.path}/messages") == "not-found"
    assert scene.staff.refused("POST", f"{scene.live}/messages", message_body()) == "not-found"
    assert scene.staff.told("GET", "/api/conversations")["conversations"] == []


def test_own_messages_can_be_withdrawn(scene: Scene) -> None:
    scene.take()
    message = scene.client.told("POST", f"{scene.live}/messages", message_body(), 201)
    path = f"{scene.path}/messages/{message['id']}"
    assert scene.staff.refused("DELETE", path) == "forbidden"
    scene.client.told("DELETE", path, status=204)
    scene.client.told("DELETE", path, status=204)
    listed = scene.staff.told("GET", f"{scene.path}/messages")["messages"]
    assert (listed[1]["body"], listed[1]["number"]) == ("", 2)
    assert listed[1]["withdrawn_at"]
    assert kinds(scene.counsellor.person).count("withdrawn") == 1
    unknown = f"{scene.path}/messages/{new_id()}"
    assert scene.client.refused("DELETE", unknown) == "not-found"


def test_marks_go_forward_only_and_no_further_than_the_last(scene: Scene) -> None:
    scene.take()
    for number in (3, 1, 99):
        scene.staff.told("POST", f"{scene.live}/marks", {"delivered": number}, 204)
    scene.staff.told("POST", f"{scene.live}/marks", {"read": 1}, 204)
    member = Member.objects.get(conversation=scene.case.pk, person=scene.counsellor.person)
    assert (member.delivered, member.read) == (1, 1)
    assert scene.client.told("GET", scene.path)["others"] == {"delivered": 1, "read": 1}
    assert kinds(scene.person).count("marks") == 2
    assert scene.client.refused("POST", f"{scene.live}/marks", {"read": -1}) == "invalid"
    assert scene.client.refused("POST", f"{scene.live}/marks", {"read": 2**60}) == "invalid"


def test_pages_of_messages(scene: Scene) -> None:
    for _ in range(6):
        scene.client.told("POST", f"{scene.live}/messages", message_body(), 201)

    def numbers(query: str) -> list[int]:
        listed = scene.client.told("GET", f"{scene.path}/messages?{query}")
        return [message["number"] for message in listed["messages"]]

    assert numbers("") == [1, 2, 3, 4, 5, 6, 7]
    assert numbers("limit=3") == [5, 6, 7]
    assert numbers("before=5&limit=3") == [2, 3, 4]
    assert numbers("after=2&limit=3") == [3, 4, 5]
    assert numbers("before=1") == []
    for wrong in ("limit=0", "limit=1000", "before=x", "after=-1", "before=99999999999999999999"):
        assert scene.client.refused("GET", f"{scene.path}/messages?{wrong}") == "invalid"


def test_a_file_must_have_arrived_before_its_message(scene: Scene) -> None:
    blob = str(new_id())
    begun = {"id": blob, "chunks": 2}
    assert scene.client.told("POST", f"{scene.path}/blobs", begun, 201)["arrived"] == []
    new = message_body(blobs=[blob])
    assert scene.client.refused("POST", f"{scene.live}/messages", new) == "conflict"
    for index in (1, 0):
        Chunk.objects.create(blob_id=blob, index=index, size=16)
    assert scene.client.told("POST", f"{scene.path}/blobs", begun, 201)["arrived"] == [0, 1]
    scene.client.told("POST", f"{scene.live}/messages", new, 201)
    assert str(Blob.objects.get(pk=blob).message_id) == new["id"]
    scene.client.told("POST", f"{scene.live}/messages", new)
    again = message_body(blobs=[blob])
    assert scene.client.refused("POST", f"{scene.live}/messages", again) == "conflict"


def test_files_of_others_cannot_be_taken(scene: Scene) -> None:
    scene.take()
    blob: dict[str, Any] = {"id": str(new_id()), "chunks": 1}
    scene.client.told("POST", f"{scene.path}/blobs", blob, 201)
    Chunk.objects.create(blob_id=blob["id"], index=0, size=16)
    assert scene.staff.refused("POST", f"{scene.path}/blobs", blob) == "conflict"
    other = blob | {"chunks": 2}
    assert scene.client.refused("POST", f"{scene.path}/blobs", other) == "conflict"
    stolen = message_body(blobs=[blob["id"]])
    assert scene.staff.refused("POST", f"{scene.live}/messages", stolen) == "conflict"
    for chunks in (0, 26, "x"):
        wrong = {"id": str(new_id()), "chunks": chunks}
        assert scene.client.refused("POST", f"{scene.path}/blobs", wrong) == "invalid"


def test_a_client_cannot_flood(scene: Scene) -> None:
    for _ in range(49):
        scene.client.told("POST", "/api/cases", case_body(scene.centre), 201)
    refused = scene.client.refused("POST", "/api/cases", case_body(scene.centre))
    assert refused == "too-many-attempts"


def test_the_list_takes_the_same_queries_for_many(
    scene: Scene, django_assert_max_num_queries: Any
) -> None:
    scene.take()
    for _ in range(20):
        scene.client.told("POST", "/api/cases", case_body(scene.centre), 201)
    with django_assert_max_num_queries(12):
        assert len(scene.client.told("GET", "/api/conversations")["conversations"]) == 21


def test_away_counsellors_are_shown_so(scene: Scene) -> None:
    scene.take()
    today = timezone.localdate()
    scene.counsellor.absences.create(first_day=today, last_day=today + timedelta(days=9))
    assert scene.client.told("GET", scene.path)["case"]["absent_until"] >= str(today)
