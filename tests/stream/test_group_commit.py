"""Writes share transactions, and each keeps its own fate."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any

import pytest
from django.db import IntegrityError, InterfaceError, OperationalError, connection

from lotse.core import database
from lotse.core.identifiers import new_id
from lotse.core.problems import Problem
from lotse.stream import group_commit
from lotse.stream.group_commit import GroupCommit
from lotse.stream.models import Mailbox
from tests.support.loop import run

pytestmark = pytest.mark.usefixtures("any_database")


def at_once(*jobs: Coroutine[Any, Any, Any]) -> list[Any]:
    async def gathered() -> list[Any]:
        return await asyncio.gather(*jobs, return_exceptions=True)

    return run(gathered())


def slugs(outcomes: list[Any]) -> list[str]:
    return [one.slug if isinstance(one, Problem) else one for one in outcomes]


class Writing:
    """Makes a mailbox for each job, which is its id; how many came together is kept."""

    def __init__(self, fails: dict[Any, Exception] | None = None) -> None:
        self.fails = fails or {}
        self.sizes: list[int] = []
        self.commit = GroupCommit(self.write)

    def write(self, jobs: list[Any]) -> list[Any]:
        self.sizes.append(len(jobs))
        Mailbox.objects.bulk_create(Mailbox(person=job) for job in jobs)
        for job in jobs:
            if job in self.fails:
                raise self.fails[job]
        return [str(job) for job in jobs]


def there(jobs: list[Any]) -> list[bool]:
    return [Mailbox.objects.filter(person=job).exists() for job in jobs]


def test_what_waits_together_shares_a_transaction() -> None:
    writing, jobs = Writing(), [new_id() for _ in range(40)]
    assert at_once(*map(writing.commit, jobs)) == [str(job) for job in jobs]
    assert writing.sizes == [40]
    assert all(there(jobs))


def test_one_after_the_other_waits_for_nobody() -> None:
    writing, jobs = Writing(), [new_id() for _ in range(3)]

    async def each() -> None:
        for job in jobs:
            await writing.commit(job)

    run(each())
    assert writing.sizes == [1, 1, 1]


def test_no_transaction_grows_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group_commit, "MAX_BATCH", 8)
    writing, jobs = Writing(), [new_id() for _ in range(20)]
    at_once(*map(writing.commit, jobs))
    assert writing.sizes == [8, 8, 4]
    assert all(there(jobs))


@pytest.mark.parametrize(
    ("error", "slug"),
    [
        (IntegrityError(), "internal"),
        (OperationalError(), "unavailable"),
        (ValueError(), "internal"),
    ],
)
def test_one_that_fails_fails_alone(error: Exception, slug: str) -> None:
    jobs = [new_id() for _ in range(9)]
    writing = Writing({jobs[4]: error})
    outcomes = at_once(*map(writing.commit, jobs))
    assert slugs(outcomes) == [slug if job == jobs[4] else str(job) for job in jobs]
    assert there(jobs) == [job != jobs[4] for job in jobs]


def test_what_the_database_refuses_fails_alone() -> None:
    taken, jobs = new_id(), [new_id() for _ in range(4)]
    Mailbox.objects.create(person=taken)
    outcomes = at_once(*map(Writing().commit, [*jobs[:2], taken, *jobs[2:]]))
    assert slugs(outcomes)[2] == "internal"
    assert all(there(jobs))


@pytest.mark.parametrize(
    ("error", "attempts"),
    [(OperationalError(), 2), (InterfaceError(), 2), (IntegrityError(), 2), (ValueError(), 1)],
)
def test_a_lone_write_is_tried_once_more(error: Exception, attempts: int) -> None:
    job = new_id()
    writing = Writing({job: error})
    (outcome,) = at_once(writing.commit(job))
    assert isinstance(outcome, Problem)
    assert writing.sizes == [1] * attempts


def test_an_answer_that_is_an_exception_is_one_job_s_alone() -> None:
    def write(jobs: list[int]) -> list[Any]:
        return [Problem("stale-keys") if job == 1 else job for job in jobs]

    assert slugs(at_once(*map(GroupCommit(write), range(3)))) == [0, "stale-keys", 2]


def test_too_many_are_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group_commit, "MAX_QUEUED", 5)
    writing, jobs = Writing(), [new_id() for _ in range(7)]
    outcomes = at_once(*map(writing.commit, jobs))
    refused = [one for one in outcomes if isinstance(one, Problem)]
    assert [(one.slug, one.retry_after) for one in refused] == [("unavailable", 2)] * 2
    assert there(jobs) == [True] * 5 + [False] * 2
    assert run(writing.commit(jobs[5])) == str(jobs[5])


def test_who_hangs_up_harms_nobody() -> None:
    writing, jobs = Writing(), [new_id() for _ in range(3)]

    async def impatient() -> list[Any]:
        waiting = [asyncio.ensure_future(writing.commit(job)) for job in jobs]
        await asyncio.sleep(0)
        waiting[1].cancel()
        return await asyncio.gather(*waiting, return_exceptions=True)

    first, cancelled, last = run(impatient())
    assert (first, last) == (str(jobs[0]), str(jobs[2]))
    assert isinstance(cancelled, asyncio.CancelledError)
    assert all(there(jobs))


def test_the_loop_goes_on_while_the_disk_syncs() -> None:
    begun, go_on = threading.Event(), threading.Event()

    def write(jobs: list[int]) -> list[Any]:
        begun.set()
        go_on.wait(5)
        return list(jobs)

    async def beside() -> object:
        job = asyncio.ensure_future(GroupCommit(write)(1))
        while not begun.is_set():
            await asyncio.sleep(0.001)
        go_on.set()
        return await job

    assert run(beside()) == 1


@pytest.mark.parametrize("any_database", ["postgres"], indirect=True)
def test_a_dead_connection_is_replaced(any_database: str) -> None:
    commit, jobs = Writing().commit, [new_id() for _ in range(4)]
    assert at_once(commit(jobs[0])) == [str(jobs[0])]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert at_once(commit(jobs[1])) == [str(jobs[1])]
    assert at_once(commit(jobs[2]), commit(jobs[3])) == [str(jobs[2]), str(jobs[3])]
    assert all(there(jobs))


@pytest.mark.parametrize("any_database", ["postgres"], indirect=True)
def test_parts_of_what_failed_wait_briefly_for_locks(any_database: str) -> None:
    """Or a few mailboxes that somebody holds would have most of the others refused, too."""
    waits: list[str] = []

    def write(jobs: list[Any]) -> list[Any]:
        with database.connection().cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            waits.extend(cursor.fetchone())
        if len(jobs) > 1:
            raise OperationalError
        return jobs

    commit = GroupCommit(write)
    assert at_once(commit(1), commit(2)) == [1, 2]
    assert waits[1:] == ["50ms", "50ms"]
    assert waits[0] != "50ms"
