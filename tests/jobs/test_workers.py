"""Real workers on both databases, killed, stopped and cut off in the middle."""

import signal
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median

import pytest
from django.db import transaction
from django.utils import timezone

from lotse.jobs import queries
from lotse.jobs.models import Job
from tests.jobs.place import WARM, Place, left
from tests.jobs.room.jobs import LEASE, STOP_TIMEOUT, daily, fail, kill, write
from tests.support.postgres import Postgres
from tests.support.worker import until


def test_three_workers_do_each_job_once(place: Place) -> None:
    place.work(3)
    place.warm_up()
    texts = [f"job {number}" for number in range(60)]
    for text in texts:
        write.enqueue(text, seconds=0.05)
    until(lambda: not left())
    done = sorted(note.text for note in place.notes("end") if note.text != WARM)
    assert done == sorted([*texts, "daily"])
    assert len({note.process for note in place.notes()}) == 3
    assert not list(place.overlaps())


def test_a_new_job_is_begun_within_two_seconds(place: Place) -> None:
    place.work()
    until(place.has("end", "daily"))
    waits = []
    for number in range(5):
        time.sleep(0.3 * number)
        enqueued = time.time()
        write.enqueue(f"new {number}")
        until(place.has("begin", f"new {number}"))
        waits.append(place.notes("begin", f"new {number}")[0].at - enqueued)
    # Not the longest: the machine may be busy with other tests.
    assert median(waits) < 2


def test_what_is_rolled_back_is_never_done(place: Place) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write.enqueue("never")
        raise ZeroDivisionError
    with transaction.atomic():
        write.enqueue("certainly")
    place.work()
    until(place.has("end", "certainly"))
    assert not place.notes("begin", "never")


def test_the_job_of_a_killed_worker_is_done_by_another(place: Place) -> None:
    write.enqueue("heavy", seconds=2)
    (first,) = place.work()
    until(place.has("begin", "heavy"))
    (second,) = place.work()
    first.stop(signal.SIGKILL)
    until(place.has("end", "heavy"))
    begun = place.notes("begin", "heavy")
    assert [note.process for note in begun] == [first.process.pid, second.process.pid]
    assert begun[1].at - begun[0].at > LEASE - 3
    until(lambda: not left())


def test_a_long_job_stays_with_its_worker(place: Place) -> None:
    write.enqueue("long", seconds=1.5 * LEASE)
    place.work(3)
    until(place.has("end", "long"))
    until(lambda: not left())
    assert len(place.notes("begin", "long")) == 1


def test_what_fails_is_tried_again_and_then_kept_while_others_go_on(place: Place) -> None:
    fail.enqueue("broken")
    place.work(2)
    until(lambda: queries.failed().exists())
    write.enqueue("other")
    until(place.has("end", "other"))
    until(lambda: left() == 1)
    assert Job.objects.get(recurs=False).due_at is None
    begun = [note.at for note in place.notes("begin", "broken")]
    pauses = [later - earlier for earlier, later in pairwise(begun)]
    assert len(pauses) == 3
    assert all(pause > least for pause, least in zip(pauses, (0.2, 0.4, 0.8), strict=True))
    assert queries.failures() == [("tests.jobs.room.jobs.fail", "RuntimeError", 1)]
    assert "1 × tests.jobs.room.jobs.fail: RuntimeError" in place.server.manage("jobs", "--retry")
    until(lambda: len(place.notes("begin", "broken")) == 8)
    until(lambda: queries.failed().exists())
    place.server.manage("jobs", "--forget")
    assert not left()
    # What a job was given may concern a person: it is not in the log.
    log = place.workers[0].log.read_text()
    assert "RuntimeError" in log
    assert "broken" not in log


def test_a_job_that_kills_its_workers_is_not_tried_for_ever(place: Place) -> None:
    kill.enqueue("deadly")

    def is_given_up() -> bool:
        if not place.workers or place.workers[-1].process.poll() == 9:
            # As if the dead worker's lease had run out, for which another test waits.
            Job.objects.filter(recurs=False).exclude(due_at=None).update(due_at=timezone.now())
            place.work()
        return queries.failed().exists()

    until(is_given_up, timeout=300)
    assert len(place.notes("begin", "deadly")) == 4
    assert queries.failures() == [("tests.jobs.room.jobs.kill", "WorkerEnded", 1)]


def test_what_a_clock_far_ahead_has_put_off_is_done_when_it_is_right_again(place: Place) -> None:
    place.work()
    until(place.has("end", "daily"))
    write.enqueue("put off", seconds=0.05)
    until(place.has("end", "put off"))
    with transaction.atomic():
        write.enqueue("put off")
        Job.objects.update(due_at=timezone.now() + timedelta(days=400))
    until(lambda: len(place.notes("end", "put off")) == 2)
    until(lambda: len(place.notes("end", "daily")) == 2)
    # What only waits for tomorrow stays where it is.
    time.sleep(5)
    assert len(place.notes("end", "daily")) == 2


def test_what_nobody_knows_is_kept(place: Place) -> None:
    Job.objects.create(name="tests.jobs.room.jobs.renamed")
    place.work()
    until(lambda: queries.failed().exists())
    assert queries.failures() == [("tests.jobs.room.jobs.renamed", "LookupError", 1)]


def test_once_a_day_across_workers_and_after_a_pause(place: Place) -> None:
    row = Job.objects.filter(name=daily.name)
    workers = place.work(2)
    place.warm_up()
    until(lambda: row.filter(attempts=0).exists())
    assert len(place.notes("begin", "daily")) == 1
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    assert row.get().due_at == midnight + timedelta(days=1)
    assert [worker.stop() for worker in workers] == [0, 0]
    row.update(due_at=midnight - timedelta(days=3))
    place.workers.clear()
    place.work(2)
    place.warm_up()
    until(lambda: row.filter(attempts=0).exists())
    assert len(place.notes("begin", "daily")) == 2
    assert row.get().due_at == midnight + timedelta(days=1)


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_told_to_end_a_worker_finishes_what_it_has(place: Place) -> None:
    write.enqueue("begun", seconds=2)
    write.enqueue("next")
    (worker,) = place.work()
    until(place.has("begin", "begun"))
    assert worker.stop() == 0
    assert place.notes("end", "begun")
    assert not place.notes("begin", "next")
    assert left() == 1


def test_told_to_end_a_worker_hands_back_what_takes_too_long(place: Place) -> None:
    write.enqueue("endless", seconds=60)
    (worker,) = place.work()
    until(place.has("begin", "endless"))
    began = time.monotonic()
    assert worker.stop() == 0
    assert STOP_TIMEOUT - 1 < time.monotonic() - began < STOP_TIMEOUT + 6
    job = Job.objects.get(recurs=False)
    assert job.attempts == 0
    assert job.due_at
    assert timedelta() < job.due_at - timezone.now() < timedelta(seconds=6)
    place.work()
    until(lambda: len(place.notes("begin", "endless")) == 2)


@pytest.mark.parametrize("place", ["postgres"], indirect=True)
def test_the_database_may_go_and_come_back(place: Place, postgres: Postgres) -> None:
    """Idle, and in the middle of a job, which is done only once all the same."""
    name = place.server.environment["LOTSE_DATABASE"].rsplit("/", 1)[1]
    write.enqueue("across", seconds=3)
    (worker,) = place.work()
    until(place.has("begin", "across"))
    cut_off(postgres, name)
    until(place.has("end", "across"))
    time.sleep(2)
    postgres.sql(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    until(lambda: not left())
    cut_off(postgres, name)
    time.sleep(3)
    assert worker.process.poll() is None
    postgres.sql(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    write.enqueue("after")
    until(place.has("end", "after"))
    assert len(place.notes("begin", "across")) == 1
    cut_off(postgres, name)
    assert worker.stop() == 0


def cut_off(postgres: Postgres, name: str) -> None:
    # Ours goes first: it would be found dead later.
    transaction.get_connection().close()
    postgres.sql(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
    connections = f"pg_stat_activity WHERE datname = '{name}'"
    postgres.sql(f"SELECT pg_terminate_backend(pid) FROM {connections}")  # noqa: S608
