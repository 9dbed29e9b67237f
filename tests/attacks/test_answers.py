"""What one person sends must not make everybody's lists and pages heavy."""

from uuid import UUID

import pytest

from lotse.conversations.actions.messages import post
from lotse.conversations.schemas import NewMessage
from lotse.core.limits import LISTED_BYTES, MESSAGE_BYTES, PAGE_BYTES
from tests.conversations.scene import Scene
from tests.conversations.world import message_body
from tests.conversations.world import sealed as random_body

pytestmark = pytest.mark.usefixtures("any_database")
LONGEST = 37 + 256 * ((MESSAGE_BYTES - 37) // 256)
SHORT = 37 + 256 * ((LISTED_BYTES - 37) // 256)


def say(scene: Scene, size: int) -> UUID:
    new = NewMessage.model_validate(message_body(body=random_body(size)))
    return post(scene.person, scene.case.pk, new)[0].pk


def test_lists_leave_long_bodies_out() -> None:
    scene = Scene()
    scene.take()
    desk, listed = "/api/desk/cases?state=mine", "/api/conversations"
    for size, is_whole in ((SHORT, True), (SHORT + 256, False), (LONGEST, False)):
        said = str(say(scene, size))
        (mine,) = scene.client.told("GET", listed)["conversations"]
        (at_desk,) = scene.staff.told("GET", desk)["cases"]
        for shown in (mine["last_message"], at_desk["last_message"]):
            assert shown["id"] == said
            assert (shown["body"] is not None) == is_whole
    for caller, path in (
        (scene.client, scene.path),
        (scene.staff, f"/api/desk/cases/{scene.case.pk}"),
    ):
        assert len(caller.told("GET", path)["last_message"]["body"]) > LONGEST


def test_a_withdrawn_message_is_empty_and_not_left_out() -> None:
    scene = Scene()
    said = say(scene, LONGEST)
    scene.client.told("DELETE", f"{scene.path}/messages/{said}", status=204)
    (mine,) = scene.client.told("GET", "/api/conversations")["conversations"]
    assert mine["last_message"]["body"] == ""


def test_pages_of_long_messages_are_shorter_and_miss_nothing() -> None:
    scene = Scene()
    for _ in range(PAGE_BYTES // LONGEST + 5):
        say(scene, LONGEST)
    last = scene.case.conversation.last

    def page(query: str) -> list[int]:
        answer = scene.client.told("GET", f"{scene.path}/messages?limit=100&{query}")["messages"]
        assert sum(len(one["body"]) for one in answer) <= PAGE_BYTES * 4 // 3 + 2 * len(answer)
        return [one["number"] for one in answer]

    forwards, backwards = page("after=0"), page(f"before={last + 1}")
    while forwards[-1] < last:
        forwards += page(f"after={forwards[-1]}")
    while backwards[0] > 1:
        backwards = page(f"before={backwards[0]}") + backwards
    assert forwards == backwards == list(range(1, last + 1))
