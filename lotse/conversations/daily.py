"""How many bytes each person or address has sent today: counted in memory, without any write.

Each process counts for itself, so the limit applies to each of them.
"""

from time import monotonic

from lotse.core.problems import Problem

DAY = 24 * 3600


class DailyBytes:
    def __init__(self) -> None:
        self._sent: dict[int | str, int] = {}
        self._ends_at = 0.0

    def spend(self, sender: int | str, size: int, limit: int) -> None:
        """Raises Problem "too-many-attempts" if this exceeds the day's `limit`.

        `sender` is an address, or the number of a person's id, as hashing a UUID is slow.
        """
        if monotonic() > self._ends_at:
            # The day is the same for everybody.
            self._sent.clear()
            self._ends_at = monotonic() + DAY
        sent = self._sent.get(sender, 0) + size
        if sent > limit:
            raise Problem("too-many-attempts", retry_after=3600)
        self._sent[sender] = sent
