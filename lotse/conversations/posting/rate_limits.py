"""What one person may ask of a process: others must not wait for a flood, nor the disk fill."""

from time import monotonic
from uuid import UUID

from lotse.core.problems import Problem

MAX_WAITING = 32
"""Posts and marks of one person at once; browsers send a few."""
MAX_DAILY_BYTES = 64 * 2**20
"""Bytes of one person's messages: a thousand of the longest ones."""
DAY = 24 * 3600

# By the number of a person's id, as hashing a UUID is slow.
_waiting: dict[int, int] = {}
_posted: dict[int, int] = {}
_ends_at = 0.0


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
    global _ends_at  # noqa: PLW0603 - a day for everybody
    if monotonic() > _ends_at:
        _posted.clear()
        _ends_at = monotonic() + DAY
    posted = _posted.get(person.int, 0) + size
    if posted > MAX_DAILY_BYTES:
        raise Problem("too-many-attempts", retry_after=3600)
    _posted[person.int] = posted
