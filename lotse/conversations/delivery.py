"""What of their events a person may see at the moment of delivery, and with which content."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from lotse.conversations.access import active_counsellors, members_of
from lotse.conversations.models import Message
from lotse.conversations.schemas import MessageOut
from lotse.core.bulk import Lookup
from lotse.stream.models import Event

# Compiled once: when a server starts again, everybody catches up at the same moment.
_centres_of = Lookup(
    lambda people: active_counsellors().filter(person__in=people).values_list("centre_id")
)


def deliverable(person: UUID, events: list[Event]) -> Iterator[Event]:
    """Membership is asked for again: an event may have waited longer than that lasted."""
    centres = _centres(person, events)
    conversations = _conversations(person, events)
    messages = _messages(events)
    for event in events:
        payload = event.payload
        if "centre" in payload:
            may_see = payload["centre"] in centres
        else:
            may_see = "conversation" not in payload or payload["conversation"] in conversations
        if may_see and event.kind == "message":
            may_see = payload["message"] in messages
            event.payload = payload | {"message": messages.get(payload["message"])}
        if may_see:
            yield event


def _conversations(person: UUID, events: list[Event]) -> set[str]:
    named = {event.payload["conversation"] for event in events if "conversation" in event.payload}
    members = members_of([UUID(one) for one in named]) if named else ()
    return {str(conversation) for conversation, member, _ in members if member == person}


def _centres(person: UUID, events: list[Event]) -> set[str]:
    is_named = any("centre" in event.payload for event in events)
    return {str(centre) for (centre,) in _centres_of([person])} if is_named else set()


def _messages(events: list[Event]) -> dict[str, Any]:
    """By id, as they are now: a withdrawn one must not lie about in mailboxes."""
    named = [event.payload["message"] for event in events if event.kind == "message"]
    found = Message.objects.filter(id__in=named) if named else ()
    shown = (MessageOut.from_orm(message).model_dump(mode="json") for message in found)
    return {message["id"]: message for message in shown}
