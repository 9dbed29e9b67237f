"""Which events a person may see at the moment of delivery, and with which content."""

import functools
from collections.abc import Iterator
from uuid import UUID

from django.db.models import BigIntegerField, F

from lotse.centres.queries import admitted, employed
from lotse.conversations.access import members_of
from lotse.conversations.models import Message
from lotse.conversations.recipients import waiting_times
from lotse.conversations.schemas import MessageOut
from lotse.core.bulk import Given, Lookup
from lotse.stream.models import Event
from lotse.stream.queries import BATCH

_CURSOR, _LAST = Given("cursor", BigIntegerField()), Given("last", BigIntegerField())

# Compiled once: after a restart everybody catches up at the same moment.
_centre_of_employed = Lookup(
    lambda people: employed().filter(person__in=people).values_list("centre_id")
)
_centre_of_admitted = Lookup(
    lambda people: admitted().filter(person__in=people).values_list("centre_id")
)
_said = Lookup(
    lambda people: (
        Message.objects.filter(
            conversation__members__person__in=people,
            conversation__members__left_at=None,
            conversation__event__gt=_CURSOR,
            # The index has message numbers only. No more messages than events have passed.
            number__gt=F("conversation__last") - F("conversation__event") + _CURSOR,
            event__gt=_CURSOR,
            event__lte=_LAST,
        )
        .order_by("event")
        .values_list(
            "event",
            "id",
            "conversation__id",
            "conversation__case__waiting_since",
            "conversation__case__answer_by",
        )[:BATCH]
    )
)


def said(person: UUID, cursor: int, last: int) -> list[Event]:
    """Messages as events, with their present content: no mailbox keeps what was withdrawn."""
    rows = _said([person], cursor=cursor, last=last)
    messages = Message.objects.in_bulk([message for _, message, *_ in rows]) if rows else {}
    events = []
    for number, message, conversation, *times in rows:
        shown = MessageOut.from_orm(messages[message]).model_dump(mode="json")
        payload = {"message": shown, "conversation": str(conversation)} | waiting_times(*times)
        events.append(Event(number=number, kind="message", payload=payload))
    return events


def deliverable(person: UUID, events: list[Event]) -> Iterator[Event]:
    """Checks membership again: it may have ended while the event waited."""

    @functools.cache
    def centres(kind: str) -> set[str]:
        # A counsellor who waits for the centre's key must hear of it, but of no case until then.
        lookup = _centre_of_employed if kind == "keys" else _centre_of_admitted
        return {str(centre) for (centre,) in lookup([person])}

    conversations = _conversations(person, events)
    for event in events:
        if "centre" in event.payload:
            may_see = event.payload["centre"] in centres(event.kind)
        else:
            named = event.payload.get("conversation")
            may_see = named is None or named in conversations
        if may_see:
            yield event


def _conversations(person: UUID, events: list[Event]) -> set[str]:
    named = {event.payload["conversation"] for event in events if "conversation" in event.payload}
    members = members_of([UUID(one) for one in named]) if named else ()
    return {str(conversation) for conversation, member, _ in members if member == person}
