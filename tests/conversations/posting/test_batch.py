"""Posts and receipts that come at the same moment: each as if it were alone."""

import asyncio
import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone

from lotse.accounts.models import Person
from lotse.centres.answer_time import answer_by
from lotse.centres.models import Absence
from lotse.conversations.actions.cases import close, enter, take
from lotse.conversations.actions.locking import locked_case
from lotse.conversations.models import Case, Member, Message
from lotse.conversations.posting import locked_conversation
from lotse.conversations.posting.batch import Batch
from lotse.conversations.posting.post import Post
from lotse.conversations.posting.receipt import Receipt
from lotse.conversations.posting.submit import submit
from lotse.conversations.schemas import MessageOut, NewMessage
from lotse.core.problems import Problem
from tests.conversations.world import (
    make_centre,
    make_counsellor,
    make_person,
    new_message,
    opened,
)
from tests.stream.line import Loop
from tests.support.loop import run
from tests.support.mailboxes import events_of

pytestmark = pytest.mark.usefixtures("any_database")


class Scene:
    """A client whose question a counsellor has answered, and who has written again."""

    def __init__(self) -> None:
        centre = make_centre()
        self.client, self.counsellor = make_person(), make_counsellor(centre).person
        self.conversation = opened(self.client, centre).pk
        take(self.counsellor, self.conversation)
        self.at_once(self.post(self.counsellor))
        self.at_once(self.post(self.client))

    @property
    def case(self) -> Any:
        return Case.objects.get(pk=self.conversation)

    def post(self, sender: Person, new: NewMessage | None = None) -> Post:
        return Post(sender.pk, self.conversation, new or new_message())

    def at_once(self, *jobs: Any) -> list[Any]:
        return at_once(*jobs)

    def events(self, person: Person, kind: str) -> list[Any]:
        return [event for event in events_of(person.pk) if event.kind == kind]


def at_once(*jobs: Any) -> list[Any]:
    async def gathered() -> list[Any]:
        return await asyncio.gather(*map(submit, jobs), return_exceptions=True)

    return [one if isinstance(one, Problem) else _told(one) for one in run(gathered())]


def _told(outcome: Any) -> Any:
    if isinstance(outcome, BaseException):
        raise outcome
    status, answer = outcome
    return status, json.loads(answer) if answer else None


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_many_are_numbered_in_the_order_of_their_coming(scene: Scene) -> None:
    posts = [scene.post(scene.client) for _ in range(30)]
    answers = scene.at_once(*posts)
    assert [status for status, _ in answers] == [201] * 30
    assert [answer["number"] for _, answer in answers] == list(range(4, 34))
    kept = Message.objects.filter(conversation__id=scene.conversation, number__gte=4)
    assert [one.id for one in kept.order_by("number")] == [post.new.id for post in posts]
    for person in (scene.client, scene.counsellor):
        told = scene.events(person, "message")[-30:]
        assert [UUID(event.payload["message"]["id"]) for event in told] == [p.new.id for p in posts]


def test_the_answer_is_the_message_as_it_is_shown_everywhere(scene: Scene) -> None:
    ((_, answer),) = scene.at_once(scene.post(scene.client))
    message = Message.objects.get(id=answer["id"])
    assert answer == json.loads(MessageOut.from_orm(message).model_dump_json())


def test_the_same_id_twice_at_once_is_one_message(scene: Scene) -> None:
    new = new_message()
    outcomes = scene.at_once(*[scene.post(scene.client, new)] * 3)
    assert sorted(status for status, _ in outcomes) == [200, 200, 201]
    assert len({json.dumps(answer, sort_keys=True) for _, answer in outcomes}) == 1
    assert Message.objects.filter(id=new.id).count() == 1


def test_the_same_id_in_two_conversations_at_once_is_a_conflict(scene: Scene) -> None:
    new, other = new_message(), Scene()
    outcomes = at_once(scene.post(scene.client, new), other.post(other.client, new))
    assert outcomes[0][0] == 201
    assert outcomes[1].slug == "conflict"


def test_a_stranger_among_them_is_refused_alone(scene: Scene) -> None:
    stranger = make_person()
    good, bad = scene.at_once(scene.post(scene.client), scene.post(stranger))
    assert good[0] == 201
    assert bad.slug == "not-found"


def test_old_keys_among_them_are_refused_alone(scene: Scene) -> None:
    good, bad = scene.at_once(
        scene.post(scene.client), scene.post(scene.client, new_message(epoch=9))
    )
    assert (good[0], bad.slug) == (201, "stale-keys")


def test_who_only_looked_is_refused_from_the_moment_a_colleague_has_the_case() -> None:
    centre = make_centre()
    looking, taking = (make_counsellor(centre).person for _ in range(2))
    conversation = opened(make_person(), centre).pk
    enter(looking, conversation)
    assert at_once(Receipt(looking.pk, conversation, 1, 1))[0][0] == 204
    take(taking, conversation)
    late = [Receipt(looking.pk, conversation, 1, 1), Post(looking.pk, conversation, new_message())]
    assert [one.slug for one in at_once(*late)] == ["not-found"] * 2


def test_who_may_no_longer_sign_in_is_refused_at_once(scene: Scene) -> None:
    assert scene.at_once(scene.post(scene.counsellor))[0][0] == 201
    scene.counsellor.is_active = False
    scene.counsellor.save()
    assert scene.at_once(scene.post(scene.counsellor))[0].slug == "not-found"
    assert scene.at_once(scene.post(scene.client))[0][0] == 201
    assert not scene.events(scene.counsellor, "message")
    # Back again, nothing has passed by.
    scene.counsellor.is_active = True
    scene.counsellor.save()
    assert scene.at_once(scene.post(scene.client))[0][0] == 201
    assert [
        event.payload["message"]["number"] for event in scene.events(scene.counsellor, "message")
    ] == [2, 3, 4, 5, 6]


def test_what_changes_in_between_is_told_with_the_next_message(scene: Scene) -> None:
    """A clock that has stopped, for everybody who shows the case."""
    scene.at_once(scene.post(scene.client))
    close(scene.counsellor, scene.conversation)
    scene.at_once(scene.post(scene.counsellor))
    assert scene.events(scene.client, "message")[-1].payload["waiting_since"] is None


@pytest.fixture
def only_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing goes in a transaction of its own."""
    monkeypatch.setattr(Post, "in_own_transaction", None)


@pytest.mark.usefixtures("only_together")
def test_answers_and_further_questions_go_with_the_others(scene: Scene) -> None:
    colleague = make_counsellor(scene.case.centre).person
    Absence.objects.create(
        counsellor=scene.case.counsellor,
        first_day=timezone.localdate(),
        last_day=timezone.localdate() + timedelta(days=9),
    )
    answer, question, more = scene.at_once(
        scene.post(scene.counsellor), scene.post(scene.client), scene.post(scene.client)
    )
    assert [answer[1]["number"], question[1]["number"], more[1]["number"]] == [4, 5, 6]
    since = datetime.fromisoformat(question[1]["sent_at"])
    assert scene.case.waiting_since == since
    assert scene.case.answer_by == answer_by(scene.case.counsellor, since)
    assert scene.case.answer_by > since + timedelta(days=9)
    clocks = [
        (event.payload["waiting_since"], event.payload["answer_by"])
        for event in scene.events(scene.client, "message")
    ]
    assert clocks[-1] == (since.isoformat(), scene.case.answer_by.isoformat())
    told = [event.payload["conversation"] for event in events_of(colleague.pk)]
    assert told == [str(scene.conversation)]
    scene.at_once(scene.post(scene.counsellor))
    assert (scene.case.waiting_since, scene.case.answer_by) == (None, None)


@pytest.mark.usefixtures("only_together")
def test_a_question_to_a_closed_case_opens_it(scene: Scene) -> None:
    close(scene.counsellor, scene.conversation)
    scene.at_once(scene.post(scene.client))
    assert scene.case.closed_at is None
    assert scene.case.waiting_since
    assert scene.case.answer_by


def test_whose_turn_it_is_is_not_taken_for_granted_before_the_commit(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What fails together is tried in parts, and must not find its own traces."""
    write = Batch.write

    def one_by_one(batch: Batch) -> None:
        if len(batch.posted) > 1:
            raise RuntimeError
        write(batch)

    monkeypatch.setattr(Batch, "write", one_by_one)
    outcomes = scene.at_once(scene.post(scene.counsellor), scene.post(scene.client))
    assert [status for status, _ in outcomes] == [201, 201]
    assert scene.case.waiting_since == datetime.fromisoformat(outcomes[1][1]["sent_at"])


def test_what_failed_is_not_remembered(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even where somebody else's change gets the number that it would have had."""
    since = scene.case.waiting_since
    write = Batch.write

    def in_vain(batch: Batch) -> None:
        write(batch)
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(Batch, "write", in_vain)
        assert scene.at_once(scene.post(scene.counsellor)) == [Problem("internal")]
    enter(make_counsellor(scene.case.centre).person, scene.conversation)
    scene.at_once(scene.post(scene.client))
    assert scene.case.waiting_since == since


def test_whose_turn_it_is_is_remembered(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locked_conversation, "_loaded", None)
    for sender in (scene.counsellor, scene.client) * 2:
        assert scene.at_once(scene.post(sender))[0][0] == 201


def test_a_first_answer_among_them_takes_the_case(scene: Scene) -> None:
    centre, client = scene.case.centre, make_person()
    conversation = opened(client, centre).pk
    enter(scene.counsellor, conversation)
    first = Post(scene.counsellor.pk, conversation, new_message())
    outcomes = scene.at_once(scene.post(scene.client), first, scene.post(scene.client))
    assert [status for status, _ in outcomes] == [201] * 3
    case = Case.objects.get(pk=conversation)
    assert (case.counsellor, case.waiting_since) == (scene.counsellor.counsellor, None)


def test_receipts_only_go_forward_and_are_told_once(scene: Scene) -> None:
    before = len(scene.events(scene.client, "receipts"))
    receipts = [Receipt(scene.counsellor.pk, scene.conversation, n, 0) for n in (1, 3, 2, 3, 99)]
    assert {status for status, _ in scene.at_once(*receipts)} == {204}
    member = Member.objects.get(person=scene.counsellor, conversation_id=scene.conversation)
    assert (member.delivered, member.read) == (3, 0)
    told = scene.events(scene.client, "receipts")[before:]
    assert [event.payload["delivered"] for event in told] == [1, 3]


@pytest.mark.parametrize("any_database", ["postgres"], indirect=True)
def test_a_conversation_that_somebody_holds_up_holds_up_nobody_else(
    scene: Scene, any_database: str
) -> None:
    """On SQLite there is one writer at a time anyway."""
    other, loop = Scene(), Loop()
    with transaction.atomic():
        locked_case(scene.conversation)
        held = asyncio.run_coroutine_threadsafe(submit(scene.post(scene.client)), loop.loop)
        assert loop.run(submit(other.post(other.client)))[0] == 201
        assert not held.done()
    assert held.result(20)[0] == 201
    loop.close()
