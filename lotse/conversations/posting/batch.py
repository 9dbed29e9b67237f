"""Many posts and marks in one transaction: read at once, decided one by one, written at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import UUID

from django.utils import timezone

from lotse.conversations.access import active_members
from lotse.conversations.models import Conversation, Member, Message
from lotse.core.bulk import Lookup, Write, run
from lotse.stream.actions import Entry, append

_talks = Lookup(
    # Who finds one locked goes alone, and waits alone.
    lambda ids: (
        Conversation.objects.select_for_update(skip_locked=True)
        .filter(id__in=ids, case__isnull=False)
        .order_by("id")
        .values_list(
            "id",
            "last",
            "epoch",
            "case__client_id",
            "case__counsellor_id",
            "case__waiting_since",
            "case__answer_by",
            "case__closed_at",
        )
    )
)
_members = Lookup(
    lambda ids: (
        active_members()
        .filter(conversation_id__in=ids)
        .values_list("conversation_id", "person_id", "id", "delivered", "read")
    )
)
_messages = Lookup(lambda ids: Message.objects.filter(id__in=ids).values_list("id"))
_new_messages = Write(
    Message, "id", "conversation", "number", "sender", "epoch", "body", "sent_at", "withdrawn_at"
)
_last = Write(Conversation, "last", key="id")
_reach = Write(Member, "delivered", "read", key="id")


class Alone(Exception):
    """Not for a batch: to be done by the verb in actions/, in a transaction of its own."""


@dataclass(slots=True)
class Reach:
    member: int
    delivered: int
    read: int


@dataclass(slots=True)
class Talk:
    """A conversation, locked, with the members it has now."""

    id: UUID
    last: int
    epoch: int
    client: UUID
    counsellor: UUID | None
    waiting_since: datetime | None
    answer_by: datetime | None
    closed_at: datetime | None
    members: dict[UUID, Reach] = field(default_factory=dict)

    def entries(self, kind: str, payload: str, shown: bytes) -> list[Entry]:
        """One a member, the acting person's other devices too."""
        return [Entry(person, kind, payload, shown) for person in self.members]


class Job(Protocol):
    @property
    def conversation(self) -> UUID: ...
    @property
    def message(self) -> UUID | None: ...
    @property
    def done(self) -> int:
        """The status of an answer from a batch."""

    def apply(self, batch: "Batch") -> bytes:
        """The answer. Raises a Problem, or Alone, before it has changed anything."""

    def alone(self) -> tuple[int, bytes]:
        """Status and answer, in a transaction of its own."""


class Batch:
    """What the jobs of one transaction find, and what they leave to be written."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self.now = timezone.now()
        self.moment = self.now.astimezone(UTC).isoformat().replace("+00:00", "Z")
        self.talks = {row[0]: Talk(*row) for row in _talks({job.conversation for job in jobs})}
        for conversation, person, *reach in _members(self.talks.keys()):
            self.talks[conversation].members[person] = Reach(*reach)
        ids = {job.message for job in jobs if job.message}
        self.taken = {one for (one,) in _messages(ids)} if ids else set()
        self.messages: list[tuple[Any, ...]] = []
        self.grown: dict[UUID, Talk] = {}
        self.reached: dict[int, Reach] = {}
        self.entries: list[Entry] = []

    def talk(self, conversation: UUID, person: UUID) -> Talk:
        """For a member; everybody else learns from the verb that there is nothing for them."""
        talk = self.talks.get(conversation)
        if talk is None or person not in talk.members:
            raise Alone
        return talk

    def write(self) -> None:
        run(
            (_new_messages, self.messages),
            (_last, [(talk.last, talk.id) for talk in self.grown.values()]),
            (_reach, [(one.delivered, one.read, one.member) for one in self.reached.values()]),
        )
        append(self.entries)


def write(jobs: list[Job]) -> list[bytes | Exception]:
    """For group commit."""
    batch = Batch(jobs)
    answers = [_applied(job, batch) for job in jobs]
    batch.write()
    return answers


def _applied(job: Job, batch: Batch) -> bytes | Exception:
    try:
        return job.apply(batch)
    except Exception as error:
        return error
