"""Numbers are given in order, once, whoever else writes at the same moment."""

import sqlite3
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import permutations
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.utils import timezone

from lotse.core.identifiers import new_id
from lotse.stream import queries
from lotse.stream.actions import Entry, append, prune
from lotse.stream.models import Event, Mailbox
from tests.support.database import closing_connections

pytestmark = pytest.mark.usefixtures("any_database")


def tell(*mailboxes: UUID, kind: str = "case", **payload: object) -> None:
    with transaction.atomic():
        append([Entry([mailbox], kind, payload) for mailbox in mailboxes])


def numbers(mailbox: UUID) -> list[int]:
    events = Event.objects.filter(mailbox__person=mailbox).order_by("number")
    return list(events.values_list("number", flat=True))


def test_numbers_count_up_from_one() -> None:
    mailbox = new_id()
    tell(mailbox, mailbox)
    tell(mailbox)
    assert numbers(mailbox) == [1, 2, 3]
    assert queries.cursor(mailbox) == 3
    assert queries.cursor(new_id()) == 0


def test_an_event_has_one_number_for_everybody() -> None:
    """Higher than any in their mailboxes: so it says for each where it belongs."""
    one, other = new_id(), new_id()
    tell(one, one, other)
    with transaction.atomic():
        assert append([Entry([one, other], "case", {}), Entry([other], "case", {})]) == [3, 4]
    assert (numbers(one), numbers(other)) == ([1, 2, 3], [1, 3, 4])


def test_what_is_kept_elsewhere_takes_its_number_all_the_same() -> None:
    mailbox = new_id()
    with transaction.atomic():
        assert append([Entry([mailbox], "message", {}, is_kept=False)]) == [1]
    tell(mailbox)
    assert numbers(mailbox) == [2]
    assert queries.span(mailbox) == (0, 2)


def test_append_belongs_into_a_transaction() -> None:
    with pytest.raises(RuntimeError):
        append([Entry([new_id()], "case", {})])


def test_what_is_rolled_back_takes_no_number() -> None:
    mailbox = new_id()

    class Stop(Exception):
        pass

    with pytest.raises(Stop), transaction.atomic():
        append([Entry([mailbox], "case", {})])
        raise Stop
    tell(mailbox)
    assert numbers(mailbox) == [1]


def test_more_entries_than_one_statement_takes() -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        # Where nobody has built it otherwise; Debian's takes more.
        connection.connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 32_766)
    mailbox = new_id()
    tell(*[mailbox] * 9_000)
    assert numbers(mailbox) == list(range(1, 9_001))


def test_many_writers_to_the_same_mailboxes_in_any_order() -> None:
    """Also the first events of a mailbox, whose row two writers want to make."""
    people = [new_id() for _ in range(3)]
    orders = list(permutations(people)) * 8
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(closing_connections(lambda order: tell(*order)), orders))
    for person in people:
        assert numbers(person) == list(range(1, len(orders) + 1))


def test_all_of_one_transaction_or_nothing_is_seen() -> None:
    """A reader never sees number n+1 before n."""
    mailbox = new_id()
    seen: dict[str, list[int]] = defaultdict(list)

    def read() -> None:
        while not seen["read"] or seen["read"][-1] < 200:
            last = seen["read"][-1] if seen["read"] else 0
            seen["read"] += [event.number for event in _news(mailbox, last)]

    def write(_: int) -> None:
        tell(*[mailbox] * 5)

    with ThreadPoolExecutor(5) as threads:
        reading = threads.submit(closing_connections(read))
        list(threads.map(closing_connections(write), range(40)))
        reading.result(30)
    assert seen["read"] == list(range(1, 201))


def _news(mailbox: UUID, cursor: int) -> list[Event]:
    """As a stream reads them."""
    _, last = queries.span(mailbox)
    return queries.between(mailbox, cursor, last)


def test_pruning_keeps_what_is_young_and_says_how_far_it_went() -> None:
    mailbox, other = new_id(), new_id()
    tell(mailbox, mailbox, mailbox, other)
    old = timezone.now() - timedelta(days=31)
    Event.objects.filter(mailbox__person=mailbox, number__lte=2).update(made_at=old)
    assert prune(timezone.now() - timedelta(days=30)) == 2
    assert numbers(mailbox) == [3]
    assert Mailbox.objects.get(person=mailbox).pruned_to == 2
    assert numbers(other) == [1]
    tell(mailbox)
    assert numbers(mailbox) == [3, 4]


def test_a_cursor_is_possible_from_what_was_pruned_up_to_the_newest() -> None:
    mailbox = new_id()
    assert queries.span(mailbox) == (0, 0)
    tell(mailbox, mailbox, mailbox)
    Mailbox.objects.filter(person=mailbox).update(pruned_to=1)
    assert queries.span(mailbox) == (1, 3)
