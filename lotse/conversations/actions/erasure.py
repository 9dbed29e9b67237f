"""Erasing a client: what they wrote, what was written to them, and every trace of both."""

from collections.abc import Collection
from functools import partial
from uuid import UUID

from lotse.accounts.actions import erase_person
from lotse.accounts.models import Person
from lotse.accounts.roles import Role
from lotse.centres.models import Counsellor
from lotse.conversations.actions.files import clear
from lotse.conversations.models import Blob, Conversation, Member, Message
from lotse.conversations.recipients import to_everybody
from lotse.core.database import atomic, on_commit
from lotse.core.problems import Problem
from lotse.keys.actions import erase_wraps
from lotse.stream.actions import append, erase_events, erase_mailbox


def erase(client: UUID) -> None:
    """Deletes the client and their conversations in one transaction, and the files after it.

    It is harmless to do it twice. Staff are not erased here, because what a counsellor wrote
    belongs to the client: raises Problem "forbidden".
    """
    with atomic():
        # No case can be opened and no file begun from here on: both refer to this row.
        person = Person.objects.select_for_update().filter(pk=client).first()
        if person is None:
            return
        if person.role != Role.CLIENT:
            raise Problem("forbidden")
        conversations = _locked(person)
        told, holders = to_everybody(conversations, "erased"), _holders(conversations)
        _delete(conversations)
        erase_wraps(conversations)
        append(told)
        erase_events(holders, conversations, {one for entry in told for one in entry.people})
        erase_mailbox(person.pk)
        erase_person(person)


def _locked(person: Person) -> dict[UUID, UUID]:
    """Locks the client's conversations; each with its centre.

    A message that is being posted is written first, and then erased with the conversation.
    """
    mine = Conversation.objects.select_for_update(of=("self",)).filter(case__client=person)
    return dict(mine.order_by("id").values_list("id", "case__centre_id"))


def _holders(conversations: Collection[UUID]) -> set[UUID]:
    """People whose mailboxes may hold events about them, including people who have left."""
    members = Member.objects.filter(conversation__in=conversations)
    colleagues = Counsellor.objects.filter(centre__cases__in=conversations)
    return {
        *members.values_list("person_id", flat=True),
        *colleagues.values_list("person_id", flat=True),
    }


def _delete(conversations: Collection[UUID]) -> None:
    # The lock keeps chunks from arriving in between. A later chunk finds no file.
    files = Blob.objects.select_for_update().filter(conversation__in=conversations)
    ids = list(files.values_list("id", flat=True))
    Blob.objects.filter(id__in=ids).delete()
    # In one statement: nothing refers to messages now, and SQLite has one writer for everybody.
    said = Message.objects.filter(conversation__id__in=conversations)
    said._raw_delete(said.db)
    Conversation.objects.filter(id__in=conversations).delete()
    on_commit(partial(clear, ids), robust=True)
