"""Whose a job is, and when it is due again; what workers do with it is in test_workers.py."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from lotse.jobs import registry
from lotse.jobs.models import LEASE, PAUSES, Job

pytestmark = pytest.mark.usefixtures("any_database")


@pytest.fixture(autouse=True)
def nothing_left(any_database: str) -> None:
    Job.objects.all().delete()


def claimed() -> Job:
    job = Job.claim()
    assert job
    return job


def lapse() -> None:
    Job.objects.update(due_at=timezone.now() - timedelta(seconds=1))


def test_nobody_else_gets_what_is_claimed() -> None:
    Job.objects.create(name="x")
    held = claimed()
    assert Job.claim() is None
    assert held.renew()
    assert Job.claim() is None


def test_whoever_slept_through_the_lease_changes_nothing() -> None:
    Job.objects.create(name="x")
    slow = claimed()
    lapse()
    quick = claimed()
    slow.done(None)
    slow.failed("Late", None)
    slow.hand_back()
    assert not slow.renew()
    (row,) = Job.objects.values("due_at", "attempts", "error")
    assert row == {"due_at": quick.due_at, "attempts": 2, "error": ""}
    quick.done(None)
    assert not Job.objects.exists()


def test_the_longest_due_comes_first_and_the_future_not_at_all() -> None:
    now = timezone.now()
    for name, hours in (("young", -1), ("old", -2), ("future", 1)):
        Job.objects.create(name=name, due_at=now + timedelta(hours=hours))
    assert [claimed().name, claimed().name, Job.claim()] == ["old", "young", None]


def test_what_recurs_often_is_tried_again_at_its_next_time() -> None:
    Job.objects.create(name="x", recurs=True)
    next_at = timezone.now() + timedelta(minutes=3)
    pauses = []
    for _ in range(len(PAUSES) + 1):
        job = claimed()
        before = timezone.now()
        job.failed("Broken", next_at)
        assert job.due_at
        pauses.append(job.due_at - before)
        is_given_up = Job.objects.get().failed_at is not None
        lapse()
    assert all(pause <= timedelta(minutes=3) for pause in pauses)
    assert pauses[0] < timedelta(seconds=11)
    assert is_given_up
    claimed().done(next_at)
    assert Job.objects.get().failed_at is None


def test_a_retry_leaves_alone_what_runs_at_this_moment() -> None:
    Job.objects.create(name="x", recurs=True, failed_at=timezone.now(), error="Broken")
    held = claimed()
    call_command("jobs", "--retry")
    assert Job.claim() is None
    assert held.renew()


def test_one_row_for_what_recurs_however_many_workers_start() -> None:
    registry.load()
    registry.ensure_schedule()
    Job.objects.update(due_at=timezone.now() + LEASE)
    registry.ensure_schedule()
    assert Job.claim() is None
    assert Job.objects.filter(name="lotse.stream.jobs.prune_events").count() == 1


def test_what_is_not_json_is_refused_where_it_is_enqueued() -> None:
    task = registry.Task("x", lambda what: None)
    with pytest.raises(TypeError):
        task.enqueue(object())
    assert not Job.objects.exists()
