"""Many posts and marks in one transaction: read at once, decided one by one, written at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import cached_property, partial
from typing import Protocol
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lotse.conversations.clock import Promise, promises
from lotse.conversations.models import Case, Conversation, Member, Message
from lotse.conversations.posting.talk import Talk, locked, remember
from lotse.conversations.telling import to_queues
from lotse.core.bulk import Lookup, Row, Write, run
from lotse.stream.actions import Entry, prepared

_reached = Lookup(
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
_reach = Write(Member, "delivered", "read", key="id")


class Alone(Exception):
    """Not for a batch: to be done by the verb in actions/, in a transaction of its own."""


@dataclass(slots=True)
class Reach:
    delivered: int
    read: int


class Job(Protocol):
    @property
    def person(self) -> UUID: ...
    @property
    def conversation(self) -> UUID: ...
    @property
    def message(self) -> UUID | None:
        """The id of a message to be; None for marks."""

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
        self.talks = locked({job.conversation for job in jobs})
        ids = [job.message for job in jobs if job.message]
        self.taken = {one for (one,) in _messages(ids)} if ids else set()
        self.reaches = self._reaches(jobs) if len(ids) < len(jobs) else {}
        self.posted: list[tuple[Talk, int, Row]] = []
        self.turned: dict[UUID, Talk] = {}
        self.moved: set[int] = set()
        self.entries: list[Entry] = []

    def _reaches(self, jobs: Sequence[Job]) -> dict[int, Reach]:
        """By the number of the member's row, for those who mark."""
        marking = [job for job in jobs if not job.message and job.conversation in self.talks]
        found = (self.talks[job.conversation].members.get(job.person) for job in marking)
        return {member: Reach(*reach) for member, *reach in _reached({one for one in found if one})}

    def talk(self, conversation: UUID, person: UUID) -> Talk:
        """For a member; everybody else learns from the verb that there is nothing for them."""
        talk = self.talks.get(conversation)
        if talk is None or person not in talk.members:
            raise Alone
        return talk

    @cached_property
    def promises(self) -> dict[UUID, Promise]:
        """Of who answers in these conversations, by counsellor."""
        return promises({one for talk in self.talks.values() if (one := talk.answers)})

    def turn(self, talk: Talk) -> None:
        """The case is from now on as `talk` says."""
        self.talks[talk.id] = self.turned[talk.id] = talk

    def post(self, talk: Talk, row: Row, entry: Entry) -> None:
        """A message's row without what comes first: the number of the event that tells of it."""
        self.posted.append((talk, len(self.entries), row))
        self.entries.append(entry)

    def write(self) -> None:
        turned = self.turned.values()
        for talk in turned:
            # What other processes remember of these ends.
            talk.changes += 1
        transaction.on_commit(partial(remember, turned), robust=True)
        self.entries += to_queues({talk.id: talk.centre for talk in turned}) if turned else []
        numbers, writes = prepared(self.entries)
        grown = {talk.id: (talk.last, numbers[entry], talk.id) for talk, entry, _ in self.posted}
        moved = [(one, self.reaches[one]) for one in self.moved]
        run(
            (_new_messages, [(numbers[entry], *row) for _, entry, row in self.posted]),
            (_last, grown.values()),
            (
                _turns,
                [(talk.waiting_since, talk.answer_by, talk.closed_at, talk.id) for talk in turned],
            ),
            (_changes, [(talk.changes, talk.id) for talk in turned]),
            (_reach, [(reach.delivered, reach.read, one) for one, reach in moved]),
            *writes,
        )


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
