"""A question opens a case: what is granted, and what is refused."""

from typing import Any

import pytest

from lotse.centres.models import Centre
from lotse.conversations.models import Case
from lotse.core.identifiers import new_id
from tests.conversations.scene import Scene
from tests.conversations.world import (
    Caller,
    body,
    case_body,
    message_body,
    sealed,
)
from tests.support.mailboxes import kinds

pytestmark = pytest.mark.usefixtures("any_database")


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
    assert kinds(scene.person.pk) == ["case"]
    assert kinds(scene.counsellor.person_id) == ["queue"]


def test_the_same_question_again_is_the_first_one(scene: Scene) -> None:
    again = scene.client.told("POST", "/api/cases", scene.new)
    assert again["id"] == scene.new["conversation"]
    assert kinds(scene.person.pk) == ["case"]


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
        ("POST", scene.join, None),
        ("GET", f"{scene.path}/messages", None),
        ("POST", f"{scene.live}/messages", message_body()),
        ("POST", f"{scene.live}/receipts", {"read": 1}),
        ("POST", f"{scene.path}/typing", None),
        ("POST", f"{scene.path}/blobs", {"id": str(new_id()), "chunks": 1}),
        ("DELETE", f"{scene.path}/messages/{scene.new['message']['id']}", None),
    ]:
        assert nobody.refused(method, path, content) == "signed-out"
        if path.startswith(scene.path):
            assert scene.stranger().refused(method, path, content) == "not-found"
            assert scene.foreign_counsellor().refused(method, path, content) == "not-found"
