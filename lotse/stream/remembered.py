"""Caches what the database said about people, for a minute or until a notification about them."""

from collections import defaultdict
from collections.abc import Collection
from time import monotonic
from typing import Generic, TypeVar
from uuid import UUID

from lotse.stream import broker

MAX_AGE = 60.0
"""Seconds."""
MAX_ENTRIES = 50_000

Key = TypeVar("Key")
Value = TypeVar("Value")


class Remembered(Generic[Key, Value]):
    """Answers by key. Its methods may be called from any thread."""

    def __init__(self) -> None:
        self._begin_anew()
        broker.on_recheck(self._changed)

    def _begin_anew(self) -> None:
        self._begun_at = monotonic()
        self._answers: dict[Key, tuple[Value, float]] = {}
        self._about: dict[UUID, set[Key]] = defaultdict(set)
        self._changes: dict[UUID, float] = {}

    def get(self, key: Key) -> Value | None:
        value, asked_at = self._answers.get(key, (None, 0.0))
        # Until then, notifications from other processes may have been missed.
        if asked_at <= broker.current().complete_since or monotonic() - asked_at > MAX_AGE:
            return None
        return value

    def put(self, key: Key, value: Value, people: Collection[UUID], asked_at: float) -> None:
        """Valid until a notification about one of `people`.

        `asked_at` (monotonic) is from before the query, so that a notification during the query
        counts as later.
        """
        if len(self._answers) >= MAX_ENTRIES:
            self._begin_anew()
        self._answers[key] = value, asked_at
        for one in people:
            self._about[one].add(key)
        # Compare only now: a notification at this very moment must find the entry.
        told_at = max((self._changes.get(one, 0.0) for one in people), default=0.0)
        if max(told_at, self._begun_at) >= asked_at:
            self._answers.pop(key, None)

    def _changed(self, person: UUID) -> None:
        if len(self._changes) >= MAX_ENTRIES:
            self._begin_anew()
        self._changes[person] = monotonic()
        # Iterate over a copy: another thread may add a key, and checks that itself afterwards.
        for key in tuple(self._about.pop(person, ())):
            self._answers.pop(key, None)
