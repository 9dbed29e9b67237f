"""Conversations as a batch needs them: locked, and read again only where they have changed."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from uuid import UUID

from pydantic_core import to_json

from lotse.conversations.access import members_of
from lotse.conversations.models import Case, Conversation, Member
from lotse.conversations.recipients import waiting_times
from lotse.core.bulk import Lookup
from lotse.stream.remembered import Remembered

_locked = Lookup(
    # A post to a conversation that is locked already waits by itself, in its own transaction.
    lambda ids: (
        Conversation.objects.select_for_update(skip_locked=True)
        .filter(id__in=ids)
        .order_by("id")
        .values_list("id", "key", "last", "epoch", "changes")
    )
)
_cases = Lookup(
    lambda ids: Case.objects.filter(conversation__in=ids).values_list(
        "conversation_id",
        "centre_id",
        "client_id",
        "counsellor_id",
        "requested_id",
        "waiting_since",
        "answer_by",
        "closed_at",
    )
)
_everyone = Lookup(
    lambda ids: Member.objects.filter(conversation_id__in=ids).values_list(
        "conversation_id", "person_id"
    )
)


@dataclass(slots=True)
class LockedConversation:
    """A conversation with its case and, by person, the ids of its members' rows.

    `about` is what events say of it, as JSON. `key` to `changes` are as the batch that holds the
    lock has read them. `everyone` includes members who may not read just now: the entry has to be
    dropped when they may read again. `asked_at` (monotonic) is from before the query.
    """

    id: UUID
    centre: UUID
    client: UUID
    counsellor: UUID | None
    requested: UUID | None
    waiting_since: datetime | None
    answer_by: datetime | None
    closed_at: datetime | None
    members: dict[UUID, int] = field(default_factory=dict)
    about: str = ""
    key: int = 0
    last: int = 0
    epoch: int = 0
    changes: int = 0
    everyone: Collection[UUID] = ()
    asked_at: float = 0.0

    def __post_init__(self) -> None:
        times = waiting_times(self.waiting_since, self.answer_by)
        self.about = to_json({"conversation": str(self.id)} | times).decode()

    @property
    def answers(self) -> UUID | None:
        """The counsellor who is to answer."""
        return self.counsellor or self.requested


_known: Remembered[UUID, LockedConversation] = Remembered()


def lock_conversations(ids: Collection[UUID]) -> dict[UUID, LockedConversation]:
    """Locks those that nobody else has locked, until the transaction ends."""
    rows = {row[0]: row for row in _locked(ids)}
    conversations = {
        one: locked
        for one, row in rows.items()
        if (locked := _known.get(one)) and locked.changes == row[-1]
    }
    if len(conversations) < len(rows):
        conversations |= _loaded(rows.keys() - conversations.keys())
    for one, locked in conversations.items():
        _, locked.key, locked.last, locked.epoch, locked.changes = rows[one]
    return conversations


def _loaded(ids: Collection[UUID]) -> dict[UUID, LockedConversation]:
    asked_at = monotonic()
    conversations = {row[0]: LockedConversation(*row) for row in _cases(ids)}
    for conversation, person, member in members_of(ids):
        conversations[conversation].members[person] = member
    everyone = defaultdict(list)
    for conversation, person in _everyone(ids):
        everyone[conversation].append(person)
    for locked in conversations.values():
        locked.everyone, locked.asked_at = everyone[locked.id], asked_at
    remember(conversations.values())
    return conversations


def remembered(conversation: UUID) -> LockedConversation | None:
    """What the database said within the last minute, without a lock: only a hint."""
    return _known.get(conversation)


def remember(conversations: Iterable[LockedConversation]) -> None:
    """Caches them as the database has them: call this only after the commit."""
    for locked in conversations:
        _known.put(locked.id, locked, locked.everyone, locked.asked_at)
