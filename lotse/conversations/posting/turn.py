"""Whose turn it is after a message, decided as actions/messages.py does."""

from dataclasses import replace
from uuid import UUID

from lotse.conversations.posting.batch import Alone, Batch
from lotse.conversations.posting.talk import Talk


def after(talk: Talk, sender: UUID, batch: Batch) -> Talk | None:
    """The conversation with its case as it is then; None where nothing changes.

    A copy: what is remembered must not change before the commit. A first answer, which takes the
    case, and a question to no counsellor in particular raise Alone.
    """
    if sender == talk.client:
        if talk.waiting_since and not talk.closed_at:
            return None
        if talk.answers is None:
            raise Alone
        by = batch.promises[talk.answers](batch.now)
        return replace(talk, closed_at=None, waiting_since=batch.now, answer_by=by)
    if talk.counsellor is None and talk.closed_at is None:
        raise Alone
    if talk.waiting_since is None:
        return None
    return replace(talk, waiting_since=None, answer_by=None)
