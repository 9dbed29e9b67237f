"""Posting and withdrawing messages."""

from uuid import UUID

from django.db import IntegrityError
from django.utils import timezone

from lotse.accounts.models import Person
from lotse.conversations.access import check_member, counsellor_for, member_of
from lotse.conversations.actions.cases import assign
from lotse.conversations.actions.files import attach, check_whole, detach
from lotse.conversations.actions.locking import changing, locked_case
from lotse.conversations.models import Case, Conversation, Message
from lotse.conversations.promises import promised
from lotse.conversations.recipients import to_members, to_queue
from lotse.conversations.schemas import NewMessage
from lotse.core.bulk import Lookup
from lotse.core.conflicts import is_taken
from lotse.core.database import atomic
from lotse.core.problems import Problem
from lotse.stream.actions import append


def post(sender: Person, conversation: UUID, new: NewMessage) -> tuple[Message, bool]:
    """The message, and whether it is new. A repeated id finds the first message."""
    # No lock yet: a post that is refused or repeated costs no write.
    first = check_post(sender.id, conversation, new)
    if first is not None:
        return first, False
    try:
        with atomic():
            case = locked_case(conversation)
            first = check_post(sender.id, conversation, new)
            if first is None:
                return _posted(sender, case, new), True
    except IntegrityError as error:
        if is_taken(error, (Message, "id")):
            # The id is being used in another conversation at this very moment.
            raise Problem("conflict") from error
        raise
    return first, False


_posts = Lookup(
    lambda ids: Message.objects.filter(id__in=ids).values_list("sender_id", "conversation__id")
)
_epochs = Lookup(lambda ids: Conversation.objects.filter(id__in=ids).values_list("epoch"))


def check_post(sender: UUID, conversation: UUID, new: NewMessage) -> Message | None:
    """The message if it was posted before; raises a Problem if it may not be posted.

    Only reads, with compiled queries: a flood of refused posts must not delay others.
    """
    check_member(sender, conversation)
    for first in _posts([new.id]):
        if first != (sender, conversation):
            raise Problem("conflict")
        return Message.objects.select_related("conversation").get(id=new.id)
    if _epochs([conversation]) != [(new.epoch,)]:
        raise Problem("stale-keys")
    check_whole(new.blobs, sender, conversation)
    return None


def _posted(sender: Person, case: Case, new: NewMessage) -> Message:
    row = case.conversation
    row.last += 1
    message = row.messages.create(
        id=new.id,
        number=row.last,
        sender=sender,
        epoch=new.epoch,
        body=new.body,
        sent_at=timezone.now(),
    )
    attach(message, new.blobs)
    has_changed = _asked(case, message) if sender.id == case.client_id else _answered(case, sender)
    told = to_members(row.id, "message")._replace(is_kept=False)
    row.event, *_ = append([told, to_queue(case)] if has_changed else [told])
    row.save(update_fields=["last", "event"])
    message.event = row.event
    message.save(update_fields=["event"])
    return message


def _asked(case: Case, message: Message) -> bool:
    """The client waits from the first unanswered message on. A closed case opens again."""
    if case.waiting_since and not case.closed_at:
        return False
    case.closed_at = None
    case.waiting_since = message.sent_at
    case.answer_by = promised(case.centre, case.counsellor or case.requested, message.sent_at)
    case.save(update_fields=["closed_at", "waiting_since", "answer_by"])
    return True


def _answered(case: Case, sender: Person) -> bool:
    is_first = case.counsellor_id is None and case.closed_at is None
    if is_first:
        assign(case, counsellor_for(sender, case))
    if not (is_first or case.waiting_since):
        return False
    case.waiting_since = case.answer_by = None
    case.save(update_fields=["waiting_since", "answer_by"])
    return True


def withdraw(sender: Person, conversation: UUID, message_id: UUID) -> None:
    """Empties the message and deletes its files; raises Problem "forbidden" for others' words."""
    with changing(conversation, lambda: _own(sender, conversation, message_id)) as (_, message):
        if message.withdrawn_at:
            return
        message.body = b""
        message.withdrawn_at = timezone.now()
        message.save(update_fields=["body", "withdrawn_at"])
        detach(message)
        told = {"message": str(message.id), "number": message.number}
        append([to_members(conversation, "withdrawn", **told)])


def _own(sender: Person, conversation: UUID, message_id: UUID) -> Message:
    member_of(sender.id, conversation)
    message = Message.objects.filter(id=message_id, conversation__id=conversation).first()
    if message is None:
        raise Problem("not-found")
    if message.sender_id != sender.id:
        raise Problem("forbidden")
    return message
