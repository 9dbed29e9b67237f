"""The people who are told of an event in a conversation."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic_core import to_json

from lotse.centres.queries import admitted
from lotse.conversations.access import active_members, members_of
from lotse.conversations.models import Case
from lotse.core.bulk import Lookup
from lotse.stream.actions import Entry

_colleagues = Lookup(
    lambda centres: admitted().filter(centre__in=centres).values_list("centre_id", "person_id")
)


def to_members(conversation: UUID, kind: str, **payload: Any) -> Entry:
    """An event for every member, including the acting person's other devices."""
    here = active_members().filter(conversation_id=conversation)
    payload["conversation"] = str(conversation)
    return Entry(list(here.values_list("person_id", flat=True)), kind, payload)


def waiting_times(waiting_since: datetime | None, answer_by: datetime | None) -> dict[str, Any]:
    """The case's times, for the event of a message."""
    return {
        "waiting_since": waiting_since and waiting_since.isoformat(),
        "answer_by": answer_by and answer_by.isoformat(),
    }


def to_queue(case: Case) -> Entry:
    """An event about a new or changed case, for all counsellors of its centre."""
    return to_queues({case.conversation_id: case.centre_id})[0]


def to_queues(centres: Mapping[UUID, UUID]) -> list[Entry]:
    """Events about many cases at once. `centres` maps each case to its centre."""
    people = defaultdict(list)
    for centre, person in _colleagues(set(centres.values())):
        people[centre].append(person)
    return [
        Entry(people[centre], "queue", shown.decode(), shown)
        for conversation, centre in centres.items()
        for shown in [to_json({"centre": centre, "conversation": conversation})]
    ]


def to_everybody(centres: Mapping[UUID, UUID], kind: str) -> list[Entry]:
    """Events about many conversations, for their members and all counsellors of their centres.

    They are stored nowhere, as for conversations that nothing may name afterwards.
    """
    people = defaultdict(set)
    for conversation, person, _ in members_of(centres.keys()):
        people[conversation].add(person)
    colleagues = defaultdict(set)
    for centre, person in _colleagues(set(centres.values())):
        colleagues[centre].add(person)
    return [
        Entry(
            people[conversation] | colleagues[centre],
            kind,
            "",
            to_json({"conversation": conversation}),
            is_kept=False,
        )
        for conversation, centre in centres.items()
    ]
