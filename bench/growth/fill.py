"""python -m bench.growth.fill CASES FILE: fills the database with a service after years.

The application makes a few rows, and SQL copies them with other ids: a client for each case, twenty
messages for each client in the order in which they would have come, and events for every fifth
client. FILE gets the sessions of some of the people.
"""

import json
import os
import random
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lotse.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402

from bench.growth import EVENTS, MESSAGES  # noqa: E402
from bench.growth.sql import copy, count, made, series, text, uuid  # noqa: E402
from lotse.accounts.models import Person  # noqa: E402
from lotse.centres.models import Counsellor  # noqa: E402
from lotse.conversations.actions.cases import take  # noqa: E402
from lotse.conversations.models import Case, Conversation, Member, Message  # noqa: E402
from lotse.keys.models import ConversationWrap  # noqa: E402
from lotse.stream.models import Event, Mailbox  # noqa: E402
from tests.conversations.world import (  # noqa: E402
    make_centre,
    make_counsellor,
    make_person,
    opened,
    sealed,
)
from tests.support.visitor import unlocked  # noqa: E402

PER_COUNSELLOR = 300
"""Cases of each counsellor. One in ten is open."""
SAMPLES = 200
PEOPLE, TALKS = 1, 2
"""The first digits of the ids of copies."""


def main(cases: int, path: Path) -> None:
    with transaction.atomic():
        staff = _staff(max(1, cases // PER_COUNSELLOR))
        template = _template(staff[0])
    _fill(cases, template)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    path.write_text(json.dumps([_sample(number) for number in _numbers(cases)]))


def _staff(count: int) -> list[Counsellor]:
    staff = [make_counsellor(make_centre()) for _ in range(count)]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_staff (k integer, centre text, counsellor text)")
        rows = [(k, one.centre_id.hex, one.pk.hex) for k, one in enumerate(staff)]
        cursor.executemany("INSERT INTO bench_staff VALUES (%s, %s, %s)", rows)
        join = f"JOIN centres_counsellor ON id = {uuid('counsellor')}"
        cursor.execute(f"CREATE TABLE bench_member AS SELECT k, person_id FROM bench_staff {join}")  # noqa: S608
    return staff


def _template(counsellor: Counsellor) -> Case:
    case = opened(make_person(), counsellor.centre)
    take(counsellor.person, case.pk)
    Message.objects.update(body=sealed(805).encode()[:805])
    case.refresh_from_db()
    return case


def _fill(cases: int, case: Case) -> None:
    numbers = series(cases)
    person, conversation = made(PEOPLE), made(TALKS)
    _people(numbers, case.client_id, person)
    _cases(numbers, case.conversation_id, conversation, person)
    _members(numbers, case, conversation, person)
    message = Message.objects.filter(conversation__id=case.conversation_id)[0]
    for number in range(1, MESSAGES + 1):
        # As in reality, a later message has a later id across all conversations.
        rest = {"number": str(number), "event": str(number), "conversation_id": "i"}
        copy(Message, {"id": message.pk}, numbers, id=made(2 + number), sender_id=person, **rest)
    for number in range(1, EVENTS + 1):
        _events(case.client_id, numbers, person, number)


def _people(numbers: str, client: UUID, person: str) -> None:
    nickname = f"CAST({person} AS varchar(40))"
    names = {"nickname": nickname, "folded_nickname": nickname}
    copy(Person, {"id": client}, numbers, id=person, **names)
    copy(Mailbox, {"person": client}, numbers, person=person, last=str(MESSAGES + EVENTS))


def _cases(numbers: str, talk: UUID, conversation: str, person: str) -> None:
    last = {"last": str(MESSAGES), "event": str(MESSAGES)}
    copy(Conversation, {"id": talk}, numbers, id=conversation, key="i", **last)
    copy(
        Case,
        {"conversation_id": talk},
        f"{numbers} JOIN bench_staff ON k = i %% {count('bench_staff')}",
        conversation_id=conversation,
        client_id=person,
        centre_id=uuid("centre"),
        counsellor_id=uuid("counsellor"),
        closed_at="CASE WHEN i %% 10 = 0 THEN NULL ELSE old.made_at END",
        waiting_since="CASE WHEN i %% 20 = 0 THEN old.made_at ELSE NULL END",
    )


def _members(numbers: str, case: Case, conversation: str, person: str) -> None:
    talk, client = case.conversation_id, case.client_id
    member = Member.objects.get(conversation=talk, person=client)
    reach = {"conversation_id": conversation, "delivered": str(MESSAGES), "read": str(MESSAGES)}
    copy(Member, {"id": member.pk}, numbers, person_id=person, **reach)
    others = f"{numbers} JOIN bench_member ON k = i %% {count('bench_staff')}"
    copy(Member, {"id": member.pk}, others, person_id="bench_member.person_id", **reach)
    wrap = ConversationWrap.objects.filter(conversation=talk, recipient=client)[0]
    copy(ConversationWrap, {"id": wrap.pk}, numbers, conversation=conversation, recipient=person)


def _events(client: UUID, numbers: str, person: str, number: int) -> None:
    event = Event.objects.filter(mailbox__person=client)[0]
    mine = f"{numbers} JOIN stream_mailbox box ON box.person = {person} AND i %% 5 = 0"
    which = {"mailbox_id": event.mailbox_id, "number": event.number}
    about = f"""'{{"conversation":"' || {text(made(TALKS))} || '","person":"' || {text(person)}
        || '","delivered":{MESSAGES},"read":{MESSAGES}}}'"""
    payload = f"({about})::jsonb" if connection.vendor == "postgresql" else about
    given = {"number": str(MESSAGES + number), "kind": "'receipts'", "payload": payload}
    copy(Event, which, mine, mailbox_id="box.id", **given)


def _numbers(cases: int) -> list[int]:
    """A sample of clients who have events and open cases."""
    everyone = range(20, cases + 1, 20)
    return random.Random(1).sample(everyone, min(SAMPLES, len(everyone)))  # noqa: S311


def _sample(number: int) -> dict[str, Any]:
    case = Case.objects.get(pk=UUID(f"{TALKS:08x}{number:024x}"))
    assert case.counsellor
    return {
        "conversation": str(case.pk),
        "client": unlocked(case.client),
        "counsellor": unlocked(case.counsellor.person),
    }


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
