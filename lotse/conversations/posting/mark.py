"""How far messages came."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from pydantic_core import to_json

from lotse.conversations.actions.marks import go_forward, mark
from lotse.conversations.posting.batch import Batch
from lotse.stream.actions import Entry


@dataclass(slots=True)
class Mark:
    done: ClassVar[int] = 204
    message: ClassVar[None] = None
    person: UUID
    conversation: UUID
    delivered: int
    read: int

    def apply(self, batch: Batch) -> bytes:
        """Empty."""
        talk = batch.talk(self.conversation, self.person)
        member = talk.members[self.person]
        reach = batch.reaches[member]
        if go_forward(reach, self.delivered, self.read, talk.last):
            batch.moved.add(member)
            payload = {
                "conversation": str(talk.id),
                "person": str(self.person),
                "delivered": reach.delivered,
                "read": reach.read,
            }
            shown = to_json(payload)
            batch.entries.append(Entry(talk.members, "marks", shown.decode(), shown))
        return b""

    def alone(self) -> tuple[int, bytes]:
        """Status and answer; for what a batch refuses."""
        mark(self.person, self.conversation, self.delivered, self.read)
        return self.done, b""
