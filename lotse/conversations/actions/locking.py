"""Every verb locks its conversation first and then mailboxes, which avoids deadlocks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar
from uuid import UUID

from django.db.models import F

from lotse.conversations.models import Case, Conversation
from lotse.core.database import atomic
from lotse.core.problems import Problem

Found = TypeVar("Found")
RELATED = ("conversation", "centre", "counsellor", "requested")


@contextmanager
def changing(conversation: UUID, check: Callable[[], Found]) -> Iterator[tuple[Case, Found]]:
    """The case, locked until the block ends, and what `check` returned.

    `check` only reads, and raises a Problem if the person may not do this. It runs first without
    a lock, so that refusing a stranger costs no write and delays nobody, and again under the
    lock, because the answer may have changed.
    """
    check()
    with atomic():
        case = locked_case(conversation)
        yield case, check()


def locked_case(conversation: UUID) -> Case:
    """The case as it is now, until the transaction ends; raises Problem "not-found".

    Every change of a case or its members goes through here: it ends what posts have cached.
    """
    here = Conversation.objects.filter(id=conversation)
    if not here.update(changes=F("changes") + 1):
        raise Problem("not-found")
    return Case.objects.select_related(*RELATED).get(conversation=conversation)
