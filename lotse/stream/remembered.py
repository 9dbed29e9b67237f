"""What the database said about people: believed for a minute, unless something is told before."""

from collections.abc import Collection
from time import monotonic
from typing import Generic, TypeVar
from uuid import UUID

from lotse.stream import wake

KEPT = 60.0
"""Seconds."""
MOST = 50_000

Key = TypeVar("Key")
Value = TypeVar("Value")


class Remembered(Generic[Key, Value]):
    """Good answers by what was asked. Called from any thread, no longer than the process lives."""

    def __init__(self) -> None:
        self._answers: dict[Key, tuple[Value, Collection[UUID], float]] = {}
        self._changes: dict[UUID, float] = {}
        self._begun_at = 0.0
        wake.on_recheck(self._changed)

    def get(self, key: Key) -> Value | None:
        answer = self._answers.get(key)
        if answer is None:
            return None
        value, people, asked_at = answer
        # News may have been missed until then, from other processes.
        whole_since = max(self._begun_at, wake.current().whole_since)
        if monotonic() - asked_at > KEPT or whole_since >= asked_at:
            return None
        changes = self._changes
        return None if any(changes.get(one, 0.0) >= asked_at for one in people) else value

    def put(self, key: Key, value: Value, people: Collection[UUID], asked_at: float) -> None:
        """Good until something is told about one of `people`.

        `asked_at` (monotonic) is before the question: what is told meanwhile counts as later.
        """
        if len(self._answers) >= MOST:
            self._answers = {}
        self._answers[key] = value, people, asked_at

    def _changed(self, person: UUID) -> None:
        if len(self._changes) >= MOST:
            self._answers, self._changes, self._begun_at = {}, {}, monotonic()
        self._changes[person] = monotonic()
