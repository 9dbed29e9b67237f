"""What the database said about people: believed for a minute, unless something is told before."""

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
    """Good answers by what was asked. Called from any thread, no longer than the process lives."""

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
        # Notification may have been missed until then, from other processes.
        if asked_at <= broker.current().complete_since or monotonic() - asked_at > MAX_AGE:
            return None
        return value

    def put(self, key: Key, value: Value, people: Collection[UUID], asked_at: float) -> None:
        """Good until something is told about one of `people`.

        `asked_at` (monotonic) is before the question: what is told meanwhile counts as later.
        """
        if len(self._answers) >= MAX_ENTRIES:
            self._begin_anew()
        self._answers[key] = value, asked_at
        for one in people:
            self._about[one].add(key)
        # Only now, or what is told at this moment would find nothing to forget.
        told_at = max((self._changes.get(one, 0.0) for one in people), default=0.0)
        if max(told_at, self._begun_at) >= asked_at:
            self._answers.pop(key, None)

    def _changed(self, person: UUID) -> None:
        if len(self._changes) >= MAX_ENTRIES:
            self._begin_anew()
        self._changes[person] = monotonic()
        # A copy: another thread may be adding to it, and looks for itself afterwards.
        for key in tuple(self._about.pop(person, ())):
            self._answers.pop(key, None)
