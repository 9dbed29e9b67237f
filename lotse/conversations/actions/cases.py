"""Opening, taking and closing cases, and standing in."""

from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError
from django.utils import timezone

from lotse.accounts.models import Person
from lotse.centres.models import Centre, Counsellor, Language, Topic
from lotse.centres.queries import admitted
from lotse.conversations.access import active_members, counsellor_at
from lotse.conversations.actions.locking import changing
from lotse.conversations.models import Case, Conversation, Member, Message
from lotse.conversations.promises import promised
from lotse.conversations.recipients import to_members, to_queue
from lotse.conversations.schemas import NewCase, NewCaseKeys
from lotse.core.conflicts import is_taken
from lotse.core.database import atomic
from lotse.core.problems import Problem
from lotse.keys.models import ConversationWrap, GroupEpoch
from lotse.stream.actions import append

Named = TypeVar("Named", Language, Topic)
MAX_OPEN_CASES = 50
"""Open cases of one client. Nobody needs so many, and a flood would bury other questions."""


def open_case(client: Person, new: NewCase) -> tuple[Case, bool]:
    """The case, and whether it is new. A repeated request finds the first case."""
    if Conversation.objects.filter(id=new.conversation).exists():
        return _first_result(client, new), False
    try:
        with atomic():
            return _opened(client, new), True
    except IntegrityError as error:
        if not is_taken(error, (Conversation, "id"), (Message, "id")):
            raise
        # Two requests at the same moment, or an id that another client has used.
        return _first_result(client, new), False


def _first_result(client: Person, new: NewCase) -> Case:
    first = Message.objects.filter(
        id=new.message.id, conversation__id=new.conversation, sender=client
    )
    case = Case.objects.filter(conversation_id=new.conversation, client=client).first()
    if case is None or not first.exists():
        raise Problem("conflict")
    return case


def _opened(client: Person, new: NewCase) -> Case:
    # One request at a time: otherwise many at once would all pass. An erased client has no row.
    Person.objects.select_for_update(no_key=True).get(pk=client.pk)
    if client.cases.filter(closed_at=None).count() >= MAX_OPEN_CASES:
        raise Problem("too-many-attempts", retry_after=24 * 3600)
    now = timezone.now()
    centre, requested = _chosen(new)
    conversation = Conversation.objects.create(id=new.conversation, last=1)
    case = Case.objects.create(
        conversation=conversation,
        centre=centre,
        requested=requested,
        client=client,
        language=_known(Language, new.language, "language"),
        topic=_known(Topic, new.topic, "topic") if new.topic else None,
        place=new.place,
        waiting_since=now,
        answer_by=promised(centre, requested, now),
    )
    Member.objects.create(conversation=conversation, person=client)
    conversation.messages.create(
        id=new.message.id,
        number=1,
        sender=client,
        epoch=new.keys.epoch,
        body=new.message.body,
        sent_at=now,
    )
    _keep_keys(case, new.keys)
    append([to_members(conversation.id, "case"), to_queue(case)])
    return case


def _chosen(new: NewCase) -> tuple[Centre, Counsellor | None]:
    centre = Centre.objects.filter(id=new.centre, is_open=True).first()
    if centre is None:
        raise Problem("not-found")
    requested = None
    if new.counsellor:
        requested = admitted().filter(id=new.counsellor, centre=centre).first()
        if requested is None:
            raise Problem("not-found")
    return centre, requested


def _known(model: type[Named], key: str, field: str) -> Named:
    found = model._default_manager.filter(pk=key).first()
    if found is None:
        raise Problem("invalid", extra={"fields": [{"at": ["body", field], "what": "unknown"}]})
    return found


def _keep_keys(case: Case, keys: NewCaseKeys) -> None:
    epochs = GroupEpoch.objects.filter(group=case.centre_id).order_by("-number")
    if epochs.values_list("number", flat=True).first() != keys.centre_epoch:
        raise Problem("stale-keys")
    wraps = [
        (case.client_id, 1, keys.client_wrap),
        (case.centre_id, keys.centre_epoch, keys.centre_wrap),
    ]
    ConversationWrap.objects.bulk_create(
        ConversationWrap(
            conversation=case.conversation_id,
            epoch=keys.epoch,
            key_id=keys.key_id,
            recipient=recipient,
            recipient_epoch=recipient_epoch,
            wrapped=wrapped,
        )
        for recipient, recipient_epoch, wrapped in wraps
    )


def enter(person: Person, conversation: UUID) -> None:
    """Makes a counsellor of the centre a member, as a stand-in. The client sees that."""
    if active_members().filter(conversation_id=conversation, person=person).exists():
        return
    with changing(conversation, lambda: counsellor_at(person, conversation)) as (case, _):
        join(case, person)
        append([to_members(conversation, "case")])


def join(case: Case, person: Person) -> None:
    Member.objects.update_or_create(
        conversation_id=case.conversation_id, person=person, defaults={"left_at": None}
    )


def take(person: Person, conversation: UUID) -> Case:
    """Assigns the case to the person; raises Problem "conflict" if a colleague was faster."""
    with changing(conversation, lambda: _takes(person, conversation)) as (case, counsellor):
        if case.counsellor_id != counsellor.id:
            assign(case, counsellor)
            append([to_members(conversation, "case"), to_queue(case)])
    return case


def _takes(person: Person, conversation: UUID) -> Counsellor:
    """The person as the counsellor who may take the case, or has taken it."""
    counsellor = counsellor_at(person, conversation)
    case = Case.objects.select_related("counsellor").get(pk=conversation)
    is_free = case.counsellor is None and case.closed_at is None
    if not is_free and case.counsellor != counsellor:
        raise _taken(case)
    return counsellor


def _taken(case: Case) -> Problem:
    return Problem("conflict", extra={"by": case.counsellor.name if case.counsellor else ""})


def assign(case: Case, counsellor: Counsellor) -> None:
    free = Case.objects.filter(pk=case.pk, counsellor=None, closed_at=None)
    if not free.update(counsellor=counsellor, taken_at=timezone.now()):
        raise _taken(case)
    case.refresh_from_db()
    # Colleagues who only looked at the question do not read on.
    looked = Member.objects.filter(conversation_id=case.pk, left_at=None)
    looked.exclude(person_id=case.client_id).update(left_at=timezone.now())
    join(case, counsellor.person)


def close(person: Person, conversation: UUID) -> None:
    with changing(conversation, lambda: counsellor_at(person, conversation)) as (case, _):
        if case.closed_at:
            return
        case.closed_at = timezone.now()
        case.waiting_since = case.answer_by = None
        case.save(update_fields=["closed_at", "waiting_since", "answer_by"])
        append([to_members(conversation, "case"), to_queue(case)])
