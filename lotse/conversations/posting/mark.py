"""How far messages came. Forward only, and not beyond what was said; what is read was delivered."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from lotse.conversations.actions.marks import mark
from lotse.conversations.posting.batch import Batch
from lotse.stream.frames import to_json


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
        reach = talk.members[self.person]
        was = (reach.delivered, reach.read)
        reach.read = max(reach.read, min(self.read, talk.last))
        reach.delivered = max(reach.delivered, reach.read, min(self.delivered, talk.last))
        if was != (reach.delivered, reach.read):
            batch.reached[reach.member] = reach
            payload = {
                "conversation": str(talk.id),
                "person": str(self.person),
                "delivered": reach.delivered,
                "read": reach.read,
            }
            shown = to_json(payload)
            batch.entries += talk.entries("marks", shown.decode(), shown)
        return b""

    def alone(self) -> tuple[int, bytes]:
        """Status and answer; for what a batch refuses."""
        mark(self.person, self.conversation, self.delivered, self.read)
        return self.done, b""
