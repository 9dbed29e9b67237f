"""Adds events to mailboxes, notifies open streams, and prunes old events."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from django.db import OperationalError
from django.db.models import F, Max
from django.utils import timezone
from pydantic_core import to_json

from lotse.core.bulk import Lookup, Row, Write, run
from lotse.core.database import atomic, connection, on_commit
from lotse.stream.broker import Notification, current
from lotse.stream.frames import frame
from lotse.stream.models import Event, Mailbox

_known = Lookup(
    lambda people: Mailbox.objects.filter(person__in=people).values_list("person", "id")
)
_locked = Lookup(
    # In id order. Otherwise two posts to the same people could deadlock.
    lambda ids: (
        Mailbox.objects.select_for_update()
        .filter(id__in=ids)
        .order_by("id")
        .values_list("id", "last")
    ),
    by=int,
)
_events = Write(Event, "mailbox", "number", "kind", "payload", "made_at")
_last = Write(Mailbox, "last", key="id")


class Entry(NamedTuple):
    """A new event for each of these people. `payload` holds ids, numbers and ciphertext only.

    `payload` may be JSON already. `shown` is, as JSON, what these people may see of the event at
    this moment; without it, open streams read the event from the database. If `is_kept` is False,
    the caller stores the event elsewhere under its number (asgi.Elsewhere).
    """

    people: Collection[UUID]
    kind: str
    payload: dict[str, Any] | str
    shown: bytes = b""
    is_kept: bool = True


def append(entries: Iterable[Entry]) -> list[int]:
    """Gives each entry its number, and notifies open streams after the commit.

    Call this once, at the end of a transaction: a second call would lock mailboxes out of order.
    """
    numbers, writes = prepared(list(entries))
    run(*writes)
    return numbers


def prepared(entries: Sequence[Entry]) -> tuple[list[int], list[tuple[Write, list[Row]]]]:
    """Like append(), but returns numbers and writes, for a caller that writes more with them.

    An entry has the same number for everybody, higher than any number in their mailboxes
    (Lamport's clock). A single row, such as a message, can therefore name its place in all of them.
    """
    people = [person for entry in entries for person in entry.people]
    if not people:
        return [0] * len(entries), []
    if not connection().in_atomic_block:
        raise RuntimeError("call append() in the transaction of what it tells about")
    mailboxes, now = _mailboxes(people), timezone.now()
    last = _lock(mailboxes, people)
    numbers, rows, notifications, each = [], [], [], iter(mailboxes)
    for members, kind, payload, shown, is_kept in entries:
        theirs = list(islice(each, len(members)))
        number = 1 + max([last[mailbox] for mailbox in theirs], default=-1)
        numbers.append(number)
        told = frame(kind, shown, number) if shown else b""
        for person, mailbox in zip(members, theirs, strict=True):
            notifications.append(Notification(person, "event", number, told, last[mailbox]))
            last[mailbox] = number
        if is_kept:
            text = payload if isinstance(payload, str) else to_json(payload).decode()
            rows += [(mailbox, number, kind, text, now) for mailbox in theirs]
    on_commit(lambda: current().publish(notifications), robust=True)
    return numbers, [(_events, rows), (_last, [(one, mailbox) for mailbox, one in last.items()])]


_made: dict[UUID, int] = {}
"""Mailboxes that are known to exist, which saves a query for each event."""
_MAX_KNOWN = 100_000


def _mailboxes(people: list[UUID]) -> list[int]:
    """The id of each person's mailbox. Makes missing ones before any is locked: no deadlocks."""
    there = [_made.get(one, 0) for one in people]
    if all(there):
        return there
    unknown = {one for one, mailbox in zip(people, there, strict=True) if not mailbox}
    found: dict[UUID, int] = dict(_known(unknown))
    if missing := sorted(unknown - found.keys()):
        new = [Mailbox(person=one) for one in missing]
        Mailbox.objects.bulk_create(new, ignore_conflicts=True)
        found |= _known(missing)
    on_commit(lambda: _remember(found))
    return [mailbox or found[one] for mailbox, one in zip(there, people, strict=True)]


def _lock(mailboxes: list[int], people: list[UUID]) -> dict[int, int]:
    """Locks the mailboxes until the transaction ends; their last numbers."""
    ids = set(mailboxes)
    last: dict[int, int] = dict(_locked(ids))
    if len(last) < len(ids):
        # A mailbox was deleted with its person. A retry finds the people who are left.
        for person in people:
            _made.pop(person, None)
        raise OperationalError("a mailbox has gone")
    return last


def _remember(made: dict[UUID, int]) -> None:
    if len(_made) > _MAX_KNOWN:
        _made.clear()
    _made.update(made)


def erase_events(
    holders: Collection[UUID], conversations: Collection[UUID], told: Collection[UUID]
) -> None:
    """Removes what these mailboxes hold about erased conversations.

    A person who misses what append() tells in this transaction loads the whole state anew.
    """
    boxes = list(Mailbox.objects.filter(person__in=holders).values_list("id", flat=True))
    about = [str(one) for one in conversations]
    Event.objects.filter(mailbox_id__in=boxes, payload__conversation__in=about).delete()
    Mailbox.objects.filter(person__in=told).update(pruned_to=F("last"))


def erase_mailbox(person: UUID) -> None:
    """Removes mailbox and events. Call this when nothing more can be added for this person."""
    Mailbox.objects.filter(person=person).delete()


def signal(person: UUID, kind: str, payload: dict[str, Any]) -> None:
    """Notifies the person's open streams. It is stored nowhere."""
    current().publish([Notification(person, "signal", frame=frame(kind, payload))])


def recheck(person: UUID) -> None:
    """Ends, after the commit, the person's streams whose session is no longer good."""
    on_commit(lambda: current().publish([Notification(person, "recheck")]), robust=True)


AHEAD = 10**9
"""More events than any mailbox gets between two backups."""


def begin_anew() -> None:
    """Invalidates all cursors after a restore: they may name events that are lost."""
    Mailbox.objects.update(last=F("last") + AHEAD, pruned_to=F("last") + AHEAD)


def prune(before: datetime) -> int:
    """Removes older events; how many. A browser that missed them has to load its state anew."""
    old = Event.objects.filter(made_at__lt=before).values_list("mailbox_id")
    removed = 0
    for mailbox, number in old.annotate(newest=Max("number")).order_by("mailbox_id"):
        with atomic():
            Mailbox.objects.filter(id=mailbox, pruned_to__lt=number).update(pruned_to=number)
            removed += Event.objects.filter(mailbox_id=mailbox, number__lte=number).delete()[0]
    return removed
