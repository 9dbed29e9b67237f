"""Reading mailboxes."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from lotse.core.bulk import Lookup
from lotse.stream.models import Event, Mailbox


def cursor(person: UUID) -> int:
    """The number of the newest event. Read it before the state that it stands for."""
    return Mailbox.objects.filter(person=person).values_list("last", flat=True).first() or 0


_newest = Lookup(
    lambda people: Mailbox.objects.filter(person__in=people).values_list("person", "last")
)


def newest(people: Iterable[UUID]) -> list[tuple[Any, ...]]:
    """Each with the number of her newest event."""
    return _newest(list(people))


_kept = Lookup(
    lambda people: Mailbox.objects.filter(person__in=people).values_list("pruned_to", "last")
)


def is_possible(person: UUID, number: int) -> bool:
    """Whether reading on after `number` misses nothing: not pruned, not another database's."""
    # Nobody's mailbox begins with its first event.
    ((pruned_to, last),) = _kept([person]) or [(0, 0)]
    return bool(pruned_to <= number <= last)


def after(person: UUID, number: int, limit: int) -> list[Event]:
    events = Event.objects.filter(mailbox__person=person, number__gt=number)
    return list(events.order_by("number")[:limit])
