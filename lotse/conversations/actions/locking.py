"""Every verb locks its conversation first, then mailboxes: so nobody waits in a circle."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import F

from lotse.conversations.models import Case, Conversation
from lotse.core.problems import Problem

Found = TypeVar("Found")
RELATED = ("conversation", "centre", "counsellor", "requested")


@contextmanager
def changing(conversation: UUID, check: Callable[[], Found]) -> Iterator[tuple[Case, Found]]:
    """The case, locked until the block ends, and what `check` returned.

    `check` only reads, and raises a Problem where the person may not do this. It runs first
    without any lock, so that refusing a stranger costs no write and holds up nobody, and then
    again behind the lock, as the answer may have changed.
    """
    check()
    with transaction.atomic():
        case = locked_case(conversation)
        yield case, check()


def locked_case(conversation: UUID) -> Case:
    """The case as it is now, until the transaction ends; raises Problem "not-found".

    Whoever changes a case or its members goes through here: what posts remember of it ends.
    """
    here = Conversation.objects.filter(id=conversation)
    if not here.update(changes=F("changes") + 1):
        raise Problem("not-found")
    return Case.objects.select_related(*RELATED).get(conversation=conversation)
