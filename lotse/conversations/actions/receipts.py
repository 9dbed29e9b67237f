"""How far messages were delivered and read, and who is typing."""

from typing import Protocol
from uuid import UUID

from lotse.accounts.models import Person
from lotse.conversations.access import active_members, member_of
from lotse.conversations.actions.locking import changing
from lotse.conversations.recipients import to_members
from lotse.stream.actions import append, signal


def record_receipts(person: UUID, conversation: UUID, delivered: int, read: int) -> None:
    with changing(conversation, lambda: member_of(person, conversation)) as (case, member):
        if not go_forward(member, delivered, read, case.conversation.last):
            return
        member.save(update_fields=["delivered", "read"])
        receipts = {"delivered": member.delivered, "read": member.read}
        append([to_members(conversation, "receipts", person=str(person), **receipts)])


class Receipts(Protocol):
    """Numbers of the newest message that was delivered to a member, and that she has read."""

    delivered: int
    read: int


def go_forward(receipts: Receipts, delivered: int, read: int, last: int) -> bool:
    """Whether a number grew. Never beyond the last message; what is read was delivered."""
    was = (receipts.delivered, receipts.read)
    receipts.read = max(receipts.read, min(read, last))
    receipts.delivered = max(receipts.delivered, receipts.read, min(delivered, last))
    return was != (receipts.delivered, receipts.read)


def typing(person: Person, conversation: UUID) -> None:
    """Tells the other members who are connected. It is stored nowhere."""
    member_of(person.id, conversation)
    others = active_members().filter(conversation_id=conversation).exclude(person=person)
    payload = {"conversation": str(conversation), "person": str(person.id)}
    for other in others.values_list("person_id", flat=True):
        signal(other, "typing", payload)
