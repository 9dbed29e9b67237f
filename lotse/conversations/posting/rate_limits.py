"""How much one person may ask of a process: a flood must not delay others or fill the disk."""

from uuid import UUID

from lotse.conversations.daily import DailyBytes
from lotse.core.problems import Problem

MAX_WAITING = 32
"""Posts and receipts of one person at once. Browsers send a few."""
MAX_DAILY_BYTES = 64 * 2**20
"""Bytes of one person's messages: about a thousand of the longest ones."""

# By the integer of a person's id, because hashing a UUID is slow.
_waiting: dict[int, int] = {}
_posted = DailyBytes()


def enter(person: UUID) -> None:
    """Counts a job that begins to wait; raises Problem "too-many-attempts"."""
    count = _waiting.get(person.int, 0)
    if count >= MAX_WAITING:
        raise Problem("too-many-attempts", retry_after=1)
    _waiting[person.int] = count + 1


def leave(person: UUID) -> None:
    """Call this when the job no longer waits."""
    if left := _waiting[person.int] - 1:
        _waiting[person.int] = left
    else:
        del _waiting[person.int]


def spend(person: UUID, size: int) -> None:
    """Counts the bytes of a message; raises Problem "too-many-attempts"."""
    _posted.spend(person.int, size, MAX_DAILY_BYTES)
