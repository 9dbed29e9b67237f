"""What a person is told, as a stream would find it."""

from collections.abc import Callable, Iterator
from uuid import UUID

from lotse.conversations.delivery import deliverable, said
from lotse.stream import queries
from lotse.stream.models import Event


def events_of(person: UUID) -> list[Event]:
    """In order, what she may see of what the mailbox keeps and what it does not."""
    found = [event for look in (queries.between, said) for event in _all(look, person)]
    return list(deliverable(person, sorted(found, key=lambda event: event.number)))


def kinds(person: UUID) -> list[str]:
    return [event.kind for event in events_of(person)]


def _all(look: Callable[[UUID, int, int], list[Event]], person: UUID) -> Iterator[Event]:
    cursor, last = queries.span(person)
    while events := look(person, cursor, last):
        yield from events
        cursor = events[-1].number
