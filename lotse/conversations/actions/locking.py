"""Every verb locks its conversation first, then mailboxes: so nobody waits in a circle."""

from uuid import UUID

from django.db.models import F

from lotse.conversations.models import Case, Conversation
from lotse.core.problems import Problem

RELATED = ("conversation", "centre", "counsellor", "requested")


def locked_case(conversation: UUID) -> Case:
    """The case as it is now, until the transaction ends; raises Problem "not-found".

    Whoever changes a case or its members goes through here: what posts remember of it ends.
    """
    here = Conversation.objects.filter(id=conversation)
    if not here.update(changes=F("changes") + 1):
        raise Problem("not-found")
    return Case.objects.select_related(*RELATED).get(conversation=conversation)
