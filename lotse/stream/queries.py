"""Reading mailboxes."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from lotse.core.bulk import Lookup
from lotse.stream.models import Event, Mailbox

BATCH = 16
"""Events in memory at once for one stream: at most one MiB, if each holds the longest message."""


def cursor(person: UUID) -> int:
    """The number of the newest event. Read it before the state that belongs to it."""
    return Mailbox.objects.filter(person=person).values_list("last", flat=True).first() or 0


_newest = Lookup(
    lambda people: Mailbox.objects.filter(person__in=people).values_list("person", "last")
)


def newest(people: Iterable[UUID]) -> list[tuple[Any, ...]]:
    """Each person with the number of her newest event."""
    return _newest(list(people))


_kept = Lookup(
    lambda people: Mailbox.objects.filter(person__in=people).values_list("pruned_to", "last")
)


def span(person: UUID) -> tuple[int, int]:
    """The first and last valid cursor: neither pruned nor of another database."""
    # A person without a mailbox has had no event yet.
    ((pruned_to, last),) = _kept([person]) or [(0, 0)]
    return pruned_to, last


def between(person: UUID, cursor: int, last: int) -> list[Event]:
    """The first BATCH events after `cursor`, up to `last`."""
    events = Event.objects.filter(mailbox__person=person, number__gt=cursor, number__lte=last)
    return list(events.order_by("number")[:BATCH])
