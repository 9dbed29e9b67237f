"""Reading mailboxes."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from lotse.core.bulk import Lookup
from lotse.stream.models import Event, Mailbox


def cursor(mailbox: UUID) -> int:
    """The number of the newest event. Read it before the state that it stands for."""
    return Mailbox.objects.filter(id=mailbox).values_list("last", flat=True).first() or 0


_newest = Lookup(lambda ids: Mailbox.objects.filter(id__in=ids).values_list("id", "last"))


def newest(mailboxes: Iterable[UUID]) -> list[tuple[Any, ...]]:
    """The numbers of their newest events."""
    return _newest(list(mailboxes))


def is_possible(mailbox: UUID, number: int) -> bool:
    """Whether reading on after `number` misses nothing: not pruned, not another database's."""
    row = Mailbox.objects.filter(id=mailbox).values_list("pruned_to", "last").first()
    pruned_to, last = row or (0, 0)
    return pruned_to <= number <= last


def after(mailbox: UUID, number: int, limit: int) -> list[Event]:
    events = Event.objects.filter(mailbox_id=mailbox, number__gt=number)
    return list(events.order_by("number")[:limit])
