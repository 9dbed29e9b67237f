"""Every verb locks its conversation first, then mailboxes: so nobody waits in a circle."""

from uuid import UUID

from lotse.conversations.models import Case, Conversation
from lotse.core.problems import Problem


def locked_case(conversation: UUID) -> Case:
    """The case as it is now, until the transaction ends; raises Problem "not-found"."""
    row = Conversation.objects.select_for_update().filter(id=conversation).first()
    if row is None:
        raise Problem("not-found")
    case = Case.objects.select_related("centre", "counsellor", "wished").get(conversation=row)
    case.conversation = row
    return case
