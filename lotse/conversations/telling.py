"""Whom an event about a conversation concerns."""

from datetime import datetime
from typing import Any
from uuid import UUID

from lotse.conversations.access import active_counsellors, active_members
from lotse.conversations.models import Case
from lotse.stream.actions import Entry


def to_members(conversation: UUID, kind: str, **payload: Any) -> Entry:
    """For every member, the acting person's other devices too."""
    here = active_members().filter(conversation_id=conversation)
    payload["conversation"] = str(conversation)
    return Entry(list(here.values_list("person_id", flat=True)), kind, payload)


def clock(waiting_since: datetime | None, answer_by: datetime | None) -> dict[str, Any]:
    """A case's, for what is told of a message."""
    return {
        "waiting_since": waiting_since and waiting_since.isoformat(),
        "answer_by": answer_by and answer_by.isoformat(),
    }


def to_queue(case: Case) -> Entry:
    """A new or changed case, for all counsellors of its centre."""
    payload = {"centre": str(case.centre_id), "conversation": str(case.conversation_id)}
    people = active_counsellors().filter(centre=case.centre_id)
    return Entry(list(people.values_list("person_id", flat=True)), "queue", payload)
