"""Reads the events of a person as a stream would."""

from collections.abc import Callable, Iterator
from uuid import UUID

from lotse.conversations.delivery import deliverable, said
from lotse.stream import queries
from lotse.stream.models import Event


def events_of(person: UUID) -> list[Event]:
    """The events that the person may see, in order, from the mailbox and from messages."""
    found = [event for look in (queries.between, said) for event in _all(look, person)]
    return list(deliverable(person, sorted(found, key=lambda event: event.number)))


def kinds(person: UUID) -> list[str]:
    return [event.kind for event in events_of(person)]


def _all(look: Callable[[UUID, int, int], list[Event]], person: UUID) -> Iterator[Event]:
    cursor, last = queries.span(person)
    while events := look(person, cursor, last):
        yield from events
        cursor = events[-1].number
