"""What changes mailboxes, and what only rings at them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from lotse.stream.models import Event, Mailbox
from lotse.stream.wake import current


@dataclass(frozen=True)
class Entry:
    """An event to be. `payload` holds ids, numbers and ciphertext only; `mailbox` is a person."""

    mailbox: UUID
    kind: str
    payload: dict[str, Any]


def append(entries: Iterable[Entry]) -> None:
    """Gives each entry its mailbox's next number; wakes the mailboxes after the commit.

    Call it once in a transaction, last: a second call would lock mailboxes out of order.
    """
    entries = list(entries)
    if not entries:
        return
    if not connection.in_atomic_block:
        raise RuntimeError("append() belongs into the transaction of what it tells about")
    mailboxes = _locked({entry.mailbox for entry in entries})
    Event.objects.bulk_create([_numbered(mailboxes[entry.mailbox], entry) for entry in entries])
    Mailbox.objects.bulk_update(mailboxes.values(), ["last"])
    transaction.on_commit(lambda: current().wake(list(mailboxes)), robust=True)


def _locked(ids: set[UUID]) -> dict[UUID, Mailbox]:
    # In id order, or two posts to the same people would wait for each other for ever.
    ordered = sorted(ids)
    # Inserted first, not on demand after locking, for the same reason.
    Mailbox.objects.bulk_create([Mailbox(id=one) for one in ordered], ignore_conflicts=True)
    rows = Mailbox.objects.select_for_update().filter(id__in=ordered).order_by("id")
    return {row.id: row for row in rows}


def _numbered(mailbox: Mailbox, entry: Entry) -> Event:
    mailbox.last += 1
    return Event(mailbox=mailbox, number=mailbox.last, kind=entry.kind, payload=entry.payload)


def signal(mailbox: UUID, kind: str, payload: dict[str, Any]) -> None:
    """Tells whoever listens now, and is forgotten."""
    current().signal(mailbox, kind, payload)


def recheck(mailbox: UUID) -> None:
    """Ends, after the commit, the person's streams whose session is no longer good."""
    transaction.on_commit(lambda: current().recheck(mailbox), robust=True)


def prune(before: datetime) -> int:
    """Removes events made earlier, how many. Who has not seen them is told to load again."""
    old = Event.objects.filter(made_at__lt=before).values_list("mailbox_id")
    removed = 0
    for mailbox, number in old.annotate(newest=Max("number")).order_by("mailbox_id"):
        with transaction.atomic():
            Mailbox.objects.filter(id=mailbox, pruned_to__lt=number).update(pruned_to=number)
            removed += Event.objects.filter(mailbox_id=mailbox, number__lte=number).delete()[0]
    return removed
