"""messages, receipts and files over the API: what is granted, and what is refused."""

import json
from typing import Any

import pytest

from lotse.conversations import queries
from lotse.conversations.models import Blob, Chunk, Member, Message
from lotse.core.identifiers import new_id
from lotse.core.limits import MESSAGE_BYTES
from lotse.stream.models import Event
from tests.conversations.scene import Scene
from tests.conversations.world import (
    body,
    message_body,
)
from tests.support.mailboxes import kinds

pytestmark = pytest.mark.usefixtures("any_database")


def test_a_message_reaches_all_members_once(scene: Scene) -> None:
    scene.take()
    new = message_body()
    first = scene.staff.told("POST", f"{scene.live}/messages", new, 201)
    assert (first["number"], first["body"]) == (2, new["body"])
    assert scene.staff.told("POST", f"{scene.live}/messages", new) == first
    assert kinds(scene.person.pk).count("message") == 1
    assert kinds(scene.counsellor.person_id).count("message") == 1
    shown = scene.client.told("GET", scene.path)
    assert shown["unread"] == 1


def test_what_comes_while_a_conversation_is_read_is_counted_once(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its browser counts each message beyond the last one that it was told of."""
    scene.take()
    members = queries.members

    def meanwhile(ids: Any) -> Any:
        monkeypatch.undo()
        scene.staff.told("POST", f"{scene.live}/messages", message_body(), 201)
        return members(ids)

    monkeypatch.setattr(queries, "members", meanwhile)
    shown = scene.client.told("GET", scene.path)
    assert (shown["unread"], shown["last"]) == (1, 2)


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
    assert Message.objects.filter(conversation__id=scene.case.pk).count() == 1


def test_the_longest_message_passes_and_a_longer_one_does_not(scene: Scene) -> None:
    most = (MESSAGE_BYTES - 37) // 256
    scene.client.told("POST", f"{scene.live}/messages", message_body(body=body(most)), 201)
    longer = message_body(body=body(most + 1))
    assert scene.client.refused("POST", f"{scene.live}/messages", longer) == "invalid"
    huge = b'{"body": "' + b"a" * 2_000_000 + b'"}'
    assert scene.client.refused("POST", f"{scene.live}/messages", huge) == "too-large"


def test_events_hold_no_ciphertext(scene: Scene) -> None:
    """A withdrawn message would live on in mailboxes otherwise."""
    scene.take()
    new = message_body()
    scene.client.told("POST", f"{scene.live}/messages", new, 201)
    assert not any(new["body"] in json.dumps(event.payload) for event in Event.objects.all())


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
    assert kinds(scene.counsellor.person_id).count("withdrawn") == 1
    unknown = f"{scene.path}/messages/{new_id()}"
    assert scene.client.refused("DELETE", unknown) == "not-found"


def test_receipts_go_forward_only_and_no_further_than_the_last(scene: Scene) -> None:
    scene.take()
    for number in (3, 1, 99):
        scene.staff.told("POST", f"{scene.live}/receipts", {"delivered": number}, 204)
    scene.staff.told("POST", f"{scene.live}/receipts", {"read": 1}, 204)
    member = Member.objects.get(conversation=scene.case.pk, person=scene.counsellor.person)
    assert (member.delivered, member.read) == (1, 1)
    assert scene.client.told("GET", scene.path)["others"] == {"delivered": 1, "read": 1}
    assert kinds(scene.person.pk).count("receipts") == 2
    assert scene.client.refused("POST", f"{scene.live}/receipts", {"read": -1}) == "invalid"
    assert scene.client.refused("POST", f"{scene.live}/receipts", {"read": 2**60}) == "invalid"


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
        Chunk.objects.create(blob_id=blob, index=index, size=16, is_kept=True)
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
