"""A report of how far messages were delivered and read."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from pydantic_core import to_json

from lotse.conversations.access import check_member
from lotse.conversations.actions.receipts import go_forward, record_receipts
from lotse.conversations.posting.batch import Batch
from lotse.conversations.posting.locked_conversation import LockedConversation
from lotse.stream.actions import Entry


@dataclass(slots=True)
class Receipt:
    done: ClassVar[int] = 204
    message: ClassVar[None] = None
    is_alone: ClassVar[bool] = False
    person: UUID
    conversation: UUID
    delivered: int
    read: int

    def fits(self, known: LockedConversation) -> bool:
        return True

    def check(self) -> None:
        check_member(self.person, self.conversation)

    def apply(self, batch: Batch) -> bytes:
        """An empty answer."""
        locked = batch.locked(self.conversation, self.person)
        member = locked.members[self.person]
        receipt = batch.receipts[member]
        if go_forward(receipt, self.delivered, self.read, locked.last):
            batch.moved.add(member)
            payload = {
                "conversation": str(locked.id),
                "person": str(self.person),
                "delivered": receipt.delivered,
                "read": receipt.read,
            }
            shown = to_json(payload)
            batch.entries.append(Entry(locked.members, "receipts", shown.decode(), shown))
        return b""

    def in_own_transaction(self) -> tuple[int, bytes]:
        """Status and answer, for a job that needs its own transaction."""
        record_receipts(self.person, self.conversation, self.delivered, self.read)
        return self.done, b""
