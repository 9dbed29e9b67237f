"""How many bytes each person has sent today, counted in memory: a refusal writes nothing.

Each process counts for itself, so a person may send as much to every one of them.
"""

from time import monotonic
from uuid import UUID

from lotse.core.problems import Problem

DAY = 24 * 3600


class DailyBytes:
    def __init__(self) -> None:
        # By the number of a person's id, as hashing a UUID is slow.
        self._sent: dict[int, int] = {}
        self._ends_at = 0.0

    def spend(self, person: UUID, size: int, limit: int) -> None:
        """Raises Problem "too-many-attempts" where this is more than `limit` for the day."""
        if monotonic() > self._ends_at:
            # The day is the same for everybody.
            self._sent.clear()
            self._ends_at = monotonic() + DAY
        sent = self._sent.get(person.int, 0) + size
        if sent > limit:
            raise Problem("too-many-attempts", retry_after=3600)
        self._sent[person.int] = sent
