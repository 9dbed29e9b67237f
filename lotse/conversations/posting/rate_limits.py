"""What one person may ask of a process: others must not wait for a flood, nor the disk fill."""

from uuid import UUID

from lotse.conversations.daily import DailyBytes
from lotse.core.problems import Problem

MAX_WAITING = 32
"""Posts and marks of one person at once; browsers send a few."""
MAX_DAILY_BYTES = 64 * 2**20
"""Bytes of one person's messages: a thousand of the longest ones."""

# By the number of a person's id, as hashing a UUID is slow.
_waiting: dict[int, int] = {}
_posted = DailyBytes()


def enter(person: UUID) -> None:
    """Before a job waits; raises Problem "too-many-attempts"."""
    count = _waiting.get(person.int, 0)
    if count >= MAX_WAITING:
        raise Problem("too-many-attempts", retry_after=1)
    _waiting[person.int] = count + 1


def leave(person: UUID) -> None:
    """When it waits no longer."""
    if left := _waiting[person.int] - 1:
        _waiting[person.int] = left
    else:
        del _waiting[person.int]


def spend(person: UUID, size: int) -> None:
    """Counts the bytes of a message; raises Problem "too-many-attempts"."""
    _posted.spend(person.int, size, MAX_DAILY_BYTES)
