"""Many posts and receipts in one transaction: read together, decided singly, written together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import cached_property, partial
from typing import Protocol
from uuid import UUID

from django.utils import timezone

from lotse.conversations.models import Case, Conversation, Member, Message
from lotse.conversations.posting.locked_conversation import (
    LockedConversation,
    lock_conversations,
    remember,
)
from lotse.conversations.promises import Promise, promises
from lotse.conversations.recipients import to_queues
from lotse.core.bulk import Lookup, Row, Write, run
from lotse.core.database import on_commit
from lotse.stream.actions import Entry, prepared

_current_receipts = Lookup(
    lambda members: Member.objects.filter(id__in=members).values_list("id", "delivered", "read"),
    by=int,
)
_messages = Lookup(lambda ids: Message.objects.filter(id__in=ids).values_list("id"))
_new_messages = Write(
    Message, "event", "id", "conversation", "number", "sender", "epoch", "body", "sent_at"
)
_last = Write(Conversation, "last", "event", key="id")
_turns = Write(Case, "waiting_since", "answer_by", "closed_at", key="conversation")
_changes = Write(Conversation, "changes", key="id")
_new_receipts = Write(Member, "delivered", "read", key="id")


class NeedsOwnTransaction(Exception):
    """No batch can do this job: the verb in actions/ does it, in a transaction of its own."""


@dataclass(slots=True)
class Receipts:
    delivered: int
    read: int


class Job(Protocol):
    @property
    def person(self) -> UUID: ...
    @property
    def conversation(self) -> UUID: ...
    @property
    def message(self) -> UUID | None:
        """The id of a new message; None for receipts."""

    @property
    def done(self) -> int:
        """The status of the answer if a batch does this job."""

    @property
    def is_alone(self) -> bool:
        """Whether this job always needs a transaction of its own."""

    def fits(self, known: LockedConversation) -> bool:
        """Whether the conversation, as it is remembered, gives no reason to refuse this."""

    def check(self) -> None:
        """Only reads; raises a Problem if this job has to be refused."""

    def apply(self, batch: "Batch") -> bytes:
        """The answer. Raises a Problem, or NeedsOwnTransaction, before it has changed anything."""

    def in_own_transaction(self) -> tuple[int, bytes]:
        """Status and answer, in a transaction of its own."""


class Batch:
    """What the jobs of one transaction read, and what they leave to be written."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self.now = timezone.now()
        self.moment = self.now.astimezone(UTC).isoformat().replace("+00:00", "Z")
        ids = [job.message for job in jobs if job.message]
        # Before the lock: a post whose id is already used must not delay others.
        self.taken = {one for (one,) in _messages(ids)} if ids else set()
        self.conversations = lock_conversations(
            {job.conversation for job in jobs if job.message not in self.taken}
        )
        self.receipts = self._receipts_of(jobs) if len(ids) < len(jobs) else {}
        self.posted: list[tuple[LockedConversation, int, Row]] = []
        self.turned: dict[UUID, LockedConversation] = {}
        self.moved: set[int] = set()
        self.entries: list[Entry] = []

    def _receipts_of(self, jobs: Sequence[Job]) -> dict[int, Receipts]:
        """Present receipts by the id of the member's row, for members who report receipts."""
        marking = [
            job for job in jobs if not job.message and job.conversation in self.conversations
        ]
        found = (self.conversations[job.conversation].members.get(job.person) for job in marking)
        return {
            member: Receipts(*receipt)
            for member, *receipt in _current_receipts({one for one in found if one})
        }

    def locked(self, conversation: UUID, person: UUID) -> LockedConversation:
        """The conversation, for a member. For everybody else the verb in actions/ refuses."""
        locked = self.conversations.get(conversation)
        if locked is None or person not in locked.members:
            raise NeedsOwnTransaction
        return locked

    @cached_property
    def promises(self) -> dict[UUID, Promise]:
        """By counsellor: promises of those who are to answer in these conversations."""
        return promises({one for locked in self.conversations.values() if (one := locked.answers)})

    def turn(self, locked: LockedConversation) -> None:
        """Changes the case to what `locked` says."""
        self.conversations[locked.id] = self.turned[locked.id] = locked

    def post(self, locked: LockedConversation, row: Row, entry: Entry) -> None:
        """Adds a message. `row` lacks its first value: the number of the event about it."""
        self.posted.append((locked, len(self.entries), row))
        self.entries.append(entry)

    def write(self) -> None:
        turned = self.turned.values()
        for locked in turned:
            # This ends what other processes have cached of these conversations.
            locked.changes += 1
        on_commit(partial(remember, turned), robust=True)
        self.entries += to_queues({locked.id: locked.centre for locked in turned}) if turned else []
        numbers, writes = prepared(self.entries)
        grown = {
            locked.id: (locked.last, numbers[entry], locked.id) for locked, entry, _ in self.posted
        }
        moved = [(one, self.receipts[one]) for one in self.moved]
        run(
            (_new_messages, [(numbers[entry], *row) for _, entry, row in self.posted]),
            (_last, grown.values()),
            (
                _turns,
                [
                    (locked.waiting_since, locked.answer_by, locked.closed_at, locked.id)
                    for locked in turned
                ],
            ),
            (_changes, [(locked.changes, locked.id) for locked in turned]),
            (_new_receipts, [(receipt.delivered, receipt.read, one) for one, receipt in moved]),
            *writes,
        )


def write(jobs: list[Job]) -> list[bytes | Exception]:
    """Writes one batch, for group commit."""
    batch = Batch(jobs)
    answers = [_applied(job, batch) for job in jobs]
    batch.write()
    return answers


def _applied(job: Job, batch: Batch) -> bytes | Exception:
    try:
        return job.apply(batch)
    except Exception as error:
        return error
