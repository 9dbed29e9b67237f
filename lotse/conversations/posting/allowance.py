"""What one person may ask of a process: others must not wait for a flood, nor the disk fill."""

from time import monotonic
from uuid import UUID

from lotse.core.problems import Problem

WAITING = 32
"""Posts and marks of one person at once; browsers send a few."""
DAILY = 64 * 2**20
"""Bytes of one person's messages: a thousand of the longest ones."""
DAY = 24 * 3600

# By the number of a person's id, as hashing a UUID is slow.
_waiting: dict[int, int] = {}
_posted: dict[int, int] = {}
_ends_at = 0.0


class Slot:
    """Held while a job waits; raises Problem "too-many-attempts"."""

    __slots__ = ("_person",)

    def __init__(self, person: UUID) -> None:
        self._person = person.int

    def __enter__(self) -> None:
        count = _waiting.get(self._person, 0)
        if count >= WAITING:
            raise Problem("too-many-attempts", retry_after=1)
        _waiting[self._person] = count + 1

    def __exit__(self, *_: object) -> None:
        if left := _waiting[self._person] - 1:
            _waiting[self._person] = left
        else:
            del _waiting[self._person]


def spend(person: UUID, size: int) -> None:
    """Counts the bytes of a message; raises Problem "too-many-attempts"."""
    global _ends_at  # noqa: PLW0603 - a day for everybody
    if monotonic() > _ends_at:
        _posted.clear()
        _ends_at = monotonic() + DAY
    posted = _posted.get(person.int, 0) + size
    if posted > DAILY:
        raise Problem("too-many-attempts", retry_after=3600)
    _posted[person.int] = posted
