"""Whose turn it is after a message, decided as in actions/messages.py."""

from dataclasses import replace
from uuid import UUID

from lotse.conversations.posting.batch import Batch, NeedsOwnTransaction
from lotse.conversations.posting.locked_conversation import LockedConversation


def next_turn(locked: LockedConversation, sender: UUID, batch: Batch) -> LockedConversation | None:
    """The conversation with its changed case; None if nothing changes.

    It is a copy: what is cached must not change before the commit. A first answer, which takes the
    case, and a question to no counsellor in particular raise NeedsOwnTransaction.
    """
    if sender == locked.client:
        if locked.waiting_since and not locked.closed_at:
            return None
        if locked.answers is None:
            raise NeedsOwnTransaction
        by = batch.promises[locked.answers](batch.now)
        return replace(locked, closed_at=None, waiting_since=batch.now, answer_by=by)
    if locked.counsellor is None and locked.closed_at is None:
        raise NeedsOwnTransaction
    if locked.waiting_since is None:
        return None
    return replace(locked, waiting_since=None, answer_by=None)
