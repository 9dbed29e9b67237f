"""What messages and counsellors do to a case, and who sees it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.conversations.scene import Scene
from tests.conversations.world import (
    Caller,
    case_body,
    make_centre,
    make_counsellor,
    message_body,
)
from tests.support.mailboxes import events_of, kinds

pytestmark = pytest.mark.usefixtures("any_database")


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
    *_, event = events_of(scene.person.pk)
    assert event.kind == "message"
    assert datetime.fromisoformat(event.payload["answer_by"]) == scene.case.answer_by


def test_an_answer_takes_a_case_that_nobody_has_taken(scene: Scene) -> None:
    scene.staff.told("POST", scene.join)
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
    shown = Caller(colleague.person).told("POST", scene.join)
    assert shown["me"] == {"delivered": 0, "read": 0}
    assert [wrap["recipient"] for wrap in shown["wraps"]] == [str(scene.centre.pk)]
    assert kinds(scene.person.pk) == ["case", "case"]
    Caller(colleague.person).told("POST", scene.join)
    assert kinds(scene.person.pk) == ["case", "case"]


def test_who_only_looked_reads_no_further_once_it_is_taken(scene: Scene) -> None:
    colleague = make_counsellor(scene.centre)
    looker = Caller(colleague.person)
    looker.told("POST", scene.join)
    scene.take()
    scene.client.told("POST", f"{scene.live}/messages", message_body(), 201)
    assert "message" not in kinds(colleague.person_id)
    assert looker.refused("GET", f"{scene.path}/messages") == "not-found"
    assert looker.told("GET", "/api/conversations")["conversations"] == []
    looker.told("POST", scene.join)
    assert len(looker.told("GET", f"{scene.path}/messages")["messages"]) == 2


def test_who_left_the_centre_is_a_stranger(scene: Scene) -> None:
    scene.take()
    scene.counsellor.centre = make_centre()
    scene.counsellor.save()
    assert scene.staff.refused("GET", f"{scene.path}/messages") == "not-found"
    assert scene.staff.refused("POST", f"{scene.live}/messages", message_body()) == "not-found"
    assert scene.staff.told("GET", "/api/conversations")["conversations"] == []


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
