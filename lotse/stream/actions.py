"""What changes mailboxes, and what only rings at them."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import OperationalError, connection, transaction
from django.db.models import Max
from django.utils import timezone

from lotse.core.bulk import Lookup, Write, run
from lotse.stream.frames import frame
from lotse.stream.models import Event, Mailbox
from lotse.stream.wake import News, current

_known = Lookup(lambda ids: Mailbox.objects.filter(id__in=ids).values_list("id"))
_locked = Lookup(
    # In id order, or two posts to the same people would wait for each other for ever.
    lambda ids: (
        Mailbox.objects.select_for_update()
        .filter(id__in=ids)
        .order_by("id")
        .values_list("id", "last")
    )
)
_events = Write(Event, "mailbox", "number", "kind", "payload", "made_at")
_last = Write(Mailbox, "last", key="id")


class Entry(NamedTuple):
    """An event to be. `payload` holds ids, numbers and ciphertext only; `mailbox` is a person.

    It may be JSON already. `shown` is, as JSON, what the person may see of it at this moment;
    without it, open streams read the event from the database.
    """

    mailbox: UUID
    kind: str
    payload: dict[str, Any] | str
    shown: bytes = b""


def append(entries: Iterable[Entry]) -> None:
    """Gives each entry its mailbox's next number; wakes the mailboxes after the commit.

    Call it once in a transaction, last: a second call would lock mailboxes out of order.
    """
    entries = list(entries)
    if not entries:
        return
    if not connection.in_atomic_block:
        raise RuntimeError("append() belongs into the transaction of what it tells about")
    last, now = _lock({entry.mailbox for entry in entries}), timezone.now()
    rows, news = [], []
    for mailbox, kind, payload, shown in entries:
        number = last[mailbox] = last[mailbox] + 1
        rows.append((mailbox, number, kind, _to_text(payload), now))
        news.append(News(mailbox, "event", number, frame(kind, shown, number) if shown else b""))
    run((_events, rows), (_last, [(number, mailbox) for mailbox, number in last.items()]))
    transaction.on_commit(lambda: current().tell(news), robust=True)


def _to_text(payload: dict[str, Any] | str) -> str:
    return payload if isinstance(payload, str) else json.dumps(payload)


_made: set[UUID] = set()
"""Mailboxes that are known to be there: asking for them each time would cost a query."""
_MOST = 100_000


def _lock(ids: set[UUID]) -> dict[UUID, int]:
    """The last numbers, their rows locked until the transaction ends."""
    # Made before any is locked, not on demand, or two writers would wait in a circle.
    if not ids <= _made:
        missing = sorted(ids - {one for (one,) in _known(ids - _made)} - _made)
        Mailbox.objects.bulk_create([Mailbox(id=one) for one in missing], ignore_conflicts=True)
        transaction.on_commit(lambda: _remember(ids))
    last: dict[UUID, int] = dict(_locked(ids))
    if len(last) < len(ids):
        # Deleted with its person: whoever comes again finds who is there now.
        _made.difference_update(ids)
        raise OperationalError("a mailbox has gone")
    return last


def _remember(ids: set[UUID]) -> None:
    if len(_made) > _MOST:
        _made.clear()
    _made.update(ids)


def signal(mailbox: UUID, kind: str, payload: dict[str, Any]) -> None:
    """Tells whoever listens now, and is forgotten."""
    current().tell([News(mailbox, "signal", frame=frame(kind, payload))])


def recheck(mailbox: UUID) -> None:
    """Ends, after the commit, the person's streams whose session is no longer good."""
    transaction.on_commit(lambda: current().tell([News(mailbox, "recheck")]), robust=True)


def prune(before: datetime) -> int:
    """Removes events made earlier, how many. Who has not seen them is told to load again."""
    old = Event.objects.filter(made_at__lt=before).values_list("mailbox_id")
    removed = 0
    for mailbox, number in old.annotate(newest=Max("number")).order_by("mailbox_id"):
        with transaction.atomic():
            Mailbox.objects.filter(id=mailbox, pruned_to__lt=number).update(pruned_to=number)
            removed += Event.objects.filter(mailbox_id=mailbox, number__lte=number).delete()[0]
    return removed
